// What an adapter tells the bot, and what it must never tell.
import { describe, expect } from "vitest";
import { snowflakeAt } from "../../../src/sandbox/discord/snowflake.ts";
import { line, type Make, type Stage, scenes } from "./stage.ts";

export function describeHearing(make: Make): void {
  const scene = scenes(make);

  describe("hears", () => {
    scene("a message at top level, with who wrote it and where", async (stage) => {
      const { world, heard } = stage;
      const id = await world.say(stage.marta, stage.help, "I was charged twice & I <3 refunds");
      const event = await heard.message(id);
      expect(event).toMatchObject({
        kind: "message",
        where: stage.ref(stage.help, id),
        text: "I was charged twice & I <3 refunds",
        mentions: [],
        mentionsBot: false,
        files: [],
        replyTo: null,
        forumPost: false,
        title: null,
      });
      expect(event.author).toMatchObject({
        platform: stage.platform.name,
        workspace: stage.workspace,
        id: stage.marta,
        name: "Marta",
        bot: false,
        external: false,
        company: null,
        fresh: false,
      });
      expect(event.at).toBe(stage.shown(id).at);
    });

    scene("an answer in a thread, under the message the thread hangs on", async (stage) => {
      const root = await stage.world.say(stage.marta, stage.help, "The import fails");
      const reply = await stage.world.say(stage.ana, stage.help, "Which file?", { thread: root });
      const event = await stage.heard.message(reply);
      expect(event.where).toEqual(stage.ref(stage.help, reply, root));
      expect(event.author.id).toBe(stage.ana);
    });

    scene("who is mentioned, by name in the text and by id beside it", async (stage) => {
      const { world, heard } = stage;
      const text = `<@${stage.ana}> and <@${world.botUser}>, see <#${stage.help}> at https://example.com/a?b=1&c=2`;
      const event = await heard.message(await world.say(stage.marta, stage.help, text));
      expect(event.mentionsBot).toBe(true);
      expect(event.mentions.filter((id) => id !== world.botUser)).toEqual([stage.ana]);
      expect(event.text).toContain("@Ana and @");
      expect(event.text).toContain("see #help at https://example.com/a?b=1&c=2");
    });

    scene("files, with name, kind and size", async (stage) => {
      const files = [{ name: "screen.png", mime: "image/png", bytes: new Uint8Array(1234) }];
      const event = await stage.heard.message(await stage.world.say(stage.marta, stage.help, "", { files }));
      expect(event.files).toEqual([{ name: "screen.png", mime: "image/png", bytes: 1234 }]);
    });

    scene("a reply to a message, where the platform has such a thing", async (stage) => {
      const first = await stage.world.say(stage.marta, stage.help, "Where is the invoice?");
      const second = await stage.world.say(stage.ana, stage.help, "Under Billing", { replyTo: first });
      const event = await stage.heard.message(second);
      expect(event.replyTo).toBe(stage.world.name === "discord" ? first : null);
    });

    scene("a forum post with its title, and answers under it", async (stage) => {
      if (!stage.forums) return;
      const post = await stage.world.say(stage.marta, stage.forum, "It drops rows", { title: "CSV import" });
      const event = await stage.heard.message(post);
      expect(event).toMatchObject({ forumPost: true, title: "CSV import", text: "It drops rows" });
      expect(event.where.channel).toBe(stage.forum);
      expect(event.where.thread ?? post).toBe(post);
      const reply = await stage.world.say(stage.ana, stage.forum, "Which version?", { thread: post });
      const answer = await stage.heard.message(reply);
      expect(answer).toMatchObject({ forumPost: false, where: stage.ref(stage.forum, reply, post) });
    });

    scene("that another bot wrote", async (stage) => {
      const event = await stage.heard.message(await stage.world.say(stage.pager, stage.help, "CPU at 99 %"));
      expect(event.author).toMatchObject({ bot: true });
    });

    scene("that somebody is of another organisation, or new here", async (stage) => {
      const slack = stage.world.name === "slack";
      const now = stage.shown(await stage.world.say(stage.marta, stage.help, "what time is it?")).at;
      const young = now - 3_600_000;
      const id = slack ? "U0EVE" : snowflakeAt(young, 7);
      stage.world.addPerson({ id, name: "Eve", external: slack, ...(slack ? {} : { createdAt: young }) });
      const event = await stage.heard.message(await stage.world.say(id, stage.help, "Hello, anybody there?"));
      expect(event.author).toMatchObject({ id, name: "Eve", external: slack, fresh: !slack });
      expect(event.author.company === null).toBe(!slack);
    });

    scene("an edit, with the new text", async (stage) => {
      const { world, heard } = stage;
      const id = await world.say(stage.marta, stage.help, "I cant log in");
      await world.edit(stage.marta, stage.help, id, "Now nobody can log in");
      const event = await heard.of("edited", id);
      expect(event).toMatchObject({ where: stage.ref(stage.help, id), text: "Now nobody can log in" });
      expect(event.author.id).toBe(stage.marta);
    });

    scene("an edit inside a thread", async (stage) => {
      const root = await stage.world.say(stage.marta, stage.help, "The import fails");
      const reply = await stage.world.say(stage.marta, stage.help, "since today", { thread: root });
      await stage.world.edit(stage.marta, stage.help, reply, "since yesterday");
      const event = await stage.heard.of("edited", reply);
      expect(event).toMatchObject({ where: stage.ref(stage.help, reply, root), text: "since yesterday" });
    });

    scene("a deletion, at top level and in a thread", async (stage) => {
      const root = await stage.world.say(stage.marta, stage.help, "My password is 1234");
      const reply = await stage.world.say(stage.marta, stage.help, "and my PIN is 99", { thread: root });
      await stage.world.remove(stage.marta, stage.help, reply);
      const inside = await stage.heard.of("deleted", reply);
      expect(inside.where).toMatchObject({ channel: stage.help, message: reply });
      await stage.world.remove(stage.marta, stage.help, root);
      expect((await stage.heard.of("deleted", root)).where.channel).toBe(stage.help);
    });

    scene("a reaction put on and taken off", async (stage) => {
      const id = await stage.world.say(stage.marta, stage.help, "Is it me?");
      await stage.world.react(stage.ana, stage.help, id, stage.emoji("eyes"));
      const on = await stage.heard.of("reaction", id);
      expect(on).toMatchObject({ emoji: "eyes", added: true, target: null });
      expect(on.by.id).toBe(stage.ana);
      await stage.world.react(stage.ana, stage.help, id, stage.emoji("eyes"), false);
      await stage.heard.until("The reaction taken off", () =>
        stage.heard.events.some((event) => event.kind === "reaction" && !event.added),
      );
    });

    scene("a ticket put on a message, together with the message", async (stage) => {
      const id = await stage.world.say(stage.marta, stage.help, "Please look at this");
      await stage.world.react(stage.ana, stage.help, id, stage.emoji("ticket"));
      const event = await stage.heard.of("reaction", id);
      expect(event.emoji).toBe("ticket");
      expect(event.target).toMatchObject({
        kind: "message",
        where: stage.ref(stage.help, id),
        text: "Please look at this",
        author: { id: stage.marta },
      });
    });

    scene("a ticket put on an answer in a thread", async (stage) => {
      const root = await stage.world.say(stage.marta, stage.help, "Hello");
      const id = await stage.world.say(stage.marta, stage.help, "it broke again", { thread: root });
      await stage.world.react(stage.ana, stage.help, id, stage.emoji("ticket"));
      const event = await stage.heard.of("reaction", id);
      expect(event.target).toMatchObject({ where: stage.ref(stage.help, id, root), text: "it broke again" });
    });
  });

  describe("never hears", () => {
    scene("the bot's own posts, updates, reactions and removals", async (stage) => {
      const { platform } = stage;
      const asked = await stage.world.say(stage.marta, stage.help, "Hi there");
      const post = await stage.ensure(stage.inChannel(stage.help), line("first words"));
      await stage.ensure(stage.inChannel(stage.help), line("other words"), { known: post });
      const reply = await stage.ensure(stage.inThread(stage.help, asked), line("in a thread"), { key: "t" });
      await platform.react(stage.ref(stage.help, asked), "eyes", true);
      await platform.remove(reply);
      await onlyHears(stage, [asked]);
    });

    scene("an edit that changes no word", async (stage) => {
      const id = await stage.world.say(stage.marta, stage.help, "As it was");
      await stage.world.edit(stage.marta, stage.help, id, "As it was");
      await onlyHears(stage, [id]);
    });

    scene("what the platform writes by itself", async (stage) => {
      const id = await stage.world.say(stage.marta, stage.help, "See https://example.com/page");
      for (const noise of stage.noise) await noise.make(stage.world, stage.help, stage.luis, id);
      await onlyHears(stage, [id]);
    });
  });

  describe("loses nothing", () => {
    scene("when the bot fails to commit an event", async (stage) => {
      let failures = 1;
      stage.heard.take = () => {
        if (failures-- > 0) throw new Error("the database is away");
      };
      const id = await stage.world.say(stage.marta, stage.help, "Do not lose me");
      await arrives(stage, id);
      expect(stage.heard.rejected).toHaveLength(1);
    });

    scene("that was said while the connection was cut", async (stage) => {
      await stage.heard.message(await stage.world.say(stage.marta, stage.help, "before"));
      stage.world.cut();
      const id = await stage.world.say(stage.marta, stage.help, "in the dark");
      await arrives(stage, id);
      stage.refusalsAreMeant = true;
    });

    scene("after a restart, when it reads what was said meanwhile", async (stage) => {
      const before = await stage.world.say(stage.marta, stage.help, "before");
      const since = (await stage.heard.message(before)).at;
      await stage.stopPlatform();
      const id = await stage.world.say(stage.marta, stage.help, "while it was away");
      await stage.restart();
      const ids: string[] = [];
      for await (const event of stage.platform.history(stage.workspace, stage.help, since, [])) {
        ids.push(event.where.message);
      }
      expect(ids).toEqual([before, id]);
      await stage.heard.message(await stage.world.say(stage.marta, stage.help, "and back"));
    });

    scene("when it stops: it waits for what is under way", async (stage) => {
      let release = () => {};
      const gate = new Promise<void>((resolve) => {
        release = resolve;
      });
      let taken = false;
      stage.heard.take = async () => {
        taken = true;
        await gate;
      };
      const said = stage.world.say(stage.marta, stage.help, "just before the end");
      await stage.heard.until("The event", () => taken);
      let stopped = false;
      const stopping = stage.stopPlatform().then(() => {
        stopped = true;
      });
      // A stop that does not wait is over within this time; nothing else can be waited for.
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(stopped).toBe(false);
      release();
      await stopping;
      await said;
      expect(stage.heard.events).toHaveLength(1);
    });
  });
}

/** Sends one more message and expects that until then only `ids` were heard of, each as a message. */
async function onlyHears(stage: Stage, ids: readonly string[]): Promise<void> {
  const last = await stage.world.say(stage.ana, stage.help, "the last word");
  await stage.heard.message(last);
  const heard = stage.heard.events.map((event) => `${event.kind} ${event.where.message}`);
  expect([...new Set(heard)].sort()).toEqual([...ids, last].map((id) => `message ${id}`).sort());
}

/** The message is delivered, or the bot is told to read history and finds it there. */
async function arrives(stage: Stage, id: string): Promise<void> {
  const { heard, platform } = stage;
  const known = () => heard.messages().some((event) => event.where.message === id);
  await heard.until(`The message ${id}, or word of a gap`, () => known() || heard.gaps > 0);
  if (known()) return;
  const since = stage.shown(id).at;
  const found: string[] = [];
  for await (const event of platform.history(stage.workspace, stage.help, since, [])) {
    found.push(event.where.message);
  }
  expect(found).toContain(id);
}
