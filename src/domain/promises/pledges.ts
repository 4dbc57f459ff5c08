// The promises of a request and their clocks, derived from its history alone: replaying gives the same instants.
import type { Terms } from "../policy.ts";
import type { Fact } from "../request/facts.ts";
import type { Instant, PersonId } from "../words.ts";
import {
  begin,
  changeTerms,
  continueResolution,
  end,
  newWalk,
  open,
  pause,
  retarget,
  run,
  stopResolution,
  type Walk,
} from "./walk.ts";

export type PledgeKind = "first_answer" | "next_update" | "workaround" | "resolution" | "commitment";
/**
 * `void`: the promise ended neither met nor broken: the request went away, the new tier promises nothing of the kind, or
 * it was resolved without a word to the customer, which is no answer to count as kept.
 */
export type PledgeState = "running" | "paused" | "met" | "broken" | "void";

export interface Pledge {
  /** `first_answer` (owed anew, `first_answer:2`), `next_update:2`, `resolution`, `commitment:1`; unique in its request. */
  key: string;
  kind: PledgeKind;
  state: PledgeState;
  startedAt: Instant;
  /** When it is, or was, to be kept; null while paused. */
  dueAt: Instant | null;
  /** When it was met, voided, or answered after having been broken. */
  endedAt: Instant | null;
  /** Working ms used before the present run; commitments use none. */
  usedMs: number;
  /** Since when the clock has been running without a pause, or null. */
  runningSince: Instant | null;
  /** Working minutes promised; null for a commitment, which has its instant. */
  target: number | null;
  /** Who gave their word; null for what the tier promises. */
  by: PersonId | null;
}

/** What the tier sets a time for, as against what somebody gave their word for. */
export type Owed = Exclude<PledgeKind, "commitment">;

/** Targets of our own that no customer is ever told. */
export function isInternal(kind: PledgeKind): kind is "workaround" | "resolution" {
  return kind === "workaround" || kind === "resolution";
}

/**
 * Every promise of a request, oldest first, as it stands at `now`. Rules, each with its source:
 * an answer meets the first answer even when "waiting" is set in the same step (zammad#3551); a next update runs only
 * from a message of the customer that staff has not answered (zammad#3140, chatwoot#10178); a pause keeps what was
 * used (glpi#15605); a new tier counts from the opening, and where that is already past, from the change, but
 * never later than what was promised before; what was written before the customer wrote answers nothing (events may
 * arrive in any order); a workaround counts once the customer says that it helped; a reopening runs the resolution on.
 * `terms` remember those they replaced, so that each stretch is counted in what held then.
 */
export function pledgesOf(history: readonly Fact[], terms: Terms, now: Instant): Pledge[] {
  const walk = newWalk(terms);
  for (const fact of inOrder(history)) step(walk, fact);
  return walk.pledges.map((pledge) =>
    pledge.state === "running" && pledge.dueAt !== null && pledge.dueAt <= now
      ? { ...pledge, state: "broken" }
      : pledge,
  );
}

/**
 * Messages as they were written, not as we heard of them: two connections deliver in any order. Only what stands
 * together is put in order; an act in between happened on our own clock, and nothing passes it.
 */
function inOrder(history: readonly Fact[]): readonly Fact[] {
  const ordered: Fact[] = [];
  let heard: Fact[] = [];
  const settle = () => {
    ordered.push(...heard.sort((a, b) => a.at - b.at));
    heard = [];
  };
  for (const fact of history) {
    if (isHeard(fact)) {
      heard.push(fact);
    } else {
      settle();
      ordered.push(fact);
    }
  }
  settle();
  return ordered;
}

/** Whether its instant is the platform's: it came with a message. */
function isHeard(fact: Fact): boolean {
  switch (fact.kind) {
    case "said":
    case "courtesy":
    case "helped":
    case "aside":
    case "broken":
    case "felt":
    case "resumed":
    case "relieved":
      return true;
    case "answered":
      return fact.message !== null;
    case "tiered":
      return fact.how === "rules";
    default:
      return false;
  }
}

