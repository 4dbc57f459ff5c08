// Reading messages as this workspace does: the rules and the learned model that comes with this version.
import type { TriageModel } from "../domain/triage/model.ts";
import { type ReadingHints, readMessage } from "../domain/triage/read.ts";
import type { TracedReading } from "../domain/triage/reading.ts";

export interface Triage {
  /** Reads a message. `workspace` is the row id of the workspace it was written in. */
  read(workspace: string, text: string, hints?: Omit<ReadingHints, "model">): TracedReading;
}

export function createTriage({ model }: { model: TriageModel | null }): Triage {
  return {
    read: (_workspace, text, hints = {}) => readMessage(text, { ...hints, ...(model && { model }) }),
  };
}
