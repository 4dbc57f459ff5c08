// What customers read, in their language. Never "tier 4", never "false problem", never an internal word.
import { isWorking, nextOpening } from "../domain/promises/calendar.ts";
import { clockTime } from "../domain/promises/moments.ts";
import { isPaging } from "../domain/request/paging.ts";
import { letsGo } from "../domain/request/signals.ts";
import type { RequestView } from "../domain/request/view.ts";
import { topicOf } from "../domain/triage/read.ts";
import type { Topic } from "../domain/triage/reading.ts";
import type { Instant, Lang } from "../domain/words.ts";
import type { Card, Text } from "./card.ts";
import { firstName, goesOn, isDay, moment, plain, type Reader, say } from "./inline.ts";
import { onCallSentences } from "./text/on-call.ts";
import { sentences } from "./text/sentences.ts";
import { triageSentences } from "./text/triage.ts";

function reader(view: RequestView, now: Instant): Reader {
  return { now, timezone: view.customer.timezone ?? view.terms.calendar.timezone, lang: view.state.lang };
}

/** A post to the customer of a request. */
function lines(view: RequestView, text: Text): Card {
  return { blocks: [{ kind: "text", text }], summary: plain(text), ...tells(view) };
}

function tells({ customer }: RequestView): Pick<Card, "tells"> {
  return customer.ref.id === "" ? {} : { tells: customer.ref };
}

/**
 * "Thanks, Marta. This looks like a billing question; someone on our team will answer by 10:30. If that's not it, just write
 * here." With `shared`, where people of other companies read along, money is not named (DESIGN, manner).
 */
export function acknowledgement(
  view: RequestView,
  facts: {
    now: Instant;
    statusPage: string | null;
    shared?: boolean;
    /** Whether calling somebody rings: only then are they being woken. */
    wakes?: boolean;
    /** What a text is about, where that is sure; by the rules alone unless told otherwise. */
    topicIn?: (text: string, lang: Lang) => Topic | null;
  },
): Card {
  const lang = view.state.lang;
  const words = sentences(lang);
  const at = reader(view, facts.now);
  const name = firstName(view.customer.name);
  const thanks = view.state.urgency === "alarmed" ? triageSentences(lang).seen(name) : words.thanks(name);
  const due = view.pledges.findLast((each) => each.kind === "first_answer")?.dueAt ?? null;
  if (due !== null && due <= facts.now) {
    // We were away when the message came: naming the time as a promise would be a lie.
    const late = letsGo(view.state) ? words.lateWithGoodbye : words.late;
    return lines(view, [`${thanks} `, ...late(moment(due, at))]);
  }
  const by = due === null ? null : moment(due, at);
  const first = view.messages.find((message) => message.role === "customer" && !message.erased);
  const files = first?.text.trim() === "" ? first.files : [];
  if (files.length > 0) {
    return lines(view, [
      thanks,
      ...words.filesAlone(
        files.every(({ name }) => IMAGE.test(name)),
        by,
      ),
    ]);
  }
  const promise = view.terms.tiers[view.state.tier];
  const opens =
    promise.aroundTheClock || isWorking(view.terms.calendar, facts.now)
      ? null
      : nextOpening(view.terms.calendar, facts.now);
  const text: Text[] = [[thanks]];
  if (by !== null && facts.wakes && isPaging(view.state) && !isWorking(view.terms.calendar, facts.now)) {
    const { timezone } = view.terms.calendar;
    text.push(onCallSentences(lang).waking(clockTime(facts.now, timezone), by));
  } else if (by === null) {
    text.push([promise.firstAnswer === null ? words.communityReads : words.someoneAnswers]);
  } else if (opens !== null && due !== null) {
    // Outside hours people want to know when somebody is there, more than what it looks like.
    const { timezone } = view.terms.calendar;
    const today = !isDay(moment(opens, { ...at, timezone }));
    const here = {
      day: today ? null : weekday(facts.now, timezone, lang),
      time: clockTime(facts.now, timezone),
    };
    // "On Mon 23 Nov, 9:00 and answers by 13:00": the day is said once.
    text.push(words.closedNow(here, moment(opens, at), moment(due, { ...at, now: opens })));
  } else {
    const topic = saidTopic(view, first?.text ?? "", facts);
    if (topic !== null) text.push(words.looksLike(topic));
    text.push(words.someoneAnswersBy(by, topic !== null));
    if (topic !== null) text.push([words.ifNotIt]);
  }
  if (facts.statusPage && (view.state.tier === 1 || (view.state.tier === 3 && opens !== null))) {
    text.push(words.statusPage({ link: facts.statusPage, label: facts.statusPage }));
  }
  return lines(view, text.flat());
}

function weekday(at: Instant, timezone: string, lang: Lang): string {
  const locale = lang === "es" ? "es-ES" : "en-GB";
  return new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: timezone }).format(at);
}

const IMAGE = /\.(?:png|jpe?g|gif|webp|heic|bmp|avif)$/i;

/** What it looks like, when that is sure and may be said aloud; a person who set the tier knows better than a guess. */
function saidTopic(
  view: RequestView,
  text: string,
  { shared = false, topicIn = topicOf }: { shared?: boolean; topicIn?: typeof topicOf },
): Topic | null {
  if (view.state.tierByPerson) return null;
  const topic = topicIn(text, view.state.lang);
  return shared && topic === "billing" ? null : topic;
}

/** Staff's own line, said by the bot on their tap, with the time they promised where they did. */
export function staffLine(
  view: RequestView,
  line: { text: string; until: Instant | null; now: Instant; apology: boolean },
): Card {
  if (line.until === null) return lines(view, [line.text]);
  const words = sentences(view.state.lang);
  const when = moment(line.until, reader(view, line.now));
  return lines(view, [
    sentence(line.text),
    ...(line.apology ? words.hearFromMeBy(when) : words.willWriteBy(when)),
  ]);
}

/** Said once by the bot itself when a promise was broken and nobody said so. */
export function lateNotice(view: RequestView, facts: { due: Instant; now: Instant }): Card {
  const words = sentences(view.state.lang);
  const due = moment(facts.due, reader(view, facts.now));
  return lines(view, letsGo(view.state) ? words.lateWithGoodbye(due) : words.late(due));
}

/** "Marta, we've refunded the second charge. Anything else?" */
export function closeQuestion(view: RequestView, line: string | null): Card {
  const words = sentences(view.state.lang);
  const name = firstName(view.customer.name);
  const done = line === null ? words.weThinkDone(name) : sentence(name ? `${name}, ${goesOn(line)}` : line);
  // Who leaves is told that it is done, and asked nothing (DESIGN idea 12).
  if (letsGo(view.state)) {
    return {
      blocks: [
        { kind: "text", text: [done] },
        { kind: "note", text: [words.noReplyNeeded] },
      ],
      summary: done,
      tone: "done",
      ...tells(view),
    };
  }
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
    ...tells(view),
  };
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
