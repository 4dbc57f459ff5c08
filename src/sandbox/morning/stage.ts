// Plays a story step by step: people act, and each step waits for what it expects to see, never for a while and hope.
import type { FastClock } from "../clock.ts";
import type { Terminal } from "../terminal.ts";
import type { Happening, LocalPlatform, ShownMessage } from "../world.ts";

/** What a step expected and did not see. */
class Missed extends Error {}

/** What has happened since the step began, oldest first. */
export interface News {
  posted: readonly ShownMessage[];
  edited: readonly ShownMessage[];
  reacted: readonly Extract<Happening, { kind: "reacted" }>[];
}

/** Where a message of the bot is looked for. */
export interface Place {
  channel?: string;
  thread?: string;
  /** The person it was sent to. */
  direct?: string;
  /** The person who alone sees it. */
  onlyFor?: string;
}

export interface StageOptions {
  platforms: readonly LocalPlatform[];
  clock: FastClock;
  terminal: Terminal;
  /** Factor of the pauses for reading: 1 for people, 0 for tests. */
  pace: number;
  /** How long a step waits for what it expects, real ms. */
  patience: number;
  /** Ends the story after the step that is being played. */
  stopping: AbortSignal;
}

export interface Stage {
  readonly clock: FastClock;
  readonly missed: readonly string[];
  chapter(title: string, play: () => Promise<void>): Promise<void>;
  /** Announces, plays, and goes on even when something that was expected did not come. */
  step(text: string, play: () => Promise<void>): Promise<void>;
  /** Waits until `find` gives something, looking again whenever something happens. `what` completes "waited for …". */
  expect<T>(what: string, find: (news: News) => T | null | undefined): Promise<T>;
  /** A new message of the bot in that place that contains all these words. */
  message(what: string, at: Place, ...words: readonly string[]): Promise<ShownMessage>;
  /** A message that is changed so that it contains these words, or contains them already. */
  changed(what: string, message: ShownMessage, ...words: readonly string[]): Promise<ShownMessage>;
  /** Somebody presses a button. */
  press(
    on: LocalPlatform,
    person: { id: string; name: string },
    message: ShownMessage,
    label: string,
  ): Promise<void>;
  /** Somebody chooses a person in a menu of people. */
  choose(
    on: LocalPlatform,
    person: { id: string; name: string },
    message: ShownMessage,
    whom: { id: string; name: string },
  ): Promise<void>;
  /** Somebody closes the form before them, waited for. */
  dismiss(on: LocalPlatform, person: { id: string; name: string }): Promise<void>;
  /** Somebody fills the form before them and sends it; `told` says what they did. */
  submit(
    on: LocalPlatform,
    person: { id: string; name: string },
    values: Readonly<Record<string, string>>,
    told: string,
  ): Promise<void>;
  slash(
    on: LocalPlatform,
    person: { id: string; name: string },
    channel: { id: string },
    text: string,
    /** How it reads on the screen, where mentions have names. */
    shown?: string,
  ): Promise<void>;
  /** Time to read; `weight` 1 is a line or two. */
  pause(weight?: number): Promise<void>;
}

/** What a step needs and an earlier one should have brought. */
export function need<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null)
    throw new Missed(`${what} (an earlier step should have brought it)`);
  return value;
}

const first = (person: { name: string }) => person.name.split(" ")[0] ?? person.name;
/** A pause for reading a line or two, real ms. */
const BREATH = 230;
/** After this many misses nobody is patient any more: the bot is not there. */
const PATIENT_FOR = 3;

