// Working hours of people and the days they are away.
import { v7 as uuid } from "uuid";
import type { Absence, Availability } from "../domain/people/availability.ts";
import type { OwnHours } from "../domain/people/written-hours.ts";
import type { Calendar, Terms } from "../domain/policy.ts";
import { isActive, type RequestState } from "../domain/request/state.ts";
import type { Instant, PersonId, RequestId } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

/** Absences read for a person, the latest: older ones say nothing about now. */
const ABSENCES = 20;

interface Row {
  id: string;
  hours: OwnHours | null;
  absences: { from: number; until: number; backup: string | null }[] | null;
}

/**
 * When each of these people works. Who has no hours of their own works those of `fallbackCalendarOf`, their team's; own hours
 * keep the team's days off. People who are not known are left out.
 */
export async function availabilityOf(
  db: Statements,
  personIds: readonly PersonId[],
  fallbackCalendarOf: (person: PersonId) => Calendar,
): Promise<Map<PersonId, Availability>> {
  const rows = await rowsOf(db, personIds);
  return new Map([...rows].map(([id, row]) => [id, availabilityIn(row, fallbackCalendarOf(id))]));
}

async function rowsOf(db: Statements, personIds: readonly PersonId[]): Promise<Map<PersonId, Row>> {
  if (personIds.length === 0) return new Map();
  const rows = await db.$queryRaw<Row[]>`
    SELECT p.id, p.hours, a.absences FROM person p
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('from', extract(epoch FROM from_at) * 1000,
               'until', extract(epoch FROM until_at) * 1000, 'backup', backup_id)) AS absences
      FROM (SELECT * FROM absence WHERE person_id = p.id ORDER BY until_at DESC LIMIT ${ABSENCES}::int) last
    ) a ON true
    WHERE p.id = ANY(${[...new Set(personIds)]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

function availabilityIn({ hours, absences }: Row, team: Calendar): Availability {
  return { calendar: withOwnHours(team, hours), absences: absences ?? [] };
}

/** Somebody's calendar: their own hours, where they gave themselves some, with their team's days off. */
export function withOwnHours(team: Calendar, own: OwnHours | null): Calendar {
  return own ? { ...team, hours: own.hours, timezone: own.timezone ?? team.timezone } : team;
}

/** When the owner of an open request works; null where nobody has it. Without hours of their own, as their team did when it opened. */
export async function ownerOf(
  db: Statements,
  { owner, status }: Pick<RequestState, "owner" | "status">,
  terms: Terms,
): Promise<Availability | null> {
  if (owner === null || !isActive({ status })) return null;
  const calendar = terms.staffCalendar ?? terms.calendar;
  return (await availabilityOf(db, [owner], () => calendar)).get(owner) ?? null;
}

/** When each of these people works in whatever team; null for somebody who is not among them. */
export async function presencesOf(
  db: Statements,
  personIds: readonly PersonId[],
): Promise<(person: PersonId, team: Calendar) => Availability | null> {
  const rows = await rowsOf(db, personIds);
  return (person, team) => {
    const row = rows.get(person);
    return row ? availabilityIn(row, team) : null;
  };
}

/** `ownerOf` for several requests at once, owned by these people. */
export async function ownersAmong(
  db: Statements,
  personIds: readonly PersonId[],
): Promise<(state: Pick<RequestState, "owner" | "status">, terms: Terms) => Availability | null> {
  const presence = await presencesOf(db, personIds);
  return ({ owner, status }, terms) =>
    owner !== null && isActive({ status }) ? presence(owner, terms.staffCalendar ?? terms.calendar) : null;
}

/** Who of these is away at that instant. */
export async function awayAmong(
  db: Statements,
  personIds: readonly PersonId[],
  at: Instant,
): Promise<ReadonlySet<PersonId>> {
  const rows = await db.$queryRaw<{ id: PersonId }[]>`
    SELECT DISTINCT person_id AS id FROM absence
    WHERE person_id = ANY(${[...personIds]}::uuid[]) AND from_at <= ${new Date(at)}::timestamptz
      AND until_at > ${new Date(at)}::timestamptz`;
  return new Set(rows.map(({ id }) => id));
}

/** The hours somebody gave themselves, or null. */
export async function ownHoursOf(db: Statements, person: PersonId): Promise<OwnHours | null> {
  const [row] = await db.$queryRaw<{ hours: OwnHours | null }[]>`
    SELECT hours FROM person WHERE id = ${person}::uuid`;
  return row?.hours ?? null;
}

/** Null: the hours of their team again. */
export async function setHours(db: Statements, person: PersonId, hours: OwnHours | null): Promise<void> {
  const json = hours === null ? null : JSON.stringify(hours);
  await db.$executeRaw`UPDATE person SET hours = ${json}::jsonb WHERE id = ${person}::uuid`;
}

/** Away from now on; what they said before about being away no longer holds. */
export async function setAway(
  db: Statements,
  who: { workspaceId: string; person: PersonId },
  absence: Absence,
): Promise<void> {
  await comeBack(db, who.person, absence.from);
  await db.$executeRaw`
    INSERT INTO absence (id, workspace_id, person_id, from_at, until_at, backup_id)
    VALUES (${uuid()}::uuid, ${who.workspaceId}::uuid, ${who.person}::uuid, ${new Date(absence.from)}::timestamptz,
            ${new Date(absence.until)}::timestamptz, ${absence.backup}::uuid)`;
}

/** Back at `at`. True when they were away then, or were going to be. */
export async function comeBack(db: Statements, person: PersonId, at: Instant): Promise<boolean> {
  const changed = await db.$executeRaw`
    UPDATE absence SET until_at = greatest(from_at, ${new Date(at)}::timestamptz)
    WHERE person_id = ${person}::uuid AND until_at > ${new Date(at)}::timestamptz`;
  return changed > 0;
}

/** The open requests of somebody are looked at anew: when they are to be reminded may have changed. Returns them. */
export async function wakeRequestsOf(
  db: Statements,
  person: PersonId,
  at: Instant,
): Promise<readonly { id: RequestId; workspaceId: string }[]> {
  return db.$queryRaw`
    UPDATE request SET wake_at = least(wake_at, ${new Date(at)}::timestamptz)
    WHERE owner_id = ${person}::uuid AND status IN ('open', 'waiting')
    RETURNING id, workspace_id AS "workspaceId"`;
}
