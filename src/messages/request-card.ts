// The request's card in the team channel. Could the customer read it without harm? It is written so.
import type { Pledge } from "../domain/promises/pledges.ts";
import { isPaging } from "../domain/request/paging.ts";
import { isActive } from "../domain/request/state.ts";
import type { Named, RequestView, SaidMessage } from "../domain/request/view.ts";
import { DIRECT } from "../domain/terms.ts";
import { titleOf } from "../domain/triage/title.ts";
import type { Lang, Tier } from "../domain/words.ts";
import type { Block, Button, Card, Menu, Text } from "./card.ts";
import { clockNotes, targetText } from "./clock-notes.ts";
import { handoverNotes, ownerText } from "./costs.ts";
import { joined, moment, type Reader, say, short, who } from "./inline.ts";
import { awayNote } from "./presence.ts";
import { putOffNote } from "./snooze.ts";
import { commitmentSentences } from "./text/commitments.ts";
import { intakeSentences } from "./text/intake.ts";
import { onCallSentences } from "./text/on-call.ts";
import { ownershipSentences } from "./text/ownership.ts";
import { sentences } from "./text/sentences.ts";
import { signalSentences } from "./text/signals.ts";
import { languageNote, tierQuestion, tierShown } from "./tier-shown.ts";

const TIERS = [1, 2, 3, 4, 5] as const satisfies readonly Tier[];

/** Messages with something private or about security where others read: never quoted in full, wherever it is. */
function unrepeatable(view: RequestView): ReadonlySet<string> {
  return new Set(
    view.history.flatMap((fact) =>
      fact.kind === "signalled" && (fact.signal === "security" || fact.signal === "personal_data")
        ? [fact.message]
        : [],
    ),
  );
}

/** One line that says what it is about; without words, its files or its deletion are named in the reader's language. */
export function titleFor(view: RequestView, lang: Lang = view.state.lang): string {
  const words = sentences(lang);
  const told = view.messages.find(
    (message) => message.role === "customer" && !message.erased && message.text.trim() !== "",
  );
  // A title is no sentence: in lists a full stop would end the line.
  if (told && unrepeatable(view).has(told.id)) return signalSentences(lang).notRepeated.replace(/\.$/, "");
  if (told) return titleOf(told.text, view.state.lang).replace(/\.$/, "");
  const files = view.messages.reduce((count, message) => count + message.files.length, 0);
  if (files > 0) return words.files(files);
  // Words that were deleted leave their row behind; what people joined to another request does not.
  return view.messages.some(({ role }) => role === "customer") ? words.erased : words.movedAway;
}

/** The customer's last message that says something: a bare thanks does not stand for what they need. */
export function lastSaid(view: RequestView): SaidMessage | undefined {
  const polite = new Set(view.history.flatMap((fact) => (fact.kind === "courtesy" ? [fact.message] : [])));
  const last = view.messages.findLast((message) => message.role === "customer" && !polite.has(message.id));
  if (!last || last.erased || !unrepeatable(view).has(last.id)) return last;
  return { ...last, text: signalSentences(view.state.lang).notRepeated };
}

/** Whom we owe: the company where there is one, otherwise the person. */
export function customerName(view: RequestView): string {
  return view.company ?? (view.customer.name || "?");
}

/** What is promised now, in one line: the earliest first. */
export function promisedLine(view: RequestView, reader: Reader): Text {
  const words = sentences(reader.lang);
  const parts = view.pledges
    .filter((pledge) => pledge.endedAt === null)
    .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
    .map((pledge) => pledgeText(pledge, reader));
  return parts.length === 0 ? [words.nothingDue] : joined(parts, " · ");
}

function pledgeText(pledge: Pledge, reader: Reader): Text {
  const words = sentences(reader.lang);
  const target = targetText(pledge, reader);
  if (target !== null) return target;
  if (pledge.dueAt === null) return [words.paused];
  const when = moment(pledge.dueAt, reader);
  if (pledge.state === "broken") return words.missed(when);
  switch (pledge.kind) {
    case "first_answer":
      return words.firstAnswer(when);
    case "next_update":
      return words.nextUpdate(when);
    default:
      return words.commitment(when);
  }
}

