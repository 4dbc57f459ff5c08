// The words of who has a request, in both languages: handing over, giving back, being passed around.
import type { Lang } from "../../domain/words.ts";
import type { Inline, Text } from "../card.ts";
import { isDay, say } from "../inline.ts";
import { at, before, the } from "./times-es.ts";

const MANY = 8;
const numbers = (requests: readonly number[]): string =>
  requests
    .slice(0, MANY)
    .map((number) => `#${number}`)
    .join(", ") + (requests.length > MANY ? ", …" : "");

const en = {
  // The form
  briefTitle: "Hand over",
  briefIntro: (name: string) => `To ${name}. It stays with its owner until ${name} accepts.`,
  briefLine: "What they need to know",
  briefHint: "Up to three lines: what it is, what was promised, what comes next",
  offerIt: "Offer it",

  // To whom it is offered
  offers: (by: string, number: number, who: string): string =>
    by ? `${by} asks you to take over #${number}, ${who}.` : `Can you take over #${number}, ${who}?`,
  stillWaits: (number: number, who: string, owner: string) =>
    `#${number}, ${who}, still waits for your answer. Until you accept, it is ${owner}'s.`,
  fallsBack: (when: Inline, owner: string): Text => say`Without an answer by ${when} it stays with ${owner}.`,
  iHaveIt: "I have it",
  cant: "Can't",
  brief: "Brief:",

  // To its owner
  offeredByOther: (by: string, number: number, to: string) =>
    `${by} has offered #${number} to ${to}. It is yours until ${to} accepts.`,
  acceptedBy: (to: string, number: number, who: string) =>
    `${to} has #${number}, ${who}, now. You owe nothing more for it.`,
  declinedBy: (to: string, number: number, who: string) =>
    `${to} can't take #${number}, ${who}. It is still yours.`,
  lapsed: (to: string, number: number, who: string) =>
    `${to} has not answered about #${number}, ${who}. It is still yours.`,
  takenOver: (by: string, number: number, who: string) =>
    `${by} has taken over #${number}, ${who}, from you.`,
  reassigned: (to: string, number: number, who: string) =>
    `#${number}, ${who}, was given to ${to}. You owe nothing more for it.`,
  askAnother: "Ask somebody else",

  // To the team
  givenBack: (by: string, number: number, who: string) =>
    `${by} has given back #${number}, ${who}. Nobody has it now.`,
  stillTheirs: (to: string, number: number, who: string, owner: string, back: Inline): Text =>
    say`${to} does not take #${String(number)}, ${{ bold: who }}. It is still ${owner}'s, who is back ${isDay(back) ? "on" : "at"} ${back}, after something is owed.`,

  leftBehind: (by: string, number: number, who: string) =>
    `${by} is away, and #${number}, ${who}, is owed something before ${by} is back. Nobody has it now.`,
  standsIn: (from: string, number: number, who: string, until: Inline): Text =>
    say`${from} is away until ${until}, so #${String(number)}, ${{ bold: who }}, is yours now, with its promises.`,
  lastOurs: "Last from us:",

  /** `to` is "" where nobody stands in. */
  moves: (requests: readonly number[], to: string) =>
    `In 10 minutes what is owed before you're back goes to ${to || "the team"}: ${numbers(requests)}. /away off before then keeps it.`,

  // To the customer
  takesOver: (to: string, from: string, knows: boolean) =>
    knows ? `${to} takes over from ${from} and knows your case.` : `${to} takes over from ${from}.`,
  timeStays: " The time we promised stays.",

  // To the lead
  passedAround: (number: number, who: string, names: string) =>
    `#${number}, ${who}, has changed hands twice: ${names}. Being passed around is what customers mind most.`,
  passedAroundDo: "See that whoever has it now brings it to the end, or take it yourself.",
  cameAgain: (number: number, who: string, times: number) =>
    `#${number}, ${who}: the customer has come to us ${times} times for the same problem.`,
  cameAgainDo:
    "Look at what was answered so far. A call, or one person who stays with it, may help more than another answer.",

  // On the card
  offeredTo: (to: string, until: Inline): Text => say` (offered to ${to} until ${until})`,
  handovers: (count: number) => (count === 1 ? "changed hands once" : `changed hands ${count} times`),
  waited: (time: string) => `The customer has waited ${time} for us in all, in working time.`,
  contact: "Contact",
  giveBack: "Give back",
  giveTo: (name: string) => `Give to ${name}`,

  // Answers
  offered: (number: number, to: string, mine: boolean, owner: string, until: Inline): Text =>
    say`#${String(number)} is offered to ${to}, who has been asked. Until ${to} accepts it stays ${mine ? "yours" : `${owner}'s`}; without an answer by ${until} you hear of it.`,
  offeredLater: (
    number: number,
    to: string,
    mine: boolean,
    owner: string,
    times: { from: Inline; until: Inline },
  ): Text =>
    say`#${String(number)} is offered to ${to}, who hears of it ${isDay(times.from) ? "on" : "at"} ${times.from}, when they work again. Until ${to} accepts it stays ${mine ? "yours" : `${owner}'s`}; without an answer by ${times.until} you hear of it.`,
  assignedLater: (number: number, to: string, from: Inline): Text =>
    say`#${String(number)} is ${to}'s now, who hears of it ${isDay(from) ? "on" : "at"} ${from}, when they work again.`,
  accepted: (number: number, told: boolean) =>
    told ? `#${number} is yours. The customer has been told.` : `#${number} is yours.`,
  declinedAnswer: (number: number) => `#${number} stays where it is; its owner has been told.`,
  withdrawn: (number: number) => `#${number} stays yours. The offer is withdrawn.`,
  released: (number: number) => `#${number} is the team's again. Its promises stay as they are.`,
};

