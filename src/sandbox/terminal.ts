// The conversation as it happens, for somebody who watches: both platforms in one stream.
import pc from "picocolors";
import type { SandboxClock } from "./clock.ts";
import { cardNumber, changesOf, partsOf } from "./terminal/card.ts";
import { cells, clean, paragraphs, set, type Word, words } from "./terminal/text.ts";
import type { Happening, LocalPlatform, ShownControl, ShownMessage, ShownModal } from "./world.ts";

/** Who and where, by id, as the reader is to know them. */
export interface Directory {
  people: ReadonlyMap<string, { name: string; about?: string }>;
  channels: ReadonlyMap<string, string>;
}

export interface TerminalOptions {
  clock: Pick<SandboxClock, "now">;
  /** IANA zone of the times at the left. */
  timezone: string;
  color: boolean;
  /** Columns; asked anew for each line, since windows change. */
  width: () => number;
  write: (text: string) => void;
}

/** What the terminal needs of a platform. */
export type Watched = Pick<LocalPlatform, "name" | "botUser" | "observe">;

export interface Terminal {
  /** Prints everything that happens on the platform from now on; returns the way to stop. */
  attach(platform: Watched, directory: Directory): () => void;
  chapter(title: string): void;
  /** One line of the story: what is going to be seen. */
  step(text: string): void;
  /** What somebody does that leaves no message: presses a button, types a command. */
  act(platform: LocalPlatform["name"], text: string): void;
  /** Text of the sandbox itself, set to the width. `**bold**` is bold. */
  say(text: string): void;
  /** Something that should not be overlooked. */
  warn(text: string): void;
}

