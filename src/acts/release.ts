import { type Act, requestNumber } from "./act.ts";

export const release: Act = {
  name: "release",
  may: "staff",
  reads: false,
  args: [requestNumber],
  slash: { command: "request", sub: "release" },
  shortcut: null,
  words: {
    en: "Give a request back to the team; its promises stay",
    es: "Devolver una petición al equipo; sus promesas siguen",
  },
};
