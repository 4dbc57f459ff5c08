import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { strToU8, type Zippable, zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readReplay } from "../../src/sandbox/replay/read.ts";
import {
  arrange,
  type Draft,
  type Replay,
  ReplayError,
  type Skipped,
} from "../../src/sandbox/replay/replay.ts";

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

const texts = (replay: Replay) => replay.messages.map((message) => message.text);
const byText = (replay: Replay, text: string) => {
  const found = replay.messages.find((message) => message.text.startsWith(text));
  if (!found) throw new Error(`no message begins with "${text}": ${texts(replay).join(" | ")}`);
  return found;
};
const reasons = (replay: Replay) => replay.skipped.map((one) => one.reason);

describe("a Slack export", () => {
  test("is read from a folder: what people said, in order, as they would type it", async () => {
    const replay = await readReplay(join(fixtures, "slack"));
    expect(replay.platform).toBe("slack");
    expect(replay.channels).toEqual([{ id: "C0HELP", name: "help", kind: "text" }]);
    expect(texts(replay)).toEqual([
      "Hi <@U0ANA>, I was charged twice & see <my invoice> here (https://example.com/a?b=1&c=2) @here",
      "Alarm\nCPU at 99 %",
      "Looking into it, see <#C0HELP> and @carlos",
      "Refunded",
      "an answer to a message before the export began",
      "and another one",
      "Page two is missing",
    ]);
    expect(replay.messages[0]).toMatchObject({
      channel: "C0HELP",
      at: 1_709_287_200_000,
      author: "U0MARTA",
      thread: null,
      edited: 1_709_287_260_000,
      files: [{ name: "invoice.pdf", mime: "application/pdf", bytes: 2048 }],
    });
  });

  test("names those who speak or are mentioned, and says who is a bot", async () => {
    const { people } = await readReplay(join(fixtures, "slack"));
    expect(people).toEqual([
      { id: "U0MARTA", name: "Marta", bot: false },
      { id: "U0ANA", name: "Ana Gil", bot: false },
      { id: "B0PAGER", name: "Pager", bot: true },
    ]);
  });

  test("has its threads whole, though the answers are in the file of another day", async () => {
    const replay = await readReplay(join(fixtures, "slack"));
    const root = byText(replay, "Hi").id;
    expect(byText(replay, "Looking into it").thread).toBe(root);
    expect(byText(replay, "Refunded").thread).toBe(root);
  });

  test("keeps a thread together whose first message was never exported", async () => {
    const replay = await readReplay(join(fixtures, "slack"));
    const first = byText(replay, "an answer to a message before");
    expect(first.thread).toBeNull();
    expect(byText(replay, "and another one").thread).toBe(first.id);
  });

  test("names what it leaves out, with the place", async () => {
    const { skipped } = await readReplay(join(fixtures, "slack"));
    const place = (name: string) => join(fixtures, "slack", name);
    expect(skipped).toEqual([
      { place: `${place("users.json")}, $[3]`, reason: expect.stringContaining("id: ") },
      { place: place("D0PRIVATE/2024-03-01.json"), reason: "direct messages are not replayed" },
      { place: `${place("help/2024-03-01.json")}, $[0]`, reason: expect.stringContaining("channel_join") },
      { place: `${place("help/2024-03-01.json")}, $[3]`, reason: "neither text nor file" },
      { place: `${place("help/2024-03-01.json")}, $[4]`, reason: expect.stringContaining("nobody wrote it") },
      { place: `${place("help/2024-03-01.json")}, $[5]`, reason: expect.stringContaining("ts: ") },
      { place: `${place("help/2024-03-01.json")}, $[6]`, reason: expect.stringContaining("expected object") },
    ]);
  });

  test("is the same from a zip", async () => {
    const folder = await readReplay(join(fixtures, "slack"));
    const zip = await readReplay(write("export.zip", zipSync(zippedSlack())));
    expect(zip.messages).toEqual(folder.messages);
    expect(zip.people).toEqual(folder.people);
    expect(zip.skipped[0]?.place).toBe(`${join(scratch, "export.zip")}: export/users.json, $[3]`);
  });
});

