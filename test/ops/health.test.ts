import { afterEach, describe, expect, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { createDoor, type Door } from "../../src/ops/door.ts";
import { healthHandle, healthOf, type Part } from "../../src/ops/health.ts";

const lines: string[] = [];
const log = createLog("info", { write: (line) => lines.push(line) });
const fine: Part = { name: "database", trouble: () => null };

let door: Door | null = null;
afterEach(async () => {
  await door?.close(0);
  lines.length = 0;
});

async function opened(parts: () => readonly Part[]): Promise<string> {
  door = createDoor();
  door.mount("/health", healthHandle(parts, log));
  return `http://127.0.0.1:${await door.open(0, "127.0.0.1")}`;
}

describe("health", () => {
  test("is ready when every part works", async () => {
    const url = await opened(() => [fine, { name: "slack", trouble: async () => null }]);
    const response = await fetch(`${url}/health`);
    expect([response.status, await response.json()]).toEqual([200, { status: "ready", reasons: [] }]);
    expect((await fetch(`${url}/health?probe=1`, { method: "HEAD" })).status).toBe(200);
  });

  test("names every part that does not work, and why", async () => {
    const url = await opened(() => [
      fine,
      { name: "slack", trouble: () => "no socket to Slack is open" },
      { name: "discord", trouble: async () => "it has not started yet" },
    ]);
    const response = await fetch(`${url}/health`);
    expect([response.status, await response.json()]).toEqual([
      503,
      {
        status: "not ready",
        reasons: ["slack: no socket to Slack is open", "discord: it has not started yet"],
      },
    ]);
  });

  test("follows what is the case now", async () => {
    let why: string | null = "it is starting";
    const url = await opened(() => [{ name: "bot", trouble: () => why }]);
    expect((await fetch(`${url}/health`)).status).toBe(503);
    why = null;
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  test("tells nobody what an error says: it may hold a password", async () => {
    const secret = "postgresql://siempre:hunter2@db/siempre";
    const broken: Part = {
      name: "database",
      trouble: () => Promise.reject(new Error(`cannot reach ${secret}`)),
    };
    const health = await healthOf([broken], log);
    expect(health).toEqual({ ready: false, reasons: ["database: it does not work; the log says why"] });
  });

  test("of a part that never answers is not ready after two seconds", async () => {
    const stuck: Part = { name: "database", trouble: () => new Promise(() => {}) };
    expect((await healthOf([stuck, fine], log)).reasons).toEqual(["database: no answer in 2 s"]);
  });

  test("asked by many at once asks each part once", async () => {
    let asked = 0;
    let answer = (_: null) => {};
    const slow: Part = {
      name: "database",
      trouble() {
        asked += 1;
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
    };
    let arrived = 0;
    const handle = healthHandle(() => [slow], log);
    door = createDoor();
    door.mount("/health", (request, response) => {
      arrived += 1;
      return handle(request, response);
    });
    const url = `http://127.0.0.1:${await door.open(0, "127.0.0.1")}`;
    const many = Promise.all(Array.from({ length: 20 }, () => fetch(`${url}/health`)));
    await expect.poll(() => asked).toBe(1);
    await expect.poll(() => arrived).toBe(20);
    answer(null);
    expect((await many).map((response) => response.status)).toEqual(Array(20).fill(200));
    expect(asked).toBe(1);
  });

  test("answers nothing but GET, and the door has no other rooms", async () => {
    const url = await opened(() => [fine]);
    expect((await fetch(`${url}/health`, { method: "POST" })).status).toBe(405);
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
  });
});

describe("the door", () => {
  test("closes when what is under way is answered", async () => {
    door = createDoor();
    const waiting: (() => void)[] = [];
    door.mount("/slow", async (_, response) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      response.end("done");
    });
    const port = await door.open(0, "127.0.0.1");
    const asked = fetch(`http://127.0.0.1:${port}/slow`).then((response) => response.text());
    await expect.poll(() => waiting.length).toBe(1);
    const closed = door.close();
    for (const finish of waiting) finish();
    expect(await asked).toBe("done");
    await closed;
    await expect(fetch(`http://127.0.0.1:${port}/slow`)).rejects.toThrow();
  });

  test("that cannot be opened says so", async () => {
    door = createDoor();
    const port = await door.open(0, "127.0.0.1");
    const other = createDoor();
    await expect(other.open(port, "127.0.0.1")).rejects.toThrow(/EADDRINUSE/);
    await other.close();
  });
});
