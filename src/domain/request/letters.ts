// What one person is told in private without having asked: it waits until they work, like a reminder, and goes in one message
// with what else waits for them (decision 0024).
import { type Availability, isAvailable, nextAvailable } from "../people/availability.ts";
import type { CustomerSignal } from "../triage/customer-signals.ts";
import type { Instant } from "../words.ts";
import type { Notice, NoticeBody } from "./notices.ts";
import { isExposed } from "./signals.ts";

/** Somebody's absence is over: what is theirs again, and what was passed on. */
export interface Returned {
  kind: "returned";
  from: Instant;
  until: Instant;
}

export type LetterBody = Notice | Returned;

/** Notices in private that nobody asked for at that moment. A page, and the answer to what somebody just did, come at any hour. */
const WAITS: ReadonlySet<NoticeBody["kind"]> = new Set([
  "given",
  "handover",
  "ownership",
  "stand_in",
  "too_many",
  "signal",
  "look_in",
  "follow_up",
]);

/** Whether it waits for the hours of whoever it is told to in private. */
export function waitsForHours({
  kind,
  signal,
}: {
  kind: NoticeBody["kind"];
  signal?: CustomerSignal;
}): boolean {
  // What must not stand in public is told at once (decision 0019).
  return WAITS.has(kind) && !(signal && isExposed(signal));
}

type Together = Extract<NoticeBody, { together?: true }> & { together: true };

/** Whether it is told in one message with what else its reader is to hear at that moment. */
export function isForOneMessage(notice: NoticeBody): notice is Together {
  return "together" in notice && notice.together === true;
}

/** Until when it waits for them; null: they work now. Who never works is not waited for. */
export function waitsUntil(availability: Availability | undefined, now: Instant): Instant | null {
  if (availability === undefined || isAvailable(availability, now)) return null;
  return nextAvailable(availability, now);
}

/** Whether it keeps a message of its own: what staff may delete must go with it, and be all that goes. */
export function standsAlone({ kind }: Pick<LetterBody, "kind">): boolean {
  return kind === "signal" || kind === "look_in" || kind === "follow_up";
}

/** The offer came to nothing and fell back to its owner: whoever is there must know where they are not. */
export function fellBack(
  body: LetterBody,
): body is Extract<Notice, { kind: "ownership" }> & { what: "declined" | "lapsed" } {
  return body.kind === "ownership" && (body.what === "declined" || body.what === "lapsed");
}
