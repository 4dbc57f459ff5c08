// What triage reads in a message.
import type { Lang, Tier, Urgency } from "../words.ts";

/** What a message is, before anybody asks about whom it belongs to. */
export type MessageKind = "request" | "greeting" | "thanks" | "chatter";

/** A topic the acknowledgement may name, when sure. */
export type Topic = "outage" | "billing" | "bug" | "howto" | "feedback" | "access";

/** What decided: words a rule knows, or the learned model where the rules said something else. A person outranks both. */
export type Source = "rule" | "model";

export interface Reading {
  kind: MessageKind;
  tier: Tier;
  /** 0..1, of the tier; with a model it is calibrated: of the readings at 0.8, 8 in 10 are right. */
  confidence: number;
  /** The words that decided the tier, as they stand in the message. */
  evidence: readonly string[];
  /** Null when not sure enough to say it aloud. */
  topic: Topic | null;
  urgency: Urgency;
  urgencyEvidence: readonly string[];
  lang: Lang;
  /** 0..1, of the language. */
  langConfidence: number;
}

/** A reading that may say where it comes from. */
export type AnyReading = Reading & Partial<TracedReading>;

/** A reading that says where it comes from. */
export interface TracedReading extends Reading {
  source: Source;
  /** Whether what people corrected had its say (triage/learning.ts). */
  learned?: boolean | undefined;
  /** Numbers of the requests whose correction to "not a request" silenced it: without them it would be one. */
  silencedBy?: readonly number[];
  /** The same where it was heard all the same: too few to silence it (triage/silence.ts). */
  notSilencedBy?: readonly number[];
  /** What the rules alone would have called it. */
  ruleKind: MessageKind;
  /** The likeliest tiers, this one first: at most three, for a person to choose from where it is not sure. */
  among: readonly Tier[];
  /** The language of the words themselves (ISO 639-1): also one we do not speak. `und` when it cannot be told. */
  language: string;
}
