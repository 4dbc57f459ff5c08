// What the team reads about clocks beside answers and updates: our own targets, what moved, what lies with others.
import { isInternal, type Pledge } from "../domain/promises/pledges.ts";
import { tierMove } from "../domain/promises/tier-move.ts";
import type { Fact } from "../domain/request/facts.ts";
import { isActive } from "../domain/request/state.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { Lang } from "../domain/words.ts";
import type { Text } from "./card.ts";
import { duration, moment, type Reader } from "./inline.ts";
import { clockSentences } from "./text/clocks.ts";
import { sentences } from "./text/sentences.ts";

/** One of our own targets on the card; null for what the customer was promised. */
export function targetText(pledge: Pledge, reader: Reader): Text | null {
  if (!isInternal(pledge.kind)) return null;
  const words = clockSentences(reader.lang);
  if (pledge.dueAt === null) return [words.pausedTarget[pledge.kind]];
  const when = moment(pledge.dueAt, reader);
  if (pledge.state === "broken") {
    return pledge.kind === "workaround" ? words.workaroundMissed(when) : words.resolutionMissed(when);
  }
  return pledge.kind === "workaround" ? words.workaroundDue(when) : words.resolutionDue(when);
}

/** The notes of a request's card: "Tier was “Guidance”: due 12:00, now 10:30." */
export function clockNotes(view: RequestView, reader: Reader): Text[] {
  const { state } = view;
  if (!isActive(state)) return [];
  const words = clockSentences(reader.lang);
  const notes: Text[] = [];
  const moved = tierMove(view.history, view.terms, view.pledges);
  if (moved) {
    const tier = sentences(reader.lang).tiers[moved.from];
    const was = moment(moved.was, reader);
    notes.push(
      moved.now === null
        ? words.tierMovedToNone(tier, was)
        : words.tierMoved(tier, was, moment(moved.now, reader)),
    );
  }
  if (state.thirdPartySince !== null)
    notes.push(words.thirdPartySince(moment(state.thirdPartySince, reader)));
  if (state.workaroundAt !== null) {
    notes.push(
      state.relieved ? [words.workaroundHelped] : words.workaroundGiven(moment(state.workaroundAt, reader)),
    );
  }
  return notes;
}

/** A line of the history where the kind of fact alone would not say which way it went; null for every other. */
export function clockFact(fact: Fact, lang: Lang): string | null {
  const words = clockSentences(lang);
  switch (fact.kind) {
    case "third_party":
      return fact.on ? words.wentToThirdParty : words.cameBack;
    case "relieved":
      return fact.helped ? words.saidItHelps : words.saidNotYet;
    case "broken":
      return `${words.wasMissed}${words.whyInLine[fact.why]}`;
    default:
      return null;
  }
}

/** A warning about one of our own targets; null for a promise. */
export function targetNear(
  view: RequestView,
  facts: { pledge: string; due: number; who: string },
  reader: Reader,
): Text | null {
  const kind = kindOf(view, facts.pledge);
  if (kind === null) return null;
  const words = clockSentences(reader.lang);
  const [left, when] = [facts.due - reader.now, moment(facts.due, reader)];
  return left <= 0
    ? words.targetMissed(kind, facts.who, view.number, when)
    : words.targetNear(kind, facts.who, view.number, when, duration(left, reader.lang));
}

/** The same when it was missed. */
export function targetMissed(
  view: RequestView,
  facts: { pledge: string; due: number; who: string },
  reader: Reader,
): Text | null {
  const kind = kindOf(view, facts.pledge);
  if (kind === null) return null;
  return clockSentences(reader.lang).targetMissed(kind, facts.who, view.number, moment(facts.due, reader));
}

/** Why the promise was broken, as a sentence; empty where whoever had it did not answer. */
export function whyMissed(view: RequestView, pledge: string, reader: Reader): string {
  const recorded = view.history.findLast((fact) => fact.kind === "broken" && fact.pledge === pledge);
  return recorded?.kind === "broken" ? clockSentences(reader.lang).why[recorded.why] : "";
}

function kindOf(view: RequestView, key: string): "workaround" | "resolution" | null {
  const kind = view.pledges.find((pledge) => pledge.key === key)?.kind;
  return kind !== undefined && isInternal(kind) ? kind : null;
}
