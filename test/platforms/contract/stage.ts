// The scene every test of the contract plays on: one support desk, the same people and channels on every platform.
import { afterEach, expect, test } from "vitest";
import type { MessageRef } from "../../../src/domain/words.ts";
import type { Card } from "../../../src/messages/card.ts";
import type { EnsureRequest, Platform, PostRef, Target } from "../../../src/platforms/platform.ts";
import { snowflakeAt } from "../../../src/sandbox/discord/snowflake.ts";
import type { LocalPlatform, ShownMessage } from "../../../src/sandbox/world.ts";
import { Heard } from "./heard.ts";

/** Something a platform writes by itself; it must never become an event. */
export interface Noise {
  what: string;
  make(world: LocalPlatform, channel: string, person: string, message: string): Promise<void>;
}

export interface Made {
  platform: Platform;
  /** Empty but for the bot. */
  world: LocalPlatform;
  /** Stops the server; the contract stops the platform. */
  stop(): Promise<void>;
  /** One more adapter on the same world: the bot after a restart, with nothing remembered. */
  again(): Promise<Platform>;
  noise?: readonly Noise[];
}

export type Make = () => Promise<Made>;

/** Discord ids tell their age: accounts of early 2020 are nobody's new accounts. */
const LONG_AGO = Date.UTC(2020, 1, 1);

export class Stage {
  platform: Platform;
  readonly world: LocalPlatform;
  readonly noise: readonly Noise[];
  readonly heard = new Heard();
  readonly workspace: string;
  /** Codes of what the platform refused the bot. */
  readonly refused: string[] = [];
  readonly marta: string;
  readonly ana: string;
  readonly luis: string;
  readonly pager: string;
  readonly closed: string;
  readonly help: string;
  readonly team: string;
  readonly forum: string;
  readonly nowhere: string;
  readonly nobody: string;
  private readonly made: Made;
  private running = false;

  constructor(made: Made) {
    this.platform = made.platform;
    this.world = made.world;
    this.noise = made.noise ?? [];
    this.made = made;
    this.workspace = made.world.workspace;
    const id = (letter: string, name: string, n: number) =>
      made.world.name === "slack" ? `${letter}0${name}` : snowflakeAt(LONG_AGO, n);
    this.marta = id("U", "MARTA", 1);
    this.ana = id("U", "ANA", 2);
    this.luis = id("U", "LUIS", 3);
    this.pager = id("U", "PAGER", 4);
    this.closed = id("U", "CLOSED", 5);
    this.help = id("C", "HELP", 11);
    this.team = id("C", "TEAM", 12);
    this.forum = id("C", "FORUM", 13);
    this.nowhere = id("C", "NOWHERE", 14);
    this.nobody = id("U", "NOBODY", 15);
    made.world.observe((happening) => {
      if (happening.kind === "refused") {
        this.refused.push(`${happening.method}: ${happening.code} (${happening.detail})`);
      }
    });
  }

  get forums(): boolean {
    return this.world.name === "discord";
  }

  async start(): Promise<void> {
    const { world } = this;
    world.addPerson({ id: this.marta, name: "Marta", timezone: "Europe/Madrid", locale: "es-ES" });
    world.addPerson({
      id: this.ana,
      name: "Ana",
      timezone: "Europe/Madrid",
      locale: "en-US",
      groups: ["support"],
    });
    world.addPerson({ id: this.luis, name: "Luis", admin: true });
    world.addPerson({ id: this.pager, name: "Pager", bot: true });
    world.addPerson({ id: this.closed, name: "Closed", directClosed: true });
    world.addChannel({ id: this.help, name: "help", kind: "text", private: false });
    world.addChannel({
      id: this.team,
      name: "team",
      kind: "text",
      private: true,
      members: [this.ana, this.luis],
    });
    if (this.forums) world.addChannel({ id: this.forum, name: "ideas", kind: "forum", private: false });
    await this.platform.start(this.heard);
    this.running = true;
  }

  async stopPlatform(): Promise<void> {
    this.running = false;
    await this.platform.stop();
  }

  /** The bot stops and comes back as another process would: what it remembered is lost. */
  async restart(): Promise<void> {
    if (this.running) await this.stopPlatform();
    this.platform = await this.made.again();
    await this.platform.start(this.heard);
    this.running = true;
  }

  async close(): Promise<void> {
    try {
      if (this.running) await this.stopPlatform();
    } finally {
      await this.made.stop();
    }
  }

  /** How people of this platform name an emoji. */
  emoji(name: "eyes" | "ticket"): string {
    if (this.world.name === "slack") return name;
    return name === "eyes" ? "👀" : "🎫";
  }

  /** Who has put that emoji on a message. */
  marks(message: string, name: "eyes" | "ticket"): readonly string[] {
    const { reactions } = this.shown(message);
    return reactions[name] ?? reactions[name === "eyes" ? "👀" : "🎫"] ?? [];
  }

  ref(channel: string, message: string, thread: string | null = null): MessageRef {
    return { platform: this.platform.name, workspace: this.workspace, channel, thread, message };
  }

  shown(message: string): ShownMessage {
    const found = this.world.find(message);
    if (!found) throw new Error(`Nobody can see the message ${message}.`);
    return found;
  }

  inChannel(channel: string): Target {
    return { kind: "channel", workspace: this.workspace, channel };
  }

  inThread(channel: string, root: string, title = "Your question"): Target {
    return { kind: "thread", workspace: this.workspace, channel, root, title };
  }

  toPerson(person: string): Target {
    return { kind: "direct", workspace: this.workspace, person };
  }

  toOnly(person: string, channel: string, thread: string | null = null): Target {
    return { kind: "only", workspace: this.workspace, channel, thread, person };
  }

  /** Posts once more or anew; what is not said is as in a first try. */
  async ensure(target: Target, card: Card, more: Partial<EnsureRequest> = {}): Promise<PostRef> {
    return await this.platform.ensure({
      target,
      card,
      lang: "en",
      key: "contract:one",
      known: null,
      suspect: false,
      ...more,
    });
  }

  /** Nothing the bot has posted in a channel besides `expected`. */
  ownPosts(channel: string): string[] {
    return this.world
      .messages(channel)
      .filter((message) => message.author.id === this.world.botUser && message.text !== "")
      .map((message) => message.id);
  }

  /** Whether the platform may have refused something in this test: it was provoked. */
  refusalsAreMeant = false;
}

/** A card of one line. */
export function line(text: string): Card {
  return { blocks: [{ kind: "text", text: [text] }], summary: text };
}

/** Declares tests that each play on a fresh stage; a refusal by the platform that a test did not provoke fails it. */
export function scenes(make: Make): (title: string, play: (stage: Stage) => Promise<void>) => void {
  let open: Stage | null = null;
  afterEach(async () => {
    const stage = open;
    open = null;
    await stage?.close();
  });
  return (title, play) => {
    test(title, async () => {
      const stage = new Stage(await make());
      open = stage;
      await stage.start();
      await play(stage);
      if (!stage.refusalsAreMeant) expect(stage.refused).toEqual([]);
    });
  };
}
