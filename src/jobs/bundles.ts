// A bundle becomes one message. What has become untrue since it was gathered is left out; nothing left, nothing is said.
import { linkTo } from "../app/asking.ts";
import type { Context } from "../app/context.ts";
import { keeperOf } from "../domain/promises/keeper.ts";
import { isActive } from "../domain/request/state.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { PersonId } from "../domain/words.ts";
import { SiempreError } from "../errors.ts";
import { addressed, type BundleLine, bundleCard, LINES } from "../messages/bundle.ts";
import type { Reader } from "../messages/inline.ts";
import type { Reminded } from "../messages/reminders.ts";
import { namedPeople } from "../store/places.ts";
import { type Address, type BundleRow, loadBundle } from "../store/reminders.ts";
import { loadViews } from "../store/view.ts";
import { ensurePost } from "./posting.ts";
import { reader, stillOwed, toTeam } from "./recipients.ts";

export async function deliverBundle(context: Context, wall: () => number, id: string): Promise<void> {
  const bundle = await loadBundle(context.db.direct, id);
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
  const lines = await linesOf(context, bundle, reads);
  const [first] = lines;
  if (!first) return;
  const post = {
    workspaceId: bundle.workspaceId,
    // A message about one request stands for it: its shortcuts work there.
    requestId: lines.length === 1 ? first.view.id : null,
    key: `bundle:${id}`,
    card: async () => {
      const card = bundleCard(lines, reads);
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

async function linesOf(context: Context, bundle: BundleRow, { now }: Reader): Promise<readonly BundleLine[]> {
  const ids = [...new Set(bundle.lines.map(({ requestId }) => requestId))];
  const views = new Map((await loadViews(context.db.direct, ids, now)).map((view) => [view.id, view]));
  const standing = bundle.lines.flatMap((line) => {
    const view = views.get(line.requestId);
    return view && holds(view, line, now) ? [{ view, line }] : [];
  });
  // Links are asked for only where a line can be shown.
  const links = await Promise.all(standing.slice(0, LINES).map(({ view }) => linkTo(context, view)));
  return standing.map(({ view, line }, index) => ({
    view,
    it: remindedOf(view, line, bundle.address, links[index] ?? null),
  }));
}

type Line = BundleRow["lines"][number];

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

function remindedOf(view: RequestView, line: Line, address: Address, link: string | null): Reminded {
  const { kind, pledge, due, at } = line;
  const mine = address.person !== null && address.person === keeper(view, line);
  const standsIn = address.person !== null && line.whom === "owner" ? "backup" : line.whom;
  const to = mine ? "owner" : address.person === null && line.whom !== "lead" ? "team" : standsIn;
  const me = address.target.kind === "direct" ? address.target.person : null;
  return { kind, pledge, due, at, to, me, link };
}
