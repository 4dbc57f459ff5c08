// A local Discord that the real discord.js connects to: REST v10 and the gateway on one loopback port.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { WorldClock } from "../world.ts";
import { driver, type LocalDiscord } from "./driver.ts";
import type { Refusal } from "./errors.ts";
import { Gateway, Intent } from "./gateway.ts";
import { answer, type Fault, refusedHappening } from "./http.ts";
import { Interactions } from "./interactions.ts";
import { Modals } from "./modals.ts";
import { type Discord, tell } from "./posting.ts";
import { Router } from "./router.ts";
import { Commands, commandRoutes, guildRoutes } from "./routes-guild.ts";
import { interactionRoutes } from "./routes-interactions.ts";
import { messageRoutes, type RestContext } from "./routes-messages.ts";
import { threadRoutes } from "./routes-threads.ts";
import { Guild } from "./state.ts";
import { guildCreateJson, memberChunks, readyJson } from "./welcome.ts";

export type { LocalDiscord, LocalDiscordChannel } from "./driver.ts";
export type { Fault } from "./http.ts";
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
  /** Asked before each REST call, with the documented route, e.g. `/channels/:channel/messages`. */
  fault?: (method: string, route: string) => Fault | null;
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
    url: gatewayUrl,
    ready: (session) => readyJson(discord, session, { url: gatewayUrl(), disallowedIntents }),
    welcome: (session) => [{ t: "GUILD_CREATE", d: guildCreateJson(discord, session) }],
    members: (request, session) => memberChunks(discord, request, session),
    onConnected: () => tell(discord, { kind: "connected" }),
    onDisconnected: () => tell(discord, { kind: "disconnected" }),
    onRefused: (code, detail) =>
      tell(discord, { kind: "refused", method: "gateway", code: String(code), detail }),
  });
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
  const context: RestContext = { discord, content, nonces: new Map() };
  guildRoutes(router, discord, { disallowedIntents, gatewayUrl });
  commandRoutes(router, discord, commands);
  messageRoutes(router, context);
  threadRoutes(router, context);
  interactionRoutes(router, discord, interactions);

  const planned: { count: number; fault: Fault; method?: string; route?: string }[] = [];
  const plannedFault = (method: string, route: string): Fault | null => {
    const at = planned.findIndex(
      (each) => (each.method ?? method) === method && (each.route ?? route) === route,
    );
    const hit = planned[at];
    if (!hit) return options.fault?.(method, route) ?? null;
    hit.count -= 1;
    if (hit.count <= 0) planned.splice(at, 1);
    return hit.fault;
  };
  const rest = {
    router,
    token,
    files: discord.files,
    fault: plannedFault,
    onRefused: (method: string, refusal: Refusal) => tell(discord, refusedHappening(method, refusal)),
  };
  const server = createServer((request, response) => {
    answer(rest, request, response).catch((error: unknown) => {
      // A fault of the sandbox itself must not pass for Discord's behaviour. (A caller that went away is none.)
      if (request.destroyed && !request.complete) return;
      const detail = `the local Discord is broken: ${error instanceof Error ? error.stack : String(error)}`;
      tell(discord, { kind: "refused", method: `${request.method} ${request.url}`, code: "500", detail });
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
      planned,
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
