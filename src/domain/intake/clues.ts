// What speaks for a line belonging to an earlier one, and what speaks for it being the start of something new.
// Each clue has a name, so that the weights can be read; Kummerfeld et al. (ACL 2019) were the guide to which ones matter.
import { type Entry, type Room, WINDOW } from "./room.ts";

export const LINK_CLUES = [
  "gap",
  "gapSquared",
  "gapByPace",
  "within1m",
  "within5m",
  "within30m",
  "within3h",
  "within1d",
  "distance",
  "previous",
  "within2",
  "within5",
  "within15",
  "same",
  "sameLast",
  "sameGap",
  "samePrevious",
  "same1m",
  "same10m",
  "sameLastNotCalled",
  "sameQuestion",
  "sameGreeting",
  "sameNames",
  "sameLastGap",
  "sameContinues",
  "otherPrevious",
  "otherLast",
  "callsStart",
  "callsInside",
  "callsLast",
  "callsGap",
  "callsInConversation",
  "callsAnother",
  "sameCallsAnother",
  "calledBy",
  "calledByLast",
  "calledByGap",
  "callEachOther",
  "itCallsAnother",
  "sameItCalls",
  "sameTarget",
  "sameTargetSameAuthor",
  "itCallsTarget",
  "words",
  "rarest",
  "wordsSame",
  "wordsOther",
  "noWordInCommon",
  "itAsks",
  "itAsksOther",
  "bothAsk",
  "thanksAfterCall",
  "thanksOther",
  "shortOther",
  "continuesPrevious",
  "answersOpen",
  "secondPerson",
  "greetingBoth",
  "itOpened",
  "member",
  "memberGap",
  "memberLast",
  "lastOfConversation",
  "lastOfConversationOther",
  "size",
  "starter",
  "starterAuthor",
  "unanswered",
  "unansweredOther",
  "crowd",
  "fresherConversation",
  "onlyActive",
  "targetMember",
  "pairBefore",
  "teamAnswers",
  "customerAnswersTeam",
  "teamBoth",
  "customersApart",
  "teamOtherCalls",
  "sameThread",
  "otherThread",
  "replyTo",
  "itSystem",
] as const;

export const NEW_CLUES = [
  "new",
  "question",
  "asksAnyone",
  "greeting",
  "thanks",
  "continues",
  "lower",
  "short",
  "long",
  "size",
  "link",
  "code",
  "problem",
  "second",
  "personal",
  "calls",
  "callsStart",
  "addressesUnknown",
  "firstEver",
  "ownLines",
  "ownOpenedShare",
  "ownNamedShare",
  "ownNamingShare",
  "ownNever",
  "ownGap",
  "ownWithin5m",
  "ownWithin1h",
  "ownWithin1d",
  "ownLastOpened",
  "calledLately",
  "calledGap",
  "channelGap",
  "channelGapByPace",
  "channelQuiet5m",
  "channelQuiet1h",
  "channelQuiet6h",
  "pace",
  "firstLine",
  "activeConversations",
  "questionNobodyCalled",
  "questionFirstEver",
  "questionQuiet",
  "problemFirstEver",
  "longQuestion",
  "greetingQuestion",
  "thread",
  "reply",
  "team",
  "customer",
  "customerNew",
  "teamNames",
  "calledQuestion",
  "sameWordsAsOwn",
] as const;

const on = (yes: boolean): number => (yes ? 1 : 0);
const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

const seconds = (from: Entry, to: Entry): number => Math.max(0, (to.line.at - from.line.at) / 1_000);
/** 0 at once, 1 after about four minutes, 3 after a day and a half. */
const slow = (gap: number): number => Math.log1p(gap / 30) / 3;

export interface Scene {
  room: Room;
  entry: Entry;
  topics: ReadonlySet<string>;
  active: number;
  lastCall: Entry | null;
  own: Entry | null;
}

const ACTIVE = 15 * MINUTE;

export function sceneOf(room: Room, entry: Entry): Scene {
  const person = room.person(entry.line.author);
  let active = 0;
  for (const { last } of room.conversations.values()) if (seconds(last, entry) <= ACTIVE) active += 1;
  return {
    room,
    entry,
    topics: new Set(entry.shape.topics),
    active,
    lastCall: person?.lastNamedBy ?? null,
    own: person?.last ?? null,
  };
}

