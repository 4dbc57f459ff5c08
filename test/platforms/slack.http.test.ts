// What Slack's adapter promises when Slack reaches it over HTTP.
import { afterEach, describe, expect, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { createDoor } from "../../src/ops/door.ts";
import { createSlack } from "../../src/platforms/slack/index.ts";
import { closeAll, type Desk, type Disposables, line, openDesk } from "./slack/desk.ts";
import { serve, sign, toldTo } from "./slack/http.ts";
import { quietLog, wallClock } from "./slack/local.ts";

const MINUTES = 60_000;

const open: Disposables = [];
afterEach(() => closeAll(open));

interface Reached extends Desk {
  url: string;
  /** Sends as Slack would, changed as told; resolves to the status and the text. */
  send(
    body: string,
    change?: { at?: number; secret?: string; headers?: Record<string, string> },
  ): Promise<[status: number, text: string]>;
}

/** The desk, its adapter reached over HTTP. Nothing is delivered by the local Slack until `told` is used. */
async function reached(more: Parameters<typeof openDesk>[1] = {}, told = false): Promise<Reached> {
  const desk = await openDesk(open, more);
  const served = await serve(desk.slack, { clock: wallClock, log: desk.log, speed: 100, ...more.adapter });
  open.push(served.close);
  const platform = told ? toldTo(desk.slack, served) : served.platform;
  open.push(() => platform.stop());
  await platform.start(desk.heard);
  return {
    ...desk,
    platform,
    url: served.url,
    async send(body, { at = Date.now(), secret = desk.slack.signingSecret, headers = {} } = {}) {
      const { timestamp, signature } = sign(body, at, secret);
      const response = await fetch(served.url, {
        method: "POST",
        body,
        headers: {
          "content-type": "application/json",
          "x-slack-request-timestamp": timestamp,
          "x-slack-signature": signature,
          ...headers,
        },
      });
      return [response.status, await response.text()];
    },
  };
}

const told = (more: Parameters<typeof openDesk>[1] = {}) => reached(more, true);

const message = (text: string, ts = "1764000000.000100") =>
  JSON.stringify({
    type: "event_callback",
    event_id: "Ev1",
    event: {
      type: "message",
      channel: "C0HELP1",
      channel_type: "channel",
      user: "U0MARTA",
      text,
      ts,
      event_ts: ts,
    },
  });

const form = { "content-type": "application/x-www-form-urlencoded" };
const typed = (trigger: string) =>
  new URLSearchParams({
    command: "/queue",
    text: "",
    user_id: "U0ANA",
    user_name: "ana",
    team_id: "T0LOCAL0001",
    channel_id: "C0TEAM1",
    trigger_id: trigger,
  }).toString();

describe("a request", () => {
  test("signed by Slack is told, and answered with an empty 200", async () => {
    const desk = await reached();
    expect(await desk.send(message("Nobody can log in"))).toEqual([200, ""]);
    expect(desk.heard.messages()[0]?.text).toBe("Nobody can log in");
  });

  test.each([
    ["signed with another secret", { secret: "f".repeat(32) }],
    ["six minutes old", { at: Date.now() - 6 * MINUTES }],
    ["dated six minutes ahead", { at: Date.now() + 6 * MINUTES }],
    ["with the signature taken off", { headers: { "x-slack-signature": "" } }],
    ["with another date than was signed", { headers: { "x-slack-request-timestamp": "1764000000" } }],
  ])("%s is refused and told to nobody", async (_, change) => {
    const desk = await reached();
    expect(await desk.send(message("Pay me"), change)).toEqual([401, ""]);
    expect(desk.heard.events).toEqual([]);
  });

  test("that makes no sense is refused, signed or not", async () => {
    const desk = await reached();
    expect((await desk.send("{"))[0]).toBe(400);
    expect((await desk.send("[]"))[0]).toBe(400);
    expect((await desk.send("payload=%7B", { headers: form }))[0]).toBe(400);
    expect((await desk.send("x".repeat(3 * 1024 * 1024)))[0]).toBe(413);
    expect((await fetch(desk.url)).status).toBe(405);
    expect((await fetch(desk.url.replace("/slack/events", "/"))).status).toBe(404);
    expect((await desk.send(message("still here")))[0]).toBe(200);
  });

  test("of strangers does not fill the log, nor does it show what they sent", async () => {
    const lines: string[] = [];
    const log = createLog("info", { write: (one) => lines.push(one) });
    const desk = await reached({ adapter: { log } });
    for (let n = 0; n < 20; n += 1) await desk.send(message("my secret"), { secret: "f".repeat(32) });
    const about = lines.filter((one) => one.includes("SLACK_SIGNING_SECRET"));
    expect(about).toHaveLength(1);
    for (const secret of ["my secret", desk.slack.signingSecret]) expect(lines.join()).not.toContain(secret);
  });

  test("to verify the address is echoed; a check of the certificate is answered", async () => {
    const desk = await reached();
    const challenge = { type: "url_verification", challenge: "3eZbrw1aB" };
    const [status, text] = await desk.send(JSON.stringify(challenge));
    expect([status, JSON.parse(text)]).toEqual([200, { challenge: "3eZbrw1aB" }]);
    expect(await desk.send("ssl_check=1&token=x", { headers: form })).toEqual([200, ""]);
    expect(desk.heard.acts).toEqual([]);
  });

  test("before the start or after the stop is put off: Slack sends it again", async () => {
    const desk = await openDesk(open);
    const { platform, url, close } = await serve(desk.slack, { clock: wallClock, log: quietLog });
    open.push(close);
    const post = async () => (await fetch(url, { method: "POST", body: "{}" })).status;
    expect([await post(), platform.trouble()]).toEqual([503, "it has not started yet"]);
    await platform.start(desk.heard);
    expect([await post(), platform.trouble()]).toEqual([401, null]);
    await platform.stop();
    expect([await post(), platform.trouble()]).toEqual([503, "it is stopping"]);
  });

  test("of an event that was committed, sent once more as it was, changes nothing", async () => {
    const desk = await reached();
    const at = Date.now();
    expect(await desk.send(message("Twice?"), { at })).toEqual([200, ""]);
    expect(await desk.send(message("Twice?"), { at })).toEqual([200, ""]);
    expect(desk.heard.messages()).toHaveLength(1);
  });

  test("of an event that was not committed is taken when it comes again, even in the same second", async () => {
    const desk = await reached();
    const at = Date.now();
    desk.heard.take = () => {
      throw new Error("The database is away.");
    };
    expect((await desk.send(message("Keep me"), { at }))[0]).toBe(503);
    desk.heard.take = () => {};
    const again = { at, headers: { "x-slack-retry-num": "1", "x-slack-retry-reason": "http_error" } };
    expect((await desk.send(message("Keep me"), again))[0]).toBe(200);
    expect([desk.heard.rejected.length, desk.heard.messages().length]).toEqual([1, 1]);
  });

  test("of somebody's command, stolen and sent again, is refused", async () => {
    const desk = await reached();
    const at = Date.now();
    expect((await desk.send(typed("1.1.a"), { at, headers: form }))[0]).toBe(200);
    expect((await desk.send(typed("1.1.a"), { at, headers: form }))[0]).toBe(401);
    expect((await desk.send(typed("1.1.b"), { at, headers: form }))[0]).toBe(200);
    expect(desk.heard.acts).toHaveLength(2);
  });

  test("is not answered before the event is committed", async () => {
    const desk = await reached();
    const commits: (() => void)[] = [];
    let answered = false;
    desk.heard.take = () => new Promise<void>((resolve) => commits.push(resolve));
    const sent = desk.send(message("Slow day")).then((answer) => {
      answered = true;
      return answer;
    });
    await desk.until("The event", () => commits.length === 1);
    expect(answered).toBe(false);
    for (const commit of commits) commit();
    expect(await sent).toEqual([200, ""]);
  });

  test("for another workspace is acknowledged and left alone", async () => {
    const desk = await reached();
    const body = { ...JSON.parse(message("Not ours")), authorizations: [{ team_id: "T0ELSEWHERE" }] };
    expect(await desk.send(JSON.stringify(body))).toEqual([200, ""]);
    expect(desk.heard.events).toEqual([]);
  });
});

describe("over HTTP", () => {
  test("an event that was not committed comes again until it is", async () => {
    const desk = await told({ slack: { sockets: { retryWaitsMs: [0, 10, 10] } } });
    let tries = 0;
    desk.heard.take = () => {
      tries += 1;
      if (tries < 3) throw new Error("The database is away.");
    };
    await desk.slack.say("U0MARTA", "C0HELP1", "Nobody can log in");
    await desk.until("The message", () => desk.heard.messages().length === 1);
    expect([tries, desk.slack.lostEvents()]).toEqual([3, 0]);
  });

  test("one that Slack gives up is looked for in history", async () => {
    const desk = await told({ slack: { sockets: { retryWaitsMs: [0, 0, 0] } } });
    desk.heard.take = () => {
      throw new Error("The database is away.");
    };
    await desk.slack.say("U0MARTA", "C0HELP1", "Nobody can log in");
    await desk.until("Word of a gap", () => desk.heard.gaps === 1);
    await desk.until("Slack giving up", () => desk.slack.lostEvents() === 1);
  });

  test("an interaction is acknowledged in time although the bot takes longer, and answered afterwards", async () => {
    const desk = await told();
    let finish = () => {};
    desk.heard.answer = () =>
      new Promise((resolve) => {
        finish = () => resolve({ kind: "card", card: line("better late") });
      });
    // Over 3 s it would be a timeout, and Slack itself would say so to Ana.
    await desk.slack.slash("U0ANA", "C0TEAM1", "/queue");
    finish();
    await desk.until("The answer", () =>
      desk.slack.seenBy("U0ANA").some((one) => one.text.includes("better late")),
    );
    expect(desk.slack.seenBy("U0ANA").map((one) => one.text)).toHaveLength(1);
  });

  test("nothing for too long, or too much for Slack: history is asked for", async () => {
    const quiet = await told({ adapter: { silenceMs: 50 } });
    await quiet.until("Word of two gaps", () => quiet.heard.gaps >= 2);
    const busy = await told();
    busy.slack.overload();
    await busy.until("Word of a gap", () => busy.heard.gaps === 1);
    expect(busy.heard.acts).toEqual([]);
  });

  test("requests broken off in the middle come again", async () => {
    const desk = await told({ slack: { sockets: { retryWaitsMs: [0, 0, 0] } } });
    const commits: (() => void)[] = [];
    desk.heard.take = () => new Promise<void>((resolve) => commits.push(resolve));
    await desk.slack.say("U0MARTA", "C0HELP1", "Do not lose me");
    await desk.until("The event", () => commits.length === 1);
    desk.slack.cut();
    await desk.until("The event again", () => commits.length === 2);
    for (const commit of commits) commit();
    await desk.until("Both taken", () => desk.heard.messages().length === 2);
    expect(desk.slack.lostEvents()).toBe(0);
  });

  test("stopping waits for what is under way and answers it", async () => {
    const desk = await reached();
    const commits: (() => void)[] = [];
    desk.heard.take = () => new Promise<void>((resolve) => commits.push(resolve));
    const sent = desk.send(message("One more"));
    await desk.until("The event", () => commits.length === 1);
    const stopped = desk.platform.stop();
    for (const commit of commits) commit();
    expect((await sent)[0]).toBe(200);
    await stopped;
  });

  test("and sockets beside it: whichever Slack uses is heard, and it can be changed while running", async () => {
    const desk = await openDesk(open);
    const door = createDoor();
    open.push(() => door.close(0));
    const { signingSecret, tokens, apiUrl } = desk.slack;
    const both = createSlack({
      botToken: tokens.bot,
      appToken: tokens.app,
      http: { signingSecret, mount: door.mount },
      apiUrl,
      clock: wallClock,
      log: quietLog,
      speed: 100,
    });
    const port = await door.open(0, "127.0.0.1");
    open.push(() => both.stop());
    await both.start(desk.heard);
    await desk.until("Two sockets", () => desk.slack.connections() === 2);
    const first = await desk.slack.say("U0MARTA", "C0HELP1", "through the socket");
    await desk.heard.message(first);
    await desk.slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
    await desk.heard.message(await desk.slack.say("U0MARTA", "C0HELP1", "by request"));
    await desk.slack.deliverTo(null);
    await desk.heard.message(await desk.slack.say("U0MARTA", "C0HELP1", "through the socket again"));
    expect(desk.heard.messages()).toHaveLength(3);
  });

  test("with an app token that is no good it runs all the same, and says so only in the log", async () => {
    const desk = await openDesk(open);
    const door = createDoor();
    open.push(() => door.close(0));
    const { signingSecret, tokens, apiUrl } = desk.slack;
    const platform = createSlack({
      botToken: tokens.bot,
      appToken: "xapp-wrong",
      http: { signingSecret, mount: door.mount },
      apiUrl,
      clock: wallClock,
      log: quietLog,
    });
    open.push(() => platform.stop());
    const port = await door.open(0, "127.0.0.1");
    await platform.start(desk.heard);
    await desk.slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
    await desk.heard.message(await desk.slack.say("U0MARTA", "C0HELP1", "hello"));
    expect(platform.trouble()).toBeNull();
  });

  test("no way in at all is refused at once, naming the variables", async () => {
    const desk = await openDesk(open);
    const { tokens, apiUrl } = desk.slack;
    expect(() => createSlack({ botToken: tokens.bot, apiUrl, clock: wallClock, log: quietLog })).toThrow(
      /SLACK_APP_TOKEN.*SLACK_SIGNING_SECRET and PORT/,
    );
  });
});
