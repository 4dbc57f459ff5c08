import type { Act } from "./act.ts";

const base = { may: "lead", reads: false, shortcut: null } as const;

export const tune: Act = {
  ...base,
  name: "tune",
  args: [
    {
      name: "channel",
      kind: "rest",
      required: false,
      words: { en: "The channel; without it, this one", es: "El canal; si no, este" },
    },
  ],
  slash: { command: "siempre", sub: "tune" },
  words: {
    en: "Try other intake settings on a channel's last weeks, and propose better ones",
    es: "Probar otros ajustes con las últimas semanas de un canal y proponer mejores",
  },
};

/** Without `join` the channel goes back to what the policy file says. */
export const applyTuning: Act = {
  ...base,
  name: "use_tuning",
  args: [
    { name: "channel", kind: "word", required: true, words: { en: "The channel", es: "El canal" } },
    { name: "join", kind: "word", required: false, words: { en: "Minutes", es: "Minutos" } },
    { name: "opens", kind: "word", required: false, words: { en: "Percent", es: "Por ciento" } },
  ],
  slash: null,
  words: {
    en: "Use the settings that tuning proposed for a channel",
    es: "Usar en un canal los ajustes que se propusieron",
  },
};
