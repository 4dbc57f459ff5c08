// The policy of a request is frozen when it opens. Putting open requests under another is done here: shown first, then done.
import { isAtLeast } from "../domain/people/roles.ts";
import type { Terms } from "../domain/policy.ts";
import { decideTerms, sameTerms, termsMoves } from "../domain/request/terms.ts";
import type { RequestView } from "../domain/request/view.ts";
import { companyFor, termsFor } from "../domain/terms.ts";

import type { Answer } from "../messages/card.ts";
import { type Change, policyApplied, policyChanges } from "../messages/policy-apply.ts";
import { customerName } from "../messages/request-card.ts";
import { firstSeen, loadRequest, lockChannel } from "../store/load.ts";
import { pageConfirmed } from "../store/on-call.ts";
import { loadViews, queueIds } from "../store/view.ts";
import type { Acting } from "./acting.ts";
import type { Context } from "./context.ts";
import type { Home, Place } from "./places.ts";
import { apply, situationOf } from "./write.ts";

/** More open requests than this are looked at in several goes: apply, and ask again. */
const AT_ONCE = 500;
/** Enough of the policy's hash to know it by, in a button's id. */
const MARK = 16;

interface Affected {
  view: RequestView;
  place: Place;
  fresh: Terms;
}

/** `/siempre policy apply`: what would change, with a button that does it. */
export async function showChanges(context: Context, acting: Acting): Promise<Answer> {
  const now = context.clock.now();
  const changes = (await affected(context, acting)).map(({ view, place, fresh }): Change => {
    const live = view.channel.live || place.channel.live;
    const situation = { id: view.id, state: view.state, history: view.history, terms: view.terms, now, live };
    return { number: view.number, who: customerName(view), moves: termsMoves(situation, fresh) };
  });
  const reader = {
    lang: acting.lang,
    now,
    timezone: acting.by.timezone ?? acting.home.policy.calendar.timezone,
  };
  return { kind: "card", card: policyChanges(changes, context.policy.hash.slice(0, MARK), reader) };
}

/** The button: applies what was shown. Another policy than the one shown is shown first. */
export async function applyPolicyNow(context: Context, acting: Acting): Promise<Answer> {
  if (acting.args.policy !== context.policy.hash.slice(0, MARK)) return showChanges(context, acting);
  const byChannel = new Map<string, Affected[]>();
  for (const each of await affected(context, acting)) {
    byChannel.set(each.place.channelId, [...(byChannel.get(each.place.channelId) ?? []), each]);
  }
  let changed = 0;
  for (const group of byChannel.values()) changed += await applyIn(context, acting, group);
  context.log.info({ requests: changed, policy: context.policy.hash, by: acting.by.id }, "policy applied");
  return { kind: "card", card: policyApplied(changed, acting.lang) };
}

/** One channel in one transaction. What was closed or changed otherwise meanwhile is decided as it then stands. */
async function applyIn(context: Context, acting: Acting, group: readonly Affected[]): Promise<number> {
  const [first] = group;
  if (!first) return 0;
  const { place } = first;
  return context.db.transact(async (tx) => {
    const now = context.clock.now();
    const { live } = await lockChannel(tx, place.channelId);
    let changed = 0;
    for (const { view, fresh } of group) {
      if (!(await firstSeen(tx, place.workspaceId, `act:${acting.call.id}:${view.id}`, now))) continue;
      const request = await loadRequest(tx, view.id);
      if (!request) continue;
      const plan = decideTerms(situationOf(request, now, live ?? place.channel.live), acting.by.id, fresh);
      if (plan.facts.length === 0) continue;
      await apply(context, tx, request, { channel: place.ref.channel, thread: null }, plan, now);
      changed += 1;
    }
    return changed;
  });
}

/** The open requests that other terms would hold for, of the teams that whoever acts leads. */
async function affected(context: Context, acting: Acting): Promise<readonly Affected[]> {
  const found: Affected[] = [];
  const confirmed = new Map<string, boolean>();
  for (const home of acting.reach) {
    const ids = await queueIds(context.db, [home.rowId], AT_ONCE);
    for (const view of await loadViews(context.db.direct, ids, context.clock.now())) {
      const place = await context.places.watched(view.channel);
      if (!place || !(await leads(context, acting, home, place))) continue;
      const rings =
        confirmed.get(place.teamId) ??
        (place.team.onCall !== null && (await pageConfirmed(context.db, place.teamId)) !== null);
      confirmed.set(place.teamId, rings);
      const fresh = termsOf(context, place, view, rings);
      if (!sameTerms(view.terms, fresh)) found.push({ view, place, fresh });
    }
  }
  return found;
}

async function leads(context: Context, acting: Acting, home: Home, place: Place): Promise<boolean> {
  return isAtLeast(await context.people.role(acting.by, home, place.team), "lead");
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
