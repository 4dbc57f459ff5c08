import type { Act } from "./act.ts";

export const acceptHandover: Act = {
  name: "accept_handover",
  may: "staff",
  reads: false,
  args: [{ name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } }],
  slash: null,
  shortcut: null,
  words: { en: "I have it: its promises are yours now", es: "La tengo yo: sus promesas pasan a ser tuyas" },
};
