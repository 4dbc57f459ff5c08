// What customers read, in their language. Never "tier 4", never "false problem", never an internal word.
import { isWorking, nextOpening } from "../domain/promises/calendar.ts";
import type { RequestView } from "../domain/request/view.ts";
import { readMessage } from "../domain/triage/read.ts";
import type { Instant } from "../domain/words.ts";
import type { Card, Text } from "./card.ts";
import { firstName, moment, plain, type Reader, say } from "./inline.ts";
import { sentences } from "./text/sentences.ts";

function reader(view: RequestView, now: Instant): Reader {
  return { now, timezone: view.customer.timezone ?? view.terms.calendar.timezone, lang: view.state.lang };
}

function lines(text: Text): Card {
  return { blocks: [{ kind: "text", text }], summary: plain(text) };
}

/** "Thanks, Marta. This looks like a billing question; someone on our team will answer by 10:30. If that's not it, just write here." */
export function acknowledgement(view: RequestView, facts: { now: Instant; statusPage: string | null }): Card {
  const lang = view.state.lang;
  const words = sentences(lang);
  const at = reader(view, facts.now);
  const name = firstName(view.customer.name);
  const pledge = view.pledges.find((each) => each.kind === "first_answer");
  const due = pledge?.dueAt ?? null;
  const by = due === null ? null : moment(due, at);
  const first = view.messages.find((message) => message.role === "customer");
  const imageOnly =
    first !== undefined && !first.erased && first.text.trim() === "" && first.files.length > 0;
  const text: Text[] = [[words.thanks(name)]];
  if (imageOnly) {
    text.push([" "], words.imageAlone(by));
    return lines(text.flat());
  }
  const topic = first && !view.state.tierByPerson ? readMessage(first.text, { known: lang }).topic : null;
  // Outside hours people want to know when somebody is there, more than what it looks like.
  const opens = isWorking(view.terms.calendar, facts.now)
    ? null
    : nextOpening(view.terms.calendar, facts.now);
  const aroundTheClock = view.terms.tiers[view.state.tier].aroundTheClock;
  if (opens !== null && due !== null && !aroundTheClock) {
    const here = { ...at, timezone: view.terms.calendar.timezone };
    text.push(
      [" "],
      words.closedNow(local(facts.now, here), moment(opens, at)),
      words.someoneAnswersBy(moment(due, at), false),
    );
  } else if (by === null) {
    text.push([words.communityReads]);
  } else {
    if (topic !== null) text.push(words.looksLike(topic));
    text.push(words.someoneAnswersBy(by, topic !== null));
  }
  text.push([topic === null ? words.justWrite : words.ifNotIt]);
  if (facts.statusPage && view.state.tier === 1) {
    text.push(words.statusPage({ link: facts.statusPage, label: facts.statusPage }));
  }
  return lines(text.flat());
}

/** Our own clock on the wall, as words: "here" is where the team sits, not where the reader is. */
function local(at: Instant, here: Reader): string {
  const inline = moment(at, here);
  return typeof inline === "object" && "fallback" in inline ? inline.fallback : "";
}

/** Staff's own line, said by the bot on their tap, with the time they promised. */
export function staffLine(
  view: RequestView,
  line: { text: string; until: Instant; now: Instant; apology: boolean },
): Card {
  const words = sentences(view.state.lang);
  const when = moment(line.until, reader(view, line.now));
  return lines([line.text, ...(line.apology ? words.hearFromMeBy(when) : words.willWriteBy(when))]);
}

/** Said once by the bot itself when a promise was broken and nobody said so. */
export function lateNotice(view: RequestView, facts: { due: Instant; now: Instant }): Card {
  return lines(sentences(view.state.lang).late(moment(facts.due, reader(view, facts.now))));
}

/** "Marta, we've refunded the second charge. Anything else?" */
export function closeQuestion(view: RequestView, line: string | null): Card {
  const words = sentences(view.state.lang);
  const name = firstName(view.customer.name);
  const done =
    line === null ? words.weThinkDone(name) : sentence(name ? `${name}, ${lowerFirst(line)}` : line);
  const args = { request: view.id };
  return {
    blocks: [
      { kind: "text", text: say`${done} ${words.anythingElse}` },
      {
        kind: "actions",
        items: [
          { act: "good", args, label: words.allGood, style: "primary" },
          { act: "not_fixed", args, label: words.notFixed },
          { act: "something_else", args, label: words.somethingElse },
        ],
      },
      { kind: "note", text: [words.noReplyNeeded] },
    ],
    summary: `${done} ${words.anythingElse}`,
    tone: "done",
  };
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** After the name the line goes on small, except for "I" and for words that are capitals throughout. */
function lowerFirst(line: string): string {
  const [first = ""] = line.split(/\s/, 1);
  const keeps =
    first === "I" || first.startsWith("I'") || (first.length > 1 && first === first.toUpperCase());
  return keeps ? line : line.charAt(0).toLowerCase() + line.slice(1);
}
