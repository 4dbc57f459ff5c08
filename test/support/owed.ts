// Requests that owe something, written straight into the database: many promises that fall due at one moment.
import { v7 as uuid } from "uuid";
import { defaultReminders, defaultTiers, defaultWorkspace } from "../../src/domain/defaults.ts";
import type { Terms } from "../../src/domain/policy.ts";
import type { Fact } from "../../src/domain/request/facts.ts";
import type { Instant, Tier } from "../../src/domain/words.ts";
import { readPolicy } from "../../src/policy-file.ts";
import type { Store } from "../../src/store/client.ts";
import { insertRequest } from "../../src/store/commit.ts";
import { ensureChannel, ensurePerson, ensureWorkspace } from "../../src/store/places.ts";

const MINUTE = 60_000;

export interface Owing {
  workspaceId: string;
  channels: readonly string[];
  owners: readonly string[];
  customer: string;
}

/** The rows of a workspace with its channels, its owners and one customer, all by their ids on the platform. */
export async function owingIn(
  db: Store,
  platform: string,
  workspace: string,
  ids: { channels: readonly string[]; owners: readonly string[]; customer: string },
): Promise<Owing> {
  const workspaceId = await ensureWorkspace(db.direct, { platform, id: workspace, name: workspace });
  const person = (id: string) => ensurePerson(db.direct, workspaceId, { id, name: id }, 0);
  const channel = (id: string) => ensureChannel(db.direct, workspaceId, { id, name: id });
  return {
    workspaceId,
    channels: await Promise.all(ids.channels.map(channel)),
    owners: await Promise.all(ids.owners.map(person)),
    customer: await person(ids.customer),
  };
}

/**
 * One request for each tier given, spread over channels and owners, whose first answer is to be warned of, or is missed, at
 * `now`. Resolves to their ids.
 */
export async function owe(
  db: Store,
  { workspaceId, channels, owners, customer }: Owing,
  tiers: readonly Tier[],
  { now, missed }: { now: Instant; missed: boolean },
): Promise<string[]> {
  const { calendar } = readPolicy("hours: always", "owed.yaml").workspaces[0] ?? defaultWorkspace;
  const terms: Terms = {
    ...{ policy: "test", calendar, tiers: defaultTiers, sources: {} },
    ...{ reminders: defaultReminders, acknowledgeAfter: 0, grace: 15, alarmedGuidance: null },
  };
  return db.transact(async (tx) =>
    tiers.map((tier, n) => {
      const target = (terms.tiers[tier].firstAnswer ?? 0) * MINUTE;
      const at = now - (missed ? target : Math.ceil(target * 0.9));
      const owner = owners[n % owners.length] ?? customer;
      const opened: Fact = {
        ...{ kind: "opened", message: `m${n}`, tier, confidence: 1, urgency: "calm", lang: "en" },
        ...{ quiet: "watch_only", byHand: null, linkedTo: null, at, by: customer },
      };
      const owned: Fact = { kind: "owned", owner, how: "claimed", at, by: owner };
      const request = {
        ...{ id: uuid(), workspaceId, channelId: channels[n % channels.length] ?? "", teamId: null },
        ...{ companyId: null, customerId: customer, thread: null, terms, evidence: [], linkedTo: null },
      };
      tx.along(insertRequest(tx, request, [opened, owned], now).written);
      return request.id;
    }),
  );
}
