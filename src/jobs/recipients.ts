// Who hears a notice, and where: owner, team, leads, customer.
import { linkTo } from "../app/asking.ts";
import type { Context } from "../app/context.ts";
import type { Home } from "../app/places.ts";
import type { TeamPolicy } from "../domain/policy.ts";
import type { Named, RequestView } from "../domain/request/view.ts";
import { DIRECT, sameChannel, teamFor } from "../domain/terms.ts";
import { titleOf } from "../domain/triage/title.ts";
import type { Lang, PersonId } from "../domain/words.ts";
import type { Reader } from "../messages/inline.ts";
import type { Target } from "../platforms/platform.ts";

export interface Recipient {
  /** Distinguishes several recipients of one notice in the post's key; "" for the only one. */
  tag: string;
  platform: string;
  target: Target;
  reader: Reader;
  /** The person it is told to, in private. */
  person?: PersonId;
}

export interface Surroundings {
  home: Home;
  team: TeamPolicy;
  view: RequestView;
  link: string | null;
  /** People of other companies can read what is said to this customer. */
  shared: boolean;
}

/** The workspace and team of a request, and with `linked` its link; null when its platform is gone or no team has its channel any more. */
export async function surroundingsOf(
  context: Context,
  view: RequestView,
  linked: boolean,
): Promise<Surroundings | null> {
  const { platform, workspace, channel, name } = view.channel;
  const home = await context.places.home(platform, workspace);
  if (!home) return null;
  const team = teamFor(home.policy, { id: channel, name });
  if (!team) return null;
  const place = await context.places.watched(view.channel);
  const named = { id: channel, name };
  // A channel shared with one company alone is that company's own.
  const own = home.policy.companies.some(({ channels }) => channels.some((each) => sameChannel(each, named)));
  const shared = (place?.info.shared ?? false) && !own;
  return { home, team, view, link: linked ? await linkTo(context, view) : null, shared };
}

export function reader(context: Context, home: Home, person: Named | null): Reader {
  return {
    now: context.clock.now(),
    timezone: person?.timezone ?? home.policy.calendar.timezone,
    lang: person?.lang ?? home.policy.lang,
  };
}

/** Under the customer's message, in their language. */
export function toCustomer(context: Context, { view }: Surroundings): Recipient {
  const { workspace, channel, platform } = view.channel;
  const first = view.messages.find((message) => message.role === "customer");
  const title = first && !first.erased ? titleOf(first.text, view.state.lang) : "";
  if (view.channel.name === DIRECT) {
    return {
      tag: "",
      platform,
      target: { kind: "direct", workspace, person: view.customer.ref.id },
      reader: { now: context.clock.now(), timezone: view.terms.calendar.timezone, lang: view.state.lang },
    };
  }
  return {
    tag: "",
    platform,
    target: { kind: "thread", workspace, channel, root: view.thread, title: title || `#${view.number}` },
    reader: { now: context.clock.now(), timezone: view.terms.calendar.timezone, lang: view.state.lang },
  };
}

export async function toTeam(
  context: Context,
  around: Pick<Surroundings, "home" | "team">,
): Promise<Recipient | null> {
  return toChannel(context, around, around.team.teamChannel);
}

/** The team's channel, where customers cannot read it: judgements about people stand nowhere else. */
export async function toPrivateTeam(
  context: Context,
  around: Pick<Surroundings, "home" | "team">,
): Promise<Recipient | null> {
  const channel = await context.places.named(around.home, around.team.teamChannel);
  return channel?.private ? toTeam(context, around) : null;
}

/** The leads, as {@link toLeads}, but never in a channel that customers can read. */
export async function toLeadsAlone(
  context: Context,
  around: Pick<Surroundings, "home" | "team">,
): Promise<Recipient[]> {
  const { home, team } = around;
  const told = await toLeads(context, around);
  if (told.every(({ target }) => target.kind === "direct")) return told;
  const channel = await context.places.named(home, leadsPlace(team));
  if (channel?.private) return told;
  context.log.warn(
    { team: team.name },
    "a private note was told to nobody: customers can read the team's channel. Make it private, or name leads in the policy",
  );
  return [];
}

/** Where digest and summary go, as the policy names it. */
export function leadsPlace({ teamChannel, leadsChannel }: TeamPolicy): TeamPolicy["teamChannel"] {
  return leadsChannel ? { ...teamChannel, channel: leadsChannel } : teamChannel;
}

async function toChannel(
  context: Context,
  { home }: Pick<Surroundings, "home">,
  named: TeamPolicy["teamChannel"],
): Promise<Recipient | null> {
  const channel = await context.places.named(home, named);
  if (!channel) {
    context.log.warn(
      { workspace: home.id, channel: named.channel },
      "the channel the policy names cannot be seen: make it, or invite the bot",
    );
    return null;
  }
  return {
    tag: "",
    platform: channel.platform,
    target: { kind: "channel", workspace: channel.workspace, channel: channel.channel },
    reader: reader(context, home, null),
  };
}

export function toPerson(context: Context, home: Home, person: Named): Recipient {
  return {
    tag: person.ref.id,
    platform: person.ref.platform,
    target: { kind: "direct", workspace: person.ref.workspace, person: person.ref.id },
    reader: reader(context, home, person),
    person: person.id,
  };
}

/** The leads one by one where the policy names people, otherwise their channel. */
export async function toLeads(
  context: Context,
  around: Pick<Surroundings, "home" | "team">,
): Promise<Recipient[]> {
  const { home, team } = around;
  const ids = [...new Set([...team.leads.ids, ...home.policy.leads.ids])];
  const people = await Promise.all(ids.map((id) => context.people.find(home.platform, home.id, id)));
  const known = people.filter((person) => person !== null);
  if (known.length > 0) return known.map((person) => toPerson(context, home, person));
  const channel = await toLeadsChannel(context, around);
  return channel ? [channel] : [];
}

/** Where digest and summary go. */
export async function toLeadsChannel(
  context: Context,
  around: Pick<Surroundings, "home" | "team">,
): Promise<Recipient | null> {
  return toChannel(context, around, leadsPlace(around.team));
}

export function langOf(recipient: Recipient): Lang {
  return recipient.reader.lang;
}

/** Whether the promise is still unkept, and still due when the notice says. */
export function stillOwed(view: RequestView, key: string, due?: number): boolean {
  const pledge = view.pledges.find((candidate) => candidate.key === key);
  return pledge !== undefined && pledge.endedAt === null && (due === undefined || pledge.dueAt === due);
}
