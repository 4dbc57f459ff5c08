// What a request has cost the customer: being passed around, waiting, asking again (DESIGN idea 5). Derived, never kept.

import type { Terms } from "../policy.ts";
import { workingBetween } from "../promises/calendar.ts";
import type { Instant, PersonId } from "../words.ts";
import type { Fact } from "./facts.ts";

export interface Counts {
  /** How often it passed from one colleague to another; what nobody had in between passed all the same. */
  handovers: number;
  /** How often the customer had to come to us for it: the first time, and each time it was not over after all. */
  contacts: number;
  /** Ms of working time the customer has waited for our answers, without the wait that goes on. */
  waitedMs: number;
  /** Since when the customer waits for us now, or null. */
  waitsSince: Instant | null;
  /** Whether that wait runs at night, too. */
  aroundTheClock: boolean;
}

interface Wait {
  since: Instant | null;
  aroundTheClock: boolean;
  ms: number;
}

/**
 * Counts from a history, in the order of its instants: two connections deliver in any order. A wait begins when the
 * customer speaks and nobody of us has since, and ends with an answer of staff, when they owe us one, or with the request.
 */
export function countsOf(history: readonly Fact[], terms: Terms): Counts {
  let last: PersonId | null = null;
  let handovers = 0;
  let contacts = 1;
  const wait: Wait = {
    since: null,
    aroundTheClock: false,
    ms: 0,
  };
  for (const fact of history.toSorted((a, b) => a.at - b.at)) {
    if (fact.kind === "owned") {
      if (last !== null && last !== fact.owner) handovers += 1;
      last = fact.owner;
    }
    contacts = contactsAfter(contacts, fact);
    follow(wait, fact, terms);
  }
  return {
    handovers,
    contacts,
    waitedMs: wait.ms,
    waitsSince: wait.since,
    aroundTheClock: wait.aroundTheClock,
  };
}

/** The whole wait up to now, ms of working time; of plain time for a wait that runs around the clock. */
export function waitedUntil(counts: Counts, terms: Terms, now: Instant): number {
  const { waitsSince, waitedMs } = counts;
  return waitsSince === null || waitsSince >= now
    ? waitedMs
    : waitedMs + lasted(counts.aroundTheClock, terms, waitsSince, now);
}

function lasted(aroundTheClock: boolean, terms: Terms, from: Instant, to: Instant): number {
  return aroundTheClock ? to - from : workingBetween(terms.calendar, from, to);
}

/** How often the customer has come by then: once more where it was not over, or asked again; as often as before elsewhere. */
export function contactsAfter(contacts: number, fact: Fact): number {
  if (fact.kind === "reopened") return fact.how === "staff" ? contacts : contacts + 1;
  if (fact.kind !== "repeated") return contacts;
  return Math.max(fact.of === null ? contacts + 1 : contacts, fact.count);
}

function follow(wait: Wait, fact: Fact, terms: Terms): void {
  switch (fact.kind) {
    case "opened":
      wait.aroundTheClock = terms.tiers[fact.tier].aroundTheClock;
      wait.since = fact.at;
      return;
    case "tiered":
      wait.aroundTheClock = terms.tiers[fact.to].aroundTheClock;
      return;
    case "said":
      wait.since ??= fact.at;
      return;
    case "reopened":
      if (fact.how !== "staff") wait.since ??= fact.at;
      return;
    case "answered":
    case "waiting":
    case "resolved":
    case "confirmed":
    case "dismissed":
      if (wait.since !== null) {
        wait.ms += lasted(wait.aroundTheClock, terms, wait.since, fact.at);
      }
      wait.since = null;
      return;
    default:
      return;
  }
}

/** From these on a lead should look: the second handover, the third time the customer comes for the same. */
export const TOO_MANY = { handovers: 2, contacts: 3 } as const;

/** Which of the counts became too many between two states of a history. */
export function newlyTooMany(before: Counts, after: Counts): (keyof typeof TOO_MANY)[] {
  return (["handovers", "contacts"] as const).filter(
    (what) => before[what] < TOO_MANY[what] && after[what] >= TOO_MANY[what],
  );
}
