// Who is on call: people take turns, from handover to handover on the wall of the team's zone. Nothing is kept anywhere: the
// same rota and instant always give the same people.
import { Temporal } from "temporal-polyfill";
import type { Cover, Rota } from "../policy.ts";
import type { Instant } from "../words.ts";

const DAYS = { day: 1, week: 7 } as const;

/** One turn, or a part of one that somebody covers: from `from` up to, not including, `until`. */
export interface Turn {
  /** Platform ids: who is called first, then next; everybody of the rota once. */
  people: readonly string[];
  from: Instant;
  until: Instant;
}

/** Who to call at that instant, first to last, by platform id. Empty only for a rota without people. */
export function onCallAt(rota: Rota, at: Instant): readonly string[] {
  return turnAt(rota, at).people;
}

/**
 * The turn that holds at `at`. The first person's turn begins with the last handover at or before `since`; before it the order
 * goes on backwards, so that no instant is without somebody. A handover in an hour that the clock skips comes an hour later,
 * one that the clock shows twice is the first. Throws RangeError for a zone or a date that does not exist.
 */
export function turnAt(rota: Rota, at: Instant): Turn {
  const length = DAYS[rota.every];
  const first = firstDay(rota);
  const start = (turn: number) => handover(rota, first.add({ days: turn * length }));
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(rota.timezone).toPlainDate();
  let turn = Math.floor(first.until(today, { largestUnit: "day" }).days / length);
  // On the day of a handover its hour decides.
  while (start(turn) > at) turn -= 1;
  while (start(turn + 1) <= at) turn += 1;
  const order = rota.people.map((_, index) => rota.people[modulo(turn + index, rota.people.length)] ?? "");
  return covered(rota, { people: order, from: start(turn), until: start(turn + 1) }, at);
}

/** What is left of a turn when somebody stands in: whoever covers is called first, whom they relieve last. */
function covered(rota: Rota, turn: Turn, at: Instant): Turn {
  const spans = rota.cover.map((cover) => ({ ...spanOf(rota, cover), person: cover.person }));
  const now = spans.find(({ from, until }) => from <= at && at < until);
  const edges = spans.flatMap(({ from, until }) => [from, until]);
  const from = Math.max(turn.from, ...edges.filter((edge) => edge <= at));
  const until = Math.min(turn.until, ...edges.filter((edge) => edge > at));
  if (now === undefined) return { people: turn.people, from, until };
  const rest = turn.people.filter((person) => person !== now.person);
  const [relieved, ...others] = turn.people[0] === now.person ? [] : rest;
  const people = relieved === undefined ? turn.people : [now.person, ...others, relieved];
  return { people, from, until };
}

/** A cover holds from the handover of its first day to the one after its last. */
function spanOf(rota: Rota, cover: Cover): { from: Instant; until: Instant } {
  return {
    from: handover(rota, Temporal.PlainDate.from(cover.from)),
    until: handover(rota, Temporal.PlainDate.from(cover.to).add({ days: 1 })),
  };
}

function firstDay(rota: Rota): Temporal.PlainDate {
  const since = Temporal.PlainDate.from(rota.since);
  return rota.every === "day" ? since : since.subtract({ days: modulo(since.dayOfWeek - rota.day, 7) });
}

function handover(rota: Rota, day: Temporal.PlainDate): Instant {
  const plainTime = Temporal.PlainTime.from({ hour: Math.floor(rota.at / 60), minute: rota.at % 60 });
  return day.toZonedDateTime({ timeZone: rota.timezone, plainTime }).epochMilliseconds;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
