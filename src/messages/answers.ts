// What whoever acted is told at once, seen by them alone.
import type { Reply } from "../domain/request/plan.ts";
import type { Named, RequestView } from "../domain/request/view.ts";
import type { Instant, Lang } from "../domain/words.ts";
import type { Answer, Card, Inline, Text } from "./card.ts";
import { followUpForm } from "./chances.ts";
import { apologyForm, resolveForm, sayBackForm, somethingElseForm } from "./forms.ts";
import { answerForm } from "./incidents.ts";
import { firstName, moment, plain, type Reader, short } from "./inline.ts";
import { handOverCard } from "./lists.ts";
import { briefForm } from "./ownership.ts";
import { stillMissing } from "./signals.ts";
import { snoozeForm } from "./snooze.ts";
import { chanceSentences } from "./text/chances.ts";
import { clockSentences } from "./text/clocks.ts";
import { commitmentSentences } from "./text/commitments.ts";
import { intakeSentences } from "./text/intake.ts";
import { onCallSentences } from "./text/on-call.ts";
import { ownershipSentences } from "./text/ownership.ts";
import { reminderSentences } from "./text/reminders.ts";
import { sentences } from "./text/sentences.ts";
import { signalSentences } from "./text/signals.ts";
import { workaroundForm } from "./workaround.ts";

export interface ReplyFacts {
  view: RequestView;
  actor: Named;
  /** Whom the reply is about, where it names somebody. */
  to: Named | null;
  /** Whether a pager is set up, so that a call wakes somebody. */
  rings?: boolean;
  lang: Lang;
  now: Instant;
}

/** When the customer hears from us next, or null. */
function nextDue(view: RequestView, reader: Reader): Inline | null {
  const due = view.pledges.flatMap(({ endedAt, dueAt }) =>
    endedAt === null && dueAt !== null ? [dueAt] : [],
  );
  return due.length === 0 ? null : moment(Math.min(...due), reader);
}

function told(text: string | Text): Answer {
  const words = typeof text === "string" ? [text] : text;
  return { kind: "card", card: { blocks: [{ kind: "text", text: words }], summary: plain(words) } };
}

