// Who comes next for a request: somebody of its team who is there. Named by the policy first, then by who is on call.
import { type Availability, awayAt, isAvailable } from "../domain/people/availability.ts";
import { isAtLeast } from "../domain/people/roles.ts";
import type { CompanyPolicy, TeamPolicy } from "../domain/policy.ts";
import type { Named } from "../domain/request/view.ts";
import type { Instant, PersonId } from "../domain/words.ts";
import { recentOwners } from "../store/absences.ts";
import { availabilityOf } from "../store/availability.ts";
import { namedPeople } from "../store/places.ts";
import type { Context } from "./context.ts";
import type { Known } from "./people.ts";
import type { Home } from "./places.ts";

const DAY = 86_400_000;
/** Who has had no request for so long is no longer thought of by themselves, ms. */
const LATELY = 30 * DAY;

export interface Setting {
  home: Home;
  team: TeamPolicy;
}

/** Somebody the policy names by their platform's id: in the team's own workspace, or in the request's. */
export async function policyPerson(
  context: Context,
  { home, team }: Setting,
  id: string,
): Promise<Known | null> {
  const at = team.teamChannel;
  const theirs = await context.people.find(at.platform ?? home.platform, at.workspace ?? home.id, id);
  if (theirs !== null || (at.platform === null && at.workspace === null)) return theirs;
  return context.people.find(home.platform, home.id, id);
}

/** The contact on our side the policy names for a company; null where there is none, or they cannot be found. */
export async function contactOf(
  context: Context,
  setting: Setting,
  company: string | null,
): Promise<Known | null> {
  const named = setting.home.policy.companies.find((each: CompanyPolicy) => each.name === company);
  return named?.contact ? policyPerson(context, setting, named.contact) : null;
}

/** When each of these people works, by the calendar of the team where they have no hours of their own. */
export async function availabilityIn(
  context: Context,
  { home, team }: Setting,
  people: readonly PersonId[],
): Promise<Map<PersonId, Availability>> {
  const calendar = team.calendar ?? home.policy.calendar;
  return availabilityOf(context.db.direct, people, () => calendar);
}

async function isStaff(context: Context, { home, team }: Setting, person: Known): Promise<boolean> {
  return isAtLeast(await context.people.role(person, home, team), "staff");
}

/**
 * Who could take a request, best first: `first` (a backup, a contact), who is on call, and with `colleagues` whoever of the
 * team had requests lately and works now, the least loaded in front. Who is named, or on call, may be out of hours. Nobody who is
 * away, nor of `without`.
 */
export async function nextPeople(
  context: Context,
  setting: Setting,
  of: {
    first: readonly PersonId[];
    without: readonly PersonId[];
    now: Instant;
    colleagues: boolean;
    most: number;
  },
): Promise<Named[]> {
  const { home, team } = setting;
  const onCall = await context.roster.onCall(home, team, of.now);
  const since = of.now - LATELY;
  const lately = of.colleagues
    ? await recentOwners(context.db.direct, { workspaceId: home.rowId, team: team.name, since })
    : [];
  const named = [...of.first, ...onCall];
  const ids = [...new Set([...named, ...lately])].filter((id) => !of.without.includes(id));
  const availability = await availabilityIn(context, setting, ids);
  const people = await namedPeople(context.db.direct, ids);
  const found: Named[] = [];
  for (const id of ids) {
    const person = people.get(id);
    const when = availability.get(id);
    if (!person || !when || person.name === "" || awayAt(when, of.now)) continue;
    if (!named.includes(id) && !isAvailable(when, of.now)) continue;
    const known = await context.people.find(person.ref.platform, person.ref.workspace, person.ref.id);
    if (!known || known.bot || !(await isStaff(context, setting, known))) continue;
    found.push(person);
    if (found.length === of.most) break;
  }
  return found;
}
