import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Block, Card, Inline, Modal } from "../../src/messages/card.ts";
import { carry } from "../../src/platforms/slack/interactions.ts";
import * as limits from "../../src/platforms/slack/limits.ts";
import { escaped, literal } from "../../src/platforms/slack/mrkdwn.ts";
import { renderCard, renderModal } from "../../src/platforms/slack/render.ts";
import { blockFaults, viewFaults } from "../../src/sandbox/slack/blocks.ts";
import type { Json, JsonObject } from "../../src/sandbox/slack/json.ts";

const json = (value: unknown): Json => JSON.parse(JSON.stringify(value));
const card = (...blocks: Block[]): Card => ({ summary: "A card", blocks });
const blocksOf = (...blocks: Block[]) => renderCard(card(...blocks), "en").blocks;

interface Node {
  type?: unknown;
  text?: unknown;
  [field: string]: unknown;
}

/** Every object inside, itself included. */
function nodes(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodes);
  if (typeof value !== "object" || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodes)];
}

const markup = (value: unknown) =>
  nodes(value).flatMap((node) =>
    node.type === "mrkdwn" && typeof node.text === "string" ? [node.text] : [],
  );
/** Everything that is shown as words, in order. */
const shown = (value: unknown) =>
  nodes(value)
    .flatMap((node) => (typeof node.text === "string" ? [node.text] : []))
    .join("");

const pranks = [
  "<!channel>",
  "<!here|here>",
  "<@U0LUIS001>",
  "<#C0TEAM001>",
  "<https://evil.example|your bank>",
  "<!date^0^{date}|x>",
  "*bold* _it_ ~gone~ `code` ```block```",
  "> quote",
  "&lt;!channel&gt;",
  "a\n> b\n*c*",
];
const hostile = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc
    .array(fc.constantFrom(...pranks, " ", "\n", "*", "_", "`", "<", ">", "|", "&", "^"))
    .map((parts) => parts.join("")),
);
const inline: fc.Arbitrary<Inline> = fc.oneof(
  hostile,
  fc.record({ bold: hostile }),
  fc.record({ italic: hostile }),
  fc.record({ code: hostile }),
  fc.record({
    instant: fc.integer({ min: 0, max: 4e12 }),
    as: fc.constantFrom("time" as const, "day" as const, "relative" as const),
    fallback: hostile,
  }),
  fc.record({
    person: fc.record({ platform: fc.constantFrom("slack", "discord"), workspace: hostile, id: hostile }),
    name: hostile,
  }),
  fc.record({ channel: hostile }),
  fc.record({ link: hostile, label: hostile }),
);
const text = fc.array(inline, { maxLength: 6 });
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant("heading" as const), text: hostile }),
  fc.record({ kind: fc.constant("text" as const), text }),
  fc.record({ kind: fc.constant("quote" as const), text: hostile }),
  fc.record({ kind: fc.constant("note" as const), text }),
  fc.record({ kind: fc.constant("table" as const), text: hostile }),
  fc.record({ kind: fc.constant("divider" as const) }),
  fc.record({
    kind: fc.constant("fields" as const),
    fields: fc.array(fc.record({ label: hostile, value: text }), { maxLength: 25 }),
  }),
  fc.record({
    kind: fc.constant("actions" as const),
    items: fc.array(
      fc.record({ act: fc.constant("show"), args: fc.constant({ number: "4" }), label: hostile }),
      { maxLength: 60 },
    ),
  }),
);

