// Who has it: given, handed over with a brief, taken over, given back. No clock moves on any of it.
import type { OfferAlarm } from "../promises/offers.ts";
import { offerUntil } from "../promises/offers.ts";
import { pledgesOf } from "../promises/pledges.ts";
import { atAnyHour } from "../promises/reminders.ts";
import type { Instant, PersonId, Role } from "../words.ts";
import { decideClaim } from "./act.ts";
import type { Fact } from "./facts.ts";
import type { NoticeBody } from "./notices.ts";
import { fact, nothing, type Plan, type Refusal, type Situation } from "./plan.ts";
import { isActive } from "./state.ts";

/** A brief is read in passing. */
const BRIEF_LINES = 3;
/** Characters of a brief. */
export const BRIEF_MAX = 600;
const HOUR = 3_600_000;
/** Given back with less than this to the next promise, ms, the team hears of it at once. */
const NEAR = 2 * HOUR;

/** Somebody a request is to go to; `staff`: whether they are of its team. */
export interface Receiver {
  id: PersonId;
  staff: boolean;
  away: boolean;
  /** When they work next; absent or null: now. */
  from?: Instant | null;
}

/** Words for the next owner, and the row that will keep them. */
export interface Brief {
  id: string;
  text: string;
}

function refused(why: Refusal, field?: string): Plan {
  return { ...nothing, reply: { kind: "refused", why, ...(field === undefined ? {} : { field }) } };
}

/**
 * Gives a request to somebody. What nobody has is theirs at once; what another colleague has is offered to them, and that
 * needs a brief first. A lead decides who has what a colleague has: that holds at once, too, and whoever had it is told. To oneself
 * it is a claim, or taking over.
 */
export function decideAssign(situation: Situation, by: PersonId, to: Receiver, role: Role = "staff"): Plan {
  const { state, now, history } = situation;
  const { owner } = state;
  if (!isActive(state)) return refused("already_resolved");
  if (!to.staff) return refused("not_staff");
  if (to.id === by) return decideTake(situation, by);
  if (to.id === owner) return { ...nothing, reply: { kind: "assigned", to: to.id } };
  if (to.away) return refused("receiver_away");
  // Who has it knows it best: they write the brief, a lead too.
  if (owner !== null && (owner === by || !isLead(role)))
    return { ...nothing, reply: { kind: "ask_brief", to: to.id } };
  const had: NoticeBody[] =
    owner === null
      ? []
      : [
          { kind: "ownership", to: owner, who: to.id, at: now, what: "reassigned" },
          ...(hasAnswered(history, owner) ? toldOf(situation, { to: to.id, from: owner, knows: false }) : []),
        ];
  return {
    facts: [fact({ kind: "owned", owner: to.id, how: "assigned" }, now, by)],
    notices: [{ kind: "card" }, { kind: "given", to: to.id, by, at: now }, ...had],
    words: [],
    reply: { kind: "assigned", to: to.id, ...later(situation, to) },
  };
}

function isLead(role: Role): boolean {
  return role === "lead" || role === "admin";
}

/** When whoever gets it hears of it, where that is not now: what cannot wait is told at any hour. */
function later({ state, terms, now }: Situation, to: Pick<Receiver, "from">): { from?: Instant } {
  const from = to.from ?? now;
  return from > now && !atAnyHour(state, terms) ? { from } : {};
}

/** Takes what somebody else may have. The owner who takes it from their own offer keeps it; whom it is offered to accepts. */
function decideTake(situation: Situation, by: PersonId): Plan {
  const { state, now } = situation;
  if (state.offer?.to === by) return decideAccept(situation, by, null);
  if (state.owner === by) return state.offer ? withdrawn(situation, by) : refused("already_yours");
  const claimed = decideClaim(situation, by);
  if (state.owner === null) return claimed;
  return {
    ...claimed,
    notices: [
      ...claimed.notices,
      { kind: "ownership", to: state.owner, who: by, at: now, what: "taken_over" },
      ...(hasAnswered(situation.history, state.owner)
        ? toldOf(situation, { to: by, from: state.owner, knows: false })
        : []),
    ],
  };
}

