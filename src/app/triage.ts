// Reading messages as this workspace does: the rules, the learned model that comes with this version, and what the workspace's
// own people corrected.
import { LRUCache } from "lru-cache";
import { type Learning, type Lesson, learningOf } from "../domain/triage/learning.ts";
import type { TriageModel } from "../domain/triage/model.ts";
import { lessonOf, type ReadingHints, readMessage } from "../domain/triage/read.ts";
import type { TracedReading } from "../domain/triage/reading.ts";
import type { Instant } from "../domain/words.ts";
import { examplesOf, learnedVersion } from "../store/corrections.ts";
import type { Direct } from "../store/direct.ts";

export interface Triage {
  /** Reads a message. `workspace` is the row id of the workspace it was written in. */
  read(workspace: string, text: string, hints?: Omit<ReadingHints, "model" | "learning">): TracedReading;
  /** Learns what the workspace has corrected since. Resolves at once where that was looked at just now. */
  ready(workspace: string): Promise<void>;
  /** Something was corrected or forgotten in this process. */
  changed(workspace: string): void;
}

/** How long what another process learned may go unnoticed, ms. */
const FRESH = 5_000;

interface Known {
  version: number;
  at: Instant;
  /** By their words, so that one more correction reads one message and not all of them. */
  lessons: ReadonlyMap<string, Lesson>;
  learning: Learning | null;
}

export function createTriage(parts: { model: TriageModel | null; db: Direct; now(): Instant }): Triage {
  const { model, db, now } = parts;
  const known = new LRUCache<string, Known>({ max: 500 });
  let changes = 0;

  async function learn(workspace: string): Promise<void> {
    if (!model) return;
    const at = now();
    const before = known.get(workspace);
    if (before && Math.abs(at - before.at) < FRESH) return;
    const asOf = changes;
    const version = await learnedVersion(db.direct, workspace);
    if (before?.version === version) {
      before.at = at;
      return;
    }
    const lessons = (await examplesOf(db.direct, workspace)).map(
      ({ text, tier, ...said }): [string, Lesson] => {
        const same = before?.lessons.get(text);
        return [text, same ? { ...same, is: tier, said } : lessonOf(text, tier, model, said)];
      },
    );
    known.set(workspace, {
      version,
      // What was corrected while the examples were read is looked for again.
      at: changes === asOf ? at : Number.NEGATIVE_INFINITY,
      lessons: new Map(lessons),
      learning:
        lessons.length > 0
          ? learningOf(
              model,
              lessons.map(([, lesson]) => lesson),
            )
          : null,
    });
  }

  return {
    read(workspace, text, hints = {}) {
      const learning = known.get(workspace)?.learning;
      return readMessage(text, { ...hints, ...(model && { model }), ...(learning && { learning }) });
    },
    ready: learn,
    changed(workspace) {
      changes += 1;
      const before = known.get(workspace);
      if (before) known.set(workspace, { ...before, at: Number.NEGATIVE_INFINITY, version: -1 });
    },
  };
}
