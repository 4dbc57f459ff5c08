// Which causes are proposed to the owner of a resolved request.
import type { Context } from "../app/context.ts";
import type { RequestView } from "../domain/request/view.ts";
import { proposeCauses } from "../domain/triage/causes.ts";
import type { Lang } from "../domain/words.ts";
import { ensureCause, openCauses } from "../store/causes.ts";

/** Up to three, each with a row of its own so that its button can name it. */
export async function proposals(
  context: Context,
  view: RequestView,
  lang: Lang,
): Promise<readonly { id: string; name: string }[]> {
  const home = await context.places.home(view.channel.platform, view.channel.workspace);
  if (!home) return [];
  const known = await openCauses(context.db, home.rowId, 50);
  const first = view.messages.find((message) => message.role === "customer");
  const text = first?.text ?? "";
  const { topic } = context.triage.read(home.rowId, text, { known: view.state.lang });
  const proposed = proposeCauses({ tier: view.state.tier, topic, known, text, lang });
  return Promise.all(
    proposed.map(async ({ id, name }) => ({
      id: id ?? (await ensureCause(context.db, home.rowId, name, context.clock.now())),
      name,
    })),
  );
}
