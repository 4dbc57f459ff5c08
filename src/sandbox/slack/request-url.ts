// Deliveries as signed HTTP requests to the app's address.
// https://docs.slack.dev/apis/events-api/using-http-request-urls, .../authentication/verifying-requests-from-slack
import { createHmac } from "node:crypto";
import type { DeliveryTimes, InteractionType, Reply, Transport } from "./deliveries.ts";
import { asObject, asText, type JsonObject, parseJson } from "./json.ts";

export interface RequestUrlOptions {
  times: DeliveryTimes;
  signingSecret: string;
  /** Milliseconds; what requests are dated and signed with. */
  now: () => number;
}

/** As `x-slack-retry-reason` says it. */
type Failure = "http_timeout" | "connection_failed" | "http_error";

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly noRetry: boolean;
}

interface Attempt {
  readonly payload: JsonObject;
  /** How often it has been repeated, and why. */
  retry: number;
  reason: Failure | null;
  timer: NodeJS.Timeout | null;
}

export class RequestUrl implements Transport {
  lost = 0;
  silent = false;
  /** Requests that were answered with 2xx. */
  accepted = 0;
  readonly #options: RequestUrlOptions;
  readonly #url: string;
  readonly #underWay = new Set<AbortController>();
  readonly #waiting = new Set<Attempt>();
  #closed = false;

  constructor(url: string, options: RequestUrlOptions) {
    this.#url = url;
    this.#options = options;
  }

  /** What Slack does when the address is saved: a challenge that must be echoed. Rejects when it is not. */
  async verify(): Promise<void> {
    const challenge = `challenge-${this.#options.now()}`;
    const body = { token: "local-verification-token", challenge, type: "url_verification" };
    const answer = await this.#post(JSON.stringify(body), "application/json", {});
    if (typeof answer === "string") throw new Error(`The request URL ${this.#url} failed: ${answer}.`);
    const echoed = answer.text === challenge || asObject(parseJson(answer.text))?.challenge === challenge;
    if (answer.status !== 200 || !echoed)
      throw new Error(`The request URL ${this.#url} did not echo the challenge (HTTP ${answer.status}).`);
  }

  event(payload: JsonObject): void {
    void this.#attempt({ payload, retry: 0, reason: null, timer: null });
  }

  async #attempt(attempt: Attempt): Promise<void> {
    this.#waiting.delete(attempt);
    if (this.#closed) return;
    const retried = {
      "x-slack-retry-num": String(attempt.retry),
      "x-slack-retry-reason": attempt.reason ?? "",
    };
    const headers = attempt.retry === 0 ? {} : retried;
    const answer = await this.#post(JSON.stringify(attempt.payload), "application/json", headers);
    if (this.#closed) return;
    const failure = typeof answer === "string" ? answer : isFine(answer) ? null : "http_error";
    if (failure === null) {
      this.accepted += 1;
      return;
    }
    const wait = this.#options.times.retryWaitsMs[attempt.retry];
    if (wait === undefined || (typeof answer !== "string" && answer.noRetry)) {
      this.lost += 1;
      return;
    }
    attempt.retry += 1;
    attempt.reason = failure;
    this.#waiting.add(attempt);
    attempt.timer = setTimeout(() => void this.#attempt(attempt), wait);
  }

  async interaction(type: InteractionType, payload: JsonObject, accepts: boolean): Promise<Reply> {
    if (this.#closed) return { kind: "unreachable" };
    const fields = type === "slash_commands" ? payload : { payload: JSON.stringify(payload) };
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(fields))
      if (value !== undefined && value !== null) form.set(name, asText(value) ?? JSON.stringify(value));
    const answer = await this.#post(form.toString(), "application/x-www-form-urlencoded", {});
    if (answer === "http_timeout") return { kind: "timeout" };
    if (typeof answer === "string" || !isFine(answer)) return { kind: "unreachable" };
    this.accepted += 1;
    if (!accepts || answer.text === "") return { kind: "acked", payload: {} };
    const read = asObject(parseJson(answer.text));
    return read ? { kind: "acked", payload: read } : { kind: "words", text: answer.text };
  }

  async #post(body: string, type: string, headers: Record<string, string>): Promise<Answer | Failure> {
    const { signingSecret, times, now } = this.#options;
    const seconds = String(Math.floor(now() / 1000));
    const digest = createHmac("sha256", signingSecret).update(`v0:${seconds}:${body}`).digest("hex");
    const abort = new AbortController();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      abort.abort();
    }, times.ackTimeoutMs);
    this.#underWay.add(abort);
    try {
      if (this.silent) await new Promise((_, reject) => abort.signal.addEventListener("abort", reject));
      const response = await fetch(this.#url, {
        method: "POST",
        redirect: "manual",
        body,
        signal: abort.signal,
        headers: {
          "content-type": type,
          "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
          "x-slack-request-timestamp": seconds,
          "x-slack-signature": `v0=${digest}`,
          ...headers,
        },
      });
      const noRetry = response.headers.get("x-slack-no-retry") === "1";
      return { status: response.status, text: await response.text(), noRetry };
    } catch (error) {
      if (late) return "http_timeout";
      // Refused, reset or cut; anything else is a fault of this server.
      if (error instanceof TypeError || abort.signal.aborted) return "connection_failed";
      throw error;
    } finally {
      clearTimeout(timer);
      this.#underWay.delete(abort);
    }
  }

  cut(): void {
    for (const abort of this.#underWay) abort.abort();
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { timer } of this.#waiting) if (timer) clearTimeout(timer);
    this.cut();
  }
}

function isFine({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}
