// "30 min, then 1 h after 2 h": how soon the next answer comes, and how soon once a request has been open for long.

import { quote, type Read } from "../domain/people/written-hours.ts";
import { type Duration, duration } from "./words.ts";

export interface Updates {
  length: Duration | null;
  later: { length: Duration; after: Duration } | null;
}

const LATER = /^(?<first>.+?)(?:\s*,\s*then\s+|\s*,\s*|\s+then\s+)(?<later>.+?)\s+after\s+(?<after>.+)$/i;

/** `1 working day`, `none`, `30 min, then 1 h after 2 h`. */
export function updates(text: string): Read<Updates> {
  const parts = LATER.exec(text)?.groups;
  const first = duration(parts?.first ?? text);
  if ("fault" in first) return first;
  if (!parts) return { value: { length: first.value, later: null } };
  const [later, after] = [duration(parts.later ?? ""), duration(parts.after ?? "")];
  if ("fault" in later) return later;
  if ("fault" in after) return after;
  if (first.value === null || later.value === null || after.value === null) {
    return {
      fault: `${quote(text)} promises something and nothing: write "30 min, then 1 h after 2 h", or none`,
    };
  }
  return { value: { length: first.value, later: { length: later.value, after: after.value } } };
}
