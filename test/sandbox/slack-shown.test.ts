import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emojiName } from "../../src/sandbox/slack/emoji.ts";
import type { JsonObject } from "../../src/sandbox/slack/json.ts";
import { plain, plainMarkdown, type Reader } from "../../src/sandbox/slack/mrkdwn.ts";
import { shownText } from "../../src/sandbox/slack/shown.ts";
import { escapeText, typed } from "../../src/sandbox/slack/typed-text.ts";
import { LocalWorkspace } from "../../src/sandbox/slack/workspace.ts";
import { NOON } from "./slack-bot.ts";

const reader: Reader = {
  personName: (id) => (id === "U1" ? "Ana_B_C" : null),
  channelName: (id) => (id === "C1" ? "help" : null),
  timezone: "Europe/Madrid",
  locale: "en-GB",
  now: NOON,
};
const seconds = NOON / 1000;

describe("text as a person reads it in the local Slack", () => {
  it.each([
    ["a &lt;b&gt; &amp; c", "a <b> & c"],
    ["&amp;lt;", "&lt;"],
    ["hi <@U1>, see <#C1>", "hi @Ana_B_C, see #help"],
    ["<@U7|zoe> <#C7|other> <!here> <!subteam^S1|@support>", "@zoe #other @here @support"],
    ["<https://x.test/a_b_c|the *docs*> and <https://y.test>", "the *docs* and https://y.test"],
    ["<mailto:a@x.test|a@x.test>", "a@x.test"],
    ["*bold* _it_ ~gone~ `co*d*e` *<@U1>*", "bold it gone co*d*e @Ana_B_C"],
    ["snake_case_name 2*3*4 * not bold *", "snake_case_name 2*3*4 * not bold *"],
    ["```a *b* &amp; c```", "a *b* & c"],
    [":eyes: :nope:", "👀 :nope:"],
    [`by <!date^${seconds}^{time}|11:00 UTC>`, "by 12:00"],
    [`<!date^${seconds + 86_400}^{date_short_pretty} {time}|x>`, "tomorrow 12:00"],
    [`<!date^${seconds - 7 * 86_400}^{date_short_pretty}|x>`, "17 Nov 2026"],
    [`<!date^${seconds}^{date_num} {time_secs}|x>`, "2026-11-24 12:00:00"],
    [`<!date^${seconds + 2700}^{ago}|x>`, "in 45 minutes"],
    [`<!date^${seconds}^{time}^https://x.test|x>`, "12:00"],
    [`<!date^${seconds}^{era}|fall &amp; back>`, "fall & back"],
    ["<!date^soon^{time}|fallback>", "fallback"],
  ])("%s", (mrkdwn, shown) => {
    expect(plain(mrkdwn, reader)).toBe(shown);
  });

  it("shows a time in the reader's own zone and language", () => {
    const american = { ...reader, timezone: "America/New_York", locale: "en-US" };
    expect(plain(`<!date^${seconds}^{date_long} {time}|x>`, american)).toMatch(
      /^Tuesday, November 24, 2026 6:00\sAM$/,
    );
  });

  it("reads Markdown blocks", () => {
    expect(plainMarkdown("# Title\n**bold** [docs](https://x.test) `code`")).toBe("Title\nbold docs code");
  });

  it("shows whatever people type exactly as they typed it", () => {
    const workspace = new LocalWorkspace({
      clock: { now: () => NOON },
      ...{ id: "T1", name: "T", botName: "B", timezone: "Europe/Madrid", locale: "en-GB" },
    });
    const channel = workspace.putChannel({
      id: "C1",
      name: "help",
      kind: "public",
      person: null,
      members: [],
    });
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (input) => {
        // A colon pair may spell an emoji's name, which is shown as the emoji; so in the real client.
        const text = input.replaceAll(":", "").replaceAll("\uFE0F", "");
        const message = workspace.putMessage({ channel, author: "U1", ...typed(workspace, text) });
        const shown = shownText(message, reader).replaceAll("\uFE0F", "");
        expect(shown).toBe(text);
      }),
    );
  });

  it("brings text that was escaped back unchanged, markers apart", () => {
    fc.assert(
      fc.property(fc.string(), (input) => {
        const text = input.replace(/[*_~`:]/g, "");
        expect(plain(escapeText(text), reader)).toBe(text);
      }),
    );
  });

  it("shows blocks instead of the notification text", () => {
    const workspace = new LocalWorkspace({
      clock: { now: () => NOON },
      ...{ id: "T1", name: "T", botName: "B", timezone: "Europe/Madrid", locale: "en-GB" },
    });
    const channel = workspace.putChannel({
      id: "C1",
      name: "help",
      kind: "public",
      person: null,
      members: [],
    });
    const text = (value: string): JsonObject => ({ type: "mrkdwn", text: value });
    const blocks: JsonObject[] = [
      { type: "header", text: { type: "plain_text", text: "Request *1* :ticket:" } },
      { type: "section", text: text("*Who:* <@U1>"), fields: [text("*Tier*\nMoney"), text("_due_")] },
      { type: "divider" },
      { type: "context", elements: [text("small"), { type: "image", image_url: "u", alt_text: "chart" }] },
      { type: "image", image_url: "u", alt_text: "the week" },
      {
        type: "rich_text",
        elements: [
          { type: "rich_text_section", elements: [{ type: "text", text: "as *typed*" }] },
          {
            type: "rich_text_list",
            style: "bullet",
            elements: [{ type: "rich_text_section", elements: [{ type: "emoji", name: "eyes" }] }],
          },
          { type: "rich_text_quote", elements: [{ type: "text", text: "quoted" }] },
        ],
      },
    ];
    const attachments: JsonObject[] = [
      { color: "#f00", blocks: [{ type: "section", text: text("inside") }] },
    ];
    const message = workspace.putMessage({ channel, author: "U1", text: "summary", blocks, attachments });
    expect(shownText(message, reader).split("\n")).toEqual([
      "Request *1* 🎫",
      "Who: @Ana_B_C",
      "Tier",
      "Money",
      "due",
      "———",
      "small [chart]",
      "[the week]",
      "as *typed*",
      "• 👀",
      "> quoted",
      "inside",
    ]);
  });

  it("knows emoji by character, by name and by name in colons", () => {
    expect(["🎫", ":ticket:", "ticket", "⚠", "⚠️", "thumbsup"].map(emojiName)).toEqual([
      ...["ticket", "ticket", "ticket", "warning", "warning", "+1"],
    ]);
  });
});
