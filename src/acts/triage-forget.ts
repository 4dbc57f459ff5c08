import type { Act } from "./act.ts";

export const triageForget: Act = {
  name: "triage_forget",
  may: "staff",
  reads: false,
  args: [
    {
      name: "number",
      kind: "number",
      required: true,
      words: { en: "The request's number", es: "El número de la petición" },
    },
  ],
  slash: { command: "siempre", sub: "triage forget" },
  shortcut: null,
  words: { en: "Forget what was learned from a request", es: "Olvidar lo aprendido de una petición" },
};
