// The world outside, started: a local Slack and a local Discord with the people of an invented company, and a terminal
// that shows what happens on both.
import { createFastClock, type FastClock } from "./clock.ts";
import {
  DISCORD_GUILD,
  discordDirectory,
  furnishDiscord,
  furnishSlack,
  MORNING,
  POLICY,
  SLACK_SHORTCUTS,
  SLACK_WORKSPACE,
  slackDirectory,
  TIMEZONE,
} from "./company.ts";
import type { LocalDiscord } from "./discord/driver.ts";
import { startLocalDiscord } from "./discord/server.ts";
import { type LocalSlack, startLocalSlack } from "./slack/server.ts";
import { createTerminal, type Terminal, type TerminalOptions } from "./terminal.ts";

export interface Sandbox {
  slack: LocalSlack;
  discord: LocalDiscord;
  /** The time of the bot and of both servers. */
  clock: FastClock;
  terminal: Terminal;
  /** What the invented company promises: YAML for the bot's policy. */
  policy: string;
  /** Stops both servers and the printing. The bot is to be stopped before. */
  stop(): Promise<void>;
}

export interface SandboxOptions extends Omit<TerminalOptions, "timezone" | "clock"> {
  /** Real time, ms, of any origin. */
  real: () => number;
}

/** Sandbox minutes in a real minute. Slow enough that no promise runs out while somebody reads. */
const SPEED = 5;

/** Starts both platforms on free loopback ports, furnished. It is a Tuesday, 8:55, and nobody has said anything yet. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const clock = createFastClock({ start: MORNING, speed: SPEED, real: options.real });
  const slack = await startLocalSlack({
    clock,
    workspace: SLACK_WORKSPACE,
    timezone: TIMEZONE,
    shortcuts: SLACK_SHORTCUTS,
  });
  const discord = await startLocalDiscord({ clock, guild: DISCORD_GUILD, timezone: TIMEZONE }).catch(
    async (error: unknown) => {
      await slack.stop();
      throw error;
    },
  );
  furnishSlack(slack);
  furnishDiscord(discord);
  const terminal = createTerminal({ ...options, clock, timezone: TIMEZONE });
  const detach = [terminal.attach(slack, slackDirectory), terminal.attach(discord, discordDirectory)];
  return {
    slack,
    discord,
    clock,
    terminal,
    policy: POLICY,
    async stop() {
      for (const end of detach) end();
      await Promise.all([slack.stop(), discord.stop()]);
    },
  };
}
