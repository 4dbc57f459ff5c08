import type { Act } from "./act.ts";

export const keepShift: Act = {
  name: "keep_shift",
  may: "staff",
  reads: false,
  args: [
    {
      name: "shift",
      kind: "word",
      required: true,
      words: { en: "The day that ends", es: "El día que termina" },
    },
  ],
  slash: null,
  shortcut: null,
  words: {
    en: "Keep it: it stays yours",
    es: "Quedártelas: siguen siendo tuyas",
  },
};
