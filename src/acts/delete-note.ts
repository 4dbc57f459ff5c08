import type { Act } from "./act.ts";

export const deleteNote: Act = {
  name: "delete_note",
  may: "staff",
  reads: false,
  args: [
    { name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } },
    { name: "signal", kind: "word", required: true, words: { en: "What it notes", es: "Qué anota" } },
  ],
  slash: null,
  shortcut: null,
  words: {
    en: "Delete a private note about a customer, with its words",
    es: "Borrar una nota privada sobre un cliente, con sus palabras",
  },
};