/** Fills `into` from `at` on with the clues for `entry` belonging to `it`, in the order of {@link LINK_CLUES}. */
export function linkClues(scene: Scene, it: Entry, into: Float64Array | Float32Array, at: number): void {
  const { room, entry, topics, active, lastCall, own } = scene;
  const { line, shape, names, toStart } = entry;
  let k = at;
  const put = (value: number) => {
    into[k++] = value;
  };
  const gap = seconds(it, entry);
  const g = slow(gap);
  const distance = entry.at - it.at - 1;
  const d = Math.log1p(distance) / 2;
  const same = it.line.author === line.author;
  const author = room.person(it.line.author);
  const itsLast = author?.last === it;
  const conversation = room.conversations.get(it.conversation);
  put(g);
  put(g * g);
  put(Math.log((gap + 5) / room.pace) / 3);
  put(on(gap <= MINUTE));
  put(on(gap <= 5 * MINUTE));
  put(on(gap <= 30 * MINUTE));
  put(on(gap <= 3 * HOUR));
  put(on(gap <= DAY));
  put(d);
  put(on(distance === 0));
  put(on(distance <= 1));
  put(on(distance <= 4));
  put(on(distance <= 14));
  // the same person
  const calledSince = lastCall !== null && own !== null && lastCall.at > own.at;
  const sameLast = same && itsLast;
  put(on(same));
  put(on(sameLast));
  put(same ? g : 0);
  put(on(same && distance === 0));
  put(on(same && gap <= MINUTE));
  put(on(same && gap <= 10 * MINUTE));
  put(on(sameLast && !calledSince));
  put(on(same && shape.question));
  put(on(same && shape.greeting));
  put(on(same && names.length > 0));
  put(sameLast ? g : 0);
  put(on(sameLast && shape.continues));
  put(on(!same && distance === 0));
  put(on(!same && itsLast));
  // names
  const calls = names.includes(it.line.author);
  const callsStart = calls && toStart && names[0] === it.line.author;
  const itCalls = it.names.includes(line.author);
  const callsMember = conversation !== undefined && names.some((name) => conversation.people.has(name));
  put(on(callsStart));
  put(on(calls && !callsStart));
  put(on(calls && itsLast));
  put(calls ? g : 0);
  put(on(calls && (conversation?.people.has(line.author) ?? false)));
  const callsAnother = names.length > 0 && !calls;
  put(on(callsAnother && !same));
  put(on(callsAnother && same));
  put(on(itCalls));
  put(on(itCalls && lastCall === it));
  put(itCalls ? g : 0);
  put(on(itCalls && calls));
  const itCallsAnother = it.names.length > 0 && !itCalls;
  put(on(itCallsAnother && !same));
  put(on(it.names.length > 0 && same));
  const sameTarget = names.length > 0 && it.names.some((name) => names.includes(name));
  put(on(sameTarget && !same));
  put(on(sameTarget && same));
  put(on(same && callsAnother && it.names.length > 0 && !sameTarget));
  // words
  let words = 0;
  let rarest = 0;
  for (const word of it.shape.topics) {
    if (!topics.has(word)) continue;
    const weight = Math.log((WINDOW + 1) / (room.lines(word) + 0.5));
    words += weight;
    if (weight > rarest) rarest = weight;
  }
  const common = Math.log1p(words) / 2;
  put(common);
  put(rarest / 4);
  put(same ? common : 0);
  put(same ? 0 : common);
  put(on(words === 0 && shape.topics.length > 4 && it.shape.topics.length > 4));
  // shapes
  put(on(it.shape.question));
  put(on(it.shape.question && !same && !shape.question));
  put(on(it.shape.question && shape.question && !same));
  put(on(shape.thanks && itCalls));
  put(on(shape.thanks && !same));
  put(on(shape.size < 5 && !same));
  put(on(shape.continues && distance === 0));
  put(on(it.opened && !same && !shape.question));
  put(on(shape.second && !same && it.shape.question));
  put(on(shape.greeting && it.shape.greeting));
  // the conversation so far
  const mine = conversation?.people.get(line.author);
  const mineGap = mine ? slow(seconds(mine, entry)) : 0;
  const size = conversation?.size ?? 1;
  const lastOf = conversation?.last === it;
  const starter = conversation?.first.line.author;
  put(on(it.opened));
  put(on(mine !== undefined));
  put(mineGap);
  put(on(mine !== undefined && mine === own));
  put(on(lastOf));
  put(on(lastOf && !same));
  put(Math.log1p(size) / 3);
  put(on(starter === line.author));
  put(on(starter === it.line.author && !same));
  const alone = conversation !== undefined && conversation.people.size === 1;
  put(on(alone));
  put(on(alone && !same));
  put(conversation ? Math.log(conversation.people.size) / 2 : 0);
  const before = room.entries.at(-1);
  put(on(before?.conversation === it.conversation));
  put(on(active <= 1));
  put(on(callsMember));
  put(Math.log1p(room.person(line.author)?.partners.get(it.line.author) ?? 0) / 2);
  // roles
  const t = line.team;
  const u = it.line.team;
  put(on(t === true && u === false));
  put(on(t === false && u === true));
  put(on(t === true && u === true));
  put(on(t === false && u === false && !same));
  put(on(t === true && callsAnother && !callsMember));
  put(on(line.thread !== null && line.thread === it.line.thread));
  put(on(line.thread !== it.line.thread && !(it.line.id === line.thread)));
  put(on(line.replyTo === it.line.id || line.thread === it.line.id));
  put(0);
}

