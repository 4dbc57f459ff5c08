import type { Act } from "./act.ts";

export const notYet: Act = {
  name: "not_yet",
  may: "customer",
  reads: false,
  args: [{ name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } }],
  slash: null,
  shortcut: null,
  words: { en: "Not yet", es: "Aún no" },
};
