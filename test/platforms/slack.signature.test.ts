// Only what Slack signed, and lately, is taken for Slack's.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSigned } from "../../src/platforms/slack/signature.ts";
import { sign } from "./slack/http.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const NOW = 1_764_000_000_000;
const MINUTES = 60_000;

describe("a signature", () => {
  test("is Slack's own example", () => {
    // docs.slack.dev/authentication/verifying-requests-from-slack
    const body =
      "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    const signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    const signed = { timestamp: "1531420618", signature, body };
    expect(isSigned(signed, "8f742231b10e8888abcd99yyyzzz85a5", 1_531_420_618_000)).toBe(true);
  });

  test("is good for five minutes, both ways, and not a second more", () => {
    for (const [off, good] of [
      [0, true],
      [5 * MINUTES, true],
      [-5 * MINUTES, true],
      [5 * MINUTES + 1000, false],
      [-5 * MINUTES - 1000, false],
    ] as const)
      expect([off, isSigned(sign("{}", NOW + off, SECRET), SECRET, NOW)]).toEqual([off, good]);
  });

  test.each([
    ["without a timestamp", { timestamp: undefined }],
    ["without a signature", { signature: undefined }],
    ["dated by words", { timestamp: "now" }],
    ["dated by nothing", { timestamp: "" }],
    ["of an unknown version", { signature: "v1=abc" }],
    ["that is empty", { signature: "v0=" }],
    ["over another body", { body: '{"a":2}' }],
  ])("%s is none", (_, change) => {
    expect(isSigned({ ...sign('{"a":1}', NOW, SECRET), ...change }, SECRET, NOW)).toBe(false);
  });

  test("of anybody without the secret is none, whatever they sign", () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (body, secret) => {
        fc.pre(secret !== SECRET);
        expect(isSigned(sign(body, NOW, secret), SECRET, NOW)).toBe(false);
        expect(isSigned(sign(body, NOW, SECRET), SECRET, NOW)).toBe(true);
      }),
    );
  });
});
