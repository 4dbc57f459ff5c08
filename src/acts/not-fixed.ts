import type { Act } from "./act.ts";

export const notFixed: Act = {
  name: "not_fixed",
  may: "customer",
  reads: false,
  args: [{ name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } }],
  slash: null,
  shortcut: null,
  words: { en: "Not fixed: the request is open again", es: "Sigue igual: la petición se abre de nuevo" },
};
