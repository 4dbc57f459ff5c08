// What another policy would do to what is open: read by a lead before anything is done.
import type { TermsMove } from "../domain/request/terms.ts";
import type { Lang } from "../domain/words.ts";
import type { Block, Card, Text } from "./card.ts";
import { joined, moment, type Reader, say, short } from "./inline.ts";
import { policySentences } from "./text/policy.ts";

/** How many requests are named one by one. */
const SHOWN = 15;

export interface Change {
  number: number;
  who: string;
  /** Empty: other terms hold, yet every promise ends when it did. */
  moves: readonly TermsMove[];
}

export function policyChanges(changes: readonly Change[], policy: string, reader: Reader): Card {
  const words = policySentences(reader.lang);
  if (changes.length === 0) {
    return { blocks: [{ kind: "text", text: [words.nothingToApply] }], summary: words.nothingToApply };
  }
  const title = words.applyTitle(changes.length);
  const moving = changes.filter(({ moves }) => moves.length > 0);
  const rest = changes.length - moving.length;
  const blocks: Block[] = [{ kind: "heading", text: title }];
  if (moving.length > 0) {
    const rows = moving.slice(0, SHOWN).map((change) => row(change, reader));
    if (moving.length > SHOWN) rows.push([words.andMore(moving.length - SHOWN)]);
    blocks.push({ kind: "text", text: joined(rows, "\n") });
  }
  if (rest > 0) blocks.push({ kind: "text", text: [words.unmoved(rest)] });
  blocks.push(
    { kind: "note", text: [words.usedIsKept] },
    {
      kind: "actions",
      items: [
        { act: "apply_policy", args: { policy }, label: words.applyTo(changes.length), style: "primary" },
      ],
    },
  );
  return { blocks, summary: title, tone: "warn" };
}

/** `more`: the others follow by themselves; `stopped`: the file changed before they were done. */
export function policyApplied(count: number, how: "all" | "more" | "stopped", lang: Lang): Card {
  const words = policySentences(lang);
  const done = { all: words.applied, more: words.appliedSoFar, stopped: words.appliedUntil }[how](count);
  const text = count === 0 && how === "all" ? words.nothingToApply : done;
  return { blocks: [{ kind: "text", text: [text] }], summary: text };
}

/** `#412 Ferro Bikes: answer 12:00 → 10:30`. */
function row({ number, who, moves }: Change, reader: Reader): Text {
  const words = policySentences(reader.lang);
  const each = moves.map(({ pledge, was, now }): Text => {
    const at = (instant: number | null) => (instant === null ? words.noTime : moment(instant, reader));
    return say`${words.owed[pledge.kind]} ${at(was)} → ${at(now)}`;
  });
  return say`• ${{ bold: `#${number}` }} ${short(who, 40)}: ${joined(each, " · ")}`;
}
