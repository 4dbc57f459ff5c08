// A bot as anybody would write it with the vendor's SDK, connected to the local Slack; and waiting without sleeping.
import { App, type Logger, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { type LocalSlack, type LocalSlackOptions, startLocalSlack } from "../../src/sandbox/slack/server.ts";
import type { Happening } from "../../src/sandbox/world.ts";

export const NOON = Date.UTC(2026, 10, 24, 11, 0, 0);

/** The SDK reports what the tests provoke on purpose; they check it themselves. */
export const silent: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  getLevel: () => LogLevel.ERROR,
  setLevel: () => {},
  setName: () => {},
};

/** Values that arrive one by one; `next` waits for the first one that fits and takes it out. */
export class Arrivals<T> {
  readonly all: T[] = [];
  readonly #pending: T[] = [];
  readonly #waiting = new Set<() => void>();

  push(value: T): void {
    this.all.push(value);
    this.#pending.push(value);
    for (const check of [...this.#waiting]) check();
  }

  next(fits: (value: T) => boolean = () => true): Promise<T> {
    return new Promise((resolve) => {
      const check = () => {
        const at = this.#pending.findIndex(fits);
        if (at < 0) return;
        const [value] = this.#pending.splice(at, 1);
        this.#waiting.delete(check);
        if (value !== undefined) resolve(value);
      };
      this.#waiting.add(check);
      check();
    });
  }
}

export type Refused = Extract<Happening, { kind: "refused" }>;

/** A local Slack with Ana (customer), Luis (staff), one public channel C1 and one private channel C2, at noon in Madrid. */
export async function town(options: Partial<LocalSlackOptions> = {}) {
  const slack = await startLocalSlack({ clock: { now: () => NOON }, ...options });
  slack.addPerson({ id: "U1", name: "Ana", locale: "es-ES" });
  slack.addPerson({ id: "U2", name: "Luis", groups: ["support"], admin: true });
  slack.addChannel({ id: "C1", name: "help", kind: "text", private: false });
  slack.addChannel({ id: "C2", name: "team", kind: "text", private: true, members: ["U2"] });
  const happenings = new Arrivals<Happening>();
  slack.observe((happening) => happenings.push(happening));
  const refusals = () => happenings.all.filter((each): each is Refused => each.kind === "refused");
  return { slack, happenings, refusals };
}

/** A Bolt app in Socket Mode. `events` are the bodies of all Events API payloads, in order. */
export async function boltBot(slack: LocalSlack) {
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: slack.tokens.app,
    logger: silent,
    clientPingTimeout: 1_000,
    installerOptions: { clientOptions },
  });
  const app = new App({
    token: slack.tokens.bot,
    receiver,
    ignoreSelf: false,
    logger: silent,
    clientOptions: { ...clientOptions, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  });
  const events = new Arrivals<Record<string, unknown>>();
  const bodies = new Arrivals<Record<string, unknown>>();
  app.use(async ({ body, next }) => {
    bodies.push(body as unknown as Record<string, unknown>);
    const { event } = body as { event?: Record<string, unknown> };
    if (event) events.push(event);
    await next();
  });
  await app.start();
  return { app, client: app.client, events, bodies, stop: () => app.stop() };
}

/** The code of the platform error a call is refused with. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    const data = (error as { data?: { error?: string } }).data;
    return data?.error ?? String(error);
  }
  return "accepted";
}
