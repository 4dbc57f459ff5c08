import { type Act, requestNumber } from "./act.ts";

export const reopen: Act = {
  name: "reopen",
  may: "staff",
  reads: false,
  args: [requestNumber],
  slash: { command: "request", sub: "reopen" },
  shortcut: null,
  words: { en: "Open a resolved request again", es: "Abrir de nuevo una petición resuelta" },
};
