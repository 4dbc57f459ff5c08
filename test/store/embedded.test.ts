import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { makeCluster } from "../../src/store/embedded/cluster.ts";
import { enterable } from "../../src/store/embedded/place.ts";
import { type Embedded, startEmbedded } from "../../src/store/embedded.ts";

const HOLDER = fileURLToPath(new URL("../support/embedded-holder.ts", import.meta.url));
const asRoot = process.getuid?.() === 0;
const silent = { info: () => {}, warn: () => {} };

let top: string;
let dataDir: string;
let systemDir: string;
let started: Embedded[];
let holders: ChildProcess[];

beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), "siempre embedded "));
  await chmod(top, 0o755);
  dataDir = join(top, "my bot", ".data");
  systemDir = join(top, "system");
  started = [];
  holders = [];
});

afterEach(async () => {
  for (const holder of holders) holder.kill("SIGKILL");
  // Whatever a killed holder left is adopted in order to be stopped.
  if (holders.length > 0) await start().catch(() => {});
  await Promise.all(started.map((embedded) => embedded.stop()));
  await rm(top, { recursive: true, force: true });
});

async function start(
  options: { onLost?: (error: unknown) => void; durable?: boolean } = {},
): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, systemDir, log: silent, durable: false, ...options });
  started.push(embedded);
  return embedded;
}

type Answer = { url: string; pid: number } | { code: string };

/** Starts the database in a process of its own and waits for what it says. */
async function hold(
  options: { uid?: number; gid?: number } = {},
): Promise<{ holder: ChildProcess; answer: Answer }> {
  const holder = spawn(process.execPath, [HOLDER, dataDir, systemDir], {
    stdio: ["ignore", "pipe", "inherit"],
    ...options,
  });
  holders.push(holder);
  const [line] = await once(createInterface(holder.stdout as NodeJS.ReadableStream), "line");
  return { holder, answer: JSON.parse(String(line)) as Answer };
}

async function query(url: string, sql: string): Promise<unknown[][]> {
  const adapter = await new PrismaPg(url).connect();
  try {
    return (await adapter.queryRaw({ sql, args: [], argTypes: [] })).rows;
  } finally {
    await adapter.dispose();
  }
}

const remember = (url: string) => query(url, "CREATE TABLE memory AS SELECT 'kept'::text AS word");
const recall = (url: string) => query(url, "SELECT word FROM memory");

