import { type Act, requestNumber } from "./act.ts";

export const handover: Act = {
  name: "handover",
  may: "staff",
  reads: false,
  args: [
    requestNumber,
    { name: "who", kind: "person", required: true, words: { en: "Who takes it", es: "Quién se la queda" } },
    {
      name: "brief",
      kind: "rest",
      required: false,
      words: { en: "What they need to know, in up to three lines", es: "Lo que debe saber, en tres líneas" },
    },
  ],
  slash: { command: "request", sub: "handover" },
  shortcut: null,
  words: {
    en: "Offer a request to a colleague; it stays yours until they accept",
    es: "Ofrecer una petición a otra persona; es tuya hasta que acepte",
  },
};