/** Longer lines are tiring to read, whatever the window. */
const WIDEST = 110;
const TAGS = { slack: "Slack", discord: "Discord" } as const;
/** The first line of a longer text that looks like its heading: short, and without an end. */
const isHeading = (title: string, rest: readonly string[]): boolean =>
  rest.length > 0 && /^\p{Lu}.{0,60}[^.!?:;…”"\s]$/u.test(title) && !title.includes(". ");
const EMOJI: Readonly<Record<string, string>> = { eyes: "👀", ticket: "🎫", white_check_mark: "✅" };

export function createTerminal(options: TerminalOptions): Terminal {
  const { clock, write } = options;
  const color = pc.createColors(options.color);
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: options.timezone, timeStyle: "short" });
  const day = new Intl.DateTimeFormat("en-GB", {
    timeZone: options.timezone,
    weekday: "long",
    day: "numeric",
    month: "long",
  });
  const edge = { slack: color.magenta, discord: color.blue };
  let shownDay = "";

  const width = () => Math.min(Math.max(40, Math.floor(options.width()) || 80), WIDEST);
  const line = (text = "") => write(`${text}\n`);

  function today(): void {
    const now = day.format(clock.now());
    if (now === shownDay) return;
    shownDay = now;
    line();
    line(color.dim(`      ${now}`));
  }

  /** A block with the time and the platform's coloured edge at its left. */
  function block(platform: LocalPlatform["name"], head: readonly Word[], body: readonly string[]): void {
    today();
    const bar = edge[platform]("│");
    const tag: Word = { text: TAGS[platform], paint: edge[platform] };
    const [first = "", ...more] = set([tag, ...head], width() - 8);
    line(`${color.dim(time.format(clock.now()))} ${bar} ${first}`);
    for (const each of [...more, ...body]) line(each === "" ? `      ${bar}` : `      ${bar} ${each}`);
  }

  /** `own`: by the bot, whose messages are made of parts. What people wrote stays in the lines they wrote. */
  function bodyOf(text: string, own: boolean): string[] {
    const room = width() - 8;
    if (!own) return paragraphs(text, room);
    const card = cardNumber(text) !== null;
    return partsOf(clean(text).trimEnd()).flatMap((part, index) => {
      if (part.kind === "fields") {
        const all = part.fields.flatMap(({ label, value }, at) =>
          fieldWords(label, value, at < part.fields.length - 1 ? " ·" : "", room),
        );
        return set(all, room);
      }
      const [title = "", ...rest] = part.text.split("\n");
      if (index > 0 || !(card || isHeading(title, rest))) return paragraphs(part.text, room);
      return [
        ...set(words(title, color.bold), room),
        ...(rest.length ? paragraphs(rest.join("\n"), room) : []),
      ];
    });
  }

  /** A short label and value stay on one line. */
  function fieldWords(label: string, value: string, after: string, room: number): Word[] {
    const whole = `${label}${label && " "}${value}${after}`;
    if (cells(whole) > room / 2) return [...words(label, color.dim), ...words(value + after)];
    return [
      { text: whole, paint: (text) => color.dim(text.slice(0, label.length)) + text.slice(label.length) },
    ];
  }

  function controls(shown: readonly ShownControl[]): string[] {
    const all = shown.map((control): Word => {
      const label = clean(control.selected ?? control.label);
      return { text: control.kind === "button" ? `[${label}]` : `[${label} ▾]`, paint: color.cyan };
    });
    return all.length > 0 ? set(all, width() - 8) : [];
  }

  function attach(platform: Watched, directory: Directory): () => void {
    const { name, botUser } = platform;
    const texts = new Map<string, string>();
    const channel = (id: string) => `#${directory.channels.get(id) ?? "?"}`;
    const nameOf = (id: string) => clean(directory.people.get(id)?.name ?? (id === botUser ? "Siempre" : id));
    const first = (id: string) => nameOf(id).split(" ")[0] ?? "";

    function who(message: ShownMessage): Word[] {
      const { id, name: given, bot } = message.author;
      if (id === botUser) return words(clean(given) || "Siempre", color.green);
      const about = directory.people.get(id)?.about;
      const named = words(clean(given), color.bold);
      return about && !bot ? [...named, ...words(`(${about})`, color.dim)] : named;
    }

    function where(message: ShownMessage): Word[] {
      if (message.direct !== null) {
        return message.author.id === botUser
          ? words(`to ${first(message.direct)}, privately`, color.yellow)
          : words("privately to Siempre", color.yellow);
      }
      const place = words(`${channel(message.channel)}${message.thread === null ? "" : ", in the thread"}`);
      return message.onlyFor === null
        ? place
        : [...place, ...words(`· only ${first(message.onlyFor)} sees this`, color.yellow)];
    }

    function posted(message: ShownMessage): void {
      texts.set(message.id, message.text);
      // Discord writes a line of its own when a thread is started; what is said in the thread follows.
      if (message.text.startsWith("started a thread:")) return;
      const own = message.author.id === botUser;
      const files = message.files.map((file) => `[file: ${clean(file)}]`);
      block(
        name,
        [...where(message), { text: "·", paint: color.dim }, ...who(message)],
        [...(message.text === "" ? [] : bodyOf(message.text, own)), ...files, ...controls(message.controls)],
      );
    }

    function edited(message: ShownMessage): void {
      const before = texts.get(message.id);
      texts.set(message.id, message.text);
      if (before === undefined) posted(message);
      if (before === undefined || before === message.text) return;
      const place = [...where(message), { text: "·", paint: color.dim }];
      if (message.author.id !== botUser) {
        block(name, [...place, ...who(message), ...words("edits:")], bodyOf(message.text, false));
        return;
      }
      const number = cardNumber(message.text);
      const changes = changesOf(clean(before), clean(message.text));
      if (changes.length === 0) return;
      const told = changes.flatMap(({ label, value }, index) =>
        fieldWords(label, value, index < changes.length - 1 ? " ·" : "", width() - 8),
      );
      const what = number === null ? "updated:" : `card ${number} updated:`;
      block(name, [...place, ...words(what, color.green), ...told], []);
    }

    function form(person: string, modal: ShownModal): void {
      const head = [
        ...words(`only ${first(person)} sees this`, color.yellow),
        { text: "·", paint: color.dim },
      ];
      const errors = Object.entries(modal.errors);
      if (errors.length > 0) {
        const body = errors.flatMap(([, text]) => paragraphs(text, width() - 8));
        block(name, [...head, ...words("the form answers:")], body);
        return;
      }
      const fields = modal.fields.flatMap(({ label, value }) =>
        set([...words(`${clean(label)}:`, color.dim), ...words(clean(value) || "…")], width() - 8),
      );
      const title = words(`a form, “${clean(modal.title)}”`);
      block(name, [...head, ...title], [...fields, color.cyan(`[${clean(modal.submit)}]`)]);
    }

    return platform.observe((happening: Happening) => {
      switch (happening.kind) {
        case "posted":
          return posted(happening.message);
        case "edited":
          return edited(happening.message);
        case "deleted": {
          texts.delete(happening.message.id);
          const { message } = happening;
          return block(name, [...where(message), ...who(message), ...words("deletes a message")], []);
        }
        case "reacted": {
          const emoji =
            EMOJI[happening.emoji] ??
            (/^[\w+-]+$/.test(happening.emoji) ? `:${happening.emoji}:` : happening.emoji);
          const does = happening.added ? `puts ${emoji} on it` : `takes ${emoji} back`;
          const by = words(first(happening.by), happening.by === botUser ? color.green : color.bold);
          return block(name, [...words(`${channel(happening.channel)} ·`), ...by, ...words(does)], []);
        }
        case "modal":
          return form(happening.person, happening.modal);
        case "modal_closed":
          return;
        case "refused": {
          const { method, code, detail } = happening;
          return block(name, words(`refuses ${method}: ${code} ${clean(detail)}`, color.red), []);
        }
        case "connected":
        case "disconnected":
          return;
        default:
          happening satisfies never;
      }
    });
  }

  return {
    attach,
    chapter(title) {
      const head = `── ${title} `;
      line();
      line(color.bold(head + "─".repeat(Math.max(2, width() - cells(head)))));
    },
    step(text) {
      line();
      const lines = set(words(text, color.italic), width() - 2);
      for (const [index, each] of lines.entries()) line(`${index === 0 ? color.yellow("▸") : " "} ${each}`);
    },
    act(platform, text) {
      block(platform, words(text, color.cyan), []);
    },
    say(text) {
      for (const each of paragraphs(text, width())) {
        line(each.replace(/\*\*([^*]+)\*\*/g, (_, bold: string) => color.bold(bold)));
      }
    },
    warn(text) {
      for (const each of paragraphs(text, width() - 2)) line(`${color.red("!")} ${each}`);
    },
  };
}
