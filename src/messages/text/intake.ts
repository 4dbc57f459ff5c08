// The words for what several requests have in common, in both languages.
import type { Lang } from "../../domain/words.ts";

const TIMES: Readonly<Record<Lang, readonly string[]>> = {
  en: ["", "First", "Second", "Third", "Fourth", "Fifth"],
  es: ["", "Primera", "Segunda", "Tercera", "Cuarta", "Quinta"],
};

const numbers = (earlier: readonly number[]): string => earlier.map((number) => `#${number}`).join(", ");

const en = {
  /** "Third time about the same: #12, #31." Without earlier numbers it was asked again in this very request. */
  again: (count: number, earlier: readonly number[]) => {
    const time = TIMES.en[count] ?? `${count}th`;
    return earlier.length === 0
      ? `${time} time about this.`
      : `${time} time about the same: ${numbers(earlier)}.`;
  },
};

const es: typeof en = {
  again: (count, earlier) => {
    const time = TIMES.es[count] ?? `${count}.ª`;
    return earlier.length === 0
      ? `${time} vez que pregunta por esto.`
      : `${time} vez por lo mismo: ${numbers(earlier)}.`;
  },
};

export function intakeSentences(lang: Lang): typeof en {
  return lang === "es" ? es : en;
}
