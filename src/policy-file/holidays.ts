// The package behind `holidays: region`, loaded when the first region is named and not before: it costs 30 MB.
import { createRequire } from "node:module";
import type Holidays from "date-holidays";
import { type HolidayRules, holidaysFrom } from "../domain/promises/holidays.ts";

/** Whoever reads a policy has it; so has whoever then meets the calendar of an older one, frozen on a request. */
export function provideHolidays(): void {
  holidaysFrom(load);
}

function load(): HolidayRules {
  // A plain import cannot wait for its time, and a dynamic one would make every deadline asynchronous.
  const Rules: typeof Holidays = createRequire(import.meta.url)("date-holidays");
  return (country, state, part) => {
    if (country === undefined) return new Rules();
    if (state === undefined) return new Rules(country);
    return part === undefined ? new Rules(country, state) : new Rules(country, state, part);
  };
}
