import type { Act } from "./act.ts";

export const takeCause: Act = {
  name: "take_cause",
  may: "staff",
  reads: false,
  args: [{ name: "cause", kind: "word", required: true, words: { en: "The cause", es: "La causa" } }],
  slash: null,
  shortcut: null,
  words: { en: "Take a cause this week", es: "Quedarse una causa esta semana" },
};
