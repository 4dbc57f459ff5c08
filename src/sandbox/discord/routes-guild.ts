// The guild, its channels, members, threads; the bot itself; its commands.
import { type Command, checkCommand, checkCommands } from "./check-commands.ts";
import { FormFaults, type Json, refuse } from "./errors.ts";
import { Form } from "./form.ts";
import { Intent } from "./gateway.ts";
import type { Discord } from "./posting.ts";
import { type Call, created, type Router } from "./router.ts";
import { visibleChannel } from "./routes-messages.ts";
import { compareIds } from "./snowflake.ts";
import {
  channelJson,
  guildJson,
  memberJson,
  roleJson,
  threadJson,
  threadMemberJson,
  userJson,
} from "./wire.ts";

/** The registered commands, by their scope: "" for global, or the guild. */
export class Commands {
  readonly #byScope = new Map<string, Map<string, Command>>();

  scope(scope: string): Map<string, Command> {
    const known = this.#byScope.get(scope) ?? new Map<string, Command>();
    this.#byScope.set(scope, known);
    return known;
  }

  /** What people of the guild are offered. */
  offered(guild: string): Command[] {
    return [...this.scope(guild).values(), ...this.scope("").values()];
  }
}

export function guildRoutes(
  router: Router,
  discord: Discord,
  options: {
    disallowedIntents: number;
    gatewayUrl(): string;
    sessions(): { total: number; remaining: number };
  },
): void {
  const { guild } = discord;
  const here = (call: Call): void => {
    if (call.params.guild !== guild.guild) throw refuse.unknownGuild();
  };

  router.add("GET", "/gateway", () => ({ url: options.gatewayUrl() }));
  router.add("GET", "/gateway/bot", () => ({
    url: options.gatewayUrl(),
    shards: 1,
    session_start_limit: { ...options.sessions(), reset_after: 0, max_concurrency: 1 },
  }));
  router.add("GET", "/users/@me", () => ({
    ...userJson(guild.bot),
    mfa_enabled: false,
    locale: "en-US",
    verified: true,
    email: null,
  }));
  router.add("GET", "/users/@me/guilds", () => [
    {
      id: guild.guild,
      name: guild.name,
      icon: null,
      banner: null,
      owner: false,
      permissions: guild.guildPermissions(guild.bot).toString(),
      features: ["COMMUNITY"],
    },
  ]);
  router.add("GET", "/users/:user", (call) => {
    const user = guild.users.get(call.params.user ?? "");
    if (!user) throw refuse.unknownUser();
    return userJson(user);
  });
  const application = (): Json => applicationJson(discord, options.disallowedIntents);
  router.add("GET", "/applications/@me", application);
  router.add("GET", "/oauth2/applications/@me", application);

  router.add("GET", "/guilds/:guild", (call) => {
    here(call);
    return guildJson(guild);
  });
  router.add("GET", "/guilds/:guild/channels", (call) => {
    here(call);
    return [...guild.guildChannels()].map((channel) => channelJson(guild, channel));
  });
  router.add("GET", "/guilds/:guild/roles", (call) => {
    here(call);
    return [...guild.roles.values()].map(roleJson);
  });
  router.add("GET", "/guilds/:guild/members", (call) => {
    here(call);
    if (options.disallowedIntents & Intent.guildMembers) throw refuse.missingAccess();
    const after = call.query.get("after") ?? "0";
    const limit = Math.min(1000, Number(call.query.get("limit") ?? 1));
    return [...guild.users.values()]
      .filter((user) => user.member && compareIds(user.id, after) > 0)
      .sort((a, b) => compareIds(a.id, b.id))
      .slice(0, limit)
      .map(memberJson);
  });
  router.add("GET", "/guilds/:guild/members/:user", (call) => {
    here(call);
    const user = guild.users.get(call.params.user ?? "");
    if (!user) throw refuse.unknownUser();
    if (!user.member) throw refuse.unknownMember();
    return memberJson(user);
  });
  router.add("GET", "/guilds/:guild/threads/active", (call) => {
    here(call);
    const active = [...guild.threads()].filter(
      (channel) => !channel.thread?.archived && guild.permissions(guild.bot, channel) !== 0n,
    );
    const members = active.flatMap((channel) => {
      const joined = channel.thread?.members.get(guild.bot.id);
      return joined === undefined ? [] : [threadMemberJson(channel, guild.bot.id, joined)];
    });
    return { threads: active.map((channel) => threadJson(guild, channel)), members, has_more: false };
  });

  router.add("GET", "/channels/:channel", (call) => channelJson(guild, visibleChannel(discord, call)));
  router.add("POST", "/users/@me/channels", (call) => {
    const user = guild.users.get(String(call.body.recipient_id ?? ""));
    if (!user || user === guild.bot) throw refuse.invalidRecipient();
    return channelJson(guild, guild.directWith(user));
  });
}

