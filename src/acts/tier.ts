import { type Act, requestNumber } from "./act.ts";

export const tier: Act = {
  name: "tier",
  may: "staff",
  reads: false,
  args: [
    requestNumber,
    {
      name: "tier",
      kind: "tier",
      required: true,
      words: { en: "1 everything is failing … 5 feedback", es: "1 todo falla … 5 comentarios" },
    },
  ],
  slash: { command: "request", sub: "tier" },
  shortcut: null,
  words: { en: "Change the tier of a request, 1 to 5", es: "Cambiar el nivel de una petición, de 1 a 5" },
};
