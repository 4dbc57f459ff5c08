import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { carry, readInteraction } from "../../src/platforms/slack/interactions.ts";
import { fixture, ROOT, self, TS } from "./slack/fixture.ts";

const NOW = 1_764_000_100_000;
const read = (name: string, change: Record<string, unknown> = {}) =>
  readInteraction({ ...fixture(name), ...change }, self, NOW);
const at = (channel: string, thread: string | null, message: string) => {
  return { platform: "slack", workspace: "T0ACME001", channel, thread, message };
};

describe("somebody acts on Slack", () => {
  test("with a button: act, arguments and place", () => {
    expect(read("button")).toMatchObject({
      call: {
        kind: "act",
        id: "123.456.press",
        at: 1_764_000_010_500,
        by: { id: "U0ANA0001", external: false },
        surface: "button",
        act: "claim",
        args: { number: "4" },
        where: at("C0TEAM001", ROOT, TS),
        target: null,
      },
      trigger: "123.456.press",
      reply: "none",
    });
  });

  test("with a menu: the choice under the name the menu fills", () => {
    expect(read("menu")?.call).toMatchObject({
      surface: "menu",
      act: "tier",
      args: { number: "4", tier: "2" },
    });
  });

  test("with a menu of people, the second of its kind on the message", () => {
    expect(read("people-menu")?.call).toMatchObject({
      act: "assign",
      args: { number: "4", who: "U0LUIS001" },
    });
  });

  test("with a menu whose choice was taken back: nothing", () => {
    const actions = [{ type: "static_select", action_id: "tier?number=4|tier", selected_option: null }];
    expect(read("menu", { actions })).toBeNull();
  });

  test("with a link button: nothing but an acknowledgement", () => {
    for (const id of ["-", "-#1"])
      expect(read("button", { actions: [{ type: "button", action_id: id }] })).toBeNull();
  });

  test("with a slash command: a person as an id", () => {
    expect(read("slash")).toMatchObject({
      call: {
        id: "123.456.slash",
        at: NOW,
        surface: "slash",
        act: "assign",
        args: { number: "4", who: "U0LUIS001" },
        where: at("C0TEAM001", null, ""),
      },
      reply: "slash",
      responseUrl: "https://hooks.slack.com/commands/T0ACME001/1/scrubbed",
    });
  });

  test("with a slash command and words: entities undone, mentions as names", () => {
    const text = "resolve 4 fixed &amp; told <@U0LUIS001|luis>, 2 &lt; 3";
    expect(read("slash", { text })?.call.args).toEqual({ number: "4", note: "fixed & told @luis, 2 < 3" });
  });

  test.each(["fly", "", "queue now please"])(
    "with a command nobody can make sense of (%s): its usage",
    (text) => {
      const call = read("slash", { text })?.call;
      expect(call).toMatchObject({ surface: "slash", act: "usage", args: { command: "request" } });
    },
  );

  test("with a form: carried arguments, fields, and where it was opened", () => {
    expect(read("submission")).toMatchObject({
      call: {
        id: "123.456.submit",
        surface: "modal",
        act: "say_back",
        args: { request: "r-1", line: "So: two charges", by: "" },
        where: at("C0TEAM001", ROOT, TS),
      },
      reply: "view",
      fields: ["line", "by"],
    });
  });

  test("with a form of another app, or closing one: nothing", () => {
    const { view } = fixture("submission");
    for (const metadata of ["", "{", "{}", "null", '"x"'])
      expect(read("submission", { view: { ...(view as object), private_metadata: metadata } })).toBeNull();
    expect(read("closed")).toBeNull();
  });

  test("with a message shortcut: on which message", () => {
    expect(read("shortcut")?.call).toMatchObject({
      surface: "shortcut",
      act: "open",
      args: {},
      where: at("C0HELP001", ROOT, TS),
      target: { author: { id: "U0MARTA01" }, mentions: ["U0ANA0001"] },
    });
  });

  test("from another organisation: said so", () => {
    const user = { id: "U0NORTH01", name: "nora", team_id: "T0OTHER01" };
    expect(read("button", { user })?.call.by).toMatchObject({ external: true, company: "T0OTHER01" });
  });

  test("and a modal carries any act, arguments and place back unchanged", () => {
    const { view } = fixture("submission");
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.dictionary(
          fc.string().filter((name) => name !== "__proto__"),
          fc.string(),
          { noNullPrototype: true },
        ),
        fc.option(fc.string({ minLength: 1 })),
        (act, args, thread) => {
          const metadata = carry(act, args, at("C0HELP001", thread, "m"));
          const submitted = { ...(view as object), private_metadata: metadata, state: { values: {} } };
          const call = read("submission", { view: submitted })?.call;
          expect(call).toMatchObject({ act, args, where: { thread: thread === "m" ? null : thread } });
        },
      ),
    );
  });

  test("in a way nobody knows: nothing, and no error", () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        readInteraction(body, self, NOW);
      }),
    );
  });
});
