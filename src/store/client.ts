import { PrismaPg } from "@prisma/adapter-pg";
import { createDirect, type Direct, type Pool } from "./direct.ts";
import { type Prisma, PrismaClient } from "./generated/client.ts";
import { withOneCompiler } from "./query-compiler.ts";

export type Store = PrismaClient & Direct;

export interface StoreOptions {
  /** Connections at most, and as many again for the statements sent directly. The built-in database has 40 for everybody. */
  connections?: number;
  /** A connection in the pool failed while nobody used it; the next query opens another. */
  onIdleError?: (error: Error) => void;
}

/** A statement sent directly that takes longer fails, with its connection, ms: the lock of a busy channel included. */
const PATIENCE = 20_000;

/**
 * These statements are few and simple: planning them anew for each message costs more than any better plan saves. A plan made
 * while a table was small must not read it whole once it has grown.
 */
function settle(client: { query(text: string): Promise<unknown> }): void {
  client.query("SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off").catch(() => undefined);
}

/**
 * The typed client of the store. Connects at the first query; `$disconnect()` closes it.
 * @param url a PostgreSQL connection string; a secret
 */
export function openStore(url: string, options: StoreOptions = {}): Store {
  const config = {
    connectionString: url,
    application_name: "siempre",
    max: options.connections ?? 8,
    // Without it a query waits for ever while the database does not answer.
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  };
  const onPoolError = options.onIdleError ?? (() => {});
  const settings: Prisma.PrismaClientOptions = {
    adapter: new PrismaPg(config, { onPoolError }),
    // A transaction waits for its connection, and for the lock of a busy channel inside.
    transactionOptions: { maxWait: 10_000, timeout: PATIENCE },
    ...{ __internal: { configOverride: withOneCompiler } },
  };
  const prisma = new PrismaClient(settings);
  // The driver comes from the adapter: both speak through the same version of it.
  const pipelined = new PrismaPg(
    { ...config, query_timeout: PATIENCE, ...{ pipeline: true } },
    { onPoolError },
  );
  let opened: Promise<Awaited<ReturnType<typeof pipelined.connect>>> | null = null;
  const pool = async (): Promise<Pool> => {
    opened ??= pipelined.connect().then((adapter) => {
      adapter.underlyingDriver().on("connect", settle);
      return adapter;
    });
    return (await opened).underlyingDriver();
  };
  const disconnect = prisma.$disconnect.bind(prisma);
  return Object.assign(prisma, {
    ...createDirect(pool),
    async $disconnect() {
      const closing = opened;
      opened = null;
      await (await closing)?.dispose();
      await disconnect();
    },
  });
}
