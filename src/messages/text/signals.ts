// What staff are told in private of what a customer's words show, in both languages. Never blame, never a diagnosis.
import type { Lang } from "../../domain/words.ts";
import type { Inline, Text } from "../card.ts";
import { say } from "../inline.ts";

const en = {
  complaint: (who: string, number: number): Text => say`${{ bold: who }} (#${String(number)}) complains.`,
  heated: (who: string, number: number): Text =>
    say`${{ bold: who }} (#${String(number)}) is upset. One calm voice helps: yours.`,
  heatedNobody: (who: string, number: number): Text =>
    say`${{ bold: who }} (#${String(number)}) is upset. One calm voice helps: who takes it?`,
  leaving: (who: string, number: number): Text => say`${{ bold: who }} (#${String(number)}) wants to leave.`,
  goodbye:
    "Do it first and confirm it. No counter-offer; a question only if you ask it yourself. Our reminders to them stop.",
  opportunity: (who: string, number: number): Text =>
    say`A chance with ${{ bold: who }} (#${String(number)}).`,
  chanceKept: "Kept with its date. Their question comes first.",
  security: (who: string, number: number): Text =>
    say`${{ bold: who }} (#${String(number)}): something about security stands where others read.`,
  personalData: (who: string, number: number): Text =>
    say`${{ bold: who }} (#${String(number)}): something private stands where others read.`,
  moveIt: "Ask, in private, that it be deleted. The words are not repeated here.",
  done: (steps: string) => `Done: ${steps}.`,
  missing: (steps: string) => `Still missing: ${steps}.`,
  steps: { acknowledged: "that we heard it", apologised: "an apology", planned: "a plan with a time" },
  and: (items: readonly string[]) =>
    items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`,
  calmDraft: (name: string, title: string) =>
    `${name ? `${name}, you` : "You"} are right to expect better. I have this: ${title}.`,
  draft: (words: Inline): Text => say`Draft, for you alone: “${words}”`,
  nextWord: "Give a time for your next word, even if there is no news by then.",
  sorry: "Say sorry, give a time…",
  deleteNote: "Delete this note",
  noteDeleted: "The note is deleted, its words with it.",
  oneVoice: (owner: string, number: number) =>
    `${owner} speaks in #${number}: it needs one calm voice. Tell ${owner} what you know.`,
  lookIn: (who: string, number: number): Text =>
    say`${{ bold: who }} (#${String(number)}): the complaint was closed three days ago. Look in: is all still good?`,
  wordsGone: "They took their words back.",
  notRepeated: "Not repeated here: something private or about security.",
};

const es: typeof en = {
  complaint: (who, number) => say`${{ bold: who }} (#${String(number)}) se queja.`,
  heated: (who, number) =>
    say`${{ bold: who }} (#${String(number)}) lo está pasando mal. Ayuda una sola voz tranquila: la tuya.`,
  heatedNobody: (who, number) =>
    say`${{ bold: who }} (#${String(number)}) lo está pasando mal. Ayuda una sola voz tranquila: ¿quién se lo queda?`,
  leaving: (who, number) => say`${{ bold: who }} (#${String(number)}) quiere irse.`,
  goodbye:
    "Primero hazlo y confírmalo. Sin contraoferta; una pregunta, solo si la haces tú. Nuestros recordatorios a este cliente paran.",
  opportunity: (who, number) => say`Una oportunidad con ${{ bold: who }} (#${String(number)}).`,
  chanceKept: "Queda guardada con su fecha. Primero, lo que preguntan.",
  security: (who, number) =>
    say`${{ bold: who }} (#${String(number)}): hay algo sobre seguridad donde leen otros.`,
  personalData: (who, number) =>
    say`${{ bold: who }} (#${String(number)}): hay algo privado donde leen otros.`,
  moveIt: "Pide, en privado, que se borre. Aquí no se repiten las palabras.",
  done: (steps) => `Hecho: ${steps}.`,
  missing: (steps) => `Aún falta: ${steps}.`,
  steps: {
    acknowledged: "decir que lo hemos oído",
    apologised: "una disculpa",
    planned: "un plan con hora",
  },
  and: (items) =>
    items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} y ${items.at(-1)}`,
  calmDraft: (name, title) =>
    `${name ? `${name}, tienes` : "Tienes"} razón en esperar más. Lo llevo yo: ${title}.`,
  draft: (words) => say`Borrador, solo para ti: «${words}»`,
  nextWord: "Di cuándo vuelves a escribir, aunque para entonces no haya novedades.",
  sorry: "Disculparse y dar hora…",
  deleteNote: "Borrar esta nota",
  noteDeleted: "La nota está borrada, con sus palabras.",
  oneVoice: (owner, number) =>
    `En #${number} habla ${owner}: hace falta una sola voz tranquila. Cuéntale lo que sepas.`,
  lookIn: (who, number) =>
    say`${{ bold: who }} (#${String(number)}): la queja se cerró hace tres días. Pregunta: ¿sigue todo bien?`,
  wordsGone: "Retiraron sus palabras.",
  notRepeated: "Aquí no se repite: algo privado o de seguridad.",
};

export function signalSentences(lang: Lang): typeof en {
  return lang === "es" ? es : en;
}
