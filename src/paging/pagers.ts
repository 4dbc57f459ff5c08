// Which pager wakes the people of which team: the one its policy names, else the one of the whole bot.
import { SiempreError } from "../errors.ts";
import type { Pager } from "./pager.ts";

export interface Pagers {
  /** The pager the policy names; with null the one of the whole bot. Null: nothing wakes anybody. */
  of(named: string | null): Pager | null;
}

/** `night desk` as it ends the names of its variables: NIGHT_DESK. */
export function endOf(named: string): string {
  return named
    .trim()
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_");
}

/** @param named by the end of their variables' names */
export function createPagers(general: Pager | null, named: ReadonlyMap<string, Pager> = new Map()): Pagers {
  return { of: (name) => (name === null ? general : (named.get(endOf(name)) ?? null)) };
}

/**
 * Throws SiempreError `config_invalid` that lists every pager the policy names and the environment does not know: a team that
 * means to be woken must not find out at night.
 */
export function checkPagers(pagers: Pagers, teams: readonly { name: string; pager: string | null }[]): void {
  const missing = teams.filter(({ pager }) => pager !== null && pagers.of(pager) === null);
  if (missing.length === 0) return;
  const lines = missing.map(({ name, pager }) => {
    const end = endOf(pager ?? "");
    return `  ${JSON.stringify(pager)} of team ${name}: set PAGE_URL_${end} and PAGE_SECRET_${end}, or PAGE_SHAPE_${end} and PAGE_KEY_${end} (docs/paging.md)`;
  });
  throw new SiempreError(
    "config_invalid",
    `The policy names pagers that are not set up:\n${lines.join("\n")}`,
    { pagers: missing.map(({ pager }) => pager) },
  );
}
