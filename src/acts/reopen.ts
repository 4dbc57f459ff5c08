import type { Act } from "./act.ts";

export const reopen: Act = {
  name: "reopen",
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
  slash: { command: "request", sub: "reopen" },
  shortcut: null,
  words: { en: "Open a resolved request again", es: "Abrir de nuevo una petición resuelta" },
};
