import { type Act, requestNumber } from "./act.ts";

export const answer: Act = {
  name: "answer",
  may: "staff",
  reads: false,
  args: [
    requestNumber,
    {
      name: "line",
      kind: "rest",
      required: false,
      words: { en: "What to say; the customer reads it", es: "Qué decir; lo lee el cliente" },
    },
  ],
  slash: { command: "request", sub: "answer" },
  shortcut: null,
  words: {
    en: "Answer the customer from here, in your name",
    es: "Responder al cliente desde aquí, en tu nombre",
  },
};
