// The policy of a request is frozen when it opens. Putting open requests under another is done here: shown first, then done.
import { isAtLeast } from "../domain/people/roles.ts";
import type { Terms } from "../domain/policy.ts";
import { decideTerms, sameTerms, termsMoves } from "../domain/request/terms.ts";
import type { RequestView } from "../domain/request/view.ts";
import { companyFor, termsFor } from "../domain/terms.ts";
import type { Instant, RequestId } from "../domain/words.ts";
import type { Answer } from "../messages/card.ts";
import { type Change, policyApplied, policyChanges } from "../messages/policy-apply.ts";
import { customerName } from "../messages/request-card.ts";
import { firstSeen, loadRequest, lockChannel } from "../store/load.ts";
import { pageConfirmed } from "../store/on-call.ts";
import { loadViews, openAfter } from "../store/view.ts";
import type { Acting } from "./acting.ts";
import type { ApplyGo, Context, Delivery } from "./context.ts";
import type { Known } from "./people.ts";
import type { Home, Place } from "./places.ts";
import { apply, situationOf } from "./write.ts";

/** Open requests looked at in one go. The first is done at once, the rest as jobs, one after the other. */
const SLICE = 200;
/** Enough of the policy's hash to know it by, in a button's id. */
const MARK = 16;

interface Affected {
  view: RequestView;
  place: Place;
  fresh: Terms;
}

/** One go: the open requests of a workspace after that one, by id. `act` names what somebody did. */
interface Slice {
  home: Home;
  by: Known;
  after: RequestId | null;
  act: string;
}

/** `/siempre policy apply`: what would change, with a button that does it. */
export async function showChanges(context: Context, acting: Acting): Promise<Answer> {
  const now = context.clock.now();
  const changes: Change[] = [];
  const { by, call } = acting;
  for (const home of acting.reach) {
    for (let after: RequestId | null = null; ; ) {
      const { found, next } = await affected(context, { home, by, after, act: call.id });
      changes.push(...found.map((each) => changeOf(each, now)));
      if (next === null) break;
      after = next;
    }
  }
  const reader = {
    lang: acting.lang,
    now,
    timezone: acting.by.timezone ?? acting.home.policy.calendar.timezone,
  };
  const ends = ({ moves }: Change) => Math.min(...moves.map((move) => move.was ?? move.now ?? now));
  changes.sort((one, other) => ends(one) - ends(other) || one.number - other.number);
  return { kind: "card", card: policyChanges(changes, context.policy.hash.slice(0, MARK), reader) };
}

function changeOf({ view, place, fresh }: Affected, now: Instant): Change {
  const live = view.channel.live || place.channel.live;
  const situation = { id: view.id, state: view.state, history: view.history, terms: view.terms, now, live };
  return { number: view.number, who: customerName(view), moves: termsMoves(situation, fresh) };
}

/**
 * The button: applies what was shown. Another policy than the one shown is shown first. Of very many the first are done when
 * this resolves; the others follow by themselves, also across a restart, and whoever pressed is told when they are done.
 */
export async function applyPolicyNow(context: Context, acting: Acting): Promise<Answer> {
  const { by, call, lang } = acting;
  const policy = context.policy.hash;
  if (acting.args.policy !== policy.slice(0, MARK)) return showChanges(context, acting);
  let changed = 0;
  const rest: Delivery[] = [];
  for (const home of acting.reach) {
    const { done, next } = await applySlice(context, { home, by, after: null, act: call.id });
    changed += done;
    if (next === null) continue;
    const go = { id: call.id, by: by.id, policy, after: next, done };
    rest.push({ kind: "apply_policy", workspaceId: home.rowId, go });
  }
  if (rest.length > 0) await context.db.transact((tx) => context.outbox(tx, rest));
  context.log.info({ requests: changed, policy, by: by.id, more: rest.length > 0 }, "policy applied");
  return { kind: "card", card: policyApplied(changed, rest.length > 0 ? "more" : "all", lang) };
}

