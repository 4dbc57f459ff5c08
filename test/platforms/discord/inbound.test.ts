// What becomes of Discord's payloads; no network.
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Place } from "../../../src/platforms/discord/atlas.ts";
import { unpackId } from "../../../src/platforms/discord/custom-id.ts";
import {
  type Around,
  deletedEvent,
  editedEvent,
  messageEvent,
  reactionEvent,
} from "../../../src/platforms/discord/inbound.ts";
import { type Heard, heard, langOf } from "../../../src/platforms/discord/interactions.ts";
import { interactionSchema, messageSchema, reactionSchema } from "../../../src/platforms/discord/payloads.ts";
import {
  ANA,
  atlas,
  BOT,
  GUILD,
  gateway,
  HELP,
  interactions,
  MARTA,
  POST,
  placeOf,
  TEAM,
  THREAD,
} from "./recorded.ts";

const now = Date.UTC(2026, 10, 20, 9, 30);

const around: Around = {
  self: BOT,
  ownRoles: new Set(["410000000000000011"]),
  roleName: (id) => atlas().guilds.get(GUILD)?.roles.get(id)?.name ?? null,
  channelName: (id) => atlas().channel(GUILD, id)?.name ?? null,
};

function message(name: string, more: Record<string, unknown> = {}) {
  return messageSchema.parse({ ...z.record(z.string(), z.unknown()).parse(gateway[name]), ...more });
}

