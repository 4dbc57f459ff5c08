// Calendars whose days off leave no hours: found when the policy is read, not when a promise is due.
import type { Calendar, WorkspacePolicy } from "../domain/policy.ts";
import { nextOpening } from "../domain/promises/calendar.ts";
import type { Path } from "./yaml.ts";

/** With fewer days off than this no week of the longest stretch could be closed whole (one day a week, over two years). */
const FEWEST = 100;

/** The calendars of a workspace that never open after one of their own days off; `path` is the workspace's. */
export function neverOpen(workspace: WorkspacePolicy, path: Path): { path: Path; message: string }[] {
  const named: { calendar: Calendar | null; path: Path }[] = [
    { calendar: workspace.calendar, path },
    ...workspace.teams.map(({ calendar }, index) => ({ calendar, path: [...path, "teams", index] })),
    ...workspace.companies.map(({ calendar }, index) => ({ calendar, path: [...path, "companies", index] })),
  ];
  return named.flatMap(({ calendar, path: at }) =>
    calendar !== null && closesForGood(calendar)
      ? [
          {
            path: [...at, "holidays", "days"],
            message: "leave no working hours for over two years, so no promise could be kept",
          },
        ]
      : [],
  );
}

function closesForGood(calendar: Calendar): boolean {
  const { days } = calendar.holidays;
  return (
    days.length >= FEWEST &&
    days.some((day) => nextOpening(calendar, Date.parse(`${day}T00:00:00Z`)) === null)
  );
}
