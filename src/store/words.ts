// Words of requests: what people wrote, what is to be said for them, notes and reasons. All of it can be erased.
import { v7 as uuid } from "uuid";
import type { Words } from "../domain/request/plan.ts";
import type { FileRef, Instant } from "../domain/words.ts";
import type { Statements, Transaction } from "./direct.ts";

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

/** As JSON, for a statement to take apart. */
export function messageRows(messages: readonly MessageRow[]): string {
  const rows = messages.map((message) => ({
    id: message.id ?? uuid(),
    channel: message.channel,
    thread: message.thread,
    external_id: message.externalId,
    author_id: message.authorId,
    role: message.role,
    text: message.text,
    files: message.files.map(({ name, mime, bytes }) => ({ name, mime, bytes })),
    at: new Date(message.at),
  }));
  return JSON.stringify(rows);
}

/** Keeps messages of a request; one that is kept already (a repeated delivery) stays as it is. */
export async function insertMessages(
  tx: Transaction,
  request: { id: string; workspaceId: string },
  messages: readonly MessageRow[],
): Promise<void> {
  if (messages.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO message (id, workspace_id, request_id, channel, thread, external_id, author_id, role, text, files, at)
    SELECT id, ${request.workspaceId}::uuid, ${request.id}::uuid, channel, thread, external_id, author_id, role, text,
      files, at
    FROM jsonb_to_recordset(${messageRows(messages)}::jsonb)
      AS message (id uuid, channel text, thread text, external_id text, author_id uuid, role text, text text,
                  files jsonb, at timestamptz)
    ON CONFLICT DO NOTHING`;
}

/** Lines to be said, edits and erasures. */
export async function writeWords(
  tx: Transaction,
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
        await tx.$executeRaw`
          UPDATE message SET text = ${word.text}, edited_at = ${new Date(word.at)}::timestamptz
          WHERE workspace_id = ${request.workspaceId}::uuid AND channel = ${place.channel}
            AND external_id = ${word.message}`;
        break;
      case "erase":
        await tx.$executeRaw`
          UPDATE message SET text = '', files = '[]', erased_at = ${new Date(word.at)}::timestamptz
          WHERE workspace_id = ${request.workspaceId}::uuid AND channel = ${place.channel}
            AND external_id = ${word.message}`;
        await tx.$executeRaw`
          UPDATE signal_note SET quote = '' WHERE workspace_id = ${request.workspaceId}::uuid AND request_id = ${request.id}::uuid
            AND message = ${word.message}`;
        break;
      case "reason":
        await tx.$executeRaw`
          INSERT INTO reason (id, workspace_id, request_id, by_id, text, at)
          VALUES (${word.id}::uuid, ${request.workspaceId}::uuid, ${request.id}::uuid, ${word.author}::uuid, ${word.text},
                  ${new Date(word.at)}::timestamptz) ON CONFLICT DO NOTHING`;
        break;
      case "note":
        await insertNote(tx, request, word);
        break;
      case "forget_note":
        await tx.$executeRaw`
          DELETE FROM signal_note WHERE request_id = ${request.id}::uuid AND signal = ${word.signal}`;
        break;
      case "requote":
        await tx.$executeRaw`
          UPDATE signal_note SET quote = ${word.quote}
          WHERE request_id = ${request.id}::uuid AND message = ${word.message} AND signal = ${word.signal}`;
        break;
      case "evidence":
        await tx.$executeRaw`
          UPDATE request SET evidence = ${JSON.stringify(word.words)}::jsonb, updated_at = now()
          WHERE id = ${request.id}::uuid`;
        break;
      case "brief":
        await tx.$executeRaw`
          INSERT INTO brief (id, workspace_id, request_id, author_id, to_id, text, at)
          VALUES (${word.id}::uuid, ${request.workspaceId}::uuid, ${request.id}::uuid, ${word.author}::uuid,
                  ${word.to}::uuid, ${word.text}, ${new Date(word.at)}::timestamptz)`;
        break;
      default:
        word satisfies never;
    }
  }
}

/** What was recognised in a message, in the words that told. */
export async function insertNote(
  tx: Statements,
  request: { id: string; workspaceId: string },
  note: Extract<Words, { kind: "note" }>,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO signal_note (id, workspace_id, request_id, message, signal, quote, at)
    VALUES (${uuid()}::uuid, ${request.workspaceId}::uuid, ${request.id}::uuid, ${note.message}, ${note.signal},
      ${note.quote}, ${new Date(note.at)}::timestamptz) ON CONFLICT DO NOTHING`;
}
