// A local Slack: one workspace behind a Web API, Socket Mode and signed requests, that the vendor's own SDKs connect to over loopback.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { LocalPlatform, WorldClock } from "../world.ts";
import { type Methods, Refusal } from "./api-call.ts";
import { AppRules, type LimitOptions, type LocalApp } from "./app-rules.ts";
import { Deliveries, type Disturbance } from "./deliveries.ts";
import type { Fault } from "./faults.ts";
import { handler } from "./http.ts";
import { Interactions, type Shortcut } from "./interactions.ts";
import type { JsonObject } from "./json.ts";
import { chatMethods } from "./methods-chat.ts";
import { conversationMethods } from "./methods-conversations.ts";
import { fileMethods, viewMethods, workspaceMethods } from "./methods-workspace.ts";
import { Modals } from "./modals.ts";
import { People, type SayOptions } from "./people.ts";
import { RequestUrl } from "./request-url.ts";
import { SocketMode, type SocketTimes } from "./socket-mode.ts";
import { type Lifetimes, Surface } from "./surface.ts";
import { LocalWorkspace } from "./workspace.ts";

export interface LocalSlackOptions {
  clock: WorldClock;
  workspace?: { id: string; name: string };
  botName?: string;
  /** Zone and locale in which observers see times. Default Europe/Madrid, en-GB. */
  timezone?: string;
  locale?: string;
  /** The app's message shortcuts; without them the callback id is the name in lower case with `_` for what is no letter. */
  shortcuts?: readonly Shortcut[];
  /** Real waits of Socket Mode; default as the real Slack. */
  sockets?: Partial<SocketTimes>;
  /** Real lifetimes of triggers and response addresses; default as the real Slack. */
  lifetimes?: Partial<Lifetimes>;
  /** What the app's manifest says. What is left out is not checked. */
  app?: LocalApp;
  /** Holds the app to Slack's rate limits; default not at all. */
  rateLimits?: LimitOptions;
  /** Asked before every Web API call: a fault to meet, or null. See faults.ts. */
  fault?: (method: string) => Fault | null;
}

/** The local Slack with what only Slack has. */
export interface LocalSlack extends LocalPlatform {
  readonly name: "slack";
  readonly tokens: { bot: string; app: string };
  /** What requests are signed with. */
  readonly signingSecret: string;
  /**
   * Sets the app's request URL, for events, interactivity and commands alike, once it has echoed a challenge: from then
   * on everything is delivered there. Null turns Socket Mode on again. Rejects when the address does not answer rightly.
   */
  deliverTo(url: string | null): Promise<void>;
  /** Lets events come twice or out of order; null ends it. */
  disturb(disturbance: Disturbance | null): void;
  /** While on, nothing is delivered although every connection looks alive. */
  silence(on: boolean): void;
  /** Tells the app that it gets more events than Slack delivers (`app_rate_limited`); some of them are lost. */
  overload(): void;
  say(person: string, channel: string, text: string, options?: SayOptions): Promise<string>;
  /** Shows a link's preview on a message: a `message_changed` without an edit. */
  unfurl(message: string, link: { url: string; title: string; text: string }): void;
  /** Posts as a workflow or an old integration: `bot_message`. */
  integration(channel: string, username: string, text: string): string;
  topic(person: string, channel: string, topic: string): void;
  join(person: string, channel: string, inviter?: string): void;
  rename(channel: string, name: string): void;
  archive(channel: string, archived: boolean): void;
  removeBot(channel: string): void;
  /** Asks every connection to come again (`refresh_requested`). */
  refresh(): void;
  /** Open connections of the bot. */
  connections(): number;
  /** Events given up because nobody acknowledged them. */
  lostEvents(): number;
}

/** An event as the Events API wraps it. */
function enveloped(workspace: LocalWorkspace, event: JsonObject, shared: boolean): JsonObject {
  const id = workspace.nextId("Ev");
  const installed = { user_id: workspace.botUser, is_bot: true, is_enterprise_install: false };
  return {
    token: "local-verification-token",
    team_id: workspace.id,
    context_team_id: workspace.id,
    context_enterprise_id: null,
    api_app_id: workspace.appId,
    event,
    type: "event_callback",
    event_id: id,
    event_time: workspace.seconds(),
    authorizations: [{ enterprise_id: null, team_id: workspace.id, ...installed }],
    is_ext_shared_channel: shared,
    event_context: `4-${id}`,
  };
}

