// What the bot has loaded when it starts, and what it must not have: memory it would hold for nothing (decision 0005).
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { freshDatabase } from "./support/database.ts";

const ROOT = join(import.meta.dirname, "..");
const RECORD = join(import.meta.dirname, "support/record-modules.cjs");
const CLIENT = new URL("../src/store/client.ts", import.meta.url).href;

/** The words of `npm start` between `node` and the program. */
function flags(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  return String(scripts.start).split(" ").slice(1, -1);
}

/** Runs Node as `npm start` does with these arguments instead of the program, and says what was loaded at the end. */
function loaded(...args: string[]): { ours: string[]; packages: string[]; node: string[] } {
  const folder = mkdtempSync(join(tmpdir(), "siempre-loaded-"));
  try {
    const file = join(folder, "loaded");
    const ran = spawnSync(process.execPath, [...flags(), "--require", RECORD, ...args], {
      cwd: ROOT,
      env: { ...process.env, LOADED: file },
      encoding: "utf8",
    });
    if (ran.status !== 0) throw new Error(`${ran.stdout}\n${ran.stderr}`);
    const lines = readFileSync(file, "utf8").split("\n");
    const files = lines.filter((line) => line.startsWith("file:"));
    return {
      ours: files.filter((url) => url.includes("/src/") && !url.includes("/node_modules/")),
      packages: files.filter((url) => url.includes("/node_modules/")),
      node: lines.filter((line) => !line.startsWith("file:")),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("a start", () => {
  test("strips no types in the bot's own process, from the second one on", () => {
    loaded("src/main.ts", "--help");
    const { node, ours } = loaded("src/main.ts", "--help");
    expect(ours.length).toBeGreaterThan(200);
    expect(node.filter((name) => name.includes("amaro"))).toEqual([]);
  });

  test("loads nothing that only some need", () => {
    const { ours, packages } = loaded("src/main.ts", "--help");
    expect(packages.length).toBeGreaterThan(200);
    const of = (part: string) => [...ours, ...packages].filter((url) => url.includes(part));
    expect(of("/src/sandbox/")).toEqual([]);
    expect(of("/@prisma/schema-engine-wasm/")).toEqual([]);
    expect(of("/date-holidays")).toEqual([]);
    expect(of("/moment/")).toEqual([]);
    expect(of("/hono/")).toEqual([]);
    // Which SDK is loaded depends on the tokens (decision 0025).
    expect(of("/discord.js/")).toEqual([]);
    expect(of("/@slack/")).toEqual([]);
    expect(of("/chrono-node/").filter((url) => /locales\/(?!en|es)/.test(url))).toEqual([]);
  });
});

test.each([
  { name: "slack", others: "/discord.js/" },
  { name: "discord", others: "/@slack/" },
])("$name alone loads no SDK of the other platform", ({ name, others }) => {
  const url = new URL(`../src/platforms/${name}/index.ts`, import.meta.url).href;
  const { packages } = loaded("--input-type=module", "--eval", `await import(${JSON.stringify(url)})`);
  expect(packages.length).toBeGreaterThan(50);
  expect(packages.filter((file) => file.includes(others))).toEqual([]);
});

test("a query leaves no text of Prisma's compiler behind", async () => {
  const { url } = await freshDatabase();
  const program = `
    import { openStore } from ${JSON.stringify(CLIENT)};
    const db = openStore(${JSON.stringify(url)});
    if ((await db.workspace.count()) !== 0) throw new Error("not the database it should be");
    await db.$disconnect();`;
  const { packages } = loaded("--input-type=module", "--eval", program);
  expect(packages.filter((file) => file.includes("query_compiler"))).toHaveLength(1);
  expect(packages.filter((file) => file.includes("wasm-base64"))).toEqual([]);
});

describe.runIf(process.platform === "linux")("the arenas of malloc", () => {
  const ask =
    "const is = [process.pid, process.env.MALLOC_ARENA_MAX].join(); process.send ? process.send(is) : console.log(is)";
  const { MALLOC_ARENA_MAX: _, ...env } = process.env;

  test("are one, in the process that was started", () => {
    const { pid, stdout, stderr } = spawnSync(process.execPath, [...flags(), "--eval", ask], {
      cwd: ROOT,
      env,
    });
    expect([String(stdout).trim(), String(stderr)]).toEqual([`${pid},1`, ""]);
  });

  test("are left as they are where a parent listens: its channel would not survive", async () => {
    const child = spawn(process.execPath, [...flags(), "--eval", ask], {
      cwd: ROOT,
      env,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    expect(await once(child, "message")).toContain(`${child.pid},`);
  });
});
