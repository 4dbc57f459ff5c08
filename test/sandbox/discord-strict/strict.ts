// The local Discord with nothing left unsaid: every request, answer and dispatch is held against Discord's own description,
// and the bot may do exactly what its manifest asks for. What breaks a rule of form fails the test that caused it.
import { readFileSync } from "node:fs";
import type { Inspector } from "../../../src/sandbox/discord/inspector.ts";
import {
  type LocalDiscord,
  type LocalDiscordOptions,
  startLocalDiscord,
} from "../../../src/sandbox/discord/server.ts";
import { Description } from "./description.ts";
import { Dispatches } from "./dispatches.ts";

export interface StrictDiscord extends LocalDiscord {
  /** Faults of form so far; a test that means one takes it out. */
  readonly faults: string[];
}

/** Refusals that no correct bot ever earns: wrong forms, routes that do not exist, actions after a wrong handshake. */
const NEVER = new Set([
  "50035",
  "50006",
  "50109",
  "40005",
  "404",
  "405",
  "500",
  "4001",
  "4002",
  "4003",
  "4005",
  "4007",
  "4008",
]);

let shared: { description: Description; dispatches: Dispatches } | null = null;

/** Made once: reading the description takes a quarter of a second; most of its parts are compiled as they are met. */
export function descriptions(): { description: Description; dispatches: Dispatches } {
  if (!shared) {
    const description = new Description();
    shared = { description, dispatches: new Dispatches(description) };
    // Compiling takes a second in all; a bot that waits for its first frames should not see it.
    for (const t of ["READY", "GUILD_CREATE", "MESSAGE_CREATE"]) shared.dispatches.faults(t, {});
  }
  return shared;
}

export function strictInspector(): Inspector {
  const { description, dispatches } = descriptions();
  return {
    request: (call) => description.request(call),
    answer: (call, status, body) => description.answer(call, status, body),
    dispatch: (t, d) => dispatches.faults(t, d),
  };
}

/** As Discord documents it. */
export const discordsPace = {
  perSecond: 50,
  refused: { count: 10_000, perMs: 600_000 },
  now: () => performance.now(),
};

/** `stop` rejects with what was wrong. */
export async function startStrictDiscord(options: LocalDiscordOptions): Promise<StrictDiscord> {
  const discord = await startLocalDiscord({
    ...manifest(),
    oldEdits: { count: 3, perMs: 20_000 },
    pace: discordsPace,
    inspector: strictInspector(),
    ...options,
  });
  const faults: string[] = [];
  discord.observe((happening) => {
    if (happening.kind === "refused" && NEVER.has(happening.code)) {
      faults.push(`${happening.method}: ${happening.code} ${happening.detail}`);
    }
  });
  return {
    ...discord,
    faults,
    async stop() {
      await discord.stop();
      if (faults.length > 0)
        throw new Error(`Discord's rules were broken:\n${[...new Set(faults)].join("\n")}`);
    },
  };
}

/** Exactly what manifests/discord.json asks for: permissions in the guild, and the privileged intents it leaves out. */
function manifest(): { botPermissions: bigint; disallowedIntents: number } {
  const { permissionBits, privilegedIntents } = JSON.parse(
    readFileSync(new URL("../../../manifests/discord.json", import.meta.url), "utf8"),
  ) as { permissionBits: string; privilegedIntents: readonly string[] };
  const privileged = { GuildMembers: 1 << 1, GuildPresences: 1 << 8, MessageContent: 1 << 15 };
  let disallowedIntents = 0;
  for (const [name, bit] of Object.entries(privileged)) {
    if (!privilegedIntents.includes(name)) disallowedIntents |= bit;
  }
  return { botPermissions: BigInt(permissionBits), disallowedIntents };
}
