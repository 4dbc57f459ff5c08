// One Postgres for the whole run, started when the first test file asks for a database (pure tests never do), and
// gone with the run, even when it is killed.
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import type { TestProject } from "vitest/node";
import { type Embedded, startEmbedded } from "../../src/store/embedded.ts";
import { migrate } from "../../src/store/migrate.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** POST / (or /empty: without tables) gives `{ url, name }` of a new database, DELETE /name drops it. */
    databases: string;
  }
}

const silent = { info: () => {}, warn: () => {} };

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  let server: Promise<TestServer> | undefined;
  const desk = createServer(async (request, response) => {
    try {
      server ??= startServer();
      const { create, drop } = await server;
      const path = (request.url ?? "").slice(1);
      const answer = request.method === "POST" ? await create(path === "empty") : await drop(path);
      response.end(JSON.stringify(answer));
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.stack : String(error));
    }
  });
  await new Promise<void>((resolve) => desk.listen(0, "127.0.0.1", resolve));
  desk.unref();
  const address = desk.address();
  if (!address || typeof address === "string") throw new TypeError("the desk for databases has no port");
  provide("databases", `http://127.0.0.1:${address.port}`);
  return async () => {
    desk.closeAllConnections();
    desk.close();
    await (await server)?.stop();
  };
}

interface TestServer {
  create(empty: boolean): Promise<{ url: string; name: string }>;
  drop(name: string): Promise<null>;
  stop(): Promise<void>;
}

async function startServer(): Promise<TestServer> {
  const dir = mkdtempSync(join(tmpdir(), "siempre-test-"));
  chmodSync(dir, 0o755); // The user `postgres`, whom root runs the server as, must be able to enter.
  const watcher = stopWithUs(dir);
  const embedded = await startEmbedded({ dataDir: dir, log: silent, durable: false });
  await migrate(embedded.url);
  const admin = await new PrismaPg({ connectionString: databaseUrl(embedded, "postgres"), max: 4 }).connect();
  const sql = (statement: string) => admin.underlyingDriver().query(statement);
  let count = 0;
  return {
    async create(empty) {
      const name = `test_${++count}`;
      // Copying files beats copying through the log when nothing is forced to disk.
      await sql(`CREATE DATABASE ${name} TEMPLATE ${empty ? "template0" : "siempre"} STRATEGY file_copy`);
      return { url: databaseUrl(embedded, name), name };
    },
    async drop(name) {
      await sql(`DROP DATABASE IF EXISTS "${name.replaceAll('"', "")}" WITH (FORCE)`);
      return null;
    },
    async stop() {
      await admin.dispose();
      await embedded.stop();
      watcher.kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function databaseUrl(embedded: Embedded, name: string): string {
  const url = new URL(embedded.url);
  url.pathname = name;
  return url.href;
}

/** A process that notices our end, however it comes, by its standard input, and cleans up after us. */
function stopWithUs(dir: string) {
  const script =
    'read -r _; kill -INT "$(head -n 1 "$1/postgres/data/postmaster.pid")" && sleep 2; rm -rf -- "$1"';
  const watcher = spawn("/bin/sh", ["-c", script, "sh", dir], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.unref();
  return watcher;
}
