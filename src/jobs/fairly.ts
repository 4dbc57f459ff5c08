// Many things at once, without one place holding up another: a channel is one row lock, and two who want it wait.

/** Places worked on at the same time: fewer than the database has connections for. */
const PLACES = 6;

/** Does the work of each channel in its order, of several channels at once. `work` must not reject. */
export async function eachPlace<T extends { channelId: string }>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const places = new Map<string, T[]>();
  for (const item of items) {
    const same = places.get(item.channelId);
    if (same) same.push(item);
    else places.set(item.channelId, [item]);
  }
  const waiting = [...places.values()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) for (const item of next) await work(item);
  };
  await Promise.all(Array.from({ length: PLACES }, worker));
}
