// Time reached many requests at once: one load, a decision about each, one commit. The same decisions as for one alone.
import { assignAt } from "../domain/request/assigning.ts";
import type { Plan } from "../domain/request/plan.ts";
import { decideTick } from "../domain/request/tick.ts";
import type { Instant, PersonId, RequestId } from "../domain/words.ts";
import { ownersAmong } from "../store/availability.ts";
import { appendToMany, rewakeMany } from "../store/commit-many.ts";
import type { Transaction } from "../store/direct.ts";
import type { Due } from "../store/due.ts";
import { insertLetters } from "../store/letters.ts";
import { type LoadedRequest, loadDue, lockChannels } from "../store/load.ts";
import { insertReminders } from "../store/reminders.ts";
import type { Context } from "./context.ts";
import { eachPlace } from "./fairly.ts";
import { concerningPages } from "./paging.ts";
import { remindersOf } from "./reminding.ts";
import { deliveriesOf, lettersOf, situationOf } from "./write.ts";

interface Setting {
  live: boolean;
  onCall: readonly PersonId[];
}

interface Decided {
  request: LoadedRequest;
  plan: Plan;
}

/** Requests decided in one transaction: their channels are locked meanwhile, and what people write there waits. */
const TOGETHER = 100;
/** How long a lock may be waited for, ms: something that stands still in one channel must not hold up the others. */
const LOCK_MS = 1_000;

/**
 * Looks at requests of one workspace which wake at most `until`, and commits what falls due until now: in their order, many in
 * one transaction. Where that is not possible they are looked at one by one with `alone`; what fails there is logged, and stays
 * due. Never rejects.
 */
export async function handleAll(
  context: Context,
  due: readonly Due[],
  when: { until: Instant; ahead?: number | undefined },
  alone: (request: RequestId) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < due.length; from += TOGETHER) {
    const some = due.slice(from, from + TOGETHER);
    const left = await together(context, some, when);
    await eachPlace(
      some.filter(({ id }) => left.has(id)),
      async ({ id }) => {
        try {
          await alone(id);
        } catch (error) {
          context.log.error(
            { request: id, err: error },
            "a request that fell due could not be looked at; it is tried again",
          );
        }
      },
    );
  }
}

/** Resolves to those that are left to be looked at alone. */
async function together(
  context: Context,
  due: readonly Due[],
  when: { until: Instant; ahead?: number | undefined },
): Promise<ReadonlySet<RequestId>> {
  try {
    return new Set(await handleTicks(context, due, when));
  } catch (error) {
    const requests = due.length;
    context.log.info({ requests, err: error }, "what fell due together could not be decided together");
    return new Set(due.map(({ id }) => id));
  }
}

/** Those that must be looked at alone: they take more than their own history to decide, or somebody else was faster. */
async function handleTicks(
  context: Context,
  due: readonly Due[],
  { until, ahead = 0 }: { until: Instant; ahead?: number | undefined },
): Promise<readonly RequestId[]> {
  const settings = await settingsOf(context, due);
  const now = context.clock.now();
  return context.db.transact(async (tx) => {
    tx.along(tx.$executeRaw`SELECT set_config('lock_timeout', ${`${LOCK_MS}ms`}, true)`);
    const channels = await lockChannels(
      tx,
      due.map(({ channelId }) => channelId),
    );
    const ids = due.map(({ id }) => id);
    const { requests, unread } = await loadDue(tx, ids, until);
    const alone = unread.map(({ id }) => id);
    // What cannot be decided is looked at alone: there it fails alone, and is told of.
    const orAlone = <T>({ id }: LoadedRequest, decide: () => T): T | null => {
      try {
        return decide();
      } catch (error) {
        context.log.debug({ request: id, err: error }, "a request could not be decided with others");
        alone.push(id);
        return null;
      }
    };
    // The most pressing first, as they came.
    const rank = new Map(ids.map((id, index) => [id, index]));
    const inOrder = requests.toSorted((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0));
    const situations = inOrder.flatMap((request) => {
      const setting = settings.get(request.channelId);
      const live = channels.get(request.channelId)?.live ?? setting?.live ?? false;
      const situation = orAlone(request, () => situationOf(request, now, live));
      return situation ? [{ request, setting, situation }] : [];
    });
    const owners = situations.flatMap(({ situation: { state } }) => state.owner ?? []);
    const ownerOf = await ownersAmong(tx, owners);
    const decided: Decided[] = [];
    for (const { request, setting, situation } of situations) {
      const plan = orAlone(request, () => {
        const { state, terms } = situation;
        const assign = assignAt(state, terms);
        // Whom the policy gives it to is decided with the team locked.
        if (assign !== null && assign <= now) return "alone";
        return decideTick({ ...situation, owner: ownerOf(state, terms) }, setting?.onCall ?? [], ahead);
      });
      if (plan === "alone") alone.push(request.id);
      else if (plan) decided.push({ request, plan: await concerningPages(tx, request, plan, now) });
    }
    const left = await write(context, tx, decided, ownerOf, now);
    return [...alone, ...left];
  });
}

/** By channel: what it is to us, and who is on call there. */
async function settingsOf(context: Context, due: readonly Due[]): Promise<ReadonlyMap<string, Setting>> {
  const now = context.clock.now();
  const settings = new Map<string, Setting>();
  for (const { channelId, channel } of due) {
    if (settings.has(channelId)) continue;
    const rules = await context.places.rules(channel);
    const home = rules ? await context.places.home(channel.platform, channel.workspace) : null;
    const onCall = rules && home ? await context.roster.onCall(home, rules.team, now) : [];
    settings.set(channelId, { live: rules?.live ?? false, onCall });
  }
  return settings;
}

/** Resolves to those that somebody else changed meanwhile. */
async function write(
  context: Context,
  tx: Transaction,
  decided: readonly Decided[],
  ownerOf: Awaited<ReturnType<typeof ownersAmong>>,
  now: Instant,
): Promise<RequestId[]> {
  const changing = decided.filter(({ plan }) => plan.facts.length > 0);
  const quiet = decided.filter(({ plan }) => plan.facts.length === 0);
  const additions = changing.map(({ request, plan }) => ({ request, facts: plan.facts }));
  const written = await appendToMany(tx, additions, ownerOf, now);
  tx.along(
    rewakeMany(
      tx,
      quiet.map(({ request }) => request),
      ownerOf,
      now,
    ),
  );
  const mine = changing.filter(({ request }) => written.has(request.id));
  tx.along(
    insertReminders(
      tx,
      mine.flatMap(({ request, plan }) => remindersOf(request, plan.facts, plan.notices)),
    ),
  );
  const letters = mine.flatMap(({ request, plan }) => lettersOf(request, plan, now));
  tx.along(insertLetters(tx, letters));
  const deliveries = mine.flatMap(({ request, plan }) => deliveriesOf(request, plan));
  tx.along(context.outbox(tx, deliveries));
  const wakes = [...written.values()].filter((wake) => wake !== null);
  if (wakes.length > 0) tx.after(() => context.wake(Math.min(...wakes)));
  return changing.flatMap(({ request }) => (written.has(request.id) ? [] : [request.id]));
}
