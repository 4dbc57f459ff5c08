// A short morning at the support desk of an invented company, played on both platforms while somebody watches.
import type { FastClock } from "./clock.ts";
import type { LocalDiscord } from "./discord/driver.ts";
import { beforeNine, type ChargedTwice, missedAndMended } from "./morning/charged-twice.ts";
import { nobodyCanLogIn } from "./morning/nobody-can-log-in.ts";
import { nextMonday, nextMorning, restOfTuesday } from "./morning/reports.ts";
import type { Scene } from "./morning/scene.ts";
import { createStage } from "./morning/stage.ts";
import { byHand, watchOnly } from "./morning/watch-only.ts";
import type { LocalSlack } from "./slack/server.ts";
import type { Terminal } from "./terminal.ts";

export interface Morning {
  slack: LocalSlack;
  discord: LocalDiscord;
  clock: FastClock;
  terminal: Terminal;
  /** Ends the story after the step that is being played. */
  stopping?: AbortSignal;
  /** Factor of the pauses for reading: 1 for people (the default), 0 for tests. */
  pace?: number;
  /** How long a step waits for what it expects, real ms. */
  patience?: number;
}

const PATIENCE = 10_000;

/** Plays the whole story. `missed`: the steps in which something that was expected did not come. Never throws. */
export async function playMorning(morning: Morning): Promise<{ missed: readonly string[] }> {
  const { slack, discord, clock, terminal } = morning;
  const stopping = morning.stopping ?? new AbortController().signal;
  const stage = createStage({
    platforms: [slack, discord],
    clock,
    terminal,
    pace: morning.pace ?? 1,
    patience: morning.patience ?? PATIENCE,
    stopping,
  });
  const scene: Scene = { stage, slack, discord };
  const charged: ChargedTwice = {};

  terminal.say(WELCOME);
  await stage.pause(6);
  await stage.chapter("Before nine", () => beforeNine(scene, charged));
  await stage.chapter("Nobody can log in", () => nobodyCanLogIn(scene));
  await stage.chapter("Watch first, then speak", () => watchOnly(scene));
  await stage.chapter("A promise, missed and put right", () => missedAndMended(scene, charged));
  await stage.chapter("By hand, and by command", () => byHand(scene));
  await stage.chapter("The rest of the day", () => restOfTuesday(scene, charged));
  await stage.chapter("The next morning", () => nextMorning(scene));
  await stage.chapter("The Monday after", () => nextMonday(scene));
  if (!stopping.aborted) {
    terminal.chapter("That was the road");
    if (stage.missed.length > 0) {
      const count = stage.missed.length === 1 ? "1 step" : `${stage.missed.length} steps`;
      terminal.warn(`${count} did not go as told; see the lines marked with ! above, and the log.`);
    }
    terminal.say(NEXT);
  }
  return { missed: stage.missed };
}

const WELCOME = `
**Siempre**: every request in a support channel gets an owner, a promise and an answer, always.

No tokens were found, so this is the sandbox: a local Slack and a local Discord on this machine, the real bot on both, and a morning at Olivar, an invented company that sells an app to small shops. Ana leads support; Marc and Lucía answer. The clock runs ahead where nothing happens. It takes about a minute.`;

const NEXT = `
**What to try next**
• Your own past: npm start -- --replay FILE_OR_FOLDER plays a Slack export or DiscordChatExporter JSON through the same bot and shows what it would have found.
• Your own workspace: copy .env.example to .env, put in the tokens of Slack, Discord or both, and npm start. The README shows how to make the two apps in minutes. Channels start in watch only: customers see nothing until you press Go live.
• Your own promise: copy policy.example.yaml to policy.yaml and change hours, teams and times.

The sandbox stays up. **Ctrl-C** ends it.`;
