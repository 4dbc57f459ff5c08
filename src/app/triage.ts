// Reading messages as this workspace does: the rules, the learned model that comes with this version, and what the workspace's
// own people corrected.
import { LRUCache } from "lru-cache";
import { type Learning, type Lesson, learningOf } from "../domain/triage/learning.ts";
import type { TriageModel } from "../domain/triage/model.ts";
import { lessonOf, type ReadingHints, readMessage } from "../domain/triage/read.ts";
import type { Topic, TracedReading } from "../domain/triage/reading.ts";
import type { Instant, Lang } from "../domain/words.ts";
import { examplesOf, learnedVersion } from "../store/corrections.ts";
import type { Direct } from "../store/direct.ts";

export interface Triage {
  /** Reads a message. `workspace` is the row id of the workspace it was written in. */
  read(workspace: string, text: string, hints?: Omit<ReadingHints, "model" | "learning">): TracedReading;
  /** What a message is about, where that is sure; not read again where that was done just now. */
  topic(workspace: string, text: string, lang: Lang): Topic | null;
  /** Learns what the workspace has corrected since. Resolves at once where that was looked at just now. */
  ready(workspace: string): Promise<void>;
  /** Something was corrected or forgotten in this process. */
  changed(workspace: string): void;
}

/** How long what another process learned may go unnoticed, ms. */
const FRESH = 5_000;

/** Of so many requests it is remembered what they are about: they are acknowledged in a moment. */
const TOPICS = 50;

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
  const topics = new LRUCache<string, { topic: Topic | null }>({ max: TOPICS });
  let changes = 0;

  function read(
    workspace: string,
    text: string,
    hints: Omit<ReadingHints, "model" | "learning"> = {},
  ): TracedReading {
    const learning = known.get(workspace)?.learning;
    const reading = readMessage(text, { ...hints, ...(model && { model }), ...(learning && { learning }) });
    if (reading.kind === "request")
      topics.set(`${workspace}:${reading.lang}:${text}`, { topic: reading.topic });
    return reading;
  }

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
    read,
    topic(workspace, text, lang) {
      return (topics.get(`${workspace}:${lang}:${text}`) ?? read(workspace, text, { known: lang })).topic;
    },
    ready: learn,
    changed(workspace) {
      changes += 1;
      const before = known.get(workspace);
      if (before) known.set(workspace, { ...before, at: Number.NEGATIVE_INFINITY, version: -1 });
    },
  };
}
