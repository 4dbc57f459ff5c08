// A platform in memory. It passes the same contract as the adapters of the real ones, and fails on request.
import { isDeepStrictEqual } from "node:util";
import type { ChannelInfo, ChatEvent, MessageEvent } from "../../src/domain/events.ts";
import type { Instant, MessageRef } from "../../src/domain/words.ts";
import { SiempreError } from "../../src/errors.ts";
import type {
  Capabilities,
  EnsureRequest,
  Inbound,
  Platform,
  PostRef,
  Profile,
  Target,
  Workspace,
} from "../../src/platforms/platform.ts";
import type { WorldClock } from "../../src/sandbox/world.ts";
import { type Kept, type Like, Room } from "./room.ts";
import { FakeWorld } from "./world.ts";

/** A failure to come. `after`: the platform did what was asked and only its answer is lost. */
export interface PlannedFailure {
  error: SiempreError;
  after: boolean;
}

export class FakePlatform implements Platform {
  readonly name: string;
  readonly capabilities: Capabilities;
  readonly world: FakeWorld;
  private readonly room: Room;
  private readonly failures: PlannedFailure[] = [];
  /** What this process has posted: the memory a restart loses. */
  private readonly posted = new Map<string, string>();

  constructor(world: FakeWorld) {
    this.world = world;
    this.room = world.room;
    this.name = world.room.platform;
    this.capabilities = {
      slashInThreads: world.name === "discord",
      ephemeralAnytime: world.name === "slack",
      formsStayOpen: world.name === "slack",
      textMode: world.name === "slack" ? "every" : "manual",
      repostAfterDays: world.name === "discord" ? 1 : null,
    };
  }

  /** The next post, update, reaction or removal fails with `error`; call again for more. */
  failNext(error: SiempreError, options: { after?: boolean } = {}): void {
    this.failures.push({ error, after: options.after ?? false });
  }

  /** The next `times` writes are told to wait. */
  limitNext(times: number, retryAfterMs: number): void {
    for (let count = 0; count < times; count++) {
      this.failNext(new SiempreError("platform_rate_limited", "The fake asks to wait.", { retryAfterMs }));
    }
  }

  async start(inbound: Inbound): Promise<void> {
    this.world.connect(inbound);
  }

  async stop(): Promise<void> {
    await this.world.disconnect();
  }

  async workspaces(): Promise<readonly Workspace[]> {
    return [{ id: this.room.workspace, name: "Fake" }];
  }

  async directs(): Promise<readonly string[]> {
    return [];
  }

  async channels(workspace: string): Promise<readonly ChannelInfo[]> {
    this.mine(workspace);
    return [...this.room.channels.values()]
      .filter((channel) => !channel.private || channel.bot !== false)
      .map((channel) => ({
        platform: this.name,
        workspace,
        channel: channel.id,
        name: channel.name,
        kind: channel.kind,
        private: channel.private,
        shared: this.world.name === "discord" && !channel.private,
        member: channel.bot !== false,
      }));
  }

  async profile(workspace: string, person: string): Promise<Profile | null> {
    this.mine(workspace);
    const found = this.room.people.get(person);
    if (!found) return null;
    const slack = this.world.name === "slack";
    const lang = found.locale?.slice(0, 2);
    return {
      ...this.room.author(person),
      timezone: slack ? (found.timezone ?? null) : null,
      lang: slack && (lang === "en" || lang === "es") ? lang : null,
      groups: (found.groups ?? []).flatMap((group) => [`G-${group}`, group]),
      admin: found.admin === true,
    };
  }

  async canRead(workspace: string, channel: string, person: string): Promise<boolean> {
    this.mine(workspace);
    return this.room.canRead(channel, person);
  }

  async *history(
    workspace: string,
    channel: string,
    since: Instant,
    threads: readonly string[],
  ): AsyncIterable<ChatEvent> {
    this.mine(workspace);
    this.place(channel);
    const rootAt = (thread: string) => this.room.kept.get(thread)?.at ?? Number.NEGATIVE_INFINITY;
    for (const message of [...this.room.kept.values()]) {
      if (message.channel !== channel || message.deleted || message.at < since) continue;
      if (!this.world.heard(message)) continue;
      const { thread } = message;
      if (thread !== null && !threads.includes(thread) && rootAt(thread) < since) continue;
      yield this.room.event(message);
      if (message.editedAt === null) continue;
      const { where, author, text } = this.room.event(message);
      yield { kind: "edited", where, at: message.editedAt, author, text };
    }
  }

  async message(where: MessageRef): Promise<MessageEvent | null> {
    const kept = this.found(where);
    return kept && this.world.heard(kept) ? this.room.event(kept) : null;
  }

  async ensure(request: EnsureRequest): Promise<PostRef> {
    return await this.write(() => this.posting(request));
  }

