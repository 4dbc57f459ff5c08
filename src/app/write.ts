// One decision, written whole: facts, words and deliveries in the caller's transaction.
import { v7 as uuid } from "uuid";
import type { MessageEvent } from "../domain/events.ts";
import { WORST_TIER_LEFT_OUT } from "../domain/incidents/storm.ts";
import type { Repeat } from "../domain/intake/repeat.ts";
import { atAnyHour } from "../domain/promises/reminders.ts";
import { countsOf, newlyTooMany } from "../domain/request/counts.ts";
import type { Fact } from "../domain/request/facts.ts";
import { isForOneMessage } from "../domain/request/letters.ts";
import { type Notice, type NoticeBody, noticeKey } from "../domain/request/notices.ts";
import { decideOpen } from "../domain/request/open.ts";
import type { Plan, Situation } from "../domain/request/plan.ts";
import { concernedBy, withSignals } from "../domain/request/signals.ts";
import { replay } from "../domain/request/state.ts";
import { companyFor, DIRECT, termsFor } from "../domain/terms.ts";
import { holdsLink } from "../domain/triage/customer-signals.ts";
import type { Reading } from "../domain/triage/reading.ts";
import type { ChannelRef, Instant, PersonId, RequestId } from "../domain/words.ts";
import { appendFacts, insertRequest } from "../store/commit.ts";
import type { Statements, Transaction } from "../store/direct.ts";
import { isSecondReport } from "../store/failing.ts";
import { insertLetters, type Letter } from "../store/letters.ts";
import { type LoadedRequest, loadRequest } from "../store/load.ts";
import { pageConfirmed } from "../store/on-call.ts";
import { ensureCompany } from "../store/places.ts";
import type { NewPost } from "../store/posts.ts";
import { insertReminders } from "../store/reminders.ts";
import { insertMessages, insertNote, type MessageRow, writeWords } from "../store/words.ts";
import { assigneeFor } from "./assigning.ts";
import { type Context, type Delivery, nothingKnown } from "./context.ts";
import { heardIn, wordsOf } from "./hearing.ts";
import { incidentCards } from "./incident-cards.ts";
import { justOpened } from "./just-opened.ts";
import { concerningPages } from "./paging.ts";
import type { Known } from "./people.ts";
import { homeOf, type Place } from "./places.ts";
import { isTogether, remindersOf } from "./reminding.ts";

export function situationOf(request: LoadedRequest, now: Instant, live: boolean): Situation {
  const { id, history, terms } = request;
  return { id, state: replay(history), history, terms, now, live };
}

/** A request that must be there: it was found in this very transaction. */
export async function mustLoad(tx: Statements, id: RequestId): Promise<LoadedRequest> {
  const request = await loadRequest(tx, id);
  if (!request) throw new Error(`Request ${id} is gone although its channel is locked.`);
  return request;
}

/** Commits a plan for a request that exists. A plan without facts writes nothing but its words. */
export async function apply(
  context: Context,
  tx: Transaction,
  request: LoadedRequest,
  place: { channel: string; thread: string | null },
  plan: Plan,
  now: Instant,
  messages: readonly MessageRow[] = [],
): Promise<void> {
  await writeWords(tx, request, place, plan.words);
  const whole = await concerningPages(tx, request, plan, now);
  if (whole.facts.length === 0) tx.along(insertMessages(tx, request, messages));
  else context.wake(await appendFacts(tx, request, { facts: whole.facts, messages }, now, plan.terms));
  // A request that turns out to be trouble may be one of several about the same.
  const worse = plan.facts.some((each) => each.kind === "tiered" && each.to < each.from);
  const looks: Delivery[] = worse
    ? [{ kind: "look", workspaceId: request.workspaceId, request: request.id, at: now }]
    : [];
  const cards = await incidentCards(tx, request, plan);
  tx.along(insertReminders(tx, remindersOf(request, whole.facts, whole.notices)));
  const letters = lettersOf(request, whole, now);
  tx.along(insertLetters(tx, letters));
  if (letters.length > 0) tx.after(() => context.wake(now));
  tx.along(context.outbox(tx, [...deliveriesOf(request, whole), ...looks, ...cards]));
}

