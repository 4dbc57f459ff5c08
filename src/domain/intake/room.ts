// What a channel's last lines tell about the next one: who is there, whom they name, which words are rare, how fast it goes.
// Only what came before a line is ever in here.
import { bare, type Line, type Shape, shapeOf } from "./line.ts";

/** How many of the last lines a new one may belong to. */
export const WINDOW = 80;
const SECOND = 1_000;
/** A gap longer than this says that people slept, not how fast the channel is. */
const LONGEST_PACE_GAP = 6 * 3_600;
const PACE_SHARE = 0.05;
const FIRST_PACE = 120;
const SHORTEST_NAME = 2;

/** A line, with what the room knew when it came. */
export interface Entry {
  line: Line;
  shape: Shape;
  /** Counts lines since the room was opened. */
  at: number;
  /** Keys of people of this room it names; the first of them at its start where `toStart`. */
  names: readonly string[];
  /** It begins with the name of somebody of this room. */
  toStart: boolean;
  /** The conversation it was put in. */
  conversation: string;
  /** Opened that conversation. */
  opened: boolean;
}

export interface Person {
  lines: number;
  opened: number;
  /** Lines of others that name this person. */
  named: number;
  /** Lines that name somebody. */
  naming: number;
  last: Entry | null;
  /** The last line of somebody else that names this person. */
  lastNamedBy: Entry | null;
  partners: Map<string, number>;
}

export interface Conversation {
  id: string;
  size: number;
  first: Entry;
  last: Entry;
  /** The last line of each person in it. */
  people: Map<string, Entry>;
}

export class Room {
  readonly entries: Entry[] = [];
  readonly people = new Map<string, Person>();
  readonly conversations = new Map<string, Conversation>();
  /** Seconds between two lines, as of late. */
  pace = FIRST_PACE;
  #count = 0;
  readonly #names = new Map<string, string>();
  readonly #lines = new Map<string, number>();

  /** Reads a line against the room, and changes nothing. */
  read(line: Line): Entry {
    const shape = shapeOf(line.text);
    const names: string[] = [];
    const add = (key: string | undefined) => {
      if (key !== undefined && key !== line.author && !names.includes(key)) names.push(key);
    };
    const first = this.#names.get(shape.head);
    const toStart =
      first !== undefined && first !== line.author && (shape.addresses || shape.head.length > 3);
    if (toStart) add(first);
    for (const key of line.mentions) add(key);
    shape.tokens.forEach((token, at) => {
      if (at > 0 || toStart) add(this.#names.get(token));
    });
    return { line, shape, at: this.#count, names, toStart, conversation: "", opened: false };
  }

  /** In how many of the last lines a word stands. */
  lines(word: string): number {
    return this.#lines.get(word) ?? 0;
  }

  person(key: string): Person | undefined {
    return this.people.get(key);
  }

  /** The line is now part of what came before, in this conversation. */
  add(read: Entry, conversation: string): void {
    const known = this.conversations.get(conversation);
    const entry = { ...read, conversation, opened: known === undefined };
    const { line, shape, names } = entry;
    const before = this.entries.at(-1);
    if (before) {
      const gap = Math.min(LONGEST_PACE_GAP, Math.max(0, (line.at - before.line.at) / SECOND));
      this.pace = Math.exp((1 - PACE_SHARE) * Math.log(this.pace) + PACE_SHARE * Math.log(gap + 5));
    }
    const person = this.#know(line.author);
    person.lines += 1;
    if (entry.opened) person.opened += 1;
    if (names.length > 0) person.naming += 1;
    person.last = entry;
    for (const name of names) {
      const other = this.#know(name);
      other.named += 1;
      other.lastNamedBy = entry;
      other.partners.set(line.author, (other.partners.get(line.author) ?? 0) + 1);
      person.partners.set(name, (person.partners.get(name) ?? 0) + 1);
    }
    const handle = bare(line.name);
    if (handle.length >= SHORTEST_NAME) this.#names.set(handle, line.author);
    if (known) {
      known.size += 1;
      known.last = entry;
      known.people.set(line.author, entry);
    } else {
      const people = new Map([[line.author, entry]]);
      this.conversations.set(conversation, { id: conversation, size: 1, first: entry, last: entry, people });
    }
    for (const word of shape.topics) this.#lines.set(word, this.lines(word) + 1);
    this.entries.push(entry);
    this.#count += 1;
    if (this.entries.length > WINDOW) this.#forget();
  }

  #forget(): void {
    const gone = this.entries.shift();
    if (!gone) return;
    for (const word of gone.shape.topics) {
      const left = this.lines(word) - 1;
      if (left > 0) this.#lines.set(word, left);
      else this.#lines.delete(word);
    }
    const conversation = this.conversations.get(gone.conversation);
    if (conversation?.last === gone) this.conversations.delete(conversation.id);
  }

  #know(key: string): Person {
    const known = this.people.get(key);
    if (known) return known;
    const person: Person = {
      lines: 0,
      opened: 0,
      named: 0,
      naming: 0,
      last: null,
      lastNamedBy: null,
      partners: new Map(),
    };
    this.people.set(key, person);
    return person;
  }
}