describe("a message", () => {
  test("in a channel is told with its author, text, mentions and files", () => {
    expect(messageEvent(message("message"), placeOf(HELP), around)).toEqual({
      kind: "message",
      where: { platform: "discord", workspace: GUILD, channel: HELP, thread: null, message: THREAD },
      at: Date.UTC(2026, 10, 20, 9),
      author: {
        platform: "discord",
        workspace: GUILD,
        id: MARTA,
        name: "Marta",
        bot: false,
        external: false,
        company: null,
        fresh: false,
      },
      text: "@Ana the plan change charged me twice, see #team :sad:",
      mentions: [ANA],
      mentionsBot: false,
      files: [{ name: "invoice.png", mime: "image/png", bytes: 2048 }],
      replyTo: null,
      forumPost: false,
      title: null,
    });
  });

  test("in a thread stands in the parent channel, under the thread's id", () => {
    const event = messageEvent(message("reply"), placeOf(THREAD), around);
    expect(event?.where).toMatchObject({ channel: HELP, thread: THREAD, message: "1310000000000000205" });
    expect(event?.replyTo).toBe("1310000000000000202");
    // Replying rings the bell of the one replied to, but nobody was named.
    expect(event?.mentions).toEqual([]);
    expect(event?.mentionsBot).toBe(false);
  });

  test("that opens a forum post carries its title, and nothing else does", () => {
    const event = messageEvent(message("forumPost"), placeOf(POST), around);
    expect(event).toMatchObject({
      forumPost: true,
      title: "CSV import",
      where: { thread: POST, message: POST },
    });
    const answer = messageEvent(message("forumPost", { id: "1310000000000000301" }), placeOf(POST), around);
    expect(answer).toMatchObject({ forumPost: false, title: null, where: { thread: POST } });
  });

  test("names the bot by its user or by the role Discord made for it", () => {
    const named = (content: string) =>
      messageEvent(message("message", { content, mentions: [] }), placeOf(HELP), around);
    expect(named(`<@${BOT}> help`)?.mentionsBot).toBe(true);
    expect(named(`<@!${BOT}> help`)?.mentionsBot).toBe(true);
    const byRole = named("<@&410000000000000011> help");
    expect(byRole).toMatchObject({ mentionsBot: true, text: "@Siempre help" });
    expect(named("<@&410000000000000010> help")).toMatchObject({ mentionsBot: false, text: "@support help" });
  });

  test("of a new account, or of somebody who has just joined, is marked", () => {
    const young = (BigInt(now - 3 * 86_400_000 - 1_420_070_400_000) << 22n).toString();
    const author = { id: young, username: "new" };
    expect(messageEvent(message("message", { author }), placeOf(HELP), around)?.author.fresh).toBe(true);
    const member = { roles: [], joined_at: "2026-11-20T01:00:00.000000+00:00" };
    expect(messageEvent(message("message", { member }), placeOf(HELP), around)?.author.fresh).toBe(true);
  });

  test("of a webhook is a bot's; a forwarded one has the words that were forwarded", () => {
    const webhook = messageEvent(message("webhook"), placeOf(HELP), around);
    expect(webhook?.author).toMatchObject({ bot: true, name: "Status page" });
    const forwarded = messageEvent(message("forwarded"), placeOf(HELP), around);
    expect(forwarded).toMatchObject({ text: "I cannot pay", replyTo: null });
  });

  test("of an app says what its embeds say, and for whom it was made", () => {
    const embeds = [
      {
        title: "Help form",
        description: `From <@${MARTA}>`,
        fields: [{ name: "What happened", value: "The export fails" }],
      },
    ];
    const form = message("webhook", { content: "", embeds, application_id: "500000000000000001" });
    const heard = messageEvent(form, placeOf(HELP), around);
    expect(heard?.text).toContain("What happened: The export fails");
    expect(heard).toMatchObject({ mentions: [MARTA], app: "500000000000000001", madeFor: null });
    const answer = message("webhook", { type: 20, interaction_metadata: { user: { id: MARTA } } });
    const bot = { ...answer, author: { ...answer.author, bot: true } };
    expect(messageEvent(bot, placeOf(HELP), around)).toMatchObject({ madeFor: MARTA });
  });

  test("of a person does not say what its links unfold to", () => {
    const unfolded = message("message", { embeds: [{ title: "Charged twice" }] });
    expect(messageEvent(unfolded, placeOf(HELP), around)?.text).not.toContain("Charged twice");
  });

  test("to the bot itself says so", () => {
    const place: Place = { guild: GUILD, channel: "1", thread: null, forum: false, direct: true };
    expect(messageEvent(message("message"), place, around)).toMatchObject({
      direct: true,
      where: { workspace: GUILD, channel: "1", thread: null },
    });
  });

  test("of the system, or of the bot itself, is none", () => {
    expect(messageEvent(message("joined"), placeOf(HELP), around)).toBeNull();
    for (const type of [6, 7, 18, 20, 21, 23, 46]) {
      expect(messageEvent(message("message", { type }), placeOf(HELP), around)).toBeNull();
    }
    const own = message("message", { author: { id: BOT, username: "Siempre", bot: true } });
    expect(messageEvent(own, placeOf(HELP), around)).toBeNull();
  });

  test("with fields of tomorrow, or with broken ones, is still read", () => {
    const odd = message("message", {
      attachments: "?",
      mentions: [{ nonsense: true }],
      member: 7,
      flags: "x",
      poll: {},
    });
    const event = messageEvent(odd, placeOf(HELP), around);
    expect(event).toMatchObject({ files: [], author: { name: "Marta Ruiz" } });
    expect(event?.text).toContain(`@${ANA}`);
  });
});

describe("what happens to a message", () => {
  test("an edit is told with its own time", () => {
    expect(editedEvent(message("edited"), placeOf(HELP), around)).toMatchObject({
      kind: "edited",
      at: Date.UTC(2026, 10, 20, 9, 10, 0, 123),
      text: "nobody can log in now",
      author: { id: MARTA },
    });
  });

  test("a link that unfolds is no edit", () => {
    expect(editedEvent(message("unfurled"), placeOf(HELP), around)).toBeNull();
  });

  test("a deletion is told with the time we heard of it", () => {
    expect(deletedEvent(placeOf(THREAD), "1310000000000000205", now)).toEqual({
      kind: "deleted",
      where: {
        platform: "discord",
        workspace: GUILD,
        channel: HELP,
        thread: THREAD,
        message: "1310000000000000205",
      },
      at: now,
    });
  });

  test("a reaction has the short name of its emoji; the bot's own is none", () => {
    const raw = reactionSchema.parse(gateway.reaction);
    expect(reactionEvent(raw, placeOf(THREAD), true, now, around, null)).toMatchObject({
      emoji: "ticket",
      added: true,
      by: { id: ANA, name: "Ana" },
      where: { channel: HELP, thread: THREAD },
      target: null,
    });
    expect(reactionEvent({ ...raw, user_id: BOT }, placeOf(THREAD), true, now, around, null)).toBeNull();
    const removed = { ...raw, member: undefined };
    expect(reactionEvent(removed, placeOf(THREAD), false, now, around, "Ana")?.by.name).toBe("Ana");
    const emoji = (id: string | null, name: string) =>
      reactionEvent({ ...raw, emoji: { id, name } }, placeOf(THREAD), true, now, around, null)?.emoji;
    expect([emoji(null, "👀"), emoji(null, "✅"), emoji("1", "party"), emoji(null, "🦖")]).toEqual([
      "eyes",
      "white_check_mark",
      "party",
      "🦖",
    ]);
  });
});

