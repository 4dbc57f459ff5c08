// How well conversations were told apart: VI (scaled variation of information), exF (F1 of exactly recovered conversations
// of two or more messages) and startF (F1 of "this message opens a conversation"), in percent, over the rows that count.
import type { Gold, Row } from "./intake-rows.ts";

export interface Judged {
  row: Row;
  gold: Gold;
  conv: string;
  start: boolean;
}

export interface Score {
  messages: number;
  VI: number;
  exF: number;
  startF: number;
}

const percent = (share: number): number => Math.round(share * 1_000) / 10;
const f1 = (hits: number, said: number, gold: number): number =>
  hits === 0 ? 0 : (2 * hits) / (said + gold);

function count(keys: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function groups(rows: readonly Judged[], key: (row: Judged) => string): string[] {
  const members = new Map<string, number[]>();
  rows.forEach((row, at) => {
    const group = members.get(key(row)) ?? [];
    members.set(key(row), group);
    group.push(at);
  });
  return [...members.values()].filter(({ length }) => length > 1).map((group) => group.join());
}

export function score(all: readonly Judged[]): Score {
  const rows = all.filter(({ gold }) => gold.scored && gold.conv !== null);
  const goldKey = (r: Judged) => `${r.row.stream}\n${r.gold.conv}`;
  const saidKey = (r: Judged) => `${r.row.stream}\n${r.conv}`;
  const entropy = (counts: Map<string, number>) =>
    -[...counts.values()].reduce((total, n) => total + (n / rows.length) * Math.log2(n / rows.length), 0);
  const joint = entropy(count(rows.map((r) => `${goldKey(r)}\n\n${saidKey(r)}`)));
  const apart = 2 * joint - entropy(count(rows.map(goldKey))) - entropy(count(rows.map(saidKey)));
  const gold = groups(rows, goldKey);
  const said = groups(rows, saidKey);
  const exact = new Set(said);
  const counted = rows.filter(({ row }) => !row.system);
  const both = counted.filter(({ gold: { start }, ...r }) => start && r.start).length;
  return {
    messages: rows.length,
    VI: percent(1 - apart / Math.log2(rows.length)),
    exF: percent(f1(gold.filter((group) => exact.has(group)).length, said.length, gold.length)),
    startF: percent(
      f1(both, counted.filter((r) => r.start).length, counted.filter((r) => r.gold.start).length),
    ),
  };
}
