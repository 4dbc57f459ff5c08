import type { Act } from "./act.ts";

export const onCallShow: Act = {
  name: "on_call_show",
  may: "staff",
  reads: true,
  args: [],
  slash: { command: "siempre", sub: "oncall show" },
  shortcut: null,
  words: {
    en: "Who is on call, until when, and whether a page was ever heard",
    es: "Quién está de guardia, hasta cuándo, y si alguna vez sonó un aviso",
  },
};
