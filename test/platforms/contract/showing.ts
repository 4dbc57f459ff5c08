// How a card looks to the people who read it: nothing they wrote comes to life, too much is cut, times are their own.
import { describe, expect } from "vitest";
import type { Block, Card } from "../../../src/messages/card.ts";
import { type Make, type Stage, scenes } from "./stage.ts";

export function describeShowing(make: Make): void {
  const scene = scenes(make);

  describe("shows", () => {
    scene("what people wrote as they wrote it: nothing mentions, links or formats", async (stage) => {
      const strings = hostile(stage);
      const summary = "A card";
      for (const kind of ["text", "bold", "quote", "note", "field", "heading"] as const) {
        for (const [index, text] of strings.entries()) {
          const post = await stage.ensure(
            stage.inChannel(stage.team),
            { summary, blocks: [blockWith(kind, text)] },
            { key: `${kind} ${index}` },
          );
          expect.soft(clean(stage.shown(post.message).text), `in a ${kind}`).toContain(clean(text));
        }
      }
    });

    scene("labels of buttons as they were written", async (stage) => {
      const label = `<@${stage.luis}> & *Ana*`;
      const card: Card = {
        summary: "Who?",
        blocks: [
          { kind: "text", text: ["Who?"] },
          { kind: "actions", items: [{ act: "claim", args: { number: "1" }, label }] },
        ],
      };
      const post = await stage.ensure(stage.inChannel(stage.team), card);
      expect(clean(stage.shown(post.message).controls[0]?.label ?? "")).toBe(label);
    });

    scene("a text of 40,000 characters as far as it goes", async (stage) => {
      const text = "All work and no play. ".repeat(1820);
      const post = await stage.ensure(stage.inChannel(stage.team), {
        summary: text,
        blocks: [
          { kind: "heading", text },
          { kind: "text", text: [text] },
          { kind: "quote", text },
          { kind: "note", text: [text] },
          { kind: "fields", fields: [{ label: text, value: [text] }] },
          { kind: "table", text },
        ],
      });
      expect(stage.shown(post.message).text).toContain("All work and no play. All work and no play.");
    });

    scene("more than the platform takes as far as it goes", async (stage) => {
      const many = Array.from({ length: 60 }, (_, index) => index + 1);
      const blocks: Block[] = [
        {
          kind: "actions",
          items: [
            ...many.slice(0, 30).map((n) => {
              return {
                act: "show",
                args: { number: String(n) },
                label: `Show request ${n} ${"x".repeat(200)}`,
              };
            }),
            {
              act: "tier",
              args: { number: "1" },
              choice: "tier",
              placeholder: "p".repeat(300),
              of: "options",
              options: many.map((n) => ({ value: String(n), label: `Tier ${n} ${"y".repeat(200)}` })),
            },
          ],
        },
        { kind: "fields", fields: many.map((n) => ({ label: `Field ${n}`, value: [String(n)] })) },
        ...many.map((n): Block => ({ kind: "text", text: [`Line ${n}`] })),
      ];
      const post = await stage.ensure(stage.inChannel(stage.team), { summary: "Much", blocks });
      const shown = stage.shown(post.message);
      expect(shown.text).toContain("Line 1");
      expect(shown.controls.length).toBeGreaterThan(0);
    });

    scene("a card of words missing: empty texts and no blocks at all", async (stage) => {
      const empty: Card = {
        summary: "Nothing to say",
        blocks: [
          { kind: "text", text: [""] },
          { kind: "quote", text: "" },
          { kind: "fields", fields: [{ label: "", value: [""] }] },
          { kind: "actions", items: [] },
        ],
      };
      const first = await stage.ensure(stage.inChannel(stage.team), empty, { key: "empty" });
      expect(stage.world.find(first.message)).not.toBeNull();
      const second = await stage.ensure(stage.inChannel(stage.team), { summary: "Only a line", blocks: [] });
      expect(stage.shown(second.message).text).toContain("Only a line");
    });

    scene("instants in the reader's zone, names of people, links", async (stage) => {
      const person = { platform: stage.platform.name, workspace: stage.workspace, id: stage.ana };
      const instant = Date.UTC(2026, 10, 24, 9, 30);
      const card: Card = {
        summary: "By 10:30",
        blocks: [
          {
            kind: "text",
            text: [
              { person, name: "Ana" },
              " answers by ",
              { instant, as: "time", fallback: "10:30" },
              " (",
              { instant, as: "day", fallback: "Tue 24 Nov, 10:30" },
              "), ",
              { instant, as: "relative", fallback: "in 45 minutes" },
              ". ",
              { bold: "Status" },
              ": ",
              { link: "https://status.example.com/", label: "status page" },
            ],
          },
        ],
      };
      const post = await stage.ensure(stage.inChannel(stage.team), card);
      const seen = stage.world.seenBy(stage.ana).find((message) => message.id === post.message);
      const text = clean(seen?.text ?? "");
      expect(text).toMatch(/@?Ana answers by 10:30/);
      expect(text).not.toMatch(/<!date|<t:|1796\d{6}/);
      expect(text).toMatch(/24/);
      // A local server may leave the markers of bold where they are.
      expect(text.replaceAll("*", "")).toContain("Status: status page");
    });
  });
}

function blockWith(kind: "text" | "bold" | "quote" | "note" | "field" | "heading", text: string): Block {
  switch (kind) {
    case "text":
      return { kind: "text", text: ["Marta wrote ", text, " today"] };
    case "bold":
      return { kind: "text", text: ["Marta wrote ", { bold: text }] };
    case "note":
      return { kind: "note", text: [text] };
    case "field":
      return { kind: "fields", fields: [{ label: "Last", value: [text] }] };
    case "quote":
    case "heading":
      return { kind, text };
    default:
      return kind satisfies never;
  }
}

/** What people and their pranksters write; on a live platform each of these would notify, link, hide or format. */
function hostile(stage: Stage): string[] {
  return [
    "<!channel> <!here> <!everyone>",
    `<@${stage.marta}> <@!${stage.marta}> <#${stage.help}>`,
    "@everyone and @here",
    "[your bank](https://evil.example) <https://evil.example|bank>",
    "`code` *bold* **bold** _it_ __under__ ~~gone~~ ~gone~ ||hidden||",
    "<!date^1700000000^{date}|x> <t:1700000000:R>",
    "&lt;b&gt; &amp; a < b > c",
    "# not a heading",
    "> not a quote",
    "zero\u200bwidth and \u202eright to left",
    "back\\slash \\*star\\*",
  ];
}

/** Without what no reader sees: zero-width characters, and which kind of space it is. */
function clean(text: string): string {
  return text
    .replace(/[\u200b-\u200f\u2060\u2066-\u2069\u202a-\u202e\ufeff]|\ufe0e/g, "")
    .replace(/[\s\u00a0\u202f]+/g, " ");
}
