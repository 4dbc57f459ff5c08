import type { Act } from "./act.ts";

export const notNow: Act = {
  name: "not_now",
  may: "staff",
  reads: false,
  args: [
    { name: "team", kind: "word", required: true, words: { en: "The team", es: "El equipo" } },
    { name: "why", kind: "rest", required: false, words: { en: "Why not now", es: "Por qué ahora no" } },
  ],
  slash: null,
  shortcut: null,
  words: { en: "No cause this week, with the reason", es: "Ninguna causa esta semana, con el motivo" },
};
