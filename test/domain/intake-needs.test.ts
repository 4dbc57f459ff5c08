// What a decision is told it does not need must not be able to change it: each answer is held against the decision itself.
import fc from "fast-check";
import { expect, it } from "vitest";
import { decideIntake } from "../../src/domain/intake/decide.ts";
import type { Candidate, IntakeContext } from "../../src/domain/intake/intake.ts";
import {
  looksLikeMore,
  mayOpen,
  mayOpenUnread,
  needsLines,
  needsOthers,
  needsOthersUnread,
  standsByItself,
} from "../../src/domain/intake/needs.ts";
import type { RecentLine } from "../../src/domain/intake/talk.ts";
import { readMessage } from "../../src/domain/triage/read.ts";

const NOW = Date.UTC(2026, 10, 24, 10, 0);
const MINUTE = 60_000;
const PEOPLE = ["ana", "luis", "marta"] as const;
const TEXTS = [
  "Good morning",
  "haha nice",
  "thanks!",
  "Fixed!",
  "yes",
  "Try another browser, that works",
  "You charged me twice on invoice 7, please refund one.",
  "It also happens on the other computer",
  "How do I export the sales?",
  "The export fails again",
  "any news?",
  "You need to empty the cache first",
  "@ana did you try a reload?",
  "",
];

const who = fc.constantFrom(...PEOPLE);
const candidate = fc
  .record({
    n: fc.nat(9),
    customer: who,
    status: fc.constantFrom("open", "waiting", "resolved", "closed", "dismissed"),
    ago: fc.oneof(fc.nat(60), fc.nat(3_000)),
    answered: fc.boolean(),
  })
  .map(
    ({ n, customer, status, ago, answered }): Candidate => ({
      id: `r${n}`,
      status,
      customer,
      customerExternal: `U-${customer}`,
      root: `root${n}`,
      thread: null,
      openedAt: NOW - ago * MINUTE,
      customerAt: NOW - ago * MINUTE,
      staffAt: answered ? NOW - (ago / 2) * MINUTE : null,
      messages: [`root${n}`],
    }),
  );
const line = fc
  .record({ who, ago: fc.nat(200), text: fc.constantFrom(...TEXTS), of: fc.option(fc.nat(9)) })
  .map(
    ({ who: author, ago, text, of }, at = ago): RecentLine => ({
      request: of === null ? null : `r${of}`,
      line: {
        ...{ id: `m${at}`, author: `U-${author}`, name: author, at: NOW - ago * MINUTE, text, mentions: [] },
        ...{ thread: null, replyTo: null, team: author === "marta" },
      },
    }),
  );
const context = fc
  .record({
    author: who,
    role: fc.constantFrom("customer", "helper", "staff", "lead"),
    mode: fc.constantFrom("every", "mention", "manual"),
    text: fc.constantFrom(...TEXTS),
    candidates: fc.uniqueArray(candidate, { selector: ({ id }) => id, maxLength: 6 }),
    recent: fc.array(line, { maxLength: 8 }),
    thread: fc.option(fc.nat(9)),
    replyTo: fc.option(fc.nat(9)),
    mentions: fc.array(
      who.map((name) => `U-${name}`),
      { maxLength: 2 },
    ),
    flags: fc.record({
      bot: fc.boolean(),
      forumPost: fc.boolean(),
      mentionsBot: fc.boolean(),
      file: fc.boolean(),
    }),
    top: fc.boolean(),
  })
  .map((drawn): IntakeContext => {
    const { author, role, mode, text, candidates, recent, mentions, flags, top } = drawn;
    // Lines of the requests there are, by whoever asked, so that talks go on.
    const asked = candidates.map(
      ({ id, customer, customerAt }): RecentLine => ({
        request: id,
        line: {
          ...{
            id,
            author: `U-${customer}`,
            name: customer,
            at: customerAt,
            text: "The export of sales fails",
          },
          ...{ mentions: [], thread: null, replyTo: null, team: false },
        },
      }),
    );
    const lines = [...recent, ...asked].sort((a, b) => a.line.at - b.line.at);
    const root = (n: number | null) => (n === null || top ? null : `root${n}`);
    return {
      ...{ author, role, mode, candidates, recent: lines, reading: readMessage(text) },
      ...{ joinWithin: 15, openingsPerHour: 2, staffMentioned: mentions.filter((id) => id === "U-marta") },
      message: {
        kind: "message",
        where: {
          platform: "slack",
          workspace: "T1",
          channel: "C1",
          thread: root(drawn.thread),
          message: "now",
        },
        at: NOW,
        author: {
          ...{ platform: "slack", workspace: "T1", id: `U-${author}`, name: author, bot: flags.bot },
          ...{ external: false, company: null, fresh: false },
        },
        ...{ text, mentions, mentionsBot: flags.mentionsBot, replyTo: root(drawn.replyTo), title: null },
        ...{ files: flags.file ? [{ name: "a.png", mime: "image/png", bytes: 1 }] : [] },
        forumPost: flags.forumPost,
      },
    };
  });

