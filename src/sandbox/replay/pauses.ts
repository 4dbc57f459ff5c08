// Where to pause in a silence: a replay skips over it, but what falls due in it must happen in its time.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** After somebody spoke: acknowledgements, then the promises of the tiers and the reminders before them. */
const SOON = [2 * MINUTE + 1_000, 12 * MINUTE, 16 * MINUTE, 31 * MINUTE, 90 * MINUTE, 2 * HOUR + MINUTE];
/** Then every few hours, and after some days once a day; after a month once a week, when nobody waits any more. */
const OFTEN = 4 * HOUR;
const OFTEN_FOR = 5 * DAY;
const DAILY_FOR = 30 * DAY;

/** The instants to stop at on the way from `from` to `to`, in order; the last is `to` itself. Empty when it has passed. */
export function pausesWithin(from: number, to: number): number[] {
  if (to <= from) return [];
  const pauses = SOON.map((after) => from + after);
  let at = from + OFTEN;
  while (at < to) {
    pauses.push(at);
    const gone = at - from;
    at += gone < OFTEN_FOR ? OFTEN : gone < DAILY_FOR ? DAY : 7 * DAY;
  }
  return [...pauses.filter((pause) => pause < to), to];
}

/** Once a day from `from` to `to`, for reports, as seldom as above in long silences; the last is `to` itself. */
export function daysWithin(from: number, to: number): number[] {
  return pausesWithin(from, to).filter((pause, index, all) => {
    const day = (at: number) => Math.floor(at / DAY);
    return pause === to || day(pause) !== day(all[index - 1] ?? from);
  });
}
