import { type Act, requestNumber } from "./act.ts";

export const promise: Act = {
  name: "promise",
  may: "staff",
  reads: false,
  args: [
    requestNumber,
    {
      name: "when",
      kind: "time",
      required: true,
      words: { en: "in 2h, tomorrow 15:00, Friday at 10", es: "en 2h, mañana a las 15, el viernes a las 10" },
    },
    {
      name: "note",
      kind: "rest",
      required: false,
      words: {
        en: "A line the customer reads, in your name",
        es: "Una línea que lee el cliente, en tu nombre",
      },
    },
  ],
  slash: { command: "promise", sub: null },
  shortcut: null,
  words: {
    en: "Give your word: the customer hears from you by then",
    es: "Dar tu palabra: el cliente tiene noticias antes de esa hora",
  },
};
