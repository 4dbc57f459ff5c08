import type { Act } from "./act.ts";

export const back: Act = {
  name: "back",
  may: "staff",
  reads: false,
  args: [],
  slash: { command: "away", sub: "off" },
  shortcut: null,
  words: { en: "You are back", es: "Ya estás de vuelta" },
};
