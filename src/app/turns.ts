/**
 * Lets what concerns one key happen one after the other, in the order it was asked for. Within this process only: the
 * row lock guards the rest. Keys that are idle cost nothing.
 */
export function createTurns(): <T>(key: string, act: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (key, act) => {
    const before = last.get(key);
    const mine = before ? before.then(act, act) : act();
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
