// What people are told in private without having asked: in their hours, and what waits for one person in one message.
import { v7 as uuid } from "uuid";
import type { Context, Delivery } from "../app/context.ts";
import { availabilityIn } from "../app/next-person.ts";
import type { Home } from "../app/places.ts";
import type { App } from "../app.ts";
import type { TeamPolicy } from "../domain/policy.ts";
import { atAnyHour } from "../domain/promises/reminders.ts";
import { owedBefore } from "../domain/request/absence.ts";
import { fellBack, standsAlone, waitsForHours, waitsUntil } from "../domain/request/letters.ts";
import { type Notice, noticeKey } from "../domain/request/notices.ts";
import type { RequestView } from "../domain/request/view.ts";
import { teamFor } from "../domain/terms.ts";
import type { Instant, PersonId } from "../domain/words.ts";
import { SiempreError } from "../errors.ts";
import { addressed } from "../messages/bundle.ts";
import type { Card } from "../messages/card.ts";
import { letterCard } from "../messages/letters.ts";
import {
  holdLetters,
  insertLetters,
  type Letter,
  lettersIn,
  putBack,
  takeLetters,
  type Waiting,
  waitingLetters,
} from "../store/letters.ts";
import { namedPeople } from "../store/places.ts";
import { loadView } from "../store/view.ts";
import { type Part, partOf, readingOf } from "./letter-parts.ts";
import { ensurePost } from "./posting.ts";
import { langOf, type Recipient, type Surroundings, toPerson, toTeam } from "./recipients.ts";

/** Letters looked at in one round; the rest comes with the next. */
const MOST = 1_000;

/**
 * Whether a notice waits for the hours of whoever it is told to in private. Then it is kept, and told when they work; who
 * never works is not waited for.
 */
export async function waitsFor(
  context: Context,
  of: { workspaceId: string; notice: Notice; around: Surroundings; recipient: Recipient },
): Promise<boolean> {
  const { workspaceId, notice, around, recipient } = of;
  const { view } = around;
  const { person } = recipient;
  if (person === undefined || !waitsForHours(notice) || atAnyHour(view.state, view.terms)) return false;
  const until = waitsUntil(
    (await availabilityIn(context, around, [person])).get(person),
    context.clock.now(),
  );
  if (until === null) return false;
  const letter = { workspaceId, requestId: view.id, person, body: notice, anyHour: false, until };
  await context.db.transact(async (tx) => {
    await insertLetters(tx, [letter]);
    tx.along(context.outbox(tx, toldMeanwhile(letter, view, until)));
  });
  context.wake(until);
  return true;
}

/** An offer that came to nothing while its owner is gone: the team hears it, where something is owed before they are back. */
function toldMeanwhile(
  { workspaceId, body, person }: Pick<Letter, "workspaceId" | "body" | "person">,
  view: RequestView,
  back: Instant,
): Delivery[] {
  if (!fellBack(body) || view.state.owner !== person || !owedBefore(view.pledges, back)) return [];
  const { who, at, request } = body;
  return [
    {
      kind: "notice",
      workspaceId,
      notice: { kind: "still_theirs", owner: person, who, at, back, request },
    },
  ];
}

/** Puts what may be told now into one message for each person. Two who gather at once share what there is. */
export async function gatherLetters(app: App): Promise<void> {
  const { context } = app;
  const byPerson = new Map<PersonId, Waiting[]>();
  for (const letter of await waitingLetters(context.db.direct, context.clock.now(), MOST))
    byPerson.set(letter.person, [...(byPerson.get(letter.person) ?? []), letter]);
  for (const [person, letters] of byPerson) {
    try {
      await gatherFor(context, person, letters);
    } catch (error) {
      context.log.error(
        { person, err: error },
        "what waits for somebody could not be gathered; it is tried again",
      );
    }
  }
}

