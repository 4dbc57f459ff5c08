// What makes an event the same event, however often and by whatever way it comes.
import { createHash } from "node:crypto";
import type { ChatEvent } from "../domain/events.ts";

/**
 * The seen key is made of content, never of a delivery id: history read later carries none, and one Slack mention
 * arrives as two events.
 */
export function seenKey(event: ChatEvent): string {
  const { platform, workspace, channel, message } = event.where;
  const place = `${platform}:${workspace}:${channel}:${message}`;
  switch (event.kind) {
    case "message":
      return `${place}:posted`;
    case "edited":
      // Slack's edits are dated to the second: two of one second differ by their words alone.
      return `${place}:edited:${event.at}:${createHash("sha256").update(event.text).digest("base64url").slice(0, 12)}`;
    case "deleted":
      return `${place}:deleted`;
    case "reaction":
      return `${place}:reaction:${event.by.id}:${event.emoji}:${event.added ? "on" : "off"}:${event.at}`;
    default:
      return event satisfies never;
  }
}
