// A request opens.

import type { Terms } from "../policy.ts";
import { acknowledgeAt } from "../promises/reminders.ts";
import type { Reading } from "../triage/reading.ts";
import type { Instant, PersonId, RequestId } from "../words.ts";
import type { Quiet } from "./facts.ts";
import { fact, type Plan } from "./plan.ts";
import { replay } from "./state.ts";

export interface Opening {
  customer: PersonId;
  /** The message it opens with. */
  message: string;
  at: Instant;
  now: Instant;
  reading: Reading;
  terms: Terms;
  live: boolean;
  /** A new account that posts a link: no answer from the bot, the card is flagged (DESIGN, manner). */
  suspicious: boolean;
  /** The colleague who opened it by hand, or null. */
  byHand: PersonId | null;
  linkedTo: RequestId | null;
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
    },
    opening.byHand === null ? opening.at : now,
    opening.customer,
  );
  const state = replay([opened]);
  const due = acknowledgeAt(state, opening.terms);
  const speak = due !== null && due <= now;
  return {
    facts: speak ? [opened, fact({ kind: "acknowledged" }, now, null)] : [opened],
    notices: [
      // Words typed into a form ("Something else") have no message of their own to put eyes on.
      ...(quiet === null && opening.linkedTo === null
        ? [{ kind: "eyes", message: opening.message } as const]
        : []),
      { kind: "card" },
      ...(speak ? [{ kind: "acknowledge" } as const] : []),
    ],
    words: [],
    reply: { kind: "nothing" },
  };
}
