// By what a receiver knows that a page is ours (docs/paging.md).
import { createHmac } from "node:crypto";

/**
 * Headers that sign a body: the time in seconds since the epoch, and HMAC-SHA256 in hex over `v1:TIME:BODY` with the shared
 * secret. Whoever checks it compares in constant time, and refuses a time that is minutes off.
 */
export function signatureOf(secret: string, seconds: number, body: string): Record<string, string> {
  const mac = createHmac("sha256", secret).update(`v1:${seconds}:${body}`).digest("hex");
  return { "siempre-timestamp": String(seconds), "siempre-signature": `v1=${mac}` };
}
