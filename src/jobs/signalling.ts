// Who is told of what a customer's words show, and what is taken back when it no longer holds.
import type { Context } from "../app/context.ts";
import type { Notice } from "../domain/request/notices.ts";
import type { PersonId } from "../domain/words.ts";
import type { Card } from "../messages/card.ts";
import { lookIn, oneVoice, signalCard } from "../messages/signals.ts";
import { noteOf, postsNamed } from "../store/notes.ts";
import { namedPeople } from "../store/places.ts";
import { type Recipient, type Surroundings, toLeads, toPerson, toTeam } from "./recipients.ts";

type Signalling = Extract<Notice, { kind: "signal" | "one_voice" | "look_in" }>;

/** What is told, and to whom: to nobody where the note was deleted meanwhile. */
export async function signalling(
  context: Context,
  notice: Signalling,
  around: Surroundings,
): Promise<readonly { recipient: Recipient; card: Card }[]> {
  const { view } = around;
  const told = await listeners(context, notice.to, around);
  switch (notice.kind) {
    case "signal": {
      if (!view.state.signals.has(notice.signal)) return [];
      const kept = await noteOf(context.db.direct, view.id, notice.signal);
      // A report of a hole is not repeated; of personal data the note holds no more than its beginning.
      const quote = notice.signal === "security" ? null : kept;
      return told.map((recipient) => ({
        recipient,
        card: signalCard(view, { signal: notice.signal, quote, link: around.link }, recipient.reader),
      }));
    }
    case "one_voice":
      if (!view.state.signals.has("heated") || view.owner === null) return [];
      return told.map((recipient) => ({ recipient, card: oneVoice(view, recipient.reader) }));
    case "look_in":
      return told.map((recipient) => ({ recipient, card: lookIn(view, around.link, recipient.reader) }));
    default:
      return notice satisfies never;
  }
}

/** The person; or the team's channel, where customers cannot read it; or the leads. */
async function listeners(
  context: Context,
  to: PersonId | null,
  around: Surroundings,
): Promise<readonly Recipient[]> {
  const person = to === null ? undefined : (await namedPeople(context.db, [to])).get(to);
  if (person) return [toPerson(context, around.home, person)];
  const channel = await context.places.named(around.home, around.team.teamChannel);
  const team = channel?.private ? await toTeam(context, around) : null;
  return team ? [team] : toLeads(context, around);
}

/** Removes what was told of a note that was deleted, or what a customer was shown of what was no request. */
export async function takeBack(
  context: Context,
  workspaceId: string,
  notice: Extract<Notice, { kind: "note_gone" | "withdraw" }>,
  around: Surroundings,
): Promise<void> {
  const { view } = around;
  const answered = notice.kind === "withdraw" && view.state.answeredAt !== null;
  if (answered) return;
  const beginning =
    notice.kind === "withdraw" ? `${view.id}:acknowledge` : `${view.id}:signal:${notice.signal}:`;
  for (const { platform, ...post } of await postsNamed(context.db.direct, workspaceId, beginning)) {
    await context.platforms.get(platform)?.remove(post);
  }
  if (notice.kind !== "withdraw") return;
  const { platform, workspace, channel } = view.channel;
  const where = { platform, workspace, channel, thread: view.rootThread, message: notice.message };
  await context.platforms.get(platform)?.react(where, "eyes", false);
}
