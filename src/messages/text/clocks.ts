// The words of workarounds, of what lies with others, of our own targets, and of why a promise was missed.
import type { Why } from "../../domain/request/facts.ts";
import type { Lang } from "../../domain/words.ts";
import type { Inline, Text } from "../card.ts";
import { say } from "../inline.ts";
import { before, the } from "./times-es.ts";

const en = {
  // To the customer
  doesItHelp: "Does that get you going for now?",
  justGiven: (name: string) =>
    name ? `${name}, something to get on with until it is solved.` : "Something to get on with meanwhile.",
  itHelped: "It helped",
  notYet: "Not yet",
  helpedThanks: "Good. We stay on it until it is solved.",
  notYetAnswer: "Thanks for telling us. Someone will write here.",

  // To the team
  workaroundDue: (when: Inline): Text => say`ours: workaround by ${when}`,
  resolutionDue: (when: Inline): Text => say`ours: solved by ${when}`,
  workaroundMissed: (when: Inline): Text => say`ours: no workaround by ${when}`,
  resolutionMissed: (when: Inline): Text => say`ours: not solved by ${when}`,
  pausedTarget: { workaround: "ours: workaround, paused", resolution: "ours: solution, paused" },
  targetNear: (
    kind: "workaround" | "resolution",
    who: string,
    number: number,
    when: Inline,
    left: string,
  ): Text =>
    say`${{ bold: who }} (#${String(number)}): we meant to ${kind === "workaround" ? "have a workaround that helps" : "have it solved"} by ${when}, in ${left}. The customer was promised nothing of this.`,
  targetMissed: (kind: "workaround" | "resolution", who: string, number: number, when: Inline): Text =>
    say`${{ bold: who }} (#${String(number)}): we meant to ${kind === "workaround" ? "have a workaround that helps" : "have it solved"} by ${when}. The customer was promised nothing of this.`,
  why: {
    nobody_owned: "Nobody owned it.",
    third_party: "It waited for engineering or a third party.",
    handed_over: "It changed hands meanwhile.",
    owner_silent: "",
  } satisfies Record<Why, string>,
  whyInLine: {
    nobody_owned: ", nobody owned it",
    third_party: ", it waited for a third party",
    handed_over: ", it was handed over",
    owner_silent: "",
  } satisfies Record<Why, string>,
  whyCounted: {
    nobody_owned: "nobody owned it",
    third_party: "waited for a third party",
    handed_over: "was handed over",
    owner_silent: "the owner was silent",
  } satisfies Record<Why, string>,
  thirdPartySince: (when: Inline): Text => say`With engineering or a third party since ${when}.`,
  workaroundGiven: (when: Inline): Text =>
    say`Workaround given ${when}; they have not said whether it helps.`,
  workaroundHelped: "The workaround helps them.",
  wentToThirdParty: "went to engineering or a third party",
  cameBack: "came back from engineering or a third party",
  saidItHelps: "the customer said the workaround helps",
  saidNotYet: "the customer said the workaround does not help yet",
  wasMissed: "a promise was missed",
  tierMoved: (tier: string, was: Inline, now: Inline): Text =>
    say`Tier was “${tier}”: due ${was}, now ${now}.`,
  tierMovedToNone: (tier: string, was: Inline): Text =>
    say`Tier was “${tier}”: due ${was}, now without a promise.`,
  answeredElsewhere: (number: number) => `#${number} counts as answered. The customer was told nothing here.`,
  workaroundSent: (number: number) =>
    `#${number}: the customer was asked whether it helps. The clock stops when they say so.`,
  nowThirdParty: (number: number) =>
    `#${number} is with engineering or a third party. Its clocks run on: the customer waits for us.`,
  backWithUs: (number: number) => `#${number} is with us again.`,
  answeredElsewhereButton: "Answered elsewhere",
  workaroundButton: "Workaround…",
  thirdPartyButton: "With engineering",
  workaroundTitle: "Something for now",
  workaroundLine: "What can they do meanwhile?",
  workaroundHint: "In your name, in the customer's thread. Empty: you have written it yourself.",
  ask: "Send and ask",
};

