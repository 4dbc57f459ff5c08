// A channel that somebody names in a command, and whether they lead it.
import { isAtLeast } from "../domain/people/roles.ts";
import type { TeamPolicy } from "../domain/policy.ts";
import { sameChannel } from "../domain/terms.ts";
import type { Acting } from "./acting.ts";
import type { Context } from "./context.ts";
import type { Known } from "./people.ts";
import type { Home, Place } from "./places.ts";

/** The watched channel of that id or name within reach; without a name the one it was typed in. */
export async function placeNamed(
  context: Context,
  { call, reach }: Acting,
  name: string,
): Promise<Place | null> {
  if (name === "") return context.places.watched(call.where);
  for (const { platform, id } of reach) {
    const places = await context.places.all(platform, id);
    const bare = name.replace(/^<#(\w+).*>$/, "$1").replace(/^#/, "");
    const found = places.find(
      ({ info }) =>
        sameChannel(bare, { id: info.channel, name: info.name }) ||
        info.channel.toLowerCase() === bare.toLowerCase(),
    );
    if (found) return found;
  }
  return null;
}

/** Whether they lead that team: the gate knew the team of the place it was typed in, the channel may be another's. */
export async function isLeadOf(context: Context, by: Known, home: Home, team: TeamPolicy): Promise<boolean> {
  return isAtLeast(await context.people.role(by, home, team), "lead");
}
