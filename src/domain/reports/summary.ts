// The weekly feedback-loop summary as data: what customers taught us, and what to take. Pure.
import type { Instant, Tier } from "../words.ts";

/** A request of the window whose cause somebody named. */
export interface CausedRow {
  cause: string;
  who: string;
  tier: Tier;
  /** Working ms the customer waited on us. */
  waited: number;
  /** Words of the customer, or "" where they were erased. */
  words: string;
}

export interface CauseRow {
  id: string;
  name: string;
  owner: string | null;
  status: "open" | "taken" | "in_work" | "shipped" | "declined";
  takenAt: Instant | null;
  /** Requests of the week before the window. */
  before: number;
}

/** A chance that was noted, with what is known of its owner and day. */
export interface Chance {
  request: string;
  number: number;
  who: string;
  /** "" where the customer took the words back. */
  quote: string;
  follows: { name: string; until: Instant } | null;
  /** Their request is still open: it comes first. */
  first: boolean;
}

export interface SummaryRows {
  caused: readonly CausedRow[];
  causes: readonly CauseRow[];
  opened: number;
  openedBefore: number;
  /** Resolved in the window, and how many of them in one go (not reopened, one answer at most). */
  resolved: number;
  inOneGo: number;
  resolvedBefore: number;
  inOneGoBefore: number;
  /** Broken promises and requests by customer. */
  served: readonly { who: string; requests: number; late: number }[];
  /** Why nothing was taken last time, the newest first. */
  notNow: readonly string[];
  /** Those of the week, those nobody has taken yet, and those whose day is still to come; the most pressing first. */
  chances: readonly Chance[];
}

export interface CostlyCause {
  id: string;
  name: string;
  owner: string | null;
  taken: boolean;
  requests: number;
  companies: number;
  waited: number;
  money: boolean;
  /** Mostly how-to: words in the product or the docs could answer it. */
  docs: boolean;
  quote: string | null;
}

export interface Summary {
  from: Instant;
  to: Instant;
  opened: number;
  change: number;
  costly: readonly CostlyCause[];
  /** Requests of the window whose cause is among `costly`. */
  explained: number;
  taken: readonly { name: string; owner: string; before: number; since: number }[];
  /** Percent, or null when nothing was resolved. */
  inOneGo: number | null;
  inOneGoBefore: number | null;
  worst: { who: string; requests: number; late: number } | null;
  /** The cause to take this week, by its place in `costly`, or null. */
  suggested: number | null;
  notNow: string | null;
  chances: readonly Chance[];
}

const SHOWN = 5;
/** What a request of the tier weighs when causes are compared: the core and money count for more than their number. */
const WEIGHT: Readonly<Record<Tier, number>> = { 1: 5, 2: 3, 3: 1.5, 4: 1, 5: 0.5 };

/** Arranges the rows of a week; the window ends at the summary's own due instant. */
export function summaryOf(rows: SummaryRows, window: { from: Instant; to: Instant }): Summary {
  const costs = rows.causes
    .map((cause) => ({ cause, rows: rows.caused.filter((row) => row.cause === cause.id) }))
    .filter((each) => each.rows.length > 0)
    .map(({ cause, rows: caused }) => ({ ...costOf(cause, caused), weight: weightOf(caused) }))
    .sort((a, b) => b.requests - a.requests || b.waited - a.waited);
  const shown = costs.slice(0, SHOWN);
  const free = shown.filter((cause) => cause.owner === null).sort((a, b) => b.weight - a.weight)[0];
  const worst = [...rows.served].sort((a, b) => b.late - a.late || b.requests - a.requests)[0];
  return {
    ...window,
    opened: rows.opened,
    change: rows.opened - rows.openedBefore,
    costly: shown.map(({ weight: _, ...cause }) => cause),
    explained: shown.reduce((sum, cause) => sum + cause.requests, 0),
    taken: latestTaken(rows.causes, window.to).flatMap((cause) =>
      cause.owner !== null
        ? [
            {
              name: cause.name,
              owner: cause.owner,
              before: cause.before,
              since: rows.caused.filter((row) => row.cause === cause.id).length,
            },
          ]
        : [],
    ),
    inOneGo: percent(rows.inOneGo, rows.resolved),
    inOneGoBefore: percent(rows.inOneGoBefore, rows.resolvedBefore),
    worst: worst && (worst.late > 0 || worst.requests > 2) ? worst : null,
    suggested: free ? shown.indexOf(free) : null,
    notNow: rows.notNow[0] ?? null,
    chances: rows.chances.slice(0, SHOWN),
  };
}

/** What somebody works on, the latest first; a list that only grows would not be read. */
function latestTaken(causes: readonly CauseRow[], before: Instant): CauseRow[] {
  return causes
    .filter(({ takenAt, status }) => takenAt !== null && takenAt < before && status !== "declined")
    .sort((a, b) => (b.takenAt ?? 0) - (a.takenAt ?? 0))
    .slice(0, SHOWN);
}

function costOf(cause: CauseRow, rows: readonly CausedRow[]): CostlyCause {
  const quotes = rows.map((row) => row.words).filter((words) => words.length > 0 && words.length <= 90);
  return {
    id: cause.id,
    name: cause.name,
    owner: cause.owner,
    taken: cause.status !== "open",
    requests: rows.length,
    companies: new Set(rows.map((row) => row.who)).size,
    waited: rows.reduce((sum, row) => sum + row.waited, 0),
    money: rows.some((row) => row.tier === 2),
    docs: rows.filter((row) => row.tier === 4).length * 2 > rows.length,
    quote: cause.owner === null ? (quotes[0] ?? null) : null,
  };
}

function weightOf(rows: readonly CausedRow[]): number {
  return rows.reduce((sum, row) => sum + WEIGHT[row.tier], 0);
}

function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 100);
}
