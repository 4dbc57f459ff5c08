// One message is read by many rules, one after the other: what is costly to find out of a text is found out once.

/** How many texts back. More than are read between the first rule and the last is of no use. */
const LAST = 32;

/** The same pure function, which remembers what it said of the last few texts. Nobody may change what it returns. */
export function remembered<Found extends object>(of: (text: string) => Found): (text: string) => Found {
  const found = new Map<string, Found>();
  return (text) => {
    const known = found.get(text);
    if (known) return known;
    const made = of(text);
    if (found.size >= LAST) {
      const oldest = found.keys().next();
      if (!oldest.done) found.delete(oldest.value);
    }
    found.set(text, made);
    return made;
  };
}
