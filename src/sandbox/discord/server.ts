// A local Discord that the real discord.js connects to: REST v10 and the gateway on one loopback port.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { WorldClock } from "../world.ts";
import { driver, type LocalDiscord } from "./driver.ts";
import type { Refusal } from "./errors.ts";
import { type RestTrouble, Troubles } from "./faults.ts";
import { Gateway, Intent } from "./gateway.ts";
import { answer, refusedHappening } from "./http.ts";
import type { Inspector } from "./inspector.ts";
import { Interactions } from "./interactions.ts";
import { Modals } from "./modals.ts";
import { Pace, type PaceOptions } from "./pace.ts";
import { type Discord, tell } from "./posting.ts";
import { Router } from "./router.ts";
import { Commands, commandRoutes, guildRoutes } from "./routes-guild.ts";
import { interactionRoutes } from "./routes-interactions.ts";
import { messageRoutes, type RestContext } from "./routes-messages.ts";
import { threadRoutes } from "./routes-threads.ts";
import { Guild } from "./state.ts";
import { guildCreateJson, memberChunks, readyJson } from "./welcome.ts";

export type { LocalDiscord, LocalDiscordChannel } from "./driver.ts";
export type { Disturbance, Fault, GatewayTrouble, RestTrouble } from "./faults.ts";
export type { InspectedCall, Inspector } from "./inspector.ts";
export { Permission } from "./permissions.ts";
export { snowflakeAt } from "./snowflake.ts";

export interface LocalDiscordOptions {
  clock: WorldClock;
  guild?: { id: string; name: string };
  botName?: string;
  /** The only token that is accepted. */
  token?: string;
  /** The zone of times in shown text, for readers who have none of their own. */
  timezone?: string;
  guildLocale?: string;
  /** Privileged intents the application was not granted (bits): asking for them ends with 4014. */
  disallowedIntents?: number;
  everyonePermissions?: bigint;
  botPermissions?: bigint;
  /** Real ms the bot has for its first answer to an interaction. */
  interactionDeadlineMs?: number;
  /** Real ms an act of a person waits for a deferred answer to be filled. */
  deferredWaitMs?: number;
  /** Dispatches kept for a resume. */
  replayBuffer?: number;
  /** How often the bot is to send a heartbeat, real ms. */
  heartbeatMs?: number;
  /** Edits of messages older than an hour: so many in each channel within so many real ms, then 30046. Default: no limit. */
  oldEdits?: { count: number; perMs: number };
  /** How much is taken from the bot; default anything. */
  pace?: PaceOptions;
  /** Sessions that may be begun; default Discord's 1,000 a day. */
  sessionsADay?: number;
  /** Threads that may be open in the guild at a time (160006). */
  activeThreads?: number;
  /** Holds everything that goes over the wire against Discord's description. */
  inspector?: Inspector;
}

/** Starts the server on a free loopback port. Several can run in one process. */
export async function startLocalDiscord(options: LocalDiscordOptions): Promise<LocalDiscord> {
  const token = options.token ?? "sandbox-discord-bot-token";
  const disallowedIntents = options.disallowedIntents ?? 0;
  const guild = new Guild({
    clock: options.clock,
    id: options.guild?.id ?? "400000000000000001",
    name: options.guild?.name ?? "Sandbox",
    botName: options.botName ?? "Siempre",
    locale: options.guildLocale ?? "en-US",
    ...(options.everyonePermissions === undefined
      ? {}
      : { everyonePermissions: options.everyonePermissions }),
    ...(options.botPermissions === undefined ? {} : { botPermissions: options.botPermissions }),
  });
  let port = 0;
  const gatewayUrl = (): string => `ws://127.0.0.1:${port}/gateway`;
  const gateway = new Gateway({
    token,
    disallowedIntents,
    replayBuffer: options.replayBuffer ?? 5000,
    heartbeatMs: options.heartbeatMs ?? 41_250,
    sessions: options.sessionsADay ?? 1000,
    url: gatewayUrl,
    ready: (session) => readyJson(discord, session, { url: gatewayUrl(), disallowedIntents }),
    welcome: (session) => [{ t: "GUILD_CREATE", d: guildCreateJson(discord, session) }],
    members: (request, session) => memberChunks(discord, request, session),
    onConnected: () => tell(discord, { kind: "connected" }),
    onDisconnected: () => tell(discord, { kind: "disconnected" }),
    onRefused: (code, detail) =>
      tell(discord, { kind: "refused", method: "gateway", code: String(code), detail }),
    inspect: (t, d) => {
      if (!options.inspector) return;
      const faults = options.inspector.dispatch(t, JSON.parse(JSON.stringify(d)));
      if (faults.length > 0) onMistake(t, faults.join("; "));
    },
  });
  // A fault of the sandbox itself must not pass for Discord's behaviour.
  const onMistake = (method: string, what: string): void =>
    tell(discord, { kind: "refused", method, code: "500", detail: `the local Discord is broken: ${what}` });
  const discord: Discord = {
    guild,
    gateway,
    timezone: options.timezone ?? "Europe/Madrid",
    filesUrl: () => `http://127.0.0.1:${port}/attachments`,
    watchers: new Set(),
    files: new Map(),
  };
  const modals = new Modals(discord);
  const interactions = new Interactions(discord, modals, {
    firstMs: options.interactionDeadlineMs ?? 3000,
    deferredMs: options.deferredWaitMs ?? 5000,
  });
  const commands = new Commands();
  const router = new Router();
  const content = !(disallowedIntents & Intent.messageContent);
  const context: RestContext = {
    discord,
    content,
    nonces: new Map(),
    oldEdits: options.oldEdits ?? null,
    editing: new Map(),
    activeThreads: options.activeThreads ?? 1000,
  };
  guildRoutes(router, discord, { disallowedIntents, gatewayUrl, sessions: () => gateway.sessions });
  commandRoutes(router, discord, commands);
  messageRoutes(router, context);
  threadRoutes(router, context);
  interactionRoutes(router, discord, interactions);

  const troubles = new Troubles<RestTrouble>();
  const rest = {
    router,
    token,
    files: discord.files,
    fault: (method: string, pattern: string) =>
      troubles.next((each) => (each.method ?? method) === method && (each.route ?? pattern) === pattern)
        ?.fault ?? null,
    inspector: options.inspector ?? null,
    pace: options.pace ? new Pace(options.pace) : null,
    onRefused: (method: string, refusal: Refusal) => tell(discord, refusedHappening(method, refusal)),
    onMistake,
  };
  const server = createServer((request, response) => {
    answer(rest, request, response).catch((error: unknown) => {
      // A caller that went away is no fault.
      if (request.destroyed && !request.complete) return;
      onMistake(
        `${request.method} ${request.url}`,
        (error instanceof Error ? error.stack : undefined) ?? String(error),
      );
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  server.keepAliveTimeout = 60_000;
  gateway.attach(server);
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(0, "127.0.0.1", listening);
  });
  port = (server.address() as AddressInfo).port;
  return driver(
    discord,
    { interactions, modals, commands },
    {
      token,
      port,
      troubles,
      close: () => closeServer(server, gateway),
    },
  );
}

async function closeServer(server: ReturnType<typeof createServer>, gateway: Gateway): Promise<void> {
  gateway.stop();
  const closed = new Promise<void>((done) => server.close(() => done()));
  server.closeAllConnections();
  await closed;
}
