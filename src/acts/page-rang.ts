import type { Act } from "./act.ts";

export const pageRang: Act = {
  name: "page_rang",
  may: "staff",
  reads: false,
  args: [
    { name: "team", kind: "word", required: true, words: { en: "The team", es: "El equipo" } },
    { name: "test", kind: "word", required: true, words: { en: "The test page", es: "El aviso de prueba" } },
  ],
  slash: null,
  shortcut: null,
  words: { en: "Confirm that a test page rang", es: "Confirmar que el aviso de prueba sonó" },
};
