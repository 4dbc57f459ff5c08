// `/siempre detect`: whether heat, leaving and opportunity are looked for, here or everywhere, by a lead's word.
import { DETECTED, type Detecting, detectingIn } from "../domain/detecting.ts";
import { isAtLeast } from "../domain/people/roles.ts";
import type { Detected, TeamPolicy } from "../domain/policy.ts";
import { DIRECT } from "../domain/terms.ts";
import type { Answer } from "../messages/card.ts";
import { detected, detectingCard, noSuchDetection } from "../messages/detecting.ts";
import { refusal } from "../messages/refusals.ts";
import { keepSwitch, switchesOf } from "../store/detecting.ts";
import { firstSeen } from "../store/load.ts";
import { namedPeople } from "../store/places.ts";
import type { Acting } from "./acting.ts";
import type { Context } from "./context.ts";
import { isLeadOf, placeNamed } from "./named-place.ts";
import type { Home } from "./places.ts";

/** How each is called by those who type it, in both languages. */
const NAMES: Readonly<Record<string, readonly Detected[]>> = {
  heat: ["heat"],
  enfado: ["heat"],
  leaving: ["leaving"],
  baja: ["leaving"],
  opportunity: ["opportunity"],
  oportunidad: ["opportunity"],
  all: DETECTED,
  todo: DETECTED,
};
const STATES: Readonly<Record<string, boolean | null>> = {
  on: true,
  sí: true,
  si: true,
  off: false,
  no: false,
  file: null,
  fichero: null,
};
const EVERYWHERE = new Set(["everywhere", "workspace", "en todas partes", "todas partes", "todos"]);

interface Scope {
  home: Home;
  team: TeamPolicy;
  channelId: string | null;
  /** Null: everywhere in the workspace. */
  channel: string | null;
}

/** Without a word, what holds here. Nothing changes but what is looked for from the next message on. */
export async function detectHere(context: Context, acting: Acting): Promise<Answer> {
  const { args, lang, by, call } = acting;
  const typed = (name: string) =>
    String(args[name] ?? "")
      .trim()
      .toLowerCase();
  const scope = await scopeOf(context, acting, typed("where"));
  if (!scope) return refusal("not_watched", lang);
  if (!(await mayDecide(context, acting, scope))) return refusal("leads_only", lang);
  const place = { workspaceId: scope.home.rowId, channelId: scope.channelId };
  if (typed("what") === "") {
    const holds = await detectingAt(context, scope);
    return { kind: "card", card: detectingCard(scope.channel, holds, lang) };
  }
  const what = NAMES[typed("what")];
  const on = STATES[typed("state")];
  if (what === undefined || on === undefined) return noSuchDetection(lang);
  const at = context.clock.now();
  await context.db.transact(async (tx) => {
    if (!(await firstSeen(tx, place.workspaceId, `act:${call.id}`, at))) return;
    for (const of of what) await keepSwitch(tx, place, { of, on, by: by.id, at });
  });
  context.log.info({ what, on, by: by.id, channel: scope.channelId }, "what is detected was changed");
  const holds = await detectingAt(context, scope);
  return detected(
    scope.channel,
    holds.filter((each) => what.includes(each.of)),
    lang,
  );
}

/** What holds in a channel, or (null) in the workspace, with the names of those who said so. */
export async function detectingAt(
  context: Context,
  { home, team, channelId }: Pick<Scope, "home" | "team" | "channelId">,
): Promise<readonly (Detecting & { name: string | null })[]> {
  const switches = await switchesOf(context.db.direct, { workspaceId: home.rowId, channelId });
  const holds = detectingIn({ team, workspace: home.policy }, switches);
  const people = await namedPeople(
    context.db,
    holds.flatMap(({ from }) => ("by" in from ? [from.by] : [])),
  );
  return holds.map((each) => ({
    ...each,
    name: "by" in each.from ? (people.get(each.from.by)?.name ?? null) : null,
  }));
}

async function scopeOf(context: Context, acting: Acting, where: string): Promise<Scope | null> {
  const { home, team } = acting;
  if (EVERYWHERE.has(where)) return { home, team, channelId: null, channel: null };
  const place = await placeNamed(context, acting, where);
  const within = acting.reach.find(({ rowId }) => rowId === place?.workspaceId);
  if (!place || !within || place.info.name === DIRECT) return null;
  return { home: within, team: place.team, channelId: place.channelId, channel: place.info.name };
}

/** For one channel a lead of its team; for the whole workspace a lead of all of it. */
async function mayDecide(context: Context, { by }: Acting, scope: Scope): Promise<boolean> {
  if (scope.channelId !== null) return isLeadOf(context, by, scope.home, scope.team);
  const nobody = { ...scope.team, leads: { ids: [], groups: [] } };
  return isAtLeast(await context.people.role(by, scope.home, nobody), "lead");
}
