// How a card looks on Discord, and that nothing a person wrote can act there.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Block, Card } from "../../../src/messages/card.ts";
import { clip, inert, inertWithin } from "../../../src/platforms/discord/escape.ts";
import { markup, type Setting } from "../../../src/platforms/discord/markup.ts";
import { plainText } from "../../../src/platforms/discord/plain.ts";
import { markOf, renderCard } from "../../../src/platforms/discord/render.ts";

const setting: Setting = { workspace: "410000000000000001", direct: false };
const ana = { platform: "discord", workspace: setting.workspace, id: "300000000000000003" };

function card(blocks: Block[], more: Partial<Card> = {}): Card {
  return { blocks, summary: "the summary", ...more };
}

/** What a client shows of escaped text: the backslash before punctuation goes, the character stays. */
function shown(text: string): string {
  return text.replaceAll("\u200B", "").replace(/\\([^0-9A-Za-z\s])/g, "$1");
}

/** Text with its escaped characters made meaningless: what is left over is live. */
function live(text: string): string {
  return text.replace(/\\[^0-9A-Za-z\s]/g, "\u0001");
}

const hostile = [
  "@everyone",
  "@here",
  "<@1>",
  "<@&2>",
  "<#3>",
  "<t:0:R>",
  "</say:1>",
  "<:x:1>",
  "[a](https://evil.example)",
  "https://evil.example",
  "discord.gg/abc",
  "**b**",
  "__u__",
  "~~s~~",
  "||spoiler||",
  "`code`",
  "```js\nx\n```",
  "# heading",
  "-# small",
  "- item",
  "1. item",
  "> quote",
  ">>> quote",
  ":smile:",
  "\\",
  "\\*",
  "\n",
  " ",
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ maxLength: 12 })), { maxLength: 12 })
  .map((parts) => parts.join(""));

