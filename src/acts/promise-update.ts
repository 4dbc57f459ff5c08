import type { Act } from "./act.ts";

/** Opens the form behind "Promise an update". `of` names the message whose words are to be tracked, where there is one. */
export const promiseUpdate: Act = {
  name: "promise_update",
  may: "staff",
  reads: true,
  args: [{ name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } }],
  slash: null,
  shortcut: null,
  words: { en: "Promise the customer an update", es: "Prometer novedades al cliente" },
};
