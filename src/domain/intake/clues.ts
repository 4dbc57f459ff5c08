// What speaks for a line belonging to an earlier one, and what speaks for it opening something new. Each clue has a name
// and a number, so that the weights can be read and a decision explained. Kummerfeld et al. (ACL 2019) were the guide.
import { byPace, DAY, HOUR, MINUTE, on, type Pair, type Scene, sinceMine, slow } from "./scene.ts";

export type Clues<Seen> = Readonly<Record<string, (seen: Seen) => number>>;

const time: Clues<Pair> = {
  gap: ({ gap }) => slow(gap),
  gapSquared: ({ gap }) => slow(gap) ** 2,
  gapByPace: ({ gap, scene }) => byPace(gap, scene.room.pace),
  within1m: ({ gap }) => on(gap <= MINUTE),
  within5m: ({ gap }) => on(gap <= 5 * MINUTE),
  within30m: ({ gap }) => on(gap <= 30 * MINUTE),
  within3h: ({ gap }) => on(gap <= 3 * HOUR),
  within1d: ({ gap }) => on(gap <= DAY),
  between: ({ between }) => Math.log1p(between) / 2,
  previous: ({ between }) => on(between === 0),
  within2Lines: ({ between }) => on(between <= 1),
  within5Lines: ({ between }) => on(between <= 4),
  within15Lines: ({ between }) => on(between <= 14),
};

const samePerson: Clues<Pair> = {
  same: ({ same }) => on(same),
  sameLast: ({ same, itsLast }) => on(same && itsLast),
  sameGap: ({ same, gap }) => (same ? slow(gap) : 0),
  samePrevious: ({ same, between }) => on(same && between === 0),
  same1m: ({ same, gap }) => on(same && gap <= MINUTE),
  same10m: ({ same, gap }) => on(same && gap <= 10 * MINUTE),
  sameLastUncalled: ({ same, itsLast, scene }) => on(same && itsLast && scene.callGap === null),
  sameLastGap: ({ same, itsLast, gap }) => (same && itsLast ? slow(gap) : 0),
  sameLastContinues: ({ same, itsLast, scene }) => on(same && itsLast && scene.entry.shape.continues),
  sameAsks: ({ same, scene }) => on(same && scene.entry.shape.question),
  sameGreets: ({ same, scene }) => on(same && scene.entry.shape.greeting),
  sameCalls: ({ same, scene }) => on(same && scene.entry.names.length > 0),
  sameCalledBefore: ({ same, it }) => on(same && it.names.length > 0),
  sameTurnsToAnother: ({ same, callsAnother, it, sameTarget }) =>
    on(same && callsAnother && it.names.length > 0 && !sameTarget),
  sameGoesOnWith: ({ same, sameTarget }) => on(same && sameTarget),
  sameWords: ({ same, common }) => (same ? common : 0),
};

const names: Clues<Pair> = {
  callsFirst: ({ callsFirst }) => on(callsFirst),
  callsInside: ({ calls, callsFirst }) => on(calls && !callsFirst),
  callsLast: ({ calls, itsLast }) => on(calls && itsLast),
  callsGap: ({ calls, gap }) => (calls ? slow(gap) : 0),
  callsInOwnTalk: ({ calls, mine }) => on(calls && mine !== undefined),
  callsMember: ({ callsMember }) => on(callsMember),
  callsAnother: ({ callsAnother, same }) => on(callsAnother && !same),
  sameCallsAnother: ({ callsAnother, same }) => on(callsAnother && same),
  calledBy: ({ calledBy }) => on(calledBy),
  calledByLast: ({ calledBy, scene, it }) => on(calledBy && scene.call === it),
  calledByGap: ({ calledBy, gap }) => (calledBy ? slow(gap) : 0),
  callEachOther: ({ calledBy, calls }) => on(calledBy && calls),
  itCallsAnother: ({ itCallsAnother, same }) => on(itCallsAnother && !same),
  sameTarget: ({ sameTarget, same }) => on(sameTarget && !same),
  partners: ({ scene, it }) => Math.log1p(scene.author?.partners.get(it.line.author) ?? 0) / 2,
};

