// One reminder, one broken promise: who waits, until when, and what to do next.
import { keeperOf } from "../domain/promises/keeper.ts";
import { isInternal, type Pledge } from "../domain/promises/pledges.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { Instant } from "../domain/words.ts";
import type { Block, Button, Card, Text } from "./card.ts";
import { targetMissed, targetNear, whyMissed } from "./clock-notes.ts";
import { clockWords, duration, firstName, moment, plain, type Reader } from "./inline.ts";
import { customerReader, lastWords, newsAt, newTime, openButton } from "./private.ts";
import { customerName } from "./request-card.ts";
import { stillMissing } from "./signals.ts";
import { reminderSentences } from "./text/reminders.ts";
import { sentences } from "./text/sentences.ts";

/** What somebody is told of one promise. */
export interface Reminded {
  kind: "warning" | "breach";
  pledge: string;
  due: Instant;
  /** When it was to be told; told much later, it says so. */
  at: Instant;
  /** What the reader is to it: its owner, whoever stands in for them, or somebody who must know. */
  to: "owner" | "backup" | "on-call" | "team" | "lead";
  /** The reader's id on their platform, or null for a channel. */
  me: string | null;
  link: string | null;
}

/** Later than this, ms, a reminder says when it should have come. */
const LATE = 10 * 60_000;

/** "Ferro Bikes (#412) expects you by 10:30, in 45 min.", or that we missed it. */
export function headline(view: RequestView, it: Reminded, reader: Reader): Text {
  const words = sentences(reader.lang);
  const due = moment(it.due, reader);
  const name = customerName(view);
  const owner = view.owner === null ? null : firstName(view.owner.name);
  const facts = { pledge: it.pledge, due: it.due, who: name };
  if (it.kind === "breach") {
    const whose = owner === null ? words.nobodyOwned : it.to === "owner" ? "" : words.ownedBy(owner);
    const why = whyMissed(view, it.pledge, reader);
    const notes = [whose, why === whose ? "" : why].filter((note) => note !== "");
    const missed = targetMissed(view, facts, reader) ?? words.missedWith(due, name, view.number);
    return [...missed, ...notes.map((note) => ` ${note}`)];
  }
  const target = targetNear(view, facts, reader);
  if (target !== null) return target;
  const left = it.due - reader.now;
  if (left <= 0) return words.alreadyPast(name, view.number, due);
  const long = duration(left, reader.lang);
  if (owner === null) return words.expectsSomebody(name, view.number, due, long);
  return it.to === "owner"
    ? words.expectsYou(name, view.number, due, long)
    : words.expectsOwner(name, view.number, owner, due, long);
}

/** What the reader can do about it at once, before opening it. */
export function actionsFor(view: RequestView, it: Reminded, reader: Reader): Button[] {
  const words = sentences(reader.lang);
  const more = reminderSentences(reader.lang);
  const args = { request: view.id };
  if (it.kind === "breach" && speaks(view, it))
    return [{ act: "draft_apology", args, label: words.send, style: "primary" }];
  if (it.kind === "breach") return [];
  if (view.owner === null) return [{ act: "claim", args, label: words.claim, style: "primary" }];
  if (it.to === "owner")
    return [{ act: "on_it", args: { ...args, pledge: it.pledge }, label: words.imOnIt, style: "primary" }];
  const standsIn = (it.to === "backup" || it.to === "on-call") && it.me !== null;
  return standsIn && it.me !== null
    ? [{ act: "assign", args: { ...args, who: it.me }, label: more.takeIt, style: "primary" }]
    : [];
}

/** The other buttons: open it, put it off, hand it over. */
export function controlsAfter(view: RequestView, it: Reminded, reader: Reader): Button[] {
  const words = sentences(reader.lang);
  const args = { request: view.id };
  const later: Button = {
    act: "snooze",
    args: { ...args, pledge: it.pledge },
    label: reminderSentences(reader.lang).snooze,
  };
  const handOver = it.kind === "breach" ? words.reassign : words.handOver;
  return [
    ...openButton(it.link, reader),
    ...(it.kind === "warning" && view.owner !== null && it.to !== "team" ? [later] : []),
    { act: "hand_over", args, label: handOver },
  ];
}

