// Who is away for long leaves what customers are owed to somebody who is there. Looked for by the sweep: no timer, no memory.
import type { Availability } from "../domain/people/availability.ts";
import { decideAbsence, isLong, SECOND_THOUGHTS } from "../domain/request/absence.ts";
import type { Named } from "../domain/request/view.ts";
import { teamFor } from "../domain/terms.ts";
import type { Instant, PersonId, RequestId } from "../domain/words.ts";
import { type Left, leftBehind } from "../store/absences.ts";
import { loadRequest, lockChannel, placeOf } from "../store/load.ts";
import type { Context } from "./context.ts";
import { availabilityIn, nextPeople, type Setting } from "./next-person.ts";
import { apply, situationOf } from "./write.ts";

/** Requests looked at in one round; the rest follow in the next. */
const MOST = 50;

/**
 * Moves every request of somebody on a long absence that owes something meanwhile, in one workspace or in all. One that fails
 * keeps no other waiting.
 */
export async function reassignAbsent(context: Context, workspaceId: string | null): Promise<void> {
  const now = context.clock.now();
  const left = await leftBehind(context.db.direct, {
    since: now - SECOND_THOUGHTS,
    now,
    owner: null,
    workspaceId,
    limit: MOST,
  });
  for (const each of left) {
    try {
      await move(context, each, now);
    } catch (error) {
      context.log.error(
        { request: each.id, err: error },
        "a request whose owner is away could not be moved; it is tried again",
      );
    }
  }
}

/** What would move after `/away`, and to whom, for the answer to it. Null: nothing moves. */
export async function wouldMove(
  context: Context,
  owner: PersonId,
  now: Instant,
): Promise<{ numbers: readonly number[]; to: string | null } | null> {
  const left = await leftBehind(context.db.direct, { since: now, now, owner, limit: MOST });
  const moving: { left: Left; setting: Setting }[] = [];
  for (const each of left) {
    const setting = await settingOf(context, each.id);
    const availability = setting && (await availabilityIn(context, setting, [owner])).get(owner);
    if (setting && availability && longNow(setting, availability, now)) moving.push({ left: each, setting });
  }
  const [first] = moving;
  if (!first) return null;
  const to = await standIn(context, first.setting, first.left, now);
  return { numbers: moving.map(({ left }) => left.number), to: to?.name ?? null };
}

function longNow({ home }: Setting, availability: Availability, now: Instant): boolean {
  return availability.absences.some(
    (absence) =>
      absence.from <= now && now < absence.until && isLong(absence, availability, home.policy.longAbsence),
  );
}

async function standIn(context: Context, setting: Setting, left: Left, now: Instant): Promise<Named | null> {
  const first = left.backup === null ? [] : [left.backup];
  // Without a backup or somebody on call it is the team's, or its policy's to give out: no colleague is picked by guess.
  const options = { first, without: [left.owner], now, colleagues: false, most: 1 };
  return (await nextPeople(context, setting, options))[0] ?? null;
}

async function settingOf(context: Context, request: RequestId): Promise<Setting | null> {
  const row = await context.db.request.findUnique({
    where: { id: request },
    select: { workspace: true, channel: { select: { externalId: true, name: true } } },
  });
  const home = row ? await context.places.home(row.workspace.platform, row.workspace.externalId) : null;
  const team =
    row && home ? teamFor(home.policy, { id: row.channel.externalId, name: row.channel.name }) : null;
  return home && team ? { home, team } : null;
}

async function move(context: Context, left: Left, now: Instant): Promise<void> {
  const [setting, place] = [await settingOf(context, left.id), await placeOf(context.db, left.id)];
  if (!setting || !place) return;
  const availability = (await availabilityIn(context, setting, [left.owner])).get(left.owner);
  if (!availability || !longNow(setting, availability, now)) return;
  const to = await standIn(context, setting, left, now);
  const rules = await context.places.rules(place);
  await context.db.transact(async (tx) => {
    const { live } = await lockChannel(tx, place.channelId);
    const request = await loadRequest(tx, left.id);
    if (!request) return;
    const situation = situationOf(request, now, live ?? rules?.live ?? false);
    const absent = { owner: left.owner, availability, longer: setting.home.policy.longAbsence };
    const plan = decideAbsence(situation, absent, to?.id ?? null);
    if (plan.facts.length === 0) return;
    await apply(context, tx, request, { channel: place.channel, thread: null }, plan, now);
  });
}
