// After a gap (restart, lost session, silence): history since the cursor goes through the same path as live events.
import type { ChatEvent } from "../domain/events.ts";
import type { Instant } from "../domain/words.ts";
import { isPassing } from "../errors.ts";
import { passCursor } from "../store/commit.ts";
import { cursors } from "../store/places.ts";
import type { Context } from "./context.ts";

/** Reads overlap the cursor by this much, ms: messages commit out of order, and clocks differ. The seen key makes it safe. */
const OVERLAP = 10 * 60_000;
/** How far back a gap is read at most, ms: an answer to a week-old question is a person's to give. */
const FURTHEST = 7 * 24 * 3_600_000;
/** How long to wait before history that could not be read is tried again, ms; it doubles up to the second number. */
const AGAIN = { first: 30_000, most: 30 * 60_000 };

/**
 * Which channels have been read up to now, in this process. Only there may a live message move the cursor: elsewhere it
 * would pass over what was said while nobody listened, and a restart in that moment would lose it.
 */
export interface Progress {
  /** Events of a platform may have been missed: a new round of reading begins. */
  missed(platform: string): void;
  round(platform: string): number;
  /** `round` is the one the reading began in: what it read does not hold for a gap reported since. */
  caughtUp(platform: string, channelId: string, round: number): void;
  isCaughtUp(platform: string, channelId: string): boolean;
  /** Reading failed, or did not: when it is worth another try. */
  tried(platform: string, ok: boolean, now: Instant): void;
  /** Platforms whose history failed, and may be tried again. */
  toTry(now: Instant): readonly string[];
}

export function createProgress(): Progress {
  const read = new Map<string, Set<string>>();
  const rounds = new Map<string, number>();
  const round = (platform: string) => rounds.get(platform) ?? 0;
  const failed = new Map<string, { at: Instant; pause: number }>();
  return {
    round,
    missed(platform) {
      rounds.set(platform, round(platform) + 1);
      read.delete(platform);
    },
    caughtUp(platform, channelId, begunIn) {
      if (begunIn !== round(platform)) return;
      const channels = read.get(platform) ?? new Set();
      read.set(platform, channels.add(channelId));
    },
    isCaughtUp: (platform, channelId) => read.get(platform)?.has(channelId) ?? false,
    tried(platform, ok, now) {
      const before = failed.get(platform)?.pause;
      const pause = Math.min(before === undefined ? AGAIN.first : before * 2, AGAIN.most);
      if (ok) failed.delete(platform);
      else failed.set(platform, { at: now + pause, pause });
    },
    toTry: (now) => [...failed].flatMap(([platform, { at }]) => (at <= now ? [platform] : [])),
  };
}

/**
 * Reads every watched channel of a platform that is not caught up. A channel without a cursor begins now: what was said
 * before the bot came is not ours to answer. Resolves to the number of events handled; what could not be read or handled
 * stops nothing else, and is tried again by the sweep. One call for a platform at a time.
 */
export async function catchUp(
  context: Context,
  platform: string,
  handle: (event: ChatEvent) => Promise<void>,
): Promise<number> {
  const port = context.platforms.get(platform);
  if (!port) return 0;
  const { progress } = context;
  const round = progress.round(platform);
  const done = { handled: 0, failed: 0 };
  try {
    for (const workspace of await port.workspaces()) {
      const home = await context.places.home(platform, workspace.id);
      if (!home) continue;
      const places = await context.places.all(platform, workspace.id);
      const known = new Map(
        (await cursors(context.db, home.rowId)).map((cursor) => [cursor.channel, cursor]),
      );
      for (const { ref, channelId } of places) {
        if (progress.isCaughtUp(platform, channelId)) continue;
        const cursor = known.get(ref.channel);
        const now = context.clock.now();
        if (!cursor?.since) {
          // Ahead by the overlap, which must not reach back to before we came.
          await passCursor(context.db, channelId, now + OVERLAP);
          progress.caughtUp(platform, channelId, round);
          continue;
        }
        const since = Math.max(cursor.since - OVERLAP, now - FURTHEST);
        const history = port.history(workspace.id, ref.channel, since, cursor.threads);
        const read = await readChannel(context, ref.channel, history, handle);
        done.handled += read.handled;
        if (read.failed) {
          if (read.again) done.failed += 1;
          continue;
        }
        if (read.newest !== null) await passCursor(context.db, channelId, read.newest);
        progress.caughtUp(platform, channelId, round);
      }
    }
  } catch (error) {
    progress.tried(platform, false, context.clock.now());
    throw error;
  }
  progress.tried(platform, done.failed === 0, context.clock.now());
  return done.handled;
}

async function readChannel(
  context: Context,
  channel: string,
  history: AsyncIterable<ChatEvent>,
  handle: (event: ChatEvent) => Promise<void>,
): Promise<{ handled: number; newest: Instant | null; failed: boolean; again: boolean }> {
  const read = { handled: 0, newest: null as Instant | null, failed: false, again: false };
  try {
    for await (const event of history) {
      try {
        await handle(event);
        read.handled += 1;
        if (event.kind === "message") read.newest = Math.max(read.newest ?? event.at, event.at);
      } catch (error) {
        read.failed = true;
        read.again = true;
        context.log.error(
          { channel, message: event.where.message, err: error },
          "an event of the history could not be handled; it is tried again, the others go on",
        );
      }
    }
  } catch (error) {
    read.failed = true;
    read.again = isPassing(error);
    const next = read.again ? "it is tried again shortly" : "it is tried again at the next start";
    context.log.warn({ channel, err: error }, `history could not be read; ${next}`);
  }
  return read;
}
