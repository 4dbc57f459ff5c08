import type { Act } from "./act.ts";

export const queue: Act = {
  name: "queue",
  may: "staff",
  reads: true,
  args: [],
  slash: { command: "queue", sub: null },
  shortcut: null,
  words: { en: "What needs a hand now, by promise", es: "Lo que necesita una mano ahora, por promesa" },
};
