import type { Act } from "./act.ts";

export const declineHandover: Act = {
  name: "decline_handover",
  may: "staff",
  reads: false,
  args: [{ name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } }],
  slash: null,
  shortcut: null,
  words: { en: "Can't: it stays with its owner", es: "No puedo: se queda con su responsable" },
};
