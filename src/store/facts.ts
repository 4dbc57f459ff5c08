// History rows ↔ facts. Rows are ours alone, yet they are read back with care: an unknown kind is a newer version's.

import type { Fact, FactBody } from "../domain/request/facts.ts";
import { SiempreError } from "../errors.ts";
import type { Prisma } from "./generated/client.ts";

/** One row of a request's history, as the database reads it from JSON. `seq` starts at 0. */
export function toRow(fact: Fact, seq: number) {
  const { kind, at, by, ...data } = fact;
  return { seq, kind, at: new Date(at), by_id: by, data };
}

export interface EventRow {
  kind: string;
  at: Date;
  byId: string | null;
  data: Prisma.JsonValue;
}

const kinds: ReadonlySet<string> = new Set<FactBody["kind"]>([
  "opened",
  "said",
  "courtesy",
  "edited",
  "erased",
  "answered",
  "helped",
  "aside",
  "acknowledged",
  "tiered",
  "felt",
  "owned",
  "released",
  "handover_offered",
  "handover_reminded",
  "handover_accepted",
  "handover_declined",
  "workaround",
  "relieved",
  "third_party",
  "terms",
  "promised",
  "waiting",
  "resumed",
  "on_it",
  "nobody_free",
  "paged",
  "page_asked",
  "page_answered",
  "warned",
  "snoozed",
  "broken",
  "told_late",
  "resolved",
  "confirmed",
  "reopened",
  "dismissed",
  "repeated",
  "in_incident",
  "signalled",
  "note_deleted",
  "looked_in",
  "follow_up",
  "follow_up_due",
  "corrected",
  "moved",
]);

/** A fact as it was written. Throws SiempreError for a kind this version does not know. */
export function fromRow(row: EventRow): Fact {
  if (!kinds.has(row.kind) || typeof row.data !== "object" || row.data === null || Array.isArray(row.data)) {
    throw new SiempreError(
      "database_unavailable",
      `The history holds an entry of kind "${row.kind}", which this version does not know. A newer version of Siempre wrote it: start that one.`,
      { kind: row.kind },
    );
  }
  // Safe: rows are append-only and written by toRow alone, which spreads a checked Fact.
  return { ...row.data, kind: row.kind, at: row.at.getTime(), by: row.byId } as unknown as Fact;
}
