// What somebody hears when something cannot be done: what happened, and what to do.
import type { Act } from "../acts/act.ts";
import { usageOf } from "../acts/slash.ts";
import type { Lang } from "../domain/words.ts";
import type { Answer } from "./card.ts";
import { sentences } from "./text/sentences.ts";

export type RefusalCode =
  | "not_allowed"
  | "leads_only"
  | "not_found"
  | "not_a_request"
  | "ambiguous_number"
  | "not_watched"
  | "message_gone"
  | "unknown_place"
  | "form_gone"
  | "trouble";

const words: Readonly<Record<Lang, Readonly<Record<RefusalCode, (number: string) => string>>>> = {
  en: {
    not_allowed: () => "That's for the team here. If you need something, just write it in the channel.",
    leads_only: () => "That's for a lead of this team. Ask one of them to do it.",
    not_found: (number) =>
      number
        ? `There is no request #${number.replace("#", "")} here. /queue shows what is open.`
        : "That request isn't here. /queue shows what is open.",
    not_a_request: () => "That message belongs to no request. “Track as a request” makes it one.",
    ambiguous_number: () =>
      "Several workspaces have a request with that number. Use the buttons on its card.",
    not_watched: () => "I don't watch that channel. Add it to a team in the policy file.",
    message_gone: () => "I can't read that message any more.",
    form_gone: () => "That form is no longer kept. Please open it anew.",
    unknown_place: () => "I don't know this workspace yet. Try again in a minute.",
    trouble: () => "That didn't work, and it's on our side. Nothing was lost; please try again.",
  },
  es: {
    not_allowed: () => "Eso es para el equipo. Si necesitas algo, escríbelo en el canal.",
    leads_only: () => "Eso es para quien lleva el equipo. Pídeselo.",
    not_found: (number) =>
      number
        ? `Aquí no hay ninguna petición #${number.replace("#", "")}. /queue enseña lo que está abierto.`
        : "Esa petición no está aquí. /queue enseña lo que está abierto.",
    not_a_request: () => "Ese mensaje no es de ninguna petición. «Seguir como petición» lo convierte en una.",
    ambiguous_number: () =>
      "Varios espacios tienen una petición con ese número. Usa los botones de su ficha.",
    not_watched: () => "No vigilo ese canal. Añádelo a un equipo en el fichero de la política.",
    message_gone: () => "Ya no puedo leer ese mensaje.",
    form_gone: () => "Ese formulario ya no se guarda. Ábrelo de nuevo.",
    unknown_place: () => "Aún no conozco este espacio. Prueba dentro de un minuto.",
    trouble: () => "No ha funcionado, y es cosa nuestra. No se ha perdido nada; prueba otra vez.",
  },
};

/** An error answer, seen only by whoever acted. */
export function refusal(code: RefusalCode, lang: Lang, facts: { number?: string } = {}): Answer {
  return { kind: "error", text: words[lang][code](facts.number ?? "") };
}

/** The right way to type it: one line per command, with what it does. */
export function usage(acts: readonly Act[], lang: Lang): Answer {
  const lines = acts.filter((act) => act.slash).map((act) => `${usageOf(act)}  ${act.words[lang]}`);
  return { kind: "error", text: [sentences(lang).usage, ...lines].join("\n") };
}
