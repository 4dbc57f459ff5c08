// Who hears that a request changes hands, and in which words.
import type { Context } from "../app/context.ts";
import { fellBack } from "../domain/request/letters.ts";
import type { Notice } from "../domain/request/notices.ts";
import { isActive } from "../domain/request/state.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { PersonId } from "../domain/words.ts";
import type { Card } from "../messages/card.ts";
import {
  givenBack,
  handoverOffer,
  newOwner,
  ownershipNews,
  standIn,
  stillTheirs,
  tooMany,
} from "../messages/ownership.ts";
import { briefText } from "../store/briefs.ts";
import { namedPeople } from "../store/places.ts";
import { type Recipient, type Surroundings, toCustomer, toLeads, toPerson, toTeam } from "./recipients.ts";

type Handing = Extract<
  Notice,
  {
    kind: "handover" | "ownership" | "still_theirs" | "new_owner" | "released" | "stand_in" | "too_many";
  }
>;

export interface Told {
  recipient: Recipient;
  card: Card;
}

/** Nobody where it has become untrue: an offer that was answered, an owner who has it no more. */
export async function handingOver(context: Context, notice: Handing, around: Surroundings): Promise<Told[]> {
  const { view, home, link } = around;
  switch (notice.kind) {
    case "handover": {
      const { offer } = view.state;
      if (offer === null || offer.at !== notice.at || offer.to !== notice.to) return [];
      const people = await namedPeople(context.db, ids([offer.to, offer.by]));
      const to = people.get(offer.to);
      if (!to) return [];
      const recipient = toPerson(context, home, to);
      const by = offer.by === null ? "" : (people.get(offer.by)?.name ?? "");
      const brief = offer.brief === null ? null : await briefText(context.db.direct, offer.brief);
      const facts = { ...offer, by, brief, again: notice.again, link };
      return [{ recipient, card: handoverOffer(view, facts, recipient.reader) }];
    }
    case "ownership": {
      // Passed on meanwhile, or offered anew: what became of the offer before is no news.
      const stillSo = isActive(view.state) && view.state.owner === notice.to && view.state.offer === null;
      if (fellBack(notice) && !stillSo) return [];
      const by = notice.what === "offered" ? (view.state.offer?.by ?? null) : null;
      const people = await namedPeople(context.db, ids([notice.to, notice.who, by]));
      const to = people.get(notice.to);
      if (!to) return [];
      const recipient = toPerson(context, home, to);
      const name = (id: PersonId | null) => (id === null ? "" : (people.get(id)?.name ?? ""));
      const facts = { what: notice.what, who: name(notice.who), by: name(by), link };
      return [{ recipient, card: ownershipNews(view, facts, recipient.reader) }];
    }
    case "still_theirs": {
      const { state } = view;
      if (!isActive(state) || state.owner !== notice.owner || state.offer !== null) return [];
      const recipient = await toTeam(context, around);
      if (!recipient) return [];
      const people = await namedPeople(context.db, ids([notice.owner, notice.who]));
      const name = (id: PersonId | null) => (id === null ? "" : (people.get(id)?.name ?? ""));
      const facts = { owner: name(notice.owner), who: name(notice.who), back: notice.back, link };
      return [{ recipient, card: stillTheirs(view, facts, recipient.reader) }];
    }
    case "new_owner": {
      // Passed on again before it could be said: the next one is named, not this one.
      if (view.owner?.id !== notice.to) return [];
      const people = await namedPeople(context.db, [notice.to, notice.from]);
      const to = people.get(notice.to)?.name ?? "";
      const from = people.get(notice.from)?.name ?? "";
      if (to === "" || from === "") return [];
      const recipient = toCustomer(context, around);
      return [{ recipient, card: newOwner(view, { to, from, knows: notice.knows }, context.clock.now()) }];
    }
    case "released": {
      const recipient = view.owner === null ? await toTeam(context, around) : null;
      if (!recipient) return [];
      const by = (await namedPeople(context.db, [notice.by])).get(notice.by)?.name ?? "";
      return [
        { recipient, card: givenBack(view, { by, away: notice.away ?? false, link }, recipient.reader) },
      ];
    }
    case "stand_in": {
      if (view.owner?.id !== notice.to) return [];
      const people = await namedPeople(context.db, [notice.from, notice.to]);
      const from = people.get(notice.from)?.name ?? "";
      // Not as the view names them: the team may sit in another workspace.
      const recipient = toPerson(context, home, people.get(notice.to) ?? view.owner);
      return [{ recipient, card: standIn(view, { from, until: notice.until, link }, recipient.reader) }];
    }
    case "too_many": {
      const names = notice.what === "handovers" ? await ownersOf(context, view) : [];
      return (await toLeads(context, around)).map((recipient) => ({
        recipient,
        card: tooMany(view, { what: notice.what, names, link }, recipient.reader),
      }));
    }
    default:
      return notice satisfies never;
  }
}

/** The names of those who had it, in order. */
async function ownersOf(context: Context, view: RequestView): Promise<string[]> {
  const owners = view.history.flatMap((fact) => (fact.kind === "owned" ? [fact.owner] : []));
  const inTurn = owners.filter((owner, index) => owner !== owners[index - 1]);
  const people = await namedPeople(context.db, inTurn);
  return inTurn.map((owner) => people.get(owner)?.name || "?");
}

function ids(people: readonly (PersonId | null)[]): PersonId[] {
  return people.filter((id) => id !== null);
}
