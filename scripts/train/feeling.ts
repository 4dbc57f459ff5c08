// Learns how urgent a message feels: from complaints to brands, whose strength people marked, and from our own examples.
import { feelingFeatures } from "../../src/domain/triage/feeling.ts";
import { FEELINGS, type LinearModel } from "../../src/domain/triage/model.ts";
import { signalsOf } from "../../src/domain/triage/signals.ts";
import { fitLinear } from "./fit.ts";
import { type FeltRow, feltRows, isHeld, ownExamples } from "./rows.ts";

const BITS = 15;
const OWN_WEIGHT = 1;
const PUBLIC_WEIGHT = 0.5;

let made: LinearModel | null = null;

/** Always the same one, fitted at the first call: no source of tiers has a part in it. */
export function feelingModel(): LinearModel {
  made ??= learnFeeling(feltRows().filter((row) => !isHeld(row)));
  return made;
}

export function learnFeeling(rows: readonly FeltRow[]): LinearModel {
  const own = ownExamples("train").flatMap(({ text, urgency }) =>
    urgency === undefined ? [] : [{ text, urgency, weight: OWN_WEIGHT }],
  );
  const all = [...rows.map((row) => ({ ...row, weight: PUBLIC_WEIGHT })), ...own];
  const examples = all.map(({ text, urgency, weight }) => ({
    features: feelingFeatures(signalsOf(text), 2 ** BITS - 1),
    right: urgency,
    weight,
  }));
  return fitLinear(examples, FEELINGS, BITS);
}
