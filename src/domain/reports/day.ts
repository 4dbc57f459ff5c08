// The end of a day, as a team sees it. Pure.
import { Temporal } from "temporal-polyfill";
import type { Instant } from "../words.ts";

/** Local midnight after `at`. */
export function endOfDay(at: Instant, timezone: string): Instant {
  const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDate();
  return date.add({ days: 1 }).toZonedDateTime({ timeZone: timezone }).epochMilliseconds;
}
