import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChatEvent } from "../../src/domain/events.ts";
import {
  eventsOf,
  instantOf,
  namesNeeded,
  readEvent,
  slackMessage,
  tsOf,
  withNames,
} from "../../src/platforms/slack/inbound.ts";
import { type Names, namedIn, plainText } from "../../src/platforms/slack/plain.ts";
import { AT, fixture, ROOT, self, TS } from "./slack/fixture.ts";

const people: Readonly<Record<string, string>> = {
  U0SIEMPRE: "Siempre",
  U0ANA0001: "Ana",
  U0MARTA01: "Marta",
};
const channels: Readonly<Record<string, string>> = { C0TEAM001: "team" };
const names: Names = { person: (id) => people[id] ?? null, channel: (id) => channels[id] ?? null };
const strangers: Names = { person: () => null, channel: () => null };

/** What the core is told of a payload, or the reason why nothing. */
function heard(name: string, change: Record<string, unknown> = {}): ChatEvent | string {
  const reading = readEvent(fixture(name, change), self);
  if (reading.kind === "chat") return withNames(reading.event, names);
  return reading.kind === "ignored" ? reading.why : reading.kind;
}

const at = (thread: string | null, message = TS, channel = "C0HELP001") => {
  return { platform: "slack", workspace: "T0ACME001", channel, thread, message };
};

describe("a message", () => {
  test("is told in plain words, with who is mentioned", () => {
    expect(heard("message")).toEqual({
      kind: "message",
      where: at(null),
      at: AT,
      author: {
        platform: "slack",
        workspace: "T0ACME001",
        id: "U0MARTA01",
        name: "Marta",
        bot: false,
        external: false,
        company: null,
        fresh: false,
      },
      text: "Hola @Siempre, ask @Ana in #team: https://acme.example/a?b=1&c=2 shows 2 < 3 & fails",
      mentions: ["U0ANA0001"],
      mentionsBot: true,
      files: [],
      replyTo: null,
      forumPost: false,
      title: null,
    });
  });

  test("of another organisation, in a thread, says so", () => {
    expect(heard("message-connect-reply")).toMatchObject({
      where: at(ROOT),
      author: { id: "U0NORTH01", name: "U0NORTH01", external: true, company: "T0OTHER01" },
    });
  });

  test("by somebody of the same Enterprise Grid is not of another organisation", () => {
    const reading = readEvent(fixture("message", { team: "E0ACME" }), { ...self, enterprise: "E0ACME" });
    expect(reading).toMatchObject({ event: { author: { external: false, company: null } } });
  });

  test("of a screenshot alone has the file", () => {
    expect(heard("message-file")).toMatchObject({
      text: "",
      files: [{ name: "error.png", mime: "image/png", bytes: 48213 }],
    });
  });

  test("sent to thread and channel is one message of the thread", () => {
    expect(heard("message-broadcast")).toMatchObject({ kind: "message", where: at(ROOT) });
  });

  test("by a workflow or an integration is a bot's", () => {
    expect(heard("message-bot")).toMatchObject({
      author: { id: "B0FORM001", name: "Help form", bot: true },
      text: "Export fails since Monday",
    });
  });

  test("by an integration that says it all in attachments is not empty", () => {
    const attachments = [{ fallback: "Build 7 failed" }, { text: "See <https://ci.example|the log>" }];
    expect(heard("message-bot", { text: "", attachments })).toMatchObject({
      text: "Build 7 failed\nSee https://ci.example",
    });
  });

  test("to the bot itself says so", () => {
    expect(heard("message", { channel_type: "im" })).toMatchObject({ direct: true, where: at(null) });
  });

  test("of a form that says it in blocks alone is told in their words, with its app and whom it names", () => {
    const blocks = [
      { type: "header", text: { type: "plain_text", text: "Help form" } },
      {
        type: "rich_text",
        elements: [
          {
            type: "rich_text_section",
            elements: [
              { type: "text", text: "From " },
              { type: "user", user_id: "U0MARTA01" },
              { type: "text", text: ": the export fails" },
            ],
          },
        ],
      },
    ];
    expect(heard("message-bot", { text: "", attachments: [], blocks, app_id: "A0FORMS" })).toMatchObject({
      text: "Help form\nFrom @Marta: the export fails",
      mentions: ["U0MARTA01"],
      app: "A0FORMS",
    });
  });

  test("that starts a thread stands at top level", () => {
    expect(heard("message", { thread_ts: TS })).toMatchObject({ where: at(null) });
  });

  test.each([
    ["our own, by user", "message", { user: "U0SIEMPRE" }],
    ["our own, by bot id", "message-bot", { bot_id: "B0SIEMPRE" }],
    ["a join", "message-joined", {}],
    ["a topic", "message-topic", {}],
    ["a mention, which repeats its message", "app-mention", {}],
    ["a direct message of several people", "message", { channel_type: "mpim" }],
    ["without a channel", "message", { channel: undefined }],
    ["without a ts", "message", { ts: 7 }],
    ["an event nobody knows", "message", { type: "quantum_leap" }],
  ])("is not told: %s", (_, name, change) => {
    expect(typeof heard(name, change)).toBe("string");
  });

  test("keeps its seen key when it comes again", () => {
    const twice = [heard("message"), heard("message")];
    expect(twice[0]).toEqual(twice[1]);
  });

  test("with fields of unknown shapes degrades instead of being lost", () => {
    const odd = {
      files: "none",
      attachments: 3,
      bot_profile: null,
      edited: true,
      team: 4,
      reply_count: "many",
    };
    expect(heard("message", odd)).toMatchObject({ kind: "message", author: { id: "U0MARTA01" }, files: [] });
  });
});

