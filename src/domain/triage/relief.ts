// Whether a customer says, in plain words, that what they were given to get on with does its work.

const HELPED =
  /\b(?:that|this|it)(?:'s| has| is)? (?:works?|worked|working|helps?|helped|did (?:it|the trick)|does (?:it|the trick|the job)|will do)\b|\bworks? (?:now|fine|for (?:me|us|now))\b|\bworking (?:now|again)\b|\bgood enough for now\b|\b(?:ya |me |nos |eso |así |esto )+(?:funciona|sirve|vale|ayuda|va bien)\b|\b(?:me|nos)? ?ha (?:funcionado|servido|ayudado|valido)\b|\b(?:funcionó|sirvió|ayudó)\b|\bcon eso (?:me|nos) (?:vale|sirve|apaño|arreglo)\b|\bde momento (?:funciona|sirve|vale)\b/;
/** Any of these, and only the button says it for sure. */
const DOUBT =
  /\b(?:not?|nope|never|isn|doesn|didn|don|won|hasn|still|but|unless|should|would|could|if|until|ni|sigue|siguen|aún|todavía|tampoco|pero|salvo|nunca|si|cuando)\b|\?/;
/** Longer than this it says more than that. */
const SHORT = 120;

/** "That works, thanks", "ya nos funciona". A cheap reading: where it is not sure it says no, and the button is there. */
export function saysItHelped(text: string): boolean {
  const plain = text.toLowerCase().replaceAll("’", "'").trim();
  return plain.length <= SHORT && HELPED.test(plain) && !DOUBT.test(plain);
}