/** Fills `into` from `at` on with the clues for `entry` starting something new, in the order of {@link NEW_CLUES}. */
export function newClues(scene: Scene, into: Float64Array | Float32Array, at: number): void {
  const { room, entry, active, lastCall, own, topics } = scene;
  const { line, shape, names, toStart } = entry;
  let k = at;
  const put = (value: number) => {
    into[k++] = value;
  };
  const person = room.person(line.author);
  const lines = person?.lines ?? 0;
  const before = room.entries.at(-1);
  const quiet = before ? seconds(before, entry) : 7 * DAY;
  const ownGap = own ? seconds(own, entry) : 7 * DAY;
  const never = lines === 0;
  put(1);
  put(on(shape.question));
  put(on(shape.asksAnyone));
  put(on(shape.greeting));
  put(on(shape.thanks));
  put(on(shape.continues));
  put(on(shape.lower));
  put(on(shape.size < 4));
  put(on(shape.size > 20));
  put(Math.log1p(shape.size) / 3);
  put(on(shape.link));
  put(on(shape.code));
  put(on(shape.problem));
  put(on(shape.second));
  put(on(shape.personal));
  put(on(names.length > 0));
  put(on(toStart));
  put(on(shape.addresses && !toStart));
  put(on(never));
  put(Math.log1p(lines) / 4);
  put((person?.opened ?? 0) / (lines + 2));
  put((person?.named ?? 0) / (lines + 2));
  put((person?.naming ?? 0) / (lines + 2));
  put(on(own === null));
  put(slow(ownGap));
  put(on(ownGap <= 5 * MINUTE));
  put(on(ownGap <= HOUR));
  put(on(ownGap <= DAY));
  put(on(own?.opened ?? false));
  const called =
    lastCall !== null && (own === null || lastCall.at > own.at) && seconds(lastCall, entry) < HOUR;
  put(on(called));
  put(lastCall && called ? slow(seconds(lastCall, entry)) : 0);
  put(slow(quiet));
  put(Math.log((quiet + 5) / room.pace) / 3);
  put(on(quiet > 5 * MINUTE));
  put(on(quiet > HOUR));
  put(on(quiet > 6 * HOUR));
  put(Math.log(room.pace) / 4);
  put(on(!before));
  put(Math.log1p(active) / 2);
  put(on(shape.question && names.length === 0));
  put(on(shape.question && never));
  put(on(shape.question && quiet > 5 * MINUTE));
  put(on(shape.problem && never));
  put(on(shape.question && shape.size > 10));
  put(on(shape.greeting && shape.question));
  put(on(line.thread !== null));
  put(on(line.replyTo !== null));
  put(on(line.team === true));
  put(on(line.team === false));
  put(on(line.team === false && ownGap > HOUR));
  put(on(line.team === true && names.length > 0));
  put(on(called && shape.question));
  put(on(own?.shape.topics.some((word) => topics.has(word)) ?? false));
}