/** The buttons and the tier menu of a request, in that order; what cannot be done now is left out. */
export function controlsFor(view: RequestView, lang: Lang): readonly (Button | Menu)[] {
  const words = sentences(lang);
  const args = { request: view.id };
  if (!isActive(view.state)) return [{ act: "reopen", args, label: words.reopen }];
  const items: (Button | Menu)[] = [];
  if (view.owner === null) items.push({ act: "claim", args, label: words.claim, style: "primary" });
  if (view.state.status === "open") items.push({ act: "wait", args, label: words.waitingOnCustomer });
  if (view.owner !== null) items.push({ act: "hand_over", args, label: words.handOver });
  if (view.state.tier === 1 && view.terms.paging?.onCall && !isPaging(view.state)) {
    items.push({ act: "page", args, label: onCallSentences(lang).pageNow });
  }
  // Staff cannot write where nobody but the customer and the bot can read.
  if (view.channel.name === DIRECT) items.push({ act: "answer", args, label: intakeSentences(lang).answer });
  items.push(
    { act: "promise_update", args, label: commitmentSentences(lang).promiseUpdate },
    { act: "resolve", args, label: words.resolve },
    {
      act: "tier",
      args,
      choice: "tier",
      placeholder: words.chooseTier,
      of: "options",
      options: TIERS.map((tier) => ({ value: String(tier), label: `${tier} · ${words.tiers[tier]}` })),
      selected: String(view.state.tier),
    },
  );
  return items;
}

/** @param askBelow the confidence below which the team is asked for the tier, 0..1 */
export function requestCard(
  view: RequestView,
  reader: Reader,
  link: string | null,
  contact: Pick<Named, "ref" | "name"> | null = null,
  askBelow?: number,
): Card {
  const { state } = view;
  const words = sentences(reader.lang);
  const title = short(words.cardTitle(view.number, titleFor(view, reader.lang)), 140);
  const last = lastSaid(view);
  const alarmedGuidance = state.urgency !== "calm" && state.tier >= 4;
  const fields = [
    {
      label: words.customer,
      value: view.company ? say`${who(view.customer)}, ${view.company}` : [who(view.customer)],
    },
    {
      label: words.owner,
      value: view.owner
        ? ownerText(view, [who(view.owner), ...awayNote(view.ownerAway, reader)], reader)
        : [words.nobody],
    },
    { label: words.tier, value: tierShown(view, reader.lang) },
    { label: words.status, value: [words.statuses[state.status]] },
    { label: words.feels, value: [words.urgencies[state.urgency]] },
    { label: words.promised, value: promisedLine(view, reader) },
  ];
  const inDirect = view.channel.name === DIRECT;
  const notes: Text[] = [[inDirect ? intakeSentences(reader.lang).inDirect : words.in(view.channel.name)]];
  const lastCall = state.page.calls.at(-1);
  if (lastCall && isPaging(state)) {
    notes.push(onCallSentences(reader.lang).calls(state.page.calls.length, moment(lastCall.at, reader)));
  }
  if (link) notes.push([{ link, label: words.open }]);
  if (state.incident) notes.push([intakeSentences(reader.lang).partOf(state.incident.first)]);
  if (state.contacts > 1) notes.push([intakeSentences(reader.lang).again(state.contacts, state.repeatOf)]);
  else if (view.linkedNumber !== null) notes.push([words.linkedTo(view.linkedNumber)]);
  const opened = view.history[0];
  if (opened?.kind === "opened" && opened.byHand !== null) notes.push([words.openedFor]);
  if (contact && contact.name !== "")
    notes.push([`${ownershipSentences(reader.lang).contact}: `, { person: contact.ref, name: contact.name }]);
  notes.push(...handoverNotes(view, reader.lang));
  if (alarmedGuidance) notes.push([words.mismatch(words.urgencies[state.urgency], words.tiers[state.tier])]);
  const writesIn = languageNote(view, reader.lang);
  if (writesIn) notes.push(writesIn);
  const putOff = putOffNote(view, reader);
  if (putOff.length > 0) notes.push(putOff);
  if (state.quiet === "fresh_account") notes.push([words.freshAccount]);
  notes.push(...clockNotes(view, reader));
  const blocks: Block[] = [{ kind: "heading", text: title }];
  if (last) {
    const text = last.erased ? words.erased : last.text.trim() || words.files(last.files.length);
    blocks.push({ kind: "quote", text: short(text, 600) });
  }
  blocks.push({ kind: "fields", fields }, { kind: "note", text: joined(notes, " · ") });
  blocks.push(...tierQuestion(view, reader.lang, askBelow));
  blocks.push({ kind: "actions", items: controlsFor(view, reader.lang) });
  if (state.quiet === "watch_only" && !view.channel.live) {
    blocks.push(
      { kind: "note", text: [words.watchOnly] },
      {
        kind: "actions",
        items: [{ act: "go_live", args: { channel: view.channel.channel }, label: words.goLive }],
      },
    );
  }
  const broken = view.pledges.some((pledge) => pledge.state === "broken" && pledge.endedAt === null);
  const tone = !isActive(state)
    ? "done"
    : broken || state.tier === 1
      ? "alert"
      : state.tier <= 3
        ? "warn"
        : "calm";
  return { blocks, summary: `${title} · ${customerName(view)}`, tone };
}
