// The daily digest as data. Pure: rows in, what a lead should see out. No ranking of staff by closed requests.
import type { PledgeKind } from "../promises/pledges.ts";
import type { Why } from "../request/facts.ts";
import type { Instant, Tier } from "../words.ts";

/** A request that is open at the end of the window. */
export interface OpenRow {
  id: string;
  number: number;
  /** Company, or the customer's name. */
  who: string;
  title: string;
  owner: string | null;
  tier: Tier;
  waitsOnCustomer: boolean;
  /** A channel that promises nothing (a community). */
  community: boolean;
  /** Since when the customer has been waiting for us; null when staff spoke last. */
  waitingSince: Instant | null;
  /** The promise that ends, or ended, first; null when nothing is due. */
  due: { kind: PledgeKind; at: Instant; broken: boolean } | null;
}

/** A promise that ended, or ran out, inside the window. */
export interface PledgeRow {
  number: number;
  who: string;
  kept: boolean;
  dueAt: Instant;
  answeredAt: Instant | null;
  why: Why | null;
  /** Who gave their word; null for what the tier promised. */
  word: string | null;
  /** Who put its reminder off, and why; null: nobody did. */
  putOff: { by: string; why: string } | null;
}

/** Kind words, about whose work (null: nobody's yet), and when. */
export interface Praise {
  text: string;
  who: string;
  number: number;
  owner: string | null;
  at: Instant;
}

export interface DigestRows {
  open: readonly OpenRow[];
  pledges: readonly PledgeRow[];
  opened: number;
  closed: number;
  /** Working ms the slowest first answer of the window took, or null. */
  slowest: number | null;
  /** The last broken promise before the window, or null for never. */
  brokenBefore: Instant | null;
  community: { opened: number; answeredByHelpers: number };
  praise: Praise | null;
}

export interface Window {
  from: Instant;
  to: Instant;
  /** The end of the day the digest is for: what is due until then is due today. */
  endOfDay: Instant;
}

export interface Digest {
  from: Instant;
  at: Instant;
  /** The most pressing of those that need a hand, and how many more there are. */
  needs: readonly OpenRow[];
  needsMore: number;
  alsoDue: readonly { owner: string; count: number }[];
  nextDue: Instant | null;
  waitingLongest: readonly (OpenRow & { waitingSince: Instant })[];
  broken: readonly PledgeRow[];
  /** How many of them broke for each cause, the most frequent first. */
  brokenBy: readonly { why: Why; count: number }[];
  /** Whole days without a broken promise before the window; null: none was ever broken. */
  streak: number | null;
  kept: number;
  promised: number;
  /** Of these, what people gave their word for. */
  words: { kept: number; given: number };
  opened: number;
  closed: number;
  openNow: number;
  slowest: number | null;
  community: { opened: number; answeredByHelpers: number; waitingOverDay: number } | null;
  praise: Praise | null;
}

const DAY = 86_400_000;
const NEEDS = 5;
const LONGEST = 3;

/** Why a promise broke. A word is somebody's own, whoever has the request. */
export function causeOf({ word, why }: PledgeRow): Why {
  return word !== null && why === "nobody_owned" ? "owner_silent" : (why ?? "owner_silent");
}

/** Arranges the rows of a window; `window.to` is the digest's own due instant, never "now". */
export function digestOf(rows: DigestRows, window: Window): Digest {
  const ours = rows.open.filter((row) => !row.community);
  const dueToday = ours
    .filter((row) => row.due !== null && row.due.at <= window.endOfDay && !row.waitsOnCustomer)
    .sort((a, b) => (a.due?.at ?? 0) - (b.due?.at ?? 0) || a.tier - b.tier);
  const needing = dueToday.filter((row) => row.owner === null || row.due?.broken);
  const needed = new Set(needing.map((row) => row.id));
  const others = dueToday.filter((row) => !needed.has(row.id));
  const counts = new Map<string, number>();
  for (const { owner } of others) if (owner !== null) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  const waiting = ours
    .flatMap((row) => (row.waitingSince === null ? [] : [{ ...row, waitingSince: row.waitingSince }]))
    .filter((row) => window.to - row.waitingSince >= DAY && !needed.has(row.id))
    .sort((a, b) => a.waitingSince - b.waitingSince);
  // A breach belongs to the window in which the promise ran out, not once more to the one in which it was answered.
  const pledges = rows.pledges.filter(({ kept, dueAt }) => kept || dueAt >= window.from);
  const broken = pledges.filter((pledge) => !pledge.kept).sort((a, b) => a.dueAt - b.dueAt);
  const causes = new Map<Why, number>();
  for (const row of broken) causes.set(causeOf(row), (causes.get(causeOf(row)) ?? 0) + 1);
  const communityOpen = rows.open.filter((row) => row.community);
  const overDay = communityOpen.filter(
    (row) => row.waitingSince !== null && window.to - row.waitingSince >= DAY,
  ).length;
  return {
    from: window.from,
    at: window.to,
    needs: needing.slice(0, NEEDS),
    needsMore: Math.max(0, needing.length - NEEDS),
    alsoDue: [...counts].map(([owner, count]) => ({ owner, count })).sort((a, b) => b.count - a.count),
    nextDue: others[0]?.due?.at ?? null,
    waitingLongest: waiting.slice(0, LONGEST),
    broken,
    brokenBy: [...causes].map(([why, count]) => ({ why, count })).sort((a, b) => b.count - a.count),
    streak: rows.brokenBefore === null ? null : Math.floor((window.from - rows.brokenBefore) / DAY),
    kept: pledges.filter((pledge) => pledge.kept).length,
    promised: pledges.length,
    words: {
      kept: pledges.filter((pledge) => pledge.word !== null && pledge.kept).length,
      given: pledges.filter((pledge) => pledge.word !== null).length,
    },
    opened: rows.opened,
    closed: rows.closed,
    openNow: ours.length,
    slowest: rows.slowest,
    community:
      communityOpen.length + rows.community.opened > 0
        ? { ...rows.community, waitingOverDay: overDay }
        : null,
    praise: rows.praise,
  };
}
