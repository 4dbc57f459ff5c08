import { inject } from "vitest";

export interface FreshDatabase {
  /** Connection string of an empty, migrated database of its own. */
  url: string;
  /** Drops it, with whatever is still connected. Optional: the whole server goes with the run. */
  drop(): Promise<void>;
}

/** A new database for a test file (or a test): a copy of the migrated one, in some milliseconds. */
export function freshDatabase(): Promise<FreshDatabase> {
  return make("");
}

/** A new database without any table, for tests of the migrations themselves. */
export function emptyDatabase(): Promise<FreshDatabase> {
  return make("empty");
}

async function make(kind: string): Promise<FreshDatabase> {
  const desk = inject("databases");
  const { url, name } = (await ask(`${desk}/${kind}`, "POST")) as { url: string; name: string };
  return { url, drop: async () => void (await ask(`${desk}/${name}`, "DELETE")) };
}

async function ask(url: string, method: string): Promise<unknown> {
  const response = await fetch(url, { method });
  if (!response.ok) throw new Error(`no database for this test: ${await response.text()}`);
  return response.json();
}
