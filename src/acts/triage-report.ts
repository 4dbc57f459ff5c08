import type { Act } from "./act.ts";

export const triageReport: Act = {
  name: "triage_report",
  may: "staff",
  reads: true,
  args: [],
  slash: { command: "siempre", sub: "triage report" },
  shortcut: null,
  words: {
    en: "How often triage and the team agree, week by week",
    es: "Cuánto coinciden el triaje y el equipo, semana a semana",
  },
};
