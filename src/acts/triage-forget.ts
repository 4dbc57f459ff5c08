import { type Act, requestNumber } from "./act.ts";

export const triageForget: Act = {
  name: "triage_forget",
  may: "staff",
  reads: false,
  args: [requestNumber],
  slash: { command: "siempre", sub: "triage forget" },
  shortcut: null,
  words: { en: "Forget what was learned from a request", es: "Olvidar lo aprendido de una petición" },
};
