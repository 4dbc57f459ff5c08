import { type Act, requestNumber } from "./act.ts";

export const thirdParty: Act = {
  name: "third_party",
  may: "staff",
  reads: false,
  args: [
    requestNumber,
    {
      name: "back",
      kind: "word",
      required: false,
      words: {
        en: "Write “back” when it is with us again",
        es: "Escribe «back» cuando vuelve a ser cosa nuestra",
      },
    },
  ],
  slash: { command: "request", sub: "engineering" },
  shortcut: null,
  words: {
    en: "It is with engineering or a third party (back: with us again)",
    es: "Está en manos de desarrollo o de un tercero (back: otra vez nuestra)",
  },
};
