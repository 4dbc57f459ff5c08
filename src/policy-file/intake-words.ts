// The phrases about what reaches intake: "14 days", "3 customers in 30 min".
import { quote, type Read } from "../domain/people/written-hours.ts";
import type { StormPolicy } from "../domain/policy.ts";
import { minutes } from "./words.ts";

const NONE = /^(none|never|no)$/i;

/** `14 days`; null for `none`. */
export function days(text: string): Read<number | null> {
  if (NONE.test(text)) return { value: null };
  const amount = /^([1-9]\d{0,2}) days?$/i.exec(text)?.[1];
  return amount === undefined
    ? { fault: `${quote(text)} is not a number of days such as 14 days, or none` }
    : { value: Number(amount) };
}

/** `3 customers in 30 min`; null for `none`. */
export function storm(text: string): Read<StormPolicy | null> {
  if (NONE.test(text)) return { value: null };
  const [, customers, time = ""] = /^(\d{1,3}) customers in (.{1,40})$/i.exec(text) ?? [];
  const within = minutes(time);
  if (customers === undefined || Number(customers) < 2 || "fault" in within || within.value === 0)
    return {
      fault: `${quote(text)} is not a number of customers in a time such as 3 customers in 30 min`,
    };
  return { value: { customers: Number(customers), within: within.value } };
}
