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

/**
 * From here on the transaction does not wait for the disk (once this is asked for a row): a machine that loses power then has
 * forgotten at most that a post stands, or what it shows, as after a kill between the two. Whoever comes next looks for it
 * (`suspect`) or shows the same again. That a post was begun at all must never be forgotten so.
 */
const UNHURRIED = "set_config('synchronous_commit', 'off', true) IS NOT NULL";

const HOLD = `
  INSERT INTO post (workspace_id, key, request_id, platform, place, channel, lease_until)
  VALUES ($1::uuid, $2, $3::uuid, $4, $5, $6, $7::timestamptz)
  ON CONFLICT (workspace_id, key) DO UPDATE SET lease_until = excluded.lease_until
    WHERE (post.lease_until IS NULL OR post.lease_until < $8::timestamptz) AND (post.message IS NULL OR ${UNHURRIED})
  RETURNING (xmax = 0) AS fresh, channel, place, message, shown, posted_at AS "postedAt",
    (SELECT version FROM request WHERE id = post.request_id) AS version`;

const KEEP = `
  UPDATE post SET place = $1, channel = $2, message = $3, posted_at = $4::timestamptz, shown = $5, lease_until = NULL
  WHERE workspace_id = $6::uuid AND key = $7 AND ${UNHURRIED}`;

const RELEASE = `UPDATE post SET lease_until = NULL WHERE workspace_id = $1::uuid AND key = $2 AND ${UNHURRIED}`;

/**
 * Takes the post for one writer, in a transaction of its own. Null: another delivery holds it, try again shortly. `wall` is
 * real time, ms.
 */
export async function holdPost(db: Statements, post: NewPost, wall: Instant): Promise<HeldPost | null> {
  const rows = await db.$queryRawUnsafe<
    {
      fresh: boolean;
      channel: string;
      place: string;
      message: string | null;
      shown: string | null;
      postedAt: Date | null;
      version: number | null;
    }[]
  >(
    HOLD,
    ...[post.workspaceId, post.key, post.requestId, post.platform, post.place, post.channel],
    ...[new Date(wall + LEASE), new Date(wall)],
  );
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

/**
 * The same for posts nobody can have begun before, in the transaction that makes them necessary: no delivery takes them on its
 * own. Those that are there all the same are null.
 */
export async function holdNewPosts(
  tx: Statements,
  posts: readonly NewPost[],
  wall: Instant,
): Promise<ReadonlyMap<string, HeldPost | null>> {
  const rows = await tx.$queryRaw<{ key: string }[]>`
    INSERT INTO post (workspace_id, key, request_id, platform, place, channel, lease_until)
    SELECT "workspaceId", key, "requestId", platform, place, channel, ${new Date(wall + LEASE)}::timestamptz
    FROM json_to_recordset(${JSON.stringify(posts)}::json)
      AS post ("workspaceId" uuid, key text, "requestId" uuid, platform text, place text, channel text)
    ON CONFLICT DO NOTHING RETURNING key`;
  const fresh = new Set(rows.map(({ key }) => key));
  const held = { known: null, suspect: false, shown: null, version: null };
  return new Map(posts.map(({ key }) => [key, fresh.has(key) ? held : null]));
}

/** The post stands: where, and what it shows. Ends the hold, in a transaction of its own. */
export async function keepPost(
  db: Statements,
  id: { workspaceId: string; key: string },
  post: { workspace: string; channel: string; message: string; at: Instant },
  shown: string,
): Promise<void> {
  await db.$queryRawUnsafe(
    KEEP,
    ...[post.workspace, post.channel, post.message, new Date(post.at), shown],
    ...[id.workspaceId, id.key],
  );
}

/** Ends the hold without a post: nothing was sent, or it is not known whether it was. In a transaction of its own. */
export async function releasePost(db: Statements, id: { workspaceId: string; key: string }): Promise<void> {
  await db.$queryRawUnsafe(RELEASE, id.workspaceId, id.key);
}
