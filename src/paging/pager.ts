// What wakes people: a webhook of the on-call service, called once for each page. It knows nothing of requests; retries are
// the queue's.
import { SiempreError } from "../errors.ts";
import { requestFor, type Shape } from "./shapes.ts";
import { signatureOf } from "./signature.ts";

/** A page, or the word that it needs no answer any more. Nothing in it was written by a customer, but for `title`. */
export interface Page {
  /** The same page always has the same id: who receives it twice rings once. At most 200 characters. */
  id: string;
  event: "call" | "answered";
  /** One line: what it is about. */
  summary: string;
  /** The request's title, where the policy lets it leave the house. */
  title: string | null;
  team: string;
  /** Null for a test page. */
  request: { number: number; company: string | null; channel: string; link: string | null } | null;
  /** Who is called; null with `answered`. */
  to: { id: string; name: string } | null;
  /** When it was decided, epoch ms. */
  at: number;
}

export interface Pager {
  /**
   * Resolves once the service has taken it. Throws SiempreError `platform_unavailable` or `platform_rate_limited` where another
   * try can help, `platform_invalid` or `platform_unauthorized` where it cannot.
   */
  send(page: Page): Promise<void>;
}

export interface PagerOptions {
  url: string;
  shape: Shape;
  /** The routing key of PagerDuty, the API key of Opsgenie; null with the plain shape. A secret. */
  key: string | null;
  /** Signs what is sent; null: not signed. A secret. */
  secret: string | null;
  /** Real time, epoch ms: what a receiver compares a signature's timestamp with. */
  wall(): number;
  /** How long the service may take to answer, ms. */
  timeout?: number;
}

const TIMEOUT_MS = 10_000;
const REFUSED = new Set([401, 403]);
const PASSING = new Set([408, 425, 429]);

export function createPager(options: PagerOptions): Pager {
  const { url, shape, key, secret, wall, timeout = TIMEOUT_MS } = options;
  return {
    async send(page) {
      const request = requestFor(shape, url, key, page);
      const body = JSON.stringify(request.body);
      const signed = secret === null ? {} : signatureOf(secret, Math.floor(wall() / 1000), body);
      let response: Response;
      try {
        response = await fetch(request.url, {
          method: "POST",
          headers: { "content-type": "application/json; charset=utf-8", ...request.headers, ...signed },
          body,
          // A receiver that sends us elsewhere would be given the key, too.
          redirect: "error",
          signal: AbortSignal.timeout(timeout),
        });
      } catch (cause) {
        throw new SiempreError(
          "platform_unavailable",
          "The pager could not be reached; it is tried again.",
          {},
          { cause },
        );
      }
      await response.body?.cancel();
      if (!response.ok) throw refusalOf(response);
    },
  };
}

function refusalOf(response: Response): SiempreError {
  const { status } = response;
  const wait = Number(response.headers.get("retry-after") ?? Number.NaN);
  if (status === 429 && Number.isFinite(wait)) {
    return new SiempreError("platform_rate_limited", "The pager asks to wait.", {
      retryAfterMs: wait * 1000,
    });
  }
  if (status >= 500 || PASSING.has(status)) {
    return new SiempreError("platform_unavailable", `The pager answered ${status}; it is tried again.`, {
      status,
    });
  }
  return new SiempreError(
    REFUSED.has(status) ? "platform_unauthorized" : "platform_invalid",
    `The pager refused the page with ${status}: check PAGE_URL, PAGE_SHAPE and PAGE_KEY.`,
    { status },
  );
}
