// People acting: what reaches the bot of a button, menu, form, command or shortcut, and what they alone see of its answer.
import { describe, expect } from "vitest";
import type { ActCall } from "../../../src/domain/events.ts";
import type { Answer, Card, Modal } from "../../../src/messages/card.ts";
import { line, type Make, type Stage, scenes } from "./stage.ts";

const card: Card = {
  summary: "#42 Charged twice",
  blocks: [
    { kind: "heading", text: "#42 Charged twice" },
    {
      kind: "actions",
      items: [
        { act: "claim", args: { number: "42" }, label: "Claim", style: "primary" },
        { act: "wait", args: { number: "42", odd: "a&b=c d/ñ" }, label: "Waiting on customer" },
        { act: "good", args: { request: "8f14e45f-ceea-467f-9575-1a2b3c4d5e6f" }, label: "All good" },
      ],
    },
    {
      kind: "actions",
      items: [
        {
          act: "tier",
          args: { number: "42" },
          choice: "tier",
          placeholder: "Tier",
          of: "options",
          options: [
            { value: "1", label: "Everything is failing" },
            { value: "2", label: "Money", description: "Charges, refunds, invoices" },
          ],
          selected: "1",
        },
      ],
    },
    {
      kind: "actions",
      items: [
        {
          act: "assign",
          args: { number: "42" },
          choice: "who",
          placeholder: "Who",
          of: "people",
          options: [],
        },
      ],
    },
  ],
};

const form: Modal = {
  act: "say_back",
  args: { request: "r-1" },
  title: "Say back",
  submit: "Send",
  cancel: "Not now",
  intro: ["In your name."],
  fields: [
    {
      name: "line",
      label: "What to say",
      value: "So: two charges",
      multiline: true,
      required: true,
      max: 400,
    },
    {
      name: "by",
      label: "When they hear from you",
      placeholder: "13:00",
      multiline: false,
      required: true,
      max: 40,
    },
  ],
};

