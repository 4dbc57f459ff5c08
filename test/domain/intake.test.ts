import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideIntake } from "../../src/domain/intake/decide.ts";
import type { Candidate, IntakeContext, IntakeDecision } from "../../src/domain/intake/intake.ts";
import { readMessage } from "../../src/domain/triage/read.ts";
import type { Instant } from "../../src/domain/words.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW: Instant = Date.UTC(2026, 10, 24, 10, 0);

type Said = Partial<Omit<IntakeContext, "message">> & {
  text?: string;
  message?: Partial<IntakeContext["message"]>;
  thread?: string | null;
};

/** Marta, a customer, writes at top level of a channel in mode `every`, unless said otherwise. */
function when({ text = "The export is empty", message = {}, thread = null, ...rest }: Said): IntakeContext {
  const author = rest.author ?? "marta";
  return {
    author,
    role: "customer",
    mode: "every",
    reading: readMessage(text, { files: message.files?.length ?? 0 }),
    joinWithin: 15,
    openingsPerHour: 5,
    candidates: [],
    staffMentioned: [],
    ...rest,
    message: {
      kind: "message",
      where: { platform: "slack", workspace: "W", channel: "C", thread, message: "M9" },
      at: NOW,
      author: {
        platform: "slack",
        workspace: "W",
        id: `U-${author}`,
        name: author,
        bot: false,
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
      ...message,
    },
  };
}

function request(customer = "marta", change: Partial<Candidate> = {}): Candidate {
  const id = change.id ?? `r-${customer}`;
  return {
    id,
    status: "open",
    customer,
    customerExternal: `U-${customer}`,
    root: `root-${id}`,
    thread: `root-${id}`,
    openedAt: NOW - 2 * HOUR,
    customerAt: NOW - 2 * HOUR,
    staffAt: null,
    messages: [`root-${id}`],
    ...change,
  };
}

const decided = (said: Said): IntakeDecision => decideIntake(when(said));
const recent = (change: Partial<Candidate> = {}) =>
  request("marta", { customerAt: NOW - 5 * MINUTE, ...change });
const file = { name: "screen.png", mime: "image/png", bytes: 10 };

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

describe("staff", () => {
  const ana = { author: "ana", role: "staff" } as const;
  const inThread = { ...ana, thread: "root-r-marta", candidates: [request()] };

  it("answers in the thread, and by reply", () => {
    expect(decided({ ...inThread, text: "Looking at it" })).toEqual({
      kind: "answer",
      request: "r-marta",
      why: "thread",
    });
    expect(decided({ ...ana, candidates: [request()], message: { replyTo: "root-r-marta" } })).toMatchObject({
      kind: "answer",
      why: "reply",
    });
  });

  it.each([
    "@Marc",
    "cc @Marc",
    "@Marc can you take a look at this?",
    "@Marc ¿puedes mirarlo tú? Gracias",
    "@Marc @Lucía this smells like the March bug",
  ])("does not answer by tagging a colleague: %s", (text) => {
    const tagged = { ...inThread, text, staffMentioned: ["U-marc"], message: { mentions: ["U-marc"] } };
    expect(decided(tagged)).toEqual({ kind: "aside", request: "r-marta" });
  });

  it.each([
    "Let me ask @Marc, he knows this part.",
    "@Marc takes over from here. You will hear from him by three.",
    "Hola Marta, lo mira @Marc y te escribe antes de las 13:00",
  ])("answers while naming a colleague: %s", (text) => {
    const tagged = { ...inThread, text, staffMentioned: ["U-marc"], message: { mentions: ["U-marc"] } };
    expect(decided(tagged)).toMatchObject({ kind: "answer" });
  });

  it("answers when the customer is mentioned too", () => {
    const mentions = ["U-marc", "U-marta"];
    expect(
      decided({ ...inThread, text: "@Marc @Marta", staffMentioned: ["U-marc"], message: { mentions } }),
    ).toMatchObject({ kind: "answer" });
  });

  it("answers at top level by naming the customer, or when only one request can be meant", () => {
    const candidates = [request(), request("luis", { staffAt: NOW - HOUR })];
    expect(decided({ ...ana, candidates, text: "@luis fixed", message: { mentions: ["U-luis"] } })).toEqual({
      kind: "answer",
      request: "r-luis",
      why: "mention",
    });
    expect(decided({ ...ana, candidates, text: "It is fixed, please try again" })).toEqual({
      kind: "answer",
      request: "r-marta",
      why: "only_one",
    });
  });

  it.each([
    ["two requests wait", { candidates: [request(), request("luis")] }],
    ["it was hours ago", { candidates: [request("marta", { customerAt: NOW - 5 * HOUR })] }],
    ["it has been answered", { candidates: [request("marta", { staffAt: NOW - HOUR })] }],
    ["somebody else is named", { candidates: [request()], message: { mentions: ["U-zoe"] } }],
    ["it is only a greeting", { candidates: [request()], text: "Good morning!" }],
    ["it stands in another thread", { candidates: [request()], thread: "elsewhere" }],
  ] as const)("says nothing to a customer at top level when %s", (_case, said) => {
    expect(decided({ ...ana, text: "It is fixed, please try again", ...said })).toEqual({
      kind: "nothing",
      why: "staff",
    });
  });
});

describe("others in a request", () => {
  const candidates = [request()];
  const thread = "root-r-marta";

  it("help: a moderator, another customer, in the thread or by a mention of the moderator's", () => {
    const help = { kind: "help", request: "r-marta" };
    expect(decided({ author: "zoe", role: "helper", candidates, thread, text: "Try a reload" })).toEqual(
      help,
    );
    expect(decided({ author: "luis", candidates, thread, text: "Reloading helped me" })).toEqual(help);
    const mention = { mentions: ["U-marta"] };
    expect(
      decided({ author: "zoe", role: "helper", candidates, text: "@marta reload", message: mention }),
    ).toEqual(help);
  });

  it("another customer's thanks is no answer", () => {
    expect(decided({ author: "luis", candidates, thread, text: "lol" })).toEqual({
      kind: "nothing",
      why: "chatter",
    });
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
