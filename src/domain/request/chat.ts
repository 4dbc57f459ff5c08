// What somebody wrote, edited or deleted, and what it means for a request that is already open.

import { pledgesOf } from "../promises/pledges.ts";
import type { AnyReading } from "../triage/reading.ts";
import type { Instant, PersonId } from "../words.ts";
import { overdue } from "./breach.ts";
import type { Fact } from "./facts.ts";
import type { NoticeBody } from "./notices.ts";
import { fact, nothing, type Plan, type Situation, type Words } from "./plan.ts";
import { quotedBy } from "./signals.ts";
import { awaitsRelief, isActive } from "./state.ts";

/** Below this confidence a later message does not move the tier by itself. */
const SURE = 0.7;

/** The customer wrote more: the clock turns to us, and the tier may rise ("now nobody can log in"). */
export function decideSaid(
  situation: Situation,
  said: { message: string; at: Instant; by: PersonId; reading: AnyReading },
): Plan {
  const { state } = situation;
  const facts: Fact[] = [];
  if (state.status === "waiting") facts.push(fact({ kind: "resumed" }, said.at, said.by));
  if (state.status === "resolved" || state.status === "closed" || state.status === "dismissed") {
    facts.push(fact({ kind: "reopened", how: "wrote" }, said.at, said.by));
  }
  facts.push(fact({ kind: "said", message: said.message }, said.at, said.by));
  const read = reread(situation, said.reading, said.at);
  facts.push(...read);
  return { ...nothing, facts, notices: [{ kind: "card" }], words: evidenceOf(read, said.reading) };
}

/**
 * A bare thanks. After a resolution it is the customer's confirmation; it never starts a clock (chatwoot#10178). With
 * `helped` it says that the workaround they were given does its work.
 */
export function decideCourtesy(
  situation: Situation,
  said: { message: string; at: Instant; by: PersonId; helped?: boolean },
): Plan {
  const facts: Fact[] = [fact({ kind: "courtesy", message: said.message }, said.at, said.by)];
  if (said.helped && awaitsRelief(situation.state)) {
    facts.push(...overdue(situation, said.at), fact({ kind: "relieved", helped: true }, said.at, said.by));
  }
  if (situation.state.status === "resolved") facts.push(fact({ kind: "confirmed" }, said.at, said.by));
  return { ...nothing, facts, notices: facts.length > 1 ? [{ kind: "card" }] : [] };
}

interface Answered {
  message: string;
  at: Instant;
  by: PersonId;
  /** The word they gave in it, if they gave one, and the thread they wrote it in. */
  word?: { until: Instant | null; thread: string | null } | null;
}

/** Staff answered: whatever was due is met, or was late and is now answered. */
export function decideAnswered(situation: Situation, said: Answered): Plan {
  const late = overdue(situation, said.at);
  return {
    ...nothing,
    facts: [...late, fact({ kind: "answered", message: said.message, how: "wrote" }, said.at, said.by)],
    notices: [{ kind: "card" }, ...askAbout(situation, said)],
  };
}

/** A question about words read late is noise, ms. */
const ASK_WITHIN = 3_600_000;

/** Whether the word they gave is to be asked about: not when it is tracked already, has passed, or was read long after. */
function askAbout(
  { history, terms, state, now }: Situation,
  { word, message, at, by }: Answered,
): NoticeBody[] {
  if (!word || !isActive(state) || now - at > ASK_WITHIN) return [];
  const { until, thread } = word;
  if (until !== null && until <= now) return [];
  const tracked = pledgesOf(history, terms, now).some(
    (pledge) => pledge.by === by && pledge.endedAt === null && pledge.dueAt === until,
  );
  return tracked ? [] : [{ kind: "word", message, thread, to: by, until }];
}

/** A helper answered, or a colleague wrote aside: kept, owed nothing. */
export function decideOverheard(said: {
  kind: "helped" | "aside";
  message: string;
  at: Instant;
  by: PersonId;
}): Plan {
  return { ...nothing, facts: [fact({ kind: said.kind, message: said.message }, said.at, said.by)] };
}

interface Edited extends Answered {
  text: string;
  reading: AnyReading | null;
}

/** The message whose words decided the tier last; null where a person did. */
function decidedBy(history: readonly Fact[]): string | null {
  let words: string | null = null;
  let decided: string | null = null;
  for (const each of history) {
    if (each.kind === "opened" || each.kind === "said" || each.kind === "edited") words = each.message;
    if (each.kind === "opened") decided = each.message;
    if (each.kind === "tiered") decided = each.how === "person" ? null : words;
  }
  return decided;
}

/**
 * An edit moves no deadline of its own; the new words are read again, unless the request is over. A word that whoever answered
 * gives only now is asked about like any other: the question of a message is one, however often it is edited.
 */
export function decideEdited(situation: Situation, edit: Edited): Plan {
  const { state, history } = situation;
  const answer = history.some(
    (past) => past.kind === "answered" && past.message === edit.message && past.by === edit.by,
  );
  const read = edit.reading && isActive(state) ? reread(situation, edit.reading, edit.at) : [];
  // Words that stand there no longer are not given as the reason.
  const same = edit.reading?.kind === "request" && edit.reading.tier === state.tier;
  const evidence: Words[] =
    decidedBy(history) === edit.message
      ? [{ kind: "evidence", words: same ? (edit.reading?.evidence ?? []) : [] }]
      : [];
  return {
    ...nothing,
    facts: [fact({ kind: "edited", message: edit.message }, edit.at, edit.by), ...read],
    notices: [{ kind: "card" }, ...(answer ? askAbout(situation, edit) : [])],
    words: [
      { kind: "edit", message: edit.message, text: edit.text, at: edit.at },
      ...evidence,
      ...(edit.reading ? evidenceOf(read, edit.reading) : []),
    ],
  };
}

/** Where a tier was read anew, the words that decided it go with it. */
function evidenceOf(facts: readonly Fact[], reading: AnyReading): Words[] {
  return facts.some((each) => each.kind === "tiered") ? [{ kind: "evidence", words: reading.evidence }] : [];
}

/** A deletion clears the words; the request stays, so that nobody's need is lost with a slip of the finger. */
export function decideErased(situation: Situation, erased: { message: string; at: Instant }): Plan {
  const { message, at } = erased;
  return {
    ...nothing,
    facts: [fact({ kind: "erased", message }, at, null)],
    notices: [{ kind: "card" }, ...quotedBy(situation, erased)],
    words: [
      { kind: "erase", message, at },
      ...(decidedBy(situation.history) === message ? [{ kind: "evidence", words: [] } as const] : []),
    ],
  };
}

/** A tier found in later words only rises, only when sure, and never against a person's choice. */
function reread({ state }: Situation, reading: AnyReading, at: Instant): Fact[] {
  const facts: Fact[] = [];
  const rises = reading.kind === "request" && reading.tier < state.tier && reading.confidence >= SURE;
  if (rises && !state.tierByPerson) {
    const { tier, confidence, source, among } = reading;
    const to = { to: tier, how: "rules", confidence, source, among } as const;
    facts.push(fact({ kind: "tiered", from: state.tier, ...to }, at, null));
  }
  if (reading.urgency === "alarmed" && state.urgency !== "alarmed") {
    facts.push(fact({ kind: "felt", from: state.urgency, to: "alarmed" }, at, null));
  }
  return facts;
}
