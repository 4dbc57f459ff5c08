import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LINK_CLUES, NEW_CLUES } from "../../src/domain/intake/clues.ts";
import { type Line, shapeOf } from "../../src/domain/intake/line.ts";
import { LINK_DEFAULTS, linker, linkerOf } from "../../src/domain/intake/link.ts";
import { Room, WINDOW } from "../../src/domain/intake/room.ts";
import { LINK_WEIGHTS, NEW_WEIGHTS } from "../../src/domain/intake/weights.ts";

type Said = [who: string, minute: number, text: string, change?: Partial<Line>];

function lineOf([who, minute, text, change = {}]: Said, id: string): Line {
  const at = Date.UTC(2026, 10, 24, 10, 0) + minute * 60_000;
  return {
    id,
    author: who,
    name: who,
    at,
    text,
    mentions: [],
    thread: null,
    replyTo: null,
    team: null,
    ...change,
  };
}

/** The first line of the conversation each line was put in, in order. */
function talksOf(said: readonly Said[], by = linker, opensFrom = LINK_DEFAULTS.opensFrom): string[] {
  const room = new Room();
  return said.map((one, at) => {
    const line = lineOf(one, `${at}`);
    const { entry, conversation } = by.place(room, line, { opensFrom });
    const talk = conversation ?? line.id;
    room.add(entry, talk);
    return talk;
  });
}

describe("conversations in a channel where several go on at once", () => {
  it("keeps a question, its answers and the thanks together, without threads or roles", () => {
    const said: Said[] = [
      ["marta", 0, "Hi all, how do I export the invoices to CSV?"],
      ["luis", 1, "Does anyone know why the webhook returns a 502 error since yesterday?"],
      ["zoe", 2, "marta: open the billing page, there is an export button"],
      ["marta", 3, "zoe: found it, thanks!"],
      ["ana", 4, "luis: which webhook url do you use?"],
      ["luis", 5, "the one from the docs"],
    ];
    expect(talksOf(said)).toEqual(["0", "1", "0", "0", "1", "1"]);
  });

  it("takes a peer's answer without a mention for an answer, not for a new question", () => {
    const said: Said[] = [
      ["marta", 0, "Hello, how can I reset my password? the link in the mail does not work"],
      ["luis", 1, "you can do that in settings"],
      ["marta", 2, "ok thanks"],
    ];
    expect(talksOf(said)).toEqual(["0", "0", "0"]);
  });

  it("begins something new with a stranger's question, and with the same person's after days", () => {
    const said: Said[] = [
      ["marta", 0, "How do I export the invoices to CSV?"],
      ["zoe", 1, "marta: there is a button"],
      ["pablo", 240, "Hi, is there a way to change the currency of my shop?"],
      ["marta", 6_000, "Hello! Does anyone know how to add a second user to our account?"],
    ];
    expect(talksOf(said)).toEqual(["0", "0", "2", "3"]);
  });

  it("believes the platform where it says what a line belongs to", () => {
    const said: Said[] = [
      ["marta", 0, "How do I export the invoices to CSV?"],
      ["luis", 300, "Hi, does anyone know why the webhook returns 502?"],
      ["zoe", 900, "Hi, does anyone know a good bakery?", { thread: "0" }],
      ["ana", 901, "Hello everybody, how do I sign in?", { replyTo: "1" }],
    ];
    expect(talksOf(said)).toEqual(["0", "1", "0", "1"]);
  });

  it("opens more when told to be less strict, and never more than there are lines", () => {
    const said: Said[] = [
      ["marta", 0, "How do I export?"],
      ["luis", 2, "what does the menu show?"],
      ["zoe", 9, "is it the new version"],
    ];
    expect(new Set(talksOf(said, linker, 0)).size).toBe(3);
    expect(new Set(talksOf(said, linker, 1)).size).toBe(1);
  });
});

