import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideIntake } from "../../src/domain/intake/decide.ts";
import type { Candidate, IntakeContext } from "../../src/domain/intake/intake.ts";
import { needsLines } from "../../src/domain/intake/needs.ts";
import { type RecentLine, speaksFor, whyTalk } from "../../src/domain/intake/talk.ts";
import { readMessage } from "../../src/domain/triage/read.ts";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 24, 10, 0);

interface Before {
  who: string;
  /** Minutes ago. */
  ago: number;
  text: string;
  of: string | null;
  team?: boolean;
  talk?: string;
}

const recentOf = (lines: readonly Before[]): RecentLine[] =>
  lines.map(({ who, ago, text, of, team = false, talk = null }, at) => ({
    request: of,
    talk,
    line: {
      id: `m${at}`,
      author: `U-${who}`,
      name: who,
      at: NOW - ago * MINUTE,
      text,
      mentions: [],
      thread: null,
      replyTo: null,
      team,
    },
  }));

const requestOf = (customer: string, ago: number, change: Partial<Candidate> = {}): Candidate => ({
  id: `r-${customer}`,
  status: "open",
  customer,
  customerExternal: `U-${customer}`,
  root: `root-${customer}`,
  thread: null,
  openedAt: NOW - ago * MINUTE,
  customerAt: NOW - ago * MINUTE,
  staffAt: null,
  messages: [`root-${customer}`],
  ...change,
});

interface Said {
  who: string;
  text: string;
  role?: IntakeContext["role"];
  recent?: readonly Before[];
  candidates?: readonly Candidate[];
  opensFrom?: number;
  bot?: boolean;
}

function when({
  who,
  text,
  role = "customer",
  recent = [],
  candidates = [],
  opensFrom,
  bot = false,
}: Said): IntakeContext {
  return {
    author: who,
    role,
    mode: "every",
    reading: readMessage(text),
    joinWithin: 15,
    openingsPerHour: 5,
    candidates,
    staffMentioned: [],
    recent: recentOf(recent),
    ...(opensFrom === undefined ? {} : { opensFrom }),
    message: {
      kind: "message",
      where: { platform: "slack", workspace: "W", channel: "C", thread: null, message: "M9" },
      at: NOW,
      author: {
        platform: "slack",
        workspace: "W",
        id: `U-${who}`,
        name: who,
        bot,
        external: false,
        company: null,
        fresh: false,
      },
      text,
      mentions: [],
      mentionsBot: false,
      files: [],
      replyTo: null,
      forumPost: false,
      title: null,
    },
  };
}

const asked: Before[] = [
  { who: "marta", ago: 2, text: "How do I export the invoices to CSV?", of: "r-marta" },
];
const open = [requestOf("marta", 2)];