const runs = { numRuns: 3_000 };
/** Where it belongs; not the talk of what is nothing, which is looked for again when it matters (talk.ts). */
const belongs = (whole: IntakeContext) => ({ ...decideIntake(whole), talk: undefined });
/** The same answer with what is left out. */
const without = (whole: IntakeContext, left: Partial<IntakeContext>) =>
  expect(belongs({ ...whole, ...left })).toEqual(belongs(whole));

it("lines that are not needed change nothing", () => {
  let skipped = 0;
  fc.assert(
    fc.property(context, (whole) => {
      if (needsLines(whole)) return;
      skipped += 1;
      without(whole, { recent: [] });
    }),
    runs,
  );
  expect(skipped).toBeGreaterThan(500);
});

it("requests of others that are not needed change nothing", () => {
  let skipped = 0;
  fc.assert(
    fc.property(context, (whole) => {
      if (needsOthers(whole)) return;
      skipped += 1;
      without(whole, { candidates: whole.candidates.filter(({ customer }) => customer === whole.author) });
    }),
    runs,
  );
  expect(skipped).toBeGreaterThan(300);
});

it("what stands by itself is the same whatever else is open, unless its author has something open", () => {
  let alone = 0;
  fc.assert(
    fc.property(context, (whole) => {
      if (!standsByItself(whole)) return;
      if (whole.candidates.some(({ customer }) => customer === whole.author)) return;
      alone += 1;
      without(whole, { candidates: [], recent: [] });
    }),
    runs,
  );
  expect(alone).toBeGreaterThan(200);
});

it("what is said of a message before it was read holds once it is", () => {
  const told = { others: 0, opens: 0 };
  fc.assert(
    fc.property(context, (whole) => {
      const unread = needsOthersUnread(whole);
      if (unread === null) told.others += 1;
      else expect(needsOthers(whole)).toBe(unread);
      if (mayOpenUnread(whole)) told.opens += 1;
      else expect(mayOpen(whole)).toBe(false);
    }),
    runs,
  );
  expect(Math.min(told.others, told.opens)).toBeGreaterThan(20);
});

it.each([
  { text: "haha nice", role: "customer", more: false },
  { text: "You charged me twice on invoice 7, please refund one.", role: "customer", more: true },
  { text: "Let us all have lunch at one o'clock, who is in?", role: "staff", more: false },
] as const)("at top level $role's words are looked up for while they are read: $more ($text)", (its) => {
  const [whole] = fc.sample(context, { numRuns: 1, seed: 1 });
  if (!whole) throw new Error("no context was drawn");
  const { where, author } = whole.message;
  const top = {
    ...{ replyTo: null, forumPost: false, text: its.text },
    ...{ where: { ...where, thread: null }, author: { ...author, bot: false } },
  };
  const at = (message: Partial<IntakeContext["message"]>) =>
    looksLikeMore({ role: its.role, message: { ...whole.message, ...top, ...message } });
  expect(at({})).toBe(its.more);
  // What stands beside something nearly always belongs to it.
  expect(at({ replyTo: "root1" })).toBe(true);
  expect(at({ author: { ...author, bot: true }, replyTo: "root1" })).toBe(false);
});
