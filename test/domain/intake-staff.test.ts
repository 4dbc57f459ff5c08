// What becomes of what staff, helpers and other customers write.
import { describe, expect, it } from "vitest";
import { decided, HOUR, NOW, request } from "./intake-said.ts";

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
