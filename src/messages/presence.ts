// What people are told about their own working hours and absences.
import type { Calendar } from "../domain/policy.ts";
import type { Instant } from "../domain/words.ts";
import type { Answer, Text } from "./card.ts";
import { firstName, moment, plain, type Reader } from "./inline.ts";
import { weekLine } from "./policy.ts";
import { ownershipSentences } from "./text/ownership.ts";
import { presenceSentences } from "./text/presence.ts";

function told(lines: readonly Text[]): Answer {
  const [first = []] = lines;
  return {
    kind: "card",
    card: { blocks: lines.map((text) => ({ kind: "text", text })), summary: plain(first) },
  };
}

/** `own` is false for whoever works as their team does. */
export function hoursAnswer(calendar: Calendar, own: boolean, reader: Reader): Answer {
  const words = presenceSentences(reader.lang);
  const week = weekLine(calendar, reader.lang);
  const line = own ? words.yourHours(week, calendar.timezone) : words.teamHours(week, calendar.timezone);
  return told([[line], [words.setThem]]);
}

/** `backup` is who stands in, or null; `open` how many requests are theirs meanwhile. */
export function awayAnswer(
  facts: {
    until: Instant;
    backup: string | null;
    open: number;
    /** What goes to somebody else unless they think better of it; `to` null: to the team. */
    moving?: { numbers: readonly number[]; to: string | null } | null;
  },
  reader: Reader,
): Answer {
  const words = presenceSentences(reader.lang);
  const who = facts.backup === null ? words.teamGets : words.backupGets(firstName(facts.backup));
  const { moving } = facts;
  const moves = moving
    ? [[ownershipSentences(reader.lang).moves(moving.numbers, firstName(moving.to ?? ""))]]
    : [];
  return told([[...words.away(moment(facts.until, reader)), who, words.requestsOpen(facts.open)], ...moves]);
}

export function backAnswer(wasAway: boolean, reader: Reader): Answer {
  const words = presenceSentences(reader.lang);
  return told([[wasAway ? words.back : words.notAway]]);
}

/** What was typed cannot be done as it stands. */
export function presenceRefused(why: "notHours" | "notBackup" | "tooFar", reader: Reader): Answer {
  const words = presenceSentences(reader.lang);
  const text = { notHours: words.notHours, notBackup: words.notBackup, tooFar: words.tooFar }[why];
  return { kind: "error", text };
}

/** " (away until Mon 30 Nov, 9:00)", after a name; nothing for whoever is there. */
export function awayNote(until: Instant | null, reader: Reader): Text {
  return until === null ? [] : presenceSentences(reader.lang).awayUntil(moment(until, reader));
}
