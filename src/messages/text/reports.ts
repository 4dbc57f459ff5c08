// The words of digest and summary, in both languages.
import type { PledgeKind } from "../../domain/promises/pledges.ts";
import type { Lang } from "../../domain/words.ts";
import type { Inline, Text } from "../card.ts";
import { say } from "../inline.ts";
import { policySentences } from "./policy.ts";
import { at, the } from "./times-es.ts";

interface Yesterday {
  opened: number;
  closed: number;
  open: number;
  kept: number;
  promised: number;
  words: { kept: number; given: number };
  slowest: string | null;
}

const COUNTED: Readonly<Record<Lang, readonly string[]>> = {
  en: ["", "", "Two", "Three", "Four", "Five"],
  es: ["", "", "Dos", "Tres", "Cuatro", "Cinco"],
};

const en = {
  digestHeading: (team: string, day: string) => `${team} · ${day}`,
  digestLead: (needs: number, broken: number, streak: number | null, since: string | null) => {
    const when = since === null ? "yesterday" : `since ${since}`;
    const hand =
      needs === 0
        ? "Nothing needs a hand."
        : needs === 1
          ? "1 promise needs a hand."
          : `${needs} promises need a hand.`;
    if (broken === 0) return `${hand} None broken ${when}.`;
    const first = streak !== null && streak > 1 ? `, first in ${streak} days` : "";
    return `${hand} ${broken} broken ${when}${first}.`;
  },
  needsYou: "Needs you now",
  alsoDue: "Also due today",
  next: (when: Inline): Text => say`; next ${when}`,
  waitingLongest: "Waiting longest on us",
  more: (count: number) => `and ${count} more`,
  quote: (words: string) => `“${words}”`,
  broken: (since: string | null) => (since === null ? "Broken yesterday" : `Broken since ${since}`),
  whyBroken: (causes: string) => `Why: ${causes}`,
  community: "Community",
  communityLine: (c: { opened: number; answeredByHelpers: number; waitingOverDay: number }) =>
    `${c.opened} in, ${c.answeredByHelpers} answered by helpers, ${c.waitingOverDay} waiting over a day`,
  yesterday: (since: string | null) => (since === null ? "Yesterday" : `Since ${since}:`),
  yesterdayLine: (y: Yesterday) =>
    `${y.opened} in, ${y.closed} closed, ${y.open} open. ${
      y.promised === 0 ? "No promise fell due." : `Kept ${y.kept} of ${y.promised}.`
    }${y.words.given === 0 ? "" : ` Words kept: ${y.words.kept} of ${y.words.given}.`}${
      y.slowest === null ? "" : ` Slowest answer ${y.slowest}.`
    }`,
  noOwner: "no owner",
  nothingDue: "nothing due",
  due: (kind: PledgeKind, when: Inline, broken: boolean): Text => {
    const what = policySentences("en").owed[kind];
    return broken ? say`${what} was due ${when}` : say`${what} due ${when}`;
  },
  assign: (number: number) => `Assign #${number}`,
  reassign: (number: number) => `Reassign #${number}`,
  wordOf: (name: string, when: Inline): Text =>
    name ? say`${name} gave their word for ${when}; ` : say`a word given for ${when}; `,
  stillUnanswered: (why: string) => `still unanswered${why}.`,
  answeredLate: (late: string, when: Inline, why: string): Text => say`${late} late${why}. Answered ${when}.`,
  summaryHeading: (days: string) => `What customers taught us · ${days}`,
  summaryLead: (opened: number, change: number, causes: number, explained: number) => {
    const delta = change === 0 ? "as many as the week before" : change > 0 ? `+${change}` : `${change}`;
    const requests = opened === 1 ? "1 request" : `${opened} requests`;
    if (causes === 0) return `${requests} (${delta}).`;
    return `${requests} (${delta}). ${causes === 1 ? "One cause explains" : `${COUNTED.en[causes] ?? causes} causes explain`} ${explained}.`;
  },
  takenLast: "Taken",
  beforeAndSince: (before: number, since: number) => `${before} the week before, ${since} this week.`,
  notNowLast: (why: string) => `Last time nothing was taken: “${why}”`,
  costsMost: "What costs most (requests, companies, customers' waiting)",
  nobody: "Nobody",
  docsCould: "Docs could answer",
  list: (items: readonly string[]) =>
    items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`,
  inOneGo: "Solved in one go",
  percent: (now: number, before: number | null) => `${now} %${before === null ? "" : ` (was ${before} %)`}`,
  worstServed: "Worst served",
  worst: (w: { who: string; requests: number; late: number }) =>
    `${w.who}: ${w.requests} ${w.requests === 1 ? "request" : "requests"}, ${w.late} late. Worth a call.`,
  takeOne: (place: number, money: boolean) =>
    `Take one this week. Suggested: ${place}.${money ? " Few, but it's money." : ""}`,
  illTake: (place: number) => `I'll take ${place}`,
  another: "Another",
  notNowBecause: "Not now, because…",
  noCauses: "No causes were named this week. They come with each request that is resolved: one tap.",
};

