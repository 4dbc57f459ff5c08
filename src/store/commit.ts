// Writing: everything one decision made, in the caller's one transaction.

import type { Terms } from "../domain/policy.ts";
import { type Pledge, pledgesOf } from "../domain/promises/pledges.ts";
import { wakeAt } from "../domain/promises/reminders.ts";
import type { Fact } from "../domain/request/facts.ts";
import type { Words } from "../domain/request/plan.ts";
import { evolve, type RequestState, replay } from "../domain/request/state.ts";
import type { FileRef, Instant, RequestId } from "../domain/words.ts";
import { SiempreError } from "../errors.ts";
import type { Db } from "./db.ts";
import { toRow } from "./facts.ts";
import type { Prisma } from "./generated/client.ts";
import type { LoadedRequest } from "./load.ts";

/** A message that belongs to a request; `externalId` null for a line not yet posted. */
export interface MessageRow {
  id?: string;
  channel: string;
  thread: string | null;
  externalId: string | null;
  authorId: string | null;
  role: "customer" | "helper" | "staff";
  text: string;
  files: readonly FileRef[];
  at: Instant;
}

/** Takes the workspace's next request number; gaps appear where a transaction is rolled back. */
export async function nextNumber(tx: Db, workspaceId: string): Promise<number> {
  const row = await tx.workspace.update({
    where: { id: workspaceId },
    data: { nextNumber: { increment: 1 } },
    select: { nextNumber: true },
  });
  return row.nextNumber - 1;
}

export interface NewRequest {
  id: RequestId;
  workspaceId: string;
  channelId: string;
  number: number;
  teamId: string | null;
  companyId: string | null;
  customerId: string;
  thread: string | null;
  terms: Terms;
  evidence: readonly string[];
  linkedTo: RequestId | null;
}

/** Writes a new request with its first facts. Resolves to its wake-up. */
export async function insertRequest(
  tx: Db,
  request: NewRequest,
  facts: readonly Fact[],
  now: Instant,
): Promise<Instant | null> {
  const state = replay(facts);
  const pledges = pledgesOf(facts, request.terms, now);
  const wake = wakeAt(state, pledges, request.terms);
  await tx.request.create({
    data: {
      id: request.id,
      workspaceId: request.workspaceId,
      channelId: request.channelId,
      number: request.number,
      teamId: request.teamId,
      companyId: request.companyId,
      customerId: request.customerId,
      thread: request.thread,
      root: state.root,
      openedAt: new Date(state.openedAt),
      terms: request.terms as unknown as Prisma.InputJsonObject,
      evidence: [...request.evidence],
      linkedTo: request.linkedTo,
      ...projection(state),
      wakeAt: asDate(wake),
    },
  });
  await tx.requestEvent.createMany({ data: facts.map((fact, seq) => toRow(fact, request, seq)) });
  await writePledges(tx, request, pledges);
  return wake;
}

/** Adds facts to a request. Throws version_conflict when somebody else did since it was loaded: load and decide anew.
 * Resolves to its wake-up. */
export async function appendFacts(
  tx: Db,
  request: LoadedRequest,
  facts: readonly Fact[],
  now: Instant,
): Promise<Instant | null> {
  const history = [...request.history, ...facts];
  const state = facts.reduce(evolve, replay(request.history));
  const pledges = pledgesOf(history, request.terms, now);
  const wake = wakeAt(state, pledges, request.terms);
  const written = await tx.request.updateMany({
    where: { id: request.id, version: request.version },
    data: {
      ...projection(state),
      version: { increment: 1 },
      wakeAt: asDate(wake),
    },
  });
  if (written.count !== 1) {
    throw new SiempreError(
      "version_conflict",
      `Request #${request.number} changed while it was being decided.`,
      {
        request: request.id,
      },
    );
  }
  if (facts.length > 0) {
    await tx.requestEvent.createMany({
      data: facts.map((fact, index) => toRow(fact, request, request.history.length + index)),
    });
    await tx.pledge.deleteMany({ where: { requestId: request.id } });
    await writePledges(tx, request, pledges);
  }
  return wake;
}

