// What happens with one delivery: commit, then acknowledge. Interactions are acknowledged in time whatever happens.
import { setImmediate as endOfTurn } from "node:timers/promises";
import type { Clock } from "../../clock.ts";
import type { ChatEvent } from "../../domain/events.ts";
import type { Lang } from "../../domain/words.ts";
import type { Log } from "../../log.ts";
import type { Answer } from "../../messages/card.ts";
import type { Inbound } from "../platform.ts";
import { type Answers, acknowledgement } from "./answers.ts";
import type { Delivery } from "./connections.ts";
import type { Directory } from "./directory.ts";
import type { HistoryReader } from "./history.ts";
import { messageWithNames, named, readEvent, type Self, withNames } from "./inbound.ts";
import { type Interaction, readInteraction } from "./interactions.ts";
import { ACKNOWLEDGE_MS, LAST_RETRY } from "./limits.ts";

export interface DeliveriesOptions {
  self: Self;
  inbound: Inbound;
  directory: Directory;
  history: HistoryReader;
  answers: Answers;
  clock: Clock;
  log: Log;
}

/** The emoji that opens a request by hand; only for it is the message itself fetched. */
const TICKET = "ticket";

const LATE = Symbol("late");

export function createDeliveries(options: DeliveriesOptions): (delivery: Delivery) => Promise<void> {
  const { self, inbound, directory, history, answers, clock, log } = options;

  /** A reaction does not say in which thread its message stands, nor what it says. */
  async function withTarget(event: ChatEvent): Promise<ChatEvent> {
    if (event.kind !== "reaction" || event.emoji !== TICKET) return event;
    const target = await history.message(event.where);
    return target === null ? event : { ...event, where: target.where, target };
  }

  /** What each channel's newest event waits for before it is handed over. */
  const coming = new Map<string, Promise<unknown>>();

  /** Hands events of a channel over in the order they came, however long their names take to look up. */
  async function handOver(read: ChatEvent): Promise<void> {
    const { channel } = read.where;
    const whole = completed(read);
    // Fetching what a reaction stands under must not hold up what is said.
    if (read.kind === "reaction") return inbound.event(await whole);
    const before = coming.get(channel);
    const mine = Promise.allSettled([before, whole]);
    coming.set(channel, mine);
    void mine.then(() => coming.get(channel) === mine && coming.delete(channel));
    await before;
    await inbound.event(await whole);
  }

  /** The event with what it does not say itself. */
  async function completed(read: ChatEvent): Promise<ChatEvent> {
    const full = await withTarget(read);
    const profile = full.kind === "reaction" ? await directory.profileInTime(full.by.id) : null;
    const whole =
      full.kind === "reaction" && profile ? { ...full, by: { ...full.by, ...authorOf(profile) } } : full;
    return withNames(whole, await directory.namesFor([whole]));
  }

  async function event(delivery: Delivery): Promise<void> {
    const reading = readEvent(delivery.body, self);
    if (reading.kind === "membership") directory.membershipChanged(reading.channel);
    if (reading.kind === "ignored") log.debug({ why: reading.why }, "Slack event ignored.");
    if (reading.kind === "chat") {
      try {
        await handOver(reading.event);
        // What follows from the commit is under way already; a customer waits for that, Slack has three seconds.
        await endOfTurn();
      } catch (error) {
        log.warn(
          { error, kind: reading.event.kind, retry: delivery.retry },
          "A Slack event was not committed; not acknowledged.",
        );
        // Slack gives up after this one: what was lost is found in history.
        if (delivery.retry >= LAST_RETRY) inbound.gap();
        return;
      }
    }
    await acknowledged(delivery);
  }

  /** Acknowledges; a socket that broke meanwhile makes Slack deliver again, which the seen key survives. */
  async function acknowledged(delivery: Delivery, answer?: Record<string, unknown>): Promise<boolean> {
    try {
      await delivery.ack(answer);
      return true;
    } catch (error) {
      log.warn({ error }, "The socket broke before a delivery was acknowledged; Slack delivers it again.");
      return false;
    }
  }

  async function performed(interaction: Interaction): Promise<{ answer: Answer; lang: Lang }> {
    const { call } = interaction;
    const target = call.target;
    const [profile, names] = await Promise.all([
      directory.profileInTime(call.by.id),
      directory.namesFor(target ? [target] : []),
    ]);
    const lang = profile?.lang ?? null;
    const by = profile ? { ...call.by, ...authorOf(profile) } : named(call.by, names);
    const answer = await inbound.act({
      ...call,
      by,
      lang,
      target: target && messageWithNames(target, names),
    });
    return { answer, lang: lang ?? "en" };
  }

  async function interaction(delivery: Delivery): Promise<void> {
    const read = readInteraction(delivery.body, self, clock.now());
    if (read === null) {
      await acknowledged(delivery);
      return;
    }
    const { call } = read;
    const working = performed(read);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<typeof LATE>((resolve) => {
      timer = setTimeout(() => resolve(LATE), ACKNOWLEDGE_MS);
    });
    try {
      const first = await Promise.race([working, late]);
      if (first !== LATE) {
        const carried = acknowledgement(read, first.answer, first.lang);
        if ((await acknowledged(delivery, carried ?? undefined)) && carried !== null) return;
      } else await acknowledged(delivery);
      const { answer, lang } = await working;
      await answers.deliver(read, answer, lang);
    } catch (error) {
      log.error(
        { error, act: call.act, surface: call.surface },
        "An answer did not reach the person who acted.",
      );
      // `working` failed before the deadline: it must still not be left without acknowledgement.
      await acknowledged(delivery);
    } finally {
      clearTimeout(timer);
    }
  }

  return (delivery) => ("event" in delivery.body ? event(delivery) : interaction(delivery));
}

function authorOf(profile: { name: string; external: boolean; company: string | null; bot: boolean }) {
  const { name, external, company, bot } = profile;
  return { name, external, company, bot };
}
