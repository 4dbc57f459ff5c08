// When somebody on call is woken for a request of tier 1, who is called next, and what ends it. Folded from the history; the
// rota is an argument, since whoever is on call now is called, and not who was when the request opened.
import type { Terms } from "../policy.ts";
import { closingTime, isWorking } from "../promises/calendar.ts";
import type { Instant, PersonId, Tier } from "../words.ts";
import type { Fact, PageReason } from "./facts.ts";
import type { NoticeBody } from "./notices.ts";
import { fact, type Plan, type Situation } from "./plan.ts";
import type { RequestState } from "./state.ts";

const MINUTE = 60_000;
/** Unanswered for so long, the next person is called. */
export const NEXT_AFTER = 10 * MINUTE;
/** Everybody on the rota is called so often; then the team channel and the leads are told that nobody answers. */
const ROUNDS = 2;
/** A customer who writes again after this long, unanswered, reports it a second time; before, they go on talking. */
const AGAIN_AFTER = 5 * MINUTE;
/** Two requests of tier 1 in one team within this time are two reports of one failure, ms. */
export const TOGETHER = 30 * MINUTE;

export interface Call {
  to: PersonId;
  /** When it was decided; it names the call. */
  at: Instant;
}

export interface Paging {
  /** Since when somebody should be there: tier 1 began, or its customer came back after the end; null: it never was. */
  since: Instant | null;
  /** Somebody is to be called although that was not promised. */
  asked: { at: Instant; why: Exclude<PageReason, "promised"> } | null;
  /** Calls that nobody has answered. */
  calls: readonly Call[];
  /** Nobody is left to call. */
  over: boolean;
  /** When staff last showed that they are there. */
  attendedAt: Instant | null;
}

export const notPaged: Paging = { since: null, asked: null, calls: [], over: false, attendedAt: null };

/** One fact later. `tier` is the request's tier after it. */
export function pageAfter(paging: Paging, fact: Fact, tier: Tier): Paging {
  if (attends(fact)) {
    return {
      ...paging,
      asked: null,
      calls: [],
      over: false,
      attendedAt: Math.max(fact.at, paging.attendedAt ?? fact.at),
    };
  }
  switch (fact.kind) {
    case "opened":
      return { ...paging, since: tier === 1 ? fact.at : null };
    case "tiered":
      if (tier !== 1) return paging;
      // Whoever moves it away and back is there; what the customer makes of it meanwhile is news.
      return { ...paging, since: fact.how === "person" ? (paging.since ?? fact.at) : fact.at };
    case "reopened":
      return fact.how === "staff" || tier !== 1 ? paging : { ...paging, since: fact.at };
    case "said": {
      const { since, asked } = paging;
      const again = since !== null && !attended(paging, since) && fact.at - since >= AGAIN_AFTER;
      return again && asked === null ? { ...paging, asked: { at: fact.at, why: "second_report" } } : paging;
    }
    case "page_asked":
      return { ...paging, asked: { at: fact.at, why: fact.why }, calls: [], over: false };
    case "paged":
      return fact.to === null
        ? { ...paging, over: true }
        : { ...paging, calls: [...paging.calls, { to: fact.to, at: fact.at }] };
    default:
      return paging;
  }
}

/** Whether the fact shows that somebody of us is there. To be given a request, by a colleague or by the policy, shows nothing. */
function attends(fact: Fact): boolean {
  switch (fact.kind) {
    case "owned":
      return fact.by !== null && fact.owner === fact.by;
    case "answered":
    case "on_it":
    case "page_answered":
    case "waiting":
    case "resolved":
    case "dismissed":
      return fact.by !== null;
    default:
      return false;
  }
}

function attended({ attendedAt }: Paging, since: Instant): boolean {
  return attendedAt !== null && attendedAt >= since;
}

/** Why somebody is to be called, and from when on; null: nobody is. */
function wanted(state: RequestState, terms: Terms): { at: Instant; why: PageReason } | null {
  const { page } = state;
  if (state.tier !== 1 || state.status !== "open") return null;
  if (page.asked?.why === "asked") return page.asked;
  // What the bot decides by itself wakes nobody for a channel that is only watched, nor for a doubtful account.
  if (state.quiet !== null || page.since === null || attended(page, page.since)) return null;
  if (terms.paging?.promised) return { at: page.since, why: "promised" };
  if (page.asked && terms.paging?.onCall) return page.asked;
  if (!terms.tiers[1].aroundTheClock || !terms.paging?.onCall) return null;
  // A clock that runs at night is a promise that somebody is there: once the team has gone, somebody is woken.
  const gone = isWorking(terms.calendar, page.since) ? closingTime(terms.calendar, page.since) : page.since;
  return gone === null ? null : { at: gone, why: "promised" };
}

/** When the next person is to be called, or null: nobody is to be, or somebody is there. */
export function pageAt(state: RequestState, terms: Terms): Instant | null {
  const want = wanted(state, terms);
  if (want === null || state.page.over) return null;
  const last = state.page.calls.at(-1);
  return last ? last.at + NEXT_AFTER : want.at;
}

/** Whether somebody was called and has not answered yet. */
export function isPaging(state: RequestState): boolean {
  return state.page.calls.length > 0 && !state.page.over && state.tier === 1 && state.status === "open";
}

/** Of those on call the first that was called least; null once everybody was called twice. */
export function nextCall(calls: readonly Call[], onCall: readonly PersonId[]): PersonId | null {
  const called = (person: PersonId) => calls.filter(({ to }) => to === person).length;
  const [next] = onCall.toSorted((one, other) => called(one) - called(other));
  return next === undefined || called(next) >= ROUNDS ? null : next;
}

/** Calls the next person, if somebody is to be called now. */
export function decidePage(
  state: RequestState,
  terms: Terms,
  onCall: readonly PersonId[],
  now: Instant,
): { facts: Fact[]; notices: NoticeBody[] } {
  const at = pageAt(state, terms);
  const want = wanted(state, terms);
  if (at === null || want === null || at > now) return { facts: [], notices: [] };
  const to = nextCall(state.page.calls, onCall);
  const facts = [fact({ kind: "paged", to, why: want.why }, now, null)];
  if (to === null) return { facts, notices: [{ kind: "page_unanswered", at: now }] };
  return {
    facts,
    notices: [
      { kind: "page", to, at: now },
      { kind: "pager", to, at: now },
    ],
  };
}

/**
 * The same plan, with the page answered where it shows that somebody is there: that is recorded, and the pager is told to
 * let them be.
 */
export function answeringPage(situation: Pick<Situation, "state">, plan: Plan): Plan {
  const { calls } = situation.state.page;
  const there = plan.facts.find(attends);
  if (calls.length === 0 || there === undefined) return plan;
  const answered = plan.facts.some(({ kind }) => kind === "page_answered");
  return {
    ...plan,
    facts: answered ? plan.facts : [...plan.facts, fact({ kind: "page_answered" }, there.at, there.by)],
    notices: [
      ...plan.notices,
      ...calls.flatMap(({ to, at }) => [
        { kind: "pager_answered", at } as const,
        { kind: "page_taken", to, at } as const,
      ]),
    ],
  };
}
