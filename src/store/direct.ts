// Statements written by hand, sent without the query builder: prepared once on each connection, and sent one after the
// other without waiting, so that a decision costs two round trips. For what happens with every message.
import type { PrismaPg } from "@prisma/adapter-pg";

export type Pool = ReturnType<Awaited<ReturnType<PrismaPg["connect"]>>["underlyingDriver"]>;

/** What can run statements: Prisma's client and transactions can, and the faster ones here. */
export interface Statements {
  $queryRaw<T = unknown>(parts: TemplateStringsArray, ...values: unknown[]): Promise<T>;
  /** Resolves to the number of rows it changed. */
  $executeRaw(parts: TemplateStringsArray, ...values: unknown[]): Promise<number>;
  /** `text` must be one of few: it is prepared and kept. */
  $queryRawUnsafe<T = unknown>(text: string, ...values: unknown[]): Promise<T>;
}

/** A transaction of the fast kind. Statements reach the server in the order they are made, whether awaited or not. */
export interface Transaction extends Statements {
  /** Writes that nobody waits for: they go to the server together with the commit, and undo it when they fail. */
  along(write: Promise<unknown>): void;
  /** Sends what was asked so far, which otherwise goes at the end of this tick: before what computes for long. */
  flush(): void;
  /** What happens once it is committed, and not otherwise. */
  after(act: () => void): void;
}

/** 8-byte integers arrive as text here, and as bigint from Prisma: cast to int where both run a statement. */
export interface Direct {
  readonly direct: Statements;
  /** Runs `work` in a transaction; undone when it rejects, or when anything in it failed. */
  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

interface Statement {
  name: string;
  text: string;
}

const byParts = new WeakMap<TemplateStringsArray, Statement>();
const byText = new Map<string, Statement>();

function named(text: string): Statement {
  const known = byText.get(text);
  if (known) return known;
  const made = { name: `siempre_${byText.size + 1}`, text };
  byText.set(text, made);
  return made;
}

function statementOf(parts: TemplateStringsArray): Statement {
  const known = byParts.get(parts);
  if (known) return known;
  const made = named(parts.reduce((text, part, index) => `${text}$${index}${part}`));
  byParts.set(parts, made);
  return made;
}

interface Asked {
  rows: unknown[];
  rowCount: number | null;
}

function statementsOn(ask: (statement: Statement, values: unknown[]) => Promise<Asked>): Statements {
  return {
    // Safe as Prisma's own are: the caller says what the statement returns.
    $queryRaw: async <T>(parts: TemplateStringsArray, ...values: unknown[]) =>
      (await ask(statementOf(parts), values)).rows as T,
    $executeRaw: async (parts, ...values) => (await ask(statementOf(parts), values)).rowCount ?? 0,
    $queryRawUnsafe: async <T>(text: string, ...values: unknown[]) =>
      (await ask(named(text), values)).rows as T,
  };
}

const ignore = () => undefined;

/** PostgreSQL's code of a failed statement. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

/** What a statement is told whose transaction has failed before it. */
const ABORTED = "25P02";

/** Why a transaction failed: what was told to a statement after the one that failed says nothing. */
async function causeOf(error: unknown, writes: readonly Promise<unknown>[]): Promise<unknown> {
  if (codeOf(error) !== ABORTED) return error;
  const first = (await Promise.allSettled(writes)).find(
    (each) => each.status === "rejected" && codeOf(each.reason) !== ABORTED,
  );
  return first?.status === "rejected" ? first.reason : error;
}

/** Gathers what a connection sends in one tick into one write: a system call for each statement costs more than itself. */
function gathering(client: object): { gather(): void; flush(): void } {
  const stream =
    "connection" in client && typeof client.connection === "object" && client.connection !== null
      ? (client.connection as { stream?: { cork?(): void; uncork?(): void } }).stream
      : undefined;
  let gathered = false;
  const flush = () => {
    if (!gathered) return;
    gathered = false;
    stream?.uncork?.();
  };
  return {
    flush,
    gather() {
      if (gathered || !stream?.cork) return;
      gathered = true;
      stream.cork();
      process.nextTick(flush);
    },
  };
}

/** @param pool of connections that may be sent the next statement before the last is answered (`pipeline`) */
export function createDirect(pool: () => Promise<Pool>): Direct {
  return {
    direct: statementsOn(async (statement, values) => (await pool()).query({ ...statement, values })),

    async transact(work) {
      const client = await (await pool()).connect();
      // A connection that breaks between two statements says so by an event, and one nobody hears ends the process. The next
      // statement fails all the same.
      client.on("error", ignore);
      const release = (broken: boolean) => {
        client.off("error", ignore);
        client.release(broken);
      };
      const writes: Promise<unknown>[] = [];
      const acts: (() => void)[] = [];
      const { gather, flush } = gathering(client);
      const send = (
        text: string,
        statement?: Statement,
        values: unknown[] = [],
      ): Promise<Asked & { command: string }> => {
        gather();
        return statement ? client.query({ ...statement, values }) : client.query(text);
      };
      const tx: Transaction = {
        ...statementsOn((statement, values) => send("", statement, values)),
        along(write) {
          // Whoever fails first is reported; the rest fails because of it.
          write.catch(ignore);
          writes.push(write);
        },
        flush,
        after: (act) => void acts.push(act),
      };
      let result: Awaited<ReturnType<typeof work>>;
      try {
        tx.along(send("BEGIN"));
        result = await work(tx);
        const commit = send("COMMIT");
        commit.catch(ignore);
        await Promise.all(writes);
        // A statement that failed and was forgiven has undone everything all the same.
        const { command } = await commit;
        if (command !== "COMMIT") throw new Error("A statement of the transaction failed; it was undone.");
        release(false);
      } catch (error) {
        // A connection that cannot even undo is of no use to the next one.
        await client.query("ROLLBACK").then(
          () => release(false),
          () => release(true),
        );
        throw await causeOf(error, writes);
      }
      for (const act of acts) act();
      return result;
    },
  };
}