/** What is delivered because of a plan, without what waits for company (reminding.ts, letters). */
export function deliveriesOf(request: LoadedRequest, plan: Plan): Delivery[] {
  const alone = plan.notices.filter((notice) => !isTogether(notice) && !isForOneMessage(notice));
  const concerned = concernedBy(replay(request.history), plan.facts);
  return deliveries(request, [...alone, ...alertsOf(request, plan), ...concerned]);
}

/** What is told to one person in one message with what else they are to hear at this moment. */
export function lettersOf(
  { id, workspaceId, history, terms }: LoadedRequest,
  { facts, notices }: Plan,
  now: Instant,
): Omit<Letter, "id">[] {
  const found = notices.filter(isForOneMessage);
  if (found.length === 0) return [];
  const anyHour = atAnyHour(replay([...history, ...facts]), terms);
  return found.map((notice) => ({
    ...{ workspaceId, requestId: id, person: notice.to, anyHour, until: now },
    body: { ...notice, request: id },
  }));
}

const COUNTED: ReadonlySet<Fact["kind"]> = new Set(["owned", "reopened", "repeated"]);

/** What the lead must hear of, whoever made it so. */
function alertsOf(
  { history, terms }: Pick<LoadedRequest, "history" | "terms">,
  { facts }: Plan,
): NoticeBody[] {
  // Looked at only where it can have changed: this stands on the way of every message.
  if (!facts.some(({ kind }) => COUNTED.has(kind))) return [];
  const newly = newlyTooMany(countsOf(history, terms), countsOf([...history, ...facts], terms));
  return newly.map((what) => ({ kind: "too_many", what }));
}

export interface Opened {
  id: RequestId;
  /** Resolves to its number once everything is written; rejects when something could not be. */
  written: Promise<number>;
}

/**
 * Opens a request from a message. The caller holds the channel's lock, and waits for `written` or sends it along; every
 * statement has been made when this resolves.
 */
