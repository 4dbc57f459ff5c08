// The words of on call, in both languages: what wakes people, and what they are told.
import type { Lang } from "../../domain/words.ts";
import type { Inline, Text } from "../card.ts";
import { isDay, say } from "../inline.ts";
import { at as alas, before, the as theTime } from "./times-es.ts";

const by = (when: Inline): Text => (isDay(when) ? say`on ${when}` : say`at ${when}`);

const en = {
  // To the customer
  /** Only where somebody was really called. `time` is the team's own clock. */
  waking: (time: string, when: Inline): Text =>
    say` It's ${time} here; we're waking the person on call, and you hear from us by ${when}.`,

  // To whoever is called
  called: (number: number, who: string): Text =>
    say`You're on call, and everything is failing for ${{ bold: who }} (#${String(number)}).`,
  nextCalled: (when: Inline): Text => say`If it isn't you, the next person is called ${by(when)}.`,
  haveIt: "I have it",
  somebodyThere: (by: string, number: number, who: string): Text =>
    say`${by || "Somebody"} answered for ${{ bold: who }} (#${String(number)}). Nothing is needed from you.`,
  yours: (number: number, due: Inline | null): Text =>
    due === null
      ? [`#${number} is yours, and nobody else is called.`]
      : say`${`#${number} is yours, and nobody else is called. They expect you by `}${due}.`,

  // To the team
  pageNow: "Page on-call",
  calling: (number: number, who: string, rings: boolean): string =>
    rings
      ? `Calling ${who || "whoever is on call"} for #${number}. Unanswered for 10 minutes, the next person is called.`
      : `${who || "Whoever is on call"} has a direct message about #${number}, but nothing rings: no pager is set up.`,
  unanswered: (number: number, who: string): Text =>
    say`Nobody on call answers for ${{ bold: who }} (#${String(number)}), and everything is failing for them. Everybody was called twice.`,
  nobodyToCall: (number: number, who: string): Text =>
    say`Everything is failing for ${{ bold: who }} (#${String(number)}), and there is nobody on call to wake.`,
  calls: (count: number, last: Inline): Text =>
    count === 1
      ? say`On call was called ${by(last)}; no answer yet.`
      : say`On call was called ${String(count)} times, last ${by(last)}; no answer yet.`,

  nobodyFree: (number: number, who: string): Text =>
    say`Nobody is there to give ${{ bold: who }} (#${String(number)}) to. Who takes it?`,
  title: (team: string) => `${team} · on call`,
  nowOnCall: (who: string, until: Inline, next: string): Text =>
    say`${{ bold: who }} is on call until ${until}, then ${next}.`,
  calledNext: (people: readonly string[]) =>
    `Unanswered for 10 minutes, the next is called: ${people.join(", ")}.`,
  heardOn: (who: string, when: Inline): Text =>
    say`${who || "Somebody"} confirmed ${by(when)} that a test page rang. Where the policy says so, tier 1 runs day and night.`,
  neverHeard:
    "No test page was ever confirmed, so tier 1 runs in working hours only. /siempre oncall test sends one.",
  noPager:
    "No pager is set up, so nothing would ring, and a direct message wakes nobody. Whoever runs the bot sets one up (docs/paging.md).",
  testSent: (who: string) =>
    `A test page is on its way to ${who || "whoever is on call"}, with a direct message to confirm that it rang.`,
  test: (team: string) => `Test page for ${team}. Your pager should be ringing now, as it would at night.`,
  ifSilent: "If it stays silent, press nothing and tell whoever runs the bot: nobody would be woken.",
  itRang: "It rang",
  notOnRota: "Only somebody who is on call for this team can say that it rang.",
  heard: (team: string) => `Noted: pages for ${team} are heard.`,

  // To the pager
  testSummary: (team: string) => `Test page for ${team}. Nothing is failing.`,
  pageSummary: (number: number, who: string) => `#${number} ${who}: everything is failing`,
  answeredSummary: (number: number) => `#${number} has somebody now`,
};

