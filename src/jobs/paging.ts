// A page on its way out of the house. It waits for nothing else about its request, and nothing else waits for it.
import type { Context, Delivery } from "../app/context.ts";
import type { Notice } from "../domain/request/notices.ts";
import { noticeKey } from "../domain/request/notices.ts";
import { pageLines, testLine, testPage } from "../messages/on-call.ts";
import { namedPeople } from "../store/places.ts";
import { ensurePost } from "./posting.ts";
import { reader, type Surroundings, toPerson } from "./recipients.ts";

/** A page that could not be sent for so long wakes nobody any more, ms: the next ones were sent meanwhile. */
const TOO_LATE = 60 * 60_000;

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
  await context.pager?.send({
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
  const { pager } = context;
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
