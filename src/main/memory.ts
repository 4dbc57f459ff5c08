// How the heap of this process grows (decision 0025).
import { setFlagsFromString } from "node:v8";

const MB = 2 ** 20;
/** Resident memory from which on the process gives room back, and under which it may grow again; bytes. */
const ROOM = { most: 190 * MB, least: 172 * MB };
const LOOK_EVERY_MS = 2_000;

/**
 * Collects often, and holds some 20 MB less for it: for a process that has both SDKs loaded, and the sandbox, which is both
 * platforms besides. Others spend half the time on collecting, as long as there is room.
 */
export function keepSmall(): void {
  setFlagsFromString("--heap-growing-percent=0");
  setFlagsFromString("--optimize-for-size");
}

/** As package.json tells Node. */
function grow(): void {
  setFlagsFromString("--no-optimize-for-size");
  setFlagsFromString("--heap-growing-percent=15");
}

/** Whether a process with so much resident memory (bytes) keeps small, which did so before or did not. */
export function isTight(resident: number, before: boolean): boolean {
  return before ? resident >= ROOM.least : resident > ROOM.most;
}

/**
 * Lets the heap grow while there is room, and keeps it small while there is none: what a busy day takes would otherwise stay
 * with the process. V8 reads these flags at each collection.
 */
export function growWhileThereIsRoom(): void {
  let tight = false;
  const look = () => {
    const is = isTight(process.memoryUsage.rss(), tight);
    if (is === tight) return;
    tight = is;
    if (is) keepSmall();
    else grow();
  };
  setInterval(look, LOOK_EVERY_MS).unref();
}
