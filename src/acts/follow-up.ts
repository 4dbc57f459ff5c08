// A chance (DESIGN idea 15) has an owner and a date of its own, whoever has the request.
import type { Act, Arg } from "./act.ts";

const request: Arg = {
  name: "request",
  kind: "word",
  required: true,
  words: { en: "The request", es: "La petición" },
};
const by: Arg = {
  name: "by",
  kind: "rest",
  required: false,
  words: { en: "When", es: "Cuándo" },
};

export const followUp: Act = {
  name: "follow_up",
  may: "staff",
  reads: false,
  args: [request, by],
  slash: null,
  shortcut: null,
  words: { en: "Follow up a chance yourself, by a day", es: "Seguir una oportunidad, con fecha" },
};

export const giveFollowUp: Act = {
  name: "give_follow_up",
  may: "lead",
  reads: false,
  args: [
    request,
    { name: "who", kind: "person", required: true, words: { en: "Who follows it up", es: "Quién la sigue" } },
    by,
  ],
  slash: null,
  shortcut: null,
  words: { en: "Say who follows up a chance, and when", es: "Decir quién sigue una oportunidad, y cuándo" },
};
