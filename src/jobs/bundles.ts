// A bundle becomes one message. What has become untrue since it was gathered is left out; nothing left, nothing is said.
import { linkTo } from "../app/asking.ts";
import type { Context } from "../app/context.ts";
import { keeperOf } from "../domain/promises/keeper.ts";
import { isActive } from "../domain/request/state.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { PersonId } from "../domain/words.ts";
import { SiempreError } from "../errors.ts";
import { addressed, type BundleLine, bundleCard, LINES, OPTIONS } from "../messages/bundle.ts";
import type { Reader } from "../messages/inline.ts";
import type { Reminded } from "../messages/reminders.ts";
import { namedPeople } from "../store/places.ts";
import { type Address, type BundledLine, type BundleRow, loadBundle } from "../store/reminders.ts";
import { loadViews } from "../store/view.ts";
import { ensurePost } from "./posting.ts";
import { reader, stillOwed, toTeam } from "./recipients.ts";

export async function deliverBundle(context: Context, wall: () => number, id: string): Promise<void> {
  const bundle = await loadBundle(context.db.direct, id, context.clock.now());
  if (!bundle) return;
  const home = await context.places.home(bundle.platform, bundle.workspace);
  if (!home)
    throw new SiempreError(
      "platform_unavailable",
      `${bundle.platform} ${bundle.workspace} is not connected.`,
    );
  const { address } = bundle;
  const person = address.person
    ? ((await namedPeople(context.db.direct, [address.person])).get(address.person) ?? null)
    : null;
  const reads = reader(context, home, address.target.kind === "direct" ? person : null);
  const { lines, beyond } = await linesOf(context, bundle, reads);
  const [first] = lines;
  if (!first) return;
  const post = {
    workspaceId: bundle.workspaceId,
    // A message about one request stands for it: its shortcuts work there.
    requestId: lines.length + beyond.length === 1 ? first.view.id : null,
    key: `bundle:${id}`,
    card: async () => {
      const card = bundleCard(lines, reads, beyond);
      return person && address.target.kind === "channel" ? addressed(card, person) : card;
    },
    lang: reads.lang,
    live: false,
  };
  try {
    await ensurePost(context, wall, { ...post, platform: address.platform, target: address.target });
  } catch (error) {
    const closed = error instanceof SiempreError && error.code === "platform_direct_closed";
    const team = home.policy.teams.find(({ name }) => name === first.view.team) ?? home.policy.teams[0];
    const channel = closed && team ? await toTeam(context, { home, team }) : null;
    if (!channel) throw error;
    // Whoever takes no direct messages is told in the team channel.
    const there = { platform: channel.platform, target: channel.target };
    const card = async () => (person ? addressed(await post.card(), person) : post.card());
    await ensurePost(context, wall, { ...post, card, key: `${post.key}:team`, ...there });
  }
}

interface Lines {
  lines: readonly BundleLine[];
  beyond: readonly Reminded[];
}

/** In a storm there are hundreds: requests are read only where something of them can be shown; the others are counted. */
async function linesOf(context: Context, bundle: BundleRow, reads: Reader, most = OPTIONS): Promise<Lines> {
  const counts = { warning: 0, breach: 0 };
  const [near, far]: [Line[], Line[]] = [[], []];
  for (const line of bundle.lines) {
    counts[line.kind] += 1;
    (counts[line.kind] <= most ? near : far).push(line);
  }
  const ids = [...new Set(near.map(({ requestId }) => requestId))];
  const { now } = reads;
  const views = new Map((await loadViews(context.db.direct, ids, now)).map((view) => [view.id, view]));
  const standing = near.flatMap((line) => {
    const view = views.get(line.requestId);
    return view && holds(view, line, now) ? [{ view, line }] : [];
  });
  // All of them have changed just now.
  if (standing.length === 0 && far.length > 0)
    return linesOf(context, bundle, reads, Number.POSITIVE_INFINITY);
  const links = await Promise.all(standing.slice(0, LINES).map(({ view }) => linkTo(context, view)));
  const lines = standing.map(({ view, line }, index) => {
    const it = remindedOf(keeper(view, line), line, bundle.address, links[index] ?? null);
    return { view, it };
  });
  return { lines, beyond: far.map((line) => remindedOf(line.keeper, line, bundle.address, null)) };
}

type Line = BundledLine;

function keeper(view: RequestView, { pledge }: Pick<Line, "pledge">): PersonId | null {
  const promised = view.pledges.find(({ key }) => key === pledge);
  return keeperOf(view.history, promised, view.owner?.id ?? null);
}

/** Whether it is still so: the promise is unkept and due then, whoever had it has it, and it was not put off. */
function holds(view: RequestView, line: Line, now: number): boolean {
  if (!isActive(view.state) || !stillOwed(view, line.pledge, line.due)) return false;
  if (line.whom === "owner" && keeper(view, line) !== line.ownerId) return false;
  const snoozed = view.state.snoozed.get(line.pledge);
  return line.kind === "breach" || snoozed === undefined || snoozed.until <= now;
}

function remindedOf(keeper: PersonId | null, line: Line, address: Address, link: string | null): Reminded {
  const { kind, pledge, due, at } = line;
  const mine = address.person !== null && address.person === keeper;
  const standsIn = address.person !== null && line.whom === "owner" ? "backup" : line.whom;
  const to = mine ? "owner" : address.person === null && line.whom !== "lead" ? "team" : standsIn;
  const me = address.target.kind === "direct" ? address.target.person : null;
  return { kind, pledge, due, at, to, me, link };
}
