// The bot's own intake on the conversations of the benchmarks: the same pure decision, with the window and the limit it ships
// with. What is printed as a start is a request it would have opened.
import type { MessageEvent } from "../../src/domain/events.ts";
import type { IntakeSettings, Past } from "../../src/domain/intake/replay.ts";
import { replayIntake } from "../../src/domain/intake/replay.ts";
import type { TriageModel } from "../../src/domain/triage/model.ts";
import { readMessage } from "../../src/domain/triage/read.ts";
import type { Prediction } from "./intake-follow.ts";
import type { Told } from "./intake-rows.ts";

/** The policy's own defaults (src/domain/defaults.ts). */
const OPENINGS_PER_HOUR = 5;

/** `@name` anywhere, or `name:` at the start, of somebody who wrote before: what a platform would tell as a mention. */
const AT = /@([\p{L}\p{N}_.-]+)/gu;
const TO = /^\s*([^\s:,@]{2,40})[:,]\s/u;

function mentionsIn(text: string, known: ReadonlySet<string>): string[] {
  const named = [...text.matchAll(AT)].flatMap(([, name = ""]) => [name, `@${name}`]);
  const to = TO.exec(text)?.[1];
  return [...new Set([...named, ...(to ? [to] : [])])].filter((name) => known.has(name));
}

/** Decides each line of one stream from what came before it. A message of the system stands for itself. */
export function decideAll(
  told: readonly Told[],
  settings: IntakeSettings,
  model: TriageModel | undefined,
): Prediction[] {
  const known = new Set<string>();
  const team = new Set<string>();
  const messages: Past["messages"][number][] = [];
  for (const { row, line } of told) {
    if (!line) continue;
    const mentions = mentionsIn(line.text, known).filter((name) => name !== line.author);
    known.add(line.author);
    if (line.team === true) team.add(line.author);
    const message: MessageEvent = {
      kind: "message",
      where: {
        platform: "benchmark",
        workspace: row.stream,
        channel: row.stream,
        thread: null,
        message: line.id,
      },
      at: line.at,
      author: {
        platform: "benchmark",
        workspace: row.stream,
        id: line.author,
        name: line.name,
        bot: false,
        external: false,
        company: null,
        fresh: false,
      },
      text: line.text,
      mentions,
      mentionsBot: false,
      files: [],
      replyTo: null,
      forumPost: false,
      title: null,
    };
    messages.push({
      message,
      role: line.team === true ? "staff" : "customer",
      reading: readMessage(line.text, model ? { model } : {}),
      staffMentioned: mentions.filter((name) => team.has(name)),
    });
  }
  const replay = replayIntake(
    { messages, mode: "every", openingsPerHour: OPENINGS_PER_HOUR, ended: new Map() },
    settings,
  );
  let step = replay.next();
  while (!step.done) step = replay.next();
  const { belongs } = step.value;
  return told.map(({ row, line }) => {
    const { stream, idx } = row;
    const root = line ? (belongs.get(line.id) ?? null) : null;
    return { stream, idx, conv: root ?? `${idx}`, start: line !== null && root === line.id };
  });
}
