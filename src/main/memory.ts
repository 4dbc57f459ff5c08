// How the heap of this process grows (decision 0025).
import { setFlagsFromString } from "node:v8";

/**
 * Collects often, and holds some 20 MB less for it: for a process that has both SDKs loaded, and the sandbox, which is both
 * platforms besides. Other processes grow as package.json tells Node, and spend half the time on collecting.
 */
export function keepSmall(): void {
  setFlagsFromString("--heap-growing-percent=0");
  setFlagsFromString("--optimize-for-size");
}
