// One line of a channel as linking reads it: its words, whom it names, and its shape. Linear in the text that is read;
// nothing a person wrote ever becomes part of a pattern.
import type { Instant } from "../words.ts";

/** A message of a channel, reduced to what tells which conversation it belongs to. */
export interface Line {
  id: string;
  /** A stable key of the person. */
  author: string;
  /** The name others would call this person by. */
  name: string;
  at: Instant;
  text: string;
  /** Keys of the people mentioned, as far as the platform tells. */
  mentions: readonly string[];
  thread: string | null;
  replyTo: string | null;
  /** Of the team or a helper; null where nobody knows. */
  team: boolean | null;
}

/** What a line's words say. */
export interface Shape {
  /** Words that carry a topic, each once. */
  topics: readonly string[];
  /** What stands first and may be a name: folded, without its mark. */
  head: string;
  /** `name:`, `name,` or `@name` at the start: somebody is addressed, known or not. */
  addresses: boolean;
  /** Every token that may be a name, folded. */
  tokens: readonly string[];
  size: number;
  question: boolean;
  anyone: boolean;
  greeting: boolean;
  thanks: boolean;
  /** Starts like the middle of a talk: "and", "yes", "ok", "also". */
  continues: boolean;
  lower: boolean;
  link: boolean;
  code: boolean;
  problem: boolean;
  second: boolean;
  first: boolean;
}

const READ_AT_MOST = 1_200;
const MOST_TOKENS = 160;
const SHORTEST_TOPIC = 3;
const LONGEST_TOKEN = 60;

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));
const COMMON = set(
  "the and you for that this with have not are but was can your what just its from how there get like all use when will would they then one out some than has had any him his her she who why did does were been about into only more also very much make want need know think see now here off way could should which it's i'm don't i've that's que los las una uno por para con del como esta este pero más mas muy sin hay ser son está eso esa the",
);
const ASKING = set(
  "what why how where when who which can could does do did is are has have will would should any anyone anybody someone somebody qué que cómo como cuándo dónde quién cuál alguien puedo puede pueden hay",
);
const ANYONE = set("anyone anybody someone somebody everyone everybody all guys folks alguien todos todas");
const GREETING = set(
  "hi hello hey hiya heya howdy yo morning evening greetings hola buenas buenos holi saludos",
);
const THANKS = set("thanks thank thx ty tnx tx cheers thankyou gracias merci danke appreciated");
const CONTINUES = set(
  "and but or so also yes no yeah yep yup nope nah ok okay oh ah well because since then cause hmm hm lol haha heh true right sure which that it they thats it's that's maybe probably sorry i actually y o pero si sí porque entonces vale pues eso",
);
const PROBLEM = set(
  "error errors problem problems issue issues trouble fails failed failing fail broken crash crashes crashed help stuck wrong unable cannot can't doesn't won't not isn't didn't install trying tried problema error ayuda falla funciona",
);
const SECOND = set("you your you're u ur try tu tus usted te prueba");
const PERSONAL = set("i i'm im i've my me mine we our mi mis yo me tengo nos nuestro");

const OPENING = set('@ ( [ { < " ` * _ “');
const CLOSING = set(': , ; . ! ? ) ] } > " ` * _ ” …');

/** A token without the marks around it, in lower case. */
export function bare(token: string): string {
  let from = 0;
  let to = Math.min(token.length, LONGEST_TOKEN);
  while (from < to && OPENING.has(token[from] ?? "")) from += 1;
  while (to > from && CLOSING.has(token[to - 1] ?? "")) to -= 1;
  return token.slice(from, to).toLowerCase();
}

const LETTER = /[\p{L}\p{N}]/u;
const LOWER = /^\p{Ll}/u;
const SPACES = /\s+/u;

/** Reads one line. Pure. */
export function shapeOf(text: string): Shape {
  const short = text.slice(0, READ_AT_MOST).trim();
  const raw = short.split(SPACES, MOST_TOKENS);
  const tokens = raw.map(bare);
  const topics = new Set<string>();
  let link = false;
  let code = false;
  let thanks = false;
  let problem = false;
  let anyone = false;
  let second = false;
  let personal = false;
  tokens.forEach((token, at) => {
    if (token.startsWith("http") || token.startsWith("www.")) link = true;
    else if (token === "-link-" || token === "<-link-" || token === "-link") link = true;
    if (token.startsWith("==block") || token.includes("-code-") || (raw[at] ?? "").startsWith("`"))
      code = true;
    if (THANKS.has(token)) thanks = true;
    if (PROBLEM.has(token)) problem = true;
    if (ANYONE.has(token)) anyone = true;
    if (SECOND.has(token)) second = true;
    if (PERSONAL.has(token)) personal = true;
    if (token.length >= SHORTEST_TOPIC && !COMMON.has(token) && LETTER.test(token)) topics.add(token);
  });
  const start = raw[0] ?? "";
  const addresses = start.endsWith(":") || start.endsWith(",") || start.startsWith("@");
  const head = addresses ? (tokens[1] ?? "") : (tokens[0] ?? "");
  const question = short.includes("?") || (ASKING.has(head) && head !== "that");
  return {
    topics: [...topics],
    head: tokens[0] ?? "",
    addresses,
    tokens,
    size: short === "" ? 0 : raw.length,
    question,
    anyone,
    greeting: tokens.slice(0, 3).some((token) => GREETING.has(token)),
    thanks,
    continues: CONTINUES.has(head),
    lower: LOWER.test(short),
    link,
    code,
    problem,
    second,
    first: personal,
  };
}
