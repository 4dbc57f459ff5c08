// After a gap (restart, lost session, silence): history since the cursor goes through the same path as live events.
import type { ChatEvent } from "../domain/events.ts";
import { DIRECT } from "../domain/terms.ts";
import type { ChannelRef, Instant } from "../domain/words.ts";
import { isPassing } from "../errors.ts";
import type { Platform } from "../platforms/platform.ts";
import { passCursor } from "../store/commit.ts";
import { cursors, directsSince } from "../store/places.ts";
import type { Context } from "./context.ts";
import type { Home, Place } from "./places.ts";

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
  /** The same for one channel alone. */
  missedIn(platform: string, channelId: string): void;
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
    missedIn(platform, channelId) {
      read.get(platform)?.delete(channelId);
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

/** Takes in an event of the history. Rejects when it could not be committed. */
type Handle = (event: ChatEvent) => Promise<void>;

/**
 * Reads every watched channel of a platform that is not caught up. A channel without a cursor begins now: what was said
 * before the bot came is not ours to answer. Resolves to the number of events handled; what could not be read or handled
 * stops nothing else, and is tried again by the sweep. One call for a platform at a time. When `signal` tells it to, it
 * breaks off at once; a call to the platform that is under way may still end after it.
 */
export async function catchUp(
  context: Context,
  platform: string,
  handle: Handle,
  signal: AbortSignal,
): Promise<number> {
  const port = context.platforms.get(platform);
  if (!port) return 0;
  const { progress } = context;
  const round = progress.round(platform);
  const done = { handled: 0, failed: 0 };
  const all = async () => {
    for (const workspace of await port.workspaces()) {
      const home = await context.places.home(platform, workspace.id);
      if (!home) continue;
      const directs = await newDirects(context, home);
      const places = [...(await context.places.all(platform, workspace.id)), ...directs.places];
      if (signal.aborted) return;
      const known = new Map(
        (await cursors(context.db.direct, home.rowId)).map((cursor) => [cursor.channel, cursor]),
      );
      for (const place of places) {
        if (signal.aborted) return;
        if (progress.isCaughtUp(platform, place.channelId)) continue;
        const cursor = known.get(place.ref.channel);
        const from = cursor?.since ?? (place.info.name === DIRECT ? directs.since : null);
        const at = { since: from, threads: cursor?.threads ?? [] };
        const read = await readPlace(context, port, place, at, handle, signal);
        done.handled += read.handled;
        if (read.failed) done.failed += read.again ? 1 : 0;
        else progress.caughtUp(platform, place.channelId, round);
      }
    }
  };
  try {
    await unless(signal, all());
  } catch (error) {
    progress.tried(platform, false, context.clock.now());
    throw error;
  }
  progress.tried(platform, done.failed === 0, context.clock.now());
  return done.handled;
}

/** Reads one channel, in which events were turned away. False: it failed, and is worth another try. Never rejects. */
export async function readAgain(
  context: Context,
  ref: ChannelRef,
  handle: Handle,
  signal: AbortSignal,
): Promise<boolean> {
  const { progress, places } = context;
  const port = context.platforms.get(ref.platform);
  const one = async (): Promise<boolean> => {
    const place = await places.watched(ref);
    if (!place || !port) return true;
    const round = progress.round(ref.platform);
    progress.missedIn(ref.platform, place.channelId);
    const cursor = (await cursors(context.db.direct, place.workspaceId)).find(
      ({ channel }) => channel === ref.channel,
    );
    const read = await readPlace(context, port, place, cursor, handle, signal);
    if (!read.failed) progress.caughtUp(ref.platform, place.channelId, round);
    return !read.again;
  };
  try {
    return (await unless(signal, one())) ?? true;
  } catch (error) {
    context.log.warn({ ...ref, err: error }, "a channel could not be read; it is tried again shortly");
    progress.tried(ref.platform, false, context.clock.now());
    return false;
  }
}

/** What the work comes to, or null when it is told to break off before. */
async function unless<T>(signal: AbortSignal, work: Promise<T>): Promise<T | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const breakOff = () => resolve(null);
  if (signal.aborted) breakOff();
  signal.addEventListener("abort", breakOff);
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", breakOff);
  }
}

interface Reading {
  handled: number;
  failed: boolean;
  /** It failed, and may not the next time. */
  again: boolean;
}

async function readPlace(
  context: Context,
  port: Platform,
  { ref, channelId }: Place,
  cursor: { since: Instant | null; threads: readonly string[] } | undefined,
  handle: Handle,
  signal: AbortSignal,
): Promise<Reading> {
  const now = context.clock.now();
  if (!cursor?.since) {
    // Ahead by the overlap, which must not reach back to before we came.
    await passCursor(context.db, channelId, now + OVERLAP);
    return { handled: 0, failed: false, again: false };
  }
  const since = Math.max(cursor.since - OVERLAP, now - FURTHEST);
  const history = port.history(ref.workspace, ref.channel, since, cursor.threads, signal);
  const read = await readChannel(context, ref.channel, history, handle, signal);
  // A cursor that stands for the first time stays, though nothing was said yet.
  if (!read.failed) await passCursor(context.db, channelId, read.newest ?? cursor.since);
  return read;
}

/** Whose first direct message may have come while nobody listened, and since when that is ours to answer. */
async function newDirects(
  context: Context,
  { platform, id, rowId }: Home,
): Promise<{ places: readonly Place[]; since: Instant | null }> {
  const places = await context.places.newDirects(platform, id);
  // Ahead by the overlap, as a channel's first cursor is.
  const from = context.clock.now() + OVERLAP;
  const since = await directsSince(context.db.direct, rowId, places !== null, from);
  return { places: since === null ? [] : (places ?? []), since };
}

async function readChannel(
  context: Context,
  channel: string,
  history: AsyncIterable<ChatEvent>,
  handle: Handle,
  signal: AbortSignal,
): Promise<Reading & { newest: Instant | null }> {
  const read = { handled: 0, newest: null as Instant | null, failed: false, again: false };
  try {
    for await (const event of history) {
      if (signal.aborted) break;
      try {
        await handle(event);
        read.handled += 1;
        if (event.kind === "message") read.newest = Math.max(read.newest ?? event.at, event.at);
      } catch (error) {
        read.failed = true;
        read.again = true;
        if (signal.aborted) break;
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
    if (!signal.aborted) context.log.warn({ channel, err: error }, `history could not be read; ${next}`);
  }
  // What was not read to its end does not move the cursor; nor is anything written after the end.
  return signal.aborted ? { ...read, failed: true, again: false } : read;
}
