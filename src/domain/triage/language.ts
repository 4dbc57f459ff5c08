// English or Spanish, by function words, accents and the words people type in support channels.
import type { Lang } from "../words.ts";
import type { Words } from "./words-of.ts";

export interface Language {
  lang: Lang;
  /** 0..1 */
  confidence: number;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

const ENGLISH = set(
  "the and you your is are was were be been to of in for on at with from that this it its my we our i im ive dont doesnt cant not have has had do does did can could will would should please thanks thank hi hello hey how what when where why who which there they just any some if but or as by about get got still also now when help need want working work works issue account morning down ok yes lol see up out all an me us it's these those because after before again nobody everything nothing everyone cannot wont isnt love would good great order charged website site invoice payment",
);
const SPANISH = set(
  "el la los las un una unos unas de del al que y en es por para con mi mis tu su sus nos lo le les se te os ya esta estan estoy estamos hay como cuando donde quien cual porque pero muy mas sin sobre desde hasta he ha hemos han soy somos tengo tenemos puedo puede podemos podeis pueden quiero necesito hola gracias buenos buenas dias tardes noches favor vale ayuda funciona falla pedido factura cuenta nadie nada todo todos esto eso ese este ahora cobrado pago entrar tampoco si gustaria saber hacer sigue cuanto caido pagina jaja mil genial perfecto adios luego vosotros ustedes usted",
);
/** Words of neighbouring languages that neither of ours has: their presence lowers the confidence. */
const OTHER = set(
  "nao voce obrigado obrigada estou ola bom tudo muito meu minha je vous nous est pas les bonjour merci dans une des avec pour ich nicht das und der die bitte danke ist wir sie ein eine il che non sono grazie ciao per buongiorno della het een niet ik amb els gracies bon dia hej och jag",
);
const SPANISH_LETTERS = /[ñÑ¿¡]/gu;
const SPANISH_ACCENTS = /[áéíóúÁÉÍÓÚ]/gu;
const OTHER_LETTERS = /[ãõçßøåœèêàùäöìò]|[^\p{Script=Latin}\P{L}]/giu;

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

/**
 * The language of a message. Too little to go by: `known` (the person's or the channel's), or English, with low confidence.
 * Another language than ours: the same, with low confidence.
 */
export function languageOf({ text, words }: Words, known?: Lang): Language {
  let en = 0;
  let es = 0;
  let other = 0;
  for (const { word } of words) {
    if (ENGLISH.has(word)) en += 1;
    if (SPANISH.has(word)) es += 1;
    if (OTHER.has(word)) other += 1;
  }
  es += Math.min(3, 2 * count(text, SPANISH_LETTERS)) + Math.min(2, count(text, SPANISH_ACCENTS));
  other += Math.min(4, count(text, OTHER_LETTERS));
  const best = Math.max(en, es);
  if (other > best || (best === 0 && words.length > 3)) return { lang: known ?? "en", confidence: 0.2 };
  if (best === 0 || en === es) return { lang: known ?? "en", confidence: 0.3 };
  const lang = en > es ? "en" : "es";
  const lead = Math.abs(en - es) / (en + es + other);
  const enough = 1 - 1 / (1 + best);
  const confidence = Math.round(lead * enough * 100) / 100;
  if (known !== undefined && known !== lang && confidence < 0.4) return { lang: known, confidence: 0.3 };
  return { lang, confidence };
}
