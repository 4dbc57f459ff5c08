// The figures of triage, computed as ../shared/benchmarks/score.mjs does: macro-F1 over the tiers the gold rows have.

export interface TierScore {
  rows: number;
  /** In percent, like every figure here. */
  macro: number;
  request: number;
  byTier: ReadonlyMap<number, { f1: number; gold: number; said: number }>;
}

const percent = (share: number): number => Math.round(share * 1000) / 10;
const f1 = (right: number, said: number, gold: number): number =>
  right === 0 ? 0 : (2 * right) / (said + gold);

/** `gold[i]` and `said[i]` are tiers, 0 for no request. */
export function scoreOf(gold: readonly number[], said: readonly number[]): TierScore {
  const cells = new Map<number, { right: number; said: number; gold: number }>();
  const cell = (tier: number) => {
    const known = cells.get(tier) ?? { right: 0, said: 0, gold: 0 };
    cells.set(tier, known);
    return known;
  };
  const request = { right: 0, said: 0, gold: 0 };
  gold.forEach((tier, at) => {
    const answer = said[at] ?? 0;
    cell(tier).gold += 1;
    cell(answer).said += 1;
    if (tier === answer) cell(tier).right += 1;
    request.gold += Number(tier > 0);
    request.said += Number(answer > 0);
    request.right += Number(tier > 0 && answer > 0);
  });
  const classes = [...cells].filter(([, { gold: of }]) => of > 0).sort(([a], [b]) => a - b);
  const scores = classes.map(([, { right, said: s, gold: g }]) => f1(right, s, g));
  return {
    rows: gold.length,
    macro: percent(scores.reduce((sum, each) => sum + each, 0) / Math.max(1, scores.length)),
    request: percent(f1(request.right, request.said, request.gold)),
    byTier: new Map(
      classes.map(([tier, { right, said: s, gold: g }]) => [
        tier,
        { f1: percent(f1(right, s, g)), gold: g, said: s },
      ]),
    ),
  };
}

/** How far confidences are from the share that is right, in points: the mean over ten bands, weighted by their rows. */
export function calibrationError(answers: readonly { confidence: number; right: boolean }[]): number {
  const bands = Array.from({ length: 10 }, () => ({ rows: 0, sure: 0, right: 0 }));
  for (const { confidence, right } of answers) {
    const band = bands[Math.min(9, Math.floor(confidence * 10))];
    if (band === undefined) continue;
    band.rows += 1;
    band.sure += confidence;
    band.right += Number(right);
  }
  const off = bands.reduce((sum, { sure, right }) => sum + Math.abs(sure - right), 0);
  return percent(off / Math.max(1, answers.length));
}
