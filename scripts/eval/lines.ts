// The end of an evaluation whose input cannot be read: one sentence that names the file and the line, and exit code 1.
import { readFileSync } from "node:fs";

/** The user's mistake, not ours: told in one sentence, without a stack. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** The text of a file, without a byte order mark. Throws {@link InputError}. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (cause) {
    throw new InputError(`${path} cannot be read.`, { cause });
  }
}

/** Runs a command; an {@link InputError} becomes a sentence on stderr and exit code 1. */
export function runWith(command: () => void): void {
  try {
    command();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
