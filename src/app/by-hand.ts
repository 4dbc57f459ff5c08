// A request opened by somebody's hand from a message that is there already.
import type { MessageEvent } from "../domain/events.ts";
import type { Fact } from "../domain/request/facts.ts";
import type { ReadingHints } from "../domain/triage/read.ts";
import type { TracedReading } from "../domain/triage/reading.ts";
import type { RequestId } from "../domain/words.ts";
import type { Statements, Transaction } from "../store/direct.ts";
import { firstSeen, lockChannel } from "../store/load.ts";
import type { Context } from "./context.ts";
import { wordsOf } from "./hearing.ts";
import type { Known } from "./people.ts";
import type { Place } from "./places.ts";
import { linkByHand } from "./repeats.ts";
import { open } from "./write.ts";

/**
 * Opens a request from somebody's message, on behalf of whoever needs it: the author, or, where staff wrote it about a
 * customer they mention, that customer. Null: it belongs to a request already, which is returned as `known`.
 */
export async function openByHand(
  context: Context,
  place: Place,
  target: MessageEvent,
  by: Known,
  key: string,
  also: { facts: readonly Fact[]; keep(tx: Transaction, id: RequestId, text: string): void } | null = null,
): Promise<{ opened: { id: RequestId; number: number } | null; known: RequestId | null }> {
  const customer = await customerOf(context, place, target);
  const reading = context.triage.read(
    place.workspaceId,
    wordsOf(target),
    readingHints(place, target, customer),
  );
  const now = context.clock.now();
  return context.db.transact(async (tx) => {
    const { live } = await lockChannel(tx, place.channelId);
    if (!(await firstSeen(tx, place.workspaceId, key, now))) return { opened: null, known: null };
    const belongs = await requestOfMessage(tx, place, target.where.message);
    if (belongs) return { opened: null, known: belongs.request };
    const asked = asRequest(reading);
    const link = await linkByHand(tx, { place, customer, message: target, reading: asked, now });
    const { id, written } = await open(context, tx, {
      place,
      live: live ?? place.channel.live,
      customer,
      message: target,
      reading: asked,
      byHand: by.id === customer.id ? null : by.id,
      ...link,
      more: also?.facts,
      now,
    });
    also?.keep(tx, id, wordsOf(target));
    return { opened: { id, number: await written }, known: null };
  });
}

async function customerOf(context: Context, place: Place, message: MessageEvent): Promise<Known> {
  const author = await context.people.know(message.author);
  const home = await context.places.home(place.ref.platform, place.ref.workspace);
  if (!home || (await context.people.role(author, home, place.team)) === "customer") return author;
  const mentioned = await Promise.all(
    message.mentions.map((id) => context.people.find(place.ref.platform, place.ref.workspace, id)),
  );
  for (const person of mentioned) {
    if (person && !person.bot && (await context.people.role(person, home, place.team)) === "customer")
      return person;
  }
  return author;
}

export async function requestOfMessage(
  db: Statements,
  place: Place,
  message: string,
): Promise<{ request: RequestId; role: string } | null> {
  const [row] = await db.$queryRaw<{ request: RequestId; role: string }[]>`
    SELECT request_id AS request, role FROM message
    WHERE workspace_id = ${place.workspaceId}::uuid AND channel = ${place.ref.channel} AND external_id = ${message}
      AND request_id IS NOT NULL`;
  return row ?? null;
}

/** What nobody took for a request has no tier: it begins as guidance, and the card asks. */
export function asRequest(reading: TracedReading): TracedReading {
  if (reading.kind === "request") return reading;
  return { ...reading, kind: "request", tier: 4, confidence: 0.3, among: [4, 3, 5] };
}

/** What is known of a message besides its words, for reading it. */
export function readingHints(
  place: Place,
  message: MessageEvent,
  author: Known,
): Pick<ReadingHints, "files" | "known" | "from"> {
  return {
    files: message.files.length,
    from: { author: author.id, channel: place.channelId },
    ...(author.lang ? { known: author.lang } : {}),
  };
}