function withdrawn({ state, now }: Situation, by: PersonId): Plan {
  const to = state.offer?.to ?? by;
  return {
    facts: [fact({ kind: "handover_declined", to, how: "withdrawn" }, now, by)],
    notices: [{ kind: "card" }],
    words: [],
    reply: { kind: "withdrawn" },
  };
}

/** Offers a request to a colleague. Its owner stays responsible until they accept; reminders keep going to the owner. */
export function decideHandover(situation: Situation, by: PersonId, to: Receiver, brief: Brief): Plan {
  const { state, now } = situation;
  if (!isActive(state)) return refused("already_resolved");
  if (!to.staff) return refused("not_staff");
  const text = brief.text.trim();
  if (text.split(/\n+/).length > BRIEF_LINES || text.length > BRIEF_MAX)
    return refused("brief_too_long", "brief");
  if (to.id === by || to.id === state.owner || to.away) return decideAssign(situation, by, to);
  if (text === "") return { ...nothing, reply: { kind: "ask_brief", to: to.id } };
  const words = [{ kind: "brief", id: brief.id, author: by, to: to.id, text, at: now } as const];
  if (state.owner === null) {
    const given = decideAssign(situation, by, to);
    return { ...given, notices: given.notices.map((each) => withBrief(each, brief.id)), words };
  }
  return { ...offered(situation, by, state.owner, to, { brief: brief.id, together: false }), words };
}

/** `together`: told in one message with what else is offered to them at this moment. */
function offered(
  situation: Situation,
  by: PersonId,
  owner: PersonId,
  to: Pick<Receiver, "id" | "from">,
  { brief, together }: { brief: string | null; together: boolean },
): Plan {
  const { state, history, terms, now } = situation;
  const from = later(situation, to);
  const until = offerUntil(state, pledgesOf(history, terms, now), terms, from.from ?? now);
  return {
    facts: [fact({ kind: "handover_offered", to: to.id, brief, until, ...from }, now, by)],
    notices: [
      { kind: "card" },
      { kind: "handover", to: to.id, at: now, again: false, ...(together ? { together } : {}) },
      ...(by === owner
        ? []
        : [{ kind: "ownership", to: owner, who: to.id, at: now, what: "offered" } as const]),
    ],
    words: [],
    reply: { kind: "offered", to: to.id, owner, until, ...from },
  };
}

/** At the end of a shift, by a tap: the last words are the brief. Nothing for what is not theirs, or offered already. */
export function decideShift(situation: Situation, by: PersonId, to: Pick<Receiver, "id" | "from">): Plan {
  const { state } = situation;
  if (!isActive(state) || state.owner !== by || state.offer !== null || to.id === by) return nothing;
  return offered(situation, by, by, to, { brief: null, together: true });
}

function withBrief(notice: NoticeBody, brief: string): NoticeBody {
  return notice.kind === "given" ? { ...notice, brief } : notice;
}

/** "I have it". `offered` is the offer that was answered: a button of an earlier one answers nothing. */
export function decideAccept(situation: Situation, by: PersonId, offered: Instant | null): Plan {
  const { state, now } = situation;
  if (!isActive(state)) return refused("already_resolved");
  if (state.owner === by) return refused("already_yours");
  const { offer, owner } = state;
  // Given back or left meanwhile: whoever says that they have it, has it.
  if (owner === null && wasOfferedTo(situation.history, by)) return decideClaim(situation, by);
  if (offer === null || owner === null || (offered !== null && offered !== offer.at))
    return refused("offer_over");
  if (offer.to !== by) return refused("offer_not_to_you");
  const told = toldOf(situation, { to: by, from: owner, knows: offer.brief !== null });
  return {
    facts: [
      fact({ kind: "handover_accepted", from: owner }, now, by),
      fact({ kind: "owned", owner: by, how: "handed_over" }, now, by),
    ],
    notices: [
      { kind: "card" },
      { kind: "ownership", to: owner, who: by, at: now, what: "accepted" },
      ...told,
    ],
    words: [],
    reply: { kind: "accepted", told: told.length > 0 },
  };
}

