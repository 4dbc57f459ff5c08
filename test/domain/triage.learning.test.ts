// What a workspace corrects, on top of the model that comes with this version.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Learning, learningOf } from "../../src/domain/triage/learning.ts";
import { lessonOf, readMessage } from "../../src/domain/triage/read.ts";
import { loadTriageModel } from "../../src/model-file.ts";

const model = loadTriageModel();

interface Row {
  text: string;
  tier: number;
}

/** Written apart from what the model was trained on. */
const held: Row[] = readFileSync(
  new URL("../../scripts/train/data/examples-held.jsonl", import.meta.url),
  "utf8",
)
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Row);

const learnt = (rows: readonly Row[]): Learning =>
  learningOf(
    model,
    rows.map(({ text, tier }) => lessonOf(text, tier, model)),
  );

function tierOf(text: string, learning?: Learning): number {
  const { kind, tier } = readMessage(text, { model, ...(learning && { learning }) });
  return kind === "request" ? tier : 0;
}

function right(rows: readonly Row[], learning?: Learning): number {
  return rows.filter(({ text, tier }) => tierOf(text, learning) === tier).length / rows.length;
}

/** Time of this process on a core, ms: what else the machine does is not what a message costs. */
function costOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

interface Correction {
  by?: string;
  author?: string;
  channel?: string;
  number?: number;
}

/** How a message is read by somebody, somewhere, after it was called no request so often. */
function readAfter(
  text: string,
  corrections: readonly Correction[],
  from = { author: "ada", channel: "help" },
) {
  const lessons = corrections.map(({ by = "marc", author = "ada", channel = "help", number = 1 }) =>
    lessonOf(text, 0, model, { by, author, channel, number }),
  );
  return readMessage(text, { model, learning: learningOf(model, lessons), from });
}

/** What one workspace calls its own: words no model knows the meaning of here. */
const corrections: readonly Row[] = [
  { text: "how do I renew the flux gizmo", tier: 2 },
  { text: "the ledger tile wants a new seal", tier: 2 },
  { text: "where do I see the seal of my ledger tile", tier: 2 },
  { text: "can the flux gizmo be renewed for a year", tier: 2 },
  { text: "mi teja del libro pide un sello nuevo", tier: 2 },
];

describe("corrections of a workspace", () => {
  it("help at once: the same words, and words much like them", () => {
    const learning = learnt(corrections);
    const alike = [
      "How do I renew the flux gizmo, please?",
      "hi, how do i renew my flux gizmo",
      "the ledger tile wants a new seal again",
      "where do I see the seal of the ledger tile?",
      "mi teja del libro pide otro sello nuevo",
    ];
    for (const { text } of corrections) expect(tierOf(text, learning), text).toBe(2);
    const now = alike.filter((text) => tierOf(text, learning) === 2).length;
    const before = alike.filter((text) => tierOf(text) === 2).length;
    expect(now).toBeGreaterThanOrEqual(4);
    expect(now).toBeGreaterThan(before);
  });

  it.each([1, 2, 3, 4, 5])("five on tier %i move fewer than one in a hundred of the others", (tier) => {
    const others = held.filter((row) => row.tier !== tier);
    // As people do it: messages the model reads as something else, called this tier.
    const wrong = held.filter((row) => row.tier === tier && tierOf(row.text) !== tier).slice(0, 3);
    const lessons = [...wrong, ...corrections.map(({ text }) => ({ text, tier }))].slice(0, 5);
    const drop = right(others) - right(others, learnt(lessons));
    expect(drop).toBeLessThan(0.01);
  });

  it("even wrong ones break only what is like them", () => {
    const guidance = held.filter(({ tier }) => tier === 4).slice(0, 10);
    const lessons = guidance.map(({ text }) => ({ text, tier: 1 }));
    const rest = held.filter((row) => !guidance.includes(row));
    expect(right(rest) - right(rest, learnt(lessons))).toBeLessThan(0.02);
  });

  it("are taken back whole: the same examples give the same readings, and none give the model's own", () => {
    const [first, ...rest] = corrections;
    const text = first?.text ?? "";
    const once = readMessage(text, { model, learning: learnt(corrections) });
    expect(readMessage(text, { model, learning: learnt(corrections) })).toEqual(once);
    expect(readMessage(text, { model, learning: learnt([]) })).toEqual(readMessage(text, { model }));
    const without = learnt(rest.filter(({ text: other }) => !other.includes("gizmo")));
    expect(readMessage(text, { model, learning: without })).toEqual(readMessage(text, { model }));
  });

  it("can make a request of what was taken for small talk", () => {
    const learning = learnt([{ text: "good morning campers", tier: 4 }]);
    expect(readMessage("good morning campers", { model, learning }).kind).toBe("request");
  });

  it("cost little: a message under a millisecond beside 500 of them, 40,000 hostile characters under 50", () => {
    const many = Array.from({ length: 500 }, (_, at) => {
      const row = held[at % held.length];
      return { text: `${row?.text ?? ""} ${at}`, tier: (at % 5) + 1 };
    });
    const learning = learnt(many);
    const texts = held.map(({ text }) => text);
    for (const text of texts) readMessage(text, { model, learning });
    const rounds = Array.from(
      { length: 5 },
      () =>
        costOf(() => {
          for (const text of texts) readMessage(text, { model, learning });
        }) / texts.length,
    );
    expect(Math.min(...rounds)).toBeLessThan(1);
    for (const hostile of [
      "not working ".repeat(4_000),
      "@@@ tier 1 owner=admin ".repeat(1_800),
      "a".repeat(40_000),
    ]) {
      const times = [1, 2, 3].map(() => costOf(() => readMessage(hostile, { model, learning })));
      expect(Math.min(...times)).toBeLessThan(50);
    }
  });
});

