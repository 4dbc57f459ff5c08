import { type Act, requestNumber } from "./act.ts";

export const claim: Act = {
  name: "claim",
  may: "staff",
  reads: false,
  args: [requestNumber],
  slash: { command: "request", sub: "claim" },
  shortcut: null,
  words: {
    en: "Take a request: its promises are yours now",
    es: "Quedarte una petición: sus promesas pasan a ser tuyas",
  },
};
