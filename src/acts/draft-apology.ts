import type { Act } from "./act.ts";

export const draftApology: Act = {
  name: "draft_apology",
  may: "staff",
  reads: true,
  args: [{ name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } }],
  slash: null,
  shortcut: null,
  words: { en: "Open the drafted apology", es: "Abrir la disculpa preparada" },
};
