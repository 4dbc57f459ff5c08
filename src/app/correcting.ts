// Staff correct what a message was taken for: it is a request, belongs to another one, stands alone, or is none. What they
// say is kept as an example.
import type { MessageEvent } from "../domain/events.ts";
import { isAtLeast } from "../domain/people/roles.ts";
import { decideMovedIn, decideMovedOut, type Moved } from "../domain/request/correct.ts";
import type { Verdict } from "../domain/request/facts.ts";
import { fact } from "../domain/request/plan.ts";
import type { RequestId } from "../domain/words.ts";
import type { Answer } from "../messages/card.ts";
import { refusal } from "../messages/refusals.ts";
import { whySentences } from "../messages/text/why.ts";
import { corrected, joinForm } from "../messages/why.ts";
import { keepExample, messagesOf, moveMessages } from "../store/corrections.ts";
import type { Transaction } from "../store/direct.ts";
import { byNumber, firstSeen, lockChannel } from "../store/load.ts";
import type { Acting } from "./acting.ts";
import { asRequest, openByHand, readingHints, requestOfMessage } from "./by-hand.ts";
import type { Context } from "./context.ts";
import { wordsOf } from "./hearing.ts";
import type { Place } from "./places.ts";
import { apply, messageRow, mustLoad, open, situationOf } from "./write.ts";

/** What is corrected: the message as it stands now, in its place. */
interface Subject {
  place: Place;
  target: MessageEvent;
}

export async function correct(context: Context, acting: Acting): Promise<Answer> {
  const { lang, args } = acting;
  const subject = await subjectOf(context, acting);
  if ("kind" in subject) return subject;
  switch (acting.act.name) {
    case "make_request":
      return makeRequest(context, acting, subject);
    case "join_to": {
      if (typeof args.into !== "string") return { kind: "modal", modal: joinForm(acting.call.args, lang) };
      return joinTo(context, acting, subject, args.into);
    }
    case "split_off":
      return splitOff(context, acting, subject);
    case "not_request":
      return notRequest(context, acting, subject);
    default:
      throw new Error(`The act "${acting.act.name}" corrects nothing.`);
  }
}

async function subjectOf(context: Context, acting: Acting): Promise<Subject | Answer> {
  const { args, call, lang } = acting;
  const { platform, workspace } = call.where;
  const [channel, message] = [String(args.c ?? ""), String(args.m ?? "")];
  const where = {
    platform,
    workspace,
    channel,
    message,
    thread: typeof args.t === "string" ? args.t : null,
  };
  const place = await context.places.watched(where);
  if (!place) return refusal("not_watched", lang);
  // The gate knew the team of the place it was pressed in; the message may be another team's.
  if (!isAtLeast(await context.people.role(acting.by, acting.home, place.team), "staff"))
    return refusal("not_allowed", lang);
  const target = await context.platforms.get(platform)?.message(where);
  return target ? { place, target } : refusal("message_gone", lang);
}

async function makeRequest(context: Context, acting: Acting, { place, target }: Subject): Promise<Answer> {
  const { by, call, lang } = acting;
  const now = context.clock.now();
  const { message } = target.where;
  const facts = [fact({ kind: "corrected", message, verdict: "request" }, now, by.id)];
  const { opened, known } = await openByHand(context, place, target, by, `act:${call.id}`, {
    facts,
    keep: (tx, id, text) => {
      const { tier } = asRequest(context.triage.read(place.workspaceId, text));
      keep(tx, { place, target }, { context, acting, request: id, verdict: "request", tier, now });
      tx.along(moveMessages(tx, movesIn(place), [message], id));
    },
  });
  if (opened) return corrected(whySentences(lang).made(opened.number));
  if (known === null) return { kind: "nothing" };
  const row = await context.db.request.findUnique({ where: { id: known }, select: { number: true } });
  return corrected(whySentences(lang).already(row?.number ?? 0));
}

const movesIn = (place: Place) => ({
  workspaceId: place.workspaceId,
  channelId: place.channelId,
  channel: place.ref.channel,
});

/** The messages of a request that move: the whole of it with its first, otherwise this one alone. */
async function moving(
  tx: Transaction,
  { place, target }: Subject,
  from: { id: RequestId; root: string } | null,
  context: Context,
  acting: Acting,
): Promise<readonly Moved[]> {
  const { message } = target.where;
  if (from) {
    const all = await messagesOf(tx, from.id);
    return from.root === message ? all : all.filter((each) => each.message === message);
  }
  const author = await context.people.know(target.author);
  const role = await context.people.role(author, acting.home, place.team);
  const as = role === "customer" || role === "helper" ? role : "staff";
  return [{ message, role: as, author: author.id, at: target.at }];
}

