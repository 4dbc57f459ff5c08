import type { Act } from "./act.ts";

export const open: Act = {
  name: "open",
  may: "staff",
  reads: false,
  args: [],
  slash: null,
  shortcut: { en: "Track as a request", es: "Seguir como petición" },
  words: {
    en: "Open a request from a message, also for a customer",
    es: "Abrir una petición desde un mensaje, también por un cliente",
  },
};
