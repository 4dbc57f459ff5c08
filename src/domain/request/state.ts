// What a request is now, folded from its history. `evolve` knows what each fact means and decides nothing.
import type { CustomerSignal } from "../triage/customer-signals.ts";
import type { Source } from "../triage/reading.ts";
import type { Instant, Lang, PersonId, Tier, Urgency } from "../words.ts";
import { type Unassigned, unassignedAfter } from "./assigning.ts";
import { contactsAfter } from "./counts.ts";
import type { Fact, Quiet } from "./facts.ts";
import { notPaged, type Paging, pageAfter } from "./paging.ts";

export type Status = "open" | "waiting" | "resolved" | "closed" | "dismissed";

/** A handover that was offered and is not answered yet. */
export interface Offer {
  to: PersonId;
  by: PersonId | null;
  /** When it was offered; tells one offer from another. */
  at: Instant;
  /** When whom it is offered to works: their time to answer counts from then. */
  from: Instant;
  /** When it falls back to the owner. */
  until: Instant;
  /** The row that keeps the brief, or null. */
  brief: string | null;
  reminded: boolean;
}

export interface RequestState {
  status: Status;
  customer: PersonId;
  owner: PersonId | null;
  /** While it stands, `owner` stays responsible. */
  offer: Offer | null;
  tier: Tier;
  /** Whether a person set the tier: rules then leave it alone. */
  tierByPerson: boolean;
  confidence: number;
  /** What decided the tier, where no person did. */
  source: Source;
  /** The likeliest tiers, best first; empty where nothing is known of them. */
  among: readonly Tier[];
  urgency: Urgency;
  lang: Lang;
  /** What the customer wrote in, also where we do not speak it; null where it is not known. */
  language: string | null;
  quiet: Quiet;
  /** The colleague who opened it on the customer's behalf, or null. */
  byHand: PersonId | null;
  root: string;
  openedAt: Instant;
  closedAt: Instant | null;
  customerAt: Instant;
  /** The first answer of staff, or null. */
  answeredAt: Instant | null;
  staffAt: Instant | null;
  /** The last answer of a helper, or null. */
  helpedAt: Instant | null;
  acknowledgedAt: Instant | null;
  resolvedAt: Instant | null;
  /** When a workaround was last given, and how often; whether the customer said that one helped. */
  workaroundAt: Instant | null;
  workarounds: number;
  relieved: boolean;
  /** Since when it is with engineering or a third party, or null. */
  thirdPartySince: Instant | null;
  /** Warnings given: pledge, step and the due instant they were about, with how often they were told before. */
  warned: ReadonlyMap<string, number>;
  /** Promises whose owner said that they are on it, since when. */
  onIt: ReadonlyMap<string, Instant>;
  /** Promises whose reminders were put off, the last time for each. */
  snoozed: ReadonlyMap<string, { until: Instant; by: PersonId | null; why: string }>;
  /** Broken promises recorded, and those the customer was told about. */
  broken: ReadonlyMap<string, Instant>;
  toldLate: ReadonlySet<string>;
  /** When the bot last said so itself, or null. */
  toldLateAt: Instant | null;
  /** Since when the policy is to give it to somebody. */
  unassigned: Unassigned;
  /** Who was woken for it, and whether they answered. */
  page: Paging;
  /** How often it was reopened after being resolved. */
  reopened: number;
  /** How often the customer came about this problem, earlier requests included; and the numbers of those. */
  contacts: number;
  repeatOf: readonly number[];
  /** The incident it is part of, with the number of that one's first request; or null. */
  incident: { id: string; first: number } | null;
  /** What was recognised in the customer's words, with since when; without what staff deleted. */
  signals: ReadonlyMap<CustomerSignal, Instant>;
  /** When whoever handled a complaint was reminded to look in, after this closing. */
  lookedInAt: Instant | null;
  /** Who follows up the chance that was noted, by when, and whether they were reminded that day. */
  chance: { owner: PersonId; since: Instant; until: Instant; reminded: boolean } | null;
}

/** The key under which a warning is remembered: a promise that moved is warned about anew. */
export function warningKey(pledge: string, step: number, due: Instant): string {
  return `${pledge}:${step}:${due}`;
}

/** Folds a whole history. Throws when it does not begin with `opened`: such a history was never written by us. */
export function replay(history: readonly Fact[]): RequestState {
  const [first, ...rest] = history;
  if (first?.kind !== "opened" || first.by === null)
    throw new Error("A history must begin with who opened the request.");
  const opened: RequestState = {
    status: "open",
    customer: first.by,
    owner: null,
    offer: null,
    tier: first.tier,
    tierByPerson: false,
    confidence: first.confidence,
    source: first.source ?? "rule",
    among: first.among ?? [],
    urgency: first.urgency,
    lang: first.lang,
    language: first.language ?? null,
    quiet: first.quiet,
    byHand: first.byHand,
    root: first.message,
    openedAt: first.at,
    closedAt: null,
    customerAt: first.at,
    answeredAt: null,
    staffAt: null,
    helpedAt: null,
    acknowledgedAt: null,
    resolvedAt: null,
    workaroundAt: null,
    workarounds: 0,
    relieved: false,
    thirdPartySince: null,
    warned: new Map(),
    onIt: new Map(),
    snoozed: new Map(),
    broken: new Map(),
    toldLate: new Set(),
    toldLateAt: null,
    unassigned: null,
    page: pageAfter(notPaged, first, first.tier),
    reopened: 0,
    contacts: 1,
    repeatOf: [],
    incident: null,
    signals: new Map(),
    lookedInAt: null,
    chance: null,
  };
  return rest.reduce(evolve, opened);
}

