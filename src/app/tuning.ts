// `/siempre tune`: the channel's last weeks once more under other settings, compared with what the team made of them.
import { setImmediate as breathe } from "node:timers/promises";
import type { ChatEvent, MessageEvent } from "../domain/events.ts";
import { LINK_DEFAULTS } from "../domain/intake/link.ts";
import {
  type IntakeSettings,
  type Past,
  type PastMessage,
  type Replayed,
  replayIntake,
} from "../domain/intake/replay.ts";
import { betterThan, type Made, type Score, scoreOf, settingsToTry } from "../domain/intake/tuning.ts";
import { DIRECT } from "../domain/terms.ts";
import type { Instant, Role } from "../domain/words.ts";
import type { Answer } from "../messages/card.ts";
import { refusal } from "../messages/refusals.ts";
import { lookingAnswer, tunedAnswer } from "../messages/tuning.ts";
import { firstSeen } from "../store/load.ts";
import { type ChannelTuning, setTuning, type TeamMade, teamMade, tuningOf } from "../store/tuning.ts";
import type { Acting } from "./acting.ts";
import type { Context } from "./context.ts";
import { isLeadOf, placeNamed } from "./named-place.ts";
import type { Place } from "./places.ts";

const WEEK = 7 * 24 * 3_600_000;
export const WEEKS = 3;
/** The latest; more says little more, and each is replayed under several settings. */
const MESSAGES = 800;
/** Whoever wrote beside these is taken for a customer: each look-up is a call. */
const PEOPLE = 150;
/** How many messages are replayed before others get their turn. */
const BREATH = 25;

export interface Tuning {
  place: Place;
  made: TeamMade;
  messages: number;
  compared: number;
  now: Score;
  better: Score | null;
  tried: number;
  policy: IntakeSettings;
  override: ChannelTuning;
}

/** Answers at once; what it found comes as a direct message. */
export async function askTuning(context: Context, acting: Acting): Promise<Answer> {
  const { call, lang, by } = acting;
  const place = await placeNamed(context, acting, String(acting.args.channel ?? "").trim());
  if (!place || place.info.name === DIRECT) return refusal("not_watched", lang);
  if (!(await isLead(context, acting, place))) return refusal("leads_only", lang);
  const { workspaceId, ref } = place;
  await context.db.transact(async (tx) => {
    if (!(await firstSeen(tx, workspaceId, `act:${call.id}`, context.clock.now()))) return;
    const job = { kind: "tuning", workspaceId, id: call.id, channel: ref.channel, by: by.id } as const;
    await context.outbox(tx, [job]);
  });
  return lookingAnswer(place.info.name, WEEKS, lang);
}

/** [Use these], and back to what the policy file says. */
export async function applyTuning(context: Context, acting: Acting): Promise<Answer> {
  const { args, lang, by, call } = acting;
  const place = await placeNamed(context, acting, String(args.channel ?? ""));
  if (!place) return refusal("not_watched", lang);
  if (!(await isLead(context, acting, place))) return refusal("leads_only", lang);
  const number = (value: unknown) => (/^\d{1,4}$/.test(String(value)) ? Number(value) : null);
  const joinWithin = number(args.join);
  const opens = joinWithin === null ? null : number(args.opens);
  const at = context.clock.now();
  await context.db.transact(async (tx) => {
    if (!(await firstSeen(tx, place.workspaceId, `act:${call.id}`, at))) return;
    const opensFrom = opens === null ? null : Math.min(1, opens / 100);
    await setTuning(tx, { channelId: place.channelId, joinWithin, opensFrom, by: by.id, at });
  });
  context.log.info({ channel: place.ref.channel, by: by.id, joinWithin, opens }, "intake was tuned");
  return tunedAnswer({
    channel: place.ref.channel,
    name: place.info.name,
    policy: policyOf(place),
    joinWithin,
    lang,
  });
}

