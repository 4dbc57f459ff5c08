// Lines of `stream idx ts user [role] text system`: conversations of public rooms, one message a line.
import { z } from "zod";
import { faultOf } from "./json.ts";
import {
  arrange,
  type Draft,
  type Replay,
  type ReplayChannel,
  ReplayError,
  type ReplayPerson,
  type Skipped,
  type Source,
} from "./replay.ts";

const row = z.object({
  stream: z.string().min(1),
  idx: z.number().int(),
  ts: z.union([z.string(), z.number()]).nullish().catch(null),
  user: z.string().nullish().catch(null),
  role: z.string().nullish().catch(null),
  text: z.string().catch(""),
  system: z.boolean().catch(false),
});

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
/** Where a stream that only counts seconds begins: a Monday morning. */
const SOME_MONDAY = Date.UTC(2024, 0, 8, 9);

/** Whether a first line is one of this format. */
export function isIntakeLine(parsed: unknown): boolean {
  return row.safeParse(parsed).success;
}

/** Reads such files, each stream a channel. Throws ReplayError when a file has no single line that can be read. */
export function readIntake(sources: readonly Source[]): Replay {
  const people = new Map<string, ReplayPerson>();
  const channels = new Map<string, ReplayChannel>();
  const clocks = new Map<string, (ts: string | number | null) => number | null>();
  const drafts: Draft[] = [];
  const skipped: Skipped[] = [];
  for (const source of sources) {
    let read = 0;
    for (const [index, line] of source.text().split("\n").entries()) {
      if (line.trim() === "") continue;
      const place = `${source.place}, line ${index + 1}`;
      const value = parsed(line);
      if (typeof value === "string") {
        skipped.push({ place, reason: value });
        continue;
      }
      read += 1;
      const clock = clocks.get(value.stream) ?? clockOf(value.stream);
      clocks.set(value.stream, clock);
      const at = clock(value.ts ?? null);
      if (!channels.has(value.stream)) {
        channels.set(value.stream, { id: value.stream, name: value.stream, kind: "text" });
      }
      const why = value.system
        ? "written by the room itself (system)"
        : at === null
          ? `the time ${JSON.stringify(value.ts)} is not understood`
          : !value.user
            ? "nobody wrote it (no user)"
            : value.text.trim() === ""
              ? "no text"
              : null;
      if (why !== null || at === null || !value.user) {
        skipped.push({ place, reason: why ?? "" });
        continue;
      }
      people.set(value.user, people.get(value.user) ?? personOf(value.user, value.role ?? null));
      drafts.push({
        id: `${value.stream}/${value.idx}`,
        channel: value.stream,
        at,
        author: value.user,
        text: value.text,
        thread: null,
        replyTo: null,
        files: [],
        place,
      });
    }
    if (read === 0)
      throw new ReplayError(source.place, "no line of it can be read: one JSON object a line was expected.");
  }
  const messages = arrange(drafts, skipped);
  const authors = new Set(messages.map((one) => one.author));
  const spoken = new Set(messages.map((one) => one.channel));
  return {
    platform: "slack",
    people: [...people.values()].filter((one) => authors.has(one.id)),
    channels: [...channels.values()].filter((one) => spoken.has(one.id)),
    messages,
    skipped,
  };
}

function parsed(line: string): z.infer<typeof row> | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return "not understood (this line is not valid JSON)";
  }
  const read = row.safeParse(value);
  return read.success ? read.data : `not understood (${faultOf(read.error)})`;
}

function personOf(id: string, role: string | null): ReplayPerson {
  const name = id.replace(/^@/, "") || id;
  if (role === "agent") return { id, name, bot: false, role: "staff" };
  if (role === "client") return { id, name, bot: false, role: "customer" };
  return { id, name, bot: false };
}

/**
 * Turns the times of one stream into instants: ISO (UTC when it says nothing), seconds since the stream's start, or
 * `HH:MM` of the day in the stream's name. Those wrap at midnight, in some logs at one o'clock (a clock of 12 hours).
 * A row without a time (a join) has that of the row before it.
 */
function clockOf(stream: string): (ts: string | number | null) => number | null {
  const day = Date.parse(`${/\d{4}-\d{2}-\d{2}/.exec(stream)?.[0] ?? "2024-01-08"}T00:00:00Z`);
  let turned = 0;
  let before = -1;
  let last: number | null = null;
  return (ts) => {
    if (ts === null) return last;
    if (typeof ts === "number") {
      last = SOME_MONDAY + ts * 1000;
      return last;
    }
    const time = /^(\d{1,2}):(\d{2})$/.exec(ts);
    if (!time) {
      const at = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(ts) ? ts : `${ts}Z`);
      last = Number.isFinite(at) ? at : null;
      return last;
    }
    const minutes = Number(time[1]) * 60 + Number(time[2]);
    // Lines swapped by a minute or two are no new day.
    if (before - minutes > 30) turned += before >= 720 && before < 780 && minutes < 120 ? 12 * HOUR : DAY;
    before = minutes;
    last = day + turned + minutes * MINUTE;
    return last;
  };
}
