// A form that was refused, opened again with what was typed: nobody writes their line twice.
import type { RequestView } from "../domain/request/view.ts";
import { formAgain, reopens, tryAgain } from "../messages/again.ts";
import type { Answer } from "../messages/card.ts";
import type { Reader } from "../messages/inline.ts";
import { refusal } from "../messages/refusals.ts";
import { draftOf, keepDraft } from "../store/drafts.ts";
import type { Acting } from "./acting.ts";
import type { Context } from "./context.ts";

/**
 * Adds a way back to a form's fault, where the platform closes forms whatever they are answered. What was typed is kept for
 * a day, for whoever typed it.
 */
export async function withWayBack(context: Context, acting: Acting, answer: Answer): Promise<Answer> {
  const { call, by, act, request, home, lang } = acting;
  const stays = context.platforms.get(call.where.platform)?.capabilities.formsStayOpen ?? false;
  const lost = answer.kind === "error" && answer.field !== undefined && call.surface === "modal" && !stays;
  if (!lost || request === null || !reopens(act.name)) return answer;
  const draft = await keepDraft(context.db.direct, {
    workspaceId: home.rowId,
    requestId: request,
    personId: by.id,
    act: act.name,
    typed: call.args,
    at: context.clock.now(),
  });
  return { ...answer, again: tryAgain(request, draft, lang) };
}

/** Opens the form behind "Try again"; what was kept too long ago, or by somebody else, is not there. */
export async function openAgain(
  context: Context,
  acting: Acting,
  view: RequestView,
  reader: Reader,
): Promise<Answer> {
  const draft = await draftOf(context.db.direct, String(acting.args.draft), acting.by.id);
  const modal = draft && draft.requestId === view.id ? formAgain(view, draft, acting.by, reader) : null;
  return modal ? { kind: "modal", modal } : refusal("form_gone", acting.lang);
}