/** One fact later. Pure; the state given is not changed. */
export function evolve(state: RequestState, fact: Fact): RequestState {
  const next = step(state, fact);
  const page = pageAfter(next.page, fact, next.tier);
  const unassigned = unassignedAfter(next.unassigned, fact, next.owner);
  return page === next.page && unassigned === next.unassigned ? next : { ...next, page, unassigned };
}

function step(state: RequestState, fact: Fact): RequestState {
  switch (fact.kind) {
    case "opened":
      throw new Error("A request opens once.");
    case "said":
      return { ...state, customerAt: Math.max(state.customerAt, fact.at) };
    case "courtesy":
    case "edited":
    case "erased":
    case "aside":
    case "promised":
    case "handover_accepted":
    case "nobody_free":
    case "paged":
    case "page_asked":
    case "page_answered":
    case "terms":
    case "corrected":
    case "moved":
      return state;
    case "on_it":
      return { ...state, onIt: new Map([...state.onIt, [fact.pledge, fact.at]]) };
    case "snoozed": {
      const { until, by, why } = fact;
      return { ...state, snoozed: new Map([...state.snoozed, [fact.pledge, { until, by, why }]]) };
    }
    case "repeated":
      return { ...state, contacts: contactsAfter(state.contacts, fact), repeatOf: fact.earlier };
    case "signalled": {
      const since = state.signals.get(fact.signal) ?? fact.at;
      const signals = new Map(state.signals).set(fact.signal, since);
      // A link that a new account posts later silences the bot as one in its first message does.
      const quiet = fact.signal === "newcomer_link" ? (state.quiet ?? "fresh_account") : state.quiet;
      return { ...state, signals, quiet };
    }
    case "note_deleted": {
      const signals = new Map(state.signals);
      signals.delete(fact.signal);
      return { ...state, signals, chance: fact.signal === "opportunity" ? null : state.chance };
    }
    case "follow_up":
      return { ...state, chance: { owner: fact.who, since: fact.at, until: fact.until, reminded: false } };
    case "follow_up_due":
      return { ...state, chance: state.chance && { ...state.chance, reminded: true } };
    case "looked_in":
      return { ...state, lookedInAt: fact.at };
    case "in_incident":
      return { ...state, incident: fact.part ? { id: fact.incident, first: fact.first } : null };
    case "workaround":
      return { ...state, workaroundAt: fact.at, workarounds: state.workarounds + 1 };
    case "relieved":
      return {
        ...state,
        relieved: fact.helped,
        customerAt: fact.helped ? state.customerAt : Math.max(state.customerAt, fact.at),
      };
    case "third_party":
      return { ...state, thirdPartySince: fact.on ? (state.thirdPartySince ?? fact.at) : null };
    case "helped":
      return { ...state, helpedAt: Math.max(state.helpedAt ?? fact.at, fact.at) };
    case "answered":
      return {
        ...state,
        answeredAt: Math.min(state.answeredAt ?? fact.at, fact.at),
        staffAt: Math.max(state.staffAt ?? fact.at, fact.at),
      };
    case "acknowledged":
      return { ...state, acknowledgedAt: fact.at };
    case "tiered":
      return {
        ...state,
        tier: fact.to,
        confidence: fact.confidence,
        source: fact.source ?? "rule",
        among: fact.among ?? [],
        tierByPerson: state.tierByPerson || fact.how === "person",
      };
    case "felt":
      return { ...state, urgency: fact.to };
    case "owned":
      return { ...state, owner: fact.owner, offer: null };
    case "released":
      return { ...state, owner: null, offer: null };
    case "handover_offered": {
      const { to, by, at, from = at, until, brief } = fact;
      return { ...state, offer: { to, by, at, from, until, brief, reminded: false } };
    }
    case "handover_reminded":
      return { ...state, offer: state.offer && { ...state.offer, reminded: true } };
    case "handover_declined":
      return { ...state, offer: null };
    case "waiting":
      return { ...state, status: "waiting" };
    case "resumed":
      return { ...state, status: "open" };
    case "warned": {
      const key = warningKey(fact.pledge, fact.step, fact.due);
      return { ...state, warned: new Map([...state.warned, [key, fact.time ?? 0]]) };
    }
    case "broken":
      return { ...state, broken: new Map([...state.broken, [fact.pledge, fact.at]]) };
    case "told_late":
      return { ...state, toldLate: new Set([...state.toldLate, fact.pledge]), toldLateAt: fact.at };
    case "resolved":
      return { ...state, status: "resolved", resolvedAt: fact.at, offer: null };
    case "confirmed":
      return { ...state, status: "closed", closedAt: fact.at, offer: null };
    case "reopened":
      return {
        ...state,
        status: "open",
        resolvedAt: null,
        closedAt: null,
        lookedInAt: null,
        reopened: state.reopened + 1,
        contacts: contactsAfter(state.contacts, fact),
        // "Not fixed" is the customer speaking.
        customerAt: fact.how === "staff" ? state.customerAt : Math.max(state.customerAt, fact.at),
      };
    case "dismissed":
      return { ...state, status: "dismissed", closedAt: fact.at, offer: null };
    default:
      return fact satisfies never;
  }
}

/** Whether the customer was given a workaround and has not said that one helped. */
export function awaitsRelief(state: RequestState): boolean {
  return isActive(state) && state.workarounds > 0 && !state.relieved;
}

/** Whether the customer is still owed something by us or we by them. */
export function isActive(state: Pick<RequestState, "status">): boolean {
  return state.status === "open" || state.status === "waiting";
}