/** Starts a local Slack on a free port of 127.0.0.1. */
export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const workspace = new LocalWorkspace({
    clock: options.clock,
    id: options.workspace?.id ?? "T0LOCAL0001",
    name: options.workspace?.name ?? "Local",
    botName: options.botName ?? "Siempre",
    timezone: options.timezone ?? "Europe/Madrid",
    locale: options.locale ?? "en-GB",
  });
  const times = {
    ackTimeoutMs: 3_000,
    retryWaitsMs: [0, 60_000, 300_000],
    pingMs: 10_000,
    ...options.sockets,
  };
  const sockets = new SocketMode(times, workspace.appId, (kind) => {
    workspace.installed = true;
    workspace.announce(() => ({ kind }));
  });
  const signingSecret = "10ca1510ca1510ca1510ca1510ca1510";
  let requests: RequestUrl | null = null;
  let lostBefore = 0;
  const way = () => requests ?? sockets;
  const deliveries = new Deliveries(way);
  const rules = new AppRules(workspace, options.app ?? {}, options.rateLimits ?? null);
  const surface = new Surface(workspace, deliveries, {
    triggerMs: 3_000,
    responseUrlMs: 1_800_000,
    ...options.lifetimes,
  });
  const modals = new Modals(surface);
  const interactions = new Interactions(surface, options.shortcuts ?? null, options.app?.commands ?? null);
  const people = new People(workspace);
  const methods: Methods = {
    "apps.connections.open": () => {
      const ticket = sockets.ticket();
      if (ticket === null) throw new Refusal("too_many_websockets", "ten connections are open");
      return {
        url: `${workspace.base.replace("http", "ws")}link/?ticket=${ticket}&app_id=${workspace.appId}`,
      };
    },
    ...workspaceMethods(workspace),
    ...conversationMethods(workspace),
    ...chatMethods(workspace),
    ...viewMethods(surface, modals),
    ...fileMethods(workspace),
  };
  const server = createServer(handler({ surface, methods, rules, fault: options.fault ?? (() => null) }));
  server.keepAliveTimeout = 60_000;
  server.on("upgrade", (request, socket, head) => sockets.upgrade(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  workspace.base = `http://127.0.0.1:${port}/`;
  workspace.emit = (event, shared) => {
    if (rules.hears(event)) deliveries.event(enveloped(workspace, event, shared));
  };

  async function deliverTo(url: string | null): Promise<void> {
    const before = requests;
    if (url === null) requests = null;
    else {
      const made = new RequestUrl(url, { times, signingSecret, now: () => workspace.now() });
      await made.verify();
      requests = made;
      workspace.installed = true;
      workspace.announce(() => ({ kind: "connected" }));
    }
    lostBefore += before?.lost ?? 0;
    await before?.close();
  }

  return {
    name: "slack",
    workspace: workspace.id,
    botUser: workspace.botUser,
    apiUrl: `${workspace.base}api/`,
    tokens: workspace.tokens,
    addPerson: (person) => people.add(person),
    addChannel: (channel) => people.addChannel(channel),
    say: async (person, channel, text, how) => people.say(person, channel, text, how),
    edit: async (person, channel, message, text) => people.edit(person, channel, message, text),
    remove: async (person, channel, message) => people.remove(person, channel, message),
    react: async (person, channel, message, emoji, added = true) =>
      people.react(person, channel, message, emoji, added),
    press: (person, message, label) => interactions.press(person, message, label),
    choose: (person, message, option) => interactions.choose(person, message, option),
    slash: async (person, channel, text, how) => {
      if (how?.thread !== undefined) throw new Error("Slack has no slash commands in threads.");
      await interactions.slash(person, channel, text);
    },
    shortcut: (person, channel, message, name) => interactions.shortcut(person, channel, message, name),
    modal: (person) => modals.shown(person),
    submit: (person, values) => modals.submit(person, values),
    dismiss: (person) => modals.dismiss(person),
    seenBy: (person) => people.seenBy(person),
    messages: (channel) => people.messages(channel),
    find: (message) => people.find(message),
    observe: (listener) => workspace.observe(listener),
    cut: () => way().cut(),
    stop: async () => {
      deliveries.close();
      await requests?.close();
      await sockets.close();
      surface.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    unfurl: (message, link) => people.unfurl(message, link),
    integration: (channel, username, text) => people.integration(channel, username, text),
    topic: (person, channel, topic) => people.topic(person, channel, topic),
    join: (person, channel, inviter) => people.join(person, channel, inviter),
    rename: (channel, name) => people.rename(channel, name),
    archive: (channel, archived) => people.archive(channel, archived),
    removeBot: (channel) => people.removeBot(channel),
    refresh: () => sockets.refresh(),
    connections: () => sockets.connections,
    lostEvents: () => sockets.lost + lostBefore + (requests?.lost ?? 0),
    signingSecret,
    deliverTo,
    disturb: (disturbance) => deliveries.disturb(disturbance),
    silence: (on) => {
      way().silent = on;
    },
    overload: () =>
      deliveries.event({
        token: "local-verification-token",
        type: "app_rate_limited",
        team_id: workspace.id,
        minute_rate_limited: workspace.seconds(),
        api_app_id: workspace.appId,
      }),
  };
}
