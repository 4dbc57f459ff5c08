// At the end of somebody's day, one message: what is owed before they are back may go to whoever comes next.
import { v7 as uuid } from "uuid";
import { awayAt, endOfDay, isAvailable, nextAvailable } from "../domain/people/availability.ts";
import { decideShift, type Receiver } from "../domain/request/ownership.ts";
import { teamFor } from "../domain/terms.ts";
import type { Instant, RequestId } from "../domain/words.ts";
import type { Answer } from "../messages/card.ts";
import type { Reader } from "../messages/inline.ts";
import { shiftAnswer, shiftKept } from "../messages/shifts.ts";
import { sentences } from "../messages/text/sentences.ts";
import { firstSeen, loadRequest, lockChannel, placeOf } from "../store/load.ts";
import { namedPeople } from "../store/places.ts";
import {
  isRaised,
  type Owing,
  owedBy,
  peopleOwing,
  raiseShift,
  type Shift,
  shiftOf,
} from "../store/shifts.ts";
import type { Acting } from "./acting.ts";
import type { Context } from "./context.ts";
import { availabilityIn, nextPeople } from "./next-person.ts";
import type { Home } from "./places.ts";
import { apply, situationOf } from "./write.ts";

/** So long before the end of their day people are asked, ms: they must be there to answer. */
const AHEAD = 15 * 60_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Asks everybody whose day ends now, in workspaces whose policy says so. Who was asked is a row: nobody is asked twice. */
export async function raiseShifts(context: Context): Promise<void> {
  for (const [platform, port] of context.platforms) {
    for (const workspace of await port.workspaces()) {
      const home = await context.places.home(platform, workspace.id);
      if (!home?.policy.shiftHandover) continue;
      for (const owing of await peopleOwing(context.db.direct, home.rowId)) {
        try {
          await raise(context, home, owing);
        } catch (error) {
          context.log.error(
            { workspace: home.id, person: owing.owner, err: error },
            "the end of a shift could not be looked at; it is tried again",
          );
        }
      }
    }
  }
}

async function raise(context: Context, home: Home, { owner, channel, channelName }: Owing): Promise<void> {
  const now = context.clock.now();
  const team = teamFor(home.policy, { id: channel, name: channelName });
  if (!team) return;
  const setting = { home, team };
  const availability = (await availabilityIn(context, setting, [owner])).get(owner);
  if (!availability || !isAvailable(availability, now)) return;
  const endsAt = endOfDay(availability, now);
  if (endsAt === null || endsAt <= now || endsAt - now > AHEAD) return;
  const backAt = nextAvailable(availability, endsAt);
  if (backAt === null || (await isRaised(context.db.direct, owner, endsAt))) return;
  const owed = await owedBy(context.db.direct, { workspaceId: home.rowId, owner, before: backAt });
  if (owed.length === 0) return;
  const backup = awayAt(availability, endsAt)?.backup ?? null;
  const [next] = await nextPeople(context, setting, {
    first: backup === null ? [] : [backup],
    without: [owner],
    now: endsAt,
    colleagues: true,
    most: 1,
  });
  // With nobody there to take it, a question would only be one more message.
  if (!next) return;
  const shift: Shift = { id: uuid(), workspaceId: home.rowId, person: owner, to: next.id, endsAt, backAt };
  await context.db.transact(async (tx) => {
    if (!(await raiseShift(tx, shift))) return;
    tx.along(context.outbox(tx, [{ kind: "shift", workspaceId: home.rowId, shift: shift.id }]));
  });
}

/** What of theirs is owed before they are back, at this moment; or everything that is open. */
export function owedOf(
  context: Context,
  shift: Shift,
  which: "owed" | "open" = "owed",
): Promise<readonly RequestId[]> {
  return owedBy(context.db.direct, {
    workspaceId: shift.workspaceId,
    owner: shift.person,
    before: which === "owed" ? shift.backAt : null,
  });
}

/** *Hand all over* and *Keep*. Only whose day it is may answer. */
export async function actOnShift(context: Context, acting: Acting, reader: Reader): Promise<Answer> {
  const id = String(acting.args.shift);
  const shift = UUID.test(id) ? await shiftOf(context.db.direct, id) : null;
  if (!shift || shift.person !== acting.by.id)
    return { kind: "error", text: sentences(acting.lang).refusals.not_yours };
  if (acting.act.name === "keep_shift") return shiftKept(reader.lang);
  const setting = { home: acting.home, team: acting.team };
  const when = (await availabilityIn(context, setting, [shift.to])).get(shift.to);
  if (when && awayAt(when, reader.now))
    return { kind: "error", text: sentences(acting.lang).refusals.receiver_away };
  const to = { id: shift.to, from: when ? nextAvailable(when, reader.now) : null };
  const which = acting.args.which === "open" ? "open" : "owed";
  const offered = await offerAll(context, acting, to, await owedOf(context, shift, which), reader.now);
  const name = (await namedPeople(context.db, [shift.to])).get(shift.to)?.name ?? "";
  return shiftAnswer({ ...offered, to: name }, reader);
}

/**
 * Offers all of it in one transaction, so that the next person hears of it in one message. Resolves to the numbers of what was
 * offered: not what is theirs no more, nor what this very tap had offered; `from`: when it is told, where that is not now.
 */
async function offerAll(
  context: Context,
  { call, by }: Acting,
  to: Pick<Receiver, "id" | "from">,
  requests: readonly RequestId[],
  now: Instant,
): Promise<{ numbers: readonly number[]; from: Instant | null }> {
  const found = await Promise.all(
    requests.map(async (id) => {
      const place = await placeOf(context.db, id);
      return place ? [{ id, place, rules: await context.places.rules(place) }] : [];
    }),
  );
  // Channels are locked in one order, whoever locks several.
  const ordered = found
    .flat()
    .toSorted((one, other) => (one.place.channelId < other.place.channelId ? -1 : 1));
  return context.db.transact(async (tx) => {
    const numbers: number[] = [];
    let from: Instant | null = null;
    for (const { id, place, rules } of ordered) {
      const { live } = await lockChannel(tx, place.channelId);
      if (!(await firstSeen(tx, place.workspaceId, `act:${call.id}:${id}`, now))) continue;
      const request = await loadRequest(tx, id);
      if (!request) continue;
      const situation = situationOf(request, now, live ?? rules?.live ?? false);
      const plan = decideShift(situation, by.id, to);
      if (plan.facts.length === 0) continue;
      await apply(context, tx, request, { channel: place.channel, thread: null }, plan, now);
      numbers.push(request.number);
      if (plan.reply.kind === "offered") from = plan.reply.from ?? from;
    }
    return { numbers: numbers.toSorted((one, other) => one - other), from };
  });
}
