// Between the fake's people and the bot: who is told what, what is under way, what the bot answered.
import { packAct } from "../../src/acts/packing.ts";
import type { ActCall, ChatEvent, Surface } from "../../src/domain/events.ts";
import type { Answer, Modal } from "../../src/messages/card.ts";
import type { Inbound } from "../../src/platforms/platform.ts";
import type { Happening, ShownModal } from "../../src/sandbox/world.ts";
import type { Kept, Room } from "./room.ts";

/** How often a rejected event comes again on a platform that redelivers (Slack: at once, after 1 and 5 minutes). */
const REDELIVERIES = 3;

interface OpenModal {
  modal: Modal;
  shown: ShownModal;
  from: Kept | null;
  channel: string;
}

export class Line {
  readonly room: Room;
  /** What the bot said when it gave up on an event for good. */
  lastRejection: unknown = null;
  protected readonly modals = new Map<string, OpenModal>();
  /** The bot, while it is connected. */
  private inbound: Inbound | null = null;
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly listeners = new Set<(happening: Happening) => void>();
  private interactions = 0;

  constructor(room: Room) {
    this.room = room;
  }

  connect(inbound: Inbound): void {
    this.inbound = inbound;
    this.tell({ kind: "connected" });
  }

  /** Nothing is delivered any more; resolves when what was under way is done. */
  async disconnect(): Promise<void> {
    this.inbound = null;
    await Promise.allSettled([...this.underWay]);
    this.tell({ kind: "disconnected" });
  }

  tell(happening: Happening): void {
    for (const listener of [...this.listeners]) listener(happening);
  }

  protected async deliver(event: ChatEvent): Promise<void> {
    const inbound = this.inbound;
    if (!inbound) return;
    await this.track(this.handOver(inbound, event));
  }

  private async handOver(inbound: Inbound, event: ChatEvent): Promise<void> {
    const tries = this.room.like === "slack" ? 1 + REDELIVERIES : 1;
    for (let tried = 0; tried < tries; tried++) {
      try {
        return await inbound.event(event);
      } catch (error) {
        // As on the real platforms, why the bot failed is the bot's to log; here it only means: not acknowledged.
        if (tried + 1 === tries) this.lastRejection = error;
      }
    }
    inbound.gap();
  }

  private async track<T>(work: Promise<T>): Promise<T> {
    this.underWay.add(work);
    try {
      return await work;
    } finally {
      this.underWay.delete(work);
    }
  }

  observe(listener: (happening: Happening) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The bot is back at once, and knows that it was away. */
  cut(): void {
    if (!this.inbound) return;
    this.tell({ kind: "disconnected" });
    this.tell({ kind: "connected" });
    this.inbound.gap();
  }

  /** Whether a message is one the bot hears of: of somebody else, in a channel it can read. */
  heard(message: Kept): boolean {
    const inChannel = this.room.canRead(message.channel, this.room.botUser);
    return inChannel && !message.system && message.author !== this.room.botUser && message.onlyFor === null;
  }

  protected async interact(
    person: string,
    surface: Surface,
    act: string,
    args: Readonly<Record<string, string>>,
    message: Kept | null,
    place: { channel: string; thread: string | null } | null = null,
  ): Promise<void> {
    const inbound = this.inbound;
    if (!inbound) throw new Error("The bot does not answer: it is not connected.");
    const { room } = this;
    const channel = message?.channel ?? place?.channel ?? "";
    const thread = message ? message.thread : (place?.thread ?? null);
    this.interactions += 1;
    const lang = room.person(person).locale?.slice(0, 2);
    // What goes over the wire is bounded; the fake refuses what Discord would.
    if (surface === "button") packAct(act, args);
    const call: ActCall = {
      kind: "act",
      id: `interaction-${this.interactions}`,
      at: room.clock.now(),
      by: room.author(person),
      lang: lang === "en" || lang === "es" ? lang : null,
      surface,
      act,
      args,
      where: {
        platform: room.platform,
        workspace: room.workspace,
        channel,
        thread,
        message: message?.id ?? "",
      },
      target: surface === "shortcut" && message && this.heard(message) ? room.event(message) : null,
    };
    const answer = await this.track(inbound.act(call));
    this.answered(person, surface, answer, { channel, thread, from: message });
  }

  private answered(
    person: string,
    surface: Surface,
    answer: Answer,
    at: { channel: string; thread: string | null; from: Kept | null },
  ): void {
    const open = this.modals.get(person);
    if (surface === "modal" && open) {
      if (answer.kind === "error") {
        open.shown = { ...open.shown, errors: { [answer.field ?? ""]: answer.text } };
        this.tell({ kind: "modal", person, modal: open.shown });
        return;
      }
      this.modals.delete(person);
      this.tell({ kind: "modal_closed", person });
    }
    if (answer.kind === "nothing") return;
    if (answer.kind === "modal") {
      const { modal } = answer;
      const fields = modal.fields.map(({ name, label, value, multiline, required }) => {
        return { name, label, value: value ?? "", multiline, required };
      });
      this.interactions += 1;
      const shown = {
        id: `form-${this.interactions}`,
        title: modal.title,
        submit: modal.submit,
        fields,
        errors: {},
      };
      this.modals.set(person, { modal, shown, from: at.from, channel: at.channel });
      this.tell({ kind: "modal", person, modal: shown });
      return;
    }
    const card = answer.kind === "card" ? answer.card : { blocks: [], summary: answer.text };
    const { channel, thread } = at;
    const direct = this.room.channels.has(channel) ? null : person;
    const message = this.room.keep({
      channel,
      thread,
      author: this.room.botUser,
      card,
      onlyFor: person,
      direct,
    });
    this.tell({ kind: "posted", message: this.room.shown(message, person) });
  }
}
