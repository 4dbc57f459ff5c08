// "assign": who is given a request by policy.

import type { z } from "zod";
import type { Assignment, AssignRule } from "../domain/policy.ts";
import type { Tier } from "../domain/words.ts";
import { tierKeys, type WrittenAssign } from "./schema.ts";

const TIERS = [1, 2, 3, 4, 5] as const satisfies readonly Tier[];
const HOW = {
  "round robin": "round_robin",
  "least loaded": "least_loaded",
  "on call": "on_call",
  "by hand": "by_hand",
} as const;

/** A tier that names nobody takes the people named above it; named without saying how, they take turns. */
export function assignmentFrom(written: WrittenAssign): Assignment | null {
  if (!written) return null;
  const rule = ruleFrom(written, null);
  const tiers: Partial<Record<Tier, AssignRule>> = {};
  for (const tier of TIERS) {
    for (const key of tierKeys[tier]) {
      const its = written.tiers?.[key] && ruleFrom(written.tiers[key], rule);
      if (its) tiers[tier] = its;
    }
  }
  return { rule, tiers };
}

function ruleFrom(
  written: Pick<NonNullable<WrittenAssign>, "how" | "people">,
  above: AssignRule | null,
): AssignRule | null {
  const { how, people } = written;
  if (how === undefined && people === undefined) return null;
  return { how: how ? HOW[how] : "round_robin", people: people ?? above?.people ?? [] };
}

/** A rule that could never find anybody. */
export function checkAssign(
  team: {
    assign?: WrittenAssign;
    onCall?: unknown;
    channels?: readonly { assign?: WrittenAssign }[] | undefined;
  },
  context: z.RefinementCtx,
): void {
  const places: { written: WrittenAssign; path: PropertyKey[] }[] = [
    { written: team.assign, path: ["assign"] },
    ...(team.channels ?? []).map(({ assign }, index) => ({
      written: assign,
      path: ["channels", index, "assign"],
    })),
  ];
  for (const { written, path } of places) {
    const assignment = assignmentFrom(written);
    if (!assignment) continue;
    const rules = [assignment.rule, ...Object.values(assignment.tiers)].filter((rule) => rule !== null);
    if (rules.length === 0)
      context.addIssue({ code: "custom", path, message: "says neither how nor to whom" });
    for (const { how, people } of rules) {
      if (how === "on_call" && team.onCall === undefined) {
        context.addIssue({
          code: "custom",
          path,
          message: 'goes by who is on call, and this team has no "on call"',
        });
      } else if ((how === "round_robin" || how === "least_loaded") && people.length === 0) {
        context.addIssue({ code: "custom", path, message: "names no people to choose from" });
      }
    }
  }
}