const es: typeof en = {
  digestHeading: (team, day) => `${team} · ${day}`,
  digestLead: (needs, broken, streak, since) => {
    const hand =
      needs === 0
        ? "Nada necesita una mano."
        : needs === 1
          ? "1 promesa necesita una mano."
          : `${needs} promesas necesitan una mano.`;
    const when = since === null ? "ayer" : `desde el ${since}`;
    if (broken === 0) return `${hand} No se incumplió ninguna ${when}.`;
    const first = streak !== null && streak > 1 ? `, la primera en ${streak} días` : "";
    return `${hand} ${broken} ${broken === 1 ? "incumplida" : "incumplidas"} ${when}${first}.`;
  },
  needsYou: "Te necesitan ya",
  alsoDue: "También para hoy",
  next: (when) => say`; la próxima, ${when}`,
  waitingLongest: "Quienes más nos esperan",
  more: (count) => `y ${count} más`,
  quote: (words) => `«${words}»`,
  broken: (since) => (since === null ? "Incumplidas ayer" : `Incumplidas desde el ${since}`),
  whyBroken: (causes) => `Por qué: ${causes}`,
  community: "Comunidad",
  communityLine: (c) =>
    `${c.opened} nuevas, ${c.answeredByHelpers} respondidas por voluntarios, ${c.waitingOverDay} esperando más de un día`,
  yesterday: (since) => (since === null ? "Ayer" : `Desde el ${since}:`),
  yesterdayLine: (y) =>
    `${y.opened} nuevas, ${y.closed} cerradas, ${y.open} abiertas. ${
      y.promised === 0 ? "No vencía ninguna promesa." : `Cumplidas ${y.kept} de ${y.promised}.`
    }${y.words.given === 0 ? "" : ` Palabra cumplida: ${y.words.kept} de ${y.words.given}.`}${
      y.slowest === null ? "" : ` La respuesta más lenta, ${y.slowest}.`
    }`,
  noOwner: "sin responsable",
  nothingDue: "nada pendiente",
  due: (kind, when, broken) => {
    const what = policySentences("es").owed[kind];
    return broken ? say`${what}: era para ${the(when)}` : say`${what} para ${the(when)}`;
  },
  assign: (number) => `Asignar #${number}`,
  reassign: (number) => `Reasignar #${number}`,
  wordOf: (name, when) =>
    name ? say`${name} dio su palabra para ${the(when)}; ` : say`palabra dada para ${the(when)}; `,
  stillUnanswered: (why) => `sigue sin respuesta${why}.`,
  answeredLate: (late, when, why) => say`${late} tarde${why}. Respondida ${at(when)}.`,
  summaryHeading: (days) => `Lo que nos enseñaron los clientes · ${days}`,
  summaryLead: (opened, change, causes, explained) => {
    const delta = change === 0 ? "como la semana anterior" : change > 0 ? `+${change}` : `${change}`;
    const requests = opened === 1 ? "1 petición" : `${opened} peticiones`;
    if (causes === 0) return `${requests} (${delta}).`;
    return `${requests} (${delta}). ${causes === 1 ? "Una causa explica" : `${COUNTED.es[causes] ?? causes} causas explican`} ${explained}.`;
  },
  takenLast: "En marcha",
  beforeAndSince: (before, since) => `${before} la semana anterior, ${since} esta.`,
  notNowLast: (why) => `La última vez no se eligió ninguna: «${why}»`,
  costsMost: "Lo que más cuesta (peticiones, empresas, espera de los clientes)",
  nobody: "Nadie",
  docsCould: "La documentación podría responder",
  list: (items) =>
    items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} y ${items.at(-1)}`,
  inOneGo: "Resueltas a la primera",
  percent: (now, before) => `${now} %${before === null ? "" : ` (antes ${before} %)`}`,
  worstServed: "Peor atendido",
  worst: (w) =>
    `${w.who}: ${w.requests} ${w.requests === 1 ? "petición" : "peticiones"}, ${w.late} tarde. Merece una llamada.`,
  takeOne: (place, money) =>
    `Elige una esta semana. Sugerida: ${place}.${money ? " Pocas, pero es dinero." : ""}`,
  illTake: (place) => `Me quedo la ${place}`,
  another: "Otra",
  notNowBecause: "Ahora no, porque…",
  noCauses: "Esta semana no se nombró ninguna causa. Llegan con cada petición resuelta: un toque.",
};

export function reportSentences(lang: Lang): typeof en {
  return lang === "es" ? es : en;
}
