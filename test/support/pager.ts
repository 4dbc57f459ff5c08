// A service that wakes people, as far as a bot can see it: it keeps what it was sent, and answers as it is told to.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
  /** Whether the signature is that of the secret, checked as docs/paging.md tells a receiver to. */
  signed: boolean;
}

export interface PagerService {
  url: string;
  secret: string;
  /** What was taken, oldest first; what was refused or left without an answer is not among it. */
  received: Received[];
  /** How often it was called, whatever came of it. */
  tries(): number;
  /** The next calls are answered with these statuses; "never" leaves one without an answer. Then all is well again. */
  fail(...answers: (number | "never")[]): void;
  close(): Promise<void>;
}

export async function startPagerService(): Promise<PagerService> {
  const secret = "a-secret-of-the-tests";
  const received: Received[] = [];
  const failing: (number | "never")[] = [];
  const rung = new Set<string>();
  let tries = 0;
  const server = createServer(async (request, response) => {
    const body = await text(request);
    tries += 1;
    const answer = failing.shift() ?? 202;
    if (answer === "never") return;
    if (answer < 300) {
      // Like the real ones it rings once for an id, however often it is told.
      const { id, event } = JSON.parse(body);
      const again = rung.has(`${event} ${id}`);
      rung.add(`${event} ${id}`);
      const { headers, method = "", url: path = "" } = request;
      if (!again)
        received.push({
          method,
          path,
          headers,
          body: JSON.parse(body),
          signed: isSigned(secret, headers, body),
        });
    }
    response.writeHead(answer, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/page`,
    secret,
    received,
    tries: () => tries,
    fail: (...answers) => void failing.push(...answers),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isSigned(secret: string, headers: IncomingHttpHeaders, body: string): boolean {
  const given = Buffer.from(String(headers["siempre-signature"] ?? ""));
  const mac = createHmac("sha256", secret).update(`v1:${headers["siempre-timestamp"]}:${body}`).digest("hex");
  const right = Buffer.from(`v1=${mac}`);
  return given.length === right.length && timingSafeEqual(given, right);
}
