// A customer who comes again about the same problem: their earlier request goes on, or the new one is linked to it and
// counted. Never opened anew in silence (DESIGN idea 5: customers hate asking twice).
import type { Fact, FactBody } from "../request/facts.ts";
import type { Instant, PersonId, RequestId, Tier } from "../words.ts";
import { gistOf, likeness } from "./likeness.ts";

const DAY = 24 * 3_600_000;
/**
 * From how alike on two messages of one customer are about the same. On banking77 (77 topics close to each other) it finds
 * a third of the pairs of one topic, and takes 1.7 in 100 pairs of two for one; a customer has few requests to compare.
 */
export const SAME_PROBLEM = 0.6;

/** A request of the same customer, or of somebody of the same company. */
export interface Earlier {
  id: RequestId;
  number: number;
  status: "open" | "waiting" | "resolved" | "closed" | "dismissed";
  customer: PersonId;
  channelId: string;
  tier: Tier;
  /** When its customer last wrote in it. */
  customerAt: Instant;
  /** What it began with; "" when that was deleted. */
  words: string;
  /** Contacts counted so far, and the requests they were before this one. */
  contacts: number;
  earlier: readonly number[];
}

export interface Repeat {
  of: RequestId | null;
  count: number;
  earlier: readonly number[];
}

export type RepeatDecision =
  | { kind: "new" }
  /** It is still open, here: the message belongs to it. */
  | { kind: "join"; request: RequestId; repeat: Repeat }
  /** It is over, stands elsewhere, or is a colleague's, who must not be answered for somebody else: linked, and opened. */
  | { kind: "link"; to: RequestId; repeat: Repeat };

export interface Returning {
  text: string;
  tier: Tier;
  author: PersonId;
  channelId: string;
  at: Instant;
  /** A post of its own (a forum) never becomes part of another. */
  apart: boolean;
  /** Days. */
  within: number;
}

/**
 * Pure. Of several earlier requests one's own outranks a colleague's, what is open outranks what is over, then the more
 * alike wins. Impact must be near (one tier up or down): a question about invoices is not last week's lost payment.
 */
export function decideRepeat(now: Returning, earlier: readonly Earlier[]): RepeatDecision {
  const gist = gistOf(now.text);
  const same = earlier
    .filter(({ status, customerAt, tier, words }) => {
      const age = now.at - customerAt;
      return (
        status !== "dismissed" &&
        words !== "" &&
        age >= 0 &&
        age <= now.within * DAY &&
        Math.abs(tier - now.tier) <= 1
      );
    })
    .map((request) => ({ request, share: likeness(gist, gistOf(request.words)).share }))
    .filter(({ share }) => share >= SAME_PROBLEM)
    .sort((one, other) => rank(now, other.request) - rank(now, one.request) || other.share - one.share);
  const found = same[0]?.request;
  if (!found) return { kind: "new" };
  const here = found.customer === now.author && found.channelId === now.channelId && !now.apart;
  if (here && isOpen(found)) {
    const repeat = { of: null, count: found.contacts + 1, earlier: found.earlier };
    return { kind: "join", request: found.id, repeat };
  }
  const repeat = { of: found.id, count: found.contacts + 1, earlier: [...found.earlier, found.number] };
  return { kind: "link", to: found.id, repeat };
}

export function repeatedFact({ of, count, earlier }: Repeat, at: Instant, by: PersonId): Fact {
  const body: FactBody = { kind: "repeated", of, count, earlier };
  return { ...body, at, by };
}

function isOpen({ status }: Earlier): boolean {
  return status === "open" || status === "waiting";
}

function rank(now: Returning, earlier: Earlier): number {
  return (earlier.customer === now.author ? 2 : 0) + (isOpen(earlier) ? 1 : 0);
}
