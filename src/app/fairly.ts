// Many things at once, without one place holding up another.

/** Worked on at the same time: fewer than the database has connections for. */
const AT_ONCE = 6;

/** Does the work of all, several at once, begun in the order given. `work` must not reject. */
export async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Does the work of each channel in its order, of several channels at once: a channel is one row lock. `work` must not reject. */
export async function eachPlace<T extends { channelId: string }>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const places = Map.groupBy(items, ({ channelId }) => channelId);
  await sideBySide([...places.values()], async (place) => {
    for (const item of place) await work(item);
  });
}
