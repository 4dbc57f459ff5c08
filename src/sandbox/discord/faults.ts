// What a test wants broken: which calls or dispatches, how, and when. By count, or by a chance that a seed decides.

/** What can go wrong with a REST call. */
export type Fault =
  | { kind: "rate_limited"; retryAfterMs: number; global?: boolean }
  /** An answer such as 500 or 503; the call is not carried out. */
  | { kind: "status"; status: number }
  /** The connection breaks; `after`: the call was carried out, but its answer is lost. */
  | { kind: "cut"; when: "before" | "after" }
  | { kind: "slow"; ms: number };

/** What can go wrong with a dispatch: it comes twice, behind the one that follows it, or never. */
export type Disturbance = "twice" | "late" | "lost";

/** When something strikes. */
export interface Strikes {
  /** The first so many that match are spared. */
  skip?: number;
  /** So many are hit, then none; without it, all. */
  count?: number;
  /** The part of them that is hit, 0 to 1; `seed` decides which, the same ones in every run. */
  chance?: number;
  seed?: number;
}

export interface RestTrouble extends Strikes {
  fault: Fault;
  method?: string;
  /** As documented, e.g. `/channels/:channel/messages`. */
  route?: string;
}

export interface GatewayTrouble extends Strikes {
  disturbance: Disturbance;
  /** Names of dispatches, e.g. `MESSAGE_CREATE`; without it, every one but READY and its like. */
  events?: readonly string[];
}

interface Planned<Trouble extends Strikes> {
  trouble: Trouble;
  spared: number;
  hit: number;
  random: () => number;
}

/** Troubles that were asked for, the oldest first; at most one strikes at a time. */
export class Troubles<Trouble extends Strikes> {
  readonly #planned = new Set<Planned<Trouble>>();

  /** Returns the way to end it. */
  plan(trouble: Trouble): () => void {
    const planned = { trouble, spared: 0, hit: 0, random: seeded(trouble.seed ?? 1) };
    this.#planned.add(planned);
    return () => void this.#planned.delete(planned);
  }

  next(matches: (trouble: Trouble) => boolean): Trouble | null {
    for (const planned of this.#planned) {
      const { trouble } = planned;
      if (!matches(trouble)) continue;
      if (planned.spared < (trouble.skip ?? 0)) {
        planned.spared += 1;
        continue;
      }
      if (trouble.chance !== undefined && planned.random() >= trouble.chance) continue;
      planned.hit += 1;
      if (trouble.count !== undefined && planned.hit >= trouble.count) this.#planned.delete(planned);
      return trouble;
    }
    return null;
  }
}

/** Mulberry32: small, and the same everywhere. Numbers from 0 to below 1. */
function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
