import type { Act } from "./act.ts";

export const menu: Act = {
  name: "menu",
  may: "staff",
  reads: true,
  args: [],
  slash: null,
  shortcut: { en: "Request actions", es: "Acciones de la petición" },
  words: {
    en: "Everything you can do with the request of a message",
    es: "Todo lo que puedes hacer con la petición de un mensaje",
  },
};
