// What is promised, for whoever asks: on a request, in a channel, to a company.
import { assignSaid } from "../domain/people/assignment.ts";
import type { ChannelPolicy, CompanyPolicy, TeamPolicy } from "../domain/policy.ts";
import { companyFor, termsFor } from "../domain/terms.ts";
import type { Answer } from "../messages/card.ts";
import { detectingBlock } from "../messages/detecting.ts";
import { policyCard, unknownCompany } from "../messages/policy.ts";
import type { PolicyPeople } from "../messages/policy-people.ts";
import { refusal } from "../messages/refusals.ts";
import { customerName } from "../messages/request-card.ts";
import { pageConfirmed } from "../store/on-call.ts";
import { ensureTeam, namedPeople } from "../store/places.ts";
import { loadView } from "../store/view.ts";
import type { Acting } from "./acting.ts";
import type { Context } from "./context.ts";
import { detectingAt } from "./detecting.ts";
import { type Home, homeOf } from "./places.ts";

/** `/siempre policy show`: what is frozen on the request named; else what would hold for one opened where it was typed. */
export async function showPolicy(context: Context, acting: Acting): Promise<Answer> {
  const { lang, home } = acting;
  if (acting.request !== null) {
    const view = await loadView(context.db.direct, acting.request, context.clock.now());
    if (!view) return refusal("not_found", lang);
    const of = { kind: "request", number: view.number, who: customerName(view) } as const;
    const at = await context.places.watched(view.channel);
    const people = at && (await peopleOf(context, homeOf(at), at.team, at.channel));
    return { kind: "card", card: policyCard(view.terms, of, people, lang) };
  }
  const place = await context.places.watched(acting.call.where);
  const workspace = home.policy;
  const asked = typeof acting.args.company === "string" ? acting.args.company : null;
  const company = asked === null ? null : companyNamed(workspace.companies, asked);
  if (asked !== null && company === null) {
    return unknownCompany(
      asked,
      workspace.companies.map(({ name }) => name),
      lang,
    );
  }
  const here = place
    ? companyFor(workspace, {
        channel: { id: place.info.channel, name: place.info.name },
        organisation: null,
        groups: [],
      })
    : null;
  const team = place?.team ?? acting.team;
  const teamId = await ensureTeam(context.db, home.rowId, team.name);
  const terms = termsFor({
    onCallConfirmed: (await pageConfirmed(context.db, teamId)) !== null,
    policy: context.policy,
    workspace,
    team,
    channel: place?.channel ?? null,
    company: company ?? here,
  });
  const of = company
    ? ({
        kind: "company",
        company: company.name,
        channel: place?.info.name ?? null,
        team: team.name,
      } as const)
    : place
      ? ({ kind: "channel", channel: place.info.name } as const)
      : ({ kind: "team", team: team.name } as const);
  const people = await peopleOf(context, home, team, place?.channel ?? null);
  const card = policyCard(terms, of, people, lang);
  const detects = await detectingAt(context, { home, team, channelId: place?.channelId ?? null });
  const block = detectingBlock(place?.info.name ?? null, detects, lang);
  return {
    kind: "card",
    card: { ...card, blocks: [...card.blocks.slice(0, -1), block, ...card.blocks.slice(-1)] },
  };
}

/** Who is on call and who is given what, by name; whom the platform does not know goes by the id in the file. */
async function peopleOf(
  context: Context,
  home: Home,
  team: TeamPolicy,
  channel: ChannelPolicy | null,
): Promise<PolicyPeople> {
  const tiers = ([1, 2, 3, 4, 5] as const).map((tier) => [tier, assignSaid(team, channel, tier)] as const);
  const rota = team.onCall;
  const ids = [...(rota?.people ?? []), ...tiers.flatMap(([, said]) => said?.rule.people ?? [])];
  const rows = await context.roster.rows(home, team, [...new Set(ids)]);
  const named = await namedPeople(context.db.direct, [...rows.values()]);
  const names = (people: readonly string[]) => people.map((id) => named.get(rows.get(id) ?? "")?.name ?? id);
  const ofChannel = channel?.channel === "*" ? "other channels" : `channel #${channel?.channel}`;
  const assign = tiers.map(([tier, said]) => [
    tier,
    {
      how: said?.rule.how ?? "by_hand",
      people: names(
        said && said.rule.how !== "by_hand" && said.rule.how !== "on_call" ? said.rule.people : [],
      ),
      source: said === null ? "default" : said.by === "team" ? `team ${team.name}` : ofChannel,
    },
  ]);
  return {
    onCall: rota && { people: names(rota.people), every: rota.every, source: `team ${team.name}` },
    assign: Object.fromEntries(assign) as PolicyPeople["assign"],
  };
}

function companyNamed(companies: readonly CompanyPolicy[], name: string): CompanyPolicy | null {
  const written = name.trim().toLowerCase();
  return companies.find((company) => company.name.toLowerCase() === written) ?? null;
}
