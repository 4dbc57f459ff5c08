// Every sentence in English. Plain, short, warm; the time first; never blame; never the bot's feelings (MESSAGES.md).
import type { Refusal } from "../../domain/request/plan.ts";
import type { Topic } from "../../domain/triage/reading.ts";
import type { Tier, Urgency } from "../../domain/words.ts";
import type { Inline, Text } from "../card.ts";
import { isDay, say, startsWithHour } from "../inline.ts";

const topics: Readonly<Record<Topic, string>> = {
  outage: "an outage",
  billing: "a billing question",
  bug: "something not working as it should",
  howto: "a how-to question",
  feedback: "feedback",
  access: "an access problem",
};

/** "at 9:00", "on Tue 24 Nov, 9:00". */
const at = (when: Inline): Text => (isDay(when) ? say`on ${when}` : say`at ${when}`);

export const en = {
  tiers: {
    1: "Everything is failing",
    2: "Money",
    3: "Real problem",
    4: "Guidance",
    5: "Feedback",
  } satisfies Record<Tier, string>,
  urgencies: { calm: "calm", pressed: "pressed", alarmed: "alarmed" } satisfies Record<Urgency, string>,
  statuses: {
    open: "open",
    waiting: "waiting on the customer",
    resolved: "resolved",
    closed: "closed",
    dismissed: "not a request",
  },

  // To the customer
  thanks: (name: string) => (name ? `Thanks, ${name}.` : "Thanks."),
  looksLike: (topic: Topic): Text => say` This looks like ${topics[topic]};`,
  someoneAnswersBy: (when: Inline, topic: boolean): Text =>
    topic
      ? say` someone on our team will answer by ${when}.`
      : say` Someone on our team will answer by ${when}.`,
  someoneAnswers: " Someone on our team will answer.",
  communityReads: " Someone here will read this; it's a community, so we can't promise a time.",
  /** The team's own clock, as words; with its day when nobody comes before another one. */
  closedNow: (here: { day: string | null; time: string }, opens: Inline, when: Inline): Text =>
    say` It's ${here.day === null ? "" : `${here.day}, `}${here.time} here; someone reads this ${at(opens)} and answers by ${when}.`,
  filesAlone: (image: boolean, when: Inline | null): Text => {
    const have = image ? " We have your image" : " We have your file";
    return when
      ? say`${have}; someone will look by ${when}. A line about what you expected helps.`
      : say`${have}; someone will look. A line about what you expected helps.`;
  },
  ifNotIt: " If that's not it, just write here.",
  statusPage: (link: Inline): Text => say` Status: ${link}`,
  late: (due: Inline): Text =>
    say`You should have heard from us by ${due}, and we're late. The team knows; someone will write here.`,
  lateWithGoodbye: (due: Inline): Text =>
    say`You should have heard from us by ${due}, and we're late. What you asked for will be done and confirmed here; you need do nothing.`,
  anythingElse: "Anything else?",
  weThinkDone: (name: string) => (name ? `${name}, we think this is done.` : "We think this is done."),
  noReplyNeeded: "No reply needed.",
  allGood: "All good",
  notFixed: "Not fixed",
  somethingElse: "Something else",
  willWriteBy: (when: Inline): Text => say` I'll write by ${when}.`,
  hearFromMeBy: (when: Inline): Text => say` You'll hear from me by ${when}.`,

  // Staff's own lines, prefilled
  sayBack: (owner: string, title: string) => `I'm ${owner} and I have this. So: ${title}`,
  apology: (due: string) => `I promised ${due} and missed it. I'm sorry.`,

  // The card
  cardTitle: (number: number, title: string) => `#${number} ${title}`,
  customer: "Customer",
  owner: "Owner",
  nobody: "nobody yet",
  tier: "Tier",
  feels: "Feels",
  status: "Status",
  promised: "Promised",
  because: (words: string) => `because of “${words}”`,
  setByPerson: "set by a person",
  mismatch: (urgency: string, tier: string) => `Feels ${urgency}, looks like ${tier.toLowerCase()}.`,
  firstAnswer: (when: Inline): Text => say`answer by ${when}`,
  nextUpdate: (when: Inline): Text => say`update by ${when}`,
  commitment: (when: Inline): Text => say`word given for ${when}`,
  paused: "paused, waiting on the customer",
  missed: (when: Inline): Text => say`missed ${when}`,
  nothingDue: "nothing due",
  in: (channel: string) => `in #${channel}`,
  open: "Open",
  claim: "Claim",
  chooseTier: "Tier",
  waitingOnCustomer: "Waiting on customer",
  resolve: "Resolve",
  reopen: "Reopen",
  watchOnly: "Watch only: the customer sees nothing from us.",
  goLive: "Go live",
  freshAccount: "New account posting a link: the bot says nothing to it.",
  erased: "The message was deleted by its author.",
  movedAway: "What was written belongs to another request now.",
  openedFor: "Opened by a colleague on their behalf.",
  linkedTo: (number: number) => `Linked from #${number}.`,
  files: (count: number) => (count === 1 ? "1 file" : `${count} files`),

  // To the owner and the team, privately
  expectsYou: (who: string, number: number, due: Inline, left: string): Text =>
    say`${{ bold: who }} (#${String(number)}) expects you by ${due}, in ${left}.`,
  expectsSomebody: (who: string, number: number, due: Inline, left: string): Text =>
    say`${{ bold: who }} (#${String(number)}) expects an answer by ${due}, in ${left}. Nobody has it yet.`,
  expectsOwner: (who: string, number: number, owner: string, due: Inline, left: string): Text =>
    say`${{ bold: who }} (#${String(number)}) expects ${owner} by ${due}, in ${left}.`,
  alreadyPast: (who: string, number: number, due: Inline): Text =>
    say`${{ bold: who }} (#${String(number)}) expected us by ${due}; that has passed.`,
  last: "Last:",
  notYetIsFine: (time: string) =>
    `“Not yet, news ${startsWithHour(time) ? "at" : "on"} ${time}” is a fair answer.`,
  imOnIt: "I'm on it",
  handOver: "Hand over",
  missedWith: (due: Inline, who: string, number: number): Text =>
    say`We missed ${due} with ${{ bold: who }} (#${String(number)}).`,
  nobodyOwned: "Nobody owned it.",
  ownedBy: (owner: string) => `${owner} has it.`,
  draft: (line: Text): Text => say`Draft: “${line}”`,
  send: "Send…",
  reassign: "Reassign",
  given: (by: string, number: number, who: string) =>
    by
      ? `${by} gave you #${number}, ${who}. Its promises are yours now.`
      : `#${number}, ${who}, is yours now.`,
  whatChange: (number: number, who: string) =>
    `#${number}, ${who}: what change would have made this impossible?`,
  otherCause: "Other…",
  whyAsk: "One tap. The weekly summary adds them up.",

  // Forms
  sayBackTitle: "Say it back?",
  sayBackLine: "One line, in your name",
  byLabel: "When do they hear from you?",
  byHint: "A time you will keep: 13:00, in 2 h, tomorrow 10:00",
  sendNow: "Send",
  notNow: "Not now",
  apologyTitle: "Say sorry, give a time",
  resolveTitle: "What did you do?",
  resolveLine: "One line for the customer (optional)",
  resolveHint: "For example: we've refunded the second charge.",
  resolveNow: "Resolve",
  cancel: "Cancel",
  elseTitle: "Something else",
  elseLine: "What is it?",
  otherCauseTitle: "Another cause",
  otherCauseLine: "The change, in a few words",
  save: "Save",
  notNowTitle: "Not now, because…",
  notNowLine: "Why not this week?",

  // Answers to whoever acted
  claimed: (number: number) => `#${number} is yours.`,
  claimedQuiet: (number: number) => `#${number} is yours. The customer sees nothing of this.`,
  assigned: (number: number, name: string) => `#${number} is ${name}'s now. They have been told.`,
  tiered: (number: number, tier: string) => `#${number} is now “${tier}”.`,
  newPromise: (due: Inline): Text => say` The next promise ends ${due}.`,
  nowWaiting: (number: number) => `#${number} waits on the customer. Its clocks pause until they write.`,
  resolvedTold: (number: number) =>
    `#${number} is resolved. The customer has been asked whether all is good.`,
  resolvedQuiet: (number: number) => `#${number} is resolved. The bot has told the customer nothing.`,
  reopened: (number: number) => `#${number} is open again.`,
  sent: (number: number, due: Inline): Text =>
    say`Sent, in your name. Your word to #${String(number)}: ${due}. I'll remind you before.`,
  onIt: (number: number) => `#${number}: noted. The promise stays as it is.`,
  confirmedThanks: "Good. Thank you.",
  notFixedAnswer: "It's open again; someone will write here.",
  openedNumber: (number: number) => `#${number} is open.`,
  alreadyNumber: (number: number) => `This message belongs to #${number} already.`,
  otherOpened: "We have it; someone will write here.",
  live: (channel: string) => `#${channel} is live. From the next message on, customers hear from us.`,
  liveAlready: (channel: string) => `#${channel} is live already.`,
  causeNamed: (name: string) => `Noted: “${name}”.`,
  causeTaken: (name: string) => `“${name}” is yours. The next summary asks how it went.`,
  declined: "Noted. It will be in the next summary.",
  chooseCause: "Which one do you take?",
  noCauses: "No causes have been named yet. They come with each request that is resolved.",
  pickOwner: (number: number) => `Who takes #${number} from here? Until then it stays where it is.`,
  pickPerson: "Choose a person",
  takenBy: (owner: string, number: number) =>
    `${owner} has #${number} already. To take it over: /request assign ${number} with your own name.`,
  usage: "I understand these:",
  help: {
    queueEmpty: "Nothing is open. Enjoy it.",
    listEmpty: "No open requests.",
    more: (count: number) => `and ${count} more`,
    queueTitle: "The queue, by promise",
    listTitle: (count: number) => (count === 1 ? "1 open request" : `${count} open requests`),
    historyTitle: "What happened",
    saidTitle: "What was said",
  },

  // To the team, about what a customer has not heard
  notSaidGone: (number: number, customer: Inline, channel: string): Text =>
    say`#${String(number)}: this could not be said to ${customer} in #${channel}, which is archived or gone. They have not seen it:`,
  notSaidForbidden: (number: number, customer: Inline, channel: string): Text =>
    say`#${String(number)}: this could not be said to ${customer} in #${channel}: the bot may not write there. They have not seen it:`,

  refusals: {
    already_yours: "It's yours already.",
    taken: "A colleague has it already.",
    already_resolved: "It is resolved already. Reopen it first.",
    note_gone: "That note is deleted already.",
    not_resolved: "It is open; there is nothing to reopen or confirm.",
    already_waiting: "It waits on the customer already.",
    already_third_party: "It is with engineering or a third party already. “back” takes it back.",
    not_third_party: "It is with us already.",
    same_tier: "It has that tier already.",
    not_a_time: "I can't read that as a time. Try 13:00, in 2 h, or tomorrow 10:00.",
    after_the_end:
      "That is when the promise has ended. Put it off to a time before; it can't run out in silence.",
    nothing_runs: "Nothing is promised on it now, so there is no reminder to put off.",
    time_past: "That time has passed. Give one that's still to come.",
    time_far: "That's more than half a year away. Give a time you can keep.",
    not_your_word: "Only whoever wrote it can have it tracked.",
    word_gone: "That message was deleted, so nothing is tracked.",
    promised_already: "You gave your word for that time already.",
    not_yours: "It's not yours to give back: its owner can, or a lead.",
    receiver_away: "That person is away now. Choose somebody who is there.",
    offer_over: "That offer is over: it was answered, withdrawn, or fell back. The card shows who has it.",
    offer_not_to_you: "It was offered to somebody else. /request assign with your own name takes it over.",
    brief_too_long: "Three short lines at most: what it is, what was promised, what comes next.",
    no_incident: "It is part of no incident.",
    not_staff: "That person is not on this team's staff, so the request stays where it is.",
    not_failing: "People are only woken when everything is failing. If it is, set its tier to 1 first.",
    nobody_on_call: "Nobody is on call for this team: “on call” in the policy names who is.",
    paging_already: "Somebody is being called already. Unanswered for 10 minutes, the next person is called.",
    open_again: "It's open again, so nothing is closed. Someone will write here.",
    watch_only:
      "The bot is silent here: the channel, or this request, is watch only. Answer in the thread yourself.",
  } satisfies Record<Refusal, string>,

  facts: {
    opened: "opened",
    said: "the customer wrote",
    courtesy: "the customer said thanks",
    edited: "a message was edited",
    erased: "a message was deleted",
    answered: "answered",
    helped: "a helper answered",
    aside: "colleagues talked aside",
    acknowledged: "the customer was told we have it",
    tiered: "tier changed",
    felt: "urgency changed",
    owned: "has it",
    released: "gave it back",
    handover_offered: "offered to somebody else",
    handover_reminded: "asked again whether they take it",
    handover_accepted: "took it over",
    handover_declined: "the offer fell back",
    promised: "gave their word",
    workaround: "gave a workaround",
    relieved: "the customer said whether the workaround helps",
    third_party: "went to engineering or a third party, or came back",
    terms: "another policy was applied",
    waiting: "waiting on the customer",
    resumed: "the customer is back",
    on_it: "is on it",
    nobody_free: "nobody was there to give it to",
    paged: "somebody on call was called",
    page_asked: "a call to whoever is on call was asked for",
    page_answered: "answered the call",
    warned: "a reminder went out",
    snoozed: "put the reminder off",
    broken: "a promise was missed",
    told_late: "the customer was told we are late",
    resolved: "resolved",
    confirmed: "the customer confirmed",
    reopened: "reopened",
    dismissed: "not a request",
    signalled: "noted in private",
    note_deleted: "a private note was deleted",
    follow_up: "somebody follows up the chance",
    follow_up_due: "reminded of the chance",
    looked_in: "a reminder to look in",
    corrected: "corrected by a person",
    moved: "a message was moved",
    repeated: "came about it again",
    in_incident: "part of an incident",
  },
};

/** What every language must say. */
export type Sentences = typeof en;
