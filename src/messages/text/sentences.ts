import type { Lang } from "../../domain/words.ts";
import { en, type Sentences } from "./en.ts";
import { es } from "./es.ts";

const languages: Readonly<Record<Lang, Sentences>> = { en, es };

/** Everything the bot says, in that language. */
export function sentences(lang: Lang): Sentences {
  return languages[lang];
}
