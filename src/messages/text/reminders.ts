// What people are told about promises that end, beside the sentences of a single reminder, in both languages.
import type { Lang } from "../../domain/words.ts";
import type { Inline, Text } from "../card.ts";
import { isDay, say } from "../inline.ts";
import { at as atEs, the } from "./times-es.ts";

const en = {
  expectYou: (count: number) => `${count} customers expect you soon.`,
  expectSomebody: (count: number) => `${count} customers expect an answer soon.`,
  missed: (count: number) => `We missed ${count} promises.`,
  missedAnd: (missed: number, soon: number) =>
    `We missed ${missed === 1 ? "a promise" : `${missed} promises`}, and ${soon === 1 ? "one ends" : `${soon} end`} soon.`,
  more: (count: number) => `And ${count} more: /queue shows them all.`,
  late: (planned: Inline): Text => say`This should have come ${isDay(planned) ? "on" : "at"} ${planned}.`,
  ownerAway: (owner: string, until: Inline): Text => say`${owner} is away until ${until}; you stand in.`,
  takeIt: "I'll take it",
  snooze: "Snooze…",
  numbered: (number: number, label: string) => `#${number}: ${label}`,
  onItWith: "I'm on it: which one?",
  snoozeWhich: "Snooze: which one?",
  handOverWhich: "Hand over: which one?",
  notSaidBack: "Not said back yet: one line with what you understood is an answer.",
  theyWroteAgain: "They wrote again and wait for news.",
  yourWord: "You gave your word for it.",
  snoozeTitle: "Put the reminder off",
  snoozeUntil: "Until when?",
  snoozeUntilHint: "Before the promise ends: 11:30, in 20 min",
  snoozeWhy: "Why can it wait?",
  snoozeWhyHint: "For example: waiting for the bank's answer",
  snoozeSave: "Put off",
  snoozed: (number: number, until: Inline): Text =>
    say`#${String(number)}: no reminder until ${until}. The promise stays as it is.`,
  wasPutOff: (who: string, why: string) =>
    `${who ? `${who} had put the reminder off` : "The reminder had been put off"}${why ? `: “${why}”` : ""}.`,
  putOff: (who: string, until: Inline, why: string): Text =>
    say`${who ? `${who} put the reminder off` : "The reminder was put off"} until ${until}${why ? `: “${why}”` : ""}`,
};

const es: typeof en = {
  expectYou: (count) => `${count} clientes te esperan pronto.`,
  expectSomebody: (count) => `${count} clientes esperan respuesta pronto.`,
  missed: (count) => `No cumplimos ${count} promesas.`,
  missedAnd: (missed, soon) =>
    `No cumplimos ${missed === 1 ? "una promesa" : `${missed} promesas`}, y ${soon === 1 ? "otra termina" : `${soon} terminan`} pronto.`,
  more: (count) => `Y ${count} más: /queue las enseña todas.`,
  late: (planned) => say`Esto tenía que haber llegado ${atEs(planned)}.`,
  ownerAway: (owner, until) => say`${owner} no está hasta ${the(until)}; cubres tú.`,
  takeIt: "Me la quedo",
  snooze: "Aplazar…",
  numbered: (number, label) => `#${number}: ${label}`,
  onItWith: "Voy: ¿con cuál?",
  snoozeWhich: "Aplazar: ¿cuál?",
  handOverWhich: "Pasar: ¿cuál?",
  notSaidBack: "Aún no le has dicho lo que has entendido: una línea ya es una respuesta.",
  theyWroteAgain: "Ha vuelto a escribir y espera novedades.",
  yourWord: "Diste tu palabra.",
  snoozeTitle: "Aplazar el aviso",
  snoozeUntil: "¿Hasta cuándo?",
  snoozeUntilHint: "Antes de que acabe el plazo: 11:30, en 20 min",
  snoozeWhy: "¿Por qué puede esperar?",
  snoozeWhyHint: "Por ejemplo: espero la respuesta del banco",
  snoozeSave: "Aplazar",
  snoozed: (number, until) => say`#${String(number)}: sin avisos hasta ${the(until)}. El plazo no cambia.`,
  wasPutOff: (who, why) =>
    `${who ? `${who} había aplazado el aviso` : "El aviso se había aplazado"}${why ? `: «${why}»` : ""}.`,
  putOff: (who, until, why) =>
    say`${who ? `${who} aplazó el aviso` : "El aviso se aplazó"} hasta ${the(until)}${why ? `: «${why}»` : ""}`,
};

/** What is said around reminders, in that language. */
export function reminderSentences(lang: Lang): typeof en {
  return { en, es }[lang];
}
