// Why?: what a message was taken for, and by which signs, as far as that is still known.
import { whyTalk } from "../domain/intake/talk.ts";
import type { Answer } from "../messages/card.ts";
import { refusal } from "../messages/refusals.ts";
import { whyCard } from "../messages/why.ts";
import { heardOf, recentLines } from "../store/heard.ts";
import type { Acting } from "./acting.ts";
import { readingHints, requestOfMessage } from "./by-hand.ts";
import type { Context } from "./context.ts";
import { wordsOf } from "./hearing.ts";

/** For staff alone; the gate was passed. The signs of the talk are worked out anew from the lines that are still kept. */
export async function explain(context: Context, acting: Acting): Promise<Answer> {
  const { call, lang } = acting;
  const target = call.target;
  if (!target) return refusal("message_gone", lang);
  const place = await context.places.watched(call.where);
  if (!place) return refusal("not_watched", lang);
  const { message, thread } = target.where;
  const author = await context.people.know(target.author);
  const role = await context.people.role(author, acting.home, place.team);
  const [heard, belongs, lines] = await Promise.all([
    heardOf(context.db.direct, place.channelId, message),
    requestOfMessage(context.db.direct, place, message),
    thread === null ? recentLines(context.db.direct, place.channelId, target.at) : [],
  ]);
  const recent = lines.filter(({ line }) => line.id !== message);
  const { opensFrom } = place.channel;
  const talk = whyTalk({ message: target, role, recent, ...(opensFrom === null ? {} : { opensFrom }) });
  const near = recent.find(({ line }) => line.id === talk.of);
  const ids = [heard?.decided.request, belongs?.request].filter((id) => id !== null && id !== undefined);
  const rows = await context.db.request.findMany({
    where: { id: { in: ids }, workspaceId: place.workspaceId },
    select: { id: true, number: true, root: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const now = belongs ? byId.get(belongs.request) : undefined;
  return {
    kind: "card",
    card: whyCard(
      {
        decided: heard && {
          kind: heard.decided.kind,
          why: heard.decided.why,
          number: byId.get(heard.decided.request ?? "")?.number ?? null,
        },
        now: now ? { number: now.number, first: now.root === message } : null,
        reading: context.triage.read(place.workspaceId, wordsOf(target), readingHints(place, target, author)),
        near: near ? { text: near.line.text, clues: talk.reasons.map(({ clue }) => clue) } : null,
        where: target.where,
      },
      lang,
    ),
  };
}
