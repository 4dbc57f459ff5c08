import type { Act } from "./act.ts";

export const handOver: Act = {
  name: "hand_over",
  may: "staff",
  reads: true,
  args: [{ name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } }],
  slash: null,
  shortcut: null,
  words: { en: "Choose who takes it from here", es: "Elegir quién sigue con ella" },
};
