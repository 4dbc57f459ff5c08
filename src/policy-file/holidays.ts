// The package behind `holidays: region`, asked in a process of its own when the first region is named: in this one it would
// stay, with all it brings, and cost 12 to 30 MB for a few lists of days. An answer takes a third of a second and holds for good.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type HolidayRules, holidaysFrom } from "../domain/promises/holidays.ts";

/** Country, state and region by their codes. */
type Places = Record<string, Record<string, readonly string[]>>;
type Days = ReturnType<ReturnType<HolidayRules>["getHolidays"]>;

const ASKED = fileURLToPath(new URL("./holidays-asked.cjs", import.meta.url));
/** Years that one question fetches, the one asked for first: deadlines lie ahead. */
const YEARS_AT_ONCE = 5;
const PATIENCE = 20_000;

/** Whoever reads a policy has it; so has whoever then meets the calendar of an older one, frozen on a request. */
export function provideHolidays(): void {
  holidaysFrom(() => read);
}

let places: Places | null = null;
const known = new Map<string, Map<number, Days>>();

const read: HolidayRules = (...codes) => {
  const region = codes.filter((code) => code !== undefined).join("-");
  const tree = (): Places => {
    places ??= ask<Places>("places");
    return places;
  };
  return {
    getCountries: tree,
    getStates: (country) => tree()[country],
    getRegions: (country, state) => named(tree()[country]?.[state] ?? []),
    getHolidays: (year) => daysOf(region, year),
  };
};

function named(codes: readonly string[]): object {
  return Object.fromEntries(codes.map((code) => [code, code]));
}

function daysOf(region: string, year: number): Days {
  const years = known.get(region) ?? new Map<number, Days>();
  known.set(region, years);
  const there = years.get(year);
  if (there) return there;
  type Written = { date: string; start: string; end: string; type: string };
  const last = year + YEARS_AT_ONCE - 1;
  const answer = ask<Record<string, readonly Written[]>>("days", region, String(year), String(last));
  for (const [of, days] of Object.entries(answer)) {
    const read = days.map((day) => ({ ...day, start: new Date(day.start), end: new Date(day.end) }));
    years.set(Number(of), read);
  }
  return years.get(year) ?? [];
}

/** Synchronous, as every deadline is: the core cannot wait. */
function ask<Answer>(...question: readonly string[]): Answer {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [ASKED, ...question], {
    encoding: "utf8",
    timeout: PATIENCE,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return JSON.parse(stdout) as Answer;
  throw new Error(`The holidays could not be read (${question.join(" ")}): ${error?.message ?? stderr}`);
}
