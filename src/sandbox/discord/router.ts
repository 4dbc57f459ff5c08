// Finds the handler of a method and path: one step per path segment, whatever the number of routes.
import type { Upload } from "./check-message.ts";
import type { Json } from "./errors.ts";

export interface Call {
  /** The values of the `:names` in the route. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** The JSON body, or `payload_json`; `{}` when there is none. */
  body: Json;
  /** The body when it is a list (bulk overwrite of commands). */
  list: readonly unknown[] | null;
  uploads: readonly Upload[];
}

/** Returns the body of a 200; undefined: 204 with none; `created(…)`: 201. Throws a Refusal. */
export type Handler = (call: Call) => unknown;

export class Created {
  readonly body: unknown;
  constructor(body: unknown) {
    this.body = body;
  }
}

export const created = (body: unknown): Created => new Created(body);

export interface Route {
  /** As documented, e.g. `/channels/:channel/messages`. */
  pattern: string;
  handler: Handler;
  /** Carries its own token in the path: no Authorization header is asked for. */
  open: boolean;
}

interface Node {
  fixed: Map<string, Node>;
  param: Node | null;
  routes: Map<string, { route: Route; names: readonly string[] }>;
}

const node = (): Node => ({ fixed: new Map(), param: null, routes: new Map() });

/** Null for what is no address: `%` without digits. (An encoded slash is none of ours either.) */
function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

export class Router {
  readonly #root = node();

  add(method: string, pattern: string, handler: Handler, options: { open?: boolean } = {}): void {
    let at = this.#root;
    const names: string[] = [];
    for (const step of pattern.split("/").slice(1)) {
      if (step.startsWith(":")) {
        names.push(step.slice(1));
        at.param ??= node();
        at = at.param;
      } else {
        const next = at.fixed.get(step) ?? node();
        at.fixed.set(step, next);
        at = next;
      }
    }
    at.routes.set(method, { route: { pattern, handler, open: options.open ?? false }, names });
  }

  /** `path` begins with a slash and carries no query. Null: no such path; "method": not with this method. */
  find(method: string, path: string): { route: Route; params: Record<string, string> } | "method" | null {
    const values: string[] = [];
    // The SDK writes `%40me` as often as `@me`.
    const steps = decoded(path)?.split("/").slice(1);
    if (!steps) return null;
    const found = this.#walk(this.#root, steps, 0, values);
    if (!found) return null;
    const hit = found.routes.get(method);
    if (!hit) return "method";
    const params: Record<string, string> = {};
    for (const [index, name] of hit.names.entries()) params[name] = values[index] ?? "";
    return { route: hit.route, params };
  }

  #walk(at: Node, steps: readonly string[], index: number, values: string[]): Node | null {
    const step = steps[index];
    if (step === undefined) return at.routes.size > 0 ? at : null;
    const fixed = at.fixed.get(step);
    if (fixed) {
      const found = this.#walk(fixed, steps, index + 1, values);
      if (found) return found;
    }
    if (!at.param || step === "") return null;
    values.push(step);
    const found = this.#walk(at.param, steps, index + 1, values);
    if (!found) values.pop();
    return found;
  }
}