const es: typeof en = {
  briefTitle: "Pasar la petición",
  briefIntro: (name) => `Para ${name}. Hasta que ${name} acepte, la tiene su responsable.`,
  briefLine: "Lo que debe saber",
  briefHint: "Hasta tres líneas: qué es, qué se prometió, qué toca ahora",
  offerIt: "Ofrecer",

  offers: (by, number, who) =>
    by ? `${by} te pide que sigas con la #${number}, ${who}.` : `¿Puedes seguir con la #${number}, ${who}?`,
  stillWaits: (number, who, owner) =>
    `La #${number}, ${who}, espera tu respuesta. Hasta que aceptes, la tiene ${owner}.`,
  fallsBack: (when, owner) => say`Si no contestas ${before(when)}, se queda con ${owner}.`,
  iHaveIt: "La tengo",
  cant: "No puedo",
  brief: "Lo que hay que saber:",

  offeredByOther: (by, number, to) =>
    `${by} ha ofrecido la #${number} a ${to}. Es tuya hasta que ${to} acepte.`,
  acceptedBy: (to, number, who) => `La #${number}, ${who}, la tiene ahora ${to}. Ya no debes nada por ella.`,
  declinedBy: (to, number, who) => `${to} no puede con la #${number}, ${who}. Sigue siendo tuya.`,
  lapsed: (to, number, who) => `${to} no ha contestado sobre la #${number}, ${who}. Sigue siendo tuya.`,
  takenOver: (by, number, who) => `${by} se ha quedado con la #${number}, ${who}, que era tuya.`,
  reassigned: (to, number, who) => `La #${number}, ${who}, la tiene ahora ${to}. Ya no debes nada por ella.`,
  askAnother: "Pedírselo a otra persona",

  givenBack: (by, number, who) => `${by} ha devuelto la #${number}, ${who}. Ahora no la tiene nadie.`,
  stillTheirs: (to, number, who, owner, back) =>
    say`${to} no sigue con la #${String(number)}, ${{ bold: who }}. Es aún de ${owner}, que vuelve ${at(back)}, después de que venza algo.`,

  leftBehind: (by, number, who) =>
    `${by} no está, y la #${number}, ${who}, espera algo antes de que vuelva. Ahora no la tiene nadie.`,
  standsIn: (from, number, who, until) =>
    say`${from} no está hasta ${the(until)}, así que la #${String(number)}, ${{ bold: who }}, es tuya ahora, con sus promesas.`,
  lastOurs: "Lo último nuestro:",

  moves: (requests, to) =>
    `En 10 minutos, lo que vence antes de que vuelvas pasa a ${to || "tu equipo"}: ${numbers(requests)}. Con /away off antes de eso, se queda.`,

  takesOver: (to, from, knows) =>
    knows ? `${to} toma el relevo de ${from} y conoce tu caso.` : `${to} toma el relevo de ${from}.`,
  timeStays: " La hora que te prometimos sigue en pie.",

  passedAround: (number, who, names) =>
    `La #${number}, ${who}, ha cambiado de manos dos veces: ${names}. Ir de mano en mano es lo que más molesta.`,
  passedAroundDo: "Procura que quien la tiene ahora la lleve hasta el final, o quédatela.",
  cameAgain: (number, who, times) =>
    `#${number}, ${who}: el cliente ha venido ${times} veces por el mismo problema.`,
  cameAgainDo:
    "Mira lo que se ha contestado hasta ahora. Una llamada, o una sola persona que siga con ella, puede ayudar más que otra respuesta.",

  offeredTo: (to, until) => say` (ofrecida a ${to} hasta ${the(until)})`,
  handovers: (count) =>
    count === 1 ? "ha cambiado de manos una vez" : `ha cambiado de manos ${count} veces`,
  waited: (time) => `El cliente nos ha esperado ${time} en total, en horario de trabajo.`,
  contact: "Contacto",
  giveBack: "Devolver",
  giveTo: (name) => `Pasar a ${name}`,

  offered: (number, to, mine, owner, until) =>
    say`La #${String(number)} está ofrecida a ${to}, que ya lo sabe. Hasta que acepte ${mine ? "sigue siendo tuya" : `la tiene ${owner}`}; si no contesta ${before(until)}, te aviso.`,
  offeredLater: (number, to, mine, owner, times) =>
    say`La #${String(number)} está ofrecida a ${to}, que se entera ${at(times.from)}, cuando vuelva a trabajar. Hasta que acepte ${mine ? "sigue siendo tuya" : `la tiene ${owner}`}; si no contesta ${before(times.until)}, te aviso.`,
  assignedLater: (number, to, from) =>
    say`La #${String(number)} es ahora de ${to}, que se entera ${at(from)}, cuando vuelva a trabajar.`,
  accepted: (number, told) =>
    told ? `La #${number} es tuya. El cliente ya lo sabe.` : `La #${number} es tuya.`,
  declinedAnswer: (number) => `La #${number} se queda donde está; su responsable ya lo sabe.`,
  withdrawn: (number) => `La #${number} sigue siendo tuya. La oferta queda retirada.`,
  released: (number) => `La #${number} vuelve a ser del equipo. Sus promesas siguen igual.`,
};

export function ownershipSentences(lang: Lang): typeof en {
  return lang === "es" ? es : en;
}
