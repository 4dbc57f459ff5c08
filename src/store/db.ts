import type { Store } from "./client.ts";
import type { Prisma } from "./generated/client.ts";

/** The database, or a transaction on it. */
export type Db = Prisma.TransactionClient;

/** The database itself: the only one that can begin a transaction. */
export type Database = Store;