const danger =
  /[*_~`|[\]<>]|:\/\/|@everyone|@here|:[\w+-]+:|discord(app)?\.(gg\/|com\/invite)|^[ \t]*(#{1,3}|-#|[-+]|\d+\.)\s/im;

describe("what people wrote", () => {
  test("shows as they wrote it and does nothing", () => {
    fc.assert(
      fc.property(text, (words) => {
        const escaped = inert(words);
        expect(shown(escaped)).toBe(words.replaceAll("\u200B", ""));
        expect(live(escaped)).not.toMatch(danger);
      }),
      { numRuns: 2_000 },
    );
  });

  test("is never cut in half an escape or half a character", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 60 }), (words, max) => {
        const cut = inertWithin(words, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(live(cut)).not.toMatch(/\\$/);
        expect(cut).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
        if (inert(words).length <= max) expect(cut).toBe(inert(words));
        else expect(cut.endsWith("…")).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test("stays inert in every block of a card, across the seams between pieces too", () => {
    fc.assert(
      fc.property(text, text, (one, two) => {
        for (const block of [
          { kind: "heading", text: one },
          { kind: "text", text: [one, two] },
          { kind: "fields", fields: [{ label: one, value: [two] }] },
          { kind: "note", text: [one, two] },
        ] satisfies Block[]) {
          const body = renderCard(card([block]), setting);
          const words = [body.content, ...body.embeds.map((embed) => embed.description ?? "")].join("\n");
          const own = block.kind === "note" ? /^-# /gm : /\*\*/g;
          expect(live(words).replace(own, "\u0002")).not.toMatch(danger);
          expect(body.allowed_mentions).toEqual({ parse: [], users: [], replied_user: false });
        }
      }),
      { numRuns: 500 },
    );
  });

  test("a quote is set apart line by line and cannot break out", () => {
    const body = renderCard(card([{ kind: "quote", text: "# big\n@everyone\n> nested" }]), setting);
    expect(body.content).toBe("> \\# big\n> @\u200Beveryone\n> \\> nested");
  });

  test("a table cannot close its own fence", () => {
    const body = renderCard(card([{ kind: "table", text: "a  b\n```\n@everyone **x**" }]), setting);
    const fences = body.embeds[0]?.description?.match(/```/g);
    expect(fences).toHaveLength(2);
  });

  test("a link leads where it says, or is only its label", () => {
    expect(markup([{ link: "https://a.example/x(1)", label: "the [page]" }], 200, setting)).toBe(
      "[the \\[page\\]](<https://a.example/x%281%29>)",
    );
    expect(markup([{ link: "javascript:alert(1)", label: "x" }], 200, setting)).toBe("x");
    expect(markup([{ link: "not a link", label: "x" }], 200, setting)).toBe("x");
  });
});

describe("a card", () => {
  test("that is for a customer mentions them: Discord tells nobody of a thread they have not joined", () => {
    const said = card([{ kind: "text", text: ["Thanks, Ana."] }], { tells: ana });
    const body = renderCard(said, setting);
    expect(body.content).toBe(`Thanks, Ana. <@${ana.id}>`);
    expect(body.allowed_mentions.users).toEqual([ana.id]);
    expect(renderCard(said, { ...setting, direct: true }).content).toBe("Thanks, Ana.");
    const abroad = renderCard({ ...said, tells: { ...ana, workspace: "1" } }, setting);
    expect(abroad.allowed_mentions.users).toEqual([]);
  });

  test("that only speaks is plain text, as a person would write it", () => {
    const body = renderCard(
      card([
        {
          kind: "text",
          text: [
            "Thanks, Marta. Someone will answer by ",
            { instant: 1_764_000_000_000, as: "time", fallback: "10:30" },
            ".",
          ],
        },
        { kind: "quote", text: "Will you charge me again?" },
        { kind: "note", text: ["No reply needed."] },
      ]),
      setting,
    );
    expect(body.content).toBe(
      "Thanks, Marta. Someone will answer by <t:1764000000:t>.\n> Will you charge me again?\n-# No reply needed.",
    );
    expect(body.embeds).toEqual([]);
  });

  test("with fields has its opening words in the text and the rest in an embed with the tone's edge", () => {
    const body = renderCard(
      card(
        [
          { kind: "heading", text: "#42 Charged twice" },
          { kind: "fields", fields: [{ label: "Owner", value: [{ person: ana, name: "Ana" }] }] },
          { kind: "quote", text: "two charges" },
          { kind: "heading", text: "History" },
        ],
        { tone: "alert" },
      ),
      setting,
    );
    expect(body.content).toBe("**#42 Charged twice**");
    expect(body.embeds).toEqual([
      { description: `**Owner** <@${ana.id}>\n> two charges\n\n**History**`, color: expect.any(Number) },
    ]);
  });

  test("with nothing in front of its table is announced by its summary", () => {
    expect(renderCard(card([{ kind: "table", text: "1 2" }]), setting).content).toBe("the summary");
    expect(renderCard(card([]), setting).content).toBe("the summary");
  });

  test("rings only for whom it is meant to, and never from inside an embed", () => {
    const blocks: Block[] = [
      { kind: "heading", text: "x" },
      { kind: "fields", fields: [{ label: "Owner", value: [{ person: ana, name: "Ana", notify: true }] }] },
    ];
    const loud = renderCard(card(blocks), setting);
    expect(loud.allowed_mentions.users).toEqual([ana.id]);
    expect(loud.content).toBe(`**x** <@${ana.id}>`);
    const quiet = renderCard(card([{ kind: "text", text: [{ person: ana, name: "Ana" }] }]), setting);
    expect(quiet).toMatchObject({ content: `<@${ana.id}>`, allowed_mentions: { parse: [], users: [] } });
  });

  test("names people of elsewhere, and everybody in a direct message, instead of mentioning them", () => {
    const slack = { platform: "slack", workspace: "T1", id: "U1" };
    const other = { ...ana, workspace: "410000000000000002" };
    const said = markup(
      [{ person: slack, name: "Luis_" }, " ", { person: other, name: "everyone" }],
      100,
      setting,
    );
    expect(said).toBe("@Luis\\_ @\u200Beveryone");
    expect(markup([{ person: ana, name: "Ana" }], 100, { ...setting, direct: true })).toBe("@Ana");
  });

  test("keeps Discord's sizes, whatever is in it", () => {
    const inline = fc.oneof(
      text,
      text.map((bold) => ({ bold })),
      text.map((italic) => ({ italic })),
      text.map((code) => ({ code })),
      fc.constant({ person: ana, name: "Ana", notify: true }),
      fc.integer().map((instant) => ({ instant, as: "day" as const, fallback: "x" })),
      fc.record({ link: fc.webUrl(), label: text }),
    );
    const long = fc.oneof(
      text,
      fc.string({ maxLength: 40 }).map((part) => part.repeat(300)),
    );
    const button = fc.record({
      act: fc.constant("show"),
      args: fc.dictionary(fc.constantFrom("a", "b"), fc.constantFrom("1", "2")),
      label: long,
    });
    const menu = fc.record({
      act: fc.constant("tier"),
      args: fc.constant({}),
      choice: fc.constant("tier"),
      placeholder: long,
      of: fc.constantFrom("options" as const, "people" as const),
      options: fc.array(fc.record({ value: fc.string({ maxLength: 120 }), label: long, description: long }), {
        maxLength: 40,
      }),
    });
    const block: fc.Arbitrary<Block> = fc.oneof(
      fc.record({ kind: fc.constant("heading" as const), text: long }),
      fc.record({ kind: fc.constant("text" as const), text: fc.array(inline, { maxLength: 30 }) }),
      fc.record({ kind: fc.constant("quote" as const), text: long }),
      fc.record({ kind: fc.constant("note" as const), text: fc.array(inline, { maxLength: 5 }) }),
      fc.record({
        kind: fc.constant("fields" as const),
        fields: fc.array(fc.record({ label: long, value: fc.array(inline, { maxLength: 3 }) }), {
          maxLength: 40,
        }),
      }),
      fc.record({ kind: fc.constant("table" as const), text: long }),
      fc.constant({ kind: "divider" as const }),
      fc.record({
        kind: fc.constant("actions" as const),
        items: fc.array(fc.oneof(button, menu), { maxLength: 12 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), long, (blocks, summary) => {
        const body = renderCard(card(blocks, { summary, tone: "calm" }), setting, markOf("k"));
        expect(body.content.length).toBeLessThanOrEqual(2_000);
        expect(body.embeds.length).toBeLessThanOrEqual(10);
        const lengths = body.embeds.map((embed) => embed.description?.length ?? 0);
        expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(4_096);
        expect(lengths.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(6_000);
        expect(body.components.length).toBeLessThanOrEqual(5);
        const controls = body.components.flatMap((row) => {
          expect(row.components.length).toBeGreaterThan(0);
          expect(row.components.length).toBeLessThanOrEqual(5);
          return row.components;
        });
        const ids = controls.map((control) => control.custom_id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const control of controls) {
          if (control.type === 2) expect(String(control.label).length).toBeLessThanOrEqual(80);
          if (control.type === 3) {
            const options = Array.isArray(control.options) ? control.options : [];
            expect(options.length).toBeGreaterThan(0);
            expect(options.length).toBeLessThanOrEqual(25);
            expect(new Set(options.map((option) => option.value)).size).toBe(options.length);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test("carries its mark where nobody sees it: in the embed, or behind the text", () => {
    const mark = markOf("42:acknowledged");
    expect(mark).toEqual(markOf("42:acknowledged"));
    expect(mark).not.toEqual(markOf("42:closed"));
    const plain = renderCard(card([{ kind: "text", text: ["Thanks"] }]), setting, mark);
    expect(plain.content.replace(/[\u200B\u200C]/g, "")).toBe("Thanks");
    expect(plain.content.endsWith(mark.tail)).toBe(true);
    const rich = renderCard(card([{ kind: "table", text: "1" }]), setting, mark);
    expect(rich.content).toBe("the summary");
    expect(rich.embeds[0]).toMatchObject({ url: mark.url });
    expect(rich.embeds[0]).not.toHaveProperty("title");
  });

  test("shows its picture in the embed", () => {
    const file = { name: "week 47.png", mime: "image/png", bytes: new Uint8Array(3), alt: "Arrivals" };
    const body = renderCard(card([{ kind: "text", text: ["This week"] }], { file }), setting);
    expect(body.embeds).toEqual([{ image: { url: "attachment://week_47.png" } }]);
    expect(body.attachments).toEqual([{ id: "0", filename: "week_47.png", description: "Arrivals" }]);
  });
});

test("labels lose their line breaks and keep their length", () => {
  expect(clip("a\n b", 10)).toBe("a b");
  expect(clip("abcdef", 4)).toBe("abc…");
  expect(clip("ab😀", 3)).toBe("ab…");
});

test("markup in what people write is read as a reader sees it", () => {
  const names = { user: (id: string) => (id === "1" ? "Ana" : null), role: () => null, channel: () => null };
  const { text: words, mentions } = plainText(
    "<@1> <@!2> <@1> <a:hi:9> </request list:9> <t:1764000000:R> <https://a.example> <@x>",
    names,
  );
  expect(words).toBe("@Ana @2 @Ana :hi: /request list 2025-11-24 16:00 UTC https://a.example <@x>");
  expect(mentions).toEqual(["1", "2"]);
});
