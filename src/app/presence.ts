// Who works when, and who is away: said by people themselves, for themselves.
import { isAtLeast } from "../domain/people/roles.ts";
import { type OwnHours, ownHours } from "../domain/people/written-hours.ts";
import { readWhen } from "../domain/promises/moments.ts";
import type { Answer } from "../messages/card.ts";
import type { Reader } from "../messages/inline.ts";
import { awayAnswer, backAnswer, hoursAnswer, presenceRefused } from "../messages/presence.ts";
import { sentences } from "../messages/text/sentences.ts";
import {
  comeBack,
  ownHoursOf,
  setAway,
  setHours,
  wakeRequestsOf,
  withOwnHours,
} from "../store/availability.ts";
import { wakeLettersOf } from "../store/letters.ts";
import { firstSeen } from "../store/load.ts";
import { wouldMove } from "./absences.ts";
import type { Acting } from "./acting.ts";
import type { Context, Delivery } from "./context.ts";
import { NO_TIME } from "./deciding.ts";
import { declineForAway } from "./offers.ts";
import type { Known } from "./people.ts";

const TEAM_AGAIN = /^(the\s+)?(team|equipo|off|none)('s)?$/i;

/** `/siempre hours`, `/away until`, `/away off`. A repeated delivery changes nothing and says the same. */
export async function actOnPresence(context: Context, acting: Acting): Promise<Answer> {
  const { by, home, lang } = acting;
  const zone = by.timezone ?? teamCalendar(acting).timezone;
  const reader: Reader = { now: context.clock.now(), timezone: zone, lang };
  switch (acting.act.name) {
    case "hours":
      return workHours(context, acting, reader);
    case "away":
      return goAway(context, acting, reader);
    default: {
      let wasAway = false;
      await once(context, acting, reader.now, async (tx) => {
        wasAway = await comeBack(tx, by.id, reader.now);
      });
      context.log.info({ workspace: home.id, wasAway }, "somebody is back");
      return backAnswer(wasAway, reader);
    }
  }
}

function teamCalendar({ team, home }: Acting) {
  return team.calendar ?? home.policy.calendar;
}

async function workHours(context: Context, acting: Acting, reader: Reader): Promise<Answer> {
  const written = typeof acting.args.hours === "string" ? acting.args.hours : "";
  const team = teamCalendar(acting);
  if (written === "") {
    const own = await ownHoursOf(context.db.direct, acting.by.id);
    return hoursAnswer(withOwnHours(team, own), own !== null, reader);
  }
  let own: OwnHours | null = null;
  if (!TEAM_AGAIN.test(written)) {
    const read = ownHours(written);
    if ("fault" in read) return presenceRefused("notHours", reader);
    // Their own hours are meant where they sit; the zone stays with them when the profile changes.
    own = { ...read.value, timezone: read.value.timezone ?? reader.timezone };
  }
  await once(context, acting, reader.now, (tx) => setHours(tx, acting.by.id, own));
  return hoursAnswer(withOwnHours(team, own), own !== null, reader);
}

async function goAway(context: Context, acting: Acting, reader: Reader): Promise<Answer> {
  const when = readWhen(String(acting.args.when ?? ""), reader.now, reader.timezone, acting.lang);
  if (when.kind === "far") return presenceRefused("tooFar", reader);
  if (when.kind !== "at") return { kind: "error", text: sentences(acting.lang).refusals[NO_TIME[when.kind]] };
  const until = when.at;
  const named = typeof acting.args.backup === "string" ? acting.args.backup : null;
  const backup = named === null ? null : await standIn(context, acting, named);
  if (named !== null && backup === null) return presenceRefused("notBackup", reader);
  const who = { workspaceId: acting.home.rowId, person: acting.by.id };
  const open = await once(context, acting, reader.now, (tx) =>
    setAway(tx, who, { from: reader.now, until, backup: backup?.id ?? null }),
  );
  await declineForAway(context, acting, reader.now);
  const moving = await wouldMove(context, acting.by.id, reader.now);
  return awayAnswer({ until, backup: backup?.name ?? null, open, moving }, reader);
}

/** A colleague of the team, not oneself. */
async function standIn(context: Context, acting: Acting, id: string): Promise<Known | null> {
  const { platform, workspace } = acting.call.where;
  const person = await context.people.find(platform, workspace, id);
  if (!person || person.bot || person.id === acting.by.id) return null;
  const role = await context.people.role(person, acting.home, acting.team);
  return isAtLeast(role, "staff") ? person : null;
}

/**
 * Writes what somebody said of themselves, once, and has their open requests looked at and shown anew: when they are to be
 * reminded of them, and what their cards say, may have changed. Resolves to how many there are.
 */
async function once(
  context: Context,
  acting: Acting,
  now: number,
  write: (tx: Parameters<Parameters<Context["db"]["transact"]>[0]>[0]) => Promise<unknown>,
): Promise<number> {
  const requests = await context.db.transact(async (tx) => {
    const first = await firstSeen(tx, acting.home.rowId, `act:${acting.call.id}`, now);
    if (first) await write(tx);
    await wakeLettersOf(tx, acting.by.id, now);
    const theirs = await wakeRequestsOf(tx, acting.by.id, now);
    const cards = theirs.map(
      ({ id, workspaceId }): Delivery => ({
        kind: "notice",
        workspaceId,
        notice: { kind: "card", request: id },
      }),
    );
    if (first) tx.along(context.outbox(tx, cards));
    return theirs;
  });
  context.wake(now);
  return requests.length;
}
