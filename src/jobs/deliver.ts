// What was decided is delivered: a notice as posts, or what was gathered as one message.
import { type Context, type Delivery, type Known, nothingKnown } from "../app/context.ts";
import { lookAround } from "../app/storms.ts";
import type { Notice } from "../domain/request/notices.ts";
import { noticeKey } from "../domain/request/notices.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { RequestId } from "../domain/words.ts";
import { isPassing, SiempreError } from "../errors.ts";
import { addressed } from "../messages/bundle.ts";
import { undelivered } from "../messages/undelivered.ts";
import { loadView } from "../store/view.ts";
import { applyFurther } from "./applying.ts";
import { deliverBundle } from "./bundles.ts";
import { deliverIncident } from "./incidents.ts";
import { deliverLetter, waitsFor } from "./letters.ts";
import { deliverTest, deliverToPager } from "./paging.ts";
import { digestOf, ensurePost, type Post } from "./posting.ts";
import { langOf, type Surroundings, surroundingsOf, toPrivateTeam, toTeam } from "./recipients.ts";
import { deliverReport } from "./reporting.ts";
import { deliverShift } from "./shifts.ts";
import { takeBack, toldBefore } from "./signalling.ts";
import { deliverTuning } from "./tuning.ts";
import { LINKED, postsFor, type Wording } from "./wording.ts";

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
    else if (delivery.kind === "apply_policy") await applyFurther(context, wall, delivery);
    else if (delivery.kind === "page_test") await deliverTest(context, wall, delivery);
    else if (delivery.kind === "bundle") await deliverBundle(context, wall, delivery.bundle);
    else if (delivery.kind === "letter") await deliverLetter(context, wall, delivery.message);
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

interface Found {
  around: Surroundings;
  wordings: readonly Wording[];
}

/** Words found before they may be said, by what was born together and by notice. */
const found = new WeakMap<Known, Map<string, Promise<Found | null>>>();

/**
 * Finds the words of an acknowledgement while its request is still being committed: the database works meanwhile, and a
 * person waits for them. Nothing is said; where anything goes wrong, `deliver` finds them as it finds all others.
 */
export function prepare(context: Context, delivery: Delivery, known: Known): void {
  if (delivery.kind !== "notice" || delivery.notice.kind !== "acknowledge") return;
  const { notice } = delivery;
  // Only what is known already: read from outside, a request that is not committed does not exist.
  const view = known.views.get(notice.request);
  if (!view) return;
  const words = find(context, notice, view).catch(() => null);
  const together = found.get(known) ?? new Map<string, Promise<Found | null>>();
  found.set(known, together.set(noticeKey(notice), words));
}

async function find(
  context: Context,
  notice: Notice,
  asked: Promise<RequestView | null>,
): Promise<Found | null> {
  const view = await asked;
  const around = view && (await surroundingsOf(context, view, LINKED.has(notice.kind)));
  if (!around) return null;
  const wordings = await postsFor(context, notice, around);
  return {
    around,
    wordings: await Promise.all(
      wordings.map(async (wording): Promise<Wording> => {
        const card = await wording.card(true);
        digestOf(card);
        return { ...wording, card: async (first, version) => (first ? card : wording.card(first, version)) };
      }),
    ),
  };
}

async function deliverNotice(
  context: Context,
  wall: () => number,
  workspaceId: string,
  notice: Notice,
  known: Known,
): Promise<void> {
  const ready = await found.get(known)?.get(noticeKey(notice));
  const view = ready?.around.view ?? (await viewOf(context, notice.request, known));
  if (!view) return;
  const around = ready?.around ?? (await surroundingsOf(context, view, LINKED.has(notice.kind)));
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
  const changed = notice.kind === "note_changed";
  const told = changed ? await toldBefore(context, workspaceId, notice, around) : [notice];
  for (const each of told) {
    for (const wording of ready?.wordings ?? (await postsFor(context, each, around))) {
      try {
        await tell(context, wall, { workspaceId, notice: each, around, wording, known, changed });
      } catch (error) {
        // Whom we cannot reach must not keep the others from hearing it.
        failures.push(error);
      }
    }
  }
  if (failures.length > 0) throw failures.find(isPassing) ?? failures[0];
}

/** The request as it stands; read once for all that is delivered at the same moment. */
function viewOf(context: Context, request: RequestId, known: Known): Promise<RequestView | null> {
  const view = known.views.get(request) ?? loadView(context.db.direct, request, context.clock.now());
  known.views.set(request, view);
  return view;
}

/** What is told of customers as people: never where they can read it. */
const ABOUT_PEOPLE: ReadonlySet<Notice["kind"]> = new Set(["signal", "one_voice", "look_in", "follow_up"]);

interface Telling {
  workspaceId: string;
  notice: Notice;
  around: Surroundings;
  wording: Wording;
  known: Known;
  /** It was told before: what stands is brought up to date, and disturbs nobody. */
  changed: boolean;
}

async function tell(context: Context, wall: () => number, telling: Telling): Promise<void> {
  const { workspaceId, notice, around, wording, known, changed } = telling;
  const { recipient, card, live } = wording;
  // Nothing in private reaches people outside their hours, but what woke them (decision 0024).
  if (!changed && (await waitsFor(context, { workspaceId, notice, around, recipient }))) return;
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
    const instead = error instanceof SiempreError ? await toTeamInstead(context, error, telling) : null;
    if (!instead) throw error;
    await ensurePost(context, wall, { ...post, ...instead, key: `${key}:team` });
    const why = error instanceof SiempreError ? error.message : null;
    context.log.info({ what: notice.kind, why }, "could not be told to whom it was for; the team was told");
  }
}

/** Where the team reads what could not be told to whom it was for, and how; null: trying again may help, or nobody may read it. */
async function toTeamInstead(
  context: Context,
  error: SiempreError,
  { notice, around, wording: { recipient, card } }: Telling,
): Promise<Pick<Post, "platform" | "target" | "card" | "lang"> | null> {
  const { target } = recipient;
  if (error.code === "platform_direct_closed") {
    const team = await (ABOUT_PEOPLE.has(notice.kind) ? toPrivateTeam : toTeam)(context, around);
    if (!team) return null;
    // Whoever takes no direct messages is told in the team channel, by name.
    const person =
      target.kind === "direct"
        ? await context.people.find(recipient.platform, target.workspace, target.person)
        : null;
    return {
      ...{ platform: team.platform, target: team.target, lang: langOf(recipient) },
      card: async (first) => (person ? addressed(await card(first), person) : card(first)),
    };
  }
  const gone = error.code === "platform_gone";
  if (target.kind !== "thread" || !(gone || error.code === "platform_forbidden")) return null;
  // A channel that was archived, a thread that was locked: the team believes the customer was told.
  const team = await toTeam(context, around);
  if (!team) return null;
  return {
    ...{ platform: team.platform, target: team.target, lang: langOf(team) },
    card: async (first) => undelivered(await card(first), around.view, gone, team.reader),
  };
}

/** The line now has a message of its own on the platform. */
async function keepLine(context: Context, row: string, message: string): Promise<void> {
  await context.db.message.updateMany({
    where: { id: row, externalId: null },
    data: { externalId: message },
  });
}