function step(walk: Walk, fact: Fact): void {
  switch (fact.kind) {
    case "opened":
      walk.tier = fact.tier;
      walk.urgency = fact.urgency;
      walk.openedAt = fact.at;
      begin(walk, "first_answer", fact.at);
      begin(walk, "workaround", fact.at);
      begin(walk, "resolution", fact.at);
      return;
    case "said":
      if (walk.answered && fact.at >= walk.wroteAt) begin(walk, "next_update", fact.at);
      return;
    case "answered": {
      // Messages carry the platform's time and may arrive late; what the bot says in somebody's name is said now.
      const written = fact.message !== null;
      if (written) walk.wroteAt = Math.max(walk.wroteAt, fact.at);
      if (!written || fact.at >= walk.openedAt) walk.answered = true;
      // What we set ourselves is not met by words: it is met when the customer is helped.
      for (const pledge of open(walk)) {
        if (isInternal(pledge.kind)) continue;
        if (!written || pledge.startedAt <= fact.at) end(walk, pledge, fact.at, "met");
      }
      for (const [kind, since] of walk.timeless) {
        if (!isInternal(kind) && (!written || since <= fact.at)) walk.timeless.delete(kind);
      }
      // In a heated thread the next word is owed by us, whether or not they ask for it (DESIGN idea 14).
      if (walk.heated && !open(walk).some(({ kind }) => kind === "commitment"))
        begin(walk, "next_update", fact.at);
      return;
    }
    case "resolved":
    case "confirmed":
    case "dismissed":
      walk.waiting = false;
      walk.timeless.clear();
      if (fact.kind === "resolved") stopResolution(walk, fact.at);
      for (const pledge of open(walk)) {
        const kept = fact.kind === "resolved" && pledge.kind === "commitment";
        end(walk, pledge, fact.at, kept ? "met" : "void");
      }
      return;
    case "promised":
      walk.count.commitment += 1;
      walk.pledges.push({
        key: `commitment:${walk.count.commitment}`,
        kind: "commitment",
        state: "running",
        startedAt: fact.at,
        dueAt: fact.until,
        endedAt: null,
        usedMs: 0,
        runningSince: fact.at,
        target: null,
        by: fact.by,
      });
      return;
    case "waiting":
      walk.waiting = true;
      for (const pledge of open(walk)) if (pledge.target !== null) pause(walk, pledge, fact.at);
      return;
    case "resumed":
      walk.waiting = false;
      for (const pledge of open(walk)) if (pledge.state === "paused") run(walk, pledge, fact.at);
      return;
    case "reopened":
      // Who was never answered is still owed that, whatever was resolved without a word to them.
      begin(walk, walk.answered ? "next_update" : "first_answer", fact.at);
      if (!walk.relieved) begin(walk, "workaround", fact.at);
      continueResolution(walk, fact.at);
      return;
    case "relieved":
      walk.relieved = fact.helped;
      if (!fact.helped) {
        if (walk.answered && fact.at >= walk.wroteAt) begin(walk, "next_update", fact.at);
        return;
      }
      walk.timeless.delete("workaround");
      for (const pledge of open(walk)) if (pledge.kind === "workaround") end(walk, pledge, fact.at, "met");
      return;
    case "third_party":
      walk.thirdParty = fact.on;
      retarget(walk, fact.at);
      return;
    case "terms":
      changeTerms(walk, fact.at);
      return;
    case "tiered":
      walk.tier = fact.to;
      retarget(walk, fact.at, fact.how === "person" ? "decision" : "words");
      return;
    case "felt":
      walk.urgency = fact.to;
      retarget(walk, fact.at, "words");
      return;
    case "signalled":
      if (fact.signal === "heated") walk.heated = true;
      return;
    case "note_deleted":
      if (fact.signal === "heated") walk.heated = false;
      return;
    case "looked_in":
    case "follow_up":
    case "follow_up_due":
    case "corrected":
    case "moved":
    case "courtesy":
    case "edited":
    case "erased":
    case "helped":
    case "aside":
    case "acknowledged":
    case "owned":
    case "released":
    case "handover_offered":
    case "handover_reminded":
    case "handover_accepted":
    case "handover_declined":
    case "on_it":
    case "nobody_free":
    case "paged":
    case "page_asked":
    case "page_answered":
    case "warned":
    case "snoozed":
    case "broken":
    case "told_late":
    case "repeated":
    case "in_incident":
    case "workaround":
      return;
    default:
      fact satisfies never;
  }
}
