// The words at the end of somebody's day, in both languages.
import type { Lang } from "../../domain/words.ts";
import type { Inline, Text } from "../card.ts";
import { isDay, say } from "../inline.ts";
import { at, the } from "./times-es.ts";

const numbers = (requests: readonly number[]): string => requests.map((number) => `#${number}`).join(", ");

const en = {
  ends: (ends: Inline, back: Inline, count: number): Text =>
    say`Your day ends ${isDay(ends) ? "on" : "at"} ${ends}. Before you're back (${back}) ${
      count === 1 ? "1 request of yours is" : `${count} requests of yours are`
    } owed something:`,
  more: (count: number) => `and ${count} more`,
  until: (to: string) => `What you hand over stays yours until ${to} accepts.`,
  handAll: (to: string) => `Hand all over to ${to}`,
  handOpen: (count: number, to: string) => `All ${count} that are open to ${to}`,
  keep: "Keep",
  one: "Hand over one…",
  offered: (requests: readonly number[], to: string) =>
    `${to} has been asked to take over ${numbers(requests)}. Until ${to} accepts, nothing changes.`,
  offeredLater: (requests: readonly number[], to: string, when: Inline): Text =>
    say`${to} is asked ${isDay(when) ? "on" : "at"} ${when}, when they work again, to take over ${numbers(requests)}. Until ${to} accepts, nothing changes.`,
  nothingLeft: "There is nothing left to hand over.",
  kept: "They stay yours.",
};

const es: typeof en = {
  ends: (ends, back, count) =>
    say`Tu día termina ${at(ends)}. Antes de que vuelvas (${isDay(back) ? back : the(back)}) ${
      count === 1 ? "hay 1 petición tuya que espera" : `hay ${count} peticiones tuyas que esperan`
    } algo:`,
  more: (count) => `y ${count} más`,
  until: (to) => `Lo que pases sigue siendo tuyo hasta que ${to} acepte.`,
  handAll: (to) => `Pasar todas a ${to}`,
  handOpen: (count, to) => `Las ${count} abiertas, a ${to}`,
  keep: "Quedármelas",
  one: "Pasar solo una…",
  offered: (requests, to) =>
    `Hemos pedido a ${to} que siga con ${numbers(requests)}. Hasta que acepte, nada cambia.`,
  offeredLater: (requests, to, when) =>
    say`Pediremos a ${to} ${at(when)}, cuando vuelva a trabajar, que siga con ${numbers(requests)}. Hasta que acepte, nada cambia.`,
  nothingLeft: "Ya no queda nada que pasar.",
  kept: "Siguen siendo tuyas.",
};

export function shiftSentences(lang: Lang): typeof en {
  return { en, es }[lang];
}
