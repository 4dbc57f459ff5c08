// What is promised, for whoever asks: on a request, in a channel, to a company.
import type { CompanyPolicy } from "../domain/policy.ts";
import { companyFor, termsFor } from "../domain/terms.ts";
import type { Answer } from "../messages/card.ts";
import { policyCard, unknownCompany } from "../messages/policy.ts";
import { refusal } from "../messages/refusals.ts";
import { customerName } from "../messages/request-card.ts";
import { pageConfirmed } from "../store/on-call.ts";
import { ensureTeam } from "../store/places.ts";
import { loadView } from "../store/view.ts";
import type { Acting } from "./acting.ts";
import type { Context } from "./context.ts";

/** `/siempre policy show`: what is frozen on the request named; else what would hold for one opened where it was typed. */
export async function showPolicy(context: Context, acting: Acting): Promise<Answer> {
  const { lang, home } = acting;
  if (acting.request !== null) {
    const view = await loadView(context.db.direct, acting.request, context.clock.now());
    if (!view) return refusal("not_found", lang);
    const of = { kind: "request", number: view.number, who: customerName(view) } as const;
    return { kind: "card", card: policyCard(view.terms, of, lang) };
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
  return { kind: "card", card: policyCard(terms, of, lang) };
}

function companyNamed(companies: readonly CompanyPolicy[], name: string): CompanyPolicy | null {
  const written = name.trim().toLowerCase();
  return companies.find((company) => company.name.toLowerCase() === written) ?? null;
}
