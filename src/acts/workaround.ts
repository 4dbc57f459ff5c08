import { type Act, requestNumber } from "./act.ts";

export const workaround: Act = {
  name: "workaround",
  may: "staff",
  reads: false,
  args: [
    requestNumber,
    {
      name: "line",
      kind: "rest",
      required: false,
      words: {
        en: "What they can do meanwhile; without it you have written it yourself",
        es: "Qué pueden hacer mientras; sin ello, ya lo has escrito tú",
      },
    },
  ],
  slash: { command: "request", sub: "workaround" },
  shortcut: null,
  words: {
    en: "Give something to get on with, and ask whether it helps",
    es: "Dar algo con que seguir mientras, y preguntar si sirve",
  },
};
