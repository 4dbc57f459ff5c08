// Several processes behind a load balancer: nothing an adapter keeps in memory decides what is right.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Bot, startBot } from "../../src/bot.ts";
import { readPolicy } from "../../src/policy-file.ts";
import { createManualClock } from "../../src/sandbox/clock.ts";
import type { LocalSlack } from "../../src/sandbox/slack/server.ts";
import { freshDatabase } from "../support/database.ts";
import { type Balancer, balance } from "./slack/balancer.ts";
import { closeAll, type Disposables } from "./slack/desk.ts";
import { type Served, serve } from "./slack/http.ts";
import { quietLog } from "./slack/local.ts";
import { startStrictSlack } from "./slack/strict.ts";

const POLICY = `
timezone: Europe/Madrid
hours: { mon-fri: "9:00-18:00" }
staff: [U0ANA00001]
teams:
  - name: Support
    channels:
      - { name: help, mode: every, live: true }
    team channel: team
`;

/** Tuesday 24 November 2026, 10:00 in Madrid. */
const MORNING = Date.UTC(2026, 10, 24, 9, 0);

interface Process extends Served {
  bot: Bot;
}

const open: Disposables = [];
let slack: LocalSlack;
let first: Process;
let second: Process;
let balancer: Balancer;
let refused: string[];

beforeEach(async () => {
  const clock = createManualClock(MORNING);
  slack = await startStrictSlack({ clock, speed: 1000, sockets: { retryWaitsMs: [0, 50, 50] } });
  open.push(() => slack.stop());
  refused = [];
  slack.observe((happening) => {
    if (happening.kind === "refused")
      refused.push(`${happening.method}: ${happening.code} ${happening.detail}`);
  });
  slack.addPerson({ id: "U0MARTA001", name: "Marta", locale: "en-US" });
  slack.addPerson({ id: "U0ANA00001", name: "Ana", locale: "en-US" });
  slack.addChannel({ id: "C0HELP", name: "help", kind: "text", private: false });
  slack.addChannel({ id: "C0TEAM", name: "team", kind: "text", private: true, members: ["U0ANA00001"] });
  const { url: databaseUrl } = await freshDatabase();
  const policy = readPolicy(POLICY, "processes.yaml");
  const start = async (): Promise<Process> => {
    const served = await serve(slack, { clock, log: quietLog, speed: 1000 });
    open.push(served.close);
    const bot = await startBot({
      databaseUrl,
      policy,
      platforms: [served.platform],
      clock,
      wall: () => performance.timeOrigin + performance.now(),
      log: quietLog,
    });
    open.push(() => bot.stop());
    return { ...served, bot };
  };
  first = await start();
  second = await start();
  balancer = await balance([first.url, second.url]);
  open.push(() => balancer.close());
  await slack.deliverTo(balancer.url);
});
afterEach(async () => {
  await closeAll(open);
  expect(refused).toEqual([]);
});

const WAIT = { timeout: 15_000, interval: 20 };
const cards = () => slack.messages("C0TEAM").filter((message) => message.author.bot);
const card = (words: string) =>
  vi.waitFor(() => {
    const found = cards().find((message) => message.text.includes(words));
    expect(found, `a card that says "${words}" among ${cards().map((one) => one.text)}`).toBeDefined();
    return found as NonNullable<typeof found>;
  }, WAIT);

describe("two processes behind one address", () => {
  test("share the work, and a request opened by one is claimed through the other", async () => {
    await slack.say("U0MARTA001", "C0HELP", "The CSV import drops every second row");
    const shown = await card("CSV import");
    await slack.press("U0ANA00001", shown.id, "Claim");
    await card("Ana");
    await slack.slash("U0ANA00001", "C0TEAM", "/queue");
    expect(slack.seenBy("U0ANA00001").some((message) => message.onlyFor === "U0ANA00001")).toBe(true);
    expect([...balancer.answered.values()].every((count) => count > 0)).toBe(true);
    expect(balancer.answered.size).toBe(2);
  });

  test("that both get the same event make one request of it", async () => {
    balancer.twice = true;
    for (const text of ["Charged twice this month", "I cannot log in since noon", "How do I export my data?"])
      await slack.say("U0MARTA001", "C0HELP", text);
    await card("Charged twice");
    await vi.waitFor(() => expect(slack.lostEvents()).toBe(0), WAIT);
    await vi.waitFor(async () => {
      await Promise.all([first.bot.app.idle(), second.bot.app.idle()]);
      expect(await first.bot.pending()).toBe(0);
    }, WAIT);
    const told = cards().map((message) => message.text);
    expect(new Set(told).size).toBe(told.length);
    const { db } = first.bot.app.context;
    const seen = await db.seenEvent.count();
    expect(seen).toBe(3);
  });

  test("of which one dies go on as the other", async () => {
    await slack.say("U0MARTA001", "C0HELP", "The CSV import drops every second row");
    await card("CSV import");
    await first.close();
    await first.bot.stop();
    await slack.say("U0MARTA001", "C0HELP", "Nobody can log in any more!");
    await slack.react("U0ANA00001", "C0HELP", (await card("CSV import")).id, "eyes").catch(() => undefined);
    await vi.waitFor(() => expect(cards().some((one) => one.text.includes("log in"))).toBe(true), WAIT);
    expect(slack.lostEvents()).toBe(0);
  });
});
