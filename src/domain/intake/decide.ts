// Where a message belongs: the first rule that fits decides, and each rule gives exactly one answer.
// Inside a request (its thread, or a reply to one of its messages) people are told apart; at top level, roles and modes.
import { answersYesOrNo, saysItWorks } from "../triage/kind.ts";
import type { Candidate, IntakeContext, IntakeDecision } from "./intake.ts";
import { LINK_DEFAULTS } from "./link.ts";
import { mayHelp } from "./needs.ts";
import { addressesOnly } from "./tagging.ts";
import { type Likely, likelyTalk, standsAlone } from "./talk.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A staff message at top level without any mention answers the only open request, if its customer wrote this recently. */
const ONLY_ONE_WITHIN = 4 * HOUR;
/** A bare thanks at top level belongs to the person's own request this long after its last word. */
const THANKS_WITHIN = 24 * HOUR;
/** How likely a talk must be before words at top level count as an answer to its customer, and its clock stops. */
const SURELY = 0.8;
/** The same for another customer's words, which stop no clock. */
const LIKELY = 0.6;
/** What is left of the channel's strictness before another customer's words are taken for help, and not for a request. */
const FOR_ANYBODY = 0.3;

type Place = { request: Candidate; why: "thread" | "reply" };

const active = ({ status }: Candidate): boolean => status === "open" || status === "waiting";
const isTeam = ({ role }: IntakeContext): boolean => role === "staff" || role === "lead" || role === "admin";
const own = (context: IntakeContext): Candidate[] =>
  context.candidates.filter(({ customer }) => customer === context.author);

/** Of several requests in one thread ("something else" opens a second): the author's own first, then what is active. */
function likeliest(context: IntakeContext, among: readonly Candidate[]): Candidate | undefined {
  const mine = among.filter(({ customer }) => customer === context.author);
  return mine.find(active) ?? among.find(active) ?? mine[0] ?? among[0];
}

function placeOf(context: IntakeContext): Place | null {
  const { where, replyTo } = context.message;
  const { thread } = where;
  if (thread !== null) {
    // A message that people moved takes what is written under it along; one that stands where it began moved nothing.
    const moved = context.candidates.filter(
      (c) => c.messages.includes(thread) && c.root !== thread && c.thread !== thread,
    );
    const request =
      likeliest(context, moved) ??
      likeliest(
        context,
        context.candidates.filter((c) => c.thread === thread || c.root === thread),
      );
    if (request) return { request, why: "thread" };
  }
  if (replyTo !== null) {
    const request = likeliest(
      context,
      context.candidates.filter((c) => c.root === replyTo || c.messages.includes(replyTo)),
    );
    if (request) return { request, why: "reply" };
  }
  return null;
}

/** Whether thread or reply say which request it belongs to: then no other one matters. */
export function isPlaced(context: IntakeContext): boolean {
  return placeOf(context) !== null;
}

const STILL_WAITING = /\b(?:waiting|anybody|anyone|update|esperando|novedades|alguien)\b|\?/i;

/** Whether words that say nothing by themselves ask whether somebody is there. */
function asksAfterIt(text: string): boolean {
  return STILL_WAITING.test(text);
}

/** The customer's own words in their request: something to act on, or a courtesy that moves no clock. */
function byCustomer(
  context: IntakeContext,
  request: Candidate,
  why: "thread" | "reply" | "same_person" | "same_talk",
): IntakeDecision {
  const { message, reading } = context;
  const join: IntakeDecision = { kind: "join", request: request.id, why };
  if (reading.kind === "request" || message.files.length > 0) return join;
  // "Please answer me now" is small talk to the model, and the rules hear a request: inside one's own, nobody is courteous so.
  if (reading.ruleKind === "request" || (reading.kind === "chatter" && reading.urgency !== "calm"))
    return join;
  // "Yes" may be the answer somebody waits for; after the end, "no" answers "anything else?".
  if (reading.kind === "chatter" && active(request) && answersYesOrNo(message.text)) return join;
  // "Are you there?", "still waiting": who asks after their own request is owed an answer.
  if (reading.kind !== "thanks" && active(request) && asksAfterIt(message.text)) return join;
  return { kind: "courtesy", request: request.id };
}

