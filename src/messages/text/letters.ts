// What waited for somebody, in one message: offers, news, and what became of theirs while they were away. In both languages.
import type { Lang } from "../../domain/words.ts";
import type { Inline, Text } from "../card.ts";
import { say } from "../inline.ts";
import { the } from "./times-es.ts";

const numbers = (requests: readonly number[]): string => requests.map((number) => `#${number}`).join(", ");

const en = {
  // Offers
  asked: (by: string, count: number): string =>
    by
      ? `${by} asks you to take over ${count === 1 ? "a request" : `${count} requests`}:`
      : `${count === 1 ? "A request is" : `${count} requests are`} offered to you:`,
  stillAsked: (count: number) =>
    count === 1 ? "A request still waits for your answer:" : `${count} requests still wait for your answer:`,
  untilYouAccept: (owner: string) =>
    owner ? `Until you accept, they stay ${owner}'s.` : "Until you accept, they stay with who has them.",
  haveAll: (count: number) => `I have all ${count}`,
  have: (number: number) => `I have #${number}`,
  cant: (number: number) => `Can't: #${number}`,
  haveWhich: "I have one of them…",
  cantWhich: "Can't take one of them…",
  allYours: (requests: readonly number[], told: boolean) =>
    `${numbers(requests)} ${requests.length === 1 ? "is" : "are"} yours.${told ? " The customers have been told." : ""}`,
  nothingLeft: "None of them is offered to you any more.",

  // Theirs now
  yoursFrom: (from: string, until: Inline, count: number): Text =>
    say`${from} is away until ${until}, so ${count === 1 ? "this request is" : `these ${count} requests are`} yours now, with their promises:`,
  yoursNow: (count: number) => (count === 1 ? "A request is yours now:" : `${count} requests are yours now:`),

  // News
  news: "News about requests:",
  askAnother: "Ask somebody else about…",

  // Back again
  backWith: (count: number) =>
    count === 0
      ? "Welcome back. No open request is yours."
      : `Welcome back. ${count === 1 ? "One open request is" : `${count} open requests are`} yours:`,
  passedOn: (count: number) =>
    count === 1 ? "One went to somebody else meanwhile:" : `${count} went to others meanwhile:`,
  has: (owner: string): string => `${owner || "somebody else"} has it`,
  hasEnded: (owner: string): string => (owner ? `${owner} brought it to the end` : "it is over"),
  nobodyHas: "nobody has it",
  takeBack: "Take one back…",
  more: (count: number): string => `And ${count} more: /queue shows what is open.`,
  line: (number: number, who: string, rest: Text): Text => say`• ${{ bold: `#${number}` }} ${who} · ${rest}`,
};

const es: typeof en = {
  asked: (by, count) =>
    by
      ? `${by} te pide que sigas con ${count === 1 ? "una petición" : `${count} peticiones`}:`
      : `Te ofrecen ${count === 1 ? "una petición" : `${count} peticiones`}:`,
  stillAsked: (count) =>
    count === 1 ? "Una petición espera aún tu respuesta:" : `${count} peticiones esperan aún tu respuesta:`,
  untilYouAccept: (owner) =>
    owner
      ? `Hasta que aceptes, siguen siendo de ${owner}.`
      : "Hasta que aceptes, siguen con quien las tiene.",
  haveAll: (count) => `Tengo las ${count}`,
  have: (number) => `Tengo la #${number}`,
  cant: (number) => `No puedo: #${number}`,
  haveWhich: "Tengo una de ellas…",
  cantWhich: "No puedo con una de ellas…",
  allYours: (requests, told) =>
    `${requests.length === 1 ? `La ${numbers(requests)} es tuya` : `${numbers(requests)} son tuyas`}.${told ? " Los clientes ya lo saben." : ""}`,
  nothingLeft: "Ya no te ofrecen ninguna de ellas.",

  yoursFrom: (from, until, count) =>
    say`${from} no está hasta ${the(until)}, así que ${count === 1 ? "esta petición es tuya" : `estas ${count} peticiones son tuyas`} ahora, con sus promesas:`,
  yoursNow: (count) => (count === 1 ? "Una petición es tuya ahora:" : `${count} peticiones son tuyas ahora:`),

  news: "Novedades sobre peticiones:",
  askAnother: "Pedírselo a otra persona…",

  backWith: (count) =>
    count === 0
      ? "Ya estás de vuelta. No tienes ninguna petición abierta."
      : `Ya estás de vuelta. ${count === 1 ? "Tienes una petición abierta:" : `Tienes ${count} peticiones abiertas:`}`,
  passedOn: (count) =>
    count === 1
      ? "Una ha pasado a otra persona mientras tanto:"
      : `${count} han pasado a otras personas mientras tanto:`,
  has: (owner) => `la tiene ${owner || "otra persona"}`,
  hasEnded: (owner) => (owner ? `${owner} la llevó hasta el final` : "ya terminó"),
  nobodyHas: "no la tiene nadie",
  takeBack: "Recuperar una…",
  more: (count) => `Y ${count} más: /queue enseña lo que está abierto.`,
  line: (number, who, rest) => say`• ${{ bold: `#${number}` }} ${who} · ${rest}`,
};

export function letterSentences(lang: Lang): typeof en {
  return { en, es }[lang];
}
