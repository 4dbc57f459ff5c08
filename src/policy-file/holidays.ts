// The package behind `holidays: region`, asked in a process of its own when the first region is named: in this one it would
// stay, with all it brings, and cost 12 to 30 MB for a few lists of days. An answer takes a third of a second and holds for good.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type HolidayRules, holidaysFrom } from "../domain/promises/holidays.ts";
import { SiempreError } from "../errors.ts";

/** Country, state and region by their codes. */
type Places = Record<string, Record<string, readonly string[]>>;
type Days = ReturnType<ReturnType<HolidayRules>["getHolidays"]>;

const ASKED = fileURLToPath(new URL("./holidays-asked.cjs", import.meta.url));
/** Years that are fetched when a policy names the region: no deadline of a running desk has to ask again. */
const FORESEEN = { first: 2025, last: 2044 };
/** Years that one later question fetches, the one asked for first: deadlines lie ahead. */
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

/**
 * Fetches the holidays of a known region that a policy names, so that what can fail fails while somebody looks. Throws
 * SiempreError `policy_invalid`.
 */
export function foresee(region: string): void {
  if (!known.get(region)?.has(FORESEEN.first)) fetchDays(region, FORESEEN.first, FORESEEN.last);
}

/** Never throws: a promise is due all the same, without holidays sooner rather than later, and the next start asks again. */
function daysOf(region: string, year: number): Days {
  const there = known.get(region)?.get(year);
  if (there) return there;
  const last = year + YEARS_AT_ONCE - 1;
  try {
    return fetchDays(region, year, last).get(year) ?? [];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.emitWarning(`Until the next start ${year} to ${last} have no holidays in ${region}. ${why}`);
    const years = yearsOf(region);
    for (let of = year; of <= last; of += 1) if (!years.has(of)) years.set(of, []);
    return [];
  }
}

function yearsOf(region: string): Map<number, Days> {
  const years = known.get(region) ?? new Map<number, Days>();
  known.set(region, years);
  return years;
}

function fetchDays(region: string, first: number, last: number): Map<number, Days> {
  type Written = { date: string; start: string; end: string; type: string };
  const answer = ask<Record<string, readonly Written[]>>("days", region, String(first), String(last));
  const years = yearsOf(region);
  for (const [of, days] of Object.entries(answer)) {
    const read = days.map((day) => ({ ...day, start: new Date(day.start), end: new Date(day.end) }));
    years.set(Number(of), read);
  }
  return years;
}

/** Synchronous, as every deadline is: the core cannot wait. Throws SiempreError `policy_invalid`. */
function ask<Answer>(...question: readonly string[]): Answer {
  const { status, signal, stdout, stderr, error } = spawnSync(process.execPath, [ASKED, ...question], {
    encoding: "utf8",
    timeout: PATIENCE,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return JSON.parse(stdout) as Answer;
  const said = error?.message ?? firstFault(stderr) ?? `it ended with ${signal ?? status}`;
  throw new SiempreError(
    "policy_invalid",
    `The holidays of the regions in the policy could not be read: the process that knows them failed (${said}). ` +
      "Start again; if that does not help, install the packages anew with `npm ci`, or write `region: none` and list the days.",
    { question, status, signal, stderr: stderr ?? "" },
    { cause: error },
  );
}

/** The line of what a process wrote that says what went wrong. */
function firstFault(written: string | null): string | undefined {
  const lines = (written ?? "").split("\n").map((line) => line.trim());
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.find((line) => line !== "");
}
