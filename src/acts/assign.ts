import type { Act } from "./act.ts";

export const assign: Act = {
  name: "assign",
  may: "staff",
  reads: false,
  args: [
    {
      name: "number",
      kind: "number",
      required: true,
      words: { en: "The request's number", es: "El número de la petición" },
    },
    { name: "who", kind: "person", required: true, words: { en: "Who takes it", es: "Quién se la queda" } },
  ],
  slash: { command: "request", sub: "assign" },
  shortcut: null,
  words: { en: "Give a request to a colleague", es: "Dar una petición a otra persona del equipo" },
};