/** Words a reply. A claim that can be said back, or a question that must be asked first, is a form. */
export function answerReply(reply: Reply, facts: ReplyFacts): Answer {
  const { view, actor, lang, now } = facts;
  const words = sentences(lang);
  const owning = ownershipSentences(lang);
  const reader: Reader = { lang, now, timezone: actor.timezone ?? view.terms.calendar.timezone };
  const number = view.number;
  switch (reply.kind) {
    case "nothing":
      return { kind: "nothing" };
    case "claimed":
      if (reply.sayBack) return { kind: "modal", modal: sayBackForm(view, actor, reader) };
      return told(view.state.quiet === null ? words.claimed(number) : words.claimedQuiet(number));
    case "assigned":
      return told(
        reply.from === undefined
          ? words.assigned(number, facts.to?.name ?? "")
          : owning.assignedLater(number, firstName(facts.to?.name ?? ""), moment(reply.from, reader)),
      );
    case "ask_brief":
      if (facts.to === null) return { kind: "error", text: words.refusals.not_staff };
      return { kind: "modal", modal: briefForm(view, { who: facts.to.ref.id, name: facts.to.name }, reader) };
    case "offered": {
      const mine = reply.owner === actor.id;
      const [to = "", owner = ""] = [facts.to?.name ?? "", view.owner?.name ?? ""].map(firstName);
      const until = moment(reply.until, reader);
      if (reply.from === undefined) return told(owning.offered(number, to, mine, owner, until));
      const from = moment(reply.from, reader);
      return told(owning.offeredLater(number, to, mine, owner, { from, until }));
    }
    case "accepted":
      return told(owning.accepted(number, reply.told));
    case "declined":
      return told(owning.declinedAnswer(number));
    case "withdrawn":
      return told(owning.withdrawn(number));
    case "released":
      return told(owning.released(number));
    case "tiered": {
      const due = reply.due === null ? [] : words.newPromise(moment(reply.due, reader));
      return told([words.tiered(number, words.tiers[view.state.tier]), ...due]);
    }
    case "waiting":
      return told(words.nowWaiting(number));
    case "ask_resolution":
      return { kind: "modal", modal: resolveForm(view, lang) };
    case "ask_answer":
      return { kind: "modal", modal: answerForm(view, lang) };
    case "left_incident":
      return told(intakeSentences(lang).left(number));
    case "told":
      return told(intakeSentences(lang).answerSent(number));
    case "resolved":
      return told(
        [reply.told ? words.resolvedTold(number) : words.resolvedQuiet(number), stillMissing(view, lang)]
          .filter(Boolean)
          .join(" "),
      );
    case "reopened":
      return told(words.reopened(number));
    case "said": {
      const word = view.pledges.filter((pledge) => pledge.kind === "commitment").at(-1);
      return told(word?.dueAt ? words.sent(number, moment(word.dueAt, reader)) : words.claimed(number));
    }
    case "promised": {
      const own = commitmentSentences(lang);
      const when = moment(reply.until, reader);
      return told(reply.told ? own.promisedAloud(number, when) : own.promisedQuietly(number, when));
    }
    case "on_it":
      return told(words.onIt(number));
    case "paging":
      return told(
        onCallSentences(lang).calling(number, firstName(facts.to?.name ?? ""), facts.rings ?? true),
      );
    case "have_it":
      return told(onCallSentences(lang).yours(number, nextDue(view, reader)));
    case "ask_snooze":
      return { kind: "modal", modal: snoozeForm(view, reply.pledge, reader) };
    case "snoozed":
      return told(reminderSentences(lang).snoozed(number, moment(reply.until, reader)));
    case "confirmed":
      return told(words.confirmedThanks);
    case "not_fixed":
      return told(words.notFixedAnswer);
    case "ask_something_else":
      return { kind: "modal", modal: somethingElseForm(view.id, lang) };
    case "opened_other":
      return told(words.otherOpened);
    case "answered_elsewhere":
      return told(clockSentences(lang).answeredElsewhere(number));
    case "ask_workaround":
      return { kind: "modal", modal: workaroundForm(view, lang) };
    case "workaround":
      return told(clockSentences(lang).workaroundSent(number));
    case "relieved":
      return told(reply.helped ? clockSentences(lang).helpedThanks : clockSentences(lang).notYetAnswer);
    case "third_party":
      return told(
        reply.on ? clockSentences(lang).nowThirdParty(number) : clockSentences(lang).backWithUs(number),
      );
    case "draft_apology":
      return { kind: "modal", modal: apologyForm(view, reader) };
    case "choose_owner":
      return { kind: "card", card: handOverCard(view, reader) };
    case "ask_follow_up":
      return { kind: "modal", modal: followUpForm(view, facts.to?.ref.id ?? null, reader) };
    case "follow_up": {
      const [name, when] = [firstName(facts.to?.name ?? ""), moment(reply.until, reader)];
      return told(chanceSentences(lang).noted(number, name, reply.to === actor.id, when));
    }
    case "note_deleted":
      return told(signalSentences(lang).noteDeleted);
    case "refused":
      return {
        kind: "error",
        text:
          reply.why === "taken" && view.owner
            ? words.takenBy(view.owner.name, number)
            : words.refusals[reply.why],
        ...(reply.field === undefined ? {} : { field: reply.field }),
      };
    default:
      return reply satisfies never;
  }
}

/** After a shortcut on a message, or "Something else". A customer does not need our number. */
export function answerOpened(facts: {
  number: number;
  already: boolean;
  lang: Lang;
  toCustomer?: boolean;
}): Answer {
  const words = sentences(facts.lang);
  if (facts.toCustomer) return told(words.otherOpened);
  return told(facts.already ? words.alreadyNumber(facts.number) : words.openedNumber(facts.number));
}

export function wentLive(facts: { channel: string; changed: boolean; lang: Lang }): Card {
  const words = sentences(facts.lang);
  const text = facts.changed ? words.live(facts.channel) : words.liveAlready(facts.channel);
  return { blocks: [{ kind: "text", text: [text] }], summary: text };
}

export function answerCause(facts: {
  kind: "named" | "taken" | "declined";
  name: string;
  lang: Lang;
}): Answer {
  const words = sentences(facts.lang);
  switch (facts.kind) {
    case "named":
      return told(words.causeNamed(facts.name));
    case "taken":
      return told(words.causeTaken(facts.name));
    case "declined":
      return told(words.declined);
    default:
      return facts.kind satisfies never;
  }
}

export function causesToChoose(facts: {
  causes: readonly { id: string; name: string; count: number }[];
  lang: Lang;
}): Card {
  const words = sentences(facts.lang);
  if (facts.causes.length === 0) {
    return { blocks: [{ kind: "text", text: [words.noCauses] }], summary: words.noCauses };
  }
  return {
    blocks: [
      { kind: "text", text: [words.chooseCause] },
      {
        kind: "actions",
        items: [
          {
            act: "take_cause",
            args: {},
            choice: "cause",
            placeholder: words.chooseCause,
            of: "options",
            options: facts.causes.map(({ id, name, count }) => ({
              value: id,
              label: short(`${name} (${count})`, 75),
            })),
          },
        ],
      },
    ],
    summary: words.chooseCause,
  };
}
