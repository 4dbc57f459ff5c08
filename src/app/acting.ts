// What somebody does: find the request, pass the gate, decide, commit, answer. Every surface comes through here.
import { type Act, type ArgValue, checkArgs } from "../acts/act.ts";
import { actNamed, slashCommands } from "../acts/catalogue.ts";
import type { ActCall } from "../domain/events.ts";
import { awayAt, nextAvailable } from "../domain/people/availability.ts";
import { isAtLeast } from "../domain/people/roles.ts";
import type { TeamPolicy } from "../domain/policy.ts";
import type { Receiver } from "../domain/request/ownership.ts";
import type { Plan } from "../domain/request/plan.ts";
import { teamFor } from "../domain/terms.ts";
import type { Lang, RequestId, Role } from "../domain/words.ts";
import type { Answer } from "../messages/card.ts";
import type { Reader } from "../messages/inline.ts";
import { refusal, usage } from "../messages/refusals.ts";

import {
  byMessage,
  byNumber,
  firstSeen,
  type LoadedRequest,
  loadRequest,
  lockChannel,
  placeOf,
} from "../store/load.ts";
import { withWayBack } from "./again.ts";
import { answerPlan } from "./answering.ts";
import { ask } from "./asking.ts";
import { actOnCause } from "./causes.ts";
import type { Context } from "./context.ts";
import { correct } from "./correcting.ts";
import { decideAct } from "./deciding.ts";
import { detectHere } from "./detecting.ts";
import { goLiveIn } from "./going-live.ts";
import { actOnIncident } from "./incidents.ts";
import { forgetLearned, learnTier } from "./learning.ts";
import { availabilityIn } from "./next-person.ts";
import { acceptAllOf } from "./offers.ts";
import { actOnCall } from "./on-call.ts";
import { openByShortcut, openLinked } from "./opening.ts";
import type { Known } from "./people.ts";
import type { Home } from "./places.ts";
import { applyPolicyNow } from "./policy-apply.ts";
import { actOnPresence } from "./presence.ts";
import { actOnShift } from "./shifts.ts";
import { applyTuning, askTuning } from "./tuning.ts";
import { apply, situationOf } from "./write.ts";

/** Whoever acts, with everything the gate found out. */
export interface Acting {
  call: ActCall;
  act: Act;
  args: Record<string, ArgValue>;
  by: Known;
  role: Role;
  lang: Lang;
  home: Home;
  team: TeamPolicy;
  /** The workspaces whose requests may be seen from where it was done. */
  reach: readonly Home[];
  request: RequestId | null;
}

/** The direct answer to whoever acted. Throws only when the database or a platform does; the caller words that. */
export async function handleAct(context: Context, call: ActCall): Promise<Answer> {
  const own = await context.places.home(call.where.platform, call.where.workspace);
  if (!own) return refusal("unknown_place", call.lang ?? "en");
  const by = await context.people.know(call.by);
  const lang = call.lang ?? by.lang ?? own.policy.lang;
  const act = actNamed(call.act);
  if (!act) return unknownAct(context, call, own, by, lang);
  const reach = await context.places.reach(call.where.platform, call.where.workspace);
  const request = await requestOf(context, call, reach);
  if (request === "ambiguous") return refusal("ambiguous_number", lang);
  const home = request?.home ?? own;
  const team = request?.team ?? (await teamOf(context, call, own));
  const role = await context.people.role(by, home, team);
  const ofCustomer = request !== null && request.customer === by.id;
  // What a customer may do about their own request, only staff may do about another's.
  const least = act.may === "customer" && !ofCustomer ? "staff" : act.may;
  if (!isAtLeast(role, least) || by.bot) {
    context.log.info({ act: act.name, role, workspace: home.id }, "refused an act: not allowed");
    return refusal(act.may === "lead" || act.may === "admin" ? "leads_only" : "not_allowed", lang);
  }
  if (call.surface === "shortcut" && needsRequest(act) && !request) return refusal("not_a_request", lang);
  const raw = request ? { ...call.args, request: request.id } : call.args;
  const checked = checkArgs(act, raw);
  if (!checked.ok) {
    const number = raw.number;
    return act.slash
      ? usage([act], lang)
      : refusal("not_found", lang, number === undefined ? {} : { number });
  }
  if (!request && (needsRequest(act) || checked.args.number !== undefined)) {
    const number = String(checked.args.number ?? "");
    return refusal("not_found", lang, { number });
  }
  const acting: Acting = {
    call,
    act,
    args: checked.args,
    by,
    role,
    lang,
    home,
    team,
    reach,
    request: request?.id ?? null,
  };
  return perform(context, acting);
}

/** What could not be understood: staff learn how it is typed; whoever may not type it is told that instead. */
async function unknownAct(
  context: Context,
  call: ActCall,
  home: Home,
  by: Known,
  lang: Lang,
): Promise<Answer> {
  const role = await context.people.role(by, home, await teamOf(context, call, home));
  if (!isAtLeast(role, "staff")) return refusal("not_allowed", lang);
  const commands = slashCommands();
  return usage(commands.get(call.args.command ?? "") ?? [...commands.values()].flat(), lang);
}