async function gatherFor(context: Context, person: PersonId, letters: readonly Waiting[]): Promise<void> {
  const now = context.clock.now();
  const ready: Waiting[] = [];
  for (const letter of letters) {
    const setting = await settingOf(context, letter);
    // Its platform is not connected: it waits until it is.
    if (!setting) continue;
    const when = (await availabilityIn(context, setting, [person])).get(person);
    const until = letter.anyHour ? null : waitsUntil(when, now);
    if (until === null) ready.push(letter);
    else await hold(context, letter, until);
  }
  const together = ready.filter(({ body }) => !standsAlone(body));
  const alone = ready.filter(({ body }) => standsAlone(body)).map((letter) => [letter]);
  for (const [first, ...others] of [together, ...alone]) {
    if (!first) continue;
    const message = uuid();
    const { workspaceId } = first;
    await context.db.transact(async (tx) => {
      const ids = [first, ...others].map(({ id }) => id);
      if ((await takeLetters(tx, ids, message, now)) === 0) return;
      tx.along(context.outbox(tx, [{ kind: "letter", workspaceId, message, place: `letters:${person}` }]));
    });
  }
}

async function hold(context: Context, letter: Waiting, until: Instant): Promise<void> {
  const { db } = context;
  const view =
    letter.requestId && fellBack(letter.body)
      ? await loadView(db.direct, letter.requestId, context.clock.now())
      : null;
  await db.transact(async (tx) => {
    await holdLetters(tx, [letter.id], until);
    if (view) tx.along(context.outbox(tx, toldMeanwhile(letter, view, until)));
  });
  context.wake(until);
}

/** The workspace and the team whose hours count: those of the request, else the first of the workspace. */
async function settingOf(
  context: Context,
  { platform, workspace, channel }: Waiting,
): Promise<{ home: Home; team: TeamPolicy } | null> {
  const home = await context.places.home(platform, workspace);
  const team = home && channel ? teamFor(home.policy, { id: channel.channel, name: channel.name }) : null;
  const its = team ?? home?.policy.teams[0];
  return home && its ? { home, team: its } : null;
}

/** One message of everything that waited: what has become untrue is left out, and one thing alone looks as it always does. */
export async function deliverLetter(context: Context, wall: () => number, message: string): Promise<void> {
  const letters = await lettersIn(context.db.direct, message);
  const [first] = letters;
  if (!first) return;
  const person = (await namedPeople(context.db.direct, [first.person])).get(first.person);
  if (!person) return;
  const parts: Part[] = [];
  for (const letter of letters) {
    const part = await partOf(context, letter, person);
    if (part) parts.push(part);
  }
  const [one] = parts;
  if (!one) return;
  // Delivered late, because a platform was down: it waits for them again.
  const when = (await availabilityIn(context, one, [person.id])).get(person.id);
  const until = letters.some(({ anyHour }) => anyHour) ? null : waitsUntil(when, context.clock.now());
  if (until !== null) {
    await putBack(context.db.direct, message, until);
    context.wake(until);
    return;
  }
  const recipient = toPerson(context, one.home, person);
  const alone = parts.length === 1 && one.notice !== null ? one.notice : null;
  const post = {
    workspaceId: first.workspaceId,
    requestId: alone?.view.id ?? null,
    key: alone ? [noticeKey(alone.notice), recipient.tag].join(":") : `letter:${message}`,
    card: async (): Promise<Card> =>
      alone ? alone.card : letterCard(await readingOf(context, message, parts, person), recipient.reader),
    lang: langOf(recipient),
    live: alone !== null && standsAlone(alone.notice),
  };
  try {
    await ensurePost(context, wall, { ...post, platform: recipient.platform, target: recipient.target });
  } catch (error) {
    const closed = error instanceof SiempreError && error.code === "platform_direct_closed";
    const team = closed ? await toTeam(context, one) : null;
    if (!team) throw error;
    // Whoever takes no direct messages is told in the team channel, by name.
    await ensurePost(context, wall, {
      ...post,
      card: async () => addressed(await post.card(), person),
      key: `${post.key}:team`,
      platform: team.platform,
      target: team.target,
    });
  }
}
