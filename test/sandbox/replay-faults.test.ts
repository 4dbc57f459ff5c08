import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { strToU8, type Zippable, zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readReplay } from "../../src/sandbox/replay/read.ts";
import { ReplayError } from "../../src/sandbox/replay/replay.ts";

const fixtures = join(import.meta.dirname, "../fixtures/replay");
let scratch = "";
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "replay-"));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(scratch, name);
  writeFileSync(path, content);
  return path;
}

/** The fixture as a zip, inside a folder, with what a Mac leaves behind. */
function zippedSlack(): Zippable {
  const files: Zippable = { "__MACOSX/export/._users.json": strToU8("\u0000\u0005") };
  const root = join(fixtures, "slack");
  for (const entry of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    if (entry.endsWith(".json")) files[`export/${entry}`] = readFileSync(join(root, entry));
  }
  return files;
}

async function failure(path: string, limits?: Parameters<typeof readReplay>[1]): Promise<ReplayError> {
  const error: unknown = await readReplay(path, limits).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ReplayError)) throw new Error(`expected a ReplayError, got ${String(error)}`);
  return error;
}

describe("what cannot be replayed is said in one sentence with the place", () => {
  test("a file that is not there", async () => {
    const error = await failure(join(scratch, "nothing.zip"));
    expect(error.message).toBe(`${join(scratch, "nothing.zip")}: there is no such file or folder.`);
  });

  test("a file that is not JSON: line and column", async () => {
    const path = write("chat.json", '{\n  "guild": { "id": "1" },\n  "channel": oops\n}\n');
    const error = await failure(path);
    expect(error.place).toBe(`${path}, line 3, column 14`);
    expect(error.message).toContain("not valid JSON");
  });

  test("wherever a file is broken, the place is where a reader would stop", async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.nat(), async (json, cut) => {
        const text = `[${json}, "end"]`;
        const at = cut % text.length;
        const path = write("users.json", `${text.slice(0, at)}\u0001${text.slice(at)}`);
        expect((await failure(path)).place).toMatch(/, line 1, column \d+$/);
        const column = Number(/(\d+)$/.exec((await failure(path)).place)?.[1]);
        expect(column).toBeLessThanOrEqual(at + 1);
      }),
      { numRuns: 50 },
    );
  });

  test("a file that ends too early", async () => {
    const path = write("chat.json", '{\n  "guild": { "id": "1" },\n  "messages": [');
    expect((await failure(path)).place).toBe(`${path}, line 3, column 16`);
  });

  test("a broken day in the middle of an export", async () => {
    cpSync(join(fixtures, "slack"), scratch, { recursive: true });
    const path = write("help/2024-03-02.json", '[{ "ts": "1709373600.000200", }]');
    expect((await failure(scratch)).place).toBe(`${path}, line 1, column 31`);
  });

  test("a day that is no list", async () => {
    cpSync(join(fixtures, "slack"), scratch, { recursive: true });
    const path = write("help/2024-03-02.json", '{ "ok": false }');
    expect(await failure(scratch)).toMatchObject({
      place: path,
      message: expect.stringContaining("a list was expected"),
    });
  });

  test("JSON of DiscordChatExporter without its channel's id: the JSON path", async () => {
    const path = write("chat.json", '{ "guild": { "id": "1" }, "channel": { "type": 0 }, "messages": [] }');
    expect((await failure(path)).place).toMatch(/chat\.json, channel\.id: /);
  });

  test("a file of another kind, an empty folder, text that is not UTF-8", async () => {
    expect((await failure(write("notes.json", '{ "hello": "world" }'))).message).toContain(
      "no conversation was found",
    );
    rmSync(join(scratch, "notes.json"));
    expect((await failure(scratch)).message).toContain("no conversation was found");
    const path = write("latin.json", new Uint8Array([0x5b, 0x22, 0xf1, 0x22, 0x5d]));
    expect((await failure(path)).message).toBe(`${path}: this is not UTF-8 text.`);
  });

  test("two kinds of export in one folder", async () => {
    cpSync(fixtures, scratch, { recursive: true });
    expect((await failure(scratch)).message).toMatch(
      /holds intake lines and files of Discord.* and a Slack export/,
    );
  });

  test("a zip that is cut off, or none at all", async () => {
    const whole = zipSync(zippedSlack());
    expect((await failure(write("cut.zip", whole.slice(0, whole.length / 2)))).message).toContain(
      "cannot be unpacked",
    );
    expect((await failure(write("fake.zip", "PK but then something else"))).message).toContain(
      "cannot be unpacked",
    );
  });

  test("a zip bomb: by one file, by all together, by their number", async () => {
    const zeros = new Uint8Array(3_000_000);
    const bomb = zipSync({ "channels.json": zeros, "users.json": zeros, "a/1.json": zeros });
    const path = write("bomb.zip", bomb);
    expect(bomb.length).toBeLessThan(20_000);
    const limits = { files: 10, fileBytes: 10_000_000, allBytes: 50_000_000 };
    expect((await failure(path, { ...limits, fileBytes: 1_000_000 })).message).toContain(
      "more than can be replayed",
    );
    expect((await failure(path, { ...limits, allBytes: 7_000_000 })).message).toContain(
      "more than can be replayed",
    );
    expect((await failure(path, { ...limits, files: 2 })).message).toContain("more than 2 files");
  });

  test("a zip whose declared sizes lie", async () => {
    const zip = zipSync({ "users.json": new Uint8Array(3_000_000), "channels.json": strToU8("[]") });
    const view = new DataView(zip.buffer, zip.byteOffset);
    for (let at = 0; at < zip.length - 30; at++) {
      const signature = view.getUint32(at, true);
      if (signature === 0x04034b50) view.setUint32(at + 22, 10, true);
      if (signature === 0x02014b50) view.setUint32(at + 24, 10, true);
    }
    const limits = { files: 10, fileBytes: 1000, allBytes: 100_000 };
    expect((await failure(write("liar.zip", zip), { ...limits, fileBytes: 10_000 })).message).toMatch(
      /users\.json|cannot be unpacked|not valid JSON/,
    );
  });

  test("a folder too large", async () => {
    write("users.json", "[".padEnd(2000, " "));
    const limits = { files: 10, fileBytes: 1000, allBytes: 100_000 };
    expect((await failure(scratch, limits)).message).toContain("more than can be replayed");
  });
});
