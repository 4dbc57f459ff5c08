// Causes and the answers that name them.
import { v7 as uuid } from "uuid";
import type { Instant, PersonId, RequestId } from "../domain/words.ts";
import type { Database, Db } from "./db.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Causes of a workspace with how many requests they produced, the most first. */
export async function openCauses(
  db: Db,
  workspaceId: string,
  limit: number,
): Promise<readonly { id: string; name: string; count: number; taken: boolean }[]> {
  const rows = await db.cause.findMany({
    where: { workspaceId, status: { in: ["open", "taken", "in_work"] } },
    orderBy: [{ feedback: { _count: "desc" } }, { createdAt: "asc" }],
    take: limit,
    select: { id: true, name: true, status: true, _count: { select: { feedback: true } } },
  });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    count: row._count.feedback,
    taken: row.status !== "open",
  }));
}

/** The cause proposed to a request's owner; made when it is new, so that its button can carry an id. */
export async function ensureCause(db: Db, workspaceId: string, name: string, at: Instant): Promise<string> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO cause (id, workspace_id, name, created_at)
    VALUES (${uuid()}::uuid, ${workspaceId}::uuid, ${name}, ${new Date(at)})
    ON CONFLICT (workspace_id, name) DO UPDATE SET name = excluded.name RETURNING id`;
  const [row] = rows;
  if (!row) throw new Error("An upsert returned no row.");
  return row.id;
}

/** Remembers what caused a request; asked again, the last answer holds. Returns the cause's name, null if unknown. */
export async function recordFeedback(
  db: Database,
  feedback: {
    request: RequestId;
    workspaceId: string;
    by: PersonId;
    cause: { id: string } | { name: string };
    at: Instant;
  },
): Promise<string | null> {
  return db.$transaction(async (tx) => {
    const { workspaceId, by } = feedback;
    const at = new Date(feedback.at);
    const id =
      "name" in feedback.cause
        ? await ensureCause(tx, workspaceId, feedback.cause.name.slice(0, 120), feedback.at)
        : feedback.cause.id;
    if (!UUID.test(id)) return null;
    const cause = await tx.cause.findFirst({ where: { id, workspaceId }, select: { id: true, name: true } });
    if (!cause) return null;
    const { request } = feedback;
    await tx.feedback.upsert({
      where: { requestId: request },
      create: { requestId: request, workspaceId, causeId: cause.id, byId: by, at },
      update: { causeId: cause.id, byId: by, at },
    });
    return cause.name;
  });
}

/** "I'll take it." Returns the cause's name, or null when the workspace has no such cause. */
export async function takeCause(
  db: Database,
  taking: { workspaceIds: readonly string[]; cause: string; by: PersonId; at: Instant },
): Promise<string | null> {
  if (!UUID.test(taking.cause)) return null;
  const { workspaceIds, cause: id } = taking;
  const changed = await db.cause.updateMany({
    where: { id, workspaceId: { in: [...workspaceIds] } },
    data: { ownerId: taking.by, status: "taken", takenAt: new Date(taking.at) },
  });
  if (changed.count === 0) return null;
  return (await db.cause.findUnique({ where: { id }, select: { name: true } }))?.name ?? null;
}

/** "Not now, because…": kept with the team's workspace, so that next week's summary can quote it. */
export async function decline(
  db: Database,
  declined: { teamId: string; within: readonly string[]; by: PersonId; why: string; at: Instant },
): Promise<boolean> {
  if (!UUID.test(declined.teamId)) return false;
  const team = await db.team.findFirst({
    where: { id: declined.teamId, workspaceId: { in: [...declined.within] } },
    select: { workspaceId: true },
  });
  if (!team) return false;
  await db.notNow.create({
    data: {
      workspaceId: team.workspaceId,
      byId: declined.by,
      why: declined.why.slice(0, 300),
      at: new Date(declined.at),
    },
  });
  return true;
}
