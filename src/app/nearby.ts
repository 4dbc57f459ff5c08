// What stands around a message in its channel, read no further than its decision needs.
import { isPlaced } from "../domain/intake/decide.ts";
import type { Candidate, IntakeContext } from "../domain/intake/intake.ts";
import { needsLines, needsOthers } from "../domain/intake/needs.ts";
import type { Transaction } from "../store/direct.ts";
import { recentLines } from "../store/heard.ts";
import { candidatesFor, candidatesIn } from "../store/load.ts";
import type { Place } from "./places.ts";

type Ids = Pick<Place, "workspaceId" | "channelId">;

/** The requests a message most likely belongs to: those of its thread, else its author's own, else all of the channel. */
export function nearest(
  tx: Transaction,
  { workspaceId, channelId }: Ids,
  message: IntakeContext,
): Promise<readonly Candidate[]> {
  const { where, replyTo, at } = message.message;
  const thread = where.thread ?? replyTo;
  if (thread !== null) return candidatesIn(tx, { workspaceId, channelId, channel: where.channel, thread });
  return candidatesFor(tx, channelId, at, needsOthers(message) ? null : message.author);
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
