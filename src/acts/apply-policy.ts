import type { Act } from "./act.ts";

/** The button under what would change. */
export const applyPolicy: Act = {
  name: "apply_policy",
  may: "lead",
  reads: false,
  args: [
    {
      name: "policy",
      kind: "word",
      required: true,
      words: { en: "The policy that was shown", es: "La política que se enseñó" },
    },
  ],
  slash: null,
  shortcut: null,
  words: { en: "Apply", es: "Aplicar" },
};
