// Custom ids: packAct, with what only Discord needs beside it. Discord allows 100 characters.
import { PACKED_MAX, packAct, unpackAct } from "../../acts/packing.ts";
import { SiempreError } from "../../errors.ts";

/** Keys of our own, which no act uses as an argument. */
const CHOICE = "_c";
const WORKSPACE = "_w";
const TWIN = "_n";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const SHORT = /~([\w-]{22})/g;

export interface Packed {
  act: string;
  args: Record<string, string>;
  /** For a menu: the argument its choice fills. */
  choice: string | null;
  /** For a control in a direct message, which belongs to no guild: the guild it is about. */
  workspace: string | null;
}

/**
 * The custom id of a control. `twin` tells apart two controls of one message that would be the same, which Discord
 * refuses. Ids of ours (UUIDs) are written in 22 characters instead of 36 when the whole would be too long.
 * Throws platform_invalid when even that does not fit: a control must carry ids, never words.
 */
export function packId(
  act: string,
  args: Readonly<Record<string, string>>,
  more: { choice?: string; workspace?: string | null; twin?: number } = {},
): string {
  const all: Record<string, string> = { ...args };
  if (more.choice !== undefined) all[CHOICE] = more.choice;
  if (more.workspace) all[WORKSPACE] = BigInt(more.workspace).toString(36);
  if (more.twin) all[TWIN] = String(more.twin);
  const query = new URLSearchParams(all).toString();
  if (act.length + query.length + 1 <= PACKED_MAX) return packAct(act, all);
  const packed = `${act}?${query.replace(UUID, shorten)}`;
  if (packed.length > PACKED_MAX) {
    throw new SiempreError(
      "platform_invalid",
      `A control of act "${act}" needs ${packed.length} characters of custom id, Discord allows ${PACKED_MAX}.`,
      { act },
    );
  }
  return packed;
}

/** The reverse. Whatever else a custom id says gives some act name, to be refused by the gate. */
export function unpackId(packed: string): Packed {
  const { act, args } = unpackAct(packed.replace(SHORT, (_, short: string) => lengthen(short)));
  const { [CHOICE]: choice, [WORKSPACE]: workspace, [TWIN]: _twin, ...own } = args;
  return { act, args: own, choice: choice ?? null, workspace: workspace ? fromBase36(workspace) : null };
}

function shorten(uuid: string): string {
  return `~${Buffer.from(uuid.replaceAll("-", ""), "hex").toString("base64url")}`;
}

function lengthen(short: string): string {
  const hex = Buffer.from(short, "base64url").toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function fromBase36(text: string): string | null {
  if (!/^[0-9a-z]{1,14}$/.test(text)) return null;
  let value = 0n;
  for (const digit of text) value = value * 36n + BigInt(Number.parseInt(digit, 36));
  return value.toString();
}
