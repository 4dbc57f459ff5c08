// Whether heat, leaving and opportunity are looked for: a lead's command for the channel, then for the workspace, then the
// policy file of the team, then of the workspace. Off where nobody said anything.
import type { Detected, TeamPolicy, WorkspacePolicy } from "./policy.ts";
import type { Instant, PersonId } from "./words.ts";

export const DETECTED: readonly Detected[] = ["heat", "leaving", "opportunity"];

/** What a lead said by command. `on` null: as the policy file says, from then on. */
export interface Switch {
  of: Detected;
  scope: "channel" | "workspace";
  on: boolean | null;
  by: PersonId;
  at: Instant;
}

export interface Detecting {
  of: Detected;
  on: boolean;
  from:
    | { kind: "channel" | "workspace"; by: PersonId; at: Instant }
    | { kind: "team_file" | "file" }
    | { kind: "default" };
}

/** What holds for each. @param switches the last of each scope and kind, in any order */
export function detectingIn(
  policy: { team: Pick<TeamPolicy, "detect">; workspace: Pick<WorkspacePolicy, "detect"> },
  switches: readonly Switch[],
): readonly Detecting[] {
  return DETECTED.map((of): Detecting => {
    for (const kind of ["channel", "workspace"] as const) {
      const said = switches.find((each) => each.of === of && each.scope === kind);
      if (said && said.on !== null) return { of, on: said.on, from: { kind, by: said.by, at: said.at } };
    }
    const { team, workspace } = policy;
    if (team.detect) return { of, on: team.detect.includes(of), from: { kind: "team_file" } };
    // A file that names none says what the default says.
    const named = workspace.detect.length > 0;
    return { of, on: workspace.detect.includes(of), from: { kind: named ? "file" : "default" } };
  });
}