function inRequest(context: IntakeContext, { request, why }: Place): IntakeDecision {
  const { message, reading, role } = context;
  if (context.author === request.customer) return byCustomer(context, request, why);
  if (isTeam(context)) {
    const forColleagues =
      !message.mentions.includes(request.customerExternal) &&
      (context.staffMentioned.length > 0 || message.mentionsBot) &&
      message.files.length === 0 &&
      addressesOnly(message.text);
    return forColleagues
      ? { kind: "aside", request: request.id }
      : { kind: "answer", request: request.id, why };
  }
  // Another customer's thanks or laugh is no answer to this one.
  if (role === "customer" && reading.kind !== "request" && message.files.length === 0) {
    return { kind: "nothing", why: reading.kind };
  }
  return { kind: "help", request: request.id };
}

/** The newest request of a person who is mentioned, that an answer can still belong to. */
function ofMentioned({ candidates, message }: IntakeContext): Candidate | undefined {
  const theirs = candidates.filter(({ customerExternal }) => message.mentions.includes(customerExternal));
  return theirs.find(active) ?? theirs.find(({ status }) => status === "resolved");
}

function byTeam(context: IntakeContext): IntakeDecision {
  const { message, candidates, reading } = context;
  const mentioned = ofMentioned(context);
  if (mentioned) return { kind: "answer", request: mentioned.id, why: "mention" };
  const nothing: IntakeDecision = { kind: "nothing", why: "staff" };
  if (message.mentions.length > 0 || message.mentionsBot || message.where.thread !== null) return nothing;
  if (message.replyTo !== null) return nothing;
  // "Fixed!" tells the customer something; "good morning" and "thanks, all" do not.
  if (reading.kind !== "request" && !saysItWorks(message.text)) return nothing;
  const [only, another] = candidates.filter(
    (c) => c.status === "open" && (c.staffAt === null || c.customerAt > c.staffAt),
  );
  if (only && !another && only.customer !== context.author) {
    const since = message.at - only.customerAt;
    if (since >= 0 && since <= ONLY_ONE_WITHIN) return { kind: "answer", request: only.id, why: "only_one" };
  }
  const talk = othersTalk(context, SURELY);
  return talk ? { kind: "answer", request: talk.id, why: "same_talk" } : nothing;
}

/** The running request of somebody else that the channel's last lines say this goes on with. */
function othersTalk(context: IntakeContext, from: number): Candidate | undefined {
  const likely = likelyTalk(context);
  if (!likely?.request || likely.share < from) return undefined;
  return active(likely.request) && likely.request.customer !== context.author ? likely.request : undefined;
}

function byHelper(context: IntakeContext): IntakeDecision {
  const { message, reading } = context;
  const nothing: IntakeDecision = { kind: "nothing", why: "staff" };
  const mentioned = ofMentioned(context);
  if (mentioned) return { kind: "help", request: mentioned.id };
  if (message.mentions.length > 0 || message.where.thread !== null || message.replyTo !== null)
    return nothing;
  const talk = reading.kind === "request" ? othersTalk(context, SURELY) : undefined;
  return talk ? { kind: "help", request: talk.id } : nothing;
}

/** Opens, unless this person has opened as many in the last hour as the policy allows: then the latest takes it. */
function openOrFlood(context: IntakeContext): IntakeDecision {
  const { message, openingsPerHour } = context;
  const recent = own(context).filter(
    ({ openedAt }) => openedAt > message.at - HOUR && openedAt <= message.at,
  );
  const latest = recent.reduce<Candidate | undefined>(
    (last, c) => (last === undefined || c.openedAt > last.openedAt ? c : last),
    undefined,
  );
  if (latest === undefined || recent.length < openingsPerHour) return { kind: "open" };
  return { kind: "join", request: latest.id, why: "flood" };
}

/** Speaks to other customers only: neither to the bot nor to anybody of the team. */
function toColleagues({ message, staffMentioned }: IntakeContext): boolean {
  const others = message.mentions.filter((id) => id !== message.author.id);
  return others.length > 0 && staffMentioned.length === 0 && !message.mentionsBot;
}

