// Public holidays by region, as sets of local days. The rules are date-holidays'; what counts as a day off is decided here.
// The package itself comes from outside, like the triage model: it costs 30 MB, and only a region needs it.

/** The rules of a country or a part of it, as date-holidays has them; without a country, only what places there are. */
export type HolidayRules = (
  country?: string,
  state?: string,
  part?: string,
) => {
  getCountries(): object | undefined;
  getStates(country: string): object | undefined;
  getRegions(country: string, state: string): object | undefined;
  /** `date` is local wall time. */
  getHolidays(year: number): readonly { date: string; start: Date; end: Date; type: string }[];
};

let load: (() => HolidayRules) | null = null;
let loaded: HolidayRules | null = null;

/** Says where the rules come from; they are asked for at the first region, and then once. */
export function holidaysFrom(source: () => HolidayRules): void {
  load = source;
}

function rulesOf(): HolidayRules {
  loaded ??= load?.() ?? null;
  if (!loaded) throw new Error("A calendar names a region before anybody said where holidays come from.");
  return loaded;
}

/** Days since 1 January 1970 of a local date, whatever its zone. */
export type EpochDay = number;

const DAY_MS = 86_400_000;

/** A day is off when offices are closed by law or custom; observances, school days and half days are not. */
const OFF = new Set(["public", "bank"]);

const byRegion = new Map<string, Map<number, ReadonlySet<EpochDay>>>();

/** Whether `region` (`ES`, `ES-MD`, `US-CA`, `DE-BY-A`) names a country, and a part of it, that has known holidays. */
export function isKnownRegion(region: string): boolean {
  const [country, state, part, ...more] = region.split("-");
  if (country === undefined || more.length > 0) return false;
  const all = rulesOf()();
  if (!(country in (all.getCountries() ?? {}))) return false;
  if (state === undefined) return true;
  if (!(state in (all.getStates(country) ?? {}))) return false;
  return part === undefined || part in (all.getRegions(country, state) ?? {});
}

/** Whether the local day is a holiday of the region. Unknown regions have none: the policy file refuses them. */
export function isHoliday(region: string, day: EpochDay): boolean {
  const year = new Date(day * DAY_MS).getUTCFullYear();
  return daysOff(region, year).has(day);
}

/** The days off of a year; those that began in the last days of the year before (moon calendars) are included. */
function daysOff(region: string, year: number): ReadonlySet<EpochDay> {
  let years = byRegion.get(region);
  if (!years) {
    years = new Map();
    byRegion.set(region, years);
  }
  let days = years.get(year);
  if (!days) {
    days = computeDaysOff(region, year);
    years.set(year, days);
  }
  return days;
}

function computeDaysOff(region: string, year: number): ReadonlySet<EpochDay> {
  const [country = "", state, part] = region.split("-");
  const rules = rulesOf()(country, state, part);
  const days = new Set<EpochDay>();
  for (const holiday of [...rules.getHolidays(year - 1), ...rules.getHolidays(year)]) {
    if (!OFF.has(holiday.type)) continue;
    // `date` is the local wall time it starts at, sometimes with an offset behind it that is of no use here. Some last
    // several days, some start at sunset, some at 14:00 (Christmas Eve in Germany): a day is off when its noon is.
    const start = Date.parse(`${holiday.date.slice(0, 10)}T${holiday.date.slice(11, 19)}Z`);
    if (Number.isNaN(start)) continue;
    const end = start + (holiday.end.getTime() - holiday.start.getTime());
    for (let day = Math.floor(start / DAY_MS); day * DAY_MS < end; day++) {
      const noon = day * DAY_MS + DAY_MS / 2;
      if (start <= noon && noon < end) days.add(day);
    }
  }
  return days;
}