describe("a change", () => {
  test("of the words is an edit", () => {
    expect(heard("message-edited")).toMatchObject({
      kind: "edited",
      where: at(null),
      at: 1_764_000_060_000,
      author: { id: "U0MARTA01", name: "Marta" },
      text: "Nobody can log in now",
    });
  });

  test("inside a thread knows its thread", () => {
    const { message, previous_message: before } = fixture("message-edited").event;
    const inThread = (one: unknown) => ({ ...(one as object), thread_ts: ROOT });
    const change = { message: inThread(message), previous_message: inThread(before) };
    expect(heard("message-edited", change)).toMatchObject({ where: at(ROOT) });
  });

  test("by an unfurled link is none", () => {
    expect(heard("message-unfurled")).toBe("no edit by a person");
  });

  test("marked as edited with the same words is none", () => {
    const { message } = fixture("message-edited").event;
    expect(heard("message-edited", { previous_message: message })).toBe("the same text");
  });

  test("of our own post is none", () => {
    const { message } = fixture("message-edited").event;
    const own = { ...(message as object), user: "U0SIEMPRE", bot_id: "B0SIEMPRE" };
    expect(heard("message-edited", { message: own })).toBe("our own post");
  });

  test("into a tombstone is a deletion: a thread's root was deleted", () => {
    expect(heard("message-tombstone")).toMatchObject({
      kind: "deleted",
      where: at(null),
      at: 1_764_000_060_000,
    });
  });
});

describe("a deletion", () => {
  test("names the message and its thread", () => {
    expect(heard("message-deleted")).toEqual({ kind: "deleted", where: at(ROOT), at: 1_764_000_090_000 });
  });

  test("whose message Slack no longer tells is told all the same", () => {
    expect(heard("message-deleted", { previous_message: undefined })).toMatchObject({ where: at(null) });
  });

  test("of our own post is not told", () => {
    const own = { ts: TS, user: "U0SIEMPRE", bot_id: "B0SIEMPRE", text: "Thanks" };
    expect(heard("message-deleted", { previous_message: own })).toBe("our own post");
  });
});

