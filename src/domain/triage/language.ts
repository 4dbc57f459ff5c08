// The language of a message, by function words, accents and the words people type in support channels. We speak English
// and Spanish; of five neighbours we can tell that it is they.
import type { Lang } from "../words.ts";
import type { Words } from "./words-of.ts";

export interface Language {
  /** The one of ours to speak. */
  lang: Lang;
  /** 0..1, of `lang`. */
  confidence: number;
  /** ISO 639-1 of the words themselves; `und` when they do not tell. */
  language: string;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

const ENGLISH = set(
  "bye goodbye nothing else sure fine true card cards bank balance bill status number change details free menu options stolen lost new more address price delivery product mattress weight size diet service services internet cable software update skype outlook whatsapp expense report credit debit money fee transfer top a the and you your is are was were be been to of in for on at with from that this it its my we our i im ive dont doesnt cant not have has had do does did can could will would should please thanks thank hi hello hey how what when where why who which there they just any some if but or as by about get got still also now when help need want working work works issue account morning down ok yes lol see up out all an me us it's these those because after before again nobody everything nothing everyone cannot wont isnt love would good great order charged website site invoice payment",
);
const SPANISH = set(
  "a o e me el la los las un una unos unas de del al que y en es por para con mi mis tu su sus nos lo le les se te os ya esta estan estoy estamos hay como cuando donde quien cual porque pero muy mas sin sobre desde hasta he ha hemos han soy somos tengo tenemos puedo puede podemos podeis pueden quiero necesito hola gracias buenos buenas dias tardes noches favor vale ayuda funciona falla pedido factura cuenta nadie nada todo todos esto eso ese este ahora cobrado pago entrar tampoco si gustaria saber hacer sigue cuanto caido pagina jaja mil genial perfecto adios luego vosotros ustedes usted",
);
/** Words the others have; those they share with Spanish are left to Spanish unless a letter or another word tells. */
const NEIGHBOURS: Readonly<Record<string, ReadonlySet<string>>> = {
  pt: set(
    "o a e caiu parado parada inteira nao voce voces obrigado obrigada estou esta ola oi bom boa dia tudo muito meu minha meus minhas em um uma no na do da dos das os ao pelo com para por que eu ele ela isso quando onde fatura pedido conta preciso quero consigo entrar ninguem tambem ja ate mas seria tem da pra quem qual tenho posso fui foi cartao sistema sao nosso voltou aplicativo senha",
  ),
  fr: set(
    "je vous nous est pas les bonjour merci dans une des avec pour sur mon ma mes ne ni plus que qui il elle on au aux du le la et ou mais comment quand quel quelle ce cette ai as ont sont suis etre avoir sa son votre notre fait arrive depuis bonsoir svp un la veux peux peut voudrais voudrait faut remboursement livraison colis compte commande facture tout rien jai nai cest",
  ),
  de: set(
    "ich nicht das und der die den dem bitte danke ist wir sie ein eine einen es im in mit auf fur von zu wie wo wann warum mein meine habe haben hat kann konnen mir mich uns unser noch nur aber euch euer unsere mehr geld keiner niemand seit heute jetzt passwort auch wenn beim bei ihr sind war geht hallo guten konto rechnung kein keine nichts alles",
  ),
  it: set(
    "il che non sono grazie ciao per buongiorno della del dei delle lo gli un una di da in con su mi ci si e ho hai ha abbiamo hanno come quando dove perche piu mio mia miei nostro vostro questo questa buonasera conto ordine fattura vorrei voglio posso riesco riesce la le cambio rimborso nessuno sito tutto anche ma o al alla nel funziona",
  ),
  ca: set(
    "els amb gracies bon dia meu meva aquest aquesta puc podeu em nosaltres vull tinc hem heu han molt molta moltes fins dema per com on quan les i al del dels ha tot res cap ningu des compte comanda factura targeta si plau sisplau cal feu seu heu desar meus canvis puc contrasenya",
  ),
};
/** Signs that only one of them writes. */
const LETTERS: readonly [string, RegExp][] = [
  ["pt", /[ãõ]/giu],
  ["fr", /[œèêûîëù]|[cdjlmnst]['’](?=[aeiouhéè])/giu],
  ["de", /[ßäöü]/giu],
  ["it", /[àèìòù](?!\p{L})/giu],
  ["ca", /l·l|[cdlmns]['’](?=[aeiouh])|\b(?:no|ja) (?:em|hi)\b/giu],
];
const SPANISH_LETTERS = /[ñÑ¿¡]/gu;
const SPANISH_ACCENTS = /[áéíóúÁÉÍÓÚ]/gu;
const OTHER_LETTERS = /[ãõçßøåœèêàùäöìò]|[^\p{Script=Latin}\P{L}]/giu;

/** How most Spanish words end and few English ones do; only breaks a tie. */
const SPANISH_ENDING = /(?:[aeiou][sn]?|[aei]r|dad|ciones)$/u;
const ENGLISH_ENDING = /(?:[^aeioulnrsdz]|ed|er|es|ing|ly|all|ess|ds|ts|ll|le|se|te|ce|ge|ve|re|ne|me|ke)$/u;

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

function looksSpanish(words: Words["words"]): boolean {
  let lead = 0;
  for (const { word } of words) {
    if (ENGLISH_ENDING.test(word)) lead -= 1;
    else if (word.length > 3 && SPANISH_ENDING.test(word)) lead += 1;
  }
  return lead > 0;
}

/** The likeliest neighbour, if it beats both of ours. */
function neighbour({ text, words }: Words, en: number, es: number): string | null {
  let best: string | null = null;
  let most = Math.max(en, es, 1);
  for (const [code, own] of Object.entries(NEIGHBOURS)) {
    let score = words.reduce((sum, { word }) => sum + (own.has(word) ? 1 : 0), 0);
    for (const [of, letters] of LETTERS) if (of === code) score += Math.min(3, 2 * count(text, letters));
    if (score > most) {
      most = score;
      best = code;
    }
  }
  return best;
}

/**
 * The language of a message. Too little to go by: `known` (the person's or the channel's), or English, with low confidence.
 * Another language than ours: the same, with low confidence, and `language` names it if it is one of the neighbours.
 */
export function languageOf(read: Words, known?: Lang): Language {
  const { text, words } = read;
  let en = 0;
  let es = 0;
  for (const { word } of words) {
    if (ENGLISH.has(word)) en += 1;
    if (SPANISH.has(word)) es += 1;
  }
  es += Math.min(3, 2 * count(text, SPANISH_LETTERS)) + Math.min(2, count(text, SPANISH_ACCENTS));
  const strange = Math.min(4, count(text, OTHER_LETTERS));
  const best = Math.max(en, es);
  const other = neighbour(read, en, es);
  if (other !== null) return { lang: known ?? "en", confidence: 0.2, language: other };
  if (strange > best || (best === 0 && words.length > 3)) {
    return { lang: known ?? "en", confidence: 0.2, language: "und" };
  }
  if (best === 0 || en === es) {
    const guess = known ?? (looksSpanish(words) ? "es" : "en");
    return { lang: guess, confidence: 0.3, language: guess };
  }
  const lang = en > es ? "en" : "es";
  const lead = Math.abs(en - es) / (en + es + strange);
  const enough = 1 - 1 / (1 + best);
  const confidence = Math.round(lead * enough * 100) / 100;
  if (known !== undefined && known !== lang && confidence < 0.4) {
    return { lang: known, confidence: 0.3, language: known };
  }
  return { lang, confidence, language: lang };
}
