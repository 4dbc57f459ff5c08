import type { Act } from "./act.ts";

export const why: Act = {
  name: "why",
  may: "staff",
  reads: true,
  args: [],
  slash: null,
  shortcut: { en: "Why?", es: "¿Por qué?" },
  words: {
    en: "Why a message did or did not become a request",
    es: "Por qué un mensaje es o no es una petición",
  },
};
