import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideIntake } from "../../src/domain/intake/decide.ts";
import { decided, file, HOUR, MINUTE, NOW, recent, request, type Said, when } from "./intake-said.ts";

describe("a customer at top level", () => {
  it("opens a request with a problem, and with a screenshot without words", () => {
    expect(decided({})).toEqual({ kind: "open" });
    expect(decided({ text: "", message: { files: [file] } })).toEqual({ kind: "open" });
  });

  it.each([
    ["good morning all", "greeting"],
    ["mil gracias", "thanks"],
    ["lol", "chatter"],
    ["  ", "empty"],
  ] as const)("opens nothing with %j", (text, why) => {
    expect(decided({ text })).toEqual({ kind: "nothing", why });
  });

  it("goes on in the own request soon after, also about something else, and opens a new one later", () => {
    const soon = [recent()];
    expect(decided({ candidates: soon, text: "And the invoice is wrong" })).toEqual({
      kind: "join",
      request: "r-marta",
      why: "same_person",
    });
    expect(decided({ candidates: [request()] })).toEqual({ kind: "open" });
    expect(decided({ candidates: [recent({ status: "resolved" })] })).toEqual({ kind: "open" });
    expect(decided({ candidates: [recent({ customer: "luis", customerExternal: "U-luis" })] })).toEqual({
      kind: "open",
    });
  });

  it("never joins by time inside somebody's thread", () => {
    expect(decided({ candidates: [recent()], thread: "elsewhere" })).toEqual({ kind: "open" });
  });

  it("thanks for the own request within a day, without moving a clock", () => {
    const courtesy = { kind: "courtesy", request: "r-marta" };
    expect(decided({ text: "gracias!", candidates: [request()] })).toEqual(courtesy);
    expect(decided({ text: "gracias!", candidates: [request("marta", { status: "resolved" })] })).toEqual(
      courtesy,
    );
    expect(decided({ text: "ok", candidates: [recent()] })).toEqual(courtesy);
    const old = request("marta", { customerAt: NOW - 30 * HOUR });
    expect(decided({ text: "gracias!", candidates: [old] })).toEqual({ kind: "nothing", why: "thanks" });
    expect(decided({ text: "good morning", candidates: [request()] })).toEqual({
      kind: "nothing",
      why: "greeting",
    });
  });

  it("talks to a colleague, and the bot stays out of it", () => {
    const text = "@luis does the export work for you?";
    expect(decided({ text, message: { mentions: ["U-luis"] } })).toEqual({
      kind: "nothing",
      why: "colleagues",
    });
    expect(decided({ text, message: { mentions: ["U-luis"], mentionsBot: true } })).toEqual({ kind: "open" });
    expect(decided({ text, message: { mentions: ["U-luis", "U-ana"] }, staffMentioned: ["U-ana"] })).toEqual({
      kind: "open",
    });
  });

  it("opens by mention only where the channel says so, and never where it is by hand or off", () => {
    const nothing = { kind: "nothing", why: "mode" };
    expect(decided({ mode: "mention" })).toEqual(nothing);
    expect(decided({ mode: "mention", message: { mentionsBot: true } })).toEqual({ kind: "open" });
    expect(decided({ mode: "mention", candidates: [recent()] })).toMatchObject({ kind: "join" });
    expect(decided({ mode: "manual", message: { mentionsBot: true }, candidates: [recent()] })).toEqual(
      nothing,
    );
    expect(decided({ mode: "off", candidates: [recent()], thread: "root-r-marta" })).toEqual({
      kind: "nothing",
      why: "off",
    });
  });

  it("becomes one card when it floods", () => {
    const flood = [50, 40, 30, 20, 25].map((ago, n) =>
      request("marta", { id: `r${n}`, openedAt: NOW - ago * MINUTE, customerAt: NOW - ago * MINUTE }),
    );
    expect(decided({ candidates: flood })).toEqual({ kind: "join", request: "r3", why: "flood" });
    expect(decided({ candidates: flood.slice(1) })).toEqual({ kind: "open" });
  });
});

describe("a forum post", () => {
  it("is always a request, even one that only greets, unless requests are opened by hand", () => {
    const post = { text: "hi all", message: { forumPost: true, title: "Hello" }, thread: "M9" };
    expect(decided(post)).toEqual({ kind: "open" });
    expect(decided({ ...post, mode: "manual" })).toEqual({ kind: "nothing", why: "mode" });
    expect(decided({ ...post, role: "helper" })).toEqual({ kind: "nothing", why: "staff" });
  });
});

