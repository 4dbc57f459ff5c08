// The Discord adapter: one bot, many guilds, through discord.js. See README.md for what is degraded and how.
import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  GatewayDispatchEvents as Dispatch,
  Events,
  Options,
  REST,
  RESTEvents,
  Routes,
} from "discord.js";
import type { Clock } from "../../clock.ts";
import { SiempreError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { Inbound, Platform } from "../platform.ts";
import { Api, restOptions } from "./api.ts";
import { Atlas } from "./atlas.ts";
import { commands } from "./commands.ts";
import { Directory } from "./directory.ts";
import { fault, finalClose } from "./faults.ts";
import { History } from "./history.ts";
import * as limits from "./limits.ts";
import { atlasEvents, heardEvents, intents, sum } from "./needs.ts";
import { Outbound } from "./outbound.ts";
import { readySchema } from "./payloads.ts";
import { Places } from "./places.ts";
import { Receiver } from "./receiver.ts";

export interface DiscordOptions {
  token: string;
  /** `https://discord.com/api`, or another server that speaks the same. */
  apiUrl: string;
  clock: Clock;
  log: Log;
  /** Requests a second Discord lets this bot make; default 50. More for very large bots, and against a local server. */
  requestsPerSecond?: number;
}

/** Every cache of the SDK that may be switched off is, and threads are swept: what we need to remember is in the atlas. */
const noCaches = Options.cacheWithLimits({
  ApplicationCommandManager: 0,
  ApplicationEmojiManager: 0,
  AutoModerationRuleManager: 0,
  BaseGuildEmojiManager: 0,
  DMMessageManager: 0,
  EntitlementManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildForumThreadManager: 0,
  GuildInviteManager: 0,
  GuildMemberManager: 0,
  GuildMessageManager: 0,
  GuildScheduledEventManager: 0,
  GuildStickerManager: 0,
  GuildTextThreadManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadManager: 0,
  ThreadMemberManager: 0,
  UserManager: 0,
  VoiceStateManager: 0,
});

/** A bot on Discord. It can be started again after a start that failed, or after it was stopped. */
export function createDiscord(options: DiscordOptions): Platform {
  const { token, clock } = options;
  const log = options.log.child({ platform: "discord" });
  // Apart from the client's own REST, which forgets its token when the client ends.
  const rest = new REST(restOptions(options)).setToken(token);
  // Ten thousand refusals in ten minutes, and Discord bans the address for a while.
  rest.on(RESTEvents.InvalidRequestWarning, ({ count, remainingTime }) =>
    log.warn({ count, remainingTime }, "Discord refuses many requests"),
  );
  const api = new Api(rest);
  const atlas = new Atlas();
  const places = new Places(api, atlas, clock);
  const history = new History(api, atlas, places);
  const outbound = new Outbound(api, atlas, places);
  const directory = new Directory(api, atlas, clock);
  let running: { client: Client; receiver: Receiver } | null = null;

  return {
    name: "discord",
    capabilities: {
      slashInThreads: true,
      ephemeralAnytime: false,
      formsStayOpen: false,
      textMode: "manual",
      repostAfterDays: limits.REPOST_AFTER_DAYS,
    },

    async start(inbound) {
      const client = newClient(options);
      const receiver = new Receiver({ api, atlas, places, history, inbound, clock, log });
      running = { client, receiver };
      listen(client, atlas, receiver, inbound, log);
      client.ws.on(Dispatch.Ready, () => {
        outbound.sessionSince = clock.now();
      });
      try {
        const application = await connect(client, token);
        const route = Routes.applicationCommands(application);
        await api.call("put", route, "registering the commands", { body: commands() });
      } catch (error) {
        // Whoever starts again must not hear everything twice.
        await client.destroy();
        throw error;
      }
      log.info({ guilds: atlas.guilds.size }, "Discord is connected");
      // What was said while we were away was told to nobody: a session lives in memory only.
      inbound.gap();
    },

    async stop() {
      if (!running) return;
      const { client, receiver } = running;
      running = null;
      const patience = Promise.withResolvers<void>();
      const timer = setTimeout(patience.resolve, limits.STOP_WITHIN_MS);
      await Promise.race([receiver.close(), patience.promise]);
      clearTimeout(timer);
      await client.destroy();
    },

    workspaces: async () => directory.workspaces(),
    channels: (workspace) => directory.channels(workspace),
    // GET /users/@me/channels answers a bot with an empty list, and nothing else names them.
    directs: async () => [],
    profile: (workspace, person) => directory.profile(workspace, person),
    canRead: (workspace, channel, person) => directory.canRead(workspace, channel, person),
    history: (workspace, channel, since, threads, signal) =>
      history.since(workspace, channel, since, threads, signal),
    message: (where) => history.message(where),
    ensure: (request) => outbound.ensure(request),
    react: (where, emoji, on) => outbound.react(where, emoji, on),
    remove: (post) => outbound.remove(post),
    async link(where) {
      if (where.message === "") return null;
      const channel = await places.holding(where);
      return `https://discord.com/channels/${where.workspace}/${channel}/${where.message}`;
    },
  };
}

function newClient(options: DiscordOptions): Client {
  return new Client({
    intents: Number(sum(intents)),
    shards: "auto",
    makeCache: noCaches,
    allowedMentions: { parse: [] },
    waitGuildTimeout: limits.GUILDS_WITHIN_MS,
    // It keeps an active thread for ever and an archived one for hours, and its cache of channels may not be bounded.
    sweepers: { threads: { interval: limits.SWEEP_THREADS_S, filter: () => () => true } },
    rest: restOptions(options),
  });
}

function listen(client: Client, atlas: Atlas, receiver: Receiver, inbound: Inbound, log: Log): void {
  const begun = new Set<number>();
  client.ws.on(Dispatch.Ready, (raw: unknown, shard: number) => {
    const ready = readySchema.safeParse(raw).data;
    if (ready) atlas.self = ready.user.id;
    // A second READY is a new session: what happened in between is replayed by nobody.
    if (begun.has(shard)) {
      log.info("Discord gave a new session; history will be read");
      inbound.gap();
    }
    begun.add(shard);
  });
  for (const name of heardEvents) client.ws.on(name, (raw: unknown) => receiver.take(name, raw));
  for (const name of atlasEvents) client.ws.on(name, (raw: unknown) => atlas.apply(name, raw));
  client.on(Events.Error, (error) => log.warn({ err: error }, "discord.js reported a failure"));
  client.on(Events.ShardError, (error) => log.warn({ err: error }, "The connection to Discord failed"));
  client.on(Events.ShardReconnecting, () => log.info("Connecting to Discord again"));
  client.on(Events.ShardDisconnect, ({ code }) => {
    const final = finalClose(code);
    if (final) log.error({ err: final }, final.message);
  });
}

/** Resolves with the application's id when every guild is known. Rejects with a sentence that says what to do. */
async function connect(client: Client, token: string): Promise<string> {
  let closedWith: number | null = null;
  client.on(Events.ShardDisconnect, ({ code }) => {
    closedWith = code;
  });
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () =>
      late.reject(
        new SiempreError(
          "platform_unavailable",
          "Discord did not accept the connection in time. It will be tried again.",
        ),
      ),
    limits.START_WITHIN_MS,
  );
  try {
    await Promise.race([client.login(token).then(() => ready), late.promise]);
    if (client.application) return client.application.id;
    throw new SiempreError("platform_unavailable", "Discord did not say which application this is.");
  } catch (error) {
    const final = closedWith === null ? null : finalClose(closedWith);
    if (final) throw final;
    if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) {
      throw finalClose(4004) ?? error;
    }
    throw fault(error, "connecting");
  } finally {
    clearTimeout(timer);
  }
}