const words: Clues<Pair> = {
  words: ({ common }) => common,
  rarestWord: ({ rarest }) => rarest,
  otherWords: ({ same, common }) => (same ? 0 : common),
  noWordInCommon: ({ common, scene, it }) =>
    on(common === 0 && scene.entry.shape.topics.length > 4 && it.shape.topics.length > 4),
  otherPrevious: ({ same, between }) => on(!same && between === 0),
  otherLast: ({ same, itsLast }) => on(!same && itsLast),
  itAsks: ({ it }) => on(it.shape.question),
  answersQuestion: ({ it, same, scene }) => on(it.shape.question && !same && !scene.entry.shape.question),
  bothAsk: ({ it, same, scene }) => on(it.shape.question && !same && scene.entry.shape.question),
  thanksForCall: ({ calledBy, scene }) => on(calledBy && scene.entry.shape.thanks),
  thanksOther: ({ same, scene }) => on(!same && scene.entry.shape.thanks),
  shortToOther: ({ same, scene }) => on(!same && scene.entry.shape.size < 5),
  continuesPrevious: ({ between, scene }) => on(between === 0 && scene.entry.shape.continues),
  answersOpening: ({ it, same, scene }) => on(it.opened && !same && !scene.entry.shape.question),
  saysYouToAsker: ({ it, same, scene }) => on(scene.entry.shape.second && !same && it.shape.question),
  bothGreet: ({ it, scene }) => on(scene.entry.shape.greeting && it.shape.greeting),
};

const conversation: Clues<Pair> = {
  itOpened: ({ it }) => on(it.opened),
  member: ({ mine }) => on(mine !== undefined),
  memberGap: (pair) => slow(sinceMine(pair) ?? 0),
  memberLatest: ({ mine, scene }) => on(mine !== undefined && mine === scene.own),
  newestLine: ({ conversation: of, it }) => on(of?.last === it),
  newestLineOfOther: ({ conversation: of, it, same }) => on(of?.last === it && !same),
  size: ({ conversation: of }) => Math.log1p(of?.size ?? 1) / 3,
  mineOpened: ({ conversation: of, scene }) => on(of?.first.line.author === scene.entry.line.author),
  itsAuthorOpened: ({ conversation: of, it, same }) => on(!same && of?.first.line.author === it.line.author),
  unanswered: ({ conversation: of }) => on(of?.people.size === 1),
  unansweredOther: ({ conversation: of, same }) => on(of?.people.size === 1 && !same),
  people: ({ conversation: of }) => Math.log(of?.people.size ?? 1) / 2,
  ofPreviousLine: ({ scene, it }) => on(scene.before?.conversation === it.conversation),
  onlyOneActive: ({ scene }) => on(scene.active <= 1),
};

const place: Clues<Pair> = {
  teamToCustomer: ({ scene, it }) => on(scene.entry.line.team === true && it.line.team === false),
  customerToTeam: ({ scene, it }) => on(scene.entry.line.team === false && it.line.team === true),
  teamToTeam: ({ scene, it }) => on(scene.entry.line.team === true && it.line.team === true),
  customerToCustomer: ({ scene, it, same }) =>
    on(!same && scene.entry.line.team === false && it.line.team === false),
  teamCallsStranger: ({ scene, callsAnother, callsMember }) =>
    on(scene.entry.line.team === true && callsAnother && !callsMember),
};

/** Clues for belonging to an earlier line. */
export const LINK_CLUES: Clues<Pair> = {
  ...time,
  ...samePerson,
  ...names,
  ...words,
  ...conversation,
  ...place,
};