export function commandRoutes(router: Router, discord: Discord, commands: Commands): void {
  const { guild } = discord;
  for (const base of [
    "/applications/:application/commands",
    "/applications/:application/guilds/:guild/commands",
  ]) {
    const scope = (call: Call): string => {
      if (call.params.application !== guild.bot.id) throw refuse.unknownApplication();
      const id = call.params.guild;
      if (id !== undefined && id !== guild.guild) throw refuse.missingAccess();
      return id ?? "";
    };
    const one = (call: Call): Command => {
      const found = commands.scope(scope(call)).get(call.params.command ?? "");
      if (!found) throw refuse.unknownCommand();
      return found;
    };
    const make = (scope: string, body: Json): Command => {
      const kept = commands.scope(scope);
      const type = typeof body.type === "number" ? body.type : 1;
      const same = [...kept.values()].find((each) => each.name === body.name && each.type === type);
      const command = commandJson(discord, scope, { ...body, type }, same?.id ?? guild.nextId());
      kept.set(command.id, command);
      return command;
    };
    router.add("GET", base, (call) => [...commands.scope(scope(call)).values()]);
    router.add("GET", `${base}/:command`, one);
    router.add("PUT", base, (call) => {
      const list = call.list ?? [];
      const place = scope(call);
      checkCommands(list);
      const before = new Map(commands.scope(place));
      const made = list.map((body) => make(place, body as Json));
      const ids = new Set(made.map(({ id }) => id));
      for (const id of before.keys()) if (!ids.has(id)) commands.scope(place).delete(id);
      return made;
    });
    router.add("POST", base, (call) => {
      const faults = new FormFaults();
      checkCommand(new Form(faults, [], call.body));
      faults.check();
      return created(make(scope(call), call.body));
    });
    router.add("PATCH", `${base}/:command`, (call) => {
      const body = { ...one(call), ...call.body };
      const faults = new FormFaults();
      checkCommand(new Form(faults, [], body));
      faults.check();
      const changed = commandJson(discord, scope(call), body, one(call).id);
      commands.scope(scope(call)).set(changed.id, changed);
      return changed;
    });
    router.add("DELETE", `${base}/:command`, (call) => {
      commands.scope(scope(call)).delete(one(call).id);
    });
  }
}

function commandJson(discord: Discord, scope: string, body: Json, id: string): Command {
  return {
    default_member_permissions: null,
    description: "",
    name_localizations: null,
    description_localizations: null,
    nsfw: false,
    contexts: null,
    integration_types: [0],
    ...body,
    id,
    application_id: discord.guild.bot.id,
    version: discord.guild.nextId(),
    ...(scope === "" ? {} : { guild_id: scope }),
  } as unknown as Command;
}

/** Flags say which privileged intents the application was granted (the "limited" ones, under 100 guilds). */
function applicationJson(discord: Discord, disallowedIntents: number): Json {
  const { bot, owner } = discord.guild;
  return {
    id: bot.id,
    name: bot.name,
    icon: null,
    description: "",
    type: null,
    bot: userJson(bot),
    bot_public: false,
    bot_require_code_grant: false,
    verify_key: "0".repeat(64),
    flags: applicationFlags(disallowedIntents),
    flags_new: String(applicationFlags(disallowedIntents)),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: userJson(owner),
    team: null,
    approximate_guild_count: 1,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    eligible_oauth2_scopes: [],
  };
}

export function applicationFlags(disallowedIntents: number): number {
  const granted = (intent: number, flag: number): number => (disallowedIntents & intent ? 0 : flag);
  return (
    granted(Intent.guildPresences, 1 << 13) |
    granted(Intent.guildMembers, 1 << 15) |
    granted(Intent.messageContent, 1 << 19)
  );
}
