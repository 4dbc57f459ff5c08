// Who may speak to us over HTTP: Slack's v0 signature, fresh in both directions, each signature taken once.
// docs.slack.dev/authentication/verifying-requests-from-slack
import { isValidSlackRequest } from "@slack/bolt";
import type { Clock } from "../../clock.ts";
import { MAX_SIGNATURES, SIGNATURE_MS } from "./limits.ts";

export interface Signed {
  /** x-slack-request-timestamp, seconds. */
  timestamp: string | undefined;
  /** x-slack-signature, `v0=` and 64 hexadecimal digits. */
  signature: string | undefined;
  /** The body as it came, byte for byte. */
  body: string;
}

/**
 * Whether Slack signed this with our secret, no more than five minutes ago *or ahead* of `now` (ms). The SDK compares in
 * constant time but takes any timestamp in the future, which would keep a stolen request good for as long as its thief likes.
 */
export function isSigned(
  { timestamp, signature, body }: Signed,
  signingSecret: string,
  now: number,
): boolean {
  if (timestamp === undefined || signature === undefined) return false;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  const seconds = Number(timestamp);
  if (Math.abs(now - seconds * 1000) > SIGNATURE_MS) return false;
  return isValidSlackRequest({
    signingSecret,
    body,
    headers: { "x-slack-signature": signature, "x-slack-request-timestamp": seconds },
    nowMilliseconds: now,
  });
}

/**
 * The signatures taken in the last ten minutes; an older one is too old for `isSigned` anyway. It is a second lock: what
 * makes a repetition harmless, also in another process, is the core's seen key.
 */
export interface Taken {
  has(signature: string): boolean;
  add(signature: string): void;
}

export function createTaken(clock: Clock): Taken {
  const until = new Map<string, number>();
  return {
    has: (signature) => (until.get(signature) ?? 0) > clock.now(),
    add(signature) {
      const now = clock.now();
      for (const [old, end] of until) {
        if (end > now && until.size < MAX_SIGNATURES) break;
        until.delete(old);
      }
      until.set(signature, now + 2 * SIGNATURE_MS);
    },
  };
}