export async function open(
  context: Context,
  tx: Transaction,
  opening: {
    place: Place;
    live: boolean;
    customer: Known;
    message: MessageEvent;
    /** The id to keep the words under, where no message of the platform carries them. */
    kept?: string;
    reading: Reading;
    byHand: PersonId | null;
    linkedTo: RequestId | null;
    repeat?: Repeat | undefined;
    /** What a person said of the message besides. */
    more?: readonly Fact[] | undefined;
    now: Instant;
  },
): Promise<Opened> {
  const { place, customer, message, reading, now } = opening;
  const company = companyFor(place.workspace, {
    channel: { id: place.info.channel, name: place.info.name },
    organisation: customer.company,
    groups: customer.groups,
  });
  const terms = termsFor({
    policy: context.policy,
    workspace: place.workspace,
    team: place.team,
    channel: place.channel,
    company,
    onCallConfirmed: place.team.onCall !== null && (await pageConfirmed(tx, place.teamId)) !== null,
  });
  const failing = reading.tier === 1 && terms.paging?.onCall;
  const wanted = { tier: reading.tier, terms, customer: customer.id, now };
  const assigned = terms.assigns ? await assigneeFor(context, tx, place, wanted) : null;
  const opened = decideOpen({
    customer: customer.id,
    message: message.where.message,
    at: Math.min(message.at, now),
    now,
    reading,
    terms,
    live: opening.live,
    suspicious: message.author.fresh && holdsLink(wordsOf(message)),
    byHand: opening.byHand,
    linkedTo: opening.linkedTo,
    repeat: opening.repeat,
    assigned,
    onCall: failing ? await context.roster.onCall(homeOf(place), place.team, now) : undefined,
    secondReport: failing && (await isSecondReport(tx, { ...place, id: null }, now)),
  });
  const said = { ...opened, facts: [...opened.facts, ...(opening.more ?? [])] };
  const plan = withSignals(said, await heardIn(tx, place, wordsOf(message), reading.lang), {
    message: message.where.message,
    at: Math.min(message.at, now),
    by: customer.id,
    known: new Map(),
    owner: null,
  });
  const id = uuid();
  const request = { id, workspaceId: place.workspaceId };
  const companyId = company ? await ensureCompany(tx, place.workspaceId, company.name) : null;
  const row = { ...messageRow(message, customer.id, "customer"), id: uuid() };
  const known = nothingKnown();
  const ordinary = opening.linkedTo === null && opening.kept === undefined && place.info.name !== DIRECT;
  if (ordinary) known.posts = new Map(firstPosts(context, request, place).map((post) => [post.key, post]));
  const looks: Delivery[] =
    reading.tier < WORST_TIER_LEFT_OUT && (place.workspace.storm || place.workspace.stormOfTier1)
      ? [{ kind: "look", workspaceId: request.workspaceId, request: id, at: now }]
      : [];
  const notices = deliveries(request, [...plan.notices, ...alertsOf({ history: [], terms }, plan)]);
  // Before the request itself, which locks the workspace's numbers until the commit.
  const queued = context.outbox(tx, [...notices, ...looks], known);
  const { wake, written } = insertRequest(
    tx,
    {
      ...request,
      channelId: place.channelId,
      teamId: place.teamId,
      companyId,
      customerId: customer.id,
      thread: message.where.thread,
      terms,
      evidence: reading.evidence,
      linkedTo: opening.linkedTo,
    },
    plan.facts,
    now,
    { ...row, externalId: opening.kept ?? row.externalId },
  );
  for (const word of plan.words) if (word.kind === "note") tx.along(insertNote(tx, request, word));
  // Who tells of it at once need not read it back.
  const view = written.then((number) =>
    justOpened({
      ...{ id, number, place, live: opening.live, customer, company: company?.name ?? null, terms, message },
      ...{ now, evidence: reading.evidence, facts: plan.facts, row: row.id, text: row.text },
    }),
  );
  view.catch(() => undefined);
  // Whoever was given it by policy is a person it was not opened with.
  if (ordinary && (assigned === null || assigned === "nobody")) known.views.set(id, view);
  context.wake(wake);
  return { id, written: Promise.all([written, queued]).then(([number]) => number) };
}

/** Where the acknowledgement and the card of a new request will stand: the same as deliver finds for them. */
function firstPosts(
  { places }: Context,
  { id, workspaceId }: { id: RequestId; workspaceId: string },
  place: Place,
): NewPost[] {
  const team = places.namedBefore(homeOf(place), place.team.teamChannel);
  const post = (kind: "acknowledge" | "card", at: ChannelRef): NewPost => ({
    ...{ workspaceId, requestId: id, key: noticeKey({ kind, request: id }) },
    ...{ platform: at.platform, place: at.workspace, channel: at.channel },
  });
  return [post("acknowledge", place.ref), ...(team ? [post("card", team)] : [])];
}

export function messageRow(message: MessageEvent, author: PersonId, role: MessageRow["role"]): MessageRow {
  return {
    channel: message.where.channel,
    thread: message.where.thread,
    externalId: message.where.message,
    authorId: author,
    role,
    text:
      message.title && message.title !== message.text
        ? `${message.title}\n${message.text}`.trim()
        : message.text,
    files: message.files,
    at: message.at,
  };
}

function deliveries(
  request: { id: RequestId; workspaceId: string },
  notices: readonly NoticeBody[],
): Delivery[] {
  return notices.map((body) => ({
    kind: "notice",
    workspaceId: request.workspaceId,
    notice: { ...body, request: request.id } as Notice,
  }));
}
