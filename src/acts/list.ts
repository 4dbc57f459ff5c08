import type { Act } from "./act.ts";

export const list: Act = {
  name: "list",
  may: "staff",
  reads: true,
  args: [],
  slash: { command: "request", sub: "list" },
  shortcut: null,
  words: {
    en: "Open requests, the most pressing first",
    es: "Peticiones abiertas, primero las más apremiantes",
  },
};
