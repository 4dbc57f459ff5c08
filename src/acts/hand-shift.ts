import type { Act } from "./act.ts";

export const handShift: Act = {
  name: "hand_shift",
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
    en: "Offer all that is owed before you're back to the next person",
    es: "Ofrecer a otra persona todo lo que vence antes de que vuelvas",
  },
};