describe("what people wrote", () => {
  test("never becomes a token, in any part of a card, and Slack takes every card", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 70 }), hostile, (blocks, summary) => {
        const made = renderCard({ blocks, summary }, "en");
        expect(blockFaults(json(made.blocks), "message")).toEqual([]);
        // Only the tokens we make ourselves: dates, and links to web or mail addresses.
        const foreign = /<(?!!date\^\d+\^(?:\{date_short\} )?\{time\}\||https?:|mailto:)/i;
        for (const part of markup(made.blocks)) expect(part).not.toMatch(foreign);
        expect(made.text).not.toMatch(/[<>]/);
        for (const node of nodes(made.blocks)) {
          expect(["user", "broadcast", "usergroup"]).not.toContain(node.type);
          if (node.type === "mrkdwn") expect(node.verbatim).toBe(true);
          if (node.type === "plain_text") expect(node.emoji).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("is shown exactly as written, in texts, quotes and tables", () => {
    fc.assert(
      fc.property(
        hostile.filter((words) => words.trim() !== ""),
        (words) => {
          expect(shown(blocksOf({ kind: "text", text: [words] }))).toBe(words);
          expect(shown(blocksOf({ kind: "table", text: words }))).toBe(words);
          expect(shown(blocksOf({ kind: "quote", text: words }))).toBe(words.trim());
          expect(shown(blocksOf({ kind: "text", text: ["a ", { bold: words }, " b"] }))).toBe(`a ${words} b`);
        },
      ),
    );
  });

  test("keeps no working marker where there is only mrkdwn", () => {
    expect(literal("*bold* _it_ ~gone~ `code`")).toBe("∗bold∗ ˍitˍ ∼gone∼ ˋcodeˋ");
    expect(literal("snake_case and 2*3")).toBe("snake_case and 2*3");
    expect(literal("> quoted")).toBe("\u200b&gt; quoted");
    expect(escaped("<!channel> & co")).toBe("&lt;!channel&gt; &amp; co");
  });

  test("a link leads only to web and mail addresses, and cannot end its own token", () => {
    const [link] = nodes(
      blocksOf({ kind: "note", text: ["see ", { link: "https://a.example/?q=<|>&x", label: "a|b>" }] }),
    )
      .map((node) => (node.type === "mrkdwn" ? node.text : null))
      .filter((value) => value !== null);
    expect(link).toBe("see <https://a.example/?q=%3C%7C%3E&amp;x|a|b&gt;>");
    const script = blocksOf({ kind: "text", text: [{ link: "javascript:alert(1)", label: "click" }] });
    expect(shown(script)).toBe("click");
    expect(JSON.stringify(script)).not.toContain("javascript");
  });
});

describe("a card", () => {
  test("shows instants in the reader's zone", () => {
    const instant = Date.UTC(2026, 10, 24, 9, 30);
    const at = (as: "time" | "day" | "relative") => ({ instant, as, fallback: "10:30" });
    expect(
      markup(blocksOf({ kind: "note", text: ["by ", at("time"), " ", at("day"), " ", at("relative")] })),
    ).toEqual([
      "by <!date^1795512600^{time}|10:30> <!date^1795512600^{date_short} {time}|10:30> <!date^1795512600^{time}|10:30>",
    ]);
    expect(
      nodes(blocksOf({ kind: "text", text: [at("day")] })).find((node) => node.type === "date"),
    ).toMatchObject({
      timestamp: 1_795_512_600,
      format: "{date_short} {time}",
      fallback: "10:30",
    });
  });

  test("notifies a person only when it is meant, and only on their own platform", () => {
    const person = { platform: "slack", workspace: "T1", id: "U0ANA0001" };
    const ids = (one: Inline) =>
      nodes(blocksOf({ kind: "text", text: [one] })).filter((node) => node.type === "user");
    expect(ids({ person, name: "Ana" })).toEqual([]);
    expect(ids({ person, name: "Ana", notify: true })).toEqual([{ type: "user", user_id: "U0ANA0001" }]);
    expect(ids({ person: { ...person, platform: "discord" }, name: "Ana", notify: true })).toEqual([]);
  });

  test("of more than 3,000 characters is split, nothing lost, no pair torn", () => {
    const words = "😀 all work and no play ".repeat(300);
    const blocks = blocksOf({ kind: "text", text: [words] });
    expect(blocks.length).toBeGreaterThan(2);
    expect(shown(blocks)).toBe(words);
    for (const one of blocks) {
      expect(shown(one).length).toBeLessThanOrEqual(limits.MAX_SECTION);
      expect(shown(one).isWellFormed()).toBe(true);
    }
  });

  test("of too much is cut from the end, keeps its controls, and says so in the reader's language", () => {
    const many: Block[] = Array.from({ length: 80 }, (_, n) => ({ kind: "text", text: [`Line ${n}`] }));
    const actions: Block = { kind: "actions", items: [{ act: "claim", args: {}, label: "Claim" }] };
    const made = renderCard(card(...many, actions), "es").blocks;
    expect(made).toHaveLength(limits.MAX_BLOCKS);
    expect(made.some((one) => one.type === "actions")).toBe(true);
    expect(shown(made.at(-1))).toBe("Acortado: Slack no muestra más en un mensaje.");
    const long = blocksOf({ kind: "text", text: ["x".repeat(40_000)] }, actions);
    expect(shown(long).length).toBeLessThanOrEqual(limits.MAX_SHOWN + 200);
    expect(long.some((one) => one.type === "actions")).toBe(true);
    expect(shown(long.at(-1))).toBe("Shortened: Slack shows no more in one message.");
  });

  test("splits more than 25 controls, cuts labels at 75, keeps equal controls apart", () => {
    const items = Array.from({ length: 60 }, () => ({
      act: "show",
      args: { number: "4" },
      label: "l".repeat(90),
    }));
    const blocks = blocksOf({ kind: "actions", items });
    expect(blocks.map((one) => (one.elements as unknown[]).length)).toEqual([25, 25, 10]);
    const buttons = nodes(blocks).filter((node) => node.type === "button");
    expect(new Set(buttons.map((one) => one.action_id)).size).toBe(60);
    expect(shown(buttons[0])).toBe(`${"l".repeat(74)}…`);
  });

  test("says how many choices of a menu do not fit, and leaves out a menu of none", () => {
    const options = Array.from({ length: 130 }, (_, n) => ({ value: String(n), label: `Option ${n}` }));
    const base = { act: "tier", args: {}, choice: "tier", placeholder: "Tier", of: "options" as const };
    const blocks = blocksOf({ kind: "actions", items: [{ ...base, options, selected: "3" }] });
    expect(shown(blocks.at(-1))).toBe("30 more choices do not fit here.");
    expect(nodes(blocks).find((node) => node.type === "static_select")).toMatchObject({
      action_id: "tier|tier",
      initial_option: { value: "3" },
    });
    expect(blocksOf({ kind: "actions", items: [{ ...base, options: [] }] })).toEqual([]);
  });

  test("opens an address without acting", () => {
    const items = [{ act: "open", args: {}, label: "Open", url: "https://acme.slack.com/x" }];
    expect(nodes(blocksOf({ kind: "actions", items })).find((node) => node.type === "button")).toMatchObject({
      url: "https://acme.slack.com/x",
      action_id: "-",
    });
  });

  test("shows its picture at the end", () => {
    const made = renderCard(card({ kind: "text", text: ["This week"] }), "en", {
      file: "F1",
      alt: "Arrivals",
    });
    expect(made.blocks.at(-1)).toEqual({ type: "image", slack_file: { id: "F1" }, alt_text: "Arrivals" });
  });
});

describe("a modal", () => {
  const where = { platform: "slack", workspace: "T1", channel: "C1", thread: null, message: "1.2" };
  const modal: Modal = {
    act: "say_back",
    args: { request: "r-1" },
    title: "Decir lo que has entendido, en tu nombre",
    submit: "Enviar en mi nombre ahora mismo",
    cancel: "Not now",
    intro: ["In your <!channel> name."],
    fields: [
      {
        name: "line",
        label: "What to say",
        value: "v".repeat(500),
        multiline: true,
        required: true,
        max: 400,
      },
      {
        name: "by",
        label: "When",
        placeholder: "13:00",
        hint: "A time",
        multiline: false,
        required: false,
        max: 9000,
      },
    ],
  };

  test("keeps Slack's sizes and carries its act, arguments and place", () => {
    const view = renderModal(modal, where);
    expect(viewFaults(json(view) as JsonObject)).toEqual([]);
    expect(view).toMatchObject({ private_metadata: carry("say_back", { request: "r-1" }, where) });
    const [, line, by] = view.blocks as Node[];
    expect(line).toMatchObject({
      block_id: "line",
      optional: false,
      element: { multiline: true, max_length: 400 },
    });
    expect(by).toMatchObject({ block_id: "by", optional: true, element: { max_length: limits.MAX_INPUT } });
  });

  test("that would carry words instead of ids is refused here, not by Slack", () => {
    expect(() => renderModal({ ...modal, args: { note: "x".repeat(3000) } }, where)).toThrow(RangeError);
  });
});
