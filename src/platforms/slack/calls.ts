// Our own calls of Slack's Web API: paced, with a deadline, never repeated behind our back, answers read with zod.
import { LogLevel, webApi } from "@slack/bolt";
import { z } from "zod";
import { retryAfterMs, SiempreError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { faultOf } from "./faults.ts";
import { CALL_TIMEOUT_MS } from "./limits.ts";
import type { Method } from "./methods.ts";
import type { Pacing } from "./pacing.ts";
import { transport } from "./transport.ts";

export interface Calls {
  /**
   * Calls `method` once and reads its answer. `args.channel`, where there is one, also keys the pacing.
   * Rejects with a SiempreError of the family `platform_…`; `slackCode` gives Slack's own word.
   */
  call<T>(method: Method, args: Readonly<Record<string, unknown>>, shape: z.ZodType<T>): Promise<T>;
  /** Puts bytes where files.getUploadURLExternal said. */
  upload(url: string, bytes: Uint8Array): Promise<void>;
}

/** The SDK's logger, so that its words arrive in ours. Its errors pass by themselves, hence warn; its debug is noise. */
export function sdkLogger(log: Log, name: string) {
  const words = (message: unknown[]) => message.map(String).join(" ").slice(0, 500);
  return {
    debug: () => {},
    info: (...message: unknown[]) => log.debug({ sdk: name }, words(message)),
    warn: (...message: unknown[]) => log.debug({ sdk: name }, words(message)),
    error: (...message: unknown[]) => log.warn({ sdk: name }, words(message)),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}

/** Blocks and the like as JSON, as a form takes them: as objects the SDK would copy them once more for a log nobody reads. */
function flat(args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const flattened: Record<string, unknown> = {};
  for (const key of Object.keys(args)) {
    const value = args[key];
    flattened[key] = typeof value === "object" && value !== null ? JSON.stringify(value) : value;
  }
  return flattened;
}

/**
 * Slack repeats each message it takes, blocks and all, and the SDK copies an answer twice for a log that is not written.
 * Of the message only its thread is read (outbound.ts), so only that is handed on.
 */
const withoutEcho: webApi.FetchFunction = async (url, init) => {
  const answer = await transport(url, init);
  if (!REPEATED.test(String(url)) || answer.status !== 200) return answer;
  const text = await answer.text();
  return { ...answer, text: async () => threadOnly(text) };
};

const REPEATED = /\/chat\.(?:postMessage|update)$/;
const repeated = z.looseObject({ message: z.object({ thread_ts: z.string().optional() }) });

function threadOnly(text: string): string {
  try {
    const read = repeated.safeParse(JSON.parse(text));
    return read.success ? JSON.stringify(read.data) : text;
  } catch {
    // No JSON: the SDK has its own words for that.
    return text;
  }
}

export function createCalls(options: { token: string; apiUrl: string; pacing: Pacing; log: Log }): Calls {
  const { pacing } = options;
  // PLATFORM-FACTS: by default the client repeats a POST whose connection broke after Slack accepted it (two messages),
  // and one 429 pauses every method.
  const web = new webApi.WebClient(options.token, {
    slackApiUrl: options.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: CALL_TIMEOUT_MS,
    fetch: withoutEcho,
    logger: sdkLogger(options.log, "web-api"),
  });

  return {
    async call(method, args, shape) {
      const channel = typeof args.channel === "string" ? args.channel : null;
      const place = channel ?? (typeof args.user === "string" ? args.user : "");
      try {
        const answer = await pacing.run(method, channel, () => web.apiCall(method, flat(args)));
        const read = shape.safeParse(answer);
        if (read.success) return read.data;
        throw new SiempreError(
          "platform_invalid",
          `Slack answered ${method} in a shape the bot does not know: ${read.error.issues[0]?.path.join(".")} ${read.error.issues[0]?.message}. Please report this.`,
          { method, place },
        );
      } catch (error) {
        const fault = faultOf(error, method, place);
        const wait = retryAfterMs(fault);
        if (wait !== null && error !== fault) pacing.pause(method, channel, wait);
        throw fault;
      }
    },

    async upload(url, bytes) {
      try {
        const body = new Uint8Array(bytes);
        const signal = AbortSignal.timeout(CALL_TIMEOUT_MS);
        const answer = await fetch(url, { method: "POST", body, signal });
        if (answer.ok) return;
        throw new Error(`HTTP ${answer.status}`);
      } catch (error) {
        throw faultOf(error, "the upload of a file", "");
      }
    },
  };
}