async function joinTo(context: Context, acting: Acting, it: Subject, number: string): Promise<Answer> {
  const { by, call, lang } = acting;
  const { place, target } = it;
  const words = whySentences(lang);
  const wanted = Number(/^#?(\d{1,9})$/.exec(number.trim())?.[1] ?? Number.NaN);
  const to = Number.isNaN(wanted) ? null : await byNumber(context.db, place.workspaceId, wanted);
  if (to === null) return { kind: "error", text: words.noSuch, field: "into" };
  const now = context.clock.now();
  const answer = await context.db.transact(async (tx): Promise<string | null> => {
    const { live } = await lockChannel(tx, place.channelId);
    const into = await mustLoad(tx, to);
    if (into.channelId !== place.channelId) return words.elsewhere(into.number);
    const belongs = await requestOfMessage(tx, place, target.where.message);
    if (belongs?.request === to) return words.already(into.number);
    if (!(await firstSeen(tx, place.workspaceId, `act:${call.id}`, now))) return null;
    const from = belongs ? await mustLoad(tx, belongs.request) : null;
    const isLive = live ?? place.channel.live;
    const left = from && situationOf(from, now, isLive);
    const moved = await moving(tx, it, left && { id: left.id, root: left.state.root }, context, acting);
    const spot = { channel: place.ref.channel, thread: null };
    if (from && left) {
      const out = decideMovedOut(left, by.id, moved, { to, verdict: "joined" });
      await apply(context, tx, from, spot, out, now);
    }
    const role = moved[0]?.role ?? "customer";
    const rows = from ? [] : [messageRow(target, moved[0]?.author ?? by.id, role)];
    const plan = decideMovedIn(situationOf(into, now, isLive), by.id, moved, from?.id ?? null);
    const said = fact({ kind: "corrected", message: target.where.message, verdict: "joined" }, now, by.id);
    await apply(context, tx, into, spot, { ...plan, facts: [said, ...plan.facts] }, now, rows);
    const ids = moved.map(({ message }) => message);
    tx.along(moveMessages(tx, movesIn(place), ids, to));
    keep(tx, it, { context, acting, request: to, verdict: "joined", tier: null, now });
    return words.joined(into.number);
  });
  return answer === null ? { kind: "nothing" } : corrected(answer);
}

async function splitOff(context: Context, acting: Acting, it: Subject): Promise<Answer> {
  const { by, call, lang } = acting;
  const { place, target } = it;
  const words = whySentences(lang);
  const { message } = target.where;
  const customer = await context.people.know(target.author);
  const hints = readingHints(place, target, customer);
  const reading = asRequest(context.triage.read(place.workspaceId, wordsOf(target), hints));
  const now = context.clock.now();
  const answer = await context.db.transact(async (tx): Promise<string | null> => {
    const { live } = await lockChannel(tx, place.channelId);
    const belongs = await requestOfMessage(tx, place, message);
    if (!belongs) return words.noneAlready;
    const from = await mustLoad(tx, belongs.request);
    const left = situationOf(from, now, live ?? place.channel.live);
    if (left.state.root === message) return words.first(from.number);
    if (!(await firstSeen(tx, place.workspaceId, `act:${call.id}`, now))) return null;
    const moved = await moving(tx, it, { id: left.id, root: left.state.root }, context, acting);
    const { id, written } = await open(context, tx, {
      place,
      live: left.live,
      customer,
      message: target,
      reading,
      byHand: by.id,
      linkedTo: from.id,
      more: [
        fact({ kind: "corrected", message, verdict: "split" }, now, by.id),
        fact({ kind: "moved", message, way: "in", other: from.id }, now, by.id),
      ],
      now,
    });
    const out = decideMovedOut(left, by.id, moved, { to: id, verdict: "split" });
    await apply(context, tx, from, { channel: place.ref.channel, thread: null }, out, now);
    tx.along(moveMessages(tx, movesIn(place), [message], id));
    keep(tx, it, { context, acting, request: id, verdict: "split", tier: null, now });
    return words.split(await written, from.number);
  });
  return answer === null ? { kind: "nothing" } : corrected(answer);
}

async function notRequest(context: Context, acting: Acting, it: Subject): Promise<Answer> {
  const { by, call, lang } = acting;
  const { place, target } = it;
  const words = whySentences(lang);
  const { message } = target.where;
  const now = context.clock.now();
  const answer = await context.db.transact(async (tx): Promise<string | null> => {
    const { live } = await lockChannel(tx, place.channelId);
    const belongs = await requestOfMessage(tx, place, message);
    if (!belongs) return words.noneAlready;
    const from = await mustLoad(tx, belongs.request);
    if (!(await firstSeen(tx, place.workspaceId, `act:${call.id}`, now))) return null;
    const left = situationOf(from, now, live ?? place.channel.live);
    if (left.state.status === "dismissed") return words.noneAlready;
    const whole = left.state.root === message;
    // Its words stay with a request that is dismissed: whoever wonders can read what it was.
    const out = decideMovedOut(left, by.id, [{ message, role: "customer", author: by.id, at: target.at }], {
      to: null,
      verdict: "not_request",
    });
    await apply(context, tx, from, { channel: place.ref.channel, thread: null }, out, now);
    if (!whole) tx.along(moveMessages(tx, movesIn(place), [message], null));
    keep(tx, it, { context, acting, request: from.id, verdict: "not_request", tier: whole ? 0 : null, now });
    return words.none;
  });
  return answer === null ? { kind: "nothing" } : corrected(answer);
}

function keep(
  tx: Transaction,
  { place, target }: Subject,
  example: {
    context: Context;
    acting: Acting;
    request: RequestId;
    verdict: Verdict;
    tier: number | null;
    now: number;
  },
): void {
  const { acting, context, request, verdict, tier, now } = example;
  tx.after(() => context.triage.changed(place.workspaceId));
  tx.along(
    keepExample(tx, {
      workspaceId: place.workspaceId,
      channelId: place.channelId,
      message: target.where.message,
      request,
      text: wordsOf(target),
      verdict,
      tier,
      by: acting.by.id,
      at: now,
    }),
  );
}
