// A page on its way out of the house. It waits for nothing else about its request, and nothing else waits for it.
import type { Context, Delivery } from "../app/context.ts";
import { atAnyHour } from "../domain/promises/reminders.ts";
import type { Notice } from "../domain/request/notices.ts";
import { noticeKey } from "../domain/request/notices.ts";
import { isPaging } from "../domain/request/paging.ts";
import { isActive } from "../domain/request/state.ts";
import type { Card } from "../messages/card.ts";
import { called, nobodyFree, pageLines, taken, testLine, testPage, unanswered } from "../messages/on-call.ts";
import { namedPeople } from "../store/places.ts";
import { reachOf } from "./addresses.ts";
import { ensurePost } from "./posting.ts";
import { type Recipient, reader, type Surroundings, toLeads, toPerson, toTeam } from "./recipients.ts";

/** A page that could not be sent for so long wakes nobody any more, ms: the next ones were sent meanwhile. */
const TOO_LATE = 60 * 60_000;

type CallNotice = Extract<Notice, { kind: "page" | "page_taken" | "page_unanswered" | "nobody_free" }>;

/** Who is told in chat that somebody is called, that nobody answers, or that nobody was there to be given a request. */
export async function callingPeople(
  context: Context,
  notice: CallNotice,
  around: Surroundings,
): Promise<{ recipient: Recipient; card: Card; live?: boolean }[]> {
  const { view, home, link } = around;
  const { page } = view.state;
  switch (notice.kind) {
    case "page": {
      // Answered meanwhile, it would call somebody for nothing.
      if (!page.calls.some(({ at }) => at === notice.at)) return [];
      const to = (await namedPeople(context.db, [notice.to])).get(notice.to);
      if (!to) return [];
      const recipient = toPerson(context, home, to);
      return [{ recipient, card: called(view, { at: notice.at, link }, recipient.reader) }];
    }
    case "page_taken": {
      const by = view.history.findLast(({ kind }) => kind === "page_answered")?.by ?? null;
      const people = await namedPeople(context.db, by === null ? [notice.to] : [notice.to, by]);
      const to = people.get(notice.to);
      if (!to || by === null) return [];
      const recipient = toPerson(context, home, to);
      const name = people.get(by)?.name ?? "";
      return [{ recipient, card: taken(view, name, link, recipient.reader), live: true }];
    }
    case "page_unanswered": {
      if (!page.over) return [];
      const team = await toTeam(context, around);
      const everybody = [...(team ? [team] : []), ...(await toLeads(context, around))];
      // Leads without names of their own are told where the team is: once is enough.
      const each = new Map(everybody.map((to) => [`${to.tag}:${JSON.stringify(to.target)}`, to]));
      return [...each.values()].map((recipient) => ({
        recipient,
        card: unanswered(view, link, recipient.reader),
      }));
    }
    case "nobody_free": {
      if (view.owner !== null || !isActive(view.state)) return [];
      // Somebody on call is being woken for it: they will have it.
      if (isPaging(view.state)) return [];
      return (await nextOnLadder(context, around, notice.to ?? "team")).map((recipient) => ({
        recipient,
        card: nobodyFree(view, link, recipient.reader),
      }));
    }
    default:
      return notice satisfies never;
  }
}

/** Whom the next step of the ladder tells, as it would at its time; where it reaches nobody, the team. */
async function nextOnLadder(
  context: Context,
  around: Surroundings,
  whom: "team" | "on-call" | "lead",
): Promise<Recipient[]> {
  const { home, team } = around;
  const now = context.clock.now();
  const anyHour = atAnyHour(around.view.state, around.view.terms);
  const it = { whom, how: "direct", ownerId: null, kind: "warning", due: now } as const;
  const reach =
    whom === "team" ? { to: [] } : await reachOf({ context, home, team, now }, { ...it, anyHour });
  const people = await namedPeople(
    context.db,
    "to" in reach ? reach.to.flatMap(({ person }) => person ?? []) : [],
  );
  const found = ("to" in reach ? reach.to : []).map(({ platform, target, person }): Recipient => {
    const named = person === null ? undefined : people.get(person);
    return named
      ? toPerson(context, home, named)
      : { tag: "", platform, target, reader: reader(context, home, null) };
  });
  if (found.length > 0) return found;
  const channel = await toTeam(context, around);
  return channel ? [channel] : [];
}

/** One half of a test page: what rings, or the direct message in which they say that it rang. */
export async function deliverTest(
  context: Context,
  wall: () => number,
  { workspaceId, test }: Extract<Delivery, { kind: "page_test" }>,
): Promise<void> {
  const { id, team, at } = test;
  const to = (await namedPeople(context.db, [test.to])).get(test.to);
  const home = to && (await context.places.home(to.ref.platform, to.ref.workspace));
  if (!to || !home || context.clock.now() - at > TOO_LATE) return;
  const recipient = toPerson(context, home, to);
  const { lang } = recipient.reader;
  if (test.by === "direct") {
    const card = async () => testPage(test, recipient.reader);
    const post = { workspaceId, requestId: null, key: `page_test:${id}`, lang, live: false, card };
    await ensurePost(context, wall, { ...post, platform: recipient.platform, target: recipient.target });
    return;
  }
  const who = { id: to.ref.id, name: to.name };
  const summary = testLine(team.name, lang);
  // The policy may have lost the team meanwhile: then the bot's own pager is the one left to try.
  const named = home.policy.teams.find(({ name }) => name === team.name)?.pager ?? null;
  await context.pagers.of(named)?.send({
    ...{ id: `test:${id}`, event: "call", summary, title: null, team: team.name },
    ...{ request: null, to: who, at },
  });
}

type PagerNotice = Extract<Notice, { kind: "pager" | "pager_answered" }>;

/** Throws what the pager throws: a service that is down is tried again by the queue. */
export async function deliverToPager(
  context: Context,
  around: Surroundings,
  notice: PagerNotice,
): Promise<void> {
  const { view, home, team } = around;
  const pager = context.pagers.of(team.pager);
  if (!pager) {
    context.log.warn({ team: team.name }, "a page wakes nobody: no pager is set up (PAGE_URL, PAGE_SHAPE)");
    return;
  }
  const call = notice.kind === "pager";
  // Somebody answered while it was on its way: nobody is to be woken for that.
  if (call && !view.state.page.calls.some(({ at }) => at === notice.at)) return;
  if (context.clock.now() - notice.at > TOO_LATE) {
    context.log.warn({ request: view.id }, "a page could not be sent in time; it is not sent any more");
    return;
  }
  const to = call ? (await namedPeople(context.db, [notice.to])).get(notice.to) : undefined;
  const { summary, answered, title } = pageLines(
    view,
    team.onCall?.saysTitle ?? false,
    reader(context, home, null),
  );
  await pager.send({
    id: noticeKey({ kind: "pager", request: view.id, to: "", at: notice.at }),
    event: call ? "call" : "answered",
    summary: call ? summary : answered,
    title: call ? title : null,
    team: team.name,
    request: { number: view.number, company: view.company, channel: view.channel.name, link: around.link },
    to: to ? { id: to.ref.id, name: to.name } : null,
    at: notice.at,
  });
}
