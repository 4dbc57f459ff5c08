import type { Act } from "./act.ts";

export const digest: Act = {
  name: "digest",
  may: "staff",
  reads: true,
  args: [{ name: "when", kind: "word", required: false, words: { en: "now", es: "now" } }],
  slash: { command: "digest", sub: null },
  shortcut: null,
  words: { en: "Today's digest, for you alone", es: "El resumen de hoy, solo para ti" },
};
