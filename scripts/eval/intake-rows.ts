// Reads rows of a conversation benchmark, and nothing of them that an online bot would not know.
import { z } from "zod";
import type { Line } from "../../src/domain/intake/line.ts";
import { InputError, textOf } from "./lines.ts";

const Row = z.object({
  stream: z.string(),
  idx: z.number(),
  ts: z.union([z.string(), z.number()]).nullish().catch(null),
  user: z.string().nullish().catch(null),
  role: z.string().nullish().catch(null),
  text: z.string().catch(""),
  system: z.boolean().catch(false),
});
export type Row = z.infer<typeof Row>;

const Gold = z.object({
  scored: z.boolean().catch(true),
  conv: z
    .union([z.string(), z.number()])
    .nullish()
    .transform((conv) => (conv === null || conv === undefined ? null : String(conv))),
  start: z.boolean().nullish().catch(null),
});
/** What a row should be: for training and scoring only. */
export type Gold = z.infer<typeof Gold>;

export interface Told {
  row: Row;
  /** Null for a system message, and for a message of nobody. */
  line: Line | null;
}

const DAY = 86_400;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
/** A number beyond this counts milliseconds. */
const MILLISECONDS = 1e11;

/** Seconds; a clock time without a day goes on from the row before, across midnight; a missing one repeats it. */
function secondsOf(ts: Row["ts"], before: number): number {
  if (ts === null || ts === undefined || ts === "") return before;
  const number = Number(ts);
  if (Number.isFinite(number)) return number > MILLISECONDS ? number / 1_000 : number;
  const clock = CLOCK.exec(String(ts));
  if (clock) {
    let at = Number(clock[1]) * 3_600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0);
    while (at < before - DAY / 2) at += DAY;
    return at;
  }
  const date = Date.parse(String(ts));
  return Number.isNaN(date) ? before : date / 1_000;
}

const TEAM = new Set(["agent", "staff", "helper", "lead", "admin"]);

function teamOf(role: string | null | undefined): boolean | null {
  return role === null || role === undefined ? null : TEAM.has(role);
}

/** The rows of each stream, in their order, as lines. */
export function tell(rows: readonly Row[]): Map<string, Told[]> {
  const streams = new Map<string, Told[]>();
  const clock = new Map<string, number>();
  for (const row of rows) {
    const told = streams.get(row.stream) ?? [];
    streams.set(row.stream, told);
    const at = secondsOf(row.ts, clock.get(row.stream) ?? 0);
    clock.set(row.stream, at);
    const { user } = row;
    const line: Line | null =
      row.system || user === null || user === undefined
        ? null
        : {
            id: String(row.idx),
            author: user,
            name: user,
            at: at * 1_000,
            text: row.text,
            mentions: [],
            thread: null,
            replyTo: null,
            team: teamOf(row.role),
          };
    told.push({ row, line });
  }
  return streams;
}

function parsed<T>(file: string, shape: z.ZodType<T>): T[] {
  return textOf(file)
    .split("\n")
    .flatMap((text, at) => {
      if (text.trim() === "") return [];
      try {
        return [shape.parse(JSON.parse(text))];
      } catch (cause) {
        throw new InputError(
          `${file}, line ${at + 1}: no row of a conversation; "stream", "idx" and "text" are expected.`,
          { cause },
        );
      }
    });
}

export const rowsOf = (file: string): Row[] => parsed(file, Row);
/** Line by line beside {@link rowsOf}. */
export const goldOf = (file: string): Gold[] => parsed(file, Gold);
