import type { Act } from "./act.ts";

/** Heat, leaving and opportunity are looked for only where a lead wants it (DESIGN, manner). */
export const detect: Act = {
  name: "detect",
  may: "lead",
  reads: false,
  args: [
    {
      name: "what",
      kind: "word",
      required: false,
      words: { en: "heat, leaving, opportunity or all", es: "enfado, baja, oportunidad o todo" },
    },
    {
      name: "state",
      kind: "word",
      required: false,
      words: {
        en: "on, off, or file: as the policy file says",
        es: "sí, no, o fichero: como dice el fichero",
      },
    },
    {
      name: "where",
      kind: "rest",
      required: false,
      words: {
        en: "A channel, or everywhere; without it, this channel",
        es: "Un canal, o en todas partes; si no, este",
      },
    },
  ],
  slash: { command: "siempre", sub: "detect" },
  shortcut: null,
  words: {
    en: "Whether heat, leaving and chances are noted, for staff alone",
    es: "Si se anotan enfados, bajas y oportunidades, solo para el equipo",
  },
};
