// Several reminders in one message: neither platform takes the same control, or the same option of a menu, twice.
import { expect, test } from "vitest";
import { bundleCard } from "../../src/messages/bundle.ts";
import type { Card } from "../../src/messages/card.ts";
import type { Reminded } from "../../src/messages/reminders.ts";
import { at, desk } from "../domain/request/desk.ts";
import { reader, viewOf } from "./view.ts";

const due = at("12:00");

function line(number: number, kind: Reminded["kind"]) {
  const it = desk("10:00", { tier: 2 });
  it.claims("10:05");
  const view = { ...viewOf(it, "11:30"), id: `019aa5d2-6d2c-7b62-8f5e-2d0f4d3c9${900 + number}`, number };
  const link = `https://example.com/${number}`;
  const reminded: Reminded = { kind, pledge: "first", due, at: due, to: "owner", me: "U1ANA", link };
  return { view, it: reminded };
}

const items = (card: Card) => card.blocks.flatMap((block) => (block.kind === "actions" ? block.items : []));
const sameTwice = (all: readonly unknown[]) =>
  all.map((each) => JSON.stringify(each)).filter((each, index, list) => list.indexOf(each) !== index);

test("a request warned of and missed in one message has each of its buttons once", () => {
  const card = bundleCard([line(1, "warning"), line(1, "breach"), line(2, "breach")], reader("13:00"));
  const buttons = items(card);
  expect(sameTwice(buttons.map((button) => ({ ...button, label: "" })))).toEqual([]);
  expect(buttons.flatMap((button) => ("url" in button ? (button.url ?? []) : []))).toEqual([
    "https://example.com/1",
    "https://example.com/2",
  ]);
  expect(buttons.map(({ act, args }) => `${act} ${args.request?.slice(-3)}`)).toEqual(
    expect.arrayContaining(["on_it 901", "hand_over 901", "hand_over 902"]),
  );
});

test("one warned of and missed among many stands once in each menu", () => {
  const lines = [1, 1, 2, 3, 4, 5].map((number, index) => line(number, index === 1 ? "breach" : "warning"));
  const menus = items(bundleCard(lines, reader("13:00")));
  expect(menus.map(({ act }) => act)).toEqual(["on_it", "snooze", "hand_over"]);
  for (const menu of menus) {
    const numbers = "options" in menu ? menu.options.map(({ label }) => label.split(" ")[0]) : [];
    expect(numbers).toEqual(["#1", "#2", "#3", "#4", "#5"]);
  }
});