export function describeActing(make: Make): void {
  const scene = scenes(make);

  describe("somebody acts", () => {
    scene("with a button: its act and its arguments, exactly", async (stage) => {
      const post = await stage.ensure(stage.inChannel(stage.team), card);
      await stage.world.press(stage.ana, post.message, "waiting");
      const call = await stage.heard.call();
      expect(call).toMatchObject({ kind: "act", surface: "button", act: "wait", target: null });
      expect(call.args).toEqual({ number: "42", odd: "a&b=c d/ñ" });
      expect(call.where).toEqual(stage.ref(stage.team, post.message));
      expect(call.by).toMatchObject({ id: stage.ana, name: "Ana", bot: false });
      expect(call.lang === null || call.lang === "en").toBe(true);
      await stage.world.press(stage.luis, post.message, "All good");
      const second = await stage.heard.call(2);
      expect(second).toMatchObject({
        act: "good",
        args: { request: "8f14e45f-ceea-467f-9575-1a2b3c4d5e6f" },
      });
      expect(second.id).not.toBe(call.id);
    });

    scene("with a button in a thread, and in a direct message", async (stage) => {
      const root = await stage.world.say(stage.marta, stage.help, "Charged twice");
      const inside = await stage.ensure(stage.inThread(stage.help, root), card);
      await stage.world.press(stage.marta, inside.message, "All good");
      const call = await stage.heard.call();
      expect(call.where).toEqual(stage.ref(stage.help, inside.message, root));
      const direct = await stage.ensure(stage.toPerson(stage.ana), card, { key: "direct" });
      await stage.world.press(stage.ana, direct.message, "Claim");
      expect(await stage.heard.call(2)).toMatchObject({ act: "claim", where: { message: direct.message } });
    });

    scene("with a menu: the choice joins the arguments", async (stage) => {
      const post = await stage.ensure(stage.inChannel(stage.team), card);
      await stage.world.choose(stage.ana, post.message, "Money");
      const call = await stage.heard.call();
      expect(call).toMatchObject({ surface: "menu", act: "tier", where: { message: post.message } });
      expect(call.args).toEqual({ number: "42", tier: "2" });
    });

    scene("with a menu of people", async (stage) => {
      const post = await stage.ensure(stage.inChannel(stage.team), card);
      await stage.world.choose(stage.ana, post.message, stage.luis);
      const call = await stage.heard.call();
      expect(call).toMatchObject({ surface: "menu", act: "assign" });
      expect(call.args).toEqual({ number: "42", who: stage.luis });
    });

    scene("with a slash command", async (stage) => {
      await stage.world.slash(stage.ana, stage.team, "/request claim 4");
      expect(await stage.heard.call()).toMatchObject({
        surface: "slash",
        act: "claim",
        args: { number: "4" },
        where: { ...stage.ref(stage.team, ""), message: "" },
        target: null,
      });
      await stage.world.slash(stage.ana, stage.team, `/request assign 4 <@${stage.luis}>`);
      expect(await stage.heard.call(2)).toMatchObject({
        act: "assign",
        args: { number: "4", who: stage.luis },
      });
      await stage.world.slash(stage.ana, stage.team, "/queue");
      expect(await stage.heard.call(3)).toMatchObject({ act: "queue", args: {} });
    });

    scene("with a slash command in a thread, where the platform takes one", async (stage) => {
      if (!stage.platform.capabilities.slashInThreads) return;
      const root = await stage.world.say(stage.marta, stage.help, "Charged twice");
      await stage.world.say(stage.marta, stage.help, "still", { thread: root });
      await stage.world.slash(stage.ana, stage.help, "/request list", { thread: root });
      expect((await stage.heard.call()).where).toEqual(stage.ref(stage.help, "", root));
    });

    scene(
      "with a command nobody can make sense of: usage, or the platform does not let it be sent",
      async (stage) => {
        let sent = true;
        await stage.world.slash(stage.ana, stage.team, "/request fly to the moon").catch(() => {
          sent = false;
        });
        if (stage.world.name === "slack") expect(sent).toBe(true);
        if (sent) expect(await stage.heard.call()).toMatchObject({ surface: "slash", act: "usage" });
        else expect(stage.heard.acts).toEqual([]);
      },
    );

    scene("with a message shortcut: on which message", async (stage) => {
      const id = await stage.world.say(stage.marta, stage.help, "Nobody can log in");
      await stage.world.shortcut(stage.ana, stage.help, id, "Track as a request");
      const call = await stage.heard.call();
      expect(call).toMatchObject({ surface: "shortcut", act: "open", where: stage.ref(stage.help, id) });
      expect(call.target).toMatchObject({
        where: stage.ref(stage.help, id),
        text: "Nobody can log in",
        author: { id: stage.marta, name: "Marta" },
      });
    });

    scene("with a message shortcut on an answer in a thread", async (stage) => {
      const root = await stage.world.say(stage.marta, stage.help, "Hello");
      const id = await stage.world.say(stage.marta, stage.help, "Nobody can log in", { thread: root });
      await stage.world.shortcut(stage.ana, stage.help, id, "Request actions");
      const call = await stage.heard.call();
      expect(call).toMatchObject({ act: "menu", where: stage.ref(stage.help, id, root) });
      expect(call.target?.where).toEqual(stage.ref(stage.help, id, root));
    });

    scene("with a form: its arguments and every field", async (stage) => {
      await openForm(stage, "slash");
      const shown = stage.world.modal(stage.ana);
      expect(shown).toMatchObject({ title: "Say back", submit: expect.any(String) });
      expect(shown?.fields.map(({ label, value, multiline }) => ({ label, value, multiline }))).toEqual([
        { label: "What to say", value: "So: two charges", multiline: true },
        { label: "When they hear from you", value: "", multiline: false },
      ]);
      await stage.world.submit(stage.ana, { "When they hear from you": "13:00" });
      const call = await stage.heard.call(2);
      expect(call).toMatchObject({ surface: "modal", act: "say_back", by: { id: stage.ana } });
      expect(call.args).toEqual({ request: "r-1", line: "So: two charges", by: "13:00" });
      expect(stage.world.modal(stage.ana)).toBeNull();
    });

    scene("with a form opened by a button: it is known where", async (stage) => {
      const post = await openForm(stage, "button");
      await stage.world.submit(stage.ana, { by: "13:00" });
      const call = await stage.heard.call(2);
      expect(call).toMatchObject({ surface: "modal", act: "say_back" });
      expect(call.where.channel).toBe(stage.team);
      expect(["", post]).toContain(call.where.message);
    });

    scene("and closes a form without sending it: nothing happens", async (stage) => {
      await openForm(stage, "slash");
      await stage.world.dismiss(stage.ana);
      await stage.world.slash(stage.ana, stage.team, "/queue");
      expect(await stage.heard.call(2)).toMatchObject({ act: "queue" });
    });
  });

  describe("is answered, and nobody else sees it", () => {
    const surfaces = ["slash", "button", "shortcut"] as const;
    for (const surface of surfaces) {
      scene(`with a card, after a ${surface}`, async (stage) => {
        stage.heard.answer = () => ({ kind: "card", card: line("only for your eyes") });
        await act(stage, surface);
        await onlyAnaSees(stage, "only for your eyes");
      });
    }

    scene("with what went wrong", async (stage) => {
      stage.heard.answer = () => ({ kind: "error", text: "That needs a lead." });
      await act(stage, "slash");
      await onlyAnaSees(stage, "That needs a lead.");
    });

    scene("with nothing", async (stage) => {
      const post = await stage.ensure(stage.inChannel(stage.team), card);
      const before = stage.world.seenBy(stage.ana).length;
      await stage.world.press(stage.ana, post.message, "Claim");
      await stage.heard.call();
      await stage.world.choose(stage.ana, post.message, "Money");
      await stage.heard.call(2);
      expect(stage.world.seenBy(stage.ana)).toHaveLength(before);
    });

    scene("with a card after a form", async (stage) => {
      await openForm(stage, "slash");
      stage.heard.answer = () => ({ kind: "card", card: line("Sent in your name.") });
      await stage.world.submit(stage.ana, { by: "13:00" });
      await onlyAnaSees(stage, "Sent in your name.");
    });

    scene("with the field at fault in a form", async (stage) => {
      await openForm(stage, "slash");
      stage.heard.answer = () => ({ kind: "error", text: "That time has passed.", field: "by" });
      await stage.world.submit(stage.ana, { by: "yesterday" });
      await stage.heard.until("The fault", () => {
        const inForm = Object.values(stage.world.modal(stage.ana)?.errors ?? {});
        const beside = stage.world.seenBy(stage.ana).map((message) => message.text);
        return [...inForm, ...beside].some((text) => text.includes("That time has passed."));
      });
      const others = stage.world.seenBy(stage.luis).map((message) => message.text);
      expect(others.join()).not.toContain("That time has passed.");
    });

    scene("with the controls of the card at hand", async (stage) => {
      stage.heard.answer = (call: ActCall): Answer =>
        call.act === "queue" ? { kind: "card", card } : { kind: "nothing" };
      await stage.world.slash(stage.ana, stage.team, "/queue");
      const message = await onlyAnaSees(stage, "#42 Charged twice");
      await stage.world.press(stage.ana, message, "Claim");
      const call = await stage.heard.call(2);
      expect(call).toMatchObject({ surface: "button", act: "claim", args: { number: "42" } });
      expect(call.where.channel).toBe(stage.team);
    });

    scene("even when the answer takes longer than the platform waits", async (stage) => {
      stage.heard.answer = async () => {
        await new Promise((resolve) => setTimeout(resolve, 3300));
        return { kind: "card", card: line("better late") };
      };
      await act(stage, "slash");
      await onlyAnaSees(stage, "better late");
    });
  });
}

