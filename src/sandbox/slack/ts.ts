// Slack's message ids are times: `seconds.microseconds`. Here they are whole microseconds.

/** Microseconds as Slack's `ts`. */
export function stamp(micros: number): string {
  return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, "0")}`;
}

/** A `ts`, or a number of seconds, in microseconds; null when it is neither. */
export function microsOf(ts: string): number | null {
  const parts = /^(\d{1,10})(?:\.(\d{1,6}))?\d*$/.exec(ts);
  if (!parts) return null;
  return Number(parts[1]) * 1e6 + Number((parts[2] ?? "").padEnd(6, "0"));
}

/** Index of the first message at or after `micros` in a list that is oldest first. */
export function firstFrom(list: readonly { readonly micros: number }[], micros: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.micros ?? 0) < micros) low = middle + 1;
    else high = middle;
  }
  return low;
}
