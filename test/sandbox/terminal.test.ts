import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createManualClock } from "../../src/sandbox/clock.ts";
import { cells } from "../../src/sandbox/terminal/text.ts";
import { createTerminal, type Terminal } from "../../src/sandbox/terminal.ts";
import type { Happening, ShownControl, ShownMessage } from "../../src/sandbox/world.ts";

const MORNING = Date.UTC(2026, 10, 24, 7, 56);
const BOT = "UBOT";
const DAY = "      Tuesday 24 November";

/** A terminal of a given width, and what it shows. */
function screen(width = 80, color = false) {
  let text = "";
  const clock = createManualClock(MORNING);
  const terminal: Terminal = createTerminal({
    clock,
    timezone: "Europe/Madrid",
    color,
    width: () => width,
    write: (more) => {
      text += more;
    },
  });
  let tell: (happening: Happening) => void = () => undefined;
  terminal.attach(
    {
      name: "slack",
      botUser: BOT,
      observe: (listener) => {
        tell = listener;
        return () => undefined;
      },
    },
    {
      people: new Map([
        ["UMARTA", { name: "Marta Ferro", about: "customer, Ferro Bikes" }],
        ["UANA", { name: "Ana Ruiz" }],
      ]),
      channels: new Map([
        ["C1", "ferro-bikes"],
        ["C2", "support-team"],
      ]),
    },
  );
  return {
    terminal,
    clock,
    tell: (happening: Happening) => tell(happening),
    /** The lines since the last look, without the first line of the day. */
    lines: (): string[] => {
      const shown = text.replace(/^\n +\w+ \d+ \w+\n/, "").replace(/\n$/, "");
      text = "";
      return shown.split("\n");
    },
    raw: () => text,
  };
}

function message(more: Partial<ShownMessage>): ShownMessage {
  return {
    id: "1",
    channel: "C1",
    thread: null,
    author: { id: "UMARTA", name: "Marta Ferro", bot: false },
    text: "Hi!",
    controls: [],
    reactions: {},
    files: [],
    at: MORNING,
    editedAt: null,
    deleted: false,
    onlyFor: null,
    direct: null,
    ...more,
  };
}

const bot = { id: BOT, name: "Siempre", bot: true };
const button = (label: string): ShownControl => ({
  kind: "button",
  label,
  options: [],
  selected: null,
  id: "",
});
const menu = (selected: string): ShownControl => ({ ...button("Tier"), kind: "menu", selected });

const CARD = [
  "#1 Charged twice",
  "> We were charged twice",
  "Customer",
  "Marta Ferro, Ferro Bikes",
  "Owner",
  "nobody yet",
  "Tier",
  "Money (because of “charged twice”)",
  "Promised",
  "answer by 11:00",
  "in #ferro-bikes · Open",
].join("\n");

