import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.ts";

export type Store = PrismaClient;

export interface StoreOptions {
  /** Connections at most. The built-in database has 40 for everybody. */
  connections?: number;
  /** A connection in the pool failed while nobody used it; the next query opens another. */
  onIdleError?: (error: Error) => void;
}

/**
 * The typed client of the store. Connects at the first query; `$disconnect()` closes it.
 * @param url a PostgreSQL connection string; a secret
 */
export function openStore(url: string, options: StoreOptions = {}): Store {
  const pool = {
    connectionString: url,
    application_name: "siempre",
    max: options.connections ?? 10,
    // Without it a query waits for ever while the database does not answer.
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  };
  return new PrismaClient({
    adapter: new PrismaPg(pool, { onPoolError: options.onIdleError ?? (() => {}) }),
    // A transaction waits for its connection, and for the lock of a busy channel inside.
    transactionOptions: { maxWait: 10_000, timeout: 20_000 },
  });
}