describe("somebody who acts", () => {
  const said = (name: string, place: Place | null, more: Record<string, unknown> = {}): Heard | null => {
    const raw = { ...z.record(z.string(), z.unknown()).parse(interactions[name]), ...more };
    return heard(interactionSchema.parse(raw), place, around, now);
  };

  test("types a command, in a thread as well", () => {
    const slash = said("slash", placeOf(THREAD));
    expect(slash?.call).toMatchObject({
      kind: "act",
      id: "1320000000000000001",
      surface: "slash",
      act: "assign",
      args: { number: "42", who: "300000000000000004" },
      lang: "es",
      by: { id: ANA, name: "Ana" },
      where: { channel: HELP, thread: THREAD, message: "" },
    });
    expect(slash).toMatchObject({ onMessage: false, canOpenForm: true, workspace: GUILD, direct: false });
  });

  test("types a command the bot no longer has: usage", () => {
    const old = said("slash", placeOf(HELP), {
      data: { name: "request", type: 1, options: [{ name: "fly", type: 1 }] },
    });
    expect(old?.call).toMatchObject({ act: "usage", args: { command: "request" } });
  });

  test("uses a shortcut on a message", () => {
    expect(said("shortcut", placeOf(HELP))?.call).toMatchObject({
      surface: "shortcut",
      act: "open",
      where: { message: THREAD, thread: null },
      target: { text: "nobody can log in", author: { id: MARTA, name: "Marta" } },
    });
  });

  test("presses a button", () => {
    const button = said("button", placeOf(TEAM));
    expect(button?.call).toMatchObject({
      surface: "button",
      act: "claim",
      args: { number: "42" },
      where: { channel: TEAM, message: "1310000000000000700" },
      lang: null,
    });
    expect(button?.onMessage).toBe(true);
  });

  test("presses a button in a direct message: the guild is the one the button is about", () => {
    const direct = said("directButton", null);
    expect(direct).toMatchObject({ direct: true, workspace: expect.stringMatching(/^\d+$/) });
    expect(direct?.call).toMatchObject({
      act: "on_it",
      args: { request: "8f14e45f-ceea-467f-9575-1a2b3c4d5e6f" },
      by: { id: ANA, workspace: direct?.workspace },
      where: { channel: "420000000000000500", thread: null, message: "1310000000000000800" },
    });
    expect(direct?.workspace).toBe(unpackId("on_it?_w=345bfy3h7zep").workspace);
  });

  test("chooses a person: the choice fills its argument", () => {
    expect(said("people", placeOf(TEAM))?.call).toMatchObject({
      surface: "menu",
      act: "assign",
      args: { number: "42", who: "300000000000000004" },
    });
  });

  test("sends a form, whose fields stand in labels or in rows", () => {
    const form = said("form", placeOf(TEAM));
    expect(form?.call).toMatchObject({
      surface: "modal",
      act: "say_back",
      args: { request: "r-1", line: "So: two charges", by: "13:00" },
    });
    expect(form).toMatchObject({ canOpenForm: false, onMessage: false });
  });

  test("is read in their language where it is one of ours", () => {
    expect(["es-ES", "es-419", "en-US", "en-GB", "de", null].map(langOf)).toEqual([
      "es",
      "es",
      "en",
      "en",
      null,
      null,
    ]);
  });
});