describe("a decision", () => {
  const text = fc.constantFrom(
    "How do I export?",
    "b: try again",
    "thanks",
    "",
    "a, error 502",
    "a: b: c:",
    "¿Hola?",
  );
  const said = fc.array(
    fc
      .tuple(fc.constantFrom("a", "b", "c"), fc.nat(5), text)
      .map(([who, gap, words]) => ({ who, gap, words })),
    { minLength: 1, maxLength: 40 },
  );
  const timed = (lines: readonly { who: string; gap: number; words: string }[]): Said[] => {
    let minute = 0;
    return lines.map(({ who, gap, words }) => {
      minute += gap;
      return [who, minute, words];
    });
  };

  it("uses nothing that comes later", () => {
    fc.assert(
      fc.property(said, fc.nat(40), (lines, cut) => {
        const all = timed(lines);
        expect(talksOf(all).slice(0, cut)).toEqual(talksOf(all.slice(0, cut)));
      }),
      { numRuns: 60 },
    );
  });

  it("shares one whole among something new and the talks, whatever the clock does", () => {
    fc.assert(
      fc.property(said, fc.integer({ min: -1e9, max: 1e9 }), (lines, jump) => {
        const room = new Room();
        timed(lines).forEach((one, at) => {
          const line = lineOf(one, `${at}`);
          const { entry, fresh, talks } = linker.place(
            room,
            at % 5 === 4 ? { ...line, at: line.at + jump } : line,
            LINK_DEFAULTS,
          );
          const whole = talks.reduce((total, { share }) => total + share, fresh);
          expect(whole).toBeCloseTo(1, 9);
          room.add(entry, talks[0]?.conversation ?? line.id);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("can say which clues weighed most", () => {
    const room = new Room();
    const first = linker.place(room, lineOf(["marta", 0, "How do I export?"], "0"), LINK_DEFAULTS);
    room.add(first.entry, "0");
    const { entry } = linker.place(room, lineOf(["zoe", 1, "marta: press the button"], "1"), LINK_DEFAULTS);
    const reasons = linker.reasons(room, entry, "0");
    expect(reasons.map(({ clue }) => clue)).toContain("callsFirst");
    expect(linker.reasons(room, entry, null)).not.toHaveLength(0);
    expect(linker.reasons(room, entry, "no such line")).toEqual([]);
  });
});

describe("the room", () => {
  it("forgets what lies behind the window, so that a line costs the same in a channel of any age", () => {
    const room = new Room();
    for (let at = 0; at < WINDOW * 3; at += 1) {
      room.add(room.read(lineOf(["marta", at, `word${at} again`], `${at}`)), `${Math.floor(at / 2)}`);
    }
    expect(room.entries).toHaveLength(WINDOW);
    expect(room.conversations.size).toBeLessThanOrEqual(WINDOW);
    expect(room.lines("word0")).toBe(0);
    expect(room.lines("again")).toBe(WINDOW);
  });

  it("reads a hostile text no further than a long honest one", () => {
    for (const text of [
      "a ".repeat(20_000),
      "@".repeat(40_000),
      "(.*)+$ ".repeat(6_000),
      "x".repeat(40_000),
    ]) {
      const { tokens, topics } = shapeOf(text);
      expect(tokens.length).toBeLessThanOrEqual(160);
      expect(topics.length).toBeLessThanOrEqual(160);
      expect(Math.max(...tokens.map(({ length }) => length))).toBeLessThanOrEqual(60);
    }
  });
});

describe("the weights", () => {
  it("are those of the clues there are, each once", () => {
    expect(Object.keys(LINK_WEIGHTS)).toEqual(Object.keys(LINK_CLUES));
    expect(Object.keys(NEW_WEIGHTS)).toEqual(Object.keys(NEW_CLUES));
  });

  it("say what a reader expects of the plainest clues", () => {
    expect(LINK_WEIGHTS.callsFirst).toBeGreaterThan(0.5);
    expect(LINK_WEIGHTS.calledByLast).toBeGreaterThan(0);
    expect(LINK_WEIGHTS.gap).toBeLessThan(0);
    expect(NEW_WEIGHTS.strangerAsks).toBeGreaterThan(0);
  });

  it("decide: without any, nothing but chance speaks for a talk", () => {
    const none = linkerOf({ link: {}, fresh: {} });
    const said: Said[] = [
      ["marta", 0, "one"],
      ["luis", 1, "two"],
    ];
    expect(talksOf(said, none)).toEqual(["0", "1"]);
  });
});