describe("what happens is told", () => {
  test("a message: when, on which platform, where, who, and the words", () => {
    const shown = screen();
    shown.tell({ kind: "posted", message: message({ text: "We were charged twice.\nCan you look?" }) });
    expect(shown.raw()).toContain(`\n${DAY}\n`);
    expect(shown.lines()).toEqual([
      "08:56 │ Slack #ferro-bikes · Marta Ferro (customer, Ferro Bikes)",
      "      │ We were charged twice.",
      "      │ Can you look?",
    ]);
  });

  test("the day is named once, until the next one comes", () => {
    const shown = screen();
    shown.tell({ kind: "posted", message: message({}) });
    shown.tell({ kind: "posted", message: message({ id: "2" }) });
    shown.clock.advance(86_400_000);
    shown.tell({ kind: "posted", message: message({ id: "3" }) });
    expect(shown.raw().match(/Tuesday 24 November/g)).toHaveLength(1);
    expect(shown.raw().match(/Wednesday 25 November/g)).toHaveLength(1);
  });

  test("who alone sees it, in which thread, and what is sent privately", () => {
    const shown = screen();
    shown.tell({ kind: "posted", message: message({ author: bot, thread: "9", text: "Thanks, Marta." }) });
    shown.tell({
      kind: "posted",
      message: message({ author: bot, channel: "C2", onlyFor: "UANA", text: "Yours." }),
    });
    shown.tell({
      kind: "posted",
      message: message({ author: bot, channel: "D1", direct: "UANA", text: "By 11:00." }),
    });
    expect(shown.lines().filter((line) => line.startsWith("08"))).toEqual([
      "08:56 │ Slack #ferro-bikes, in the thread · Siempre",
      "08:56 │ Slack #support-team · only Ana sees this · Siempre",
      "08:56 │ Slack to Ana, privately · Siempre",
    ]);
  });

  test("a card in few lines, with its buttons whole", () => {
    const shown = screen(64);
    const controls = [button("Claim"), button("Waiting on customer"), button("Resolve"), menu("2 · Money")];
    shown.tell({ kind: "posted", message: message({ author: bot, channel: "C2", text: CARD, controls }) });
    expect(shown.lines()).toEqual([
      "08:56 │ Slack #support-team · Siempre",
      "      │ #1 Charged twice",
      "      │ > We were charged twice",
      "      │ Customer Marta Ferro, Ferro Bikes · Owner nobody yet ·",
      "      │ Tier Money (because of “charged twice”) ·",
      "      │ Promised answer by 11:00",
      "      │ in #ferro-bikes · Open",
      "      │ [Claim] [Waiting on customer] [Resolve] [2 · Money ▾]",
    ]);
  });

  test("a card that writes its labels in bold before their values is told as briefly", () => {
    const shown = screen();
    const text =
      "#1 Slow\n> Slow\nCustomer @Dani\nOwner nobody yet\nStatus open\nFeels calm\nin #help · Open";
    shown.tell({ kind: "posted", message: message({ author: bot, text }) });
    expect(shown.lines()).toContain("      │ Customer @Dani · Owner nobody yet · Status open · Feels calm");
  });

  test("what people write stays in the lines they wrote", () => {
    const shown = screen();
    const text = "Version one\nBrowser Firefox\nSystem Linux\nPage Orders list\nError none";
    shown.tell({ kind: "posted", message: message({ text }) });
    expect(shown.lines()).toHaveLength(6);
  });

  test("a card that changes is told by what changed, and not at all when nothing can be seen", () => {
    const shown = screen();
    const card = message({ author: bot, channel: "C2", text: CARD });
    shown.tell({ kind: "posted", message: card });
    shown.lines();
    shown.tell({ kind: "edited", message: { ...card, text: CARD.replace("nobody yet", "Marc Vidal") } });
    shown.tell({
      kind: "edited",
      message: { ...card, text: CARD.replace("nobody yet", "Marc Vidal"), controls: [] },
    });
    expect(shown.lines()).toEqual(["08:56 │ Slack #support-team · card #1 updated: Owner Marc Vidal"]);
  });

  test("what a customer changes or takes back", () => {
    const shown = screen();
    const first = message({});
    shown.tell({ kind: "posted", message: first });
    shown.lines();
    shown.tell({ kind: "edited", message: { ...first, text: "Hi! It is urgent" } });
    shown.tell({ kind: "deleted", message: first });
    expect(shown.lines()).toEqual([
      "08:56 │ Slack #ferro-bikes · Marta Ferro (customer, Ferro Bikes) edits:",
      "      │ Hi! It is urgent",
      "08:56 │ Slack #ferro-bikes Marta Ferro (customer, Ferro Bikes) deletes a message",
    ]);
  });

  test("reactions, by their picture", () => {
    const shown = screen();
    shown.tell({ kind: "reacted", channel: "C1", message: "1", by: BOT, emoji: "eyes", added: true });
    shown.tell({ kind: "reacted", channel: "C1", message: "1", by: "UANA", emoji: "🎫", added: true });
    shown.tell({ kind: "reacted", channel: "C1", message: "1", by: BOT, emoji: "eyes", added: false });
    expect(shown.lines()).toEqual([
      "08:56 │ Slack #ferro-bikes · Siempre puts 👀 on it",
      "08:56 │ Slack #ferro-bikes · Ana puts 🎫 on it",
      "08:56 │ Slack #ferro-bikes · Siempre takes 👀 back",
    ]);
  });

  test("a form with what stands in it, and what it answers", () => {
    const shown = screen();
    const field = {
      name: "by",
      label: "When do they hear from you?",
      value: "11:00",
      multiline: false,
      required: true,
    };
    const modal = { id: "1", title: "Say it back?", submit: "Send", fields: [field], errors: {} };
    shown.tell({ kind: "modal", person: "UANA", modal });
    shown.tell({ kind: "modal", person: "UANA", modal: { ...modal, errors: { by: "I can't read that." } } });
    expect(shown.lines()).toEqual([
      "08:56 │ Slack only Ana sees this · a form, “Say it back?”",
      "      │ When do they hear from you?: 11:00",
      "      │ [Send]",
      "08:56 │ Slack only Ana sees this · the form answers:",
      "      │ I can't read that.",
    ]);
  });

  test("what the platform refuses the bot is not hidden", () => {
    const shown = screen();
    shown.tell({ kind: "refused", method: "chat.postMessage", code: "invalid_blocks", detail: "no text" });
    expect(shown.lines()).toEqual(["08:56 │ Slack refuses chat.postMessage: invalid_blocks no text"]);
  });
});

