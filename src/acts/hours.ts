import type { Act } from "./act.ts";

export const hours: Act = {
  name: "hours",
  may: "staff",
  reads: false,
  args: [
    {
      name: "hours",
      kind: "rest",
      required: false,
      words: {
        en: "For example: mon-fri 9-14, 15-18 Europe/Madrid; or “team”",
        es: "Por ejemplo: lun-vie 9-14, 15-18 Europe/Madrid; o «equipo»",
      },
    },
  ],
  slash: { command: "siempre", sub: "hours" },
  shortcut: null,
  words: {
    en: "Your working hours: reminders reach you only then",
    es: "Tu horario: los avisos solo te llegan entonces",
  },
};
