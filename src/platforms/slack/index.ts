// The Slack adapter: Socket Mode or signed HTTP in, Web API out. What is promised stands in platform.ts; what differs, in README.md.
import { createHash } from "node:crypto";
import type { Clock } from "../../clock.ts";
import { SiempreError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { Platform } from "../platform.ts";
import { createAnswers } from "./answers.ts";
import { createCalls } from "./calls.ts";
import { type Connections, createConnections, type Delivery } from "./connections.ts";
import { createDeliveries } from "./deliveries.ts";
import { createDirectory } from "./directory.ts";
import { createHistory } from "./history.ts";
import { messageWithNames, withNames } from "./inbound.ts";
import * as limits from "./limits.ts";
import { createOutbound } from "./outbound.ts";
import { createPacing } from "./pacing.ts";
import { createRequests, type Handle } from "./requests.ts";
import { type Identity, identify } from "./session.ts";
import { type Silence, watchSilence } from "./silence.ts";

export interface SlackHttp {
  /** “Signing Secret” under “Basic Information” of the app. */
  signingSecret: string;
  /** Puts the adapter's handler where requests to `path` arrive; called once, before the adapter is started. */
  mount(path: string, handle: Handle): void;
}

/** The port, and what only a health check asks. */
export interface SlackPlatform extends Platform {
  /** Why nothing can be delivered to the bot right now, or null when it can. No secrets. */
  trouble(): string | null;
}

export interface SlackOptions {
  /** xoxb-…: one token is one workspace. */
  botToken: string;
  /** xapp-… with connections:write: deliveries come through Socket Mode. */
  appToken?: string | null;
  /** Deliveries come as signed HTTP requests. At least one of the two is needed; with both, either may be used by Slack. */
  http?: SlackHttp | null;
  /** `https://slack.com/api/`, or another server with the same methods. */
  apiUrl: string;
  clock: Clock;
  log: Log;
  /** Several processes with the same token share their rate limits through it. */
  redisUrl?: string | null;
  /** How many times faster than Slack allows calls are made: for a local server whose clock runs fast. Default 1. */
  speed?: number;
  /** Without a single frame or request for so long (real time), history is read. */
  silenceMs?: number;
}

/** Throws config_invalid when there is no way in: neither `appToken` nor `http`. */
export function createSlack(options: SlackOptions): SlackPlatform {
  const { clock, log, appToken, http } = options;
  if (!appToken && !http)
    throw new SiempreError(
      "config_invalid",
      "Slack has no way to reach the bot. Set SLACK_APP_TOKEN (Socket Mode), or SLACK_SIGNING_SECRET and PORT (HTTP).",
    );
  const apiUrl = options.apiUrl.endsWith("/") ? options.apiUrl : `${options.apiUrl}/`;
  const pacing = createPacing({
    id: createHash("sha256").update(options.botToken).digest("hex").slice(0, 12),
    redisUrl: options.redisUrl ?? null,
    speed: options.speed ?? 1,
    stuckMs: limits.STUCK_MS,
  });
  const calls = createCalls({ token: options.botToken, apiUrl, pacing, log });
  const answers = createAnswers({ calls, log, apiUrl });
  const underWay = new Set<Promise<void>>();
  let connections: Connections | null = null;
  let requests: Handle | null = null;
  let silence: Silence | null = null;
  let stopping = false;
  let identity: Promise<Session> | null = null;

  function partsFor({ self, workspaceName, address }: Identity) {
    const parts = { calls, self, clock, log };
    const directory = createDirectory(parts);
    const outbound = createOutbound({ ...parts, address });
    return { self, workspaceName, directory, history: createHistory(parts), outbound };
  }
  type Session = ReturnType<typeof partsFor>;

  /** Everything that needs to know who we are; asked once, again after a failure. */
  async function session(): Promise<Session> {
    identity ??= identify(calls, log).then(partsFor);
    const mine = identity;
    try {
      return await mine;
    } catch (error) {
      if (identity === mine) identity = null;
      throw error;
    }
  }

  async function sessionOf(workspace: string): Promise<Session> {
    const found = await session();
    if (found.self.workspace === workspace) return found;
    throw new SiempreError(
      "platform_forbidden",
      `The Slack bot is in workspace ${found.self.workspace} and sees nothing of ${workspace}. Correct the policy.`,
      { workspace },
    );
  }

  http?.mount(limits.REQUEST_PATH, async (request, response) => {
    // Before the start and after the stop: Slack delivers it again, to this process or another.
    if (requests === null) response.writeHead(503, { "content-length": 0 }).end();
    else await requests(request, response);
  });

  return {
    name: "slack",
    capabilities: {
      slashInThreads: false,
      ephemeralAnytime: true,
      formsStayOpen: true,
      textMode: "every",
      repostAfterDays: null,
    },

    async start(inbound) {
      stopping = false;
      const { self, directory, history } = await session();
      const handle = createDeliveries({ self, inbound, directory, history, answers, clock, log });
      const deliver = async (delivery: Delivery) => {
        // Not acknowledged either: after the restart Slack delivers it again, or history has it.
        if (stopping) return;
        const handled = handle(delivery);
        underWay.add(handled);
        try {
          await handled;
        } finally {
          underWay.delete(handled);
        }
      };
      const gap = (reason: string) => {
        log.info({ reason }, "Slack events may have been missed; history is read.");
        inbound.gap();
      };
      const watch = watchSilence(options.silenceMs ?? limits.SILENCE_MS, () => gap("silence"));
      silence = watch;
      const parts = { log, deliver, gap, heard: () => watch.heard() };
      if (http) requests = createRequests({ ...parts, signingSecret: http.signingSecret, clock });
      if (!appToken) return;
      connections = createConnections({ ...parts, appToken, apiUrl });
      if (http) return connections.begin();
      try {
        await connections.open();
      } catch (error) {
        watch.stop();
        throw error;
      }
    },

    trouble() {
      if (stopping) return "it is stopping";
      if (requests !== null || (connections?.ready() ?? 0) > 0) return null;
      return connections === null ? "it has not started yet" : "no socket to Slack is open";
    },

    async stop() {
      stopping = true;
      silence?.stop();
      let timer: NodeJS.Timeout | undefined;
      const enough = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, limits.DRAIN_MS);
      });
      await Promise.race([Promise.allSettled(underWay), enough]);
      clearTimeout(timer);
      requests = null;
      await connections?.close();
      connections = null;
      await pacing.close();
    },

    async workspaces() {
      const { self, workspaceName } = await session();
      return [{ id: self.workspace, name: workspaceName }];
    },

    async directs(workspace) {
      return await (await sessionOf(workspace)).directory.directs();
    },

    async channels(workspace) {
      return await (await sessionOf(workspace)).directory.channels();
    },

    async profile(workspace, person) {
      return await (await sessionOf(workspace)).directory.profile(person);
    },

    async canRead(workspace, channel, person) {
      return await (await sessionOf(workspace)).directory.isMember(channel, person);
    },

    async *history(workspace, channel, since, threads, signal) {
      const { history, directory } = await sessionOf(workspace);
      const events = await history.since(channel, since, threads, signal);
      for (const event of events) yield withNames(event, await directory.namesFor([event]));
    },

    async message(where) {
      const { history, directory } = await sessionOf(where.workspace);
      const found = await history.message(where);
      return found && messageWithNames(found, await directory.namesFor([found]));
    },

    async ensure(request) {
      return await (await sessionOf(request.target.workspace)).outbound.ensure(request);
    },

    async react(where, emoji, on) {
      await (await sessionOf(where.workspace)).outbound.react(where, emoji, on);
    },

    async remove(post) {
      await (await sessionOf(post.workspace)).outbound.remove(post);
    },

    async link(where) {
      return await (await sessionOf(where.workspace)).outbound.link(where);
    },
  };
}
