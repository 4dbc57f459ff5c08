// What stands around a message in its channel, read no further than its decision needs.
import { isPlaced } from "../domain/intake/decide.ts";
import type { IntakeContext } from "../domain/intake/intake.ts";
import { needsLines, needsOthers, needsOthersUnread } from "../domain/intake/needs.ts";
import type { Transaction } from "../store/direct.ts";
import { recentLines } from "../store/heard.ts";
import { candidatesFor, candidatesIn, type Near } from "../store/load.ts";
import type { Place } from "./places.ts";

type Ids = Pick<Place, "workspaceId" | "channelId">;

/**
 * The requests a message most likely belongs to: those of its thread, else its author's own, else all of the channel. One
 * that nobody has read yet (`others` null) is given its author's own; `nearestRead` then adds to them where that was too few.
 */
export async function nearest(
  tx: Transaction,
  { workspaceId, channelId }: Ids,
  { message, author }: Pick<IntakeContext, "message" | "author">,
  others: boolean | null,
): Promise<Near> {
  const { where, replyTo, at } = message;
  const thread = where.thread ?? replyTo;
  if (thread !== null) return candidatesIn(tx, { workspaceId, channelId, channel: where.channel, thread });
  const candidates = await candidatesFor(tx, channelId, at, others ? null : author);
  return { candidates, loaded: () => null };
}

/** `near` as `nearest` found it before the message was read: the same, or what it would have found after. */
export function nearestRead(
  tx: Transaction,
  ids: Ids,
  message: IntakeContext,
  near: Near,
): Near | Promise<Near> {
  return needsOthersUnread(message) === null && needsOthers(message) ? nearest(tx, ids, message, true) : near;
}

/** The same message with all else that its decision needs. Most need nothing more. */
export async function surrounded(
  tx: Transaction,
  { channelId }: Place,
  near: IntakeContext,
): Promise<IntakeContext> {
  const { where, replyTo, at } = near.message;
  const lost = (where.thread ?? replyTo) !== null && !isPlaced(near);
  const context = lost ? { ...near, candidates: await candidatesFor(tx, channelId, at) } : near;
  return needsLines(context) ? { ...context, recent: await recentLines(tx, channelId, at) } : context;
}
