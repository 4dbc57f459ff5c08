// The people's side of the fake: the same driver interface as the local Slack and the local Discord.

import { acts } from "../../src/acts/catalogue.ts";
import { parseTyped } from "../../src/acts/slash.ts";
import type {
  LocalChannel,
  LocalFile,
  LocalPerson,
  LocalPlatform,
  ShownMessage,
  ShownModal,
} from "../../src/sandbox/world.ts";
import { Line } from "./line.ts";
import type { Kept, Room } from "./room.ts";
import { controlsOf } from "./show.ts";

/** People of Discord use the character. */
const shortNames: Readonly<Record<string, string>> = { "👀": "eyes", "🎫": "ticket" };

export class FakeWorld extends Line implements LocalPlatform {
  readonly name: "slack" | "discord";
  readonly workspace: string;
  readonly botUser: string;
  readonly apiUrl = "https://fake.invalid/api/";
  readonly tokens = { bot: "fake-bot", app: null };

  constructor(room: Room) {
    super(room);
    this.name = room.like;
    this.workspace = room.workspace;
    this.botUser = room.botUser;
  }

  // — the people —

  addPerson(person: LocalPerson): void {
    this.room.people.set(person.id, person);
  }

  addChannel(channel: LocalChannel): void {
    if (channel.kind === "forum" && this.name === "slack") throw new Error("Slack has no forum channels.");
    this.room.channels.set(channel.id, channel);
  }

  async say(
    person: string,
    channel: string,
    text: string,
    options: { thread?: string; replyTo?: string; files?: readonly LocalFile[]; title?: string } = {},
  ): Promise<string> {
    this.room.person(person);
    this.room.channel(channel);
    if (!this.room.canRead(channel, person)) throw new Error(`${person} cannot write in ${channel}.`);
    const message = this.room.keep({
      channel,
      author: person,
      text,
      thread: options.thread ?? null,
      replyTo: this.name === "discord" ? (options.replyTo ?? null) : null,
      title: options.title ?? null,
      files: (options.files ?? []).map(({ name, mime, bytes }) => ({ name, mime, bytes: bytes.length })),
    });
    this.tell({ kind: "posted", message: this.room.shown(message) });
    if (this.heard(message)) await this.deliver(this.room.event(message));
    return message.id;
  }

  async edit(person: string, channel: string, message: string, text: string): Promise<void> {
    const kept = this.own(person, channel, message);
    const same = kept.text === text;
    kept.text = text;
    kept.editedAt = this.room.clock.now();
    this.tell({ kind: "edited", message: this.room.shown(kept) });
    if (same || !this.heard(kept)) return;
    await this.deliver({
      kind: "edited",
      where: this.room.ref(kept),
      at: kept.editedAt,
      author: this.room.author(person),
      text: this.room.read(text).text,
    });
  }

  async remove(person: string, channel: string, message: string): Promise<void> {
    const kept = this.here(channel, message);
    if (kept.author !== person && this.room.person(person).admin !== true && person !== this.botUser) {
      throw new Error(`${person} may not delete the message ${message} of ${kept.author}.`);
    }
    kept.deleted = true;
    this.tell({ kind: "deleted", message: this.room.shown(kept) });
    if (!this.heard(kept)) return;
    await this.deliver({ kind: "deleted", where: this.room.ref(kept), at: this.room.clock.now() });
  }

  async react(person: string, channel: string, message: string, shown: string, added = true): Promise<void> {
    const emoji = shortNames[shown] ?? shown;
    const kept = this.here(channel, message);
    if (!this.mark(kept, person, emoji, added) || person === this.botUser) return;
    await this.deliver({
      kind: "reaction",
      where: this.room.ref(kept),
      at: this.room.clock.now(),
      by: this.room.author(person),
      emoji,
      added,
      target: emoji === "ticket" && this.heard(kept) ? this.room.event(kept) : null,
    });
  }

  /** Adds or removes a reaction; false when it was so already. */
  mark(kept: Kept, by: string, emoji: string, added: boolean): boolean {
    const people = kept.reactions.get(emoji) ?? new Set<string>();
    if (people.has(by) === added) return false;
    if (added) people.add(by);
    else people.delete(by);
    if (people.size > 0) kept.reactions.set(emoji, people);
    else kept.reactions.delete(emoji);
    this.tell({ kind: "reacted", channel: kept.channel, message: kept.id, by, emoji, added });
    return true;
  }