/** A reminder or a breach, alone. */
export function remindedCard(view: RequestView, it: Reminded, reader: Reader): Card {
  const text = headline(view, it, reader);
  const middle = it.kind === "breach" ? draftOf(view, it, reader) : nextStep(view, it, reader);
  return {
    blocks: [
      { kind: "text", text },
      ...lateNote([it], reader),
      ...standInNote(view, it, reader),
      ...lastWords(view, reader),
      ...middle,
      { kind: "actions", items: [...actionsFor(view, it, reader), ...controlsAfter(view, it, reader)] },
    ],
    summary: plain(text),
    tone: it.kind === "breach" ? "alert" : "warn",
  };
}

/** Says that it comes late, where it does: the bot was not running, or nobody could be told. */
export function lateNote(items: readonly Reminded[], reader: Reader): Block[] {
  const planned = Math.min(...items.map(({ at }) => at));
  if (reader.now - planned < LATE) return [];
  return [{ kind: "note", text: reminderSentences(reader.lang).late(moment(planned, reader)) }];
}

function standInNote(view: RequestView, it: Reminded, reader: Reader): Block[] {
  if (it.to !== "backup" || view.owner === null || view.ownerAway === null) return [];
  const until = moment(view.ownerAway, reader);
  const text = reminderSentences(reader.lang).ownerAway(firstName(view.owner.name), until);
  return [{ kind: "note", text }];
}

/** What is owed, what is still to be said, and a fair answer for whoever has none yet. */
function nextStep(view: RequestView, it: Reminded, reader: Reader): Block[] {
  const words = sentences(reader.lang);
  const notes = [...stepsFor(view, it.pledge, reader)];
  if (!isOwn(view, it)) notes.push(words.notYetIsFine(clockWords(newsAt(view, it.due, reader.now), reader)));
  return notes.map((note) => ({ kind: "note", text: [note] }));
}

/** What stands out about what is owed: nothing said back yet, news owed, a word given. */
export function stepsFor(view: RequestView, key: string, reader: Reader): string[] {
  const words = reminderSentences(reader.lang);
  const pledge: Pledge | undefined = view.pledges.find((each) => each.key === key);
  const kind = pledge?.kind;
  // A word that passed on with the request was another's.
  const own = keeperOf(view.history, pledge, view.owner?.id ?? null) === pledge?.by;
  const notes: string[] = [];
  if (view.state.answeredAt === null && view.owner !== null) notes.push(words.notSaidBack);
  else if (kind === "next_update") notes.push(words.theyWroteAgain);
  else if (kind === "commitment" && own) notes.push(words.yourWord);
  const missing = stillMissing(view, reader.lang);
  if (missing !== null) notes.push(missing);
  return notes;
}

/** Whether it is one of our own targets, of which the customer was told nothing. */
function isOwn(view: RequestView, it: Reminded): boolean {
  const kind = view.pledges.find(({ key }) => key === it.pledge)?.kind;
  return kind !== undefined && isInternal(kind);
}

/** Whether there is somebody to say sorry to, and something to be sorry for. */
function speaks(view: RequestView, it: Reminded): boolean {
  return view.state.quiet === null && !isOwn(view, it);
}

/** The drafted apology: the label is the reader's language, the words between the quotes are the customer's. */
function draftOf(view: RequestView, it: Reminded, reader: Reader): Block[] {
  if (!speaks(view, it)) return [];
  const customer = sentences(view.state.lang);
  const theirs = customerReader(view, reader);
  const draft = [
    customer.apology(clockWords(it.due, theirs)),
    ...customer.hearFromMeBy(moment(newTime(view, reader.now), theirs)),
  ];
  return [{ kind: "text", text: sentences(reader.lang).draft(draft) }];
}
