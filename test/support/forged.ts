// Acts that no button or form of theirs would send, as somebody would forge them.
import type { ActCall, Surface } from "../../src/domain/events.ts";
import type { Town } from "./town.ts";

let serial = 0;
/** Posts a button that carries an act of our choosing, rendered as the bot renders its own. */
export async function forge(town: Town, act: string, args: Record<string, string>): Promise<string> {
  serial += 1;
  const post = await town.bot.app.context.platforms.get(town.name)?.ensure({
    target: { kind: "channel", workspace: town.world.workspace, channel: town.channel.team },
    card: { blocks: [{ kind: "actions", items: [{ act, args, label: "Forged" }] }], summary: "A button" },
    lang: "en",
    key: `forged ${serial}`,
    known: null,
    suspect: false,
  });
  return post?.message ?? "";
}

/** An act that arrives as a form would, from somebody who was never shown one. */
export function call(
  town: Town,
  who: string,
  surface: Surface,
  act: string,
  args: Record<string, string>,
): ActCall {
  serial += 1;
  const { name, world, clock, channel } = town;
  const person = { platform: name, workspace: world.workspace, id: who };
  return {
    kind: "act",
    id: `call ${serial}`,
    at: clock.now(),
    by: { ...person, name: "Somebody", bot: false, external: false, company: null, fresh: false },
    lang: "en",
    surface,
    act,
    args,
    where: { platform: name, workspace: world.workspace, channel: channel.team, thread: null, message: "" },
    target: null,
  };
}
