// What the app is as its manifest says it, and what Slack therefore lets it call and sends it.
import { type CallArguments, Refusal } from "./api-call.ts";
import type { JsonObject } from "./json.ts";
import { unknownArguments } from "./method-arguments.ts";
import { RateLimits } from "./rate-limits.ts";
import { neededScopes, subscriptionOf } from "./scopes.ts";
import type { LocalWorkspace } from "./workspace.ts";

/** The app's manifest, as far as Slack holds the app to it. What is left out is not checked. */
export interface LocalApp {
  /** Bot scopes: a call that needs another is refused with `missing_scope`. */
  scopes?: readonly string[];
  /** Events subscribed to (`message.channels`): others are not sent. */
  events?: readonly string[];
  /** Slash commands, with the slash: others cannot be typed. */
  commands?: readonly string[];
}

export interface LimitOptions {
  /** How many times more is allowed than Slack does. */
  speed: number;
  /** Real milliseconds, of any origin. */
  now: () => number;
}

export class AppRules {
  readonly app: LocalApp;
  readonly #workspace: LocalWorkspace;
  readonly #limits: RateLimits | null;

  constructor(workspace: LocalWorkspace, app: LocalApp, limits: LimitOptions | null) {
    this.#workspace = workspace;
    this.app = app;
    this.#limits = limits && new RateLimits(limits.speed, limits.now);
  }

  /** Seconds the app has to wait before this call (429), or null. */
  tooMany(method: string, args: CallArguments): number | null {
    return this.#limits?.take(method, args.text("channel")) ?? null;
  }

  /** Refuses a call whose scopes the app lacks, or with an argument the method does not have. */
  check(method: string, args: CallArguments): void {
    const { scopes } = this.app;
    if (scopes) {
      const needed = neededScopes(method, args, this.#workspace);
      const missing = needed.filter((scope) => !scopes.includes(scope));
      if (missing.length > 0) {
        const more = { needed: missing.join(","), provided: scopes.join(",") };
        throw new Refusal("missing_scope", `${method} needs ${more.needed}`, [], more);
      }
    }
    const unknown = unknownArguments(method, args.names());
    if (unknown.length > 0) {
      const lines = unknown.map((name) => `[ERROR] unknown argument: ${name}`);
      throw new Refusal("invalid_arguments", `${method} has no argument ${unknown.join(", ")}`, lines);
    }
  }

  /** Whether Slack would send this event to the app. */
  hears(event: JsonObject): boolean {
    const { scopes, events } = this.app;
    const subscription = subscriptionOf(event);
    if (!subscription) return true;
    return (events?.includes(subscription.name) ?? true) && (scopes?.includes(subscription.scope) ?? true);
  }
}
