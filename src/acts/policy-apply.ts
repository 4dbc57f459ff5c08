import type { Act } from "./act.ts";

/** Shows what would change; nothing does until the button is pressed. */
export const policyApply: Act = {
  name: "policy_apply",
  may: "lead",
  reads: true,
  args: [],
  slash: { command: "siempre", sub: "policy apply" },
  shortcut: null,
  words: {
    en: "Put open requests under the policy file as it stands; shows first what would change",
    es: "Poner las peticiones abiertas bajo el fichero tal como está; antes enseña qué cambiaría",
  },
};
