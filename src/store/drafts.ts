// What somebody typed into a form that was refused, kept for a day so that they need not type it again. Erasable.
import { v4 as uuid } from "uuid";
import type { Instant, PersonId, RequestId } from "../domain/words.ts";
import type { Db } from "./db.ts";
import type { Statements } from "./direct.ts";

export interface Draft {
  requestId: RequestId;
  act: string;
  typed: Readonly<Record<string, string>>;
}

/** Resolves to its id. */
export async function keepDraft(
  db: Statements,
  draft: Draft & { workspaceId: string; personId: PersonId; at: Instant },
): Promise<string> {
  const id = uuid();
  await db.$executeRaw`
    INSERT INTO draft (id, workspace_id, request_id, person_id, act, typed, at)
    VALUES (${id}::uuid, ${draft.workspaceId}::uuid, ${draft.requestId}::uuid, ${draft.personId}::uuid, ${draft.act},
            ${JSON.stringify(draft.typed)}::jsonb, ${new Date(draft.at)}::timestamptz)`;
  return id;
}

/** Null for a draft of somebody else, or one that is gone. */
export async function draftOf(db: Statements, id: string, person: PersonId): Promise<Draft | null> {
  if (!UUID.test(id)) return null;
  const [row] = await db.$queryRaw<Draft[]>`
    SELECT request_id AS "requestId", act, typed FROM draft
    WHERE id = ${id}::uuid AND person_id = ${person}::uuid`;
  return row ?? null;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function forgetDrafts(db: Db, before: Instant): Promise<void> {
  await db.draft.deleteMany({ where: { at: { lt: new Date(before) } } });
}
