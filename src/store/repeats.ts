// The earlier requests of a customer and their company, to find the same problem in.
import type { Earlier } from "../domain/intake/repeat.ts";
import type { Instant } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

/** One's own and a company's of two weeks are few; a customer with more has other troubles than a missed link. */
const AT_MOST = 30;

interface Row extends Omit<Earlier, "customerAt" | "words" | "earlier"> {
  customerAt: Date;
  words: string | null;
  earlier: number[] | null;
}

/** Requests of the workspace by this customer, or by anybody of the company of that name; the latest first. */
export async function earlierRequests(
  tx: Statements,
  of: { workspaceId: string; customer: string; company: string | null; since: Instant },
): Promise<readonly Earlier[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT r.id, r.number, r.status, r.customer_id AS customer, r.channel_id AS "channelId", r.tier,
           r.customer_at AS "customerAt", first.text AS words, r.contacts, again.earlier
    FROM request r
    LEFT JOIN LATERAL (
      SELECT text FROM message WHERE request_id = r.id AND role = 'customer' AND erased_at IS NULL AND text <> ''
      ORDER BY at LIMIT 1
    ) first ON true
    LEFT JOIN LATERAL (
      SELECT data -> 'earlier' AS earlier FROM request_event
      WHERE request_id = r.id AND kind = 'repeated' ORDER BY seq DESC LIMIT 1
    ) again ON true
    WHERE r.workspace_id = ${of.workspaceId}::uuid AND r.customer_at > ${new Date(of.since)}::timestamptz
      AND r.status <> 'dismissed'
      AND (r.customer_id = ${of.customer}::uuid
           OR r.company_id = (SELECT id FROM company WHERE workspace_id = ${of.workspaceId}::uuid AND name = ${of.company}))
    ORDER BY r.customer_at DESC LIMIT ${AT_MOST}::int`;
  return rows.map((row) => ({
    ...row,
    customerAt: row.customerAt.getTime(),
    words: row.words ?? "",
    earlier: row.earlier ?? [],
  }));
}
