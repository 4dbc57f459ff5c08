// A policy that a lead applies to very many requests: go after go, and a word to them when it is done.
import type { Context, Delivery } from "../app/context.ts";
import { applyOn } from "../app/policy-apply.ts";
import { policyApplied } from "../messages/policy-apply.ts";
import { namedPeople } from "../store/places.ts";
import { ensurePost } from "./posting.ts";
import { langOf, toPerson } from "./recipients.ts";

export async function applyFurther(
  context: Context,
  wall: () => number,
  { workspaceId, go }: Extract<Delivery, { kind: "apply_policy" }>,
): Promise<void> {
  const row = await context.db.workspace.findUnique({ where: { id: workspaceId } });
  const home = row ? await context.places.home(row.platform, row.externalId) : null;
  const person = (await namedPeople(context.db, [go.by])).get(go.by);
  const by = person && (await context.people.find(person.ref.platform, person.ref.workspace, person.ref.id));
  if (!home || !person || !by) return;
  const ended = await applyOn(context, home, by, go);
  if (ended === null) return;
  const recipient = toPerson(context, home, person);
  await ensurePost(context, wall, {
    workspaceId,
    requestId: null,
    key: `apply_policy:${go.id}`,
    platform: recipient.platform,
    target: recipient.target,
    card: async () => policyApplied(ended.done, ended.how, langOf(recipient)),
    lang: langOf(recipient),
    live: false,
  });
}