function ownWithin(
  context: IntakeContext,
  among: readonly Candidate[],
  within: number,
): Candidate | undefined {
  const { at } = context.message;
  return among.find(({ customerAt, staffAt }) => {
    const since = at - Math.max(customerAt, within === THANKS_WITHIN ? (staffAt ?? 0) : 0);
    return since >= -MINUTE && since <= within;
  });
}

/**
 * Somebody else's request that the channel's last lines say the customer helps with. A question of their own and trouble
 * of their own are never taken for help: an unheard customer is the worse mistake.
 */
function helpsWith(context: IntakeContext, likely: Likely | null): Candidate | undefined {
  const { author, opensFrom } = context;
  if (!likely?.request || likely.share < LIKELY || !active(likely.request)) return undefined;
  if (likely.request.customer === author || !mayHelp(context)) return undefined;
  const strictness = opensFrom ?? LINK_DEFAULTS.opensFrom;
  return likely.fresh < strictness * FOR_ANYBODY ? likely.request : undefined;
}

/** The customer's own running request that this goes on with, though some time has passed. */
function goesOn(context: IntakeContext, likely: Likely | null): Candidate | undefined {
  const { author, opensFrom } = context;
  if (!likely?.request || likely.fresh >= (opensFrom ?? LINK_DEFAULTS.opensFrom)) return undefined;
  if (!active(likely.request) || likely.request.customer !== author) return undefined;
  return standsAlone(context, likely.request.id) ? undefined : likely.request;
}

function byCustomerAtTop(context: IntakeContext): IntakeDecision {
  const { message, mode, reading } = context;
  if (mode === "manual") return { kind: "nothing", why: "mode" };
  if (message.forumPost) {
    return mode === "mention" && !message.mentionsBot
      ? { kind: "nothing", why: "mode" }
      : openOrFlood(context);
  }
  if (toColleagues(context)) return { kind: "nothing", why: "colleagues" };
  const mine = own(context);
  if (message.where.thread === null) {
    // Who has just asked goes on with that, whoever wrote in between.
    const running = ownWithin(context, mine.filter(active), context.joinWithin * MINUTE);
    if (running) return byCustomer(context, running, "same_person");
    const likely = message.replyTo === null ? likelyTalk(context) : null;
    const helped = helpsWith(context, likely);
    if (helped) return { kind: "help", request: helped.id };
    const talk = goesOn(context, likely);
    if (talk) return byCustomer(context, talk, "same_talk");
  }
  if (reading.kind !== "request" && message.files.length === 0) {
    const thanked = reading.kind === "thanks" ? ownWithin(context, mine, THANKS_WITHIN) : undefined;
    return thanked ? { kind: "courtesy", request: thanked.id } : { kind: "nothing", why: reading.kind };
  }
  if (reading.kind !== "request") return { kind: "nothing", why: reading.kind };
  if (mode === "mention" && !message.mentionsBot) return { kind: "nothing", why: "mode" };
  return openOrFlood(context);
}

/**
 * Decides where a message belongs. Pure: the same context gives the same answer, and there is exactly one.
 * Bots, staff and helpers never open a request; a request of a `manual` channel goes on in its thread.
 * `staffMentioned` should name helpers too: a customer who calls a moderator is not talking to a colleague.
 */
export function decideIntake(context: IntakeContext): IntakeDecision {
  const { message, mode } = context;
  if (mode === "off") return { kind: "nothing", why: "off" };
  if (message.author.bot) return { kind: "nothing", why: "bot" };
  const empty =
    message.text.trim() === "" && message.files.length === 0 && (message.title ?? "").trim() === "";
  if (empty) return { kind: "nothing", why: "empty" };
  const place = placeOf(context);
  if (place) return inRequest(context, place);
  const decision = isTeam(context)
    ? byTeam(context)
    : context.role === "helper"
      ? byHelper(context)
      : byCustomerAtTop(context);
  return decision.kind === "nothing" ? withTalk(context, decision) : decision;
}

/** What is nothing by itself ("hm, odd") is still part of a talk, and whoever answers it goes on with that. */
function withTalk(
  context: IntakeContext,
  decision: Extract<IntakeDecision, { kind: "nothing" }>,
): IntakeDecision {
  const { where, replyTo } = context.message;
  const talk = where.thread === null && replyTo === null ? likelyTalk(context)?.talk : null;
  return talk ? { ...decision, talk } : decision;
}
