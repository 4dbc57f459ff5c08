import type { Act } from "./act.ts";

export const goLive: Act = {
  name: "go_live",
  may: "lead",
  reads: false,
  args: [{ name: "channel", kind: "word", required: true, words: { en: "The channel", es: "El canal" } }],
  slash: null,
  shortcut: null,
  words: {
    en: "Let the bot speak to customers in this channel",
    es: "Dejar que el bot hable con los clientes en este canal",
  },
};
