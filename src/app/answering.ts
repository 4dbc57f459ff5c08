// From a decision's reply to what whoever acted sees.
import type { Reply } from "../domain/request/plan.ts";
import { answerReply } from "../messages/answers.ts";
import type { Answer } from "../messages/card.ts";
import { refusal } from "../messages/refusals.ts";
import { namedPeople } from "../store/places.ts";
import { loadView } from "../store/view.ts";
import type { Acting } from "./acting.ts";
import type { Context } from "./context.ts";

/** Words a reply in the language of whoever acted, with the request as it stands after the commit. */
export async function answerPlan(context: Context, acting: Acting, reply: Reply): Promise<Answer> {
  if (acting.request === null) return refusal("not_a_request", acting.lang);
  const now = context.clock.now();
  const view = await loadView(context.db.direct, acting.request, now);
  if (!view) return refusal("not_found", acting.lang);
  const about = "to" in reply ? reply.to : "who" in reply ? reply.who : null;
  const to = about === null ? undefined : (await namedPeople(context.db, [about])).get(about);
  return answerReply(reply, {
    view,
    actor: {
      id: acting.by.id,
      ref: acting.by.ref,
      name: acting.by.name,
      timezone: acting.by.timezone,
      lang: acting.lang,
    },
    to: to ?? null,
    rings: context.pagers.of(acting.team.pager) !== null,
    lang: acting.lang,
    now,
  });
}
