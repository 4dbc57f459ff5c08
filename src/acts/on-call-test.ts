import type { Act } from "./act.ts";

export const onCallTest: Act = {
  name: "on_call_test",
  // Leads, and whoever is on the rota: app/on-call.ts looks.
  may: "staff",
  reads: false,
  args: [],
  slash: { command: "siempre", sub: "oncall test" },
  shortcut: null,
  words: {
    en: "Send a test page to whoever is on call, to see that it wakes them",
    es: "Enviar un aviso de prueba a quien está de guardia, para ver que lo despierta",
  },
};
