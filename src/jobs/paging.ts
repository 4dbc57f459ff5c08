// A page on its way out of the house. It waits for nothing else about its request, and nothing else waits for it.
import type { Context } from "../app/context.ts";
import type { Notice } from "../domain/request/notices.ts";
import { noticeKey } from "../domain/request/notices.ts";
import { pageLines } from "../messages/on-call.ts";
import { namedPeople } from "../store/places.ts";
import { reader, type Surroundings } from "./recipients.ts";

/** A page that could not be sent for so long wakes nobody any more, ms: the next ones were sent meanwhile. */
const TOO_LATE = 60 * 60_000;

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