describe("a reaction", () => {
  test("is told without its skin tone, put on or taken off", () => {
    expect(heard("reaction-added")).toMatchObject({
      kind: "reaction",
      where: at(null),
      at: 1_764_000_005_000,
      by: { id: "U0ANA0001", name: "Ana" },
      emoji: "eyes",
      added: true,
      target: null,
    });
    expect(heard("reaction-removed")).toMatchObject({ emoji: "eyes", added: false });
  });

  test("of our own, or on a file, is not told", () => {
    expect(typeof heard("reaction-added", { user: "U0SIEMPRE" })).toBe("string");
    expect(typeof heard("reaction-added", { item: { type: "file", file: "F1" } })).toBe("string");
  });
});

describe("joining and leaving", () => {
  test("only tells that who can read a channel has changed", () => {
    for (const name of ["member-joined", "member-left"])
      expect(readEvent(fixture(name), self)).toEqual({
        kind: "membership",
        channel: "C0TEAM001",
        user: "U0ANA0001",
      });
  });
});

describe("history", () => {
  const read = (message: Record<string, unknown>) =>
    eventsOf(
      slackMessage.parse({ ts: TS, user: "U0MARTA01", text: "Hello", ...message }),
      "C0HELP001",
      self,
      5,
    );

  test("has an edited message twice: posted, then edited", () => {
    const events = read({ edited: { user: "U0MARTA01", ts: "1764000060.000000" } });
    expect(events.map(({ kind, at: when }) => [kind, when])).toEqual([
      ["message", AT],
      ["edited", 1_764_000_060_000],
    ]);
  });

  test("has nothing of ours and nothing Slack says", () => {
    expect([...read({ user: "U0SIEMPRE" }), ...read({ subtype: "channel_join" })]).toEqual([]);
  });

  test("has a deletion where a thread lost its root", () => {
    expect(read({ subtype: "tombstone", user: "USLACKBOT", thread_ts: TS })).toEqual([
      { kind: "deleted", where: at(null), at: 5 },
    ]);
  });
});

describe("plain words", () => {
  test.each([
    ["<@U0ANA0001>", "@Ana"],
    ["<@U9|bob>", "@bob"],
    ["<@U9>", "@U9"],
    ["<#C0TEAM001|>", "#team"],
    ["<#C9|old-name>", "#old-name"],
    ["<!subteam^S1|@support>", "@support"],
    ["<!here> <!channel|channel>", "@here @channel"],
    ["<!date^1764000000^{date}|24 Nov>", "24 Nov"],
    ["<https://a.example/x|label>", "https://a.example/x"],
    ["<mailto:a@b.example|a@b.example>", "a@b.example"],
    ["&amp;lt; is how &lt; is written", "&lt; is how < is written"],
    ["an open < and nothing more", "an open < and nothing more"],
  ])("%s", (markup, words) => {
    expect(plainText(markup, names)).toBe(words);
  });

  test("give back whatever a person typed, once Slack's escapes are undone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (typed) => {
        const stored = typed.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
        expect(plainText(stored, strangers)).toBe(typed);
        expect(namedIn(stored)).toEqual({ people: [], channels: [] });
      }),
    );
  });
});

describe("the reader of events", () => {
  test("never throws, whatever arrives", () => {
    fc.assert(
      fc.property(fc.anything(), fc.dictionary(fc.string(), fc.anything()), (body, event) => {
        readEvent(body, self);
        readEvent({ event: { ...event, type: "message", channel: "C1" } }, self);
        readEvent({ event: { ...event, type: "message", subtype: "message_changed", channel: "C1" } }, self);
      }),
    );
  });

  test("asks for the name of everybody a text names, and of who wrote it", () => {
    const reading = readEvent(fixture("message"), self);
    expect(reading.kind === "chat" && namesNeeded(reading.event)).toEqual({
      people: ["U0MARTA01", "U0SIEMPRE", "U0ANA0001"],
      channels: ["C0TEAM001"],
    });
  });

  test("reads instants to the millisecond, and back", () => {
    expect(instantOf("1764000000.123999")).toBe(AT);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (instant) => {
        expect(instantOf(tsOf(instant))).toBe(instant);
      }),
    );
  });
});