const es: typeof en = {
  waking: (time, when) =>
    say` Aquí son las ${time}; estamos despertando a quien está de guardia, y tienes noticias ${before(when)}.`,
  called: (number, who) => say`Estás de guardia, y a ${{ bold: who }} (#${String(number)}) le falla todo.`,
  nextCalled: (when) => say`Si no eres tú, ${alas(when)} se llama a la siguiente persona.`,
  haveIt: "La tengo",
  somebodyThere: (by, number, who) =>
    say`${by || "Alguien"} ya respondió por ${{ bold: who }} (#${String(number)}). No tienes que hacer nada.`,
  yours: (number, due) =>
    due === null
      ? [`#${number} es tuya, y no se llama a nadie más.`]
      : say`${`#${number} es tuya, y no se llama a nadie más. Te esperan `}${before(due)}.`,
  pageNow: "Llamar a la guardia",
  calling: (number, who, rings) =>
    rings
      ? `Llamando a ${who || "la guardia"} por #${number}. Si en 10 minutos no responde, se llama a la siguiente persona.`
      : `${who || "La guardia"} tiene un mensaje directo sobre #${number}, pero no suena nada: no hay ningún avisador configurado.`,
  unanswered: (number, who) =>
    say`Nadie de guardia responde por ${{ bold: who }} (#${String(number)}), y les falla todo. Se ha llamado dos veces a todo el mundo.`,
  nobodyToCall: (number, who) =>
    say`A ${{ bold: who }} (#${String(number)}) le falla todo, y no hay nadie de guardia a quien despertar.`,
  calls: (count, last) =>
    count === 1
      ? say`Se llamó a la guardia ${alas(last)}; aún no responde.`
      : say`Se llamó a la guardia ${String(count)} veces, la última ${alas(last)}; aún no responde.`,
  nobodyFree: (number, who) =>
    say`No hay nadie a quien darle ${{ bold: who }} (#${String(number)}). ¿Quién se la queda?`,
  title: (team) => `${team} · guardia`,
  nowOnCall: (who, until, next) =>
    say`${{ bold: who }} está de guardia hasta ${theTime(until)}; después, ${next}.`,
  calledNext: (people) =>
    `Si en 10 minutos no responde, se llama a la siguiente persona: ${people.join(", ")}.`,
  heardOn: (who, when) =>
    say`${who || "Alguien"} confirmó ${alas(when)} que un aviso de prueba sonó. Donde la política lo dice, el nivel 1 cuenta día y noche.`,
  neverHeard:
    "Nunca se confirmó un aviso de prueba, así que el nivel 1 solo cuenta en horario de trabajo. /siempre oncall test envía uno.",
  noPager:
    "No hay ningún avisador configurado: no sonaría nada, y un mensaje directo no despierta a nadie. Quien lleva el bot configura PAGE_URL o PAGE_KEY (docs/paging.md).",
  testSent: (who) =>
    `Va un aviso de prueba a ${who || "quien está de guardia"}, y un mensaje directo para confirmar que sonó.`,
  test: (team) =>
    `Aviso de prueba de ${team}. Tu avisador debería estar sonando ahora, como sonaría de noche.`,
  ifSilent: "Si no suena nada, no pulses y díselo a quien lleva el bot: no se despertaría a nadie.",
  itRang: "Ha sonado",
  notOnRota: "Solo quien está de guardia en este equipo puede decir que sonó.",
  heard: (team) => `Anotado: los avisos de ${team} se oyen.`,
  testSummary: (team) => `Aviso de prueba de ${team}. No falla nada.`,
  pageSummary: (number, who) => `#${number} ${who}: falla todo`,
  answeredSummary: (number) => `#${number} ya tiene a alguien`,
};

/** Everything the bot says about being on call, in that language. */
export function onCallSentences(lang: Lang): typeof en {
  return lang === "es" ? es : en;
}
