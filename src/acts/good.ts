import type { Act } from "./act.ts";

export const good: Act = {
  name: "good",
  may: "customer",
  reads: false,
  args: [{ name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } }],
  slash: null,
  shortcut: null,
  words: { en: "All good: the request is closed", es: "Todo bien: la petición se cierra" },
};
