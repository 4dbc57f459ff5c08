import type { Act } from "./act.ts";

export const snooze: Act = {
  name: "snooze",
  may: "staff",
  reads: false,
  args: [
    { name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } },
    { name: "until", kind: "rest", required: false, words: { en: "Until when", es: "Hasta cuándo" } },
    {
      name: "why",
      kind: "rest",
      required: false,
      words: { en: "Why it can wait", es: "Por qué puede esperar" },
    },
  ],
  slash: null,
  shortcut: null,
  words: {
    en: "Put the reminder off, with a reason; the promise stays",
    es: "Aplazar el aviso, con un motivo; el plazo no cambia",
  },
};