async function isLead(context: Context, acting: Acting, place: Place): Promise<boolean> {
  const home = acting.reach.find(({ rowId }) => rowId === place.workspaceId);
  return home ? isLeadOf(context, acting.by, home, place.team) : false;
}

function policyOf({ channel }: Place): IntakeSettings {
  return { joinWithin: channel.joinWithin, opensFrom: channel.opensFrom };
}

/** Reads the history, and tries the settings on it. Nothing is committed. */
export async function measureTuning(context: Context, place: Place): Promise<Tuning> {
  const from = context.clock.now() - WEEKS * WEEK;
  const made = await teamMade(context.db.direct, place.channelId, from);
  const override = await tuningOf(context.db, place.channelId);
  const policy = policyOf(place);
  const opensFrom = override.opensFrom ?? policy.opensFrom;
  const now: IntakeSettings = {
    joinWithin: override.joinWithin ?? policy.joinWithin,
    opensFrom: opensFrom === LINK_DEFAULTS.opensFrom ? null : opensFrom,
  };
  const past = await pastOf(context, place, made, Math.max(from, made.since ?? from));
  const seen = new Set(past.messages.map(({ message }) => message.where.message));
  const known = made.belongs.filter(({ message }) => seen.has(message));
  const team: Made = {
    belongs: new Map(known.map(({ message, root }) => [message, root])),
    corrected: new Set(known.flatMap(({ message, corrected }) => (corrected ? [message] : []))),
  };
  const scores: Score[] = [];
  for (const settings of settingsToTry(now)) scores.push(scoreOf(settings, await run(past, settings), team));
  const [current, ...others] = scores;
  if (!current) throw new Error("What holds now is tried first.");
  const better = betterThan(current, others, known.length);
  const counts = { messages: past.messages.length, compared: known.length, tried: others.length };
  return { place, made, ...counts, now: current, better, policy, override };
}

async function run(past: Past, settings: IntakeSettings): Promise<Replayed> {
  const replay = replayIntake(past, settings);
  for (let turn = 1; ; turn += 1) {
    const step = replay.next();
    if (step.done) return step.value;
    if (turn % BREATH === 0) await breathe();
  }
}

async function pastOf(context: Context, place: Place, made: TeamMade, since: Instant): Promise<Past> {
  const messages = await messagesSince(context, place, since);
  const home = await context.places.home(place.ref.platform, place.ref.workspace);
  const roles = new Map<string, Role>();
  for (const { author } of messages) {
    if (!home || roles.has(author.id) || roles.size >= PEOPLE || author.bot) continue;
    const person = await context.people.know(author);
    roles.set(author.id, await context.people.role(person, home, place.team));
  }
  return {
    messages: messages.map((message): PastMessage => {
      const text = message.title ? `${message.title}\n${message.text}` : message.text;
      return {
        message,
        role: roles.get(message.author.id) ?? "customer",
        reading: context.triage.read(place.workspaceId, text, { files: message.files.length }),
        staffMentioned: message.mentions.filter((id) => (roles.get(id) ?? "customer") !== "customer"),
      };
    }),
    mode: place.mode,
    openingsPerHour: place.channel.openingsPerHour ?? place.workspace.openingsPerHour,
    ended: new Map(made.ended.map(({ root, at }) => [root, at])),
  };
}

async function messagesSince(context: Context, { ref }: Place, since: Instant): Promise<MessageEvent[]> {
  const port = context.platforms.get(ref.platform);
  const found = new Map<string, MessageEvent>();
  const take = (event: ChatEvent) => {
    const id = event.where.message;
    if (event.kind === "message") found.set(id, event);
    const before = found.get(id);
    if (event.kind === "edited" && before) found.set(id, { ...before, text: event.text });
  };
  // From a moment before: the first request's own message must be among them.
  if (port) for await (const event of port.history(ref.workspace, ref.channel, since - 1000, [])) take(event);
  return [...found.values()].sort((one, other) => one.at - other.at).slice(-MESSAGES);
}
