// A request opens.

import { type Repeat, repeatedFact } from "../intake/repeat.ts";
import type { Terms } from "../policy.ts";
import { acknowledgeAt } from "../promises/reminders.ts";
import type { AnyReading } from "../triage/reading.ts";
import type { Instant, PersonId, RequestId } from "../words.ts";
import { type Assigned, decideAssigned } from "./assigning.ts";
import type { Fact, Quiet } from "./facts.ts";
import { decidePage } from "./paging.ts";
import { fact, type Plan } from "./plan.ts";
import { replay } from "./state.ts";

export interface Opening {
  customer: PersonId;
  /** The message it opens with. */
  message: string;
  at: Instant;
  now: Instant;
  reading: AnyReading;
  terms: Terms;
  live: boolean;
  /** A new account that posts a link: no answer from the bot, the card is flagged (DESIGN, manner). */
  suspicious: boolean;
  /** The colleague who opened it by hand, or null. */
  byHand: PersonId | null;
  linkedTo: RequestId | null;
  /** The same problem as in the request it is linked to. */
  repeat?: Repeat | undefined;
  /** Who is to be called for tier 1, first to last. */
  onCall?: readonly PersonId[] | undefined;
  /** Another request of tier 1 of the same team came shortly before, and nobody of us has shown themselves there. */
  secondReport?: boolean | undefined;
  /** Whom the policy gives it to; null: it leaves that to people. */
  assigned?: Assigned | null;
}

/**
 * The clocks run from the customer's message, not from when we read it. Opened by a colleague's hand they run from the
 * hand: until then nobody had promised anything, and a message of yesterday would be born broken.
 */
export function decideOpen(opening: Opening): Plan {
  const { reading, now } = opening;
  const quiet: Quiet = !opening.live ? "watch_only" : opening.suspicious ? "fresh_account" : null;
  const opened = fact(
    {
      kind: "opened",
      message: opening.message,
      tier: reading.tier,
      confidence: reading.confidence,
      urgency: reading.urgency,
      lang: reading.lang,
      quiet,
      byHand: opening.byHand,
      linkedTo: opening.linkedTo,
      source: reading.source,
      among: reading.among,
      language: reading.language,
    },
    opening.byHand === null ? opening.at : now,
    opening.customer,
  );
  const first: Fact[] = [opened];
  if (opening.repeat) first.push(repeatedFact(opening.repeat, opened.at, opening.customer));
  if (opening.secondReport) first.push(fact({ kind: "page_asked", why: "second_report" }, now, null));
  const state = replay(first);
  const due = acknowledgeAt(state, opening.terms);
  const speak = due !== null && due <= now;
  // Now, and not at the next tick: the acknowledgement says that somebody is woken only where that is true.
  const page = opening.onCall
    ? decidePage(state, opening.terms, opening.onCall, now)
    : { facts: [], notices: [] };
  const given = opening.assigned
    ? decideAssigned(opening.assigned, { terms: opening.terms, tier: state.tier, now })
    : { facts: [], notices: [] };
  return {
    facts: [
      ...first,
      ...given.facts,
      ...(speak ? [fact({ kind: "acknowledged" }, now, null)] : []),
      ...page.facts,
    ],
    notices: [
      // Words typed into a form ("Something else") have no message of their own to put eyes on.
      ...(quiet === null && (opening.linkedTo === null || opening.repeat)
        ? [{ kind: "eyes", message: opening.message } as const]
        : []),
      { kind: "card" },
      ...(speak ? [{ kind: "acknowledge" } as const] : []),
      ...given.notices,
      ...page.notices,
    ],
    words: [],
    reply: { kind: "nothing" },
  };
}
