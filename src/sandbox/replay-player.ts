// Plays a real conversation through the local platform of its kind: the same people, channels and silences, on a fast clock.
import cliProgress from "cli-progress";
import type { FastClock } from "./clock.ts";
import { startLocalDiscord } from "./discord/server.ts";
import { type Furnished, furnish } from "./replay/furnish.ts";
import { daysWithin, pausesWithin } from "./replay/pauses.ts";
import type { Replay, ReplayMessage, Skipped } from "./replay/replay.ts";
import { startLocalSlack } from "./slack/server.ts";
import type { LocalPlatform } from "./world.ts";

export interface ReplayOptions {
  replay: Replay;
  /** The time of the bot and of the server; it should begin before the first message. */
  clock: FastClock;
  /** Whether to draw a progress bar on stderr. */
  progress: boolean;
}

export interface Played {
  /** Messages that were said. */
  said: number;
  /** Messages that were read but could not be said, and why. */
  unsaid: readonly Skipped[];
  /** The same in words for people, with what the reader skipped. */
  told: string;
}

export interface PlayOptions {
  /** Ends the replay before the next message. */
  stopping: AbortSignal;
  /** Resolves when the bot has done what there is to do now. */
  settled: () => Promise<void>;
  /** The next instant at which the bot has something to do by itself, or null. Without it, likely instants are tried. */
  due?: () => Promise<number | null>;
}

export interface ReplayRun {
  /** Where the bot connects. */
  local: LocalPlatform;
  /** YAML for the bot's policy: every channel is watched and live, whoever the replay calls staff is staff. */
  policy: string;
  /** Says everything, in order. Never throws for a message. */
  play(options: PlayOptions): Promise<Played>;
  stop(): Promise<void>;
}

/** Real ms an event needs from the server through the socket into the bot, before the bot can say that it is busy. */
const ON_THE_WAY = 3;
/** How long the clock runs on after the last word, so that what was just asked is still acknowledged. */
const AFTERWARDS = 5 * 60_000;
const NAMED = 10;
/** In one silence; after so many, what is due waits for the next pause. */
const MOST_DUES = 500;

/** Starts the local platform of the replay's kind with its people and channels. */
export async function startReplay(options: ReplayOptions): Promise<ReplayRun> {
  const { replay, clock } = options;
  const began = replay.messages[0]?.at ?? clock.now();
  const local: LocalPlatform =
    replay.platform === "slack"
      ? await startLocalSlack({ clock, workspace: { id: "T0REPLAY", name: "Replay" }, timezone: "UTC" })
      : await startLocalDiscord({
          clock,
          guild: { id: "400000000000000002", name: "Replay" },
          timezone: "UTC",
        });
  const furnished = furnish(local, replay, began);
  return {
    local,
    policy: furnished.policy,
    play: (how) => play(options, local, furnished, how),
    stop: () => local.stop(),
  };
}

async function play(
  { replay, clock, progress }: ReplayOptions,
  local: LocalPlatform,
  furnished: Furnished,
  { stopping, settled, due }: PlayOptions,
): Promise<Played> {
  const bar = new cliProgress.SingleBar(
    {
      format: "Replaying {bar} {value}/{total} messages · {day}",
      noTTYOutput: false,
      hideCursor: true,
      clearOnComplete: true,
    },
    cliProgress.Presets.shades_classic,
  );
  if (progress) bar.start(replay.messages.length, 0, { day: "" });
  const ids = new Map<string, string>();
  const unsaid: Skipped[] = [];
  let said = 0;
  let spokenUntil = clock.now();
  try {
    for (const message of replay.messages) {
      if (stopping.aborted) break;
      await passTo(message.at);
      try {
        ids.set(message.id, await say(local, furnished, ids, message));
        said += 1;
        await reached();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        unsaid.push({ place: `message ${message.id}`, reason });
      }
      spokenUntil = message.at;
      if (progress) bar.increment(1, { day: dayOf(message.at) });
    }
    if (!stopping.aborted) await passTo(clock.now() + AFTERWARDS);
  } finally {
    if (progress) bar.stop();
  }
  return { said, unsaid, told: inWords(replay, said, unsaid, spokenUntil) };

  /** Lets time pass to `instant`, stopping where something falls due, so that the bot does it then and not later. */
  async function passTo(instant: number): Promise<void> {
    const from = clock.now();
    const planned = due ? daysWithin(from, instant) : pausesWithin(from, instant);
    let dues = 0;
    for (const pause of planned) {
      for (;;) {
        const next = due && dues < MOST_DUES ? await due() : null;
        if (stopping.aborted) return;
        if (next === null || next <= clock.now() || next >= pause) break;
        dues += 1;
        clock.jumpTo(next);
        await settled();
      }
      clock.jumpTo(pause);
      await settled();
      if (stopping.aborted) return;
    }
  }

  async function reached(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ON_THE_WAY));
    await settled();
  }
}

function say(
  local: LocalPlatform,
  { person, channel, text }: Furnished,
  ids: ReadonlyMap<string, string>,
  message: ReplayMessage,
): Promise<string> {
  const thread = message.thread === null ? undefined : ids.get(message.thread);
  const replyTo = message.replyTo === null ? undefined : ids.get(message.replyTo);
  return local.say(person(message.author), channel(message.channel), text(message.text), {
    ...(thread === undefined ? {} : { thread }),
    // On Slack a reply is a thread; there the thread says it already, or nothing did.
    ...(replyTo === undefined || local.name === "slack" ? {} : { replyTo }),
    ...(message.title === undefined ? {} : { title: message.title.slice(0, 100) }),
    // Exports name files without their bytes; the bot reads no more than name and kind.
    ...(message.files.length === 0
      ? {}
      : { files: message.files.map(({ name, mime }) => ({ name, mime, bytes: new Uint8Array(1) })) }),
  });
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function inWords(replay: Replay, said: number, unsaid: readonly Skipped[], until: number): string {
  const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;
  const first = replay.messages[0];
  const span = first ? `, ${dayOf(first.at)} to ${dayOf(until)}` : "";
  const lines = [
    `Replayed ${count(said, "message", "messages")} of ${count(replay.people.length, "person", "people")} in ${count(replay.channels.length, "channel", "channels")}${span}.`,
  ];
  const lost = [...replay.skipped, ...unsaid];
  if (lost.length > 0) {
    lines.push(`${count(lost.length, "was", "were")} left out:`);
    for (const { place, reason } of lost.slice(0, NAMED)) lines.push(`  ${place}: ${reason}`);
    if (lost.length > NAMED) lines.push(`  and ${lost.length - NAMED} more`);
  }
  return lines.join("\n");
}
