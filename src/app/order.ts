// One queue for each channel: what was said in it is decided one after the other, in the order it was said, and a
// failure holds up what was said later instead of letting it overtake. Within this process only.
import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { ChatEvent } from "../domain/events.ts";
import type { ChannelRef } from "../domain/words.ts";
import { isPassing, SiempreError } from "../errors.ts";
import type { Log } from "../log.ts";
import { seenKey } from "./seen-key.ts";

export interface Order {
  /**
   * What has just been said. Resolves once it is committed; while the database is away it waits, and what is said later
   * waits behind it. Rejects when it is given up or there is no room for it: then it must come again.
   */
  live(event: ChatEvent): Promise<void>;
  /** The same for what is read from history: there is always room for it, and nothing holds it but what was said before. */
  read(event: ChatEvent): Promise<void>;
  /** Ends all waiting for better times: what failed, and what stands behind it, is rejected. The rest is decided. */
  halt(): void;
}

export interface OrderParts {
  handle(event: ChatEvent): Promise<void>;
  /** Whether the database takes writes. Never rejects. */
  answers(): Promise<boolean>;
  /** Reads a channel in which events were turned away, through `read`. False: it is worth another try. Never rejects. */
  readAgain(channel: ChannelRef): Promise<boolean>;
  log: Log;
}

/** How much waits, behind a failure in one channel and at all: the rest is turned away, and read from history. */
const MOST = { each: 500, all: 5_000 };
/** Pauses between tries, ms: doubled up to the second number. */
const PAUSE = { first: 100, most: 2_000 };
/** Tries of an event that fails although the database answers: by our own fault, and by the platform's. Then the others go on. */
const TRIES = { own: 3, platform: 8 };
/** Tries of reading a channel again before live events go on without. */
const READINGS = 8;
/** An answer that comes while its root, said so shortly before (ms), is unknown, waits so long (ms) for it. */
const OVERTAKING = { within: 5_000, wait: 400 };
/** Of how many messages it is known that they have come: more than are said while an answer may overtake its root. */
const LATELY = 4_000;

interface Entry {
  key: string;
  event: ChatEvent;
  read: boolean;
  done: PromiseWithResolvers<void>;
}

interface Queue {
  where: ChannelRef;
  /** In the order they were said. */
  waiting: Entry[];
  /** What waits or is being decided, by seen key. */
  known: Map<string, Entry>;
  working: boolean;
  /** Failures since the last success: in all, and of those while the database answered. */
  failures: number;
  tries: number;
  /** Something was turned away: more is, until what waits is decided and the history can be read. */
  turnedAway: boolean;
  /** The history is being read: only what it tells is decided. */
  reading: boolean;
}

