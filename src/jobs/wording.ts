// A notice becomes words, for each who hears it. What has become untrue since it was decided is not said any more.
import type { Context } from "../app/context.ts";
import { contactOf } from "../app/next-person.ts";
import type { Notice } from "../domain/request/notices.ts";
import { awaitsRelief } from "../domain/request/state.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { Card } from "../messages/card.ts";
import { acknowledgement, closeQuestion, lateNotice, staffLine } from "../messages/customer.ts";
import { causesQuestion, given } from "../messages/private.ts";
import { requestCard } from "../messages/request-card.ts";
import { workaroundQuestion } from "../messages/workaround.ts";
import { briefText } from "../store/briefs.ts";
import { namedPeople } from "../store/places.ts";
import { loadView } from "../store/view.ts";
import { wordAsked } from "./asking-about-words.ts";
import { handingOver } from "./handing-over.ts";
import { callingPeople } from "./paging.ts";
import { proposals } from "./proposing.ts";
import { type Recipient, type Surroundings, stillOwed, toCustomer, toPerson, toTeam } from "./recipients.ts";
import { signalling } from "./signalling.ts";

/** Notices that carry a link to the request. */
export const LINKED: ReadonlySet<Notice["kind"]> = new Set([
  "signal",
  "note_changed",
  "look_in",
  "follow_up",
  "card",
  "given",
  "handover",
  "ownership",
  "still_theirs",
  "released",
  "stand_in",
  "too_many",
  "page",
  "pager",
  "pager_answered",
  "page_taken",
  "page_unanswered",
  "nobody_free",
]);

/** One post a notice becomes. */
export interface Wording {
  recipient: Recipient;
  /** Words found once the post is held: of two deliveries of a live card the later shows the later state. */
  card: (first: boolean, version?: number | null) => Promise<Card>;
  live: boolean;
}

/** The posts of a notice; none where it has become untrue. */
export async function postsFor(context: Context, notice: Notice, around: Surroundings): Promise<Wording[]> {
  const { view, home, link } = around;
  const now = context.clock.now();
  const customer = () => toCustomer(context, around);
  const once = (recipient: Recipient | null, card: (recipient: Recipient) => Card): Wording[] =>
    recipient ? [{ recipient, card: async () => card(recipient), live: false }] : [];
  switch (notice.kind) {
    case "eyes":
    case "pager":
    case "pager_answered":
      return [];
    case "page":
    case "page_taken":
    case "page_unanswered":
    case "nobody_free":
      return (await callingPeople(context, notice, around)).map(({ recipient, card, live = false }) => ({
        recipient,
        card: async () => card,
        live,
      }));
    case "card": {
      const team = await toTeam(context, around);
      if (!team) return [];
      const contact = await contactOf(context, around, view.company);
      const card = async (first: boolean, version: number | null = null) => {
        // Whoever changes it meanwhile brings the post up to date after us.
        const same = first || (version !== null && version === view.version);
        const current = same ? view : await loadView(context.db.direct, view.id, context.clock.now());
        return requestCard(current ?? view, team.reader, link, contact, home.policy.askBelow);
      };
      return [{ recipient: team, card, live: true }];
    }
    case "acknowledge":
      if (view.state.answeredAt !== null || view.state.status !== "open" || withdrawn(view)) return [];
      return once(customer(), () =>
        acknowledgement(view, {
          now,
          statusPage: home.policy.statusPage,
          shared: around.shared,
          wakes: context.pagers.of(around.team.pager) !== null,
          topicIn: (text, lang) => context.triage.topic(home.rowId, text, lang),
        }),
      );
    case "late":
      if (!stillOwed(view, notice.pledge)) return [];
      return once(customer(), () => lateNotice(view, { due: notice.due, now }));
    case "line":
      return once(customer(), () =>
        staffLine(view, { ...lineOf(view, notice.words), until: notice.until, now }),
      );
    case "close":
      if (view.state.status !== "resolved") return [];
      return once(customer(), () =>
        closeQuestion(view, notice.words ? lineOf(view, notice.words).text : null),
      );
    case "workaround":
      if (!awaitsRelief(view.state)) return [];
      return once(customer(), () =>
        workaroundQuestion(view, notice.words ? lineOf(view, notice.words).text : null),
      );
    // Told together with what else their reader is to hear; here only as the job of an older version.
    case "reminder":
    case "breach":
      return [];
    case "word": {
      const asked = await wordAsked(context, notice, around);
      return asked ? once(asked.recipient, () => asked.card) : [];
    }
    case "given": {
      const people = await namedPeople(context.db, notice.by ? [notice.to, notice.by] : [notice.to]);
      const to = people.get(notice.to);
      const by = notice.by ? (people.get(notice.by)?.name ?? "") : "";
      const brief = notice.brief ? await briefText(context.db.direct, notice.brief) : null;
      return to
        ? once(toPerson(context, home, to), ({ reader }) => given(view, by, link, reader, brief))
        : [];
    }
    case "handover":
    case "ownership":
    case "new_owner":
    case "still_theirs":
    case "released":
    case "stand_in":
    case "too_many":
      return (await handingOver(context, notice, around)).flatMap(({ recipient, card }) =>
        once(recipient, () => card),
      );
    case "signal":
      // Brought up to date when its words are taken back, or somebody follows it up.
      return (await signalling(context, notice, around)).map(({ recipient, card }) => ({
        recipient,
        card: async () => card,
        live: true,
      }));
    case "one_voice":
    case "look_in":
    case "follow_up":
      return (await signalling(context, notice, around)).flatMap(({ recipient, card }) =>
        once(recipient, () => card),
      );
    case "note_changed":
    case "note_gone":
    case "withdraw":
      return [];
    case "causes": {
      const to = (await namedPeople(context.db, [notice.to])).get(notice.to);
      if (!to) return [];
      const recipient = toPerson(context, home, to);
      const causes = await proposals(context, view, recipient.reader.lang);
      return once(recipient, ({ reader }) => causesQuestion(view, causes, reader));
    }
    default:
      return notice satisfies never;
  }
}

/** Whether the customer has deleted all they wrote: then nobody waits to be acknowledged. */
function withdrawn(view: RequestView): boolean {
  return view.messages.every(({ role, erased }) => role !== "customer" || erased);
}

function lineOf(view: RequestView, words: string): { text: string; apology: boolean } {
  const line = view.messages.find((message) => message.row === words);
  const apology = view.history.some(
    (fact) => fact.kind === "answered" && fact.how === "apologised" && fact.at === line?.at,
  );
  return { text: line?.text ?? "", apology };
}
