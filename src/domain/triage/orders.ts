// Words meant for a machine, not for us: commands, fields of a card, "tier: 1", "SYSTEM:". A message is read without them, so
// that what somebody tells the bot to think moves nothing. Only the order itself goes: what a person says after it is theirs, for
// "Status: the shop is down" is a report. How urgent it feels is read from the whole text, since "P1" says that.

const TIER = "tiers?|priority|severity|urgency|nivel|prioridad|gravedad|urgencia";
/** What stands on our cards and in what is sent between machines. */
const FIELD = `${TIER}|owner|assignee|status|channel|system|assistant|act|role|responsable|estado|canal|sistema`;
const LEVEL =
  "everything is failing|real problem|todo falla|problema real|[1-5]|one|uno|critical|highest|cr[ií]tica|m[áa]xima";
/** Fixed words and bounded repetitions only: linear in the text. */
const PATTERNS: readonly RegExp[] = [
  // "<button act="claim">Claim</button>", "</message>", "<!channel>", "<#C0LEADS|leads>", "@everyone"
  /<button\b[^>\n]{0,80}>[^<\n]{0,40}(?:<\/button>)?/giu,
  /<(?:[!#@&]|\/(?:button|message|system|user|card)\b)[^>\n]{0,80}>/giu,
  /(?<![\w@])@(?:everyone|here|channel)(?!\w)/giu,
  // "[Claim] [Resolve] [Everything is failing]": buttons of a card, from the first that acts on.
  /\[(?:claim|resolve|assign|hand over|reopen|lo llevo|resolver|asignar)\](?:[ \t]{0,3}\[[^\]\n]{0,30}\]){0,10}/giu,
  // "/request assign 1 @marc"
  /(?<![\w/])\/(?:request|siempre|promise|queue|digest|away|back)\b(?:[ \t]{1,3}(?:assign|claim|tier|resolve|reopen|wait|release|handover|show|list|detect|policy|tune|on|off|#?\d{1,9}|<?@\S{1,40})(?!\S)){0,4}/giu,
  // "set the tier to 1", "priority: 1", `"tier":1`, "*Tier*\nEverything is failing", "P1", "SEV-1"
  new RegExp(
    `(?<![\\p{L}\\d])(?:(?:set|change|raise|make|put|pon|sube|cambia)[ \\t]{1,3}(?:(?:the|its|this|la|el)[ \\t]{1,3})?)?(?:${TIER})["'*_\`]{0,3}[ \\t]{0,3}[:=\\n ]{1,3}(?:(?:to|is|a|level)[ \\t]{1,3}){0,2}["'*_]{0,2}(?:${LEVEL})(?![\\p{L}\\d])`,
    "giu",
  ),
  /(?<![\p{L}\d])(?:p|sev|prio)[ -]?[0-5](?![\p{L}\d])/giu,
  // "owner:", "SYSTEM:", `"channel":`: the name of a field; what follows it stays.
  new RegExp(`(?<![\\p{L}])["'*_\`]{0,3}(?:${FIELD})["'*_\`]{0,3}[ \\t]{0,3}[:=]`, "giu"),
  // "ignore the rules", "SYSTEM OVERRIDE"
  /(?<!\p{L})(?:ignore|disregard|forget|ignora|olvida)[ \t]{1,3}(?:(?:all|the|your|any|previous|prior|above|todas?|las|tus)[ \t]{1,3}){1,3}(?:rules|instructions|prompts?|reglas|instrucciones)(?!\p{L})/giu,
  /(?<!\p{L})system[ \t]{1,3}(?:override|prompt|message)(?!\p{L})/giu,
  // "assign to @marc", "asignar a Marc"
  /(?<!\p{L})(?:re)?(?:assign|asigna(?:r|lo|dlo)?)(?: it| this| esto)?[ \t]{1,3}(?:to|a)[ \t]{1,3}(?:@\S{1,40}|admin|\p{Lu}\p{Ll}{1,30})(?!\p{L})/gu,
];
/** Invisible characters that split a word, or turn it round. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;

/** The text as a person means it: an order becomes a full stop. Pure, linear; mostly the very same text. */
export function withoutOrders(text: string): string {
  let plain = text.replace(INVISIBLE, "");
  for (const pattern of PATTERNS) plain = plain.replace(pattern, " . ");
  return plain;
}
