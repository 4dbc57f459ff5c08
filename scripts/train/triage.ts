// npm run train:triage — makes model/triage.bin from the public sets and our own examples. The same rows and rules give
// the same bytes; test/domain/triage.model.test.ts trains again and compares.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bytesOf } from "../../src/domain/triage/model.ts";
import { learn } from "./learn.ts";
import { BENCHMARKS, benchmarksArePresent, learningRows } from "./rows.ts";

export const MODEL_FILE = join(import.meta.dirname, "../../model/triage.bin");

if (import.meta.main) {
  if (benchmarksArePresent()) {
    const rows = learningRows();
    const bytes = bytesOf(learn(rows));
    writeFileSync(MODEL_FILE, bytes);
    console.log(`${MODEL_FILE}: ${bytes.length} bytes, learned from ${rows.length} messages`);
  } else {
    console.error(`The public sets are not at ${BENCHMARKS}; nothing was trained.`);
    process.exitCode = 1;
  }
}
