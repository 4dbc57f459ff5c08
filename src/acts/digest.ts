import type { Act } from "./act.ts";

export const digest: Act = {
  name: "digest",
  may: "staff",
  reads: true,
  args: [],
  slash: { command: "digest", sub: "now" },
  shortcut: null,
  words: { en: "Today's digest, for you alone", es: "El resumen de hoy, solo para ti" },
};