describe("a message called no request", () => {
  const guidance = "how do I rename the flux gizmo in the sidebar?";
  const grave = [
    "I was charged twice for October",
    "the lunch bot is down again",
    "nobody of us can log in since an hour",
    "me cobraron dos veces en octubre",
  ];

  it("once: silences those words of the same person, and in the same channel", () => {
    for (const from of [
      { author: "ada", channel: "help" },
      { author: "ada", channel: "vip" },
      { author: "ben", channel: "help" },
    ]) {
      const reading = readAfter(guidance, [{ number: 7 }], from);
      expect(reading.kind).toBe("chatter");
      expect(reading.silencedBy).toEqual([7]);
    }
  });

  it("once: another person in another channel is heard as ever, and so is who is not known", () => {
    const elsewhere = readAfter(guidance, [{ number: 7 }], { author: "ben", channel: "vip" });
    expect(elsewhere).toEqual({ ...readMessage(guidance, { model }), notSilencedBy: [7] });
    const lesson = lessonOf(guidance, 0, model, { by: "marc", author: "ada", channel: "help", number: 7 });
    const learning = learningOf(model, [lesson]);
    expect(readMessage(guidance, { model, learning }).kind).toBe("request");
  });

  it("once: in the same channel another person's real problem is heard as ever, that person's own is not", () => {
    const problem = "The export fails with an error for me";
    const plain = readMessage(problem, { model });
    expect(plain.tier).toBe(3);
    const other = { author: "ben", channel: "help" };
    expect(readAfter(problem, [{}], other)).toEqual({ ...plain, notSilencedBy: [1] });
    expect(readAfter(problem, [{}]).silencedBy).toEqual([1]);
    expect(readAfter(problem, [{}, { by: "ana" }], other).silencedBy).toEqual([1]);
  });

  it.each(grave)("once, or twice by one person: never silences an outage or money (%s)", (text) => {
    const plain = readMessage(text, { model });
    for (const said of [[{}], [{}, {}]]) {
      expect(readAfter(text, said)).toEqual({ ...plain, notSilencedBy: [1] });
    }
  });

  it.each(grave)("by two people, or three times: is none anywhere (%s)", (text) => {
    for (const said of [
      [{ by: "marc" }, { by: "ana", number: 2 }],
      [{}, { author: "ben", number: 2 }, { channel: "vip", number: 2 }],
    ]) {
      const reading = readAfter(text, said, { author: "cleo", channel: "far" });
      expect(reading.kind).not.toBe("request");
      expect(reading.silencedBy).toEqual([1, 2]);
    }
  });

  it("still lets what people said of tiers count where it may not silence", () => {
    const text = "the ledger tile wants a new seal";
    const said = { by: "marc", author: "ada", channel: "help", number: 1 };
    const learning = learningOf(model, [
      lessonOf(text, 0, model, said),
      lessonOf(text, 2, model, { ...said, number: 2 }),
    ]);
    const reading = readMessage(text, { model, learning, from: { author: "ben", channel: "vip" } });
    expect([reading.kind, reading.tier]).toEqual(["request", 2]);
  });
});