describe("files of DiscordChatExporter", () => {
  const folder = join(fixtures, "discord");

  test("are read together: types by name, by number and by quoted number, times with an offset", async () => {
    const replay = await readReplay(folder);
    expect(replay.platform).toBe("discord");
    expect(texts(replay)).toEqual([
      "Hey <@22> and @99, see <#1100000000000000010> #77",
      "On it",
      "Alarm\nCPU at 99 %",
      "Refunded",
      ":wave:",
      "It drops rows",
      "Which version?",
      "Is anybody here?",
      "Yes",
    ]);
    const [first, second] = replay.messages;
    expect(first).toMatchObject({
      id: "1100000000000000101",
      at: Date.UTC(2024, 2, 1, 10, 0, 0, 123),
      edited: Date.UTC(2024, 2, 1, 10, 1),
      files: [{ name: "screen.PNG", mime: "image/png", bytes: 256 }],
    });
    expect(second).toMatchObject({ author: "22", replyTo: "1100000000000000101", thread: null });
    expect(replay.people).toEqual([
      { id: "21", name: "Marta", bot: false },
      { id: "22", name: "Ana", bot: false },
      { id: "23", name: "Pager", bot: true },
    ]);
  });

  test("put a thread under the message it hangs on, in its channel", async () => {
    const replay = await readReplay(folder);
    expect(byText(replay, "Refunded")).toMatchObject({
      channel: "1100000000000000010",
      thread: "1100000000000000101",
    });
    expect(reasons(replay)).toContain("repeats the message its thread hangs under");
  });

  test("know a forum by a first message that has the thread's id", async () => {
    const replay = await readReplay(folder);
    expect(replay.channels).toContainEqual({ id: "1100000000000000020", name: "ideas", kind: "forum" });
    expect(byText(replay, "It drops rows")).toMatchObject({ thread: null, title: "CSV import" });
    expect(byText(replay, "Which version?").thread).toBe("1100000000000000200");
  });

  test("find the channel of an old thread by the file's name, and let its first message lead it", async () => {
    const replay = await readReplay(folder);
    const first = byText(replay, "Is anybody here?");
    expect(first).toMatchObject({ thread: null, title: "Lost thread" });
    expect(replay.channels.find((channel) => channel.id === first.channel)).toMatchObject({ name: "old" });
    expect(byText(replay, "Yes").thread).toBe(first.id);
  });

  test("name what they leave out, with the place", async () => {
    const replay = await readReplay(folder);
    const bad = replay.skipped.find((one) => one.reason.startsWith("not understood"));
    expect(bad?.place).toMatch(/general \[1100000000000000010\]\.json, \$\.messages\[4\]$/);
    expect(bad?.reason).toContain("timestamp");
    expect(reasons(replay)).toContain("written by Discord itself (GuildMemberJoin)");
    expect(replay.skipped).toHaveLength(4);
  });

  test("of two servers are refused", async () => {
    cpSync(folder, scratch, { recursive: true });
    const other = join(folder, "Desk - ideas - CSV import [1100000000000000200].json");
    write("zz.json", readFileSync(other, "utf8").replace("1100000000000000001", "5").replace("Desk", "Else"));
    expect((await failure(scratch)).message).toMatch(
      /zz\.json: is of the server "Else".*one server at a time/,
    );
  });
});

describe("intake lines", () => {
  test("are read with every manner of time they come in", async () => {
    const replay = await readReplay(join(fixtures, "intake/rooms.jsonl"));
    const at = (text: string) => new Date(byText(replay, text).at).toISOString();
    expect(at("quite stable")).toBe("2004-11-15T12:58:00.000Z");
    expect(at("a clock of twelve hours")).toBe("2004-11-15T13:00:00.000Z");
    expect(at("good night")).toBe("2011-11-13T23:59:00.000Z");
    expect(at("good morning")).toBe("2011-11-14T00:00:00.000Z");
    expect(byText(replay, "and on").at - byText(replay, "here we go").at).toBe(90_000);
    expect(at("@Brand help")).toBe("2019-07-10T17:44:44.000Z");
    expect(at("@marta of course")).toBe("2019-07-10T17:45:00.000Z");
    expect(replay.channels.map((channel) => channel.name)).toHaveLength(4);
    expect(replay.people).toContainEqual({ id: "@Brand", name: "Brand", bot: false, role: "staff" });
    expect(replay.people).toContainEqual({ id: "@marta", name: "marta", bot: false, role: "customer" });
  });

  test("that cannot be read are named by line, and the others are kept", async () => {
    const replay = await readReplay(join(fixtures, "intake"));
    const lines = replay.skipped.map((one) => [Number(/line (\d+)$/.exec(one.place)?.[1]), one.reason]);
    expect(lines).toEqual([
      [2, expect.stringContaining("system")],
      [10, expect.stringContaining('"soon"')],
      [11, expect.stringContaining("not valid JSON")],
      [12, expect.stringContaining("stream: ")],
    ]);
  });
});

