// What asks for nothing may still show what must not stand where others read: a card number in a thank-you, a password in
// somebody else's thread. It is told with the request of its thread, or becomes one, so that somebody sees to it.
import type { MessageEvent } from "../domain/events.ts";
import type { Candidate } from "../domain/intake/intake.ts";
import { nothing } from "../domain/request/plan.ts";
import { allowed, isExposed, withSignals } from "../domain/request/signals.ts";
import { signalsIn } from "../domain/triage/customer-signals.ts";
import type { TracedReading } from "../domain/triage/reading.ts";
import type { Lang, RequestId } from "../domain/words.ts";
import type { Transaction } from "../store/direct.ts";
import { asRequest } from "./by-hand.ts";
import type { Context } from "./context.ts";
import { wordsOf } from "./hearing.ts";
import type { Place } from "./places.ts";
import { openOrRepeat } from "./repeats.ts";
import { apply, mustLoad, situationOf } from "./write.ts";

/** What of a message must not stand there. */
function exposedIn({ info }: Place, message: MessageEvent, lang: Lang) {
  const othersRead = info.shared || !info.private;
  return allowed(signalsIn(wordsOf(message), lang), { detect: [], othersRead }).filter(({ signal }) =>
    isExposed(signal),
  );
}

export function exposesIn(place: Place, message: MessageEvent, lang: Lang): boolean {
  return exposedIn(place, message, lang).length > 0;
}

/** The request whose thread a message was written in, or null. */
export function requestOfThread(event: MessageEvent, near: readonly Candidate[]): RequestId | null {
  const thread = event.where.thread ?? event.replyTo;
  return thread === null ? null : (near.find(({ root }) => root === thread)?.id ?? null);
}

/** Resolves to the request it became; null where it was told with another, or where requests are opened by hand alone. */
export async function exposedBeside(
  context: Context,
  tx: Transaction,
  of: Omit<Parameters<typeof openOrRepeat>[2], "reading"> & {
    reading: TracedReading;
    beside: RequestId | null;
  },
): Promise<RequestId | null> {
  const { beside, ...opening } = of;
  const { place, live, customer, message, reading, now } = opening;
  if (beside === null) {
    if (place.mode !== "every") return null;
    return openOrRepeat(context, tx, { ...opening, reading: asRequest(reading) });
  }
  const request = await mustLoad(tx, beside);
  const { signals, owner } = situationOf(request, now, live).state;
  const said = { message: message.where.message, at: Math.min(message.at, now), by: customer.id };
  const exposed = exposedIn(place, message, reading.lang);
  const plan = withSignals(nothing, exposed, { ...said, known: signals, owner });
  const where = { channel: place.ref.channel, thread: message.where.thread };
  await apply(context, tx, request, where, plan, now);
  return null;
}
