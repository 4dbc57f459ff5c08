// What was seen in chat: lock, load, decide, commit.
import type { ChatEvent, DeletedEvent, EditedEvent, MessageEvent, ReactionEvent } from "../domain/events.ts";
import { decideIntake } from "../domain/intake/decide.ts";
import type { IntakeDecision } from "../domain/intake/intake.ts";
import { LINK_DEFAULTS } from "../domain/intake/link.ts";
import {
  looksLikeMore,
  mayOpen,
  mayOpenUnread,
  needsOthers,
  needsOthersUnread,
  standsByItself,
} from "../domain/intake/needs.ts";
import type { Earlier } from "../domain/intake/repeat.ts";
import { isAtLeast } from "../domain/people/roles.ts";
import type { Terms } from "../domain/policy.ts";
import { wordGiven } from "../domain/promises/given-words.ts";
import {
  decideAnswered,
  decideCourtesy,
  decideEdited,
  decideErased,
  decideOverheard,
  decideSaid,
} from "../domain/request/chat.ts";
import type { Plan } from "../domain/request/plan.ts";
import { isExposed, withEditedSignals, withSignals } from "../domain/request/signals.ts";
import { awaitsRelief } from "../domain/request/state.ts";
import type { CustomerSignal } from "../domain/triage/customer-signals.ts";
import type { TracedReading } from "../domain/triage/reading.ts";
import { saysItHelped } from "../domain/triage/relief.ts";
import type { Instant, Lang, RequestId, Role } from "../domain/words.ts";
import { beginCursor } from "../store/commit.ts";
import type { Transaction } from "../store/direct.ts";
import { decidedOf, type HeardMessage, keepHeard, rewordHeard } from "../store/heard.ts";
import { firstSeen, lockAndSee, lockChannel, type Near } from "../store/load.ts";
import { openByHand, readingHints, requestOfMessage } from "./by-hand.ts";
import type { Context } from "./context.ts";
import { inItsWorkspace } from "./direct-home.ts";
import { exposedBeside, exposesIn, requestOfThread } from "./exposed.ts";
import { asSaid } from "./forms.ts";
import { heardIn, wordsOf } from "./hearing.ts";
import { mentionedStaff } from "./mentioned.ts";
import { nearest, nearestRead, surrounded } from "./nearby.ts";
import type { Known } from "./people.ts";
import type { Place } from "./places.ts";
import { cameAgain, earlierOf, openOrRepeat } from "./repeats.ts";
import { seenKey } from "./seen-key.ts";
import { apply, messageRow, mustLoad, situationOf } from "./write.ts";

/** The emoji that opens a request by hand. */
const TICKET = "ticket";

/** Resolves once everything that follows from the event is committed. */
export async function handleChat(context: Context, heard: ChatEvent): Promise<void> {
  const event = await inItsWorkspace(context, heard);
  const direct = event.kind === "message" && event.direct === true;
  const place = await (direct ? context.places.direct(event.where) : context.places.watched(event.where));
  if (!place) return;
  switch (event.kind) {
    case "message":
      return onMessage(context, place, await asSaid(context, place, event), seenKey(event));
    case "edited":
      return onEdited(context, place, event);
    case "deleted":
      return onDeleted(context, place, event);
    case "reaction":
      return onReaction(context, place, event);
    default:
      return event satisfies never;
  }
}