test("whatever a source says, answers come after what they answer, in the same channel", () => {
  const id = fc.constantFrom("a", "b", "c", "d", "e", "f", "missing", "lost");
  const draft: fc.Arbitrary<Draft> = fc.record({
    id: fc.constantFrom("a", "b", "c", "d", "e", "f"),
    channel: fc.constantFrom("x", "y"),
    at: fc.integer({ min: 0, max: 5 }),
    author: fc.constantFrom("ana", "marta"),
    text: fc.constantFrom("one", "two"),
    thread: fc.option(id),
    replyTo: fc.option(id),
    files: fc.constant([]),
    place: fc.constant("somewhere"),
  });
  fc.assert(
    fc.property(fc.array(draft, { maxLength: 12 }), (drafts) => {
      const skipped: Skipped[] = [];
      const messages = arrange(drafts, skipped);
      expect(new Set(messages.map((one) => one.id)).size).toBe(messages.length);
      expect(messages).toHaveLength(new Set(drafts.map((one) => one.id)).size);
      for (const [index, message] of messages.entries()) {
        const before = messages.slice(0, index);
        if (index > 0) expect(message.at).toBeGreaterThanOrEqual(before[index - 1]?.at ?? 0);
        const root = before.find((one) => one.id === message.thread);
        if (message.thread !== null) expect(root).toMatchObject({ channel: message.channel, thread: null });
        if (message.replyTo !== null) {
          expect(before.find((one) => one.id === message.replyTo)?.channel).toBe(message.channel);
        }
      }
    }),
  );
});

const shared = join(import.meta.dirname, "../../../shared/benchmarks");
const reason = existsSync(shared) ? "" : ` (skipped: ${shared} does not exist)`;

describe.skipIf(reason !== "")(`real exports${reason}`, () => {
  const cases: [file: string, platform: string, messages: number, people: number, skipped: number][] = [
    ["exports/slack_export_viewer/testarchive.zip", "slack", 147, 7, 11],
    ["exports/slack_zulip_fixtures", "slack", 7, 2, 2],
    ["exports/discord_dce_2.47.1_capture", "discord", 12, 1, 2],
    ["exports/discord_dce_stoat-ferry", "discord", 13, 3, 6],
    ["intake/irc_ubuntu_dev.jsonl", "slack", 11_612, 1219, 888],
    ["intake/slack_dev.jsonl", "slack", 1772, 213, 0],
    ["intake/twitter_dev.jsonl", "slack", 1021, 462, 0],
    ["intake", "slack", 18_049, 2259, 890],
  ];
  test.each(cases)("%s", async (file, platform, messages, people, skipped) => {
    const replay = await readReplay(join(shared, file));
    expect(replay.platform).toBe(platform);
    expect(replay.messages).toHaveLength(messages);
    expect(replay.people).toHaveLength(people);
    expect(replay.skipped).toHaveLength(skipped);
    const times = replay.messages.map((message) => message.at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const known = new Set(replay.people.map((person) => person.id));
    expect(replay.messages.filter((message) => !known.has(message.author))).toEqual([]);
    const spoken = new Set(replay.messages.map((message) => message.channel));
    expect(new Set(replay.channels.map((channel) => channel.id))).toEqual(spoken);
  });

  test("have their threads and forum posts", async () => {
    const capture = await readReplay(join(shared, "exports/discord_dce_2.47.1_capture"));
    expect(byText(capture, "First reply in the thread").thread).toBe(byText(capture, "Message anchoring").id);
    expect(byText(capture, "Bug report post body")).toMatchObject({ title: "Bug Report", thread: null });
    expect(capture.channels.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      "text general",
      "forum feedback-forum",
    ]);
    const zulip = await readReplay(join(shared, "exports/slack_zulip_fixtures"));
    const root = byText(zulip, "message body text").id;
    expect(byText(zulip, "everyone should see this").thread).toBe(root);
    // Dated three years before the message it answers.
    expect(byText(zulip, "another reply").thread).toBeNull();
  });

  test("of all kinds at once are refused", async () => {
    expect((await failure(join(shared, "exports"))).message).toContain(
      "Name the file or folder of one of them",
    );
  });
});