function wasOfferedTo(history: readonly Fact[], who: PersonId): boolean {
  return history.some((each) => each.kind === "handover_offered" && each.to === who);
}

/** Whom it is offered to went away: nobody waits for their answer. Its owner hears it. */
export function decideGone({ state, now }: Situation, who: PersonId): Plan {
  const { offer, owner } = state;
  if (!isActive(state) || offer === null || owner === null || offer.to !== who) return nothing;
  return {
    ...nothing,
    facts: [fact({ kind: "handover_declined", to: who, how: "away" }, now, who)],
    notices: [{ kind: "card" }, { kind: "ownership", to: owner, who, at: now, what: "declined" }],
  };
}

/** "Can't": it stays with its owner, who hears it and may ask somebody else. */
export function decideDecline(situation: Situation, by: PersonId, offered: Instant | null): Plan {
  const { state, now } = situation;
  const { offer, owner } = state;
  if (offer === null || owner === null || (offered !== null && offered !== offer.at))
    return refused("offer_over");
  if (offer.to !== by) return refused("offer_not_to_you");
  return {
    facts: [fact({ kind: "handover_declined", to: by, how: "said" }, now, by)],
    notices: [{ kind: "card" }, { kind: "ownership", to: owner, who: by, at: now, what: "declined" }],
    words: [],
    reply: { kind: "declined" },
  };
}

/** Gives it back to the team: its owner may, and a lead. The clocks go on. */
export function decideRelease(situation: Situation, by: PersonId, role: Role): Plan {
  const { state, now } = situation;
  if (!isActive(state)) return refused("already_resolved");
  if (state.owner === null || (state.owner !== by && !isLead(role))) return refused("not_yours");
  return {
    facts: [fact({ kind: "released", why: "given_back" }, now, by)],
    notices: [
      { kind: "card" },
      ...(isNear(situation) ? [{ kind: "released", by: state.owner, at: now } as const] : []),
    ],
    words: [],
    reply: { kind: "released" },
  };
}

/** Whether something is owed so soon, or warned about already, that a card without a name is not enough. */
export function isNear({ state, history, terms, now }: Situation): boolean {
  return pledgesOf(history, terms, now).some(
    ({ key, endedAt, dueAt }) =>
      endedAt === null &&
      dueAt !== null &&
      (dueAt - now <= NEAR || [...state.warned.keys()].some((warning) => warning.startsWith(`${key}:`))),
  );
}

/** The customer is told once by name, where the bot may speak. */
export function toldOf(
  { live, state, now }: Situation,
  owner: { to: PersonId; from: PersonId; knows: boolean },
): NoticeBody[] {
  return live && state.quiet === null ? [{ kind: "new_owner", at: now, ...owner }] : [];
}

/** Whether the customer knows this colleague: they answered, or the bot said something in their name. */
export function hasAnswered(history: readonly Fact[], who: PersonId): boolean {
  return history.some((each) => each.kind === "answered" && each.by === who);
}

/** Time reached an offer: it is asked about once more, and then it falls back to its owner, who hears it. */
export function decideOffer(
  { state, now }: Situation,
  kind: OfferAlarm["kind"],
): Pick<Plan, "facts" | "notices"> {
  const { offer, owner } = state;
  if (offer === null || owner === null) return nothing;
  if (kind === "lapse") {
    return {
      facts: [fact({ kind: "handover_declined", to: offer.to, how: "lapsed" }, now, null)],
      notices: [{ kind: "ownership", to: owner, who: offer.to, at: now, what: "lapsed", together: true }],
    };
  }
  if (offer.until <= now) return nothing;
  return {
    facts: [fact({ kind: "handover_reminded" }, now, null)],
    notices: [{ kind: "handover", to: offer.to, at: offer.at, again: true, together: true }],
  };
}
