// Who is woken, who is on call and who is given a request, as staff read it, and for each where it was said.
import type { AssignRule, Terms } from "../domain/policy.ts";
import type { Lang, Tier } from "../domain/words.ts";
import type { Text } from "./card.ts";
import { policySentences } from "./text/policy.ts";
import { sentences } from "./text/sentences.ts";

const TIERS = [1, 2, 3, 4, 5] as const satisfies readonly Tier[];

/** Sources as termsFor writes them: `team Support`, `channel #help`, `default`. People by name, in the order of the policy. */
export interface PolicyPeople {
  /** Null: nobody is on call. */
  onCall: { people: readonly string[]; every: "day" | "week"; source: string } | null;
  assign: Readonly<Record<Tier, { how: AssignRule["how"]; people: readonly string[]; source: string }>>;
}

/** @param from ` (team Support)`, of a source */
export function peopleLines(
  terms: Terms,
  { onCall, assign }: PolicyPeople,
  from: (source: string) => string,
  lang: Lang,
): Text[] {
  const words = policySentences(lang);
  const rule = (tier: Tier) => {
    const { how, people, source } = assign[tier];
    return `${words.assigned[how]}${people.length === 0 ? "" : `: ${people.join(", ")}`}${from(source)}`;
  };
  // Tiers that are given out alike are named together; all alike, none is named.
  const alike = new Map<string, Tier[]>();
  for (const tier of TIERS) alike.set(rule(tier), [...(alike.get(rule(tier)) ?? []), tier]);
  const given = [...alike].map(([says, tiers]) =>
    alike.size === 1 ? says : `${tiers.map((tier) => sentences(lang).tiers[tier]).join(", ")}: ${says}`,
  );
  return [
    [{ bold: words.woken }, `: ${wokenLine(terms, from, lang)}`],
    [
      { bold: words.onCall },
      `: ${onCall === null ? words.nobody : words.turns[onCall.every](onCall.people)}${from(onCall?.source ?? "default")}`,
    ],
    [{ bold: words.givenTo }, `: ${given.join("; ")}`],
  ];
}

/** What the terms say of paging: frozen on a request, as its times are. */
function wokenLine({ paging, sources }: Terms, from: (source: string) => string, lang: Lang): string {
  const words = policySentences(lang);
  if (!paging?.onCall) return `${words.nobodyWoken}${from(sources["paging.onCall"] ?? "default")}`;
  const says = paging.promised ? words.wokenAtOnce : words.wokenSecond;
  return `${says}${from(sources["paging.promised"] ?? "default")}`;
}
