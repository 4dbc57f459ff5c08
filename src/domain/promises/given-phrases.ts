// How people say that they will write again, in English and Spanish, without accents and in lower case.
// Read by given-words.ts alone. Every window is bounded, so that reading stays linear.

/** `always`: a word also without a time. `timed`: said of other things, too, and a word only with a time beside it. */
export interface Phrases {
  always: readonly RegExp[];
  timed: readonly RegExp[];
  /** Somewhere before or in the phrase: it depends on somebody else, is only hoped, or tells what was said. */
  spoils: RegExp;
  /** Right before the phrase. */
  denies: RegExp;
}

const SELF =
  "(?<![\\w'])(?:(?:i|we)(?:'ll| will| shall|'m going to| am going to|'re going to| are going to)|^(?:(?:ok|okay|sure|thanks|hi|hello)\\W{1,3})?will)(?: (?:definitely|certainly|also|then|personally|surely|just|be sure to|make sure to)){0,2}";
const CHAIN = `(?:${SELF}|(?<!\\w)let (?:me|us)) \\w[^.]{0,80}?[ ,](?:and|then) (?:then )?(?:(?:i|we)(?:'ll| will) |will )?`;
const MINE = `(?:${SELF} |${CHAIN}|(?<!\\w)let (?:me|us) )`;

const BACK =
  "(?:get|come|circle|report|check|loop) back(?= (?:to|with) (?:you|an?|news|the)\\b| ?(?:by|before|at|in|within|on|tomorrow|today|this|first|asap|soon|shortly|once|as soon)\\b|\\W*$)|be back (?:to|with) (?:you|an?|news|the)\\b";
const NEWS = "(?:update|news|answer|reply|fix|status|word|report|refund|information|details|fixed|ready)";

