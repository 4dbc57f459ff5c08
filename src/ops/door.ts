// The one HTTP server of the bot: what others ask of it from outside arrives here, each path at its handler.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers one request; must not reject. */
export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface Door {
  /** Requests to exactly this path go to `handle` from now on. */
  mount(path: string, handle: Handle): void;
  /** Listens; resolves to the port, which is a free one for 0. Rejects with Node's error when it cannot. */
  open(port: number, host?: string): Promise<number>;
  /** Takes no more connections and resolves when those under way are answered, or after `graceMs` (default 5 s). */
  close(graceMs?: number): Promise<void>;
}

/** Longer than the 60 s after which most load balancers let an idle connection go: they must be the first. */
const KEEP_ALIVE_MS = 65_000;
/** A request must have arrived in full by then; Slack itself gives up after three seconds. */
const REQUEST_MS = 15_000;
const CLOSE_MS = 5000;

export function createDoor(): Door {
  const handles = new Map<string, Handle>();
  const server = createServer(async (request, response) => {
    const [path = ""] = (request.url ?? "").split("?", 1);
    const handle = handles.get(path);
    if (handle) await handle(request, response);
    else response.writeHead(404, { "content-length": 0 }).end();
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.requestTimeout = REQUEST_MS;
  server.headersTimeout = REQUEST_MS;

  return {
    mount: (path, handle) => void handles.set(path, handle),

    async open(port, host) {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
          server.off("error", reject);
          resolve();
        });
      });
      return (server.address() as AddressInfo).port;
    },

    async close(graceMs = CLOSE_MS) {
      if (!server.listening) return;
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      clearTimeout(timer);
    },
  };
}