const es: typeof en = {
  doesItHelp: "¿Te sirve de momento?",
  justGiven: (name) =>
    name ? `${name}, algo con que seguir hasta que esté resuelto.` : "Algo con que seguir mientras tanto.",
  itHelped: "Me sirve",
  notYet: "Aún no",
  helpedThanks: "Bien. Seguimos con ello hasta resolverlo.",
  notYetAnswer: "Gracias por decirlo. Alguien te escribe aquí.",

  workaroundDue: (when) => say`nuestro: apaño ${before(when)}`,
  resolutionDue: (when) => say`nuestro: resuelta ${before(when)}`,
  workaroundMissed: (when) => say`nuestro: sin apaño para ${the(when)}`,
  resolutionMissed: (when) => say`nuestro: sin resolver para ${the(when)}`,
  pausedTarget: { workaround: "nuestro: apaño, en pausa", resolution: "nuestro: solución, en pausa" },
  targetNear: (kind, who, number, when, left) =>
    say`${{ bold: who }} (#${String(number)}): queríamos ${kind === "workaround" ? "un apaño que sirva" : "tenerlo resuelto"} ${before(when)}, en ${left}. Al cliente no se le prometió.`,
  targetMissed: (kind, who, number, when) =>
    say`${{ bold: who }} (#${String(number)}): queríamos ${kind === "workaround" ? "un apaño que sirva" : "tenerlo resuelto"} ${before(when)}. Al cliente no se le prometió.`,
  why: {
    nobody_owned: "No la tenía nadie.",
    third_party: "Esperaba a desarrollo o a un tercero.",
    handed_over: "Cambió de manos mientras tanto.",
    owner_silent: "",
  },
  whyInLine: {
    nobody_owned: ", no la tenía nadie",
    third_party: ", esperaba a un tercero",
    handed_over: ", cambió de manos",
    owner_silent: "",
  },
  whyCounted: {
    nobody_owned: "no la tenía nadie",
    third_party: "esperaba a un tercero",
    handed_over: "cambió de manos",
    owner_silent: "quien la llevaba calló",
  },
  thirdPartySince: (when) => say`En manos de desarrollo o de un tercero desde ${the(when)}.`,
  workaroundGiven: (when) => say`Apaño dado ${when}; no han dicho si les sirve.`,
  workaroundHelped: "El apaño les sirve.",
  wentToThirdParty: "pasó a desarrollo o a un tercero",
  cameBack: "volvió de desarrollo o de un tercero",
  saidItHelps: "el cliente dijo que el apaño le sirve",
  saidNotYet: "el cliente dijo que el apaño aún no le sirve",
  wasMissed: "no se cumplió una promesa",
  tierMoved: (tier, was, now) => say`El nivel era «${tier}»: vencía ${was}, ahora ${now}.`,
  tierMovedToNone: (tier, was) => say`El nivel era «${tier}»: vencía ${was}, ahora sin promesa.`,
  answeredElsewhere: (number) => `#${number} cuenta como respondida. Aquí no se ha dicho nada al cliente.`,
  workaroundSent: (number) =>
    `#${number}: se ha preguntado al cliente si le sirve. El reloj se para cuando lo diga.`,
  nowThirdParty: (number) =>
    `#${number} está en manos de desarrollo o de un tercero. Sus relojes siguen: el cliente nos espera a nosotros.`,
  backWithUs: (number) => `#${number} vuelve a estar con nosotros.`,
  answeredElsewhereButton: "Respondida por otro lado",
  workaroundButton: "Apaño…",
  thirdPartyButton: "En desarrollo",
  workaroundTitle: "Algo para mientras",
  workaroundLine: "¿Qué pueden hacer mientras?",
  workaroundHint: "En tu nombre, en el hilo del cliente. Vacío: ya lo has escrito tú.",
  ask: "Enviar y preguntar",
};

/** What is said about clocks beyond answers and updates, in that language. */
export function clockSentences(lang: Lang): typeof en {
  return { en, es }[lang];
}