async function perform(context: Context, acting: Acting): Promise<Answer> {
  if (acting.act.reads) return ask(context, acting);
  switch (acting.act.name) {
    case "open":
      return openByShortcut(context, acting);
    case "go_live":
      return goLiveIn(context, acting);
    case "apply_policy":
      return applyPolicyNow(context, acting);
    case "cause":
    case "other_cause":
    case "take_cause":
    case "not_now":
      return actOnCause(context, acting);
    case "confirm_incident":
    case "dismiss_incident":
    case "update_everyone":
    case "resolve_all":
      return actOnIncident(context, acting);
    case "tune":
      return askTuning(context, acting);
    case "detect":
      return detectHere(context, acting);
    case "use_tuning":
      return applyTuning(context, acting);
    case "something_else":
      return openLinked(context, acting);
    case "make_request":
    case "join_to":
    case "split_off":
    case "not_request":
      return correct(context, acting);
    case "triage_forget":
      return forgetLearned(context, acting);
    case "on_call_test":
    case "page_rang":
      return actOnCall(context, acting, readerOf(context, acting));
    case "hand_shift":
    case "keep_shift":
      return actOnShift(context, acting, readerOf(context, acting));
    case "accept_all":
      return acceptAllOf(context, acting);
    case "hours":
    case "away":
    case "back":
      return actOnPresence(context, acting);
    default:
      return change(context, acting);
  }
}

function readerOf(context: Context, { by, home, lang }: Acting): Reader {
  return { now: context.clock.now(), timezone: by.timezone ?? home.policy.calendar.timezone, lang };
}

/** Acts that change one request: lock, load, decide, commit, answer. A repeated delivery changes and says nothing. */
async function change(context: Context, acting: Acting): Promise<Answer> {
  const id = acting.request;
  if (id === null) return refusal("not_a_request", acting.lang);
  const place = await placeOf(context.db, id);
  if (!place) return refusal("not_found", acting.lang);
  const to = typeof acting.args.who === "string" ? await assignee(context, acting, acting.args.who) : null;
  const now = context.clock.now();
  const rules = await context.places.rules(place);
  const onCall = acting.act.name === "page" ? await context.roster.onCall(acting.home, acting.team, now) : [];
  const done = await context.db.transact(
    async (tx): Promise<{ plan: Plan; request: LoadedRequest } | null> => {
      const { live } = await lockChannel(tx, place.channelId);
      if (!(await firstSeen(tx, place.workspaceId, `act:${acting.call.id}`, now))) return null;
      const request = await loadRequest(tx, id);
      if (!request) return null;
      const situation = situationOf(request, now, live ?? rules?.live ?? false);
      const plan = decideAct(acting, situation, to, onCall);
      await apply(context, tx, request, { channel: place.channel, thread: null }, plan, now);
      await learnTier(context, tx, acting, request, plan);
      return { plan, request };
    },
  );
  if (!done) return { kind: "nothing" };
  return withWayBack(context, acting, await answerPlan(context, acting, done.plan.reply));
}

/** The person a request is given to, with whether they are staff of its team, whether they are away, and when they work. */
async function assignee(
  context: Context,
  acting: Acting,
  who: string,
): Promise<(Omit<Receiver, "id"> & { person: Known }) | null> {
  const { platform, workspace } = acting.call.where;
  const person = await context.people.find(platform, workspace, who);
  if (!person) return null;
  const role = await context.people.role(person, acting.home, acting.team);
  const now = context.clock.now();
  const when = (await availabilityIn(context, acting, [person.id])).get(person.id);
  const away = when !== undefined && awayAt(when, now) !== null;
  return { person, staff: isAtLeast(role, "staff"), away, from: when ? nextAvailable(when, now) : null };
}

interface Found {
  id: RequestId;
  home: Home;
  team: TeamPolicy;
  customer: string;
}

/** The request an act means: carried by its button, typed as a number, or standing under its message. */
async function requestOf(
  context: Context,
  call: ActCall,
  reach: readonly Home[],
): Promise<Found | null | "ambiguous"> {
  const ids: RequestId[] = [];
  const number = /^#?(\d{1,9})$/.exec((call.args.number ?? "").trim())?.[1];
  if (call.args.request !== undefined) {
    if (UUID.test(call.args.request)) ids.push(call.args.request);
  } else if (number !== undefined) {
    const found = await Promise.all(reach.map((home) => byNumber(context.db, home.rowId, Number(number))));
    ids.push(...found.filter((id) => id !== null));
    // One's own workspace comes first; elsewhere two requests of one number cannot be told apart.
    if (found[0] === null && ids.length > 1) return "ambiguous";
  } else if (call.surface === "shortcut") {
    for (const home of reach) {
      const id = await byMessage(context.db, home.rowId, call.where);
      if (id) ids.push(id);
    }
  }
  const [id] = ids;
  return id === undefined ? null : found(context, id, reach);
}

/** A request as the gate must know it; null when it lies out of reach: another workspace's requests do not exist here. */
async function found(context: Context, id: RequestId, reach: readonly Home[]): Promise<Found | null> {
  const row = await context.db.request.findUnique({
    where: { id },
    select: { workspaceId: true, customerId: true, channel: { select: { externalId: true, name: true } } },
  });
  const home = reach.find((candidate) => candidate.rowId === row?.workspaceId);
  if (!row || !home) return null;
  const team = teamFor(home.policy, { id: row.channel.externalId, name: row.channel.name });
  return team ? { id, home, team, customer: row.customerId } : null;
}

/** The team of the channel something was done in; in a team's own channel that team, elsewhere the first. */
async function teamOf(context: Context, call: ActCall, home: Home): Promise<TeamPolicy> {
  const place = await context.places.watched(call.where);
  if (place) return place.team;
  for (const team of home.policy.teams) {
    const channel = await context.places.named(home, team.teamChannel);
    if (channel?.channel === call.where.channel) return team;
  }
  const [first] = home.policy.teams;
  if (!first) throw new Error(`The policy names no team for ${home.platform} ${home.id}.`);
  return first;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function needsRequest(act: Act): boolean {
  return act.args.some((arg) => arg.required && (arg.name === "number" || arg.name === "request"));
}
