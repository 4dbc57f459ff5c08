// Reads the triage model from disk, for whoever starts the bot. The core gets the model, never the file.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { modelFrom, type TriageModel } from "./domain/triage/model.ts";

const FILE = join(import.meta.dirname, "../model/triage.bin");

/**
 * The model that comes with this version. Takes a few milliseconds.
 * Throws when the file is missing or of another version: without it the readable rules still work, but say so aloud.
 */
export function loadTriageModel(file: string = FILE): TriageModel {
  return modelFrom(readFileSync(file));
}
