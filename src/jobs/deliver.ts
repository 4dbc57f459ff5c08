// A notice becomes words, and the words a post. What has become untrue since it was decided is not said any more.
import { type Context, type Delivery, type Known, nothingKnown } from "../app/context.ts";
import { contactOf } from "../app/next-person.ts";
import { lookAround } from "../app/storms.ts";
import type { Notice } from "../domain/request/notices.ts";
import { noticeKey } from "../domain/request/notices.ts";
import { awaitsRelief } from "../domain/request/state.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { RequestId } from "../domain/words.ts";
import { isPassing, SiempreError } from "../errors.ts";
import { addressed } from "../messages/bundle.ts";
import type { Card } from "../messages/card.ts";
import { acknowledgement, closeQuestion, lateNotice, staffLine } from "../messages/customer.ts";
import { causesQuestion, given } from "../messages/private.ts";
import { requestCard } from "../messages/request-card.ts";
import { workaroundQuestion } from "../messages/workaround.ts";
import { briefText } from "../store/briefs.ts";
import { namedPeople } from "../store/places.ts";
import { loadView } from "../store/view.ts";
import { wordAsked } from "./asking-about-words.ts";
import { deliverBundle } from "./bundles.ts";
import { handingOver } from "./handing-over.ts";
import { deliverIncident } from "./incidents.ts";
import { callingPeople, deliverTest, deliverToPager } from "./paging.ts";
import { ensurePost } from "./posting.ts";
import { proposals } from "./proposing.ts";
import {
  langOf,
  type Recipient,
  type Surroundings,
  stillOwed,
  surroundingsOf,
  toCustomer,
  toPerson,
  toTeam,
} from "./recipients.ts";
import { deliverReport } from "./reporting.ts";
import { deliverShift } from "./shifts.ts";
import { signalling, takeBack, toldBefore } from "./signalling.ts";
import { deliverTuning } from "./tuning.ts";

/** Delivers one thing. Throws only what is worth another try; what can never succeed is logged and let go. */
export async function deliver(
  context: Context,
  wall: () => number,
  delivery: Delivery,
  known: Known = nothingKnown(),
): Promise<void> {
  try {
    if (delivery.kind === "report") await deliverReport(context, wall, delivery.run);
    else if (delivery.kind === "shift") await deliverShift(context, wall, delivery.shift);
    else if (delivery.kind === "incident") await deliverIncident(context, wall, delivery.incident);
    else if (delivery.kind === "look") await lookAround(context, delivery.request);
    else if (delivery.kind === "tuning") await deliverTuning(context, wall, delivery);
    else if (delivery.kind === "page_test") await deliverTest(context, wall, delivery);
    else if (delivery.kind === "bundle") await deliverBundle(context, wall, delivery.bundle);
    else await deliverNotice(context, wall, delivery.workspaceId, delivery.notice, known);
  } catch (error) {
    const what = delivery.kind === "notice" ? delivery.notice.kind : delivery.kind;
    if (isPassing(error)) {
      const again = "could not be delivered yet; it is tried again";
      if (error instanceof SiempreError) context.log.info({ what, why: error.message }, again);
      else context.log.warn({ what, err: error }, again);
      throw error;
    }
    context.log.warn({ what, err: error }, "could not be delivered, and trying again would not help");
  }
}