/** Alive, and not merely a dead process that nobody has waited for. */
async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
    if (process.platform !== "linux") return true;
    return !/^\d+ \(.*\) Z/.test(await readFile(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

describe("a bot without DATABASE_URL", () => {
  test("gets a database from nothing, and finds its data again after a stop that leaves no process", async () => {
    const first = await start({ durable: true });
    await remember(first.url);
    const pid = first.pid();
    expect(await isAlive(pid)).toBe(true);
    expect(await query(first.url, "SHOW fsync")).toEqual([["on"]]);

    await first.stop();
    expect(await isAlive(pid)).toBe(false);

    const second = await start({ durable: true });
    expect(await recall(second.url)).toEqual([["kept"]]);
  });

  test("has it behind a password, and tells nobody else the password, the data or what people wrote", async () => {
    const { url } = await start();
    const home = join(dataDir, "postgres");
    expect((await stat(home)).mode & 0o777).toBe(0o700);
    expect((await stat(join(home, "password"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(home, "server.log"))).mode & 0o777).toBe(0o600);

    const guess = new URL(url);
    guess.password = "siempre";
    await expect(query(guess.href, "SELECT 1")).rejects.toThrow(
      /password authentication failed|Authentication/,
    );

    await query(url, "CREATE TABLE words (word text PRIMARY KEY)");
    await query(url, "INSERT INTO words VALUES ('confidential')");
    await expect(query(url, "INSERT INTO words VALUES ('confidential')")).rejects.toThrow();
    const log = await readFile(join(home, "server.log"), "utf8");
    expect(log).toContain("duplicate key");
    expect(log).not.toContain("confidential");
  });

  test("that was killed finds the same server with the same data", async () => {
    const { holder, answer } = await hold();
    if (!("pid" in answer)) throw new Error(answer.code);
    await remember(answer.url);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    expect(await isAlive(answer.pid)).toBe(true);

    const next = await start();

    expect(next.pid()).toBe(answer.pid);
    expect(await recall(next.url)).toEqual([["kept"]]);
    await next.stop();
    expect(await isAlive(answer.pid)).toBe(false);
  });

  test("stops the database when it is asked to stop", async () => {
    const { holder, answer } = await hold();
    if (!("pid" in answer)) throw new Error(answer.code);
    holder.kill("SIGTERM");
    await once(holder, "exit");
    expect(await isAlive(answer.pid)).toBe(false);
  });

  test("is told when another bot holds the data, and does that bot no harm", async () => {
    const first = await start();
    await remember(first.url);

    await expect(start()).rejects.toMatchObject({
      code: "database_in_use",
      message: expect.stringContaining(join("my bot", ".data", "postgres")),
    });

    expect(await recall(first.url)).toEqual([["kept"]]);
  });

  test("started twice at the same moment, from nothing, runs once", async () => {
    const both = await Promise.all([hold(), hold()]);
    const codes = both.map(({ answer }) => ("code" in answer ? answer.code : "running"));
    expect(codes.sort()).toEqual(["database_in_use", "running"]);
  });

  test("starts although a number in a leftover pid file now belongs to another program", async () => {
    const first = await start();
    await remember(first.url);
    await first.stop();
    await writeFile(
      join(dataDir, "postgres", "data", "postmaster.pid"),
      `${process.pid}\n${dataDir}\n1\n5432\n`,
    );

    const second = await start();

    expect(await recall(second.url)).toEqual([["kept"]]);
  });

  test("gets its database back at the same address when the server is killed", async () => {
    const onLost = vi.fn();
    const embedded = await start({ onLost });
    await remember(embedded.url);
    await query(embedded.url, "CHECKPOINT");
    const before = embedded.pid();

    process.kill(before, "SIGKILL");

    await vi.waitFor(() => expect(embedded.pid()).not.toBe(before), { timeout: 20_000 });
    expect(await recall(embedded.url)).toEqual([["kept"]]);
    expect(onLost).not.toHaveBeenCalled();
    // It is still held.
    await expect(start()).rejects.toMatchObject({ code: "database_in_use" });
  });

  test("is told in one sentence when the system cannot execute the programs", async () => {
    const bin = join(top, "bin");
    const home = join(top, "home");
    await mkdir(bin);
    await mkdir(home);
    // As on musl: the file is there, the loader that it names is not.
    await writeFile(join(bin, "initdb"), "#!/lib64/no-such-loader\n", { mode: 0o755 });

    await expect(makeCluster({ home, bin, user: null })).rejects.toMatchObject({
      code: "database_unavailable",
      message: expect.stringMatching(/musl.* Set DATABASE_URL/),
    });
  });
});

describe.runIf(asRoot)("a bot started as root", () => {
  test("runs the server as another user", async () => {
    const embedded = await start();
    expect((await stat(`/proc/${embedded.pid()}`)).uid).not.toBe(0);
  });

  test("in a folder that the user of the server cannot enter, keeps the data outside it and finds it again", async () => {
    await mkdir(join(top, "my bot"), { mode: 0o700 });
    const first = await start();
    await remember(first.url);
    await first.stop();

    const link = join(dataDir, "postgres");
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(await readlink(link)).toContain(systemDir);
    const second = await start();
    expect(await recall(second.url)).toEqual([["kept"]]);
  });

  test("refuses to begin with an empty database when the folder outside is missing", async () => {
    await mkdir(join(top, "my bot"), { mode: 0o700 });
    await (await start()).stop();
    await rm(systemDir, { recursive: true });

    await expect(start()).rejects.toMatchObject({
      code: "database_unavailable",
      message: expect.stringContaining("missing"),
    });
  });

  test("leaves data to the ordinary user who made it, who can then use it again", async ({ skip }) => {
    const nobody = 65534;
    // Started as that user, the bot must be able to enter the folder it lies in.
    const entered = spawnSync(process.execPath, ["--version"], { uid: nobody, gid: nobody }).status === 0;
    skip(!entered, `an ordinary user cannot enter ${process.cwd()}`);
    await mkdir(join(top, "my bot"));
    await chown(join(top, "my bot"), nobody, nobody);
    const { holder, answer } = await hold({ uid: nobody, gid: nobody });
    if (!("pid" in answer)) throw new Error(answer.code);
    await remember(answer.url);
    holder.kill("SIGTERM");
    await once(holder, "exit");

    const root = await start();
    expect((await stat(`/proc/${root.pid()}`)).uid).toBe(nobody);
    expect(await recall(root.url)).toEqual([["kept"]]);
    await root.stop();

    const again = await hold({ uid: nobody, gid: nobody });
    expect(again.answer).toHaveProperty("pid");
  });

  test("has the programs copied, once, when the user of the server cannot enter their folder", async () => {
    const nobody = { uid: 65534, gid: 65534 };
    const native = join(top, "node_modules", "linux-x64", "native");
    await mkdir(join(native, "bin"), { recursive: true });
    await mkdir(join(native, "share", "postgresql"), { recursive: true });
    await writeFile(join(native, "..", "package.json"), JSON.stringify({ version: "18.4.0" }));
    await writeFile(join(native, "bin", "postgres"), "the server", { mode: 0o700 });
    await writeFile(join(native, "bin", "initdb"), "the maker", { mode: 0o700 });
    await writeFile(join(native, "share", "postgresql", "postgres.bki"), "", { mode: 0o600 });
    await chmod(join(top, "node_modules"), 0o700);

    const [copy, same] = await Promise.all([
      enterable(native, systemDir, nobody),
      enterable(native, systemDir, nobody),
    ]);

    expect(copy).toBe(join(systemDir, "native-18.4.0-linux-x64"));
    expect(same).toBe(copy);
    expect(await readdir(systemDir)).toEqual(["native-18.4.0-linux-x64"]);
    expect(await readFile(join(copy, "bin", "postgres"), "utf8")).toBe("the server");

    await chmod(join(top, "node_modules"), 0o755);
    await chmod(join(native, "bin", "postgres"), 0o755);
    await chmod(join(native, "bin", "initdb"), 0o755);
    await chmod(join(native, "share", "postgresql", "postgres.bki"), 0o644);
    expect(await enterable(native, systemDir, nobody)).toBe(native);
  });
});
