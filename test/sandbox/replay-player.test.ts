import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { workspacePolicyFor } from "../../src/domain/terms.ts";
import { readPolicy } from "../../src/policy-file.ts";
import { createFastClock, type FastClock } from "../../src/sandbox/clock.ts";
import { pausesWithin } from "../../src/sandbox/replay/pauses.ts";
import { readReplay } from "../../src/sandbox/replay/read.ts";
import type { Replay, ReplayMessage } from "../../src/sandbox/replay/replay.ts";
import { type ReplayRun, startReplay } from "../../src/sandbox/replay-player.ts";
import type { Happening, ShownMessage } from "../../src/sandbox/world.ts";

const fixtures = join(import.meta.dirname, "../fixtures/replay");
const MONDAY = Date.UTC(2024, 0, 8, 9);
const MINUTE = 60_000;
const DAY = 86_400_000;
const never = new AbortController().signal;

const running: ReplayRun[] = [];
afterEach(async () => {
  for (const run of running.splice(0)) await run.stop();
});

/** A clock that moves only by jumps, so that what is measured is the player's. */
function standing(start: number): FastClock {
  return createFastClock({ start, speed: 0, real: () => 0 });
}

async function started(replay: Replay): Promise<{ run: ReplayRun; clock: FastClock; happened: Happening[] }> {
  const clock = standing((replay.messages[0]?.at ?? MONDAY) - MINUTE);
  const run = await startReplay({ replay, clock, progress: false });
  running.push(run);
  const happened: Happening[] = [];
  run.local.observe((happening) => happened.push(happening));
  return { run, clock, happened };
}

/** What people wrote; not Discord's own line about a new thread. */
function posted(happened: readonly Happening[]): ShownMessage[] {
  return happened
    .flatMap((each) => (each.kind === "posted" ? [each.message] : []))
    .filter(({ text }) => !text.startsWith("started a thread:"));
}

const settled = () => Promise.resolve();

function said(at: number, text: string, more: Partial<ReplayMessage> = {}): ReplayMessage {
  return {
    id: `m${at}`,
    channel: "help",
    at,
    author: "marta",
    text,
    thread: null,
    replyTo: null,
    files: [],
    ...more,
  };
}

function replayOf(messages: readonly ReplayMessage[], platform: "slack" | "discord" = "slack"): Replay {
  return {
    platform,
    people: [
      { id: "marta", name: "Marta", bot: false, role: "customer" },
      { id: "ana", name: "Ana", bot: false, role: "staff" },
    ],
    channels: [{ id: "help", name: "help", kind: "text" }],
    messages,
    skipped: [],
  };
}

describe("a replay is played as it was", () => {
  for (const platform of ["slack", "discord"] as const) {
    test(`on ${platform}: who said what, at which time, in which thread, to whom`, async () => {
      const root = said(MONDAY, "The import fails");
      const answer = said(MONDAY + 5 * MINUTE, "Which file, <@marta>? See <#help>.", {
        author: "ana",
        thread: root.id,
      });
      const { run, happened } = await started(replayOf([root, answer], platform));
      const played = await run.play({ stopping: never, settled });

      const channel = posted(happened);
      expect(channel.map(({ author, text, at }) => [author.name, text, at])).toEqual([
        ["Marta", "The import fails", MONDAY],
        ["Ana", "Which file, @Marta? See #help.", MONDAY + 5 * MINUTE],
      ]);
      expect(channel[1]?.thread).toBe(channel[0]?.id);
      expect(played.told).toBe("Replayed 2 messages of 2 people in 1 channel, 2024-01-08 to 2024-01-08.");
    });
  }

  test("a Slack export, with its own ids", async () => {
    const replay = await readReplay(join(fixtures, "slack"));
    const { run, happened } = await started(replay);
    const played = await run.play({ stopping: never, settled });
    expect(played.unsaid).toEqual([]);
    expect(posted(happened)).toHaveLength(replay.messages.length);
    expect(posted(happened).map(({ at }) => at)).toEqual(replay.messages.map(({ at }) => at));
  });

  test("a Discord export, forum posts and replies with it", async () => {
    const replay = await readReplay(join(fixtures, "discord"));
    const { run, happened } = await started(replay);
    const played = await run.play({ stopping: never, settled });
    expect(played.unsaid).toEqual([]);
    expect(posted(happened)).toHaveLength(replay.messages.length);
  });

  test("a message the platform would not take is counted and named, and the rest is played", async () => {
    const { run } = await started(
      replayOf(
        [said(MONDAY, ""), said(MONDAY + 1, "Hello?", { author: "nobody" }), said(MONDAY + 2, "Hi")],
        "discord",
      ),
    );
    const played = await run.play({ stopping: never, settled });
    expect(played.said).toBe(1);
    expect(played.told).toContain("2 were left out:");
    expect(played.told).toContain(`message m${MONDAY}: Marta cannot send an empty message`);
    expect(played.told).toContain("nobody");
  });

  test("what the reader skipped is named too, and a long list is cut", async () => {
    const skipped = Array.from({ length: 14 }, (_, n) => ({ place: `line ${n}`, reason: "no text" }));
    const { run } = await started({ ...replayOf([said(MONDAY, "Hi")]), skipped });
    const { told } = await run.play({ stopping: never, settled });
    expect(told).toContain("14 were left out:");
    expect(told).toContain("  line 9: no text");
    expect(told).not.toContain("line 10");
    expect(told).toContain("  and 4 more");
  });

  test("an empty replay plays, and says so", async () => {
    const { run } = await started(replayOf([]));
    expect((await run.play({ stopping: never, settled })).told).toBe(
      "Replayed 0 messages of 2 people in 1 channel.",
    );
  });

  test("Ctrl-C ends it after the message that is being said", async () => {
    const stopping = new AbortController();
    const { run } = await started(replayOf([said(MONDAY, "one"), said(MONDAY + DAY, "two")]));
    const played = await run.play({
      stopping: stopping.signal,
      settled: async () => stopping.abort(),
    });
    expect(played.said).toBe(1);
  });
});

