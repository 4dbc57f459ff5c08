// The words for what several requests have in common, in both languages.
import type { Lang } from "../../domain/words.ts";
import type { Inline, Text } from "../card.ts";
import { say } from "../inline.ts";
import { at as atEs, the } from "./times-es.ts";

const TIMES: Readonly<Record<Lang, readonly string[]>> = {
  en: ["", "First", "Second", "Third", "Fourth", "Fifth"],
  es: ["", "Primera", "Segunda", "Tercera", "Cuarta", "Quinta"],
};

const numbers = (earlier: readonly number[]): string => earlier.map((number) => `#${number}`).join(", ");

type Status = "proposed" | "open" | "dismissed" | "resolved";

const en = {
  /** "Third time about the same: #12, #31." Without earlier numbers it was asked again in this very request. */
  again: (count: number, earlier: readonly number[]) => {
    const time = TIMES.en[count] ?? `${count}th`;
    return earlier.length === 0
      ? `${time} time about this.`
      : `${time} time about the same: ${numbers(earlier)}.`;
  },

  // Incidents
  leave: "Not part of the incident",
  left: (number: number) => `#${number} is on its own again.`,
  partOf: (first: number) => `Part of the incident that began with #${first}.`,
  incidentTitle: {
    proposed: (about) => `One incident? ${about}`,
    open: (about) => `Incident: ${about}`,
    dismissed: (about) => `Not one incident: ${about}`,
    resolved: (about) => `Incident, resolved: ${about}`,
  } satisfies Record<Status, (about: string) => string>,
  customers: (count: number) => (count === 1 ? "1 customer" : `${count} customers`),
  sayTheSame: (count: number, since: Inline): Text =>
    say`${String(count)} customers say the same since ${since}.`,
  firstReport: (number: number, customer: Inline, link: string | null): Text =>
    say`First report: #${String(number)}, ${customer}${link ? [" · ", { link, label: "Open" }] : []}`,
  andMore: (count: number) => `and ${count} more`,
  confirmedBy: (person: Inline, when: Inline): Text => say`Confirmed by ${person}, ${when}`,
  notRelatedBy: (person: Inline, when: Inline): Text => say`Not related, says ${person}, ${when}`,
  toldLast: (count: number, when: Inline): Text =>
    say`Last update: ${when}, to ${count === 1 ? "1 customer" : `${count} customers`}`,
  moreJoin: "Later reports about the same join by themselves",
  oneIncident: "It's one incident",
  oneIncidentAfterAll: "It's one incident after all",
  notRelated: "Not related",
  updateEveryone: "Update everyone",
  resolveAll: "Resolve all",
  updateLine: (customers: number) =>
    `What ${customers === 1 ? "the customer" : `all ${customers} customers`} should know`,
  updateHint: "Each reads it in their own thread, as you write it. It counts as your answer to each.",
  confirmed: (customers: number) =>
    `One incident, ${customers === 1 ? "1 customer" : `${customers} customers`}. “Update everyone” on its card tells them all at once.`,
  dismissed: "Not related, then. They stay as they are, and are not proposed again.",
  alreadyDecided: "Somebody decided that already. The card shows what.",
  notOpen: "This incident isn't open any more. Its card shows how it stands.",
  toldEveryone: (count: number, silent: number) => {
    const told =
      count === 0
        ? "Nobody was told."
        : count === 1
          ? "Sent to 1 customer, in their thread."
          : `Sent to ${count} customers, each in their own thread.`;
    return silent === 0 ? told : `${told} ${silent} in watch only hear nothing from us.`;
  },
  resolvedAll: (count: number) => (count === 1 ? "1 request resolved." : `${count} requests resolved.`),

  inDirect: "in a direct message",

  // Answer
  answer: "Answer",
  answerTitle: "Answer the customer",
  answerLine: "Your answer",
  answerSent: (number: number) => `Sent to the customer of #${number}.`,
  answerHint: (customer: string) => `${customer} reads it where they wrote, as you write it.`,
};

const es: typeof en = {
  again: (count, earlier) => {
    const time = TIMES.es[count] ?? `${count}.ª`;
    return earlier.length === 0
      ? `${time} vez que pregunta por esto.`
      : `${time} vez por lo mismo: ${numbers(earlier)}.`;
  },

  leave: "No es de la incidencia",
  left: (number) => `#${number} va otra vez por su cuenta.`,
  partOf: (first) => `Parte de la incidencia que empezó con #${first}.`,
  incidentTitle: {
    proposed: (about) => `¿Una incidencia? ${about}`,
    open: (about) => `Incidencia: ${about}`,
    dismissed: (about) => `No es una incidencia: ${about}`,
    resolved: (about) => `Incidencia resuelta: ${about}`,
  },
  customers: (count) => (count === 1 ? "1 cliente" : `${count} clientes`),
  sayTheSame: (count, since) => say`${String(count)} clientes dicen lo mismo desde ${the(since)}.`,
  firstReport: (number, customer, link) =>
    say`Primer aviso: #${String(number)}, ${customer}${link ? [" · ", { link, label: "Abrir" }] : []}`,
  andMore: (count) => `y ${count} más`,
  confirmedBy: (person, when) => say`Confirmada por ${person} ${atEs(when)}`,
  notRelatedBy: (person, when) => say`${person} dice que no tienen relación, ${atEs(when)}`,
  toldLast: (count, when) =>
    say`Último aviso ${atEs(when)}, a ${count === 1 ? "1 cliente" : `${count} clientes`}`,
  moreJoin: "Los avisos que lleguen por lo mismo se añaden solos",
  oneIncident: "Es una incidencia",
  oneIncidentAfterAll: "Sí es una incidencia",
  notRelated: "Sin relación",
  updateEveryone: "Avisar a todos",
  resolveAll: "Resolver todas",
  updateLine: (customers) =>
    `Lo que ${customers === 1 ? "debe saber" : `deben saber los ${customers} clientes`}`,
  updateHint: "Cada uno lo lee en su hilo, tal como lo escribes. Cuenta como tu respuesta a cada uno.",
  confirmed: (customers) =>
    `Una incidencia, ${customers === 1 ? "1 cliente" : `${customers} clientes`}. «Avisar a todos», en su ficha, se lo dice a todos a la vez.`,
  dismissed: "Sin relación, entonces. Se quedan como están y no se vuelven a proponer.",
  alreadyDecided: "Ya lo decidió alguien. La ficha dice qué.",
  notOpen: "Esta incidencia ya no está abierta. Su ficha dice cómo está.",
  toldEveryone: (count, silent) => {
    const told =
      count === 0
        ? "No se ha avisado a nadie."
        : count === 1
          ? "Enviado a 1 cliente, en su hilo."
          : `Enviado a ${count} clientes, a cada uno en su hilo.`;
    return silent === 0 ? told : `${told} ${silent} en solo observar no reciben nada nuestro.`;
  },
  resolvedAll: (count) => (count === 1 ? "1 petición resuelta." : `${count} peticiones resueltas.`),

  inDirect: "en un mensaje directo",
  answer: "Responder",
  answerTitle: "Responder al cliente",
  answerLine: "Tu respuesta",
  answerSent: (number) => `Enviado al cliente de #${number}.`,
  answerHint: (customer) => `${customer} lo lee donde escribió, tal como lo escribes.`,
};

export function intakeSentences(lang: Lang): typeof en {
  return lang === "es" ? es : en;
}
