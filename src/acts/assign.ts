import { type Act, requestNumber } from "./act.ts";

export const assign: Act = {
  name: "assign",
  may: "staff",
  reads: false,
  args: [
    requestNumber,
    { name: "who", kind: "person", required: true, words: { en: "Who takes it", es: "Quién se la queda" } },
  ],
  slash: { command: "request", sub: "assign" },
  shortcut: null,
  words: { en: "Give a request to a colleague", es: "Dar una petición a otra persona del equipo" },
};
