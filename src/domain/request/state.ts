// What a request is now, folded from its history. `evolve` knows what each fact means and decides nothing.
import type { Instant, Lang, PersonId, Tier, Urgency } from "../words.ts";
import type { Fact, Quiet } from "./facts.ts";

export type Status = "open" | "waiting" | "resolved" | "closed" | "dismissed";

export interface RequestState {
  status: Status;
  customer: PersonId;
  owner: PersonId | null;
  tier: Tier;
  /** Whether a person set the tier: rules then leave it alone. */
  tierByPerson: boolean;
  confidence: number;
  urgency: Urgency;
  lang: Lang;
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
  /** Warnings given: pledge, step and the due instant they were about. */
  warned: ReadonlySet<string>;
  /** Broken promises recorded, and those the customer was told about. */
  broken: ReadonlyMap<string, Instant>;
  toldLate: ReadonlySet<string>;
  /** How often it was reopened after being resolved. */
  reopened: number;
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
    tier: first.tier,
    tierByPerson: false,
    confidence: first.confidence,
    urgency: first.urgency,
    lang: first.lang,
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
    warned: new Set(),
    broken: new Map(),
    toldLate: new Set(),
    reopened: 0,
  };
  return rest.reduce(evolve, opened);
}

/** One fact later. Pure; the state given is not changed. */
export function evolve(state: RequestState, fact: Fact): RequestState {
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
    case "on_it":
      return state;
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
        tierByPerson: state.tierByPerson || fact.how === "person",
      };
    case "felt":
      return { ...state, urgency: fact.to };
    case "owned":
      return { ...state, owner: fact.owner };
    case "waiting":
      return { ...state, status: "waiting" };
    case "resumed":
      return { ...state, status: "open" };
    case "warned":
      return { ...state, warned: new Set([...state.warned, warningKey(fact.pledge, fact.step, fact.due)]) };
    case "broken":
      return { ...state, broken: new Map([...state.broken, [fact.pledge, fact.at]]) };
    case "told_late":
      return { ...state, toldLate: new Set([...state.toldLate, fact.pledge]) };
    case "resolved":
      return { ...state, status: "resolved", resolvedAt: fact.at };
    case "confirmed":
      return { ...state, status: "closed", closedAt: fact.at };
    case "reopened":
      return {
        ...state,
        status: "open",
        resolvedAt: null,
        closedAt: null,
        reopened: state.reopened + 1,
        // "Not fixed" is the customer speaking.
        customerAt: fact.how === "staff" ? state.customerAt : Math.max(state.customerAt, fact.at),
      };
    case "dismissed":
      return { ...state, status: "dismissed", closedAt: fact.at };
    default:
      return fact satisfies never;
  }
}

/** Who had it at that instant, or null: what ran out while nobody did is not the fault of whoever took it later. */
export function ownerAt(history: readonly Fact[], at: Instant): PersonId | null {
  let owner: PersonId | null = null;
  for (const fact of history) if (fact.kind === "owned" && fact.at <= at) owner = fact.owner;
  return owner;
}

/** Whether the customer is still owed something by us or we by them. */
export function isActive(state: Pick<RequestState, "status">): boolean {
  return state.status === "open" || state.status === "waiting";
}
