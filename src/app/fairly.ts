// Many things at once, without one place holding up another.

/** Worked on at the same time: fewer than the database has connections for. */
const AT_ONCE = 6;

/** Does the work of each channel in its order, of several channels at once: a channel is one row lock. `work` must not reject. */
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
  await inTurns([...places.values()], async (place) => {
    for (const item of place) await work(item);
    return false;
  });
}

/**
 * Gives each a turn, in the order given, and another as long as its turn resolves to true: whoever has much to do waits for the
 * others each time. `turn` must not reject.
 */
export async function inTurns<T>(items: readonly T[], turn: (item: T) => Promise<boolean>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      if (await turn(next)) waiting.push(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
