// What the bot can look up: history after a gap, single messages, people, channels, addresses.
import { describe, expect } from "vitest";
import type { ChatEvent } from "../../../src/domain/events.ts";
import { line, type Make, type Stage, scenes } from "./stage.ts";

export function describeReading(make: Make): void {
  const scene = scenes(make);

  describe("reads history", () => {
    scene("since an instant, that instant included, oldest first", async (stage) => {
      const said: string[] = [];
      for (const text of ["one", "two", "three", "four"]) {
        said.push(await stage.world.say(stage.marta, stage.help, text));
        await tick();
      }
      const [, second = ""] = said;
      const since = (await stage.heard.message(second)).at;
      const read = await history(stage, since);
      expect(read.map((event) => event.where.message)).toEqual(said.slice(1));
      const live = stage.heard.events.find((event) => event.where.message === second);
      expect(read[0]).toEqual(live);
    });

    scene("with the answers in threads that began since, and in those it is told of", async (stage) => {
      const { world } = stage;
      const old = await world.say(stage.marta, stage.help, "an old question");
      const forgotten = await world.say(stage.marta, stage.help, "another old question");
      await world.say(stage.marta, stage.help, "already answered", { thread: old });
      await tick();
      const fresh = await world.say(stage.marta, stage.help, "a new question");
      const since = (await stage.heard.message(fresh)).at;
      const toOld = await world.say(stage.ana, stage.help, "answer to the old one", { thread: old });
      await world.say(stage.ana, stage.help, "answer to the forgotten one", { thread: forgotten });
      const toFresh = await world.say(stage.ana, stage.help, "answer to the new one", { thread: fresh });
      await stage.heard.message(toFresh);
      const read = await history(stage, since, [old]);
      const ids = read.map((event) => event.where.message);
      expect(ids).toEqual(expect.arrayContaining([fresh, toOld, toFresh]));
      expect(ids).not.toContain(old);
      expect(new Set(ids).size).toBe(ids.length);
      const answer = read.find((event) => event.where.message === toOld);
      expect(answer?.where).toEqual(stage.ref(stage.help, toOld, old));
      const times = read.map((event) => event.at);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    });

    scene("with edits behind what they edited", async (stage) => {
      const id = await stage.world.say(stage.marta, stage.help, "I cant log in");
      const since = (await stage.heard.message(id)).at;
      await stage.world.edit(stage.marta, stage.help, id, "Nobody can log in");
      const live = await stage.heard.of("edited", id);
      const read = await history(stage, since);
      expect(read.map((event) => event.kind)).toEqual(["message", "edited"]);
      expect(read[1]).toMatchObject({ where: live.where, at: live.at, text: "Nobody can log in" });
    });

    scene(
      "without the bot's own posts, without what is deleted, and without other channels",
      async (stage) => {
        const id = await stage.world.say(stage.marta, stage.help, "Hello");
        const gone = await stage.world.say(stage.marta, stage.help, "Never mind");
        await stage.world.remove(stage.marta, stage.help, gone);
        await stage.ensure(stage.inChannel(stage.help), line("Thanks"));
        await stage.ensure(stage.inThread(stage.help, id), line("in a thread"), { key: "b" });
        await stage.world.say(stage.ana, stage.team, "elsewhere");
        for (const noise of stage.noise) await noise.make(stage.world, stage.help, stage.luis, id);
        const read = await history(stage, stage.shown(id).at);
        expect([...new Set(read.map((event) => event.where.message))]).toEqual([id]);
      },
    );

    scene("of a forum, posts and answers", async (stage) => {
      if (!stage.forums) return;
      const post = await stage.world.say(stage.marta, stage.forum, "It drops rows", { title: "CSV import" });
      const since = (await stage.heard.message(post)).at;
      const reply = await stage.world.say(stage.ana, stage.forum, "Which version?", { thread: post });
      const read = await history(stage, since, [], stage.forum);
      expect(read.map((event) => event.where.message)).toEqual([post, reply]);
      expect(read[0]).toMatchObject({ forumPost: true, title: "CSV import" });
    });

    scene("longer than one page", async (stage) => {
      const said: string[] = [];
      for (let n = 0; n < 230; n++) said.push(await stage.world.say(stage.marta, stage.help, `message ${n}`));
      const since = stage.shown(said[0] ?? "").at;
      const read = await history(stage, since);
      expect(read.map((event) => event.where.message)).toEqual(said);
    });
  });

  describe("looks up", () => {
    scene("one message, and that it is gone", async (stage) => {
      const root = await stage.world.say(stage.marta, stage.help, "Hello");
      const reply = await stage.world.say(stage.marta, stage.help, "Anybody?", { thread: root });
      expect(await stage.platform.message(stage.ref(stage.help, root))).toMatchObject({ text: "Hello" });
      expect(await stage.platform.message(stage.ref(stage.help, reply, root))).toMatchObject({
        text: "Anybody?",
        where: stage.ref(stage.help, reply, root),
      });
      await stage.world.remove(stage.marta, stage.help, reply);
      expect(await stage.platform.message(stage.ref(stage.help, reply, root))).toBeNull();
      stage.refusalsAreMeant = true;
    });

    scene("people, with their groups and whether they administer", async (stage) => {
      const ana = await stage.platform.profile(stage.workspace, stage.ana);
      expect(ana).toMatchObject({ id: stage.ana, name: "Ana", bot: false, admin: false });
      expect(ana?.groups).toContain("support");
      const luis = await stage.platform.profile(stage.workspace, stage.luis);
      expect(luis).toMatchObject({ admin: true });
      expect(luis?.groups).not.toContain("support");
      const marta = await stage.platform.profile(stage.workspace, stage.marta);
      if (stage.world.name === "slack")
        expect(marta).toMatchObject({ timezone: "Europe/Madrid", lang: "es" });
      expect(await stage.platform.profile(stage.workspace, stage.nobody)).toBeNull();
      stage.refusalsAreMeant = true;
    });

    scene("who can read a channel", async (stage) => {
      const { platform, workspace } = stage;
      expect(await platform.canRead(workspace, stage.team, stage.ana)).toBe(true);
      expect(await platform.canRead(workspace, stage.team, stage.marta)).toBe(false);
      expect(await platform.canRead(workspace, stage.help, stage.marta)).toBe(true);
    });

    scene("its workspaces and channels, threads left out", async (stage) => {
      const { platform } = stage;
      const root = await stage.world.say(stage.marta, stage.help, "Hello");
      await stage.ensure(stage.inThread(stage.help, root), line("Thanks"));
      const workspaces = await platform.workspaces();
      expect(workspaces.map((one) => one.id)).toEqual([stage.workspace]);
      const channels = await platform.channels(stage.workspace);
      const facts = channels.map(({ channel, name, kind, private: closed, member }) => {
        return { channel, name, kind, private: closed, member };
      });
      const expected = [
        { channel: stage.help, name: "help", kind: "text", private: false, member: true },
        { channel: stage.team, name: "team", kind: "text", private: true, member: true },
      ];
      expect(facts).toEqual(expect.arrayContaining(expected));
      expect(facts).toHaveLength(expected.length + (stage.forums ? 1 : 0));
      if (stage.forums)
        expect(facts).toContainEqual(expect.objectContaining({ name: "ideas", kind: "forum" }));
    });

    scene("an address of a message", async (stage) => {
      const root = await stage.world.say(stage.marta, stage.help, "Hello");
      const reply = await stage.world.say(stage.marta, stage.help, "Anybody?", { thread: root });
      const link = await stage.platform.link(stage.ref(stage.help, root));
      const inside = await stage.platform.link(stage.ref(stage.help, reply, root));
      for (const address of [link, inside]) expect(address ?? "https://").toMatch(/^https?:\/\//);
      if (link !== null) expect(link).not.toBe(inside);
    });
  });
}

/** Lets the platform's clock pass a millisecond, so that two messages do not share one. */
async function tick(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5));
}

async function history(
  stage: Stage,
  since: number,
  threads: readonly string[] = [],
  channel = stage.help,
): Promise<ChatEvent[]> {
  const read: ChatEvent[] = [];
  for await (const event of stage.platform.history(stage.workspace, channel, since, threads))
    read.push(event);
  return read;
}
