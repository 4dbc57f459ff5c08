// What every chapter of the morning has at hand.
import type { LocalDiscord } from "../discord/driver.ts";
import type { LocalSlack } from "../slack/server.ts";
import type { ShownMessage } from "../world.ts";
import type { Stage } from "./stage.ts";

export interface Scene {
  stage: Stage;
  slack: LocalSlack;
  discord: LocalDiscord;
}

/** An instant of the story in Madrid, where it is winter time: one hour ahead of UTC. */
export function madrid(day: number, hour: number, minute: number, second = 0): number {
  return Date.UTC(2026, 10, day, hour - 1, minute, second);
}

/** The number of the request a card is about, as people type it. */
export function numberOf(card: ShownMessage): string {
  return /^#(\d+)/.exec(card.text)?.[1] ?? "?";
}