async function deliverNotice(
  context: Context,
  wall: () => number,
  workspaceId: string,
  notice: Notice,
  known: Known,
): Promise<void> {
  const view = await viewOf(context, notice.request, known);
  if (!view) return;
  const around = await surroundingsOf(context, view, LINKED.has(notice.kind));
  if (!around) {
    throw new SiempreError(
      "platform_unavailable",
      `${view.channel.platform} ${view.channel.workspace} is not connected.`,
    );
  }
  if (notice.kind === "eyes") {
    const { platform, workspace, channel } = view.channel;
    const thread = view.rootThread;
    await context.platforms
      .get(platform)
      ?.react({ platform, workspace, channel, thread, message: notice.message }, "eyes", true);
    return;
  }
  if (notice.kind === "pager" || notice.kind === "pager_answered")
    return deliverToPager(context, around, notice);
  if (notice.kind === "note_gone" || notice.kind === "withdraw")
    return takeBack(context, workspaceId, notice, around);
  const failures: unknown[] = [];
  const told =
    notice.kind === "note_changed" ? await toldBefore(context, workspaceId, notice, around) : [notice];
  for (const each of told) {
    for (const wording of await postsFor(context, each, around)) {
      try {
        await tell(context, wall, { workspaceId, notice: each, around, wording, known });
      } catch (error) {
        // Whom we cannot reach must not keep the others from hearing it.
        failures.push(error);
      }
    }
  }
  if (failures.length > 0) throw failures.find(isPassing) ?? failures[0];
}

/** Notices that carry a link to the request. */
const LINKED: ReadonlySet<Notice["kind"]> = new Set([
  "signal",
  "note_changed",
  "look_in",
  "follow_up",
  "card",
  "given",
  "handover",
  "ownership",
  "released",
  "stand_in",
  "too_many",
  "page",
  "pager",
  "pager_answered",
  "page_taken",
  "page_unanswered",
  "nobody_free",
]);

/** The request as it stands; read once for all that is delivered at the same moment. */
function viewOf(context: Context, request: RequestId, known: Known): Promise<RequestView | null> {
  const view = known.views.get(request) ?? loadView(context.db.direct, request, context.clock.now());
  known.views.set(request, view);
  return view;
}

interface Telling {
  workspaceId: string;
  notice: Notice;
  around: Surroundings;
  wording: Wording;
  known: Known;
}

async function tell(
  context: Context,
  wall: () => number,
  { workspaceId, notice, around, wording, known }: Telling,
): Promise<void> {
  const { recipient, card, live } = wording;
  const key = [noticeKey(notice), recipient.tag].filter(Boolean).join(":");
  const post = { workspaceId, requestId: around.view.id, key, card, lang: langOf(recipient), live };
  try {
    const ref = await ensurePost(context, wall, {
      ...post,
      platform: recipient.platform,
      target: recipient.target,
      held: known.held.get(key),
    });
    if ((notice.kind === "line" || notice.kind === "workaround") && notice.words && ref)
      await keepLine(context, notice.words, ref.message);
  } catch (error) {
    const closed = error instanceof SiempreError && error.code === "platform_direct_closed";
    const team = closed ? await toTeam(context, around) : null;
    if (!team) throw error;
    // Whoever takes no direct messages is told in the team channel, by name.
    const { target } = recipient;
    const person =
      target.kind === "direct"
        ? await context.people.find(recipient.platform, target.workspace, target.person)
        : null;
    await ensurePost(context, wall, {
      ...post,
      card: async (first) => (person ? addressed(await card(first), person) : card(first)),
      key: `${key}:team`,
      platform: team.platform,
      target: team.target,
    });
  }
}

interface Wording {
  recipient: Recipient;
  /** Words found once the post is held: of two deliveries of a live card the later shows the later state. */
  card: (first: boolean) => Promise<Card>;
  live: boolean;
}

