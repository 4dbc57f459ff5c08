import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SiempreError } from "../../src/errors.ts";
import { createPager, type Page } from "../../src/paging/pager.ts";
import { requestFor } from "../../src/paging/shapes.ts";
import { signatureOf } from "../../src/paging/signature.ts";
import { type PagerService, startPagerService } from "../support/pager.ts";

const page: Page = {
  id: "0199:pager:1795658400000",
  event: "call",
  summary: "#42 Ferro Bikes: everything is failing",
  title: null,
  team: "Support",
  request: {
    number: 42,
    company: "Ferro Bikes",
    channel: "help",
    link: "https://example.slack.com/archives/C1/p1",
  },
  to: { id: "U0ANARUIZ", name: "Ana Ruiz" },
  at: Date.UTC(2026, 10, 24, 2),
};
const answered: Page = { ...page, event: "answered", summary: "#42 has somebody now", to: null };
const key = "0123456789abcdef0123456789abcdef";

describe("PagerDuty", () => {
  const url = "https://events.pagerduty.com/v2/enqueue";

  test("is given a trigger with what its Events API v2 requires", () => {
    expect(requestFor("pagerduty", url, key, page)).toEqual({
      url,
      headers: {},
      body: {
        routing_key: key,
        event_action: "trigger",
        dedup_key: page.id,
        client: "Siempre",
        payload: {
          summary: "#42 Ferro Bikes: everything is failing",
          source: "#help",
          severity: "critical",
          timestamp: "2026-11-24T02:00:00.000Z",
          group: "Support",
          custom_details: {
            team: "Support",
            request: "#42",
            company: "Ferro Bikes",
            channel: "#help",
            link: page.request?.link,
            calls: "Ana Ruiz",
          },
        },
        links: [{ href: page.request?.link, text: page.summary }],
      },
    });
  });

  test("is told by the same key that it needs no answer any more", () => {
    expect(requestFor("pagerduty", url, key, answered).body).toEqual({
      routing_key: key,
      event_action: "acknowledge",
      dedup_key: page.id,
    });
  });

  test("is given no summary longer than it takes", () => {
    const long = requestFor("pagerduty", url, key, { ...page, title: "x".repeat(3000) }).body;
    expect(JSON.stringify(long)).toMatch(/"summary":"#42 .{1019}…"/);
  });
});

describe("Opsgenie", () => {
  const url = "https://api.opsgenie.com/v2/alerts";

  test("is given an alert with the page's id as its alias", () => {
    const { headers, body } = requestFor("opsgenie", url, key, { ...page, title: "Nobody can log in" });
    expect(headers).toEqual({ authorization: `GenieKey ${key}` });
    expect(body).toMatchObject({
      message: "#42 Ferro Bikes: everything is failing: Nobody can log in",
      alias: page.id,
      priority: "P1",
      entity: "#42",
      details: { calls: "Ana Ruiz" },
    });
  });

  test("has it acknowledged by its alias", () => {
    expect(requestFor("opsgenie", url, key, answered).url).toBe(
      "https://api.opsgenie.com/v2/alerts/0199%3Apager%3A1795658400000/acknowledge?identifierType=alias",
    );
  });

  test("is given no message longer than 130 characters", () => {
    const { message } = requestFor("opsgenie", url, key, { ...page, title: "x".repeat(300) }).body as {
      message: string;
    };
    expect(message).toHaveLength(130);
  });
});

test("a test page speaks of no request", () => {
  const test: Page = { ...page, request: null, summary: "Test page for Support. Nothing is failing." };
  expect(requestFor("plain", "https://x.example", null, test).body).toMatchObject({ request: null });
  expect(requestFor("pagerduty", "https://x.example", key, test).body).toMatchObject({
    payload: { source: "Support" },
  });
});

test("the signature is HMAC-SHA256 over version, time and body", () => {
  const mac = createHmac("sha256", "secret").update('v1:1700000000:{"a":1}').digest("hex");
  expect(signatureOf("secret", 1_700_000_000, '{"a":1}')).toEqual({
    "siempre-timestamp": "1700000000",
    "siempre-signature": `v1=${mac}`,
  });
});

describe("over the wire", () => {
  let service: PagerService;
  beforeAll(async () => {
    service = await startPagerService();
  });
  afterAll(() => service.close());
  const pager = (more: { url?: string; timeout?: number } = {}) =>
    createPager({
      url: service.url,
      shape: "plain",
      key: null,
      secret: service.secret,
      wall: () => 1_700_000_000_999,
      ...more,
    });
  const fault = async (work: Promise<void>): Promise<string> => {
    const error: unknown = await work.then(
      () => null,
      (why: unknown) => why,
    );
    if (!(error instanceof SiempreError)) throw new Error("it was taken");
    return error.code;
  };

  test("arrives signed, as JSON", async () => {
    await pager().send(page);
    const [received] = service.received;
    expect(received).toMatchObject({ method: "POST", path: "/page", signed: true });
    expect(received?.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "siempre-timestamp": "1700000000",
    });
    expect(received?.body).toEqual({ ...page, at: "2026-11-24T02:00:00.000Z" });
  });

  test.each([
    [500, "platform_unavailable"],
    [408, "platform_unavailable"],
    [400, "platform_invalid"],
    [404, "platform_invalid"],
    [401, "platform_unauthorized"],
    [302, "platform_unavailable"],
  ])("an answer of %i is %s", async (status, code) => {
    service.fail(status);
    expect(await fault(pager().send({ ...page, id: `status ${status}` }))).toBe(code);
  });

  test("a service that never answers, or is not there, is worth another try", async () => {
    service.fail("never");
    expect(await fault(pager({ timeout: 50 }).send(page))).toBe("platform_unavailable");
    expect(await fault(pager({ url: "http://127.0.0.1:1/" }).send(page))).toBe("platform_unavailable");
  });
});
