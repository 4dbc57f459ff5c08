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

/** The latest of one customer (`$2`) or company (`$4`), found by an index of their own: one condition with OR would read all. */
const latest = (whose: string) => `
  (SELECT id, customer_at FROM request
   WHERE ${whose} AND workspace_id = $1::uuid AND customer_at > $3::timestamptz AND status <> 'dismissed'
   ORDER BY customer_at DESC LIMIT ${AT_MOST})`;

const OF_CUSTOMER = latest("customer_id = $2::uuid");
const OF_COMPANY = latest(
  "company_id = (SELECT id FROM company WHERE workspace_id = $1::uuid AND name = $4)",
);

const earlier = (found: string) => `
  SELECT r.id, r.number, r.status, r.customer_id AS customer, r.channel_id AS "channelId", r.tier,
         r.customer_at AS "customerAt", r.contacts,
         (SELECT text FROM message WHERE request_id = r.id AND role = 'customer' AND erased_at IS NULL AND text <> ''
          ORDER BY at LIMIT 1) AS words,
         (SELECT data -> 'earlier' FROM request_event WHERE request_id = r.id AND kind = 'repeated'
          ORDER BY seq DESC LIMIT 1) AS earlier
  FROM (${found}) found JOIN request r ON r.id = found.id
  ORDER BY r.customer_at DESC LIMIT ${AT_MOST}`;

const THEIR_OWN = earlier(OF_CUSTOMER);
const WITH_COMPANY = earlier(`${OF_CUSTOMER} UNION ${OF_COMPANY}`);

/** Requests of the workspace by this customer, or by anybody of the company of that name; the latest first. */
export async function earlierRequests(
  tx: Statements,
  of: { workspaceId: string; customer: string; company: string | null; since: Instant },
): Promise<readonly Earlier[]> {
  const since = new Date(of.since);
  const rows = await (of.company === null
    ? tx.$queryRawUnsafe<Row[]>(THEIR_OWN, of.workspaceId, of.customer, since)
    : tx.$queryRawUnsafe<Row[]>(WITH_COMPANY, of.workspaceId, of.customer, since, of.company));
  return rows.map((row) => ({
    ...row,
    customerAt: row.customerAt.getTime(),
    words: row.words ?? "",
    earlier: row.earlier ?? [],
  }));
}