const en: Phrases = {
  always: [
    new RegExp(`${MINE}(?:${BACK})`),
    new RegExp(
      `${MINE}(?:let you (?:all |both |guys )?know(?! that\\b)|drop you a line|be in touch|keep you (?:posted|updated|informed|in the loop))`,
    ),
    new RegExp(`${MINE}(?:update you|follow up)\\b`),
    /(?<!\w)you(?:'ll| will) hear (?:back )?from (?:me|us)\b/,
  ],
  timed: [
    new RegExp(
      `${MINE}(?:tell|call|ping|message|e-?mail|write|text|answer|inform|notify|reply)(?: to)? you\\b(?! (?:how|what|why|where|which)\\b)`,
    ),
    new RegExp(`${MINE}(?:send|give|share|have|bring|post|get) (?:[\\w'-]+ ){0,4}?${NEWS}\\b`),
    new RegExp(`(?<!\\w)you(?:'ll| will) have (?:[\\w'-]+ ){0,3}?${NEWS}\\b`),
    new RegExp(`(?<!\\w)expect (?:[\\w'-]+ ){0,3}?${NEWS} from (?:me|us)\\b`),
  ],
  spoils:
    /\b(?:if|unless|in case|(?:once|when|as soon as|after|until) you|said|says|told|promised|thought|wrote|try|trying|maybe|perhaps|hopefully|not)\b/,
  denies: /(?:\b(?:not|never|don't|won't|can't|cannot) )$/,
};

const TO = "(?:te|os|le|les) (?:lo |la )?";
const TELL =
  "(?:digo|aviso|cuento|escribo|respondo|contesto|confirmo|informo|actualizo|comento|decimos|avisamos|contamos|escribimos|respondemos|contestamos|confirmamos|informamos|actualizamos|comentamos)";
const TOLD_LATER =
  "(?:dire|avisare|contare|escribire|respondere|contestare|confirmare|informare|actualizare|comentare|llamare)(?:mos)?";
const SEND =
  "(?:llamo|mando|envio|paso|doy|traigo|llamamos|mandamos|enviamos|pasamos|damos|traemos|mandare|enviare|pasare|dare|mandaremos|enviaremos|pasaremos|daremos|llamaremos)";
/** What follows is said now, to somebody else, or is no promise: "te confirmo que…", "le digo a Marc…", "te cuento: …". */
const NOT_NOW =
  "\\b(?!:| (?:que|de que|para|porque|desde|por|yo|como (?!v|sig|qued|ha)|a (?!las?\\b|primera|ultima|media|final|partir)\\w))";
const CHECK =
  "\\b(?:dame|dej|mir|revis|consult|comprueb|comprob|pregunt|averigu|investig|habl|confirm|ve[oa]|verlo|verifi)\\w*";
const LATER =
  "\\b(?:luego|enseguida|en seguida|ahora|pronto|mas tarde|en un rato|en un momento|en cuanto|cuando) ?";

const es: Phrases = {
  always: [
    new RegExp(`(?<!\\w)${TO}(?:${TELL}|${TOLD_LATER}) (?:algo|cosas)\\b(?! (?:que|para|como)\\b)`),
    new RegExp(`(?<!\\w)${TO}${TOLD_LATER}${NOT_NOW}`),
    new RegExp(`(?<!\\w)${TO}(?:manten(?:go|emos)|mantendre(?:mos)?) (?:informad|al tanto|al corriente)`),
    /(?<!\w)(?:voy|vamos) a (?:avisar|decir|contar|escribir|responder|contestar|confirmar|informar|actualizar|llamar)(?:te|os|le|les)\b/,
    /(?<!\w)(?:te|os) (?:voy|vamos) a (?:avisar|decir|contar|escribir|responder|contestar|confirmar|llamar)\b/,
    /(?<!\w)(?:me pondre|nos ponemos|nos pondremos|me pongo) en contacto (?:contigo|con (?:vosotr|usted))/,
    /(?<!\w)(?:te|os) (?:ire|iremos|voy|vamos) (?:contando|avisando|informando|diciendo)\b/,
    /(?<!\w)(?:tienes|teneis|tiene|tienen|tendra[sn]?|tendreis) (?:noticias|respuesta|novedades) (?:mias?|nuestras?)\b/,
    /(?<!\w)(?:vuelvo|volvemos|volvere|volveremos) con (?:\w+ )?(?:noticias|novedades|respuesta|algo)\b/,
    new RegExp(`${CHECK}[^.]{0,60}? y (?:luego |ya |despues |enseguida )?${TO}${TELL}${NOT_NOW}`),
    new RegExp(`${LATER}(?:(?!\\bsi\\b)[^.,]){0,60}?(?<!\\w)${TO}${TELL}${NOT_NOW}`),
  ],
  timed: [
    new RegExp(`(?<!\\w)${TO}(?:${TELL}|${SEND})${NOT_NOW}`),
    /(?<!\w)(?:tienes|teneis|tendras|tendreis) (?:\w+ ){0,2}?(?:noticias|respuesta|novedades)\b/,
  ],
  spoils:
    /\b(?:ojala|quizas?|tal vez|a lo mejor|intent\w+|dij\w+|dice[ns]?|prometi\w*|(?:cuando|en cuanto|una vez que?) (?:me|nos) (?:lo |la )?\w+[ea](?:s|is)\b)/,
  denies: /(?:\b(?:no|nunca|tampoco|ni|como) )$/,
};

export const phrases: readonly Phrases[] = [en, es];

/** Spanish "si" without an accent or a comma is a condition; "sí, mañana te digo" is none. Tested on words with accents. */
export const CONDITION = /(?<!\p{L})si(?!\p{L}|,)/u;
/** From here on it is no longer said when. */
export const ENDS_THE_TIME = /(?<!\p{L})(?:if|si|because|porque|but|pero)(?!\p{L}|,)/u;
/** The part of a sentence that says by when begins here. */
export const BY = /(?<!\p{L})(?:by|before|no later than|within|antes del?)(?!\p{L})/giu;
