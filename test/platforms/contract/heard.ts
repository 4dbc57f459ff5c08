// The bot's end of a platform, as the contract plays it: remembers what it is told, answers as told, fails as told.
import type { ActCall, ChatEvent, MessageEvent } from "../../../src/domain/events.ts";
import type { Answer } from "../../../src/messages/card.ts";
import type { Inbound } from "../../../src/platforms/platform.ts";

/** How long something may take to arrive, ms. Reconnecting is the slowest: the Slack SDK takes about 5 s. */
const PATIENCE = 20_000;

export class Heard implements Inbound {
  /** Events that were taken; what was rejected is not in here. */
  readonly events: ChatEvent[] = [];
  readonly rejected: ChatEvent[] = [];
  readonly acts: ActCall[] = [];
  gaps = 0;
  /** Called with every event before it is taken; throwing means that it was not committed. */
  take: (event: ChatEvent) => void | Promise<void> = () => {};
  answer: (call: ActCall) => Answer | Promise<Answer> = () => ({ kind: "nothing" });
  private readonly waiting = new Set<() => void>();

  async event(event: ChatEvent): Promise<void> {
    try {
      await this.take(event);
    } catch (error) {
      this.rejected.push(event);
      this.wake();
      throw error;
    }
    this.events.push(event);
    this.wake();
  }

  async act(call: ActCall): Promise<Answer> {
    this.acts.push(call);
    this.wake();
    return await this.answer(call);
  }

  gap(): void {
    this.gaps += 1;
    this.wake();
  }

  /** Resolves with the first value `find` gives; fails with what was heard instead. */
  async until<T>(what: string, find: () => T | undefined | null | false): Promise<T> {
    return await new Promise<T>((resolve, reject) => {
      const look = () => {
        const found = find();
        if (found === undefined || found === null || found === false) return;
        done();
        resolve(found);
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error(`${what} did not come. Heard: ${JSON.stringify(this.summary(), null, 1)}`));
      }, PATIENCE);
      // Not everything announces itself (what a server shows does not), so also look now and then.
      const often = setInterval(look, 10);
      const done = () => {
        clearTimeout(timer);
        clearInterval(often);
        this.waiting.delete(look);
      };
      this.waiting.add(look);
      look();
    });
  }

  /** The message event of that id. */
  async message(id: string): Promise<MessageEvent> {
    return await this.until(`The message ${id}`, () =>
      this.messages().find((event) => event.where.message === id),
    );
  }

  async of<Kind extends ChatEvent["kind"]>(
    kind: Kind,
    id: string,
  ): Promise<Extract<ChatEvent, { kind: Kind }>> {
    return await this.until(`"${kind}" of ${id}`, () =>
      this.events.find(
        (event): event is Extract<ChatEvent, { kind: Kind }> =>
          event.kind === kind && event.where.message === id,
      ),
    );
  }

  /** The `nth` act call, counted from 1. */
  async call(nth = 1): Promise<ActCall> {
    return await this.until(`Act call ${nth}`, () => this.acts[nth - 1]);
  }

  messages(): MessageEvent[] {
    return this.events.filter((event) => event.kind === "message");
  }

  private summary(): unknown {
    const { events, rejected, acts, gaps } = this;
    return { events, rejected: rejected.length, acts, gaps };
  }

  private wake(): void {
    for (const look of [...this.waiting]) look();
  }
}
