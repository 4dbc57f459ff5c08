// What a team made of a channel's messages, and the settings a lead took over for it.
import type { Instant, PersonId } from "../domain/words.ts";
import type { Db } from "./db.ts";
import type { Statements } from "./direct.ts";

export interface ChannelTuning {
  joinWithin: number | null;
  opensFrom: number | null;
  tunedBy: PersonId | null;
  tunedAt: Instant | null;
}

export interface TeamMade {
  requests: number;
  answered: number;
  joined: number;
  corrected: number;
  /** The first request of the channel in that time, or null. */
  since: Instant | null;
  /** Customers' messages at top level: the opening message of the request each belongs to, null for what is none. */
  belongs: readonly { message: string; root: string | null; corrected: boolean }[];
  ended: readonly { root: string; at: Instant }[];
}

export async function tuningOf(db: Db, channelId: string): Promise<ChannelTuning> {
  const row = await db.channel.findUniqueOrThrow({
    where: { id: channelId },
    select: { joinWithin: true, opensFrom: true, tunedBy: true, tunedAt: true },
  });
  return { ...row, tunedAt: row.tunedAt?.getTime() ?? null };
}

/** Null settings: as the policy says, which is remembered with who said so, too. */
export async function setTuning(
  tx: Statements,
  tuning: {
    channelId: string;
    joinWithin: number | null;
    opensFrom: number | null;
    by: PersonId;
    at: Instant;
  },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE channel SET join_within = ${tuning.joinWithin}::int, opens_from = ${tuning.opensFrom}::float8,
      tuned_by = ${tuning.by}::uuid, tuned_at = ${new Date(tuning.at)}::timestamptz
    WHERE id = ${tuning.channelId}::uuid`;
}

/** Everything the team made of a channel since then. */
export async function teamMade(db: Statements, channelId: string, since: Instant): Promise<TeamMade> {
  const from = new Date(since);
  const requests = await db.$queryRaw<
    { root: string; openedAt: Date; endedAt: Date | null; answered: boolean; joins: number }[]
  >`
    SELECT r.root, r.opened_at AS "openedAt",
      (SELECT max(at) FROM request_event WHERE request_id = r.id AND kind IN ('resolved', 'dismissed')) AS "endedAt",
      EXISTS (SELECT FROM request_event WHERE request_id = r.id AND kind = 'answered') AS answered,
      (SELECT count(*)::int FROM request_event WHERE request_id = r.id AND kind = 'said') AS joins
    FROM request r WHERE r.channel_id = ${channelId}::uuid AND r.opened_at > ${from}::timestamptz
    ORDER BY r.opened_at`;
  const messages = await db.$queryRaw<
    { message: string; root: string; dismissed: boolean; touched: boolean }[]
  >`
    SELECT m.external_id AS message, r.root, r.status = 'dismissed' AS dismissed,
      (r.root = m.external_id AND EXISTS (SELECT FROM request_event e WHERE e.request_id = r.id AND e.kind = 'opened'
         AND e.data ->> 'byHand' IS NOT NULL))
      OR EXISTS (SELECT FROM request_event e WHERE e.request_id = r.id AND e.kind IN ('corrected', 'moved')
         AND e.data ->> 'message' = m.external_id) AS touched
    FROM message m JOIN request r ON r.id = m.request_id
    WHERE r.channel_id = ${channelId}::uuid AND m.role = 'customer' AND m.external_id IS NOT NULL
      AND m.thread IS NULL AND m.at > ${from}::timestamptz`;
  const belongs = messages.map(({ message, root, dismissed, touched }) => ({
    message,
    root: dismissed ? null : root,
    corrected: touched || dismissed,
  }));
  return {
    requests: requests.length,
    answered: requests.filter(({ answered }) => answered).length,
    joined: requests.reduce((sum, { joins }) => sum + joins, 0),
    corrected: belongs.filter(({ corrected }) => corrected).length,
    since: requests[0]?.openedAt.getTime() ?? null,
    belongs,
    ended: requests.flatMap(({ root, endedAt }) => (endedAt ? [{ root, at: endedAt.getTime() }] : [])),
  };
}
