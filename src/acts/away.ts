import type { Act } from "./act.ts";

export const away: Act = {
  name: "away",
  may: "staff",
  reads: false,
  args: [
    {
      name: "when",
      kind: "rest",
      required: true,
      words: { en: "Until when: Monday 9:00", es: "Hasta cuándo: lunes 9:00" },
    },
    {
      name: "backup",
      kind: "person",
      required: false,
      words: { en: "Who gets your reminders meanwhile", es: "Quién recibe tus avisos mientras tanto" },
    },
  ],
  slash: { command: "away", sub: "until" },
  shortcut: null,
  words: {
    en: "You are away: your backup gets your reminders",
    es: "No estás: tus avisos los recibe quien digas",
  },
};