describe("the bot keeps up", () => {
  test("it is heard out in every pause and after every message, before time goes on", async () => {
    const { run, clock } = await started(
      replayOf([said(MONDAY, "one"), said(MONDAY + 3 * 60 * MINUTE, "two")]),
    );
    const looked: number[] = [];
    await run.play({
      stopping: never,
      settled: async () => {
        looked.push((clock.now() - MONDAY) / MINUTE);
      },
    });
    // The minute before, the message, the pauses in which something may fall due, the second message, and afterwards.
    expect(looked.map(Math.floor)).toEqual([0, 0, 2, 12, 16, 31, 90, 121, 180, 180, 182, 185]);
  });

  test("a bot that knows when it is due is woken exactly then", async () => {
    const { run, clock } = await started(
      replayOf([said(MONDAY, "one"), said(MONDAY + 3 * 60 * MINUTE, "two")]),
    );
    const looked: number[] = [];
    const promises = [2, 45, 60, 181].map((minutes) => MONDAY + minutes * MINUTE);
    await run.play({
      stopping: never,
      settled: async () => {
        looked.push((clock.now() - MONDAY) / MINUTE);
      },
      due: async () => promises.find((at) => at > clock.now()) ?? null,
    });
    expect(looked).toEqual([0, 0, 2, 45, 60, 180, 180, 181, 185]);
  });

  test("a bot that stays due does not hold the replay up", async () => {
    const { run, clock } = await started(replayOf([said(MONDAY, "one"), said(MONDAY + DAY, "two")]));
    const played = await run.play({ stopping: never, settled, due: async () => clock.now() });
    expect(played.said).toBe(2);
  });

  test("nobody of the replay becomes staff but those it calls so", async () => {
    const { run } = await started(replayOf([said(MONDAY, "Hi")]));
    const policy = workspacePolicyFor(readPolicy(run.policy, "the replay"), "slack", run.local.workspace);
    expect(policy.staffReadTeamChannel).toBe(true);
    expect(policy.teams[0]?.channels).toMatchObject([{ channel: "*", mode: "every", live: true }]);
    expect(policy.teams[0]?.teamChannel.channel).toBe("support-team");
  });

  test("an export that has a #support-team of its own keeps it", async () => {
    const replay = replayOf([said(MONDAY, "Hi")]);
    const { run } = await started({
      ...replay,
      channels: [...replay.channels, { id: "team", name: "support-team", kind: "text" }],
    });
    const policy = workspacePolicyFor(readPolicy(run.policy, "the replay"), "slack", run.local.workspace);
    expect(policy.teams[0]?.teamChannel.channel).toBe("siempre-team");
  });

  test("pauses go forward, end where the next word is, and are few in however long a silence", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e12 }),
        fc.integer({ min: -1e6, max: 20 * 365 * DAY }),
        (from, gap) => {
          const pauses = pausesWithin(from, from + gap);
          if (gap <= 0) expect(pauses).toEqual([]);
          else expect(pauses.at(-1)).toBe(from + gap);
          for (const [index, pause] of pauses.entries())
            expect(pause).toBeGreaterThan(pauses[index - 1] ?? from);
          expect(pauses.length).toBeLessThan(70 + Math.max(0, gap) / (7 * DAY));
        },
      ),
    );
  });
});
