import type { Act } from "./act.ts";

export const chooseCause: Act = {
  name: "choose_cause",
  may: "staff",
  reads: true,
  args: [{ name: "team", kind: "word", required: true, words: { en: "The team", es: "El equipo" } }],
  slash: null,
  shortcut: null,
  words: { en: "Choose another cause to take", es: "Elegir otra causa que quedarse" },
};
