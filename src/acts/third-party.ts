import type { Act } from "./act.ts";

export const thirdParty: Act = {
  name: "third_party",
  may: "staff",
  reads: false,
  args: [
    {
      name: "number",
      kind: "number",
      required: true,
      words: { en: "The request's number", es: "El número de la petición" },
    },
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