export function createOrder(parts: OrderParts): Order {
  const { log } = parts;
  const queues = new Map<string, Queue>();
  const came = new LRUCache<string, true>({ max: LATELY });
  /** Answers that wait for their root, by its key. */
  const awaited = new Map<string, PromiseWithResolvers<void>>();
  const halting = new AbortController();
  // One listener for each channel that pauses.
  setMaxListeners(0, halting.signal);
  const halted = () => halting.signal.aborted;
  let all = 0;

  function queueOf({ platform, workspace, channel }: ChannelRef): Queue {
    const key = `${platform}:${workspace}:${channel}`;
    const known = queues.get(key);
    if (known) return known;
    const made: Queue = {
      where: { platform, workspace, channel },
      waiting: [],
      known: new Map(),
      working: false,
      failures: 0,
      tries: 0,
      turnedAway: false,
      reading: false,
    };
    queues.set(key, made);
    return made;
  }

  function enter(event: ChatEvent, read: boolean): Promise<void> {
    const queue = queueOf(event.where);
    const key = seenKey(event);
    const known = queue.known.get(key);
    if (known) {
      known.read ||= read;
      void work(queue);
      return known.done.promise;
    }
    const held = queue.failures > 0 || queue.reading;
    if (halted() && (held || queue.turnedAway)) return Promise.reject(notNow());
    const full = all >= MOST.all || (held && queue.waiting.length >= MOST.each);
    if (!read && (queue.turnedAway || full)) {
      if (!queue.turnedAway) log.warn({ ...queue.where }, "too much waits in a channel; it is read later");
      queue.turnedAway = true;
      return Promise.reject(notNow());
    }
    const entry: Entry = { key, event, read, done: Promise.withResolvers() };
    queue.known.set(key, entry);
    all += 1;
    line(queue, entry);
    if (event.kind === "message") {
      const name = messageKey(event.where, event.where.message);
      came.set(name, true);
      awaited.get(name)?.resolve();
    }
    void work(queue);
    return entry.done.promise;
  }

  /** Puts it where it belongs by the time it was said. */
  function line(queue: Queue, entry: Entry): void {
    const after = queue.waiting.findLastIndex((one) => !saidBefore(entry.event, one.event));
    queue.waiting.splice(after + 1, 0, entry);
  }

  function leave(queue: Queue, entry: Entry, error?: unknown): void {
    queue.known.delete(entry.key);
    all -= 1;
    if (error === undefined) entry.done.resolve();
    else entry.done.reject(error);
  }

  async function work(queue: Queue): Promise<void> {
    if (queue.working) return;
    queue.working = true;
    for (;;) {
      const next = queue.reading ? queue.waiting.find(({ read }) => read) : queue.waiting[0];
      if (!next) break;
      queue.waiting.splice(queue.waiting.indexOf(next), 1);
      if (await decided(queue, next)) continue;
      line(queue, next);
      await pause(queue.failures);
      if (halted()) giveUp(queue);
    }
    queue.working = false;
    if (queue.reading || queue.waiting.length > 0) return;
    if (queue.turnedAway) void catchUp(queue);
    else queues.delete(`${queue.where.platform}:${queue.where.workspace}:${queue.where.channel}`);
  }

  /** False: it must be tried again, before anything else of the channel. */
  async function decided(queue: Queue, entry: Entry): Promise<boolean> {
    const { event } = entry;
    try {
      await parts.handle(event);
      queue.failures = 0;
      queue.tries = 0;
      leave(queue, entry);
      return true;
    } catch (error) {
      if (queue.failures === 0)
        log.warn(
          { kind: event.kind, channel: event.where.channel, err: error },
          "an event could not be committed; it is tried again, and what was said later in its channel waits",
        );
      queue.failures += 1;
      if (await parts.answers()) queue.tries += 1;
      const most = error instanceof SiempreError && isPassing(error) ? TRIES.platform : TRIES.own;
      if (queue.tries < most) return false;
      leave(queue, entry, error);
      return true;
    }
  }

  /** After something was turned away: live events wait for the history, which has it. */
  async function catchUp(queue: Queue): Promise<void> {
    queue.turnedAway = false;
    queue.reading = true;
    for (let tried = 1; !halted() && !(await parts.readAgain(queue.where)); tried += 1) {
      if (tried === READINGS) {
        log.error(
          { ...queue.where },
          "the history of a channel could not be read; live events go on without",
        );
        break;
      }
      await pause(tried);
    }
    queue.reading = false;
    if (halted()) giveUp(queue);
    void work(queue);
  }

  function giveUp(queue: Queue): void {
    for (const entry of queue.waiting.splice(0)) leave(queue, entry, notNow());
  }

  /** Longer after each failure in a row, and over at once when waiting ends. */
  async function pause(failures: number): Promise<void> {
    const ms = Math.min(PAUSE.most, PAUSE.first * 2 ** (failures - 1));
    await wait(ms, undefined, { signal: halting.signal }).catch(() => undefined);
  }

  /** Two sockets are two ways: an answer written at once after its root may come before it. */
  async function root(event: ChatEvent): Promise<void> {
    if (event.kind !== "message") return;
    const { where, at, replyTo, rootAt } = event;
    const id = where.thread ?? replyTo;
    if (id === null || id === where.message || rootAt === undefined || at - rootAt > OVERTAKING.within)
      return;
    const key = messageKey(where, id);
    if (came.has(key)) return;
    const coming = awaited.get(key) ?? Promise.withResolvers<void>();
    awaited.set(key, coming);
    const timer = setTimeout(coming.resolve, OVERTAKING.wait);
    await coming.promise;
    clearTimeout(timer);
    awaited.delete(key);
  }

  return {
    async live(event) {
      await root(event);
      await enter(event, false);
    },
    read: (event) => enter(event, true),
    halt: () => halting.abort(),
  };
}

function messageKey({ platform, workspace, channel }: ChannelRef, message: string): string {
  return `${platform}:${workspace}:${channel}:${message}`;
}

/** Ids of one platform grow with time; of one moment, they tell. */
function saidBefore(a: ChatEvent, b: ChatEvent): boolean {
  if (a.at !== b.at) return a.at < b.at;
  const [one, other] = [a.where.message, b.where.message];
  return one.length === other.length ? one < other : one.length < other.length;
}

function notNow(): SiempreError {
  return new SiempreError(
    "database_unavailable",
    "An event could not be decided now. It comes again: by the platform, or from its history.",
  );
}
