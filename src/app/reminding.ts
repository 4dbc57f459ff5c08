// What is told to people about promises goes a way of its own: it waits a moment for what else falls due for the same person.
import { v5 } from "uuid";
import { atAnyHour } from "../domain/promises/reminders.ts";
import type { Fact } from "../domain/request/facts.ts";
import { type Notice, type NoticeBody, noticeKey } from "../domain/request/notices.ts";
import { evolve, replay } from "../domain/request/state.ts";
import type { LoadedRequest } from "../store/load.ts";
import type { Reminder } from "../store/reminders.ts";

/** Names our reminders among all UUIDs, so that a notice always becomes the same one. */
const NAMESPACE = "0b7a3c0e-5b0a-4d52-8a55-1c1a4b7f6d21";

type Together = Extract<NoticeBody, { kind: "reminder" | "breach" }>;

/** Whether it is told together with what else its reader is to hear now. */
export function isTogether(notice: NoticeBody): notice is Together {
  return notice.kind === "reminder" || notice.kind === "breach";
}

/** The reminders among the notices of a decision, as rows; `facts` are what it added to the history. */
export function remindersOf(
  request: Pick<LoadedRequest, "id" | "workspaceId" | "history" | "terms">,
  facts: readonly Fact[],
  notices: readonly NoticeBody[],
): readonly Reminder[] {
  const together = notices.filter(isTogether);
  if (together.length === 0) return [];
  const state = facts.reduce(evolve, replay(request.history));
  const anyHour = atAnyHour(state, request.terms);
  return together.map((body) => {
    const notice: Notice = { ...body, request: request.id };
    return {
      id: v5(noticeKey(notice), NAMESPACE),
      workspaceId: request.workspaceId,
      requestId: request.id,
      kind: body.kind === "reminder" ? "warning" : "breach",
      pledge: body.pledge,
      due: body.due,
      at: body.kind === "reminder" ? body.at : body.due,
      whom: body.to,
      how: body.kind === "reminder" ? body.how : "direct",
      tier: state.tier,
      anyHour,
    };
  });
}
