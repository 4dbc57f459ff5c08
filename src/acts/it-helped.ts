import type { Act } from "./act.ts";

export const itHelped: Act = {
  name: "it_helped",
  may: "customer",
  reads: false,
  args: [{ name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } }],
  slash: null,
  shortcut: null,
  words: { en: "It helped", es: "Me sirve" },
};