/** Computes a request's wake-up anew, without changing anything else. */
export async function rewake(tx: Db, request: LoadedRequest, now: Instant): Promise<void> {
  const pledges = pledgesOf(request.history, request.terms, now);
  const at = wakeAt(replay(request.history), pledges, request.terms);
  // An alarm that is due and yet leads to nothing would wake it at once again.
  const next = at !== null && at <= now ? null : at;
  await tx.request.update({ where: { id: request.id }, data: { wakeAt: asDate(next) } });
}

async function writePledges(
  tx: Db,
  request: { id: string; workspaceId: string },
  pledges: readonly Pledge[],
): Promise<void> {
  if (pledges.length === 0) return;
  await tx.pledge.createMany({
    data: pledges.map((pledge) => ({
      requestId: request.id,
      workspaceId: request.workspaceId,
      key: pledge.key,
      kind: pledge.kind,
      state: pledge.state,
      startedAt: new Date(pledge.startedAt),
      dueAt: asDate(pledge.dueAt),
      endedAt: asDate(pledge.endedAt),
    })),
  });
}

/** Keeps messages of a request; one that is kept already (a repeated delivery) stays as it is. */
export async function insertMessages(
  tx: Db,
  request: { id: string; workspaceId: string },
  messages: readonly MessageRow[],
): Promise<void> {
  if (messages.length === 0) return;
  await tx.message.createMany({
    data: messages.map(({ at, files, ...message }) => ({
      ...message,
      workspaceId: request.workspaceId,
      requestId: request.id,
      files: files.map(({ name, mime, bytes }) => ({ name, mime, bytes })),
      at: new Date(at),
    })),
    skipDuplicates: true,
  });
}

/** Lines to be said, edits and erasures. */
export async function writeWords(
  tx: Db,
  request: { id: string; workspaceId: string },
  place: { channel: string; thread: string | null },
  words: readonly Words[],
): Promise<void> {
  for (const word of words) {
    switch (word.kind) {
      case "line":
        await insertMessages(tx, request, [
          {
            id: word.id,
            ...place,
            externalId: null,
            authorId: word.author,
            role: "staff",
            text: word.text,
            files: [],
            at: word.at,
          },
        ]);
        break;
      case "edit":
        await tx.message.updateMany({
          where: { workspaceId: request.workspaceId, channel: place.channel, externalId: word.message },
          data: { text: word.text, editedAt: new Date(word.at) },
        });
        break;
      case "erase":
        await tx.message.updateMany({
          where: { workspaceId: request.workspaceId, channel: place.channel, externalId: word.message },
          data: { text: "", files: [], erasedAt: new Date(word.at) },
        });
        break;
      case "evidence":
        await tx.request.update({ where: { id: request.id }, data: { evidence: [...word.words] } });
        break;
      default:
        word satisfies never;
    }
  }
}

/** The cursor passes only committed messages, and never goes back. */
export async function passCursor(tx: Db, channelId: string, at: Instant): Promise<void> {
  await tx.$executeRaw`
    UPDATE channel SET cursor_at = ${new Date(at)}
    WHERE id = ${channelId}::uuid AND (cursor_at IS NULL OR cursor_at < ${new Date(at)})`;
}

/** Sets the cursor of a channel that has none. True when it had none. */
export async function beginCursor(tx: Db, channelId: string, at: Instant): Promise<boolean> {
  const begun = await tx.$executeRaw`
    UPDATE channel SET cursor_at = ${new Date(at)} WHERE id = ${channelId}::uuid AND cursor_at IS NULL`;
  return begun === 1;
}

function projection(state: RequestState) {
  return {
    status: state.status,
    tier: state.tier,
    urgency: state.urgency,
    lang: state.lang,
    ownerId: state.owner,
    customerAt: new Date(state.customerAt),
    closedAt: asDate(state.closedAt),
  };
}

function asDate(at: Instant | null): Date | null {
  return at === null ? null : new Date(at);
}
