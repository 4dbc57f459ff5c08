// Several customers reporting the same thing within a short time: whether a report belongs to an incident, or makes one with
// those before it. Pure: the same reports give the same answer, in whatever order they were looked at.
import { type Gist, gistOf, likeness } from "../intake/likeness.ts";
import type { StormPolicy } from "../policy.ts";
import type { Instant, PersonId, RequestId, Tier } from "../words.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/**
 * From how alike on two reports of different customers are about the same. Lower than for one customer's own (repeat.ts):
 * that several say it at the same time speaks for it, too, and a person confirms.
 */
export const SAME_TROUBLE = 0.55;
/** Questions and ideas are not incidents, however many ask. */
export const WORST_TIER_LEFT_OUT = 4;
/** How long after its last report a confirmed incident takes in more by itself; later ones are proposed anew. */
const TAKES_FOR = 24 * HOUR;

export interface Report {
  request: RequestId;
  number: number;
  customer: PersonId;
  tier: Tier;
  openedAt: Instant;
  /** What it began with; "" when that was deleted. */
  words: string;
}

export interface KnownIncident {
  id: string;
  /** `dismissed`: staff said that these are not related. */
  status: "proposed" | "open" | "dismissed";
  lastAt: Instant;
  reports: readonly Report[];
}

export interface Looking {
  report: Report;
  /** Open requests of the same team that belong to no incident, the report itself left out. */
  others: readonly Report[];
  incidents: readonly KnownIncident[];
  storm: StormPolicy | null;
  stormOfTier1: StormPolicy | null;
}

export type StormDecision =
  | { kind: "nothing" }
  | { kind: "join"; incident: string }
  /** Oldest first, the report among them. */
  | { kind: "propose"; requests: readonly RequestId[]; first: RequestId; tier: Tier };

interface Weighed {
  report: Report;
  gist: Gist;
}

export function decideStorm(looking: Looking): StormDecision {
  const { report, incidents } = looking;
  const widest = Math.max(looking.storm?.within ?? 0, looking.stormOfTier1?.within ?? 0) * MINUTE;
  if (widest === 0 || report.tier >= WORST_TIER_LEFT_OUT || report.words === "") return { kind: "nothing" };
  const mine = weigh(report);
  const known = incidents.find(
    (incident) =>
      Math.abs(report.openedAt - incident.lastAt) <= (incident.status === "open" ? TAKES_FOR : widest) &&
      belongs(mine, incident),
  );
  // What staff took apart is not proposed again with the next report.
  if (known) return known.status === "dismissed" ? { kind: "nothing" } : { kind: "join", incident: known.id };
  return propose(looking, mine);
}

/** Like enough to the first report, or to a third of them: an incident must not drift from what it began with. */
function belongs(mine: Weighed, { reports }: KnownIncident): boolean {
  const like = reports.map((each) => same(mine, weigh(each)));
  return like[0] === true || like.filter(Boolean).length > Math.max(1, reports.length / 3);
}

function propose({ others, storm, stormOfTier1 }: Looking, mine: Weighed): StormDecision {
  const rest = others.filter(({ tier, words }) => tier < WORST_TIER_LEFT_OUT && words !== "").map(weigh);
  for (const policy of [stormOfTier1, storm]) {
    if (!policy) continue;
    const near = ({ report }: Weighed) =>
      Math.abs(report.openedAt - mine.report.openedAt) <= policy.within * MINUTE;
    const cluster = togetherWith(mine, rest.filter(near));
    const failing = cluster.some(({ report }) => report.tier === 1);
    if (policy === stormOfTier1 && !failing) continue;
    if (new Set(cluster.map(({ report }) => report.customer)).size < policy.customers) continue;
    const reports = cluster
      .map(({ report }) => report)
      .sort((one, other) => one.openedAt - other.openedAt || one.number - other.number);
    const [first] = reports;
    if (!first) continue;
    const tier = reports.reduce<Tier>((worst, each) => (each.tier < worst ? each.tier : worst), first.tier);
    return { kind: "propose", requests: reports.map(({ request }) => request), first: first.request, tier };
  }
  return { kind: "nothing" };
}

/** Everything that hangs together with the report through reports that are about the same. */
function togetherWith(mine: Weighed, rest: readonly Weighed[]): Weighed[] {
  const cluster = [mine];
  const left = new Set(rest);
  for (const member of cluster) {
    for (const candidate of left) {
      if (!same(member, candidate)) continue;
      left.delete(candidate);
      cluster.push(candidate);
    }
  }
  return cluster;
}

function weigh(report: Report): Weighed {
  return { report, gist: gistOf(report.words) };
}

/** The same words with an impact far apart are not the same trouble. */
function same(one: Weighed, other: Weighed): boolean {
  return (
    Math.abs(one.report.tier - other.report.tier) <= 2 && likeness(one.gist, other.gist).share >= SAME_TROUBLE
  );
}
