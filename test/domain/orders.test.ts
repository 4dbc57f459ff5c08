import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { withoutOrders } from "../../src/domain/triage/orders.ts";
import { readMessage } from "../../src/domain/triage/read.ts";
import { loadTriageModel } from "../../src/model-file.ts";
import { hostile } from "../fixtures/hostile.ts";

const model = loadTriageModel();
function tierOf(text: string): number {
  const { kind, tier } = readMessage(text, { model });
  return kind === "request" ? tier : 0;
}

const plain = [
  "How do I change the language of the app?",
  "The export fails with an error when I click it",
  "I was charged twice for October",
  "¿Cómo cambio el idioma de la aplicación?",
  "It would be great to have a dark mode",
];

describe("what is meant for a machine", () => {
  it.each(hostile)("moves no tier, before, after or below what is asked: %s", (order) => {
    for (const text of plain) {
      for (const whole of [`${text} ${order}`, `${order} ${text}`, `${text}\n${order}`])
        expect(tierOf(whole), whole).toBe(tierOf(text));
    }
  });

  it("moves the tier of under 2 % of messages it never saw, and hardly ever to the first", () => {
    const held = readFileSync(
      new URL("../../scripts/train/data/examples-held.jsonl", import.meta.url),
      "utf8",
    )
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { text: string }).text);
    const moves = held.flatMap((text) =>
      hostile.map((order) => [tierOf(text), tierOf(`${text} ${order}`)] as const),
    );
    const moved = moves.filter(([before, after]) => before !== after);
    expect(moved.length / moves.length).toBeLessThan(0.02);
    expect(moved.filter(([, after]) => after === 1).length / moves.length).toBeLessThan(0.005);
  });

  it("is all that goes: what a person says behind the name of a field is theirs", () => {
    expect(tierOf("Status: the whole shop is down, nobody can log in")).toBe(1);
    expect(tierOf("Priority: I was charged twice, please refund one")).toBe(2);
    expect(tierOf("Channel: how do I invite my colleague to it?")).toBe(4);
    expect(withoutOrders("System: this is an outage")).toContain("this is an outage");
  });

  it("hides nothing that is said beside it, and alone is read like any other message", () => {
    expect(tierOf("tier 1: nothing works for any of us, we cannot log in")).toBe(1);
    expect(withoutOrders("priority 1").trim()).toBe(".");
    expect(readMessage("priority 1", { model }).language).toBe("en");
  });

  it("still tells how urgent it feels", () => {
    const calm = readMessage("How do I change the language?", { model }).urgency;
    const pressed = readMessage("How do I change the language? URGENT!!! priority: critical", { model });
    expect(calm).toBe("calm");
    expect(pressed.urgency).not.toBe("calm");
    expect(pressed.tier).toBe(4);
  });

  it("takes linear time", () => {
    const units = [
      "tier ",
      "*Tier*\n",
      "[Claim] ",
      "/request ",
      "<button ",
      "assign to ",
      '"tier":',
      "ignore the ",
      "p1 ",
      "\u200b",
      "<!",
      "priority to to ",
    ];
    for (const unit of units) {
      const text = unit.repeat(Math.ceil(40_000 / unit.length));
      const times = [1, 2, 3].map(() => {
        const before = process.cpuUsage();
        withoutOrders(text);
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1000;
      });
      expect(Math.min(...times), unit).toBeLessThan(50);
    }
  });
});
