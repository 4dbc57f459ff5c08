// Every act there is. Adding one: write its file, name it here; manifests, help and the gate follow.
import type { Act } from "./act.ts";
import { apologise } from "./apologise.ts";
import { assign } from "./assign.ts";
import { cause } from "./cause.ts";
import { chooseCause } from "./choose-cause.ts";
import { claim } from "./claim.ts";
import { digest } from "./digest.ts";
import { draftApology } from "./draft-apology.ts";
import { goLive } from "./go-live.ts";
import { good } from "./good.ts";
import { handOver } from "./hand-over.ts";
import { list } from "./list.ts";
import { menu } from "./menu.ts";
import { notFixed } from "./not-fixed.ts";
import { notNow } from "./not-now.ts";
import { onIt } from "./on-it.ts";
import { open } from "./open.ts";
import { otherCause } from "./other-cause.ts";
import { queue } from "./queue.ts";
import { reopen } from "./reopen.ts";
import { resolve } from "./resolve.ts";
import { sayBack } from "./say-back.ts";
import { show } from "./show.ts";
import { somethingElse } from "./something-else.ts";
import { takeCause } from "./take-cause.ts";
import { tier } from "./tier.ts";
import { wait } from "./wait.ts";

export const acts: readonly Act[] = [
  list,
  show,
  claim,
  assign,
  tier,
  wait,
  resolve,
  reopen,
  queue,
  digest,
  open,
  menu,
  sayBack,
  draftApology,
  apologise,
  onIt,
  handOver,
  good,
  notFixed,
  somethingElse,
  cause,
  otherCause,
  goLive,
  takeCause,
  chooseCause,
  notNow,
];

const byName = new Map(acts.map((act) => [act.name, act]));

/** The act of that name, or undefined: names arrive from outside. */
export function actNamed(name: string): Act | undefined {
  return byName.get(name);
}

/** The slash commands, each with its acts, in the order of the catalogue. */
export function slashCommands(): ReadonlyMap<string, readonly Act[]> {
  const commands = new Map<string, Act[]>();
  for (const act of acts) {
    if (!act.slash) continue;
    commands.set(act.slash.command, [...(commands.get(act.slash.command) ?? []), act]);
  }
  return commands;
}

/** The acts that are message shortcuts. */
export function shortcuts(): readonly Act[] {
  return acts.filter((act) => act.shortcut !== null);
}
