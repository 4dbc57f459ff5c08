// A message that would open a request: the same problem again joins or is linked to the earlier one, all else opens.
import type { MessageEvent } from "../domain/events.ts";
import {
  decideRepeat,
  type Earlier,
  type Repeat,
  type RepeatDecision,
  repeatedFact,
} from "../domain/intake/repeat.ts";
import { decideSaid } from "../domain/request/chat.ts";
import type { Plan, Situation } from "../domain/request/plan.ts";
import { withSignals } from "../domain/request/signals.ts";
import { companyFor } from "../domain/terms.ts";
import type { Reading } from "../domain/triage/reading.ts";
import type { Instant, RequestId } from "../domain/words.ts";
import type { Transaction } from "../store/direct.ts";
import { earlierRequests } from "../store/repeats.ts";
import type { Context } from "./context.ts";
import { heardIn, wordsOf } from "./hearing.ts";
import type { Known } from "./people.ts";
import type { Place } from "./places.ts";
import { apply, messageRow, mustLoad, open, situationOf } from "./write.ts";

const DAY = 24 * 3_600_000;

interface Opening {
  place: Place;
  live: boolean;
  customer: Known;
  message: MessageEvent;
  reading: Reading;
  now: Instant;
  /** What `earlierOf` found; without it, it is asked for. */
  earlier?: readonly Earlier[] | null;
}

/** The requests a message may be the same again as; null where the policy does not want to know. */
export async function earlierOf(
  tx: Transaction,
  { place, customer, message }: Pick<Opening, "place" | "customer" | "message">,
): Promise<readonly Earlier[] | null> {
  const within = place.workspace.repeatWithin;
  if (within === null) return null;
  const company = companyFor(place.workspace, {
    channel: { id: place.info.channel, name: place.info.name },
    organisation: customer.company,
    groups: customer.groups,
  });
  return earlierRequests(tx, {
    workspaceId: place.workspaceId,
    customer: customer.id,
    company: company?.name ?? null,
    since: message.at - within * DAY,
  });
}

/** Resolves to the request it went into. The caller holds the channel's lock. */
export async function openOrRepeat(context: Context, tx: Transaction, opening: Opening): Promise<RequestId> {
  const decision = await decided(tx, opening);
  if (decision.kind === "join") {
    await joinAgain(context, tx, opening, decision);
    return decision.request;
  }
  const { id, written } = await open(context, tx, {
    ...opening,
    byHand: null,
    ...(decision.kind === "link" ? { linkedTo: decision.to, repeat: decision.repeat } : { linkedTo: null }),
  });
  tx.along(written);
  return id;
}

/**
 * What a message opened by somebody's hand is linked to: the same problem again is counted here too, and never joined, since a
 * person wants it on its own.
 */
export async function linkByHand(
  tx: Transaction,
  opening: Omit<Opening, "live">,
): Promise<{ linkedTo: RequestId | null; repeat?: Repeat }> {
  const decision = await decided(tx, opening, true);
  return decision.kind === "link" ? { linkedTo: decision.to, repeat: decision.repeat } : { linkedTo: null };
}

/**
 * Whether a message that the channel's last lines give to an open request asks for the same once more ("is anybody there?").
 * Then it is counted and joined here; false: it goes on with the request like any other.
 */
export async function cameAgain(
  context: Context,
  tx: Transaction,
  opening: Opening,
  request: RequestId,
): Promise<boolean> {
  const decision = await decided(tx, opening);
  if (decision.kind !== "join" || decision.request !== request) return false;
  await joinAgain(context, tx, opening, decision);
  return true;
}

async function joinAgain(
  context: Context,
  tx: Transaction,
  { place, live, customer, message, reading, now }: Opening,
  decision: Extract<RepeatDecision, { kind: "join" }>,
): Promise<void> {
  const request = await mustLoad(tx, decision.request);
  const situation = situationOf(request, now, live);
  const said = { message: message.where.message, at: Math.min(message.at, now), by: customer.id, reading };
  const { signals, owner } = situation.state;
  const heard = await heardIn(tx, place, wordsOf(message), reading.lang, message.author.fresh);
  const spoken = withSignals(decideSaid(situation, said), heard, { ...said, known: signals, owner });
  const plan = again(situation, spoken, decision.repeat, said);
  const thread = { channel: place.ref.channel, thread: message.where.thread };
  await apply(context, tx, request, thread, plan, now, [messageRow(message, customer.id, "customer")]);
}

async function decided(
  tx: Transaction,
  opening: Omit<Opening, "live">,
  apart = opening.message.forumPost,
): Promise<RepeatDecision> {
  const { place, customer, message, reading } = opening;
  const within = place.workspace.repeatWithin;
  const earlier = opening.earlier ?? (await earlierOf(tx, opening));
  if (within === null || earlier === null) return { kind: "new" };
  return decideRepeat(
    {
      text: message.title ? `${message.title}\n${message.text}` : message.text,
      tier: reading.tier,
      author: customer.id,
      channelId: place.channelId,
      at: message.at,
      apart,
      within,
    },
    earlier,
  );
}

/** They see that it was heard: at top level nothing else would tell them. */
function again(
  { state, live }: Situation,
  plan: Plan,
  repeat: Repeat,
  said: { message: string; at: Instant; by: string },
): Plan {
  const eyes = live && state.quiet === null ? [{ kind: "eyes", message: said.message } as const] : [];
  return {
    ...plan,
    facts: [...plan.facts, repeatedFact(repeat, said.at, said.by)],
    notices: [...eyes, ...plan.notices],
  };
}
