import { type Act, requestNumber } from "./act.ts";

export const page: Act = {
  name: "page",
  may: "staff",
  reads: false,
  args: [requestNumber],
  slash: { command: "request", sub: "page" },
  shortcut: null,
  words: {
    en: "Wake whoever is on call, when everything is failing",
    es: "Despertar a quien está de guardia, cuando todo falla",
  },
};