async function postsFor(context: Context, notice: Notice, around: Surroundings): Promise<Wording[]> {
  const { view, home, link } = around;
  const now = context.clock.now();
  const customer = () => toCustomer(context, around);
  const once = (recipient: Recipient | null, card: (recipient: Recipient) => Card): Wording[] =>
    recipient ? [{ recipient, card: async () => card(recipient), live: false }] : [];
  switch (notice.kind) {
    case "eyes":
    case "pager":
    case "pager_answered":
      return [];
    case "page":
    case "page_taken":
    case "page_unanswered":
    case "nobody_free":
      return (await callingPeople(context, notice, around)).map(({ recipient, card, live = false }) => ({
        recipient,
        card: async () => card,
        live,
      }));
    case "card": {
      const team = await toTeam(context, around);
      if (!team) return [];
      const contact = await contactOf(context, around, view.company);
      const card = async (first: boolean) => {
        // Whoever changes it meanwhile brings the post up to date after us.
        const current = first ? view : await loadView(context.db.direct, view.id, context.clock.now());
        return requestCard(current ?? view, team.reader, link, contact, home.policy.askBelow);
      };
      return [{ recipient: team, card, live: true }];
    }
    case "acknowledge":
      if (view.state.answeredAt !== null || view.state.status !== "open" || withdrawn(view)) return [];
      return once(customer(), () =>
        acknowledgement(view, {
          now,
          statusPage: home.policy.statusPage,
          shared: around.shared,
          wakes: context.pagers.of(around.team.pager) !== null,
          topicIn: (text, known) => context.triage.read(home.rowId, text, { known }).topic,
        }),
      );
    case "late":
      if (!stillOwed(view, notice.pledge)) return [];
      return once(customer(), () => lateNotice(view, { due: notice.due, now }));
    case "line":
      return once(customer(), () =>
        staffLine(view, { ...lineOf(view, notice.words), until: notice.until, now }),
      );
    case "close":
      if (view.state.status !== "resolved") return [];
      return once(customer(), () =>
        closeQuestion(view, notice.words ? lineOf(view, notice.words).text : null),
      );
    case "workaround":
      if (!awaitsRelief(view.state)) return [];
      return once(customer(), () =>
        workaroundQuestion(view, notice.words ? lineOf(view, notice.words).text : null),
      );
    // Told together with what else their reader is to hear; here only as the job of an older version.
    case "reminder":
    case "breach":
      return [];
    case "word": {
      const asked = await wordAsked(context, notice, around);
      return asked ? once(asked.recipient, () => asked.card) : [];
    }
    case "given": {
      const people = await namedPeople(context.db, notice.by ? [notice.to, notice.by] : [notice.to]);
      const to = people.get(notice.to);
      const by = notice.by ? (people.get(notice.by)?.name ?? "") : "";
      const brief = notice.brief ? await briefText(context.db.direct, notice.brief) : null;
      return to
        ? once(toPerson(context, home, to), ({ reader }) => given(view, by, link, reader, brief))
        : [];
    }
    case "handover":
    case "ownership":
    case "new_owner":
    case "released":
    case "stand_in":
    case "too_many":
      return (await handingOver(context, notice, around)).flatMap(({ recipient, card }) =>
        once(recipient, () => card),
      );
    case "signal":
      // Brought up to date when its words are taken back, or somebody follows it up.
      return (await signalling(context, notice, around)).map(({ recipient, card }) => ({
        recipient,
        card: async () => card,
        live: true,
      }));
    case "one_voice":
    case "look_in":
    case "follow_up":
      return (await signalling(context, notice, around)).flatMap(({ recipient, card }) =>
        once(recipient, () => card),
      );
    case "note_changed":
    case "note_gone":
    case "withdraw":
      return [];
    case "causes": {
      const to = (await namedPeople(context.db, [notice.to])).get(notice.to);
      if (!to) return [];
      const recipient = toPerson(context, home, to);
      const causes = await proposals(context, view, recipient.reader.lang);
      return once(recipient, ({ reader }) => causesQuestion(view, causes, reader));
    }
    default:
      return notice satisfies never;
  }
}

/** Whether the customer has deleted all they wrote: then nobody waits to be acknowledged. */
function withdrawn(view: RequestView): boolean {
  return view.messages.every(({ role, erased }) => role !== "customer" || erased);
}

function lineOf(view: RequestView, words: string): { text: string; apology: boolean } {
  const line = view.messages.find((message) => message.row === words);
  const apology = view.history.some(
    (fact) => fact.kind === "answered" && fact.how === "apologised" && fact.at === line?.at,
  );
  return { text: line?.text ?? "", apology };
}

/** The line now has a message of its own on the platform. */
async function keepLine(context: Context, row: string, message: string): Promise<void> {
  await context.db.message.updateMany({
    where: { id: row, externalId: null },
    data: { externalId: message },
  });
}
