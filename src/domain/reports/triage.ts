// How often triage and the team agree. Pure: rows of requests in, weeks, tiers, sources and corrections out.
import type { Source } from "../triage/reading.ts";
import type { Instant, Tier } from "../words.ts";

/** A request as it was read, and what people made of it. */
export interface TriagedRow {
  openedAt: Instant;
  /** As it was read, before any person chose. */
  read: Tier;
  source: Source;
  /** The tier a person chose last; null: nobody did. 0: it was no request. */
  chosen: Tier | 0 | null;
}

export interface Agreement {
  requests: number;
  /** Those whose tier nobody changed; one tap that confirms it is no change. */
  agreed: number;
}

export interface TriageReport {
  /** Oldest first; weeks without a request are left out. `from` is the week's first instant. */
  weeks: readonly (Agreement & { from: Instant })[];
  byTier: readonly (Agreement & { tier: Tier })[];
  bySource: readonly (Agreement & { source: Source })[];
  /** What was corrected to what, the most frequent first. */
  corrected: readonly { from: Tier; to: Tier | 0; count: number }[];
}

const WEEK = 7 * 24 * 3_600_000;
const TIERS: readonly Tier[] = [1, 2, 3, 4, 5];
const SOURCES: readonly Source[] = ["rule", "model"];
const MOST_CORRECTED = 6;

function agreementOf(rows: readonly TriagedRow[]): Agreement {
  const agreed = rows.filter(({ read, chosen }) => chosen === null || chosen === read).length;
  return { requests: rows.length, agreed };
}

/** @param now the end of the last week counted; weeks reach back from it */
export function triageReportOf(rows: readonly TriagedRow[], now: Instant): TriageReport {
  const byWeek = Map.groupBy(rows, ({ openedAt }) => Math.floor((now - openedAt) / WEEK));
  const changes = rows.filter(({ read, chosen }) => chosen !== null && chosen !== read);
  const byChange = Map.groupBy(changes, ({ read, chosen }) => `${read} ${chosen}`);
  return {
    weeks: [...byWeek]
      .sort(([one], [other]) => other - one)
      .map(([ago, its]) => ({ from: now - (ago + 1) * WEEK, ...agreementOf(its) })),
    byTier: TIERS.map((tier) => ({ tier, ...agreementOf(rows.filter(({ read }) => read === tier)) })).filter(
      ({ requests }) => requests > 0,
    ),
    bySource: SOURCES.map((source) => ({
      source,
      ...agreementOf(rows.filter((row) => row.source === source)),
    })).filter(({ requests }) => requests > 0),
    corrected: [...byChange.values()]
      .flatMap((its) => {
        const [first] = its;
        return first?.chosen == null ? [] : [{ from: first.read, to: first.chosen, count: its.length }];
      })
      .sort((a, b) => b.count - a.count || a.from - b.from)
      .slice(0, MOST_CORRECTED),
  };
}