async function onMessage(context: Context, place: Place, event: MessageEvent, key: string): Promise<void> {
  const home = await context.places.home(event.where.platform, event.where.workspace);
  if (!home) return;
  const author = await context.people.know(event.author);
  const role = await context.people.role(author, home, place.team);
  const staffMentioned = await mentionedStaff(context, place, event, role !== "customer");
  await context.triage.ready(place.workspaceId);
  const now = context.clock.now();
  const { platform } = place.ref;
  const round = context.progress.round(platform);
  const read = context.progress.isCaughtUp(platform, place.channelId);
  const unread = {
    message: event,
    author: author.id,
    role,
    mode: place.mode,
    joinWithin: place.channel.joinWithin,
    openingsPerHour: place.channel.openingsPerHour ?? place.workspace.openingsPerHour,
    opensFrom: place.channel.opensFrom ?? LINK_DEFAULTS.opensFrom,
    candidates: [],
    staffMentioned,
  };
  // The dearest step of all, and all that the process has to do while the database looks things up.
  const reads = () => {
    const hints = readingHints(place, event, author);
    const reading = context.triage.read(place.workspaceId, wordsOf(event), hints);
    const exposes = role === "customer" && !event.author.bot && exposesIn(place, event, reading.lang);
    return { message: { ...unread, reading }, reading, exposes };
  };
  const heard = (
    decision: IntakeDecision,
    reading: TracedReading,
    request: RequestId | null,
  ): HeardMessage => ({
    workspaceId: place.workspaceId,
    channelId: place.channelId,
    event,
    author: author.id,
    team: role !== "customer",
    request,
    decided: decidedOf(decision, reading),
  });
  const first = looksLikeMore(unread) ? null : reads();
  if (first && read && standsByItself(first.message)) {
    const decision = decideIntake(first.message);
    const small = decision.kind === "nothing" && !first.exposes;
    const line = { heard: heard(decision, first.reading, null), seen: { key, at: now } };
    if (small && (await context.keepSmallTalk(line))) return;
  }
  const begun = await context.db.transact(async (tx) => {
    const others = first ? needsOthers(first.message) : needsOthersUnread(unread);
    const opens = first ? mayOpen(first.message) : mayOpenUnread(unread);
    const asked = Promise.all([
      lockAndSee(tx, place, { key, at: now }, read ? event.at : null),
      nearest(tx, place, unread, others),
      opens ? earlierOf(tx, { place, customer: author, message: event }) : null,
    ]);
    tx.flush();
    const { message, reading, exposes } = first ?? reads();
    const [locked, near, earlier] = await asked;
    if (!locked.first) return false;
    const decision = decideIntake(
      await surrounded(tx, place, {
        ...message,
        joinWithin: locked.joinWithin ?? message.joinWithin,
        opensFrom: locked.opensFrom ?? message.opensFrom,
        candidates: (first ? near : await nearestRead(tx, place, message, near)).candidates,
      }),
    );
    const request = await follow(context, tx, {
      place,
      live: locked.live ?? place.channel.live,
      author,
      role,
      event,
      reading,
      decision,
      earlier,
      exposes,
      beside: requestOfThread(event, near.candidates),
      near,
    });
    tx.along(keepHeard(tx, heard(decision, reading, request)));
    return read ? false : beginCursor(tx, place.channelId, event.at);
  });
  if (begun) context.progress.caughtUp(platform, place.channelId, round);
}

interface Step {
  place: Place;
  live: boolean;
  author: Known;
  role: Role;
  event: MessageEvent;
  reading: TracedReading;
  decision: IntakeDecision;
  earlier: readonly Earlier[] | null;
  /** A customer's words show what must not stand where others read. */
  exposes: boolean;
  /** The request of the thread it was written in, or null. */
  beside: RequestId | null;
  near: Near;
}

/** Resolves to the request the message belongs to, if any. */
async function follow(context: Context, tx: Transaction, step: Step): Promise<RequestId | null> {
  const { place, live, author, event, reading, decision, earlier } = step;
  const now = context.clock.now();
  const opening = { place, live, customer: author, message: event, reading, now, earlier };
  if (decision.kind === "nothing") {
    return step.exposes ? exposedBeside(context, tx, { ...opening, beside: step.beside }) : null;
  }
  if (decision.kind === "open") return openOrRepeat(context, tx, opening);
  const talk = decision.kind === "join" && decision.why === "same_talk";
  if (talk && (await cameAgain(context, tx, opening, decision.request))) return decision.request;
  await goOn(context, tx, step, decision, now);
  return decision.request;
}

/** A message that belongs to a request which is there already. */
async function goOn(
  context: Context,
  tx: Transaction,
  step: Step,
  decision: Exclude<IntakeDecision, { kind: "nothing" | "open" }>,
  now: Instant,
): Promise<void> {
  const { place, live, author, role, event, reading } = step;
  const request = step.near.loaded(decision.request) ?? (await mustLoad(tx, decision.request));
  const situation = situationOf(request, now, live);
  const said = { message: event.where.message, at: Math.min(event.at, now), by: author.id };
  const thread = { channel: place.ref.channel, thread: event.where.thread };
  const helped = awaitsRelief(situation.state) && saysItHelped(event.text);
  const { signals, owner } = situation.state;
  // Of somebody else's words only what must not stand there concerns this request.
  const heard = async (plan: Plan, which: (signal: CustomerSignal) => boolean = () => true) => {
    const found = await heardIn(tx, place, wordsOf(event), reading.lang, event.author.fresh);
    const theirs = found.filter(({ signal }) => which(signal));
    return withSignals(plan, theirs, { ...said, known: signals, owner });
  };
  switch (decision.kind) {
    case "join":
    case "courtesy": {
      // "That works for now" asks for nothing: it answers whether the workaround helps.
      const plan =
        helped || decision.kind === "courtesy"
          ? decideCourtesy(situation, { ...said, helped })
          : decideSaid(situation, { ...said, reading });
      return apply(context, tx, request, thread, await heard(plan), now, [
        messageRow(event, author.id, "customer"),
      ]);
    }
    case "answer":
      return apply(
        context,
        tx,
        request,
        thread,
        decideAnswered(situation, {
          ...said,
          word: wordIn(place, author, event, { terms: request.terms, lang: reading.lang }),
        }),
        now,
        [messageRow(event, author.id, "staff")],
      );
    case "help":
      // Another customer who joins in ("same here") owes nothing and quiets nothing.
      return role === "customer"
        ? apply(
            context,
            tx,
            request,
            thread,
            await heard(decideOverheard({ kind: "aside", ...said }), isExposed),
            now,
          )
        : apply(context, tx, request, thread, decideOverheard({ kind: "helped", ...said }), now, [
            messageRow(event, author.id, "helper"),
          ]);
    case "aside":
      // Colleagues among themselves: the history knows that it happened, the words are not kept with the request.
      return apply(context, tx, request, thread, decideOverheard({ kind: "aside", ...said }), now);
    default:
      decision satisfies never;
  }
}

