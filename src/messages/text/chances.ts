// The words about chances, in both languages.
import type { Lang } from "../../domain/words.ts";
import type { Inline, Text } from "../card.ts";
import { say } from "../inline.ts";
import { before } from "./times-es.ts";

const en = {
  title: "Chance",
  followUp: "I'll follow up…",
  somebodyElse: "Give it to…",
  formTitle: "Follow up",
  byLabel: "When",
  byHint: "Friday, 30 November, in 2 days…",
  nobody: "Nobody follows it up yet.",
  followedBy: (name: string, when: Inline): Text => say`${name} follows it up by ${when}.`,
  noted: (number: number, name: string, mine: boolean, when: Inline): Text =>
    mine
      ? say`#${String(number)}: you follow it up by ${when}. I'll remind you then.`
      : say`#${String(number)}: ${name} follows it up by ${when}, and has been told.`,
  due: (who: string, number: number): Text =>
    say`Today you follow up the chance with ${{ bold: who }} (#${String(number)}).`,
  quote: (words: string) => `“${words}”`,
  wordsGone: "their words were taken back",
  theirs: (name: string, day: string) => `${name}, ${day}`,
  nobodyYet: "nobody yet",
  first: (number: number) => `; #${number} first.`,
  take: (number: number) => `I'll follow up #${number}`,
};

const es: typeof en = {
  title: "Oportunidad",
  followUp: "La sigo yo…",
  somebodyElse: "Dársela a…",
  formTitle: "Seguimiento",
  byLabel: "Cuándo",
  byHint: "el viernes, 30 de noviembre, en 2 días…",
  nobody: "Nadie la sigue todavía.",
  followedBy: (name, when) => say`La sigue ${name}, ${before(when)}.`,
  noted: (number, name, mine, when) =>
    mine
      ? say`#${String(number)}: la sigues tú, ${before(when)}. Te lo recordaré entonces.`
      : say`#${String(number)}: la sigue ${name}, ${before(when)}. Ya lo sabe.`,
  due: (who, number) => say`Hoy sigues la oportunidad con ${{ bold: who }} (#${String(number)}).`,
  quote: (words) => `«${words}»`,
  wordsGone: "retiraron sus palabras",
  theirs: (name, day) => `${name}, ${day}`,
  nobodyYet: "nadie todavía",
  first: (number) => `; primero, #${number}.`,
  take: (number) => `Sigo yo #${number}`,
};

export function chanceSentences(lang: Lang): typeof en {
  return { en, es }[lang];
}
