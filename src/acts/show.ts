import { type Act, requestNumber } from "./act.ts";

export const show: Act = {
  name: "show",
  may: "staff",
  reads: true,
  args: [requestNumber],
  slash: { command: "request", sub: "show" },
  shortcut: null,
  words: { en: "One request with its promises and history", es: "Una petición con sus promesas e historia" },
};
