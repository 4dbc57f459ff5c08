// What people say of tiers is kept as examples, and can be forgotten.
import type { Plan } from "../domain/request/plan.ts";
import { replay } from "../domain/request/state.ts";
import type { Answer } from "../messages/card.ts";
import { refusal } from "../messages/refusals.ts";
import { whySentences } from "../messages/text/why.ts";
import { corrected } from "../messages/why.ts";
import { forgetExamples, keepExample, messagesOf } from "../store/corrections.ts";
import type { Transaction } from "../store/direct.ts";
import type { LoadedRequest } from "../store/load.ts";
import type { Acting } from "./acting.ts";
import type { Context } from "./context.ts";

/** A tier chosen by a person is an example of the words the request began with; choosing again replaces it. */
export async function learnTier(
  context: Context,
  tx: Transaction,
  acting: Acting,
  request: LoadedRequest,
  plan: Plan,
): Promise<void> {
  const chosen = plan.facts.find((each) => each.kind === "tiered" && each.how === "person");
  if (chosen?.kind !== "tiered") return;
  const { root } = replay(request.history);
  const first = (await messagesOf(tx, request.id)).find(({ message }) => message === root);
  if (!first) return;
  tx.along(
    keepExample(tx, {
      workspaceId: request.workspaceId,
      channelId: request.channelId,
      message: root,
      request: request.id,
      text: first.text,
      verdict: "tier",
      tier: chosen.to,
      by: acting.by.id,
      at: chosen.at,
    }),
  );
  tx.after(() => context.triage.changed(request.workspaceId));
}

/** `/siempre triage forget N`: messages are read again as if it had never been corrected. */
export async function forgetLearned(context: Context, acting: Acting): Promise<Answer> {
  const { request: id, lang } = acting;
  if (id === null) return refusal("not_a_request", lang);
  const row = await context.db.request.findUnique({
    where: { id },
    select: { number: true, workspaceId: true },
  });
  if (!row) return refusal("not_found", lang);
  const count = await forgetExamples(context.db.direct, row.workspaceId, id);
  context.triage.changed(row.workspaceId);
  context.log.info({ request: id, by: acting.by.id, count }, "what was learned from a request is forgotten");
  return corrected(whySentences(lang).forgot(row.number, count));
}
