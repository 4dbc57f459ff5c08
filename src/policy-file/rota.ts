// The phrases of "on call", and the rota they make.
import type { z } from "zod";
import { clock, quote, type Read, weekdays } from "../domain/people/written-hours.ts";
import type { Cover, Rota } from "../domain/policy.ts";
import type { WrittenOnCall } from "./schema.ts";
import { dates, selector } from "./words.ts";

/** Monday: turns then change at the beginning of the week, and the first person's turn holds on the day itself. */
const LONG_AGO = "2024-01-01";
const NINE = 9 * 60;

export interface Handover {
  /** Minutes since midnight. */
  at: number;
  /** null: not said. */
  day: number | null;
}

/** One person by id: a group takes no turns. */
export function person(text: string): Read<string> {
  const [id] = selector([text]).ids;
  return id === undefined
    ? { fault: `${quote(text)} is not a person's id, such as U0ANARUIZ or 112233445566778899` }
    : { value: id };
}

/** `monday 9:00`, or `9:00`. */
export function handover(text: string): Read<Handover> {
  const fault = `${quote(text)} is not a handover such as "monday 9:00", or "9:00" for a daily one`;
  const [, before = "", time = "", after = ""] =
    /^(\p{L}*)\s*(\d{1,2}(?::\d{2})?)\s*(\p{L}*)$/u.exec(text) ?? [];
  const at = clock(time);
  if ("fault" in at || at.value === 1440) return { fault };
  const named = before || after;
  if (named === "") return { value: { at: at.value, day: null } };
  const days = weekdays(named);
  const [only, ...more] = "fault" in days ? [] : days.value;
  return only === undefined || more.length > 0 || (before !== "" && after !== "")
    ? { fault }
    : { value: { at: at.value, day: only } };
}

/** `2026-01-05`. */
export function day(text: string): Read<string> {
  const read = dates(text);
  const [only, ...more] = "fault" in read ? [] : read.value;
  return only === undefined || more.length > 0
    ? { fault: `${quote(text)} is not a day such as 2026-01-05` }
    : { value: only };
}

/** `U0MARC 2026-12-24`, `U0MARC 2026-12-24 to 2026-12-31`. */
export function cover(text: string): Read<Cover> {
  const [, who = "", when = ""] = /^(\S+)\s+(.+)$/.exec(text) ?? [];
  const read = person(who);
  const days = dates(when);
  const [from, to] = "fault" in days ? [] : [days.value[0], days.value.at(-1)];
  return "fault" in read || from === undefined || to === undefined
    ? { fault: `${quote(text)} is not a cover such as "U0MARC 2026-12-24 to 2026-12-31"` }
    : { value: { person: read.value, from, to } };
}

/** What no single value shows. */
export function checkRota(written: WrittenOnCall, context: z.RefinementCtx): void {
  const fault = (path: PropertyKey[], message: string) => context.addIssue({ code: "custom", path, message });
  const { people, cover = [] } = written;
  if (people.length === 0) fault(["people"], "needs somebody to call");
  for (const [index, id] of people.entries()) {
    if (people.indexOf(id) !== index) fault(["people", index], "has a turn already");
  }
  for (const [index, span] of cover.entries()) {
    const earlier = cover.slice(0, index).find(({ from, to }) => span.from <= to && from <= span.to);
    if (earlier) fault(["cover", index], `is covered by ${earlier.person} already`);
  }
  if (written.rotation === "daily" && written.handover && written.handover.day !== null) {
    fault(["handover"], "names a day, but the rotation is daily: write the time alone");
  }
}

export function rotaFrom(written: WrittenOnCall, timezone: string): Rota {
  return {
    people: written.people,
    every: written.rotation === "daily" ? "day" : "week",
    at: written.handover?.at ?? NINE,
    day: written.handover?.day ?? 1,
    since: written.since ?? LONG_AGO,
    timezone,
    cover: written.cover ?? [],
    saysTitle: written.sayTitle ?? false,
  };
}
