// A step of the ladder as it is written: "at 75% tell owner", "30 min before tell on-call in the channel every 10 min until answered".
import { quote, type Read } from "../domain/people/written-hours.ts";
import type { ReminderMoment, ReminderStep } from "../domain/policy.ts";
import { minutes } from "./words.ts";

const STEP =
  /^(?:(?:at\s+)?(?<share>\d{1,2})\s?%|(?<length>\d.*?)\s+(?<side>before|after)(?:\s+the\s+end)?),?\s+(?:tell\s+)?(?:the\s+)?(?<whom>owner|backup|on[ -]call|team|leads?)(?:\s+in\s+(?<how>private|(?:the\s+)?(?:team\s+)?channel))?(?<often>.*)$/i;
const OFTEN =
  /^(?:,?\s+every\s+(?<every>\d.*?))??(?:,?\s+(?:(?<until>until\s+(?:answered|(?:the\s+)?end))|(?<times>\d{1,2})\s+times))?$/i;
const WHOM = { owner: "owner", backup: "backup", "on-call": "on-call", team: "team", lead: "lead" } as const;

/** `at 75% tell owner`, `30 min before tell lead`, `15 min after tell team every 30 min until answered`. */
export function reminder(text: string): Read<ReminderStep> {
  const step = STEP.exec(text)?.groups;
  const often = step ? OFTEN.exec(step.often ?? "")?.groups : undefined;
  const moment = step ? momentOf(step) : null;
  const named = step?.whom?.toLowerCase().replace(" ", "-").replace("leads", "lead") ?? "";
  const whom = Object.values(WHOM).find((each) => each === named);
  const every = often?.every === undefined ? null : minutes(often.every);
  const wrong = every !== null && ("fault" in every || every.value < 1);
  const lost = often !== undefined && every === null && (often.until ?? often.times) !== undefined;
  if (!moment || !often || !whom || wrong || lost) {
    const like = '"at 75% tell owner" or "30 min before tell lead"';
    const ends = '"every 15 min until answered", "every 15 min 3 times"';
    const who = "owner, backup, on-call, team or lead";
    return { fault: `${quote(text)} is not a reminder such as ${like} (${who}; it may end with ${ends})` };
  }
  return {
    value: {
      ...moment,
      whom,
      ...(step?.how && !/private/i.test(step.how) ? { how: "channel" as const } : {}),
      ...(every !== null && "value" in every ? { every: every.value } : {}),
      ...(often.times !== undefined ? { until: Number(often.times) } : {}),
      ...(often.until !== undefined && /answered/i.test(often.until) ? { until: "answered" as const } : {}),
    },
  };
}

function momentOf({ share, length, side }: Record<string, string | undefined>): ReminderMoment | null {
  if (share !== undefined) return Number(share) >= 1 ? { used: Number(share) / 100 } : null;
  const read = minutes(length ?? "");
  if ("fault" in read || read.value < 1) return null;
  return side?.toLowerCase() === "before" ? { before: read.value } : { after: read.value };
}
