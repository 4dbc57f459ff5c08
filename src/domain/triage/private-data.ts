// Finds what should not stand where others read: card and bank account numbers, passwords, keys. Every pattern is ours
// and reads forward only; no text of a user becomes part of one.

const CARD = /(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.])/gu;
const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/gu;
const KEY =
  /\b(?:sk_live_|sk-|rk_live_|ghp_|gho_|github_pat_|glpat-|xox[abprs]-|AKIA|AIza|eyJhbGciOi)[A-Za-z0-9_.-]{12,}|-----BEGIN [A-Z ]{0,20}PRIVATE KEY/u;
const PASSWORD =
  /\b(?:password|passwort|passcode|contrase(?:ñ|n)a|clave|senha|pin|cvv|cvc)(?: is| es|:| =|=)+ ?["'`]?(?=\S*\d)\S{3,40}/iu;
const SOCIAL =
  /\b(?:ssn|social security(?: number)?|dni|nie|curp|rfc)(?: is| es|:| n[º°]:?)* ?[A-Z]?[-\d]{7,12}[A-Z]?\b/iu;
const SHOWN = 4;

/** The check digit every card number carries (ISO/IEC 7812): tells a card from an order number. */
function isCard(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0 && new Set(digits).size > 1 && /^[3-6]/.test(digits);
}

/** The check digits of an account number (ISO 13616), read digit by digit. */
function isIban(written: string): boolean {
  const plain = written.replaceAll(" ", "");
  const turned = plain.slice(4) + plain.slice(0, 4);
  let rest = 0;
  for (const sign of turned) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** The beginning of the first such thing, the rest as dots; null when there is none. */
export function privateDataIn(text: string): string | null {
  for (const [found] of text.matchAll(CARD)) if (isCard(found.replace(/\D/gu, ""))) return masked(found);
  for (const [found] of text.matchAll(IBAN)) if (isIban(found)) return masked(found);
  const secret = KEY.exec(text) ?? PASSWORD.exec(text) ?? SOCIAL.exec(text);
  return secret === null ? null : masked(secret[0]);
}

function masked(found: string): string {
  return `${found.slice(0, SHOWN)}…`;
}
