// What was recognised in a customer's words becomes facts, notes and notices. Private to staff; heat, leaving and opportunity
// only where a lead turned them on; none of it ever moves a tier (DESIGN ideas 6, 12, 14, 15).
import type { Detected } from "../policy.ts";
import type { CustomerSignal, Heard } from "../triage/customer-signals.ts";
import type { Instant, PersonId } from "../words.ts";
import type { Fact } from "./facts.ts";
import type { NoticeBody } from "./notices.ts";
import { fact, nothing, type Plan, type Situation } from "./plan.ts";
import type { RequestState } from "./state.ts";

/** What a lead must have turned on, by the name it has in the policy. */
const TURNED_ON: Partial<Record<CustomerSignal, Detected>> = {
  heated: "heat",
  leaving: "leaving",
  opportunity: "opportunity",
};
/** What may stand in a place of one company alone. */
const ONLY_IN_PUBLIC: ReadonlySet<CustomerSignal> = new Set(["security", "personal_data"]);
/** What is told at once; praise waits for the digest, and a new account's link flags the card. */
const TOLD: ReadonlySet<CustomerSignal> = new Set([
  "complaint",
  "heated",
  "leaving",
  "opportunity",
  "security",
  "personal_data",
]);
/** What a new owner must know of a request they take. */
const FOR_OWNERS: readonly CustomerSignal[] = ["complaint", "heated", "leaving"];

/** Something stands where others read that must not: told at once, to the team as well as to the owner. */
export function isExposed(signal: CustomerSignal): boolean {
  return ONLY_IN_PUBLIC.has(signal);
}

/** Whether it may be looked for only where a lead turned it on. */
export function needsWord(signal: CustomerSignal): boolean {
  return TURNED_ON[signal] !== undefined;
}

/** Of what a message says, that which may be kept here. */
export function allowed(
  heard: readonly Heard[],
  place: { detect: readonly Detected[]; othersRead: boolean },
): readonly Heard[] {
  return heard.filter(({ signal }) => {
    if (ONLY_IN_PUBLIC.has(signal)) return place.othersRead;
    const named = TURNED_ON[signal];
    return named === undefined || place.detect.includes(named);
  });
}

/** A plan with what else its message said. What the request is known for already is not told again. */
export function withSignals(
  plan: Plan,
  heard: readonly Heard[],
  said: {
    message: string;
    at: Instant;
    by: PersonId;
    known: RequestState["signals"];
    owner: PersonId | null;
  },
): Plan {
  const fresh = heard.filter(({ signal }) => signal === "praise" || !said.known.has(signal));
  if (fresh.length === 0) return plan;
  const { message, at, by, owner } = said;
  return {
    ...plan,
    facts: [
      ...plan.facts,
      ...fresh.map(({ signal }) => fact({ kind: "signalled", signal, message }, at, by)),
    ],
    words: [
      ...plan.words,
      ...fresh.map(({ signal, quote }) => ({ kind: "note", message, signal, quote, at }) as const),
    ],
    notices: [
      ...plan.notices,
      ...fresh.flatMap(({ signal }): NoticeBody[] =>
        TOLD.has(signal)
          ? [{ kind: "signal", signal, to: owner, at }]
          : signal === "newcomer_link"
            ? [{ kind: "card" }]
            : [],
      ),
    ],
  };
}

/** What a message was noted for, of what staff have not deleted since. */
function notedFor(state: RequestState, history: readonly Fact[], message: string): CustomerSignal[] {
  const noted = history.flatMap((each) =>
    each.kind === "signalled" && each.message === message && state.signals.has(each.signal)
      ? [each.signal]
      : [],
  );
  return [...new Set(noted)];
}

/** A plan with what an edit says that its message did not: told like any other. What it was noted for is quoted anew. */
export function withEditedSignals(
  plan: Plan,
  heard: readonly Heard[],
  edit: { message: string; at: Instant; by: PersonId },
  { state, history }: Situation,
): Plan {
  const { message, at } = edit;
  // Also what staff deleted: the same words, edited, do not bring a deleted note back.
  const before = new Set(
    history.flatMap((each) => (each.kind === "signalled" && each.message === message ? [each.signal] : [])),
  );
  const fresh = heard.filter(({ signal }) => !before.has(signal));
  const whole = withSignals(plan, fresh, { ...edit, known: state.signals, owner: state.owner });
  const noted = notedFor(state, history, message);
  const quoted = new Map(heard.map(({ signal, quote }) => [signal, quote]));
  return {
    ...whole,
    words: [
      ...whole.words,
      ...noted.map(
        (signal) => ({ kind: "requote", message, signal, quote: quoted.get(signal) ?? "" }) as const,
      ),
    ],
    notices: [...whole.notices, ...noted.map((signal) => ({ kind: "note_changed", signal, at }) as const)],
  };
}

/** Where a message that is gone was quoted. The note itself stays, with its date, until staff delete it. */
export function quotedBy(
  { state, history }: Situation,
  gone: { message: string; at: Instant },
): NoticeBody[] {
  return notedFor(state, history, gone.message).map((signal) => ({
    kind: "note_changed",
    signal,
    at: gone.at,
  }));
}

/** Whoever takes a request over is told what it is known for; a colleague who answers in a heated one, that one speaks. */
export function concernedBy(state: RequestState, facts: readonly Fact[]): NoticeBody[] {
  const notices: NoticeBody[] = [];
  for (const each of facts) {
    if (each.kind === "owned" && each.owner !== state.owner) {
      const known = FOR_OWNERS.filter((signal) => state.signals.has(signal));
      notices.push(
        ...known.map((signal): NoticeBody => ({ kind: "signal", signal, to: each.owner, at: each.at })),
      );
    }
    const answers = each.kind === "answered" && each.how === "wrote" && each.by !== null;
    if (answers && each.by !== null && state.owner !== null && each.by !== state.owner) {
      if (state.signals.has("heated")) notices.push({ kind: "one_voice", to: each.by });
    }
  }
  return notices;
}

/** *Delete this note*: the words go, and what they said is neither shown nor counted from then on. */
export function decideDeleteNote(situation: Situation, by: PersonId, signal: CustomerSignal): Plan {
  const { state, now } = situation;
  if (!state.signals.has(signal)) return { ...nothing, reply: { kind: "refused", why: "note_gone" } };
  return {
    facts: [fact({ kind: "note_deleted", signal }, now, by)],
    notices: [{ kind: "note_gone", signal, at: now }, { kind: "card" }],
    words: [{ kind: "forget_note", signal }],
    reply: { kind: "note_deleted" },
  };
}

/** The steps of a complaint that can be seen (DESIGN idea 6); attitude is for people. */
export interface Steps {
  acknowledged: boolean;
  apologised: boolean;
  /** Somebody gave their word for a time since. */
  planned: boolean;
}

/** @param sorry whether the words of staff since the complaint hold an apology */
export function stepsOf(state: RequestState, history: readonly Fact[], sorry: boolean): Steps | null {
  const since = state.signals.get("complaint");
  if (since === undefined) return null;
  const after = history.filter((each) => each.at >= since);
  return {
    acknowledged: after.some(({ kind }) => kind === "acknowledged" || kind === "answered"),
    apologised: sorry || after.some((each) => each.kind === "answered" && each.how === "apologised"),
    planned: after.some(({ kind }) => kind === "promised"),
  };
}

/** Whether our own reminders to the customer stop: they are leaving, and it is done and confirmed without pressing them. */
export function letsGo(state: RequestState): boolean {
  return state.signals.has("leaving");
}
