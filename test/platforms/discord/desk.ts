// A support desk on the strict local Discord with the bot connected; it may do exactly what the manifest asks for.
import { afterEach } from "vitest";
import { createLog } from "../../../src/log.ts";
import { type StrictDiscord, startStrictDiscord } from "../../sandbox/discord-strict/strict.ts";
import { Stage } from "../contract/stage.ts";
import { adapter, wallClock } from "./local.ts";

export type Options = Partial<Parameters<typeof startStrictDiscord>[0]>;

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** Closed when the test ends. */
export function closing(close: () => Promise<void>): void {
  open.push(close);
}

export async function desk(
  options: Options = {},
): Promise<{ stage: Stage; discord: StrictDiscord; lines: string[] }> {
  const discord = await startStrictDiscord({ clock: wallClock, ...options });
  const lines: string[] = [];
  const log = createLog("info", { write: (entry) => lines.push(entry) });
  const stage = new Stage({
    platform: adapter(discord, log),
    world: discord,
    stop: () => discord.stop(),
    again: async () => adapter(discord, log),
  });
  closing(() => stage.close());
  await stage.start();
  return { stage, discord, lines };
}

/** The code of the error that `tried` ends with; null when it succeeds. */
export async function code(tried: Promise<unknown>): Promise<unknown> {
  const error: unknown = await tried.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof Error && "code" in error ? error.code : error;
}
