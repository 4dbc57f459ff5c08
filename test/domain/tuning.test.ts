import { describe, expect, it } from "vitest";
import type { MessageEvent } from "../../src/domain/events.ts";
import { type IntakeSettings, type Past, replayIntake } from "../../src/domain/intake/replay.ts";
import { betterThan, type Made, scoreOf, settingsToTry } from "../../src/domain/intake/tuning.ts";
import { readMessage } from "../../src/domain/triage/read.ts";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 24, 10, 0);
const SETTINGS: IntakeSettings = { joinWithin: 10, opensFrom: null };

function said(id: string, author: string, minute: number, text: string): Past["messages"][number] {
  const message: MessageEvent = {
    kind: "message",
    where: { platform: "slack", workspace: "W", channel: "C", thread: null, message: id },
    at: NOW + minute * MINUTE,
    author: {
      ...{ platform: "slack", workspace: "W", id: author, name: author },
      ...{ bot: false, external: false, company: null, fresh: false },
    },
    text,
    mentions: [],
    mentionsBot: false,
    files: [],
    replyTo: null,
    forumPost: false,
    title: null,
  };
  return { message, role: "customer", reading: readMessage(text), staffMentioned: [] };
}

function pastOf(messages: Past["messages"], ended: [string, number][] = []): Past {
  return { messages, mode: "every", openingsPerHour: 5, ended: new Map(ended) };
}

function replayed(past: Past, settings: IntakeSettings) {
  const replay = replayIntake(past, settings);
  for (;;) {
    const step = replay.next();
    if (step.done) return step.value;
  }
}

/** Ten customers who say what they mean in two messages, 18 minutes apart. */
const slow = Array.from({ length: 10 }, (_, index) => [
  said(`a${index}`, `c${index}`, index * 120, "The export fails with an error for me"),
  said(`b${index}`, `c${index}`, index * 120 + 18, "I was charged twice for November, on the card"),
]).flat();
const joinedByHand: Made = {
  belongs: new Map(
    slow.map(({ message }) => [message.where.message, message.where.message.replace("b", "a")]),
  ),
  corrected: new Set(["b1", "b4", "b7"]),
};

describe("a channel's past under other settings", () => {
  it("opens less the longer messages of one person belong together", () => {
    const opened = [5, 25, 60].map(
      (joinWithin) => replayed(pastOf(slow), { ...SETTINGS, joinWithin }).opened,
    );
    expect(opened[0]).toBe(20);
    expect(opened[1]).toBe(10);
    expect(opened[2]).toBe(10);
  });

  it("does not join what had ended by then", () => {
    const ended = slow.map(({ message }): [string, number] => [message.where.message, message.at + MINUTE]);
    expect(replayed(pastOf(slow, ended), { ...SETTINGS, joinWithin: 60 }).opened).toBe(20);
  });
});

describe("better settings", () => {
  const scores = (past: Past, made: Made, now = SETTINGS) =>
    settingsToTry(now).map((settings) => scoreOf(settings, replayed(past, settings), made));

  it("are those with which the team's corrections would not have been needed, changed as little as possible", () => {
    const [now, ...others] = scores(pastOf(slow), joinedByHand);
    if (!now) throw new Error("what holds now is tried first");
    expect(now).toMatchObject({ opened: 20, needed: 3, agreed: 10 });
    const better = betterThan(now, others, joinedByHand.belongs.size);
    expect(better).toMatchObject({
      settings: { joinWithin: 25, opensFrom: null },
      opened: 10,
      needed: 0,
      agreed: 20,
    });
  });

  it("are none where those of now agree with the team, and none from a handful of messages", () => {
    const fits: Made = { ...joinedByHand, corrected: new Set() };
    const [now, ...others] = scores(pastOf(slow), fits, { ...SETTINGS, joinWithin: 25 });
    if (!now) throw new Error("what holds now is tried first");
    expect(betterThan(now, others, fits.belongs.size)).toBeNull();
    const [few, ...rest] = scores(pastOf(slow), joinedByHand);
    if (few) expect(betterThan(few, rest, 7)).toBeNull();
  });

  it("never cost agreement elsewhere", () => {
    const now = { settings: SETTINGS, opened: 9, joined: 1, agreed: 20, needed: 3 };
    const other = { settings: { ...SETTINGS, joinWithin: 60 }, opened: 5, joined: 5, agreed: 19, needed: 0 };
    expect(betterThan(now, [other], 30)).toBeNull();
  });
});