/**
 * The next go of what a button began. Resolves to how it ended, or null: the one after it is on its way. Another policy than the
 * one that was shown is never applied; a go that comes twice changes nothing more.
 */
export async function applyOn(
  context: Context,
  home: Home,
  by: Known,
  go: ApplyGo,
): Promise<{ done: number; how: "all" | "stopped" } | null> {
  if (go.policy !== context.policy.hash) return { done: go.done, how: "stopped" };
  const { done, next } = await applySlice(context, { home, by, after: go.after, act: go.id });
  const all = go.done + done;
  if (next === null) return { done: all, how: "all" };
  const on: Delivery = {
    kind: "apply_policy",
    workspaceId: home.rowId,
    go: { ...go, after: next, done: all },
  };
  await context.db.transact((tx) => context.outbox(tx, [on]));
  return null;
}

async function applySlice(context: Context, slice: Slice): Promise<{ done: number; next: RequestId | null }> {
  const { found, next } = await affected(context, slice);
  const byChannel = new Map<string, Affected[]>();
  for (const each of found) {
    byChannel.set(each.place.channelId, [...(byChannel.get(each.place.channelId) ?? []), each]);
  }
  let done = 0;
  for (const group of byChannel.values()) done += await applyIn(context, slice, group);
  return { done, next };
}

/** One channel in one transaction. What was closed or changed otherwise meanwhile is decided as it then stands. */
async function applyIn(context: Context, { act, by }: Slice, group: readonly Affected[]): Promise<number> {
  const [first] = group;
  if (!first) return 0;
  const { place } = first;
  return context.db.transact(async (tx) => {
    const now = context.clock.now();
    const { live } = await lockChannel(tx, place.channelId);
    let changed = 0;
    for (const { view, fresh } of group) {
      if (!(await firstSeen(tx, place.workspaceId, `act:${act}:${view.id}`, now))) continue;
      const request = await loadRequest(tx, view.id);
      if (!request) continue;
      const plan = decideTerms(situationOf(request, now, live ?? place.channel.live), by.id, fresh);
      if (plan.facts.length === 0) continue;
      await apply(context, tx, request, { channel: place.ref.channel, thread: null }, plan, now);
      changed += 1;
    }
    return changed;
  });
}

/** Of one go, the requests that other terms would hold for, of the teams that whoever acts leads; `next` null: it was the last. */
async function affected(
  context: Context,
  { home, by, after }: Slice,
): Promise<{ found: readonly Affected[]; next: RequestId | null }> {
  const found: Affected[] = [];
  const confirmed = new Map<string, boolean>();
  const ids = await openAfter(context.db.direct, home.rowId, after, SLICE);
  for (const view of await loadViews(context.db.direct, ids, context.clock.now())) {
    const place = await context.places.watched(view.channel);
    if (!place || !isAtLeast(await context.people.role(by, home, place.team), "lead")) continue;
    const rings =
      confirmed.get(place.teamId) ??
      (place.team.onCall !== null && (await pageConfirmed(context.db, place.teamId)) !== null);
    confirmed.set(place.teamId, rings);
    const fresh = termsOf(context, place, view, rings);
    if (!sameTerms(view.terms, fresh)) found.push({ view, place, fresh });
  }
  return { found, next: ids.length < SLICE ? null : (ids.at(-1) ?? null) };
}

/** What would hold for it today. Its company is the one it was opened for, as long as the file names it. */
function termsOf(context: Context, place: Place, view: RequestView, onCallConfirmed: boolean): Terms {
  const { workspace, info } = place;
  const own = workspace.companies.find(({ name }) => name === view.company) ?? null;
  const here = companyFor(workspace, {
    organisation: null,
    groups: [],
    channel: { id: info.channel, name: info.name },
  });
  return termsFor({
    policy: context.policy,
    workspace,
    team: place.team,
    channel: place.channel,
    company: own ?? here,
    onCallConfirmed,
  });
}
