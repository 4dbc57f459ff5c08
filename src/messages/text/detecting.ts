// The words about what is looked for in customers' messages, in both languages.
import type { Detected } from "../../domain/policy.ts";
import type { Lang } from "../../domain/words.ts";

const en = {
  title: "Noted in customers' words, for staff alone",
  names: {
    heat: "heat",
    leaving: "leaving",
    opportunity: "opportunity",
  } satisfies Record<Detected, string>,
  on: "on",
  off: "off",
  by: (name: string, where: string) => `${name}, ${where}`,
  inChannel: (channel: string | null) => (channel === null ? "this channel" : `#${channel}`),
  everywhere: "everywhere",
  file: "top of the file",
  teamFile: "the team's lines in the file",
  standard: "default",
  how: "A lead changes it: /siempre detect heat on, off, or file. With a channel's name, or everywhere, at the end.",
  nowOn: (what: string, where: string) =>
    `From the next message on, ${where}, this is noted: ${what}. Only staff read it, and each note can be deleted.`,
  nowOff: (what: string, where: string) =>
    `Not looked for any more ${where}: ${what}. Notes that are there stay until they are deleted.`,
  in: (channel: string | null) => (channel === null ? "everywhere in this workspace" : `in #${channel}`),
  and: (items: readonly string[]) =>
    items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`,
  unknown:
    "Try: /siempre detect heat on. Instead of heat: leaving, opportunity or all. Instead of on: off or file.",
};

const es: typeof en = {
  title: "Se anota de lo que escriben los clientes, solo para el equipo",
  names: { heat: "enfado", leaving: "baja", opportunity: "oportunidad" },
  on: "sí",
  off: "no",
  by: (name, where) => `${name}, ${where}`,
  inChannel: (channel) => (channel === null ? "este canal" : `#${channel}`),
  everywhere: "en todas partes",
  file: "principio del fichero",
  teamFile: "las líneas del equipo en el fichero",
  standard: "por defecto",
  how: "Lo cambia quien lleva el equipo: /siempre detect enfado sí, no, o fichero. Al final, un canal o «en todas partes».",
  nowOn: (what, where) =>
    `Desde el próximo mensaje se anota ${where}: ${what}. Solo lo lee el equipo, y cada nota se puede borrar.`,
  nowOff: (what, where) =>
    `Ya no se busca ${where}: ${what}. Las notas que hay se quedan hasta que alguien las borre.`,
  in: (channel) => (channel === null ? "en todo el espacio" : `en #${channel}`),
  and: (items) =>
    items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} y ${items.at(-1)}`,
  unknown:
    "Prueba: /siempre detect enfado sí. En vez de enfado: baja, oportunidad o todo. En vez de sí: no o fichero.",
};

export function detectingSentences(lang: Lang): typeof en {
  return { en, es }[lang];
}