  private posting(request: EnsureRequest): PostRef {
    const { target, card, key, known } = request;
    if (key.length > 200) throw new SiempreError("platform_invalid", "The key is longer than 200.", { key });
    this.mine(target.workspace);
    const place = this.target(target);
    const earlier =
      this.standing(known?.message) ??
      this.standing(this.posted.get(`${place.channel} ${place.thread} ${key}`)) ??
      (request.suspect ? this.search(place, key) : null);
    if (earlier) {
      if (!isDeepStrictEqual(earlier.card, card)) {
        earlier.card = card;
        earlier.editedAt = this.room.clock.now();
        this.world.tell({ kind: "edited", message: this.room.shown(earlier, earlier.direct) });
      }
      return this.post(earlier);
    }
    const files = card.file
      ? [{ name: card.file.name, mime: card.file.mime, bytes: card.file.bytes.length }]
      : [];
    const kept = this.room.keep({ ...place, author: this.room.botUser, card, key, files });
    this.posted.set(`${place.channel} ${place.thread} ${key}`, kept.id);
    this.world.tell({ kind: "posted", message: this.room.shown(kept, kept.direct) });
    return this.post(kept);
  }

  async react(where: MessageRef, emoji: string, on: boolean): Promise<void> {
    await this.write(() => {
      const kept = this.found(where);
      if (!kept) throw new SiempreError("platform_gone", "The message is gone.", { message: where.message });
      this.world.mark(kept, this.room.botUser, emoji, on);
    });
  }

  async remove(post: PostRef): Promise<void> {
    await this.write(() => {
      this.mine(post.workspace);
      const kept = this.standing(post.message);
      if (!kept) return;
      kept.deleted = true;
      this.world.tell({ kind: "deleted", message: this.room.shown(kept) });
    });
  }

  async link(where: MessageRef): Promise<string | null> {
    return this.found(where)
      ? `https://fake.invalid/${where.workspace}/${where.channel}/${where.message}`
      : null;
  }

  private async write<T>(work: () => T): Promise<T> {
    const failure = this.failures.shift();
    if (failure && !failure.after) throw failure.error;
    const done = work();
    if (failure) throw failure.error;
    return done;
  }

  private target(
    target: Target,
  ): Pick<Kept, "channel" | "thread" | "direct"> & Partial<Pick<Kept, "onlyFor">> {
    switch (target.kind) {
      case "channel":
        return { channel: this.place(target.channel), thread: null, direct: null };
      case "thread": {
        const channel = this.place(target.channel);
        const root = this.room.kept.get(target.root);
        const answered = [...this.room.kept.values()].some((one) => one.thread === target.root);
        if (!root || root.channel !== channel || (root.deleted && !answered)) {
          throw new SiempreError("platform_gone", "The message to answer is gone.", { root: target.root });
        }
        return { channel, thread: target.root, direct: null };
      }
      case "only":
        if (this.capabilities.ephemeralAnytime && this.room.canRead(target.channel, target.person))
          return { ...target, direct: null, onlyFor: target.person };
        return this.target({ kind: "direct", workspace: target.workspace, person: target.person });
      case "direct": {
        const person = this.room.people.get(target.person);
        if (!person)
          throw new SiempreError("platform_gone", "There is no such person.", { person: target.person });
        if (person.directClosed === true) {
          throw new SiempreError("platform_direct_closed", `${person.name} takes no direct messages.`, {
            person: person.id,
          });
        }
        return { channel: `D-${person.id}`, thread: null, direct: person.id };
      }
      default:
        return target satisfies never;
    }
  }

  private place(channel: string): string {
    const found = this.room.channels.get(channel);
    if (!found || (found.private && found.bot === false)) {
      throw new SiempreError("platform_gone", "There is no such channel.", { channel });
    }
    if (found.bot === false) {
      throw new SiempreError("platform_forbidden", "The bot is not in the channel: invite it.", { channel });
    }
    return channel;
  }

  private search(place: { channel: string; thread: string | null }, key: string): Kept | null {
    for (const one of this.room.kept.values()) {
      const here = one.channel === place.channel && one.thread === place.thread;
      if (here && one.key === key && !one.deleted) return one;
    }
    return null;
  }

  private standing(message: string | undefined): Kept | null {
    const kept = message === undefined ? undefined : this.room.kept.get(message);
    return kept && !kept.deleted && kept.author === this.room.botUser ? kept : null;
  }

  private found(where: MessageRef): Kept | null {
    this.mine(where.workspace);
    const kept = this.room.kept.get(where.message);
    return kept && !kept.deleted && kept.channel === where.channel ? kept : null;
  }

  private post(kept: Kept): PostRef {
    return { workspace: this.room.workspace, channel: kept.channel, message: kept.id, at: kept.at };
  }

  /** Nothing is read or changed across workspaces. */
  private mine(workspace: string): void {
    if (workspace !== this.room.workspace) {
      throw new SiempreError("platform_gone", "The bot is not in this workspace.", { workspace });
    }
  }
}

/** A fake with its world. `platform` is the name in every reference; the clock moves only when told to. */
export function createFake(
  like: Like,
  clock: WorldClock,
  platform = "fake",
): { platform: FakePlatform; world: FakeWorld } {
  const world = new FakeWorld(new Room(like, platform, clock));
  return { platform: new FakePlatform(world), world };
}
