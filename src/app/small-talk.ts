// Most of what is said in a channel is small talk, and nobody waits for an answer to it: what comes while the database is
// keeping some is kept together, with the next statement. A line that comes alone goes at once.
import DataLoader from "dataloader";
import type { Direct } from "../store/direct.ts";
import { keepSmallTalk, type SmallTalk } from "../store/heard.ts";

/** Lines of one statement. */
const MOST = 50;

/**
 * Resolves, once the line is committed, to whether it is small talk; false: nothing of it was written, since its author has a
 * request that it might belong to. Lines of one channel must not be given side by side.
 */
export type KeepSmallTalk = (line: SmallTalk) => Promise<boolean>;

export function createSmallTalk({ direct }: Direct): KeepSmallTalk {
  let running: Promise<unknown> = Promise.resolve();
  const loader = new DataLoader<SmallTalk, boolean>(
    (lines) => {
      const kept = keep(lines);
      running = kept;
      return kept;
    },
    { cache: false, maxBatchSize: MOST, batchScheduleFn: (dispatch) => void running.then(dispatch) },
  );

  /** Never rejects: a line that cannot be kept fails by itself. */
  async function keep(lines: readonly SmallTalk[]): Promise<readonly (boolean | Error)[]> {
    try {
      return await keepSmallTalk(direct, lines);
    } catch (error) {
      if (lines.length === 1) return [failure(error)];
      return Promise.all(
        lines.map(async (line) => (await keep([line]))[0] ?? failure("nothing was told of it")),
      );
    }
  }

  return (line) => loader.load(line);
}

function failure(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