describe("a message at top level, with what was written before", () => {
  it("opens nothing for a peer who answers without a mention", () => {
    const said = { who: "luis", text: "Open billing and press export", recent: asked, candidates: open };
    expect(decideIntake(when(said))).toEqual({ kind: "help", request: "r-marta" });
    expect(decideIntake({ ...when(said), recent: [] })).toEqual({ kind: "open" });
  });

  it.each([
    "My payment was refused",
    "my export fails",
    "so my export is broken",
    "Why does the webhook return 502?",
    "La exportación no funciona desde ayer",
    "Hi, how do I add a user?",
    "How do I change the language of the app?",
    "The whole site is down, nobody can log in",
    "The export fails with an error, please help.",
    "Charged twice for November",
    "I want to cancel my subscription, we are switching to another tool",
    "same problem here",
    "a mí también me pasa con las facturas",
    "I have the same error since this morning",
  ])("opens for another customer's own trouble, however close: %s", (text) => {
    expect(decideIntake(when({ who: "luis", text, recent: asked, candidates: open }))).toEqual({
      kind: "open",
    });
  });

  it.each([
    ["How do I add a colleague to our account?", "open"],
    ["I was refunded the wrong amount for November", "open"],
    ["any news on the export?", "join"],
    ["also the chart of sales is broken", "join"],
    ["the invoices still do not export", "join"],
  ] as const)("half an hour later, of the same customer: %s → %s", (text, kind) => {
    const earlier = asked.map((line) => ({ ...line, ago: 30 }));
    const said = { who: "marta", text, recent: earlier, candidates: [requestOf("marta", 30)] };
    expect(decideIntake(when(said)).kind).toBe(kind);
  });

  it("goes on with one's own request of a moment ago, whoever wrote in between", () => {
    const text = "It also happens with 7 on the other computer, can you check that too?";
    const candidates = [requestOf("marta", 1), requestOf("luis", 3)];
    const said = when({ who: "luis", text, recent: asked, candidates });
    expect(decideIntake(said)).toEqual({ kind: "join", request: "r-luis", why: "same_person" });
  });

  it("hears who presses in their own request, whatever the model takes it for", () => {
    const own = { candidates: [requestOf("marta", 2)], recent: asked };
    const pressed = when({ who: "marta", text: "PLEASE ANSWER ME NOW!!!", ...own });
    const chatter = { ...pressed.reading, kind: "chatter" } as const;
    expect(decideIntake({ ...pressed, reading: chatter }).kind).toBe("join");
    const calm = { ...chatter, urgency: "calm", ruleKind: "request" } as const;
    expect(decideIntake({ ...pressed, reading: calm }).kind).toBe("join");
    expect(decideIntake({ ...pressed, reading: { ...calm, ruleKind: "chatter" } }).kind).toBe("courtesy");
  });

  it("hears a question in the strictest channel too", () => {
    const said = {
      who: "luis",
      text: "is the export broken?",
      recent: asked,
      candidates: open,
      opensFrom: 0.7,
    };
    expect(decideIntake(when(said))).toEqual({ kind: "open" });
  });

  it("learns nothing from what was written later, when history is read again", () => {
    const later = asked.map((line) => ({ ...line, ago: -5 }));
    const said = { who: "luis", text: "Open billing and press export", candidates: open };
    expect(decideIntake(when({ ...said, recent: later }))).toEqual({ kind: "open" });
  });

  it("goes on with the customer's own request hours later, when the talk says so", () => {
    const recent: Before[] = [
      { who: "marta", ago: 100, text: "How do I export the invoices to CSV?", of: "r-marta" },
      { who: "ana", ago: 61, text: "marta: which version do you use?", of: "r-marta", team: true },
    ];
    const candidates = [requestOf("marta", 100, { staffAt: NOW - 61 * MINUTE })];
    expect(
      decideIntake(when({ who: "marta", text: "ana: version 4.2 on the invoices page", recent, candidates })),
    ).toEqual({
      kind: "join",
      request: "r-marta",
      why: "same_talk",
    });
  });

  it("takes the team's words for an answer only when sure whom they answer", () => {
    const recent: Before[] = [
      { who: "luis", ago: 90, text: "The webhook returns 502, what can I do?", of: "r-luis" },
      ...asked.map((line) => ({ ...line, ago: 1 })),
    ];
    const candidates = [requestOf("marta", 1), requestOf("luis", 90)];
    const said = { who: "ana", role: "staff" as const, recent, candidates };
    expect(decideIntake(when({ ...said, text: "open billing and press export to CSV" }))).toMatchObject({
      kind: "answer",
      request: "r-marta",
      why: "same_talk",
    });
    const both = recent.map((line) => ({ ...line, ago: 1 }));
    expect(decideIntake(when({ ...said, recent: both, text: "We are looking into it" }))).toEqual({
      kind: "nothing",
      why: "staff",
      talk: "r-marta",
    });
  });

  it("takes what is nothing by itself for part of the talk it goes on with, and what answers it for help", () => {
    const said = { who: "luis", text: "haha", recent: asked, candidates: open };
    const odd = decideIntake(when(said));
    expect(odd).toEqual({ kind: "nothing", why: "chatter", talk: "r-marta" });
    const line: Before = { who: "luis", ago: 1, text: "haha", of: null };
    const answered = (talk?: string) =>
      decideIntake(
        when({
          who: "luis",
          text: "Open billing and press export",
          recent: [...asked, { ...line, ...(talk === undefined ? {} : { talk }) }],
          candidates: open,
        }),
      );
    expect(answered("r-marta")).toEqual({ kind: "help", request: "r-marta" });
    expect(answered()).toEqual({ kind: "open" });
    // Nobody looked when it came, since nothing asked for it: then it is looked for now, and found the same.
    const before = when({
      who: "luis",
      text: "Open billing and press export",
      recent: [...asked, line],
      candidates: open,
    });
    const recent = before.recent?.map(({ talk: _, ...rest }) => rest) ?? [];
    expect(decideIntake({ ...before, recent })).toEqual({ kind: "help", request: "r-marta" });
    expect(needsLines(before)).toBe(true);
  });

  it.each(["my export fails", "so my export is broken", "Why does the export stop?", "I was charged twice"])(
    "hears whoever had helped a moment before, when they tell of their own: %s",
    (text) => {
      const recent: Before[] = [
        ...asked,
        { who: "luis", ago: 1, text: "Open billing and press export", of: "r-marta" },
        { who: "luis", ago: 1, text: "hm, odd", of: null, talk: "r-marta" },
      ];
      expect(decideIntake(when({ who: "luis", text, recent, candidates: open }))).toEqual({ kind: "open" });
    },
  );

  it("opens more in a channel told to be less strict", () => {
    const said = { who: "luis", text: "Open billing and press export", recent: asked, candidates: open };
    expect(decideIntake(when({ ...said, opensFrom: 0 }))).toEqual({ kind: "open" });
  });

  it("says why: the clues for the line it goes on from", () => {
    const why = whyTalk(when({ who: "luis", text: "marta: open billing", recent: asked, candidates: open }));
    expect(why.of).toBe("m0");
    expect(why.reasons.map(({ clue }) => clue)).toContain("callsFirst");
    expect(whyTalk(when({ who: "luis", text: "marta: open billing" }))).toEqual({ of: null, reasons: [] });
  });
});

