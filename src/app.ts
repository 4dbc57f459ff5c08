// The application: every stimulus takes one path. lock → load → decide → commit → answer.
import { handleAct } from "./app/acting.ts";
import { catchUp, createProgress, readAgain } from "./app/catching-up.ts";
import { handleChat } from "./app/chat.ts";
import type { Context, Parts } from "./app/context.ts";
import { createOrder } from "./app/order.ts";
import { createPeople } from "./app/people.ts";
import { createPlaces } from "./app/places.ts";
import { createRoster } from "./app/roster.ts";
import { createSmallTalk } from "./app/small-talk.ts";
import { handleTick } from "./app/tick.ts";
import { handleAll } from "./app/ticking.ts";
import { createTriage } from "./app/triage.ts";
import { createTurns } from "./app/turns.ts";
import type { ActCall, ChatEvent, Tick } from "./domain/events.ts";
import type { Instant } from "./domain/words.ts";
import { SiempreError } from "./errors.ts";
import type { Answer } from "./messages/card.ts";
import { refusal } from "./messages/refusals.ts";
import type { Due } from "./store/due.ts";
import { takesWrites } from "./store/takes-writes.ts";

export interface App {
  /** What was seen in chat. Resolves once it is committed; rejects when it could not be: then it must come again. */
  event(event: ChatEvent): Promise<void>;
  /** What somebody does. Never rejects: whoever acted gets a sentence, the log gets the cause. */
  act(call: ActCall): Promise<Answer>;
  /** Time reached a request's wake-up. `ahead`, ms: its owner is told already of what falls due so soon. */
  tick(tick: Tick, ahead?: number): Promise<void>;
  /**
   * The same for many requests of one workspace, in their order, which wake at most `until`. Never rejects: one that cannot be
   * looked at keeps no other waiting; it stays due.
   */
  ticks(due: readonly Due[], until: Instant, ahead?: number): Promise<void>;
  /** Events of a platform may have been missed, and will be read: call it at once, and catchUp when there is time. */
  missed(platform: string): void;
  /** Reads what may have been missed on a platform. Resolves to the number of events handled. */
  catchUp(platform: string): Promise<number>;
  /** Tries again what of the history could not be read. Never rejects. */
  catchUpAgain(): Promise<void>;
  /** Begins the end: readings of history break off, and nothing waits for better times any more. What is heard is still decided. */
  halt(): void;
  /** Waits until nothing is under way. */
  idle(): Promise<void>;
  readonly context: Context;
}

/** How often a decision is made anew when somebody else changed the request meanwhile. */
const TRIES = 3;

export function createApp(parts: Parts): App {
  const now = () => parts.clock.now();
  const places = createPlaces({ ...parts, now });
  const people = createPeople({ ...parts, places, now });
  const progress = createProgress();
  const roster = createRoster({ db: parts.db, people, log: parts.log, now });
  const context: Context = {
    ...parts,
    places,
    people,
    roster,
    progress,
    triage: createTriage({ ...parts, now }),
    keepSmallTalk: createSmallTalk(parts.db),
  };
  const inTurn = createTurns();
  const underWay = new Set<Promise<unknown>>();

  function track<T>(work: Promise<T>): Promise<T> {
    underWay.add(work);
    const done = () => underWay.delete(work);
    work.then(done, done);
    return work;
  }

  async function again<T>(act: () => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await act();
      } catch (error) {
        const conflict = error instanceof SiempreError && error.code === "version_conflict";
        if (!conflict || tried === TRIES) throw error;
      }
    }
  }

  const stopping = new AbortController();
  const order = createOrder({
    handle: (event) => again(() => handleChat(context, event)),
    answers: () => takesWrites(parts.db),
    // One reading of a platform at a time: two would not know of each other's gaps.
    readAgain: (channel) =>
      inTurn(`history:${channel.platform}`, () => readAgain(context, channel, past, stopping.signal)),
    log: parts.log,
  });
  const past = (event: ChatEvent) => track(order.read(event));
  const read = (platform: string) =>
    inTurn(`history:${platform}`, () => catchUp(context, platform, past, stopping.signal));

  return {
    context,
    event: (chat) => track(order.live(chat)),
    act: (call) =>
      track(
        again(() => handleAct(context, call)).catch((error: unknown) => {
          parts.log.error({ act: call.act, surface: call.surface, err: error }, "an act failed");
          return refusal("trouble", call.lang ?? "en");
        }),
      ),
    tick: (tick, ahead) => track(again(() => handleTick(context, tick.request, ahead))),
    ticks: (due, until, ahead) =>
      track(handleAll(context, due, { until, ahead }, (id) => again(() => handleTick(context, id, ahead)))),
    missed: progress.missed,
    catchUp(platform) {
      progress.missed(platform);
      return track(read(platform));
    },
    async catchUpAgain() {
      for (const platform of progress.toTry(parts.clock.now())) {
        try {
          await track(read(platform));
        } catch (error) {
          parts.log.warn({ platform, err: error }, "history could not be read; it is tried again shortly");
        }
      }
    },
    halt() {
      stopping.abort();
      order.halt();
    },
    async idle() {
      while (underWay.size > 0) await Promise.allSettled([...underWay]);
    },
  };
}
