// What triage reads in a message.
import type { Lang, Tier, Urgency } from "../words.ts";

/** What a message is, before anybody asks about whom it belongs to. */
export type MessageKind = "request" | "greeting" | "thanks" | "chatter";

/** A topic the acknowledgement may name, when sure. */
export type Topic = "outage" | "billing" | "bug" | "howto" | "feedback" | "access";

export interface Reading {
  kind: MessageKind;
  tier: Tier;
  /** 0..1, of the tier. */
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
