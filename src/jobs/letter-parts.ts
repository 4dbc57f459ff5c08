// The parts of a letter: each notice as it would be told alone, and what a message of several shows of it.
import type { Context } from "../app/context.ts";
import type { Home } from "../app/places.ts";
import type { TeamPolicy } from "../domain/policy.ts";
import { fellBack } from "../domain/request/letters.ts";
import type { Notice } from "../domain/request/notices.ts";
import type { Named, RequestView } from "../domain/request/view.ts";
import type { Card } from "../messages/card.ts";
import type { LetterFacts } from "../messages/letters.ts";
import { openOf, passedOn } from "../store/absences.ts";
import { briefText } from "../store/briefs.ts";
import type { Letter } from "../store/letters.ts";
import { namedPeople } from "../store/places.ts";
import { loadView, loadViews } from "../store/view.ts";
import { surroundingsOf } from "./recipients.ts";
import { postsFor } from "./wording.ts";

export interface Part {
  home: Home;
  team: TeamPolicy;
  notice: { notice: Notice; view: RequestView; card: Card; link: string | null } | null;
  returned: { theirs: readonly RequestView[]; passed: readonly RequestView[] } | null;
}

/** Null where there is nothing to tell any more, or its platform is not connected. */
export async function partOf(context: Context, letter: Letter, person: Named): Promise<Part | null> {
  const { body } = letter;
  if (body.kind === "returned") {
    const home = await context.places.home(person.ref.platform, person.ref.workspace);
    const team = home?.policy.teams[0];
    if (!home || !team) return null;
    const now = context.clock.now();
    const views = async (ids: readonly string[]) => loadViews(context.db.direct, ids, now);
    const theirs = await views(await openOf(context.db.direct, person.id));
    const passed = await views(await passedOn(context.db.direct, { ...body, person: person.id }));
    return theirs.length + passed.length === 0
      ? null
      : { home, team, notice: null, returned: { theirs, passed } };
  }
  const view = await loadView(context.db.direct, body.request, context.clock.now());
  const around = view && (await surroundingsOf(context, view, true));
  if (!view || !around) return null;
  const wording = (await postsFor(context, body, around)).find(
    ({ recipient }) => recipient.person === person.id,
  );
  if (!wording) return null;
  const { home, team, link } = around;
  return { home, team, notice: { notice: body, view, card: await wording.card(true), link }, returned: null };
}

/** What a message of several parts shows. Of what was passed on while somebody was away the list says enough. */
export async function readingOf(
  context: Context,
  message: string,
  parts: readonly Part[],
  person: Named,
): Promise<LetterFacts> {
  const returned = parts.find((part) => part.returned !== null)?.returned ?? null;
  const listed = new Set(returned?.passed.map(({ id }) => id));
  const offers: LetterFacts["offers"][number][] = [];
  const yours: LetterFacts["yours"][number][] = [];
  const news: LetterFacts["news"][number][] = [];
  for (const { notice: its } of parts) {
    if (its === null) continue;
    const { notice, view, card, link } = its;
    const { offer } = view.state;
    if (notice.kind === "handover" && offer !== null) {
      const by =
        offer.by === null ? undefined : (await namedPeople(context.db.direct, [offer.by])).get(offer.by);
      const brief = offer.brief === null ? null : await briefText(context.db.direct, offer.brief);
      offers.push({ view, at: offer.at, by: by?.name ?? "", brief, link, again: notice.again });
      continue;
    }
    if (notice.kind === "given" || notice.kind === "stand_in") {
      const from =
        notice.kind === "stand_in"
          ? (await namedPeople(context.db.direct, [notice.from])).get(notice.from)
          : undefined;
      const away = from && notice.kind === "stand_in" ? { name: from.name, until: notice.until } : null;
      // Passed on since, it is theirs no more.
      if (view.owner?.id === person.id) yours.push({ view, from: away, link });
      continue;
    }
    const takenFromThem = notice.kind === "ownership" && listed.has(view.id);
    if (!takenFromThem) news.push({ view, text: card.summary, link, ask: fellBack(notice) });
  }
  return { message, me: person.ref.id, returned, offers, yours, news };
}
