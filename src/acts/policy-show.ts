import type { Act } from "./act.ts";

export const policyShow: Act = {
  name: "policy_show",
  may: "staff",
  reads: true,
  args: [
    {
      name: "number",
      kind: "number",
      required: false,
      words: {
        en: "A request's number; without it, what holds in this channel",
        es: "El número de una petición; sin él, lo que vale en este canal",
      },
    },
    {
      name: "company",
      kind: "rest",
      required: false,
      words: {
        en: "A company's name: what it is promised in this channel",
        es: "El nombre de una empresa: lo que se le promete en este canal",
      },
    },
  ],
  slash: { command: "siempre", sub: "policy show" },
  shortcut: null,
  words: {
    en: "What is promised, and where each value comes from",
    es: "Qué se promete, y de dónde sale cada valor",
  },
};
