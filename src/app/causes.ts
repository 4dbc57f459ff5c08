// The feedback loop's acts: naming what caused a request, and taking a cause to remove.
import { answerCause, causesToChoose } from "../messages/answers.ts";
import type { Answer } from "../messages/card.ts";
import { notNowForm, otherCauseForm } from "../messages/forms.ts";
import { refusal } from "../messages/refusals.ts";
import { decline, openCauses, recordFeedback, takeCause } from "../store/causes.ts";
import type { Acting } from "./acting.ts";
import type { Context } from "./context.ts";

export async function actOnCause(context: Context, acting: Acting): Promise<Answer> {
  const { act, args, by, lang, home } = acting;
  const now = context.clock.now();
  const said = (value: unknown) => (typeof value === "string" ? value.trim() : "");
  switch (act.name) {
    case "cause":
    case "other_cause": {
      if (acting.request === null) return refusal("not_a_request", lang);
      const cause = act.name === "cause" ? { id: said(args.cause) } : { name: said(args.name) };
      if ("name" in cause && cause.name === "")
        return { kind: "modal", modal: otherCauseForm(acting.request, lang) };
      const name = await recordFeedback(context.db, {
        request: acting.request,
        workspaceId: home.rowId,
        by: by.id,
        cause,
        at: now,
      });
      return name === null ? refusal("not_found", lang) : answerCause({ kind: "named", name, lang });
    }
    case "take_cause": {
      const name = await takeCause(context.db, {
        // The summary may have been read in the workspace where a team keeps its channel.
        workspaceIds: acting.reach.map((reached) => reached.rowId),
        cause: said(args.cause),
        by: by.id,
        at: now,
      });
      return name === null ? refusal("not_found", lang) : answerCause({ kind: "taken", name, lang });
    }
    case "not_now": {
      const why = said(args.why);
      if (why === "") return { kind: "modal", modal: notNowForm(said(args.team), lang) };
      const kept = await decline(context.db, {
        teamId: said(args.team),
        within: acting.reach.map((reached) => reached.rowId),
        by: by.id,
        why,
        at: now,
      });
      return kept ? answerCause({ kind: "declined", name: why, lang }) : refusal("not_found", lang);
    }
    default:
      throw new Error(`"${act.name}" is no act about causes.`);
  }
}

/** The causes one may take instead of the suggested one: somebody named them, and nobody has them. */
export async function causeChoice(context: Context, acting: Acting): Promise<Answer> {
  const found = await Promise.all(acting.reach.map((home) => openCauses(context.db, home.rowId, 100)));
  // What was only ever proposed stands in the table, too, so that its button could name it.
  const causes = found
    .flat()
    .filter(({ count, taken }) => count > 0 && !taken)
    .slice(0, 25);
  return { kind: "card", card: causesToChoose({ causes, lang: acting.lang }) };
}
