// The words of commitments, what somebody gave their word for, in both languages.
import type { Lang } from "../../domain/words.ts";
import type { Inline, Text } from "../card.ts";
import { say } from "../inline.ts";
import { before } from "./times-es.ts";

const en = {
  promiseUpdate: "Promise an update",
  promiseNow: "Promise",
  noteLabel: "A line for the customer (optional)",
  noteHint: "Left empty, they are told nothing; you are reminded.",
  promisedQuietly: (number: number, when: Inline): Text =>
    say`Your word on #${String(number)}: they hear from you by ${when}. Nothing was said to the customer.`,
  promisedAloud: (number: number, when: Inline): Text =>
    say`Said in your name. Your word on #${String(number)}: they hear from you by ${when}.`,
  tryAgain: "Try again",
  gaveYourWord: (name: string, number: number, who: string) =>
    `${name ? `${name}, you` : "You"} gave your word in #${number}, ${who}. Track it?`,
  trackIt: (when: string) => `Track it: ${when}`,
  today: (time: string) => `today ${time}`,
  anotherTime: "Another time",
  pickTime: "Pick a time",
  no: "No",
  notTracked: "Fine, it isn't tracked.",
};

const es: typeof en = {
  promiseUpdate: "Prometer novedades",
  promiseNow: "Prometer",
  noteLabel: "Una línea para el cliente (opcional)",
  noteHint: "Si la dejas vacía, no se le dice nada; a ti se te recuerda.",
  promisedQuietly: (number, when) =>
    say`Tu palabra en #${String(number)}: tiene noticias tuyas ${before(when)}. Al cliente no se le ha dicho nada.`,
  promisedAloud: (number, when) =>
    say`Dicho en tu nombre. Tu palabra en #${String(number)}: tiene noticias tuyas ${before(when)}.`,
  tryAgain: "Probar otra vez",
  gaveYourWord: (name, number, who) =>
    `${name ? `${name}, diste` : "Diste"} tu palabra en #${number}, ${who}. ¿La sigo?`,
  trackIt: (when) => `Seguirla: ${when}`,
  today: (time) => `hoy, ${time}`,
  anotherTime: "Otra hora",
  pickTime: "Elegir hora",
  no: "No hace falta",
  notTracked: "De acuerdo, no se sigue.",
};

export function commitmentSentences(lang: Lang): typeof en {
  return lang === "es" ? es : en;
}
