// Our own posts, remembered by key: what makes delivery at least once look like exactly once.
import type { Instant, RequestId } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

/** How long one delivery may hold a post before another process may take it, ms. */
const LEASE = 30_000;

export interface HeldPost {
  /** The post made earlier, or null. */
  known: { workspace: string; channel: string; message: string; at: Instant } | null;
  /** A try was begun before and never known to have arrived. */
  suspect: boolean;
  /** A hash of what was last shown. */
  shown: string | null;
  /** The version of its request when it was taken: who read the request just before may know it to be the same. */
  version: number | null;
}

/** A post by its key, and where it is to stand. */
export interface NewPost {
  workspaceId: string;
  key: string;
  requestId: RequestId | null;
  platform: string;
  /** The platform's own id of the workspace it stands in. */
  place: string;
  channel: string;
}

/** Takes the post for one writer. Null: another delivery holds it, try again shortly. `wall` is real time, ms. */
export async function holdPost(db: Statements, post: NewPost, wall: Instant): Promise<HeldPost | null> {
  const rows = await db.$queryRaw<
    {
      fresh: boolean;
      channel: string;
      place: string;
      message: string | null;
      shown: string | null;
      postedAt: Date | null;
      version: number | null;
    }[]
  >`
    INSERT INTO post (workspace_id, key, request_id, platform, place, channel, lease_until)
    VALUES (${post.workspaceId}::uuid, ${post.key}, ${post.requestId}::uuid, ${post.platform}, ${post.place},
            ${post.channel}, ${new Date(wall + LEASE)}::timestamptz)
    ON CONFLICT (workspace_id, key) DO UPDATE SET lease_until = excluded.lease_until
      WHERE post.lease_until IS NULL OR post.lease_until < ${new Date(wall)}::timestamptz
    RETURNING (xmax = 0) AS fresh, channel, place, message, shown, posted_at AS "postedAt",
      (SELECT version FROM request WHERE id = post.request_id) AS version`;
  const row = rows[0];
  if (!row) return null;
  const known = row.message
    ? {
        workspace: row.place,
        channel: row.channel,
        message: row.message,
        at: row.postedAt?.getTime() ?? wall,
      }
    : null;
  return { known, suspect: !row.fresh && known === null, shown: row.shown, version: row.version };
}

/** The post stands: where, and what it shows. Ends the hold. */
export async function keepPost(
  db: Statements,
  id: { workspaceId: string; key: string },
  post: { workspace: string; channel: string; message: string; at: Instant },
  shown: string,
): Promise<void> {
  await db.$executeRaw`
    UPDATE post SET place = ${post.workspace}, channel = ${post.channel}, message = ${post.message},
      posted_at = ${new Date(post.at)}::timestamptz, shown = ${shown}, lease_until = NULL
    WHERE workspace_id = ${id.workspaceId}::uuid AND key = ${id.key}`;
}

/** Ends the hold without a post: nothing was sent, or it is not known whether it was. */
export async function releasePost(db: Statements, id: { workspaceId: string; key: string }): Promise<void> {
  await db.$executeRaw`
    UPDATE post SET lease_until = NULL WHERE workspace_id = ${id.workspaceId}::uuid AND key = ${id.key}`;
}
