// Offers as a whole: all that one message offered accepted by one tap, and those to somebody who went away.
import { isAtLeast } from "../domain/people/roles.ts";
import { decideAccept, decideGone } from "../domain/request/ownership.ts";
import type { Plan, Situation } from "../domain/request/plan.ts";
import { teamFor } from "../domain/terms.ts";
import type { Instant, RequestId } from "../domain/words.ts";
import type { Answer } from "../messages/card.ts";
import { allAccepted } from "../messages/letters.ts";
import { sentences } from "../messages/text/sentences.ts";
import { offeredTo } from "../store/absences.ts";
import { lettersIn } from "../store/letters.ts";
import { firstSeen, loadRequest, lockChannel, placeOf } from "../store/load.ts";
import type { Acting } from "./acting.ts";
import type { Context } from "./context.ts";
import { apply, situationOf } from "./write.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** *I have all*: only whom the message was for. What was answered, withdrawn or passed on meanwhile stays where it is. */
export async function acceptAllOf(context: Context, acting: Acting): Promise<Answer> {
  const { by, call, lang } = acting;
  const id = String(acting.args.letter);
  const letters = UUID.test(id) ? await lettersIn(context.db.direct, id) : [];
  if (letters.length === 0 || letters.some(({ person }) => person !== by.id))
    return { kind: "error", text: sentences(lang).refusals.offer_not_to_you };
  const mine: number[] = [];
  let told = false;
  for (const { body } of letters) {
    if (body.kind !== "handover") continue;
    if (!(await mayHave(context, acting, body.request))) continue;
    const done = await decided(context, body.request, `act:${call.id}:${body.request}`, (situation) =>
      decideAccept(situation, by.id, body.at),
    );
    if (done?.plan.reply.kind !== "accepted") continue;
    mine.push(done.number);
    told ||= done.plan.reply.told;
  }
  return allAccepted({ numbers: mine, told }, lang);
}

/** Whether they are staff of the team of that very request, as the gate asks for each button. */
async function mayHave(context: Context, { by, reach }: Acting, request: RequestId): Promise<boolean> {
  const row = await context.db.request.findUnique({
    where: { id: request },
    select: { workspaceId: true, channel: { select: { externalId: true, name: true } } },
  });
  const home = reach.find(({ rowId }) => rowId === row?.workspaceId);
  const team =
    row && home ? teamFor(home.policy, { id: row.channel.externalId, name: row.channel.name }) : null;
  return home !== undefined && team !== null && isAtLeast(await context.people.role(by, home, team), "staff");
}

/** What is offered to somebody who has just gone away falls back to its owner, who hears it. */
export async function declineForAway(context: Context, acting: Acting, now: Instant): Promise<void> {
  const { by, call } = acting;
  for (const request of await offeredTo(context.db.direct, by.id))
    await decided(
      context,
      request,
      `act:${call.id}:${request}`,
      (situation) => decideGone(situation, by.id),
      now,
    );
}

async function decided(
  context: Context,
  id: RequestId,
  seen: string,
  decide: (situation: Situation) => Plan,
  now: Instant = context.clock.now(),
): Promise<{ plan: Plan; number: number } | null> {
  const place = await placeOf(context.db, id);
  if (!place) return null;
  const rules = await context.places.rules(place);
  return context.db.transact(async (tx) => {
    const { live } = await lockChannel(tx, place.channelId);
    if (!(await firstSeen(tx, place.workspaceId, seen, now))) return null;
    const request = await loadRequest(tx, id);
    if (!request) return null;
    const plan = decide(situationOf(request, now, live ?? rules?.live ?? false));
    await apply(context, tx, request, { channel: place.channel, thread: null }, plan, now);
    return { plan, number: request.number };
  });
}
