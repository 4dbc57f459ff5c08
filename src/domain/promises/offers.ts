// A handover that was offered waits for an answer only so long: asked again halfway, and then it falls back to its owner.
import type { Terms } from "../policy.ts";
import type { Offer, RequestState } from "../request/state.ts";
import type { Instant } from "../words.ts";
import { addWorking, workingBetween } from "./calendar.ts";
import type { Pledge } from "./pledges.ts";

const MINUTE = 60_000;
/** Working minutes somebody has to answer, where nothing is owed sooner. */
const PATIENCE = 120;
/** Nobody answers sooner than this, minutes, however close the promise is. */
const AT_LEAST = 10;

export type OfferAlarm = { kind: "ask_again"; at: Instant } | { kind: "lapse"; at: Instant };

/**
 * Until when an offer stands that its receiver hears of at `now`: two working hours, or half of what is left to the next promise
 * where that is less, so that the owner gets it back with time to act. Around the clock it is plain time.
 */
export function offerUntil(
  { tier }: Pick<RequestState, "tier">,
  pledges: readonly Pledge[],
  terms: Terms,
  now: Instant,
): Instant {
  const plain = terms.tiers[tier].aroundTheClock;
  const ends = pledges.flatMap(({ endedAt, dueAt }) =>
    endedAt === null && dueAt !== null && dueAt > now ? [halfway(terms, plain, now, dueAt)] : [],
  );
  const patient = plain ? now + PATIENCE * MINUTE : addWorking(terms.calendar, now, PATIENCE);
  return Math.max(now + AT_LEAST * MINUTE, Math.min(patient, ...ends));
}

/** What is still to happen by itself with the offer that stands. */
export function offerAlarms({ offer, tier }: RequestState, terms: Terms): OfferAlarm[] {
  if (offer === null) return [];
  const lapse: OfferAlarm = { kind: "lapse", at: offer.until };
  return offer.reminded ? [lapse] : [{ kind: "ask_again", at: askAgainAt(offer, tier, terms) }, lapse];
}

function askAgainAt(offer: Offer, tier: RequestState["tier"], terms: Terms): Instant {
  return halfway(terms, terms.tiers[tier].aroundTheClock, offer.from, offer.until);
}

/** The middle of the working time between two instants; of the plain time where there is none. */
function halfway(terms: Terms, plain: boolean, from: Instant, to: Instant): Instant {
  const working = plain ? 0 : workingBetween(terms.calendar, from, to);
  return working > 0
    ? addWorking(terms.calendar, from, working / 2 / MINUTE)
    : from + Math.floor((to - from) / 2);
}