describe("it can be read anywhere", () => {
  test("without colour there is not one escape sequence, with it there are", () => {
    for (const color of [false, true]) {
      const shown = screen(80, color);
      shown.terminal.chapter("Before nine");
      shown.terminal.step("Marta writes.");
      shown.terminal.say("**Siempre** is here.");
      shown.tell({ kind: "posted", message: message({ controls: [button("Claim")] }) });
      expect(shown.raw().includes("\u001b")).toBe(color);
    }
  });

  test("what somebody writes cannot move the cursor, forge a line or turn the text around", () => {
    const shown = screen();
    const text = "\u001b[2J\u001b[H\u0007ok\rforged\u202e\u200b\u200c\u200bend";
    shown.tell({
      kind: "posted",
      message: message({ text, author: { id: "U9", name: "\u001b[31mEve", bot: false } }),
    });
    expect(shown.lines()).toEqual([
      "08:56 │ Slack #ferro-bikes · [31mEve",
      "      │ [2J[Hok",
      "      │ forgedend",
    ]);
  });

  test("bullets and numbers hang over what follows", () => {
    const shown = screen(40);
    const text =
      "Needs you now\n• #1 Ferro Bikes, charged twice, no owner\n> a quote that is longer than the line";
    shown.tell({ kind: "posted", message: message({ author: bot, text }) });
    expect(shown.lines().slice(1)).toEqual([
      "      │ Needs you now",
      "      │ • #1 Ferro Bikes, charged twice,",
      "      │   no owner",
      "      │ > a quote that is longer than",
      "      │ > the line",
    ]);
  });

  test("pictures and wide scripts count as the columns they take", () => {
    expect(cells("👀")).toBe(2);
    expect(cells("👩‍💻")).toBe(2);
    expect(cells("日本")).toBe(4);
    expect(cells("café")).toBe(4);
    expect(cells("cafe\u0301")).toBe(4);
  });

  test("no line is wider than the terminal, and no word is lost, whatever is written", () => {
    const anything = fc.string({ unit: "grapheme", maxLength: 400 });
    fc.assert(
      fc.property(anything, fc.integer({ min: 40, max: 140 }), (text, width) => {
        const shown = screen(width);
        shown.tell({ kind: "posted", message: message({ text }) });
        shown.terminal.step(text);
        shown.terminal.say(text);
        for (const line of shown.raw().split("\n")) expect(cells(line)).toBeLessThanOrEqual(width);
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,90}$/), { maxLength: 40 }), (all) => {
        const shown = screen(80);
        shown.tell({ kind: "posted", message: message({ text: all.join(" ") }) });
        const body = shown
          .lines()
          .slice(1)
          .map((line) => line.slice(8));
        expect(body.join(" ").replaceAll(" ", "")).toBe(all.join(""));
      }),
      { numRuns: 200 },
    );
  });
});
