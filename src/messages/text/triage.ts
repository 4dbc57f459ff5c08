// The words of triage on the card and in the acknowledgement, in both languages.
import type { Source } from "../../domain/triage/reading.ts";
import type { Lang } from "../../domain/words.ts";

const en = {
  /** Instead of thanks, to who is alarmed: that it was seen comes first. */
  seen: (name: string) => (name ? `We've seen this, ${name}.` : "We've seen this."),
  sure: (source: Source, percent: number) =>
    source === "rule" ? `by rule, ${percent} % sure` : `by model, ${percent} % sure`,
  which: "Which is it? One tap sets the tier.",
  writesIn: (language: string) => `Writes in ${language}.`,
};

const es: typeof en = {
  seen: (name) => (name ? `Lo hemos visto, ${name}.` : "Lo hemos visto."),
  sure: (source, percent) =>
    source === "rule" ? `por regla, seguro al ${percent} %` : `por modelo, seguro al ${percent} %`,
  which: "¿Qué es? Un toque fija el nivel.",
  writesIn: (language) => `Escribe en ${language}.`,
};

export function triageSentences(lang: Lang): typeof en {
  return lang === "es" ? es : en;
}
