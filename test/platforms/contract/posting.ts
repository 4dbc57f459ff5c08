// What the bot says: once, in the right place; and what it hears when that cannot be.
import { describe, expect } from "vitest";
import { SiempreError } from "../../../src/errors.ts";
import { line, type Make, type Stage, scenes } from "./stage.ts";

export function describePosting(make: Make): void {
  const scene = scenes(make);

  describe("ensures a post", () => {
    scene("in a channel", async (stage) => {
      const post = await stage.ensure(stage.inChannel(stage.help), line("Thanks, Marta."));
      const shown = stage.shown(post.message);
      expect(shown).toMatchObject({ channel: stage.help, thread: null, onlyFor: null, direct: null });
      expect(shown.text).toContain("Thanks, Marta.");
      expect(post).toMatchObject({ workspace: stage.workspace });
      expect(Math.abs(post.at - shown.at)).toBeLessThan(1000);
    });

    scene("once, however often it is asked for under the same key", async (stage) => {
      const first = await stage.ensure(stage.inChannel(stage.help), line("One"));
      const again = await stage.ensure(stage.inChannel(stage.help), line("One"));
      expect(again.message).toBe(first.message);
      expect(stage.ownPosts(stage.help)).toEqual([first.message]);
    });

    scene("once for each key", async (stage) => {
      const first = await stage.ensure(stage.inChannel(stage.help), line("One"), { key: "a" });
      const other = await stage.ensure(stage.inChannel(stage.help), line("One"), { key: "b" });
      expect(other.message).not.toBe(first.message);
      expect(stage.ownPosts(stage.help)).toHaveLength(2);
    });

    scene("by updating the one that stands", async (stage) => {
      const first = await stage.ensure(stage.inChannel(stage.team), line("open"));
      const again = await stage.ensure(stage.inChannel(stage.team), line("resolved"), { known: first });
      expect(again.message).toBe(first.message);
      expect(stage.shown(first.message).text).toContain("resolved");
      expect(stage.shown(first.message).text).not.toContain("open");
      expect(stage.ownPosts(stage.team)).toHaveLength(1);
    });

    scene("by updating the one that stands, also after a restart", async (stage) => {
      const first = await stage.ensure(stage.inChannel(stage.team), line("open"));
      await stage.restart();
      const again = await stage.ensure(stage.inChannel(stage.team), line("resolved"), { known: first });
      expect(again.message).toBe(first.message);
      expect(stage.shown(first.message).text).toContain("resolved");
    });

    scene("anew, when the one that stood is gone", async (stage) => {
      stage.refusalsAreMeant = true;
      const first = await stage.ensure(stage.inChannel(stage.team), line("open"));
      await stage.world.remove(stage.world.botUser, stage.team, first.message);
      const again = await stage.ensure(stage.inChannel(stage.team), line("open"), { known: first });
      expect(again.message).not.toBe(first.message);
      expect(stage.ownPosts(stage.team)).toEqual([again.message]);
    });

    const places: [string, (stage: Stage) => Promise<ReturnType<Stage["inChannel"]>>][] = [
      ["a channel", async (stage) => stage.inChannel(stage.help)],
      [
        "a thread",
        async (stage) => stage.inThread(stage.help, await stage.world.say(stage.marta, stage.help, "Hi")),
      ],
      ["a direct message", async (stage) => stage.toPerson(stage.ana)],
    ];
    for (const [name, place] of places) {
      scene(`that may have got through before, by looking for it in ${name}`, async (stage) => {
        const target = await place(stage);
        const first = await stage.ensure(target, line("sent, but the answer was lost"));
        await stage.ensure(target, line("another post"), { key: "contract:two" });
        await stage.restart();
        const again = await stage.ensure(target, line("sent again"), { suspect: true });
        expect(again.message).toBe(first.message);
        expect(stage.shown(first.message).text).toContain("sent again");
      });
    }

    scene("that may have got through, but did not", async (stage) => {
      await stage.ensure(stage.inChannel(stage.help), line("another"), { key: "contract:two" });
      await stage.restart();
      const post = await stage.ensure(stage.inChannel(stage.help), line("first after all"), {
        suspect: true,
      });
      expect(stage.ownPosts(stage.help)).toHaveLength(2);
      expect(stage.shown(post.message).text).toContain("first after all");
    });

    scene("in a thread, starting it, and then in the same one", async (stage) => {
      const root = await stage.world.say(stage.marta, stage.help, "Charged twice");
      const first = await stage.ensure(stage.inThread(stage.help, root), line("Thanks"), { key: "a" });
      const second = await stage.ensure(stage.inThread(stage.help, root), line("More"), { key: "b" });
      for (const post of [first, second]) {
        expect(stage.shown(post.message)).toMatchObject({ channel: stage.help, thread: root });
      }
      const reply = await stage.world.say(stage.marta, stage.help, "and again", { thread: root });
      expect((await stage.heard.message(reply)).where).toEqual(stage.ref(stage.help, reply, root));
    });

    scene("in a thread people began", async (stage) => {
      const root = await stage.world.say(stage.marta, stage.help, "Charged twice");
      const reply = await stage.world.say(stage.ana, stage.help, "looking", { thread: root });
      // Of a thread begun in this very moment the platform tells by refusing a second one.
      await stage.heard.message(reply);
      const post = await stage.ensure(stage.inThread(stage.help, root), line("Thanks"));
      expect(stage.shown(post.message).thread).toBe(root);
      await stage.ensure(stage.inThread(stage.help, root), line("Updated"), { known: post });
      expect(stage.shown(post.message).text).toContain("Updated");
    });

    scene("under a forum post", async (stage) => {
      if (!stage.forums) return;
      const root = await stage.world.say(stage.marta, stage.forum, "It drops rows", { title: "CSV import" });
      const post = await stage.ensure(stage.inThread(stage.forum, root), line("Thanks"));
      expect(stage.shown(post.message)).toMatchObject({ channel: stage.forum, thread: root });
    });

    scene("to one person alone", async (stage) => {
      const post = await stage.ensure(stage.toPerson(stage.ana), line("Ferro expects you by 10:30"));
      expect(stage.shown(post.message).direct).toBe(stage.ana);
      const sees = (person: string) => stage.world.seenBy(person).some((one) => one.id === post.message);
      expect([sees(stage.ana), sees(stage.luis), sees(stage.marta)]).toEqual([true, false, false]);
      await stage.ensure(stage.toPerson(stage.ana), line("settled"), { known: post });
      expect(stage.shown(post.message).text).toContain("settled");
    });

    scene(
      "for one person's eyes alone, beside what they wrote or in a direct message, once",
      async (stage) => {
        const root = await stage.world.say(stage.marta, stage.help, "Charged twice");
        await stage.world.say(stage.ana, stage.help, "I'll get back to you by three", { thread: root });
        const target = stage.toOnly(stage.ana, stage.help, root);
        const post = await stage.ensure(target, line("Track it?"));
        const shown = stage.shown(post.message);
        if (stage.platform.capabilities.ephemeralAnytime)
          expect(shown).toMatchObject({
            channel: stage.help,
            thread: root,
            onlyFor: stage.ana,
            direct: null,
          });
        else expect(shown).toMatchObject({ onlyFor: null, direct: stage.ana });
        const sees = (person: string) => stage.world.seenBy(person).some((one) => one.id === post.message);
        expect([sees(stage.ana), sees(stage.luis), sees(stage.marta)]).toEqual([true, false, false]);
        expect((await stage.ensure(target, line("Track it?"))).message).toBe(post.message);
        expect((await stage.ensure(target, line("Track it?"), { known: post })).message).toBe(post.message);
        expect(stage.ownPosts(stage.help)).toEqual([]);
      },
    );

    scene("for one person's eyes alone, who is not in the channel: in a direct message", async (stage) => {
      stage.refusalsAreMeant = true;
      const post = await stage.ensure(stage.toOnly(stage.marta, stage.team), line("Track it?"));
      expect(stage.shown(post.message)).toMatchObject({ onlyFor: null, direct: stage.marta });
      expect(stage.ownPosts(stage.team)).toEqual([]);
    });

    scene("with a picture, or at least the words for it", async (stage) => {
      const file = { name: "chart.png", mime: "image/png", bytes: new Uint8Array(64), alt: "Arrivals a day" };
      const post = await stage.ensure(stage.inChannel(stage.team), { ...line("This week"), file });
      // On Slack a picture stands inside the message as a block, and a reader's text has its alternative.
      const { files, text } = stage.shown(post.message);
      expect(files.includes("chart.png") || text.includes("Arrivals a day")).toBe(true);
      const again = await stage.ensure(
        stage.inChannel(stage.team),
        { ...line("This week"), file },
        { known: post },
      );
      expect(again.message).toBe(post.message);
      expect(stage.ownPosts(stage.team)).toEqual([post.message]);
    });

    scene("with a file that is no picture", async (stage) => {
      const file = { name: "causes.csv", mime: "text/csv", bytes: new Uint8Array(64), alt: "Causes" };
      await stage.ensure(stage.inChannel(stage.team), { ...line("This week"), file });
      const files = stage.world.messages(stage.team).flatMap((message) => message.files);
      expect(files).toEqual(["causes.csv"]);
    });
  });

  describe("says what is wrong", () => {
    scene("when somebody takes no direct messages", async (stage) => {
      stage.refusalsAreMeant = true;
      const tried = stage.ensure(stage.toPerson(stage.closed), line("Hello"));
      await expect(codeOf(tried)).resolves.toBe("platform_direct_closed");
      const only = stage.ensure(stage.toOnly(stage.closed, stage.team), line("Hello"));
      await expect(codeOf(only)).resolves.toBe("platform_direct_closed");
    });

    scene("when there is no such channel, message or person", async (stage) => {
      stage.refusalsAreMeant = true;
      const channel = stage.ensure(stage.inChannel(stage.nowhere), line("Hello"));
      await expect(codeOf(channel)).resolves.toBe("platform_gone");
      const root = await stage.world.say(stage.marta, stage.help, "Never mind");
      await stage.world.remove(stage.marta, stage.help, root);
      const thread = stage.ensure(stage.inThread(stage.help, root), line("Hello"));
      await expect(codeOf(thread)).resolves.toBe("platform_gone");
      const person = stage.ensure(stage.toPerson(stage.nobody), line("Hello"));
      expect(["platform_gone", "platform_direct_closed"]).toContain(await codeOf(person));
    });
  });

  describe("reacts and removes", () => {
    scene("once, however often it is asked for", async (stage) => {
      const id = await stage.world.say(stage.marta, stage.help, "Hello");
      const where = stage.ref(stage.help, id);
      for (const on of [true, true]) await stage.platform.react(where, "eyes", on);
      expect(stage.marks(id, "eyes")).toEqual([stage.world.botUser]);
      for (const on of [false, false]) await stage.platform.react(where, "eyes", on);
      expect(stage.marks(id, "eyes")).toEqual([]);
      stage.refusalsAreMeant = true;
    });

    scene("on an answer in a thread", async (stage) => {
      const root = await stage.world.say(stage.marta, stage.help, "Hello");
      const id = await stage.world.say(stage.marta, stage.help, "Anybody?", { thread: root });
      await stage.platform.react(stage.ref(stage.help, id, root), "eyes", true);
      expect(stage.marks(id, "eyes")).toEqual([stage.world.botUser]);
    });

    scene("its own post, and says nothing when it is gone already", async (stage) => {
      const post = await stage.ensure(stage.inChannel(stage.help), line("Hello"));
      await stage.platform.remove(post);
      await stage.platform.remove(post);
      expect(stage.ownPosts(stage.help)).toEqual([]);
      stage.refusalsAreMeant = true;
    });
  });
}

async function codeOf(tried: Promise<unknown>): Promise<string> {
  try {
    await tried;
    return "no error at all";
  } catch (error) {
    return error instanceof SiempreError ? error.code : `not a SiempreError: ${String(error)}`;
  }
}