describe("for whom somebody writes", () => {
  it.each([
    ["me too!", "own"],
    ["same here", "own"],
    ["a mí también me pasa", "own"],
    ["why does it return 502?", "asks"],
    ["my export fails", "own"],
    ["no puedo entrar en mi cuenta", "own"],
    ["which version do you use?", "anybody"],
    ["press the button", "anybody"],
  ] as const)("%s", (text, whom) => {
    expect(speaksFor(when({ who: "luis", text }))).toBe(whom);
  });
});

describe("whatever was written before", () => {
  const text = fc.constantFrom(
    "How do I export?",
    "marta: try again",
    "thanks",
    "it fails",
    "press the button",
    "",
  );
  const line = fc.record({
    who: fc.constantFrom("marta", "luis", "ana"),
    ago: fc.integer({ min: -10, max: 300 }),
    text,
    of: fc.constantFrom("r-marta", "r-luis", "r-gone", null),
    team: fc.boolean(),
  });
  const said = fc.record({
    who: fc.constantFrom("marta", "luis", "ana"),
    text,
    role: fc.constantFrom("customer", "helper", "staff", "lead", "admin" as const),
    recent: fc.array(line, { maxLength: 12 }),
    candidates: fc.subarray([
      requestOf("marta", 5),
      requestOf("luis", 200),
      requestOf("ana", 30, { status: "closed" }),
    ]),
    opensFrom: fc.double({ min: 0, max: 1, noNaN: true }),
    bot: fc.boolean(),
  });

  it("bots, staff and helpers open nothing, only requests that were shown are named, and the answer repeats", () => {
    fc.assert(
      fc.property(said, (one) => {
        const context = when(one);
        const decision = decideIntake(context);
        expect(decideIntake(context)).toEqual(decision);
        if (decision.kind === "open") expect([context.role, one.bot]).toEqual(["customer", false]);
        if ("request" in decision) expect(context.candidates.map(({ id }) => id)).toContain(decision.request);
        if (decision.kind === "join") {
          const joined = context.candidates.find(({ id }) => id === decision.request);
          expect(joined?.customer).toBe(context.author);
        }
      }),
      { numRuns: 400 },
    );
  });
});
