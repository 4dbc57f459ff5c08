// A small town for journeys: one platform with a support desk, the real bot on it, and a clock moved by hand.
import { Temporal } from "temporal-polyfill";
import { type Bot, startBot } from "../../src/bot.ts";
import type { Clock } from "../../src/clock.ts";
import { createLog } from "../../src/log.ts";
import type { Answer } from "../../src/messages/card.ts";
import { createPager } from "../../src/paging/pager.ts";
import { createPagers, endOf } from "../../src/paging/pagers.ts";
import { createDiscord } from "../../src/platforms/discord/index.ts";
import type { Platform } from "../../src/platforms/platform.ts";
import { createSlack } from "../../src/platforms/slack/index.ts";
import { readPolicy } from "../../src/policy-file.ts";
import { createManualClock } from "../../src/sandbox/clock.ts";
import type { LocalSlackOptions } from "../../src/sandbox/slack/server.ts";
import type { Happening, LocalPerson, LocalPlatform, ShownMessage } from "../../src/sandbox/world.ts";
import { startStrictSlack } from "../platforms/slack/strict.ts";
import { startStrictDiscord } from "../sandbox/discord-strict/strict.ts";
import { freshDatabase } from "./database.ts";
import { inhabit, policyFor } from "./inhabitants.ts";
import { createUnheard } from "./unheard.ts";

export type PlatformName = "slack" | "discord";

export interface TownOptions {
  /** Epoch ms; default Tuesday 24 November 2026, 10:00 in Madrid. */
  start?: number;
  /** Appended to, or replacing parts of, the policy. YAML. */
  policy?: string;
  /** More of the team, as lines that are not indented. YAML. */
  team?: (person: Town["person"]) => string;
  /** What wakes people on call. */
  pager?: { url: string; secret: string };
  /** What wakes those of a team whose policy names it, by that name. */
  pagers?: Readonly<Record<string, { url: string; secret: string }>>;
  live?: boolean;
  /** Customers can read the team's channel. */
  publicTeam?: boolean;
  /** More channels customers write in, all of the one team. Mode and live as in the policy; a forum only on Discord. */
  channels?: readonly {
    name: string;
    kind?: "text" | "forum";
    mode?: "every" | "mention" | "manual";
    live?: boolean;
    /** To whom its requests are given. YAML, on one line. */
    assign?: (person: Town["person"]) => string;
  }[];
  /** People besides Ana and Marc who can read the team channel. */
  guests?: readonly (keyof Town["person"])[];
  /** Asked before every call the bot makes of the local Slack; the local Discord takes faults at any time (`failNext`). */
  slackFault?: LocalSlackOptions["fault"];
  /** false: the policy names no staff, so whoever can read the team channel is. */
  namesStaff?: boolean;
}

export interface Town {
  name: PlatformName;
  world: LocalPlatform;
  clock: ReturnType<typeof createManualClock>;
  bot: Bot;
  databaseUrl: string;
  /** Channel ids by name. */
  channel: { help: string; team: string; leads: string };
  /** Person ids by name. */
  person: Record<"ana" | "marc" | "marta" | "olmo" | "hugo" | "robot", string>;
  /** Waits until `find` gives something; fails after 20 s of real time with what was waited for. */
  until<T>(what: string, find: () => T | null | undefined | false): Promise<T>;
  /** Everything said and decided so far has been delivered. */
  settled(): Promise<void>;
  /** The bot's wall clock is set so far back, against everybody else's; 0: it is right again. */
  behind(minutes: number): void;
  /** Moves the clock, looks at what fell due, and waits for its delivery. */
  pass(minutes: number): Promise<void>;
  /** The same up to a time on the wall in Madrid, `2026-11-24 11:30`. */
  passTo(time: string): Promise<void>;
  /** The cards of requests as the team sees them, oldest first. */
  cards(): readonly ShownMessage[];
  /** The card that shows these words, waited for. Call it again to see the card as it is then. */
  card(words: string): Promise<ShownMessage>;
  /** What the bot said in the customers' channel (default `help`), oldest first. */
  said(channel?: string): readonly ShownMessage[];
  /** What the bot said in the thread of a message, oldest first. */
  under(message: string): readonly ShownMessage[];
  /** Direct and ephemeral messages of the bot to a person. */
  privately(person: string): readonly ShownMessage[];
  /** A person who was not here before; a customer unless the policy says otherwise. Resolves to their id. */
  newcomer(name: string, more?: Partial<Omit<LocalPerson, "id" | "name">>): string;
  /** The id of one of `options.channels`. */
  place(name: string): string;
  /** Lets somebody act, and gives the text that they alone were shown for it. */
  answerTo(person: string, act: () => Promise<void>): Promise<string>;
  /** An act as no button of theirs would send it, straight to the application: what stands between people is the gate. */
  forged(person: string, act: string, args: Readonly<Record<string, string>>): Promise<Answer>;
  /** `eyes` or `ticket` as this platform's people see and type it. */
  emoji(name: "eyes" | "ticket"): string;
  refusals: Extract<Happening, { kind: "refused" }>[];
  /** Stops the bot and starts it again on the same database and platform. */
  restart(options?: {
    kill?: boolean;
    meanwhile?: () => Promise<void>;
    /** Another end of the policy file. */
    policy?: string;
  }): Promise<void>;
  close(): Promise<void>;
}

