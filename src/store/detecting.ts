// What leads said by command about looking for heat, leaving and opportunity: each word is kept, the last one holds.
import { v7 as uuid } from "uuid";
import type { Switch } from "../domain/detecting.ts";
import type { Statements } from "./direct.ts";

/** The last word of each kind for the channel (null: none) and for its workspace. */
export async function switchesOf(
  db: Pick<Statements, "$queryRaw">,
  place: { workspaceId: string; channelId: string | null },
): Promise<readonly Switch[]> {
  const rows = await db.$queryRaw<(Omit<Switch, "at" | "scope"> & { at: Date; channel: string | null })[]>`
    SELECT DISTINCT ON (channel_id, signal) signal AS of, channel_id AS channel, "on", by_id AS by, at
    FROM detect_switch
    WHERE workspace_id = ${place.workspaceId}::uuid
      AND (channel_id IS NULL OR channel_id = ${place.channelId}::uuid)
    ORDER BY channel_id, signal, at DESC, id DESC`;
  return rows.map(({ channel, at, ...row }) => ({
    ...row,
    scope: channel === null ? "workspace" : "channel",
    at: at.getTime(),
  }));
}

/** Keeps what was said now; nothing that was said before is changed. */
export async function keepSwitch(
  tx: Statements,
  place: { workspaceId: string; channelId: string | null },
  said: Omit<Switch, "scope">,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO detect_switch (id, workspace_id, channel_id, signal, "on", by_id, at)
    VALUES (${uuid()}::uuid, ${place.workspaceId}::uuid, ${place.channelId}::uuid, ${said.of}, ${said.on}::boolean,
      ${said.by}::uuid, ${new Date(said.at)}::timestamptz)`;
}
