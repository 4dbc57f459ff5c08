// The words of the triage report, in both languages.
import type { Source } from "../../domain/triage/reading.ts";
import type { Lang } from "../../domain/words.ts";

const en = {
  title: "How often triage and the team agree",
  what: "The share of requests whose tier nobody changed. A tap that confirms a tier is no change.",
  nothing: "No request was opened in the last eight weeks, so there is nothing to compare.",
  weekOf: (day: string) => `week from ${day}`,
  sources: { rule: "decided by rule", model: "decided by model" } satisfies Record<Source, string>,
  corrected: "What was corrected:",
};

const es: typeof en = {
  title: "Cuánto coinciden el triaje y el equipo",
  what: "La parte de peticiones cuyo nivel nadie cambió. Un toque que confirma el nivel no es un cambio.",
  nothing: "En las últimas ocho semanas no se abrió ninguna petición: no hay nada que comparar.",
  weekOf: (day) => `semana del ${day}`,
  sources: { rule: "decididas por regla", model: "decididas por modelo" },
  corrected: "Lo que se corrigió:",
};

export function triageReportSentences(lang: Lang): typeof en {
  return lang === "es" ? es : en;
}