/** Clues for opening something new. */
export const NEW_CLUES: Clues<Scene> = {
  always: () => 1,
  asks: ({ entry }) => on(entry.shape.question),
  asksAnyone: ({ entry }) => on(entry.shape.anyone),
  greets: ({ entry }) => on(entry.shape.greeting),
  thanks: ({ entry }) => on(entry.shape.thanks),
  continues: ({ entry }) => on(entry.shape.continues),
  lowerCase: ({ entry }) => on(entry.shape.lower),
  short: ({ entry }) => on(entry.shape.size < 4),
  long: ({ entry }) => on(entry.shape.size > 20),
  size: ({ entry }) => Math.log1p(entry.shape.size) / 3,
  link: ({ entry }) => on(entry.shape.link),
  code: ({ entry }) => on(entry.shape.code),
  problem: ({ entry }) => on(entry.shape.problem),
  saysYou: ({ entry }) => on(entry.shape.second),
  saysI: ({ entry }) => on(entry.shape.first),
  calls: ({ entry }) => on(entry.names.length > 0),
  callsFirst: ({ entry }) => on(entry.toStart),
  callsUnknown: ({ entry }) => on(entry.shape.addresses && !entry.toStart),
  ownLines: ({ author }) => Math.log1p(author?.lines ?? 0) / 4,
  ownOpenings: ({ author }) => (author?.opened ?? 0) / ((author?.lines ?? 0) + 2),
  ownCalled: ({ author }) => (author?.named ?? 0) / ((author?.lines ?? 0) + 2),
  ownCalling: ({ author }) => (author?.naming ?? 0) / ((author?.lines ?? 0) + 2),
  stranger: ({ own }) => on(own === null),
  strangerAsks: ({ own, entry }) => on(own === null && entry.shape.question),
  strangerInTrouble: ({ own, entry }) => on(own === null && entry.shape.problem),
  ownGap: ({ ownGap }) => slow(ownGap),
  own5m: ({ ownGap }) => on(ownGap <= 5 * MINUTE),
  own1h: ({ ownGap }) => on(ownGap <= HOUR),
  own1d: ({ ownGap }) => on(ownGap <= DAY),
  ownOpenedLast: ({ own }) => on(own?.opened ?? false),
  ownWords: ({ own, topics }) => on(own?.shape.topics.some((word) => topics.has(word)) ?? false),
  called: ({ callGap }) => on(callGap !== null && callGap < HOUR),
  calledGap: ({ callGap }) => (callGap !== null && callGap < HOUR ? slow(callGap) : 0),
  calledAsks: ({ callGap, entry }) => on(callGap !== null && callGap < HOUR && entry.shape.question),
  quiet: ({ quiet }) => slow(quiet),
  quietByPace: ({ quiet, room }) => byPace(quiet, room.pace),
  quiet5m: ({ quiet }) => on(quiet > 5 * MINUTE),
  quiet1h: ({ quiet }) => on(quiet > HOUR),
  quiet6h: ({ quiet }) => on(quiet > 6 * HOUR),
  quietAsks: ({ quiet, entry }) => on(quiet > 5 * MINUTE && entry.shape.question),
  pace: ({ room }) => Math.log(room.pace) / 4,
  active: ({ active }) => Math.log1p(active) / 2,
  asksNobody: ({ entry }) => on(entry.shape.question && entry.names.length === 0),
  longQuestion: ({ entry }) => on(entry.shape.question && entry.shape.size > 10),
  greetsAndAsks: ({ entry }) => on(entry.shape.greeting && entry.shape.question),
  team: ({ entry }) => on(entry.line.team === true),
  teamCalls: ({ entry }) => on(entry.line.team === true && entry.names.length > 0),
  customer: ({ entry }) => on(entry.line.team === false),
  customerAfter1h: ({ entry, ownGap }) => on(entry.line.team === false && ownGap > HOUR),
};

/** What a clue is about, for people who ask why. */
export type ClueKind = "time" | "person" | "names" | "words" | "talk" | "place";

const KINDS: readonly [ClueKind, Clues<Pair>][] = [
  ["time", time],
  ["person", samePerson],
  ["names", names],
  ["words", words],
  ["talk", conversation],
  ["place", place],
];

/** The kind of a clue for belonging to an earlier line; null for one of the others. */
export function kindOfClue(clue: string): ClueKind | null {
  return KINDS.find(([, clues]) => clue in clues)?.[0] ?? null;
}
