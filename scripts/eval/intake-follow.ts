// Follows channels line by line, each decision made from what came before it.
import { LINK_DEFAULTS, type Linker, type LinkSettings, linker } from "../../src/domain/intake/link.ts";
import { Room } from "../../src/domain/intake/room.ts";
import type { Row, Told } from "./intake-rows.ts";

export interface Prediction {
  stream: string;
  idx: number;
  conv: string;
  start: boolean;
}

const nameOf = (row: Row): string => `${row.idx}`;

/** A message of the system stands for itself. Staff begin a talk, and never a request (as in decideIntake). */
export function follow(
  told: readonly Told[],
  settings: LinkSettings = LINK_DEFAULTS,
  by: Linker = linker,
): Prediction[] {
  const room = new Room();
  return told.map(({ row, line }) => {
    const { stream, idx } = row;
    if (!line) return { stream, idx, conv: nameOf(row), start: false };
    const { entry, conversation } = by.place(room, line, settings);
    const conv = conversation ?? nameOf(row);
    room.add(entry, conv);
    return { stream, idx, conv, start: conversation === null && line.team !== true };
  });
}
