// Each policy that was in force, so that changing it is recorded.
import type { Policy } from "../domain/policy.ts";
import type { Instant } from "../domain/words.ts";
import type { Db } from "./db.ts";
import type { Prisma } from "./generated/client.ts";

/** Records the policy where it differs from the last one in force. Resolves to whether it was recorded now. */
export async function recordPolicy(db: Db, policy: Policy, at: Instant): Promise<boolean> {
  const last = await db.policyChange.findFirst({ orderBy: { id: "desc" }, select: { hash: true } });
  if (last?.hash === policy.hash) return false;
  await db.policyChange.create({
    data: {
      hash: policy.hash,
      at: new Date(at),
      policy: policy as unknown as Prisma.InputJsonObject,
      before: last?.hash ?? null,
    },
  });
  return true;
}
