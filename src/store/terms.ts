// The terms frozen on requests. Few differ: equal ones are one object, which saves reading them, and computing with their hours,
// again and again.
import type { Terms } from "../domain/policy.ts";

/** Policies times teams, companies and what else makes a difference, in the requests of one day. */
const MOST = 200;

const read = new Map<string, Terms>();

/** @param json as the database writes them (`terms::text`); nobody may change what this returns */
export function termsOf(json: string): Terms {
  const known = read.get(json);
  if (known) return known;
  // Safe: ours alone writes them.
  const terms = JSON.parse(json) as Terms;
  const oldest = read.size < MOST ? null : read.keys().next();
  if (oldest && !oldest.done) read.delete(oldest.value);
  read.set(json, terms);
  return terms;
}