/** The word whoever answered gave, read in their own zone; null, too, where the policy does not want it asked about. */
function wordIn(
  place: Place,
  author: Known,
  event: MessageEvent | EditedEvent,
  { terms, lang }: { terms: Terms; lang: Lang },
): { until: Instant | null; thread: string | null } | null {
  if (!place.workspace.askAboutGivenWords) return null;
  const zone = author.timezone ?? terms.calendar.timezone;
  const word = wordGiven(event.text, event.at, zone, author.lang ?? lang);
  return word && { ...word, thread: event.where.thread };
}

async function onEdited(context: Context, place: Place, event: EditedEvent): Promise<void> {
  const found = await requestOfMessage(context.db.direct, place, event.where.message);
  if (!found) {
    // Chatter that was edited into a question is read like a new message, under the edit's own key.
    const message = await context.platforms.get(place.ref.platform)?.message(event.where);
    if (message) await onMessage(context, place, message, seenKey(event));
    return;
  }
  const author = await context.people.know(event.author);
  const now = context.clock.now();
  await context.db.transact(async (tx) => {
    const { live } = await lockChannel(tx, place.channelId);
    if (!(await firstSeen(tx, place.workspaceId, seenKey(event), now))) return;
    const request = await mustLoad(tx, found.request);
    const situation = situationOf(request, now, live ?? place.channel.live);
    const reading =
      found.role === "customer" && author.id === request.customerId
        ? context.triage.read(place.workspaceId, event.text, {
            known: situation.state.lang,
            from: { author: author.id, channel: place.channelId },
          })
        : null;
    const edit = { message: event.where.message, at: Math.min(event.at, now), by: author.id };
    const plan = decideEdited(situation, {
      ...edit,
      text: event.text,
      reading,
      word:
        found.role === "staff"
          ? wordIn(place, author, event, { terms: request.terms, lang: situation.state.lang })
          : null,
    });
    const heard = reading ? await heardIn(tx, place, event.text, reading.lang, event.author.fresh) : [];
    const whole = reading ? withEditedSignals(plan, heard, edit, situation) : plan;
    await apply(context, tx, request, { channel: place.ref.channel, thread: null }, whole, now);
    tx.along(rewordHeard(tx, place.channelId, event.where.message, event.text));
  });
}

async function onDeleted(context: Context, place: Place, event: DeletedEvent): Promise<void> {
  const { message } = event.where;
  const found = await requestOfMessage(context.db.direct, place, message);
  // What somebody takes back is not kept, whatever it was.
  if (!found) return rewordHeard(context.db.direct, place.channelId, message, null);
  const now = context.clock.now();
  await context.db.transact(async (tx) => {
    await lockChannel(tx, place.channelId);
    if (!(await firstSeen(tx, place.workspaceId, seenKey(event), now))) return;
    const request = await mustLoad(tx, found.request);
    const plan = decideErased(situationOf(request, now, place.channel.live), {
      message,
      at: Math.min(event.at, now),
    });
    await apply(context, tx, request, { channel: place.ref.channel, thread: null }, plan, now);
    tx.along(rewordHeard(tx, place.channelId, message, null));
  });
}

/** 🎫 opens a request from the message under it: by staff for anybody, by a customer for their own message. */
async function onReaction(context: Context, place: Place, event: ReactionEvent): Promise<void> {
  if (event.emoji !== TICKET || !event.added || !event.target || event.by.bot) return;
  const home = await context.places.home(event.where.platform, event.where.workspace);
  if (!home) return;
  const by = await context.people.know(event.by);
  const role = await context.people.role(by, home, place.team);
  if (!isAtLeast(role, "staff") && event.by.id !== event.target.author.id) return;
  await openByHand(context, place, event.target, by, seenKey(event));
}
