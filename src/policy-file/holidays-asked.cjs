// Asks date-holidays in a process of its own, which holidays.ts starts: `places`, or `days REGION FIRST_YEAR LAST_YEAR`. Answers in
// JSON on standard output.
"use strict";

const Holidays = require("date-holidays");

/** Countries, their states and the regions of those, as one tree of codes. */
function places() {
  const all = new Holidays();
  const codes = (named) => Object.keys(named ?? {});
  const states = (country) =>
    codes(all.getStates(country)).map((state) => [state, codes(all.getRegions(country, state))]);
  return Object.fromEntries(
    codes(all.getCountries()).map((country) => [country, Object.fromEntries(states(country))]),
  );
}

/** The holidays of each year, as far as anybody asks about them. */
function days(region, first, last) {
  const rules = new Holidays(...region.split("-"));
  const years = {};
  for (let year = first; year <= last; year++)
    years[year] = rules.getHolidays(year).map(({ date, start, end, type }) => ({ date, start, end, type }));
  return years;
}

const [what, region, first, last] = process.argv.slice(2);
const answer = what === "places" ? places() : days(region, Number(first), Number(last));
process.stdout.write(JSON.stringify(answer));