async function act(stage: Stage, surface: "slash" | "button" | "shortcut"): Promise<string> {
  if (surface === "slash") {
    await stage.world.slash(stage.ana, stage.team, "/queue");
    return "";
  }
  if (surface === "button") {
    const post = await stage.ensure(stage.inChannel(stage.team), card);
    await stage.world.press(stage.ana, post.message, "Claim");
    return post.message;
  }
  const id = await stage.world.say(stage.luis, stage.team, "Who has this?");
  await stage.world.shortcut(stage.ana, stage.team, id, "Request actions");
  return id;
}

/** Ana opens the form; returns the message she did it on. From then on the bot answers with nothing. */
async function openForm(stage: Stage, surface: "slash" | "button"): Promise<string> {
  stage.heard.answer = () => ({ kind: "modal", modal: form });
  const message = await act(stage, surface);
  await stage.heard.until("The form", () => stage.world.modal(stage.ana));
  stage.heard.answer = () => ({ kind: "nothing" });
  return message;
}

/** Waits until Ana sees the text, expects that nobody else does, and returns the message. */
async function onlyAnaSees(stage: Stage, text: string): Promise<string> {
  const find = (person: string) => stage.world.seenBy(person).find((message) => message.text.includes(text));
  const message = await stage.heard.until(`"${text}" before Ana`, () => find(stage.ana));
  expect(message.onlyFor === stage.ana || message.direct === stage.ana).toBe(true);
  expect(find(stage.luis)).toBeUndefined();
  expect(find(stage.marta)).toBeUndefined();
  return message.id;
}
