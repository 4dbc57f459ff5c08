// REST calls, through discord.js's own queue of buckets; every failure leaves as a SiempreError.

import {
  DefaultRestOptions,
  makeURLSearchParams,
  type RateLimitData,
  type REST,
  type RESTOptions,
} from "discord.js";
import { z } from "zod";
import { SiempreError } from "../../errors.ts";
import { Code, fault } from "./faults.ts";
import * as limits from "./limits.ts";
import type { Upload } from "./render.ts";

export type Method = "get" | "post" | "put" | "patch" | "delete";
export type Route = `/${string}`;

export interface Call {
  body?: unknown;
  files?: readonly Upload[];
  query?: Record<string, string | number | undefined>;
  /** false for routes whose token stands in the address. */
  auth?: boolean;
}

/** How discord.js is to treat limits: short waits it sits out, long ones come back as platform_rate_limited. */
export function restOptions(options: { apiUrl: string; requestsPerSecond?: number }): Partial<RESTOptions> {
  const { apiUrl, requestsPerSecond } = options;
  return {
    ...(requestsPerSecond === undefined ? {} : { globalRequestsPerSecond: requestsPerSecond }),
    api: apiUrl.replace(/\/+$/, ""),
    version: "10",
    timeout: limits.REQUEST_TIMEOUT_MS,
    retries: limits.REQUEST_RETRIES,
    handlerSweepInterval: limits.IDLE_BUCKETS_MS,
    makeRequest: withEditBudget(DefaultRestOptions.makeRequest),
    rejectOnRateLimit: ({ method, retryAfter }: RateLimitData) =>
      retryAfter > (method.toUpperCase() === "GET" ? limits.READ_WAIT_MS : limits.WRITE_WAIT_MS),
  };
}

type Send = RESTOptions["makeRequest"];

const budgetSchema = z.object({ code: z.literal(Code.oldEditBudget), retry_after: z.number().optional() });

/**
 * Discord says "too many edits of an old message" (30046) as a rate limit, whose code discord.js never looks at. Where the
 * wait is long it becomes the refusal it is. A limit without a length gets one, or discord.js would ask again at once, for ever.
 */
export function withEditBudget(send: Send): Send {
  return async (url, init) => {
    const response = await send(url, init);
    if (response.status !== 429) return response;
    const text = await response.text();
    const budget = budgetSchema.safeParse(parsed(text)).data;
    const used = budget && (budget.retry_after ?? Number.POSITIVE_INFINITY) * 1_000 > limits.EDIT_WAIT_MS;
    const headers = new Headers([...response.headers]);
    if (!headers.has("retry-after")) headers.set("retry-after", String(limits.UNKNOWN_WAIT_MS / 1_000));
    return new Response(text, { status: used ? 400 : 429, headers });
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // A proxy's page instead of Discord's answer.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export class Api {
  readonly #rest: REST;

  constructor(rest: REST) {
    this.#rest = rest;
  }

  /** `doing` completes "Discord failed while …" and must not hold what people wrote. */
  async call(method: Method, route: Route, doing: string, call: Call = {}): Promise<unknown> {
    const { body, files, query, auth } = call;
    const options = {
      ...(body === undefined ? {} : { body }),
      ...(files?.length ? { files: [...files] } : {}),
      ...(query ? { query: makeURLSearchParams(query) } : {}),
      ...(auth === undefined ? {} : { auth }),
    };
    try {
      return await this.#rest[method](route, options);
    } catch (error) {
      throw fault(error, doing);
    }
  }

  /** The same, read through a schema; an answer of another shape is platform_unavailable. */
  async read<T extends z.ZodType>(
    schema: T,
    method: Method,
    route: Route,
    doing: string,
    call: Call = {},
  ): Promise<z.infer<T>> {
    const parsed = schema.safeParse(await this.call(method, route, doing, call));
    if (parsed.success) return parsed.data;
    throw new SiempreError("platform_unavailable", `Discord's answer while ${doing} could not be read.`, {
      issues: parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.code}`).slice(0, 5),
    });
  }
}