  async press(person: string, message: string, label: string): Promise<void> {
    const kept = this.visible(person, message);
    const wanted = label.toLowerCase();
    const button = controlsOf(kept.card ?? { blocks: [], summary: "" }).find(
      (item) => "label" in item && item.label.toLowerCase().includes(wanted),
    );
    if (!button || !("label" in button)) throw new Error(`There is no button "${label}" on ${message}.`);
    if (button.url !== undefined) return;
    await this.interact(person, "button", button.act, button.args, kept);
  }

  async choose(person: string, message: string, option: string): Promise<void> {
    const kept = this.visible(person, message);
    for (const item of controlsOf(kept.card ?? { blocks: [], summary: "" })) {
      if ("label" in item) continue;
      const value =
        item.of === "people"
          ? this.room.people.has(option)
            ? option
            : undefined
          : item.options.find((one) => one.label === option || one.value === option)?.value;
      if (value === undefined) continue;
      return await this.interact(person, "menu", item.act, { ...item.args, [item.choice]: value }, kept);
    }
    throw new Error(`No menu on ${message} offers "${option}".`);
  }

  async slash(
    person: string,
    channel: string,
    text: string,
    options: { thread?: string } = {},
  ): Promise<void> {
    if (options.thread !== undefined && this.name === "slack") {
      throw new Error("Slack takes no slash commands in threads.");
    }
    const [command = "", ...rest] = text.split(" ");
    const typed = parseTyped(command, rest.join(" "));
    const act = typed.ok ? typed.act.name : "usage";
    const args = typed.ok ? typed.args : { command: typed.command };
    await this.interact(person, "slash", act, args, null, { channel, thread: options.thread ?? null });
  }

  async shortcut(person: string, channel: string, message: string, name: string): Promise<void> {
    const act = acts.find((one) => one.shortcut?.en === name || one.shortcut?.es === name);
    if (!act) throw new Error(`There is no message shortcut "${name}".`);
    await this.interact(person, "shortcut", act.name, {}, this.here(channel, message));
  }

  modal(person: string): ShownModal | null {
    return this.modals.get(person)?.shown ?? null;
  }

  async submit(person: string, values: Readonly<Record<string, string>>): Promise<void> {
    const open = this.modals.get(person);
    if (!open) throw new Error(`${person} has no form open.`);
    const args: Record<string, string> = { ...open.modal.args };
    for (const field of open.modal.fields) {
      const value = values[field.name] ?? values[field.label] ?? field.value ?? "";
      if (field.required && value === "") throw new Error(`The form wants "${field.label}".`);
      args[field.name] = value.slice(0, field.max);
    }
    const place = { channel: open.channel, thread: open.from?.thread ?? null };
    await this.interact(person, "modal", open.modal.act, args, open.from, place);
  }

  async dismiss(person: string): Promise<void> {
    if (this.modals.delete(person)) this.tell({ kind: "modal_closed", person });
  }

  // — what is there —

  seenBy(person: string): readonly ShownMessage[] {
    return [...this.room.kept.values()]
      .filter((message) => this.room.isSeenBy(message, person))
      .map((message) => this.room.shown(message, person));
  }

  messages(channel: string): readonly ShownMessage[] {
    return [...this.room.kept.values()]
      .filter((message) => message.channel === channel && !message.deleted && message.onlyFor === null)
      .map((message) => this.room.shown(message));
  }

  find(message: string): ShownMessage | null {
    const kept = this.room.kept.get(message);
    return kept ? this.room.shown(kept, kept.onlyFor ?? kept.direct) : null;
  }

  /** Something the platform writes by itself: a join, a new topic. No message of anybody. */
  noise(person: string, channel: string, text: string): void {
    const message = this.room.keep({ channel, author: person, text, system: true });
    this.tell({ kind: "posted", message: this.room.shown(message) });
  }

  async stop(): Promise<void> {
    await this.disconnect();
  }

  private here(channel: string, message: string): Kept {
    const kept = this.room.kept.get(message);
    if (!kept || kept.deleted || kept.channel !== channel) {
      throw new Error(`There is no message ${message} in ${channel}.`);
    }
    return kept;
  }

  private own(person: string, channel: string, message: string): Kept {
    const kept = this.here(channel, message);
    if (kept.author !== person) throw new Error(`${person} did not write ${message}.`);
    return kept;
  }

  private visible(person: string, message: string): Kept {
    const kept = this.room.kept.get(message);
    if (!kept || !this.room.isSeenBy(kept, person)) throw new Error(`${person} cannot see ${message}.`);
    return kept;
  }
}