/** Epoch ms of a time on the wall in Madrid, `2026-11-24 11:30`. */
export function madrid(time: string): number {
  return Temporal.PlainDateTime.from(time.replace(" ", "T")).toZonedDateTime("Europe/Madrid")
    .epochMilliseconds;
}

const MADRID_TUESDAY_10 = Date.UTC(2026, 10, 24, 9, 0);

export async function makeTown(name: PlatformName, options: TownOptions = {}): Promise<Town> {
  const clock = createManualClock(options.start ?? MADRID_TUESDAY_10);
  let behind = 0;
  const botClock: Clock = {
    now: () => clock.now() - behind,
    until: (instant, signal) => clock.until(instant + behind, signal),
  };
  const world = await (name === "slack"
    ? startStrictSlack({ clock, speed: 1000, ...(options.slackFault ? { fault: options.slackFault } : {}) })
    : // Old messages' budget of edits mends itself in real time, which a clock moved by hand does not have.
      startStrictDiscord({ clock, oldEdits: { count: 8, perMs: 100 } }));
  const { id, person, channel, places } = inhabit(name, world, options);
  let newcomers = 0;
  let forgeries = 0;
  const { url } = await freshDatabase();
  let policy = readPolicy(policyFor(person, options), "journey.yaml");
  const lines: string[] = [];
  const log = createLog("debug", { write: (line) => void lines.push(line) });
  const refusals: Town["refusals"] = [];
  let happened = 0;
  const waiting = new Set<() => void>();
  const unheard = createUnheard();
  world.observe((happening) => {
    happened += 1;
    unheard.expect(happening, world.botUser);
    if (happening.kind === "refused" && !isQuestion(happening)) refusals.push(happening);
    for (const look of [...waiting]) look();
  });

  const connect = (): Platform =>
    unheard.listening(
      name === "slack"
        ? createSlack({
            botToken: world.tokens.bot,
            appToken: world.tokens.app ?? "",
            apiUrl: world.apiUrl,
            clock: botClock,
            log,
            speed: 1000,
          })
        : createDiscord({ token: world.tokens.bot, apiUrl: world.apiUrl, clock: botClock, log }),
    );
  const wall = () => performance.timeOrigin + performance.now();
  const pagerAt = (its: { url: string; secret: string }) =>
    createPager({ ...its, shape: "plain", key: null, wall, timeout: 1_500 });
  const start = () =>
    startBot({
      databaseUrl: url,
      policy,
      platforms: [connect()],
      pagers: createPagers(
        options.pager ? pagerAt(options.pager) : null,
        new Map(Object.entries(options.pagers ?? {}).map(([name, its]) => [endOf(name), pagerAt(its)])),
      ),
      clock: botClock,
      wall,
      log,
    });
  let bot = await start();
  unheard.runs(true);
  // The first look is over before the clock is moved: it sees the day the bot arrived, however slow the machine.
  await bot.sweep.once();

  async function until<T>(what: string, find: () => T | null | undefined | false): Promise<T> {
    const found = find();
    if (found) return found;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(look);
        const tail = lines.slice(-15).join("");
        reject(new Error(`waited for: ${what}\nshown:\n${all().join("\n")}\nlog:\n${tail}`));
      }, 20_000);
      const look = () => {
        const value = find();
        if (!value) return;
        clearTimeout(timer);
        waiting.delete(look);
        resolve(value);
      };
      waiting.add(look);
    });
  }

  const all = () => [
    ...[channel.help, channel.team, channel.leads, ...places.values()].flatMap((place) =>
      world
        .messages(place)
        .map((message) => `${place} ${message.thread ?? ""} ${message.author.name}: ${message.text}`),
    ),
    ...Object.values(person).flatMap((who) =>
      town.privately(who).map((message) => `-> ${who} ${message.author.name}: ${message.text}`),
    ),
  ];

  /** What the queue still holds, for the message of a test that failed. */
  async function held(): Promise<string> {
    const rows = await bot.app.context.db.$queryRaw<{ held: string }[]>`
      SELECT concat_ws(' ', state, 'tried', retry_count, 'output', output, data::text) AS held
      FROM pgboss.job WHERE name = 'deliver' AND state < 'completed'`;
    return rows.map((row) => row.held).join("\n");
  }

  /** Quiet: everything said was heard, nothing is under way in the application or waiting in the queue, twice in a row. */
  async function settled(): Promise<void> {
    const deadline = performance.now() + 30_000;
    for (let quiet = 0; quiet < 2; ) {
      await unheard.none();
      await bot.app.idle();
      const before = happened;
      const pending = await bot.pending();
      quiet = pending === 0 && before === happened ? quiet + 1 : 0;
      if (performance.now() > deadline)
        throw new Error(`never settled: ${await held()}\n${lines.slice(-20).join("")}`);
      if (quiet < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  const town: Town = {
    name,
    world,
    clock,
    get bot() {
      return bot;
    },
    databaseUrl: url,
    channel,
    person,
    until,
    settled,
    behind(minutes) {
      behind = minutes * 60_000;
    },
    async pass(minutes) {
      await settled();
      clock.advance(minutes * 60_000);
      await bot.sweep.once();
      await settled();
    },
    async passTo(time) {
      const instant = madrid(time);
      if (instant < clock.now())
        throw new Error(`${time} has passed: it is ${new Date(clock.now()).toISOString()}`);
      await town.pass((instant - clock.now()) / 60_000);
    },
    cards: () => world.messages(channel.team).filter((message) => message.author.id === world.botUser),
    card: (words) =>
      until(`a card that says "${words}"`, () => town.cards().find((card) => card.text.includes(words))),
    said: (place = channel.help) =>
      world.messages(place).filter((message) => message.author.id === world.botUser),
    under: (message) =>
      [channel.help, ...places.values()]
        .flatMap((place) => town.said(place))
        .filter((said) => said.thread === message),
    newcomer(called, more = {}) {
      newcomers += 1;
      const who = id(`U0NEW${newcomers}`, String(100000000000001000n + BigInt(newcomers)));
      world.addPerson({ timezone: "Europe/Madrid", locale: "en-US", ...more, id: who, name: called });
      return who;
    },
    place(called) {
      const found = places.get(called);
      if (!found) throw new Error(`there is no channel "${called}"; name it in the options of the town`);
      return found;
    },
    async answerTo(who, act) {
      const before = new Set(town.privately(who).map((message) => message.id));
      await act();
      const shown = await until(`an answer to ${who}`, () =>
        town.privately(who).find((message) => message.onlyFor === who && !before.has(message.id)),
      );
      return shown.text;
    },
    forged(who, act, args) {
      const { workspace } = world;
      forgeries += 1;
      return bot.app.act({
        kind: "act",
        id: `forged-${forgeries}`,
        at: clock.now(),
        by: {
          ...{ platform: name, workspace, id: who, name: "", company: null },
          ...{ bot: false, external: false, fresh: false },
        },
        lang: "en",
        surface: "button",
        act,
        args,
        where: { platform: name, workspace, channel: channel.team, thread: null, message: "" },
        target: null,
      });
    },
    privately: (who) =>
      world
        .seenBy(who)
        .filter(
          (message) =>
            message.author.id === world.botUser && (message.direct === who || message.onlyFor === who),
        ),
    emoji: (short) => (name === "slack" ? short : { eyes: "👀", ticket: "🎫" }[short]),
    refusals,
    async restart({ meanwhile, policy: other } = {}) {
      unheard.runs(false);
      await bot.stop();
      if (other !== undefined)
        policy = readPolicy(policyFor(person, { ...options, policy: other }), "journey.yaml");
      await meanwhile?.();
      bot = await start();
      unheard.runs(true);
    },
    async close() {
      await bot.stop();
      await world.stop();
      // What the platform refused, the bot did wrong. A test that provokes it takes it out of the list.
      if (refusals.length > 0) throw new Error(`${name} refused the bot: ${JSON.stringify(refusals)}`);
    },
  };
  return town;
}

/** Asking Discord for a channel is how one learns that a message has no thread: "unknown" is then the answer. */
function isQuestion({ method, code }: Town["refusals"][number]): boolean {
  return method === "GET /channels/:channel" && code === "10003";
}