export function createStage(options: StageOptions): Stage {
  const { clock, terminal, pace, stopping } = options;
  const missed: string[] = [];
  const bots = new Set(options.platforms.map(({ botUser }) => botUser));
  const lookers = new Set<() => void>();
  let news: { posted: ShownMessage[]; edited: ShownMessage[]; reacted: News["reacted"][number][] };
  const forget = () => {
    news = { posted: [], edited: [], reacted: [] };
  };
  news = { posted: [], edited: [], reacted: [] };
  for (const platform of options.platforms) {
    platform.observe((happening) => {
      if (happening.kind === "posted") news.posted.push(happening.message);
      if (happening.kind === "edited") news.edited.push(happening.message);
      if (happening.kind === "reacted") news.reacted.push(happening);
      for (const look of [...lookers]) look();
    });
  }

  /** Real time, so that people can read. Ends early when the story is to end. */
  function rest(ms: number): Promise<void> {
    if (ms <= 0 || stopping.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        stopping.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      stopping.addEventListener("abort", done);
    });
  }

  const pause = (weight = 1) => rest(BREATH * weight * pace);

  function expect<T>(what: string, find: (news: News) => T | null | undefined): Promise<T> {
    const patience = missed.length >= PATIENT_FOR ? options.patience / 5 : options.patience;
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        lookers.delete(look);
        stopping.removeEventListener("abort", stopped);
        settle();
      };
      const look = () => {
        const found = find(news);
        if (found !== null && found !== undefined) end(() => resolve(found));
      };
      const stopped = () => end(() => reject(new Missed(what)));
      const timer = setTimeout(() => end(() => reject(new Missed(what))), patience);
      lookers.add(look);
      stopping.addEventListener("abort", stopped);
      look();
    });
  }

  const has = (text: string, words: readonly string[]) => words.every((word) => text.includes(word));
  const isThere = (message: ShownMessage, at: Place) =>
    bots.has(message.author.id) &&
    (at.channel === undefined || message.channel === at.channel) &&
    (at.thread === undefined || message.thread === at.thread) &&
    message.direct === (at.direct ?? null) &&
    // What is sent to somebody privately is theirs alone, however it is sent.
    (at.direct !== undefined || message.onlyFor === (at.onlyFor ?? null));

  async function step(text: string, play: () => Promise<void>): Promise<void> {
    if (stopping.aborted) return;
    forget();
    terminal.step(text);
    await pause(2);
    try {
      await play();
    } catch (error) {
      if (stopping.aborted) return;
      const what = error instanceof Missed ? `waited for ${error.message}` : String(error);
      missed.push(`${text} (${what})`);
      terminal.warn(`This did not go as told: ${what}. The story goes on.`);
    }
    await pause(2);
  }

  return {
    clock,
    missed,
    step,
    expect,
    pause,
    async chapter(title, play) {
      if (stopping.aborted) return;
      terminal.chapter(title);
      await play();
    },
    message: (what, at, ...words) =>
      expect(what, ({ posted }) => posted.find((each) => isThere(each, at) && has(each.text, words))),
    changed: (what, message, ...words) =>
      expect(what, ({ edited }) =>
        [message, ...edited.filter((each) => each.id === message.id)]
          .toReversed()
          .slice(0, 1)
          .find((each) => has(each.text, words)),
      ),
    async press(on, person, message, label) {
      const shown = message.controls.find((each) => each.label.toLowerCase().includes(label.toLowerCase()));
      terminal.act(on.name, `${first(person)} presses [${shown?.label ?? label}]`);
      await on.press(person.id, message.id, label);
      await pause();
    },
    async choose(on, person, message, whom) {
      terminal.act(on.name, `${first(person)} chooses ${whom.name}`);
      await on.choose(person.id, message.id, whom.id);
      await pause();
    },
    async dismiss(on, person) {
      await expect(`the form before ${first(person)}`, () => on.modal(person.id));
      await pause(2);
      terminal.act(on.name, `${first(person)} closes the form`);
      await on.dismiss(person.id);
    },
    async submit(on, person, values, told) {
      await expect(`the form before ${first(person)}`, () => on.modal(person.id));
      await pause(2);
      terminal.act(on.name, told);
      await on.submit(person.id, values);
      await pause();
    },
    async slash(on, person, channel, text, shown = text) {
      terminal.act(on.name, `${first(person)} types ${shown}`);
      await on.slash(person.id, channel.id, text);
      await pause();
    },
  };
}
