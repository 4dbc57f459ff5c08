// Who is told of what a customer's words show, and what is taken back when it no longer holds.
import type { Context } from "../app/context.ts";
import { type Notice, noticeKey } from "../domain/request/notices.ts";
import { isExposed } from "../domain/request/signals.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { Instant, PersonId } from "../domain/words.ts";
import type { Card } from "../messages/card.ts";
import { chanceDue, lookIn, oneVoice, signalCard } from "../messages/signals.ts";
import { noteOf, postsNamed } from "../store/notes.ts";
import { namedPeople } from "../store/places.ts";
import { type Recipient, type Surroundings, toLeadsAlone, toPerson, toPrivateTeam } from "./recipients.ts";

type Signalling = Extract<Notice, { kind: "signal" | "one_voice" | "look_in" | "follow_up" }>;

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
      // Whoever has it may be asleep: it must not stand there until they are back.
      const others =
        isExposed(notice.signal) && notice.to !== null ? await listeners(context, null, around) : [];
      const follows = notice.signal === "opportunity" ? await followerOf(context, view) : null;
      return [...told, ...others].map((recipient) => ({
        recipient,
        card: signalCard(
          view,
          { signal: notice.signal, quote, link: around.link, follows },
          recipient.reader,
        ),
      }));
    }
    case "one_voice":
      if (!view.state.signals.has("heated") || view.owner === null) return [];
      return told.map((recipient) => ({ recipient, card: oneVoice(view, recipient.reader) }));
    case "follow_up": {
      if (view.state.chance?.owner !== notice.to) return [];
      const quote = await noteOf(context.db.direct, view.id, "opportunity");
      return told.map((recipient) => ({
        recipient,
        card: chanceDue(view, { quote, link: around.link }, recipient.reader),
      }));
    }
    case "look_in":
      return told.map((recipient) => ({ recipient, card: lookIn(view, around.link, recipient.reader) }));
    default:
      return notice satisfies never;
  }
}

async function followerOf(
  context: Context,
  { state: { chance } }: RequestView,
): Promise<{ name: string; until: Instant } | null> {
  const person = chance ? (await namedPeople(context.db, [chance.owner])).get(chance.owner) : undefined;
  return chance && person ? { name: person.name, until: chance.until } : null;
}

/** The notices a signal was told by, to be worded once more. */
export async function toldBefore(
  context: Context,
  workspaceId: string,
  { signal }: Extract<Notice, { kind: "note_changed" }>,
  { view }: Surroundings,
): Promise<readonly Extract<Notice, { kind: "signal" }>[]> {
  const posts = await postsNamed(context.db.direct, workspaceId, `${view.id}:signal:${signal}:`);
  const notices = new Map<string, Extract<Notice, { kind: "signal" }>>();
  for (const { key } of posts) {
    // As noticeKey writes it, before whom it went to.
    const [, , , to = "", at = ""] = key.split(":");
    const notice = {
      kind: "signal",
      request: view.id,
      signal,
      to: to === "team" ? null : to,
      at: Number(at),
    } as const;
    notices.set(noticeKey(notice), notice);
  }
  return [...notices.values()];
}

/** The person; or the team's channel, where customers cannot read it; or the leads. */
async function listeners(
  context: Context,
  to: PersonId | null,
  around: Surroundings,
): Promise<readonly Recipient[]> {
  const person = to === null ? undefined : (await namedPeople(context.db, [to])).get(to);
  if (person) return [toPerson(context, around.home, person)];
  const team = await toPrivateTeam(context, around);
  return team ? [team] : toLeadsAlone(context, around);
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
