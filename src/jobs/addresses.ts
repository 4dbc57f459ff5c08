// Whom a reminder reaches: its owner in their hours, whoever stands in for them, who is on call, the team's channel, the leads.
import type { Context } from "../app/context.ts";
import type { Home } from "../app/places.ts";
import { type Availability, awayAt, isAvailable, nextAvailable } from "../domain/people/availability.ts";
import { onCallAt } from "../domain/people/rota.ts";
import type { TeamPolicy } from "../domain/policy.ts";
import type { Named } from "../domain/request/view.ts";
import type { Instant, PersonId } from "../domain/words.ts";
import { availabilityOf, presencesOf } from "../store/availability.ts";
import { namedPeople } from "../store/places.ts";
import type { Address, Untold } from "../store/reminders.ts";
import { type Recipient, toLeads, toLeadsChannel, toTeam } from "./recipients.ts";

export type Reach = { to: readonly Address[] } | { hold: Instant };

export interface Around {
  context: Context;
  home: Home;
  team: TeamPolicy;
  now: Instant;
  /** Owners who were looked up for many reminders at once; whoever is not among them is asked for. */
  known?: Acquainted;
}

export interface Acquainted {
  people: ReadonlyMap<PersonId, Named>;
  presence: Awaited<ReturnType<typeof presencesOf>>;
}

/** Looks up those people and their hours. */
export async function acquainted(context: Context, ids: readonly PersonId[]): Promise<Acquainted> {
  const { direct } = context.db;
  const [people, presence] = await Promise.all([namedPeople(direct, ids), presencesOf(direct, ids)]);
  return { people, presence };
}

/** What decides whom something is told to, and where. */
export type Told = Pick<Untold, "whom" | "how" | "ownerId" | "kind" | "due" | "anyHour">;

/** Where it is told now, or until when it waits for whoever it is for. Nobody at all: the bot sees no channel to tell it in. */
export async function reachOf(around: Around, reminder: Told): Promise<Reach> {
  const { home, team } = around;
  switch (reminder.whom) {
    case "owner":
      return ownerReach(around, reminder);
    case "backup":
      return { to: await backupAddress(around, reminder) };
    case "on-call":
      return { to: await onCallAddress(around, reminder) };
    case "team":
      return { to: await teamAddress(around) };
    case "lead": {
      const leads = await leadAddresses(around, reminder);
      // With nobody owning it the team channel is told anyway; the same words twice in one place help nobody.
      const same = reminder.ownerId === null && team.leadsChannel === null;
      const channels = leads.every(({ target }) => target.kind === "channel");
      if (same && channels && home.policy.leads.ids.length + team.leads.ids.length === 0) return { to: [] };
      return { to: leads };
    }
    default:
      return reminder.whom satisfies never;
  }
}

async function ownerReach(around: Around, reminder: Told): Promise<Reach> {
  const { now } = around;
  const owner = reminder.ownerId === null ? null : await personOf(around, reminder.ownerId);
  if (!owner) return { to: await teamAddress(around) };
  const there = await presenceOf(around, owner.id);
  if (reminder.anyHour || !there || isAvailable(there, now))
    return { to: await told(around, owner, reminder) };
  if (awayAt(there, now) !== null) return { to: await backupAddress(around, reminder) };
  const next = nextAvailable(there, now);
  // What can wait for them waits; what cannot is for whoever is there.
  if (reminder.kind === "warning" && next !== null && next < reminder.due) return { hold: next };
  return { to: await teamAddress(around) };
}

/** Whoever the owner named to stand in, in their hours; else the team. */
async function backupAddress(around: Around, reminder: Told): Promise<readonly Address[]> {
  const { now } = around;
  const owner = reminder.ownerId === null ? undefined : await presenceOf(around, reminder.ownerId);
  const latest = owner?.absences.toSorted((one, other) => other.until - one.until)[0];
  const id = owner ? (awayAt(owner, now) ?? latest)?.backup : null;
  const backup = id ? await personOf(around, id) : null;
  const there = backup ? await presenceOf(around, backup.id) : undefined;
  if (!backup || !there || !(reminder.anyHour || isAvailable(there, now))) return teamAddress(around);
  return told(around, backup, reminder);
}

/** The first of those on call who is there: in their hours, or, for what is told at any hour, not away. Nobody: the team. */
async function onCallAddress(around: Around, reminder: Told): Promise<readonly Address[]> {
  const { context, home, team, now } = around;
  const platform = team.teamChannel.platform ?? home.platform;
  const workspace = team.teamChannel.workspace ?? home.id;
  for (const id of team.onCall ? onCallAt(team.onCall, now) : []) {
    const person = await context.people.find(platform, workspace, id);
    const there = person ? await presenceOf(around, person.id) : undefined;
    if (!person || !there) continue;
    const present = reminder.anyHour ? awayAt(there, now) === null : isAvailable(there, now);
    if (present) return told(around, person, reminder);
  }
  return teamAddress(around);
}

async function teamAddress(around: Around): Promise<readonly Address[]> {
  const channel = await toTeam(around.context, around);
  return channel ? [inChannel(channel, null)] : [];
}

/** Each lead who works now and does not own it; none of them there: where the leads are told everything else. */
async function leadAddresses(around: Around, reminder: Told): Promise<readonly Address[]> {
  const { context, home, now } = around;
  const addresses: Address[] = [];
  const owner = reminder.ownerId === null ? null : await personOf(around, reminder.ownerId);
  const leads = await toLeads(context, around);
  for (const { target } of leads) {
    if (target.kind !== "direct") continue;
    const lead = await context.people.find(home.platform, target.workspace, target.person);
    // A lead who owns it is told as the owner.
    if (!lead || lead.ref.id === owner?.ref.id) continue;
    const there = await presenceOf(around, lead.id);
    if (!there || isAvailable(there, now)) addresses.push(direct(lead));
  }
  const owns = owner !== null && leads.some(({ tag }) => tag === owner.ref.id);
  if (addresses.length > 0 || owns) return addresses;
  const channel = await toLeadsChannel(context, around);
  return channel ? [inChannel(channel, null)] : [];
}

async function told(
  around: Around,
  person: Pick<Named, "id" | "ref">,
  { how }: Told,
): Promise<readonly Address[]> {
  if (how === "direct") return [direct(person)];
  const channel = await toTeam(around.context, around);
  return channel ? [inChannel(channel, person)] : [direct(person)];
}

function direct({ id, ref }: Pick<Named, "id" | "ref">): Address {
  const target = { kind: "direct", workspace: ref.workspace, person: ref.id } as const;
  return { platform: ref.platform, target, person: id };
}

function inChannel({ platform, target }: Recipient, person: Pick<Named, "id"> | null): Address {
  if (target.kind !== "channel") throw new Error("A channel's address must be a channel.");
  const { workspace, channel } = target;
  const place = { kind: "channel", workspace, channel } as const;
  return { platform, target: place, person: person?.id ?? null };
}

async function personOf({ context, known }: Around, id: PersonId): Promise<Named | null> {
  return known?.people.get(id) ?? (await namedPeople(context.db.direct, [id])).get(id) ?? null;
}

async function presenceOf(
  { context, home, team, known }: Around,
  id: PersonId,
): Promise<Availability | undefined> {
  const calendar = team.calendar ?? home.policy.calendar;
  const there = known?.presence(id, calendar);
  return there ?? (await availabilityOf(context.db.direct, [id], () => calendar)).get(id);
}