describe("the customer in the own request", () => {
  const inThread = { thread: "root-r-marta", candidates: [request()] };

  it("joins it, whatever the mode", () => {
    const join = { kind: "join", request: "r-marta", why: "thread" };
    expect(decided({ ...inThread, text: "now nobody can log in" })).toEqual(join);
    expect(decided({ ...inThread, mode: "manual" })).toEqual(join);
    expect(decided({ ...inThread, role: "staff" })).toEqual(join);
  });

  it("joins it by a reply to one of its messages", () => {
    const candidates = [request("marta", { messages: ["root-r-marta", "M4"] })];
    expect(decided({ candidates, message: { replyTo: "M4" } })).toEqual({
      kind: "join",
      request: "r-marta",
      why: "reply",
    });
  });

  it("is only polite with thanks, a greeting or an ok, but answers with yes, no or a picture", () => {
    for (const text of ["Thanks!", "hola", "ok", "perfecto", "👍"]) {
      expect(decided({ ...inThread, text })).toEqual({ kind: "courtesy", request: "r-marta" });
    }
    for (const text of ["yes", "no", "todavía no"])
      expect(decided({ ...inThread, text })).toMatchObject({ kind: "join" });
    expect(decided({ ...inThread, text: "thanks", message: { files: [file] } })).toMatchObject({
      kind: "join",
    });
  });

  it("is no courtesy to ask after it: whoever does is owed an answer", () => {
    for (const text of ["Are you there?", "Hello?", "still waiting", "¿hay alguien?", "sigo esperando"]) {
      expect(decided({ ...inThread, text }), text).toMatchObject({ kind: "join" });
    }
    const candidates = [request("marta", { status: "resolved" })];
    expect(decided({ ...inThread, candidates, text: "hello?" })).toMatchObject({
      kind: "courtesy",
    });
  });

  it("does not reopen a resolved one with a no to anything else", () => {
    const candidates = [request("marta", { status: "resolved" })];
    expect(decided({ ...inThread, candidates, text: "no, gracias" })).toMatchObject({ kind: "courtesy" });
    expect(decided({ ...inThread, candidates, text: "no" })).toMatchObject({ kind: "courtesy" });
    expect(decided({ ...inThread, candidates, text: "sigue sin funcionar" })).toMatchObject({ kind: "join" });
  });

  it("goes on in the active one of two requests in the same thread", () => {
    const thread = "root-r-marta";
    const candidates = [
      request("marta", { id: "old", thread, status: "closed" }),
      request("marta", { id: "new", thread, root: "later" }),
    ];
    expect(decided({ candidates, thread })).toMatchObject({ kind: "join", request: "new" });
  });
});

describe("always", () => {
  const roles = fc.constantFrom("customer", "helper", "staff", "lead", "admin" as const);
  const candidate = fc.record({
    id: fc.constantFrom("r1", "r2", "r3"),
    status: fc.constantFrom("open", "waiting", "resolved", "closed", "dismissed" as const),
    customer: fc.constantFrom("marta", "luis"),
    customerExternal: fc.constantFrom("U-marta", "U-luis"),
    root: fc.constantFrom("t1", "t2"),
    thread: fc.constantFrom("t1", "t2", null),
    openedAt: fc.integer({ min: NOW - 3 * HOUR, max: NOW }),
    customerAt: fc.integer({ min: NOW - 3 * HOUR, max: NOW }),
    staffAt: fc.option(fc.integer({ min: NOW - 3 * HOUR, max: NOW })),
    messages: fc.constantFrom(["t1"], ["t2", "M2"]),
  });
  const said = fc.record({
    text: fc.constantFrom("The export is empty", "thanks", "yes", "hi", "", "@marc can you look?", "lol"),
    author: fc.constantFrom("marta", "luis", "ana"),
    role: roles,
    mode: fc.constantFrom("every", "mention", "manual", "off" as const),
    thread: fc.constantFrom("t1", "t3", null),
    openingsPerHour: fc.nat(3),
    candidates: fc.array(candidate, { maxLength: 5 }),
    staffMentioned: fc.constantFrom([], ["U-marc"]),
    message: fc.record({
      mentions: fc.constantFrom([], ["U-marc"], ["U-marta"]),
      mentionsBot: fc.boolean(),
      replyTo: fc.constantFrom("M2", "M7", null),
      forumPost: fc.boolean(),
    }),
  }) as fc.Arbitrary<Said>;

  it("gives the same answer to the same context, and names only requests it was shown", () => {
    fc.assert(
      fc.property(said, (one) => {
        const context = when(one);
        const before = structuredClone(context);
        const first = decideIntake(context);
        expect(decideIntake(context)).toEqual(first);
        expect(context).toEqual(before);
        if ("request" in first) expect(context.candidates.map(({ id }) => id)).toContain(first.request);
      }),
      { numRuns: 500 },
    );
  });

  it("opens only for a customer, never for a bot, never in a channel by hand or off", () => {
    fc.assert(
      fc.property(said, (one) => {
        const context = when(one);
        if (decideIntake(context).kind === "open") {
          expect(context.role).toBe("customer");
          expect(["every", "mention"]).toContain(context.mode);
        }
        const author = { ...context.message.author, bot: true };
        expect(decideIntake({ ...context, message: { ...context.message, author } })).toMatchObject({
          kind: "nothing",
        });
      }),
      { numRuns: 500 },
    );
  });
});
