// What the application has not been told of yet: a town is settled only when that is nothing.
import type { ChatEvent } from "../../src/domain/events.ts";
import type { Inbound, Platform } from "../../src/platforms/platform.ts";
import type { Happening } from "../../src/sandbox/world.ts";

/** How long the bot may take to hear what people do while it runs, live or from history, real ms: a busy machine's. */
const HEARS_WITHIN = 15_000;

/** What people did in chat that the application has not been told of yet. */
export function createUnheard() {
  const waiting = new Set<string>();
  const gone = new Set<() => void>();
  let running = false;
  const looks = () => {
    for (const look of [...gone]) look();
  };
  const forget = (event: ChatEvent) => {
    waiting.delete(`${event.kind}:${event.where.message}`);
    looks();
  };
  const expected = (happening: Happening, bot: string): string | null => {
    if (happening.kind === "posted" || happening.kind === "edited" || happening.kind === "deleted") {
      const { author, onlyFor, id } = happening.message;
      const kind = happening.kind === "posted" ? "message" : happening.kind;
      return author.id === bot || onlyFor !== null ? null : `${kind}:${id}`;
    }
    if (happening.kind !== "reacted" || happening.by === bot) return null;
    return `reaction:${happening.message}`;
  };
  return {
    expect(happening: Happening, bot: string): void {
      const key = running ? expected(happening, bot) : null;
      if (key) waiting.add(key);
    },
    /** From its start on the bot hears what is done; what is done while it is away, it reads before its start is over. */
    runs(does: boolean): void {
      running = does;
      waiting.clear();
      looks();
    },
    /** The same platform, with an ear at the door. */
    listening: (platform: Platform): Platform =>
      new Proxy(platform, {
        get(target, key) {
          if (key === "start") {
            return (inbound: Inbound) =>
              target.start({
                ...inbound,
                event: (event) => {
                  const handled = inbound.event(event);
                  forget(event);
                  return handled;
                },
              });
          }
          if (key === "history") {
            return async function* (...asked: Parameters<Platform["history"]>) {
              for await (const event of target.history(...asked)) {
                yield event;
                forget(event);
              }
            };
          }
          const value: unknown = Reflect.get(target, key);
          return typeof value === "function" ? value.bind(target) : value;
        },
      }),
    none: () =>
      new Promise<void>((resolve, reject) => {
        const done = (end: () => void) => {
          clearTimeout(timer);
          gone.delete(look);
          end();
        };
        const look = () => {
          if (waiting.size === 0) done(resolve);
        };
        const timer = setTimeout(
          () => done(() => reject(new Error(`the bot never heard of ${[...waiting].join(", ")}`))),
          HEARS_WITHIN,
        );
        gone.add(look);
        look();
      }),
  };
}
