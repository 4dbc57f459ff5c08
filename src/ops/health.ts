// Whether the bot can do its work right now, for a load balancer, a supervisor or a person with curl. It is shown to
// anyone who can reach the port: never a secret, a name, or what somebody wrote.
import type { Log } from "../log.ts";
import type { Handle } from "./door.ts";

export interface Part {
  name: string;
  /** Null when it works; else why not, in words for anyone. A rejection counts as not working; its text is not shown. */
  trouble(): string | null | Promise<string | null>;
}

export interface Health {
  ready: boolean;
  /** `part: why`, for each part that does not work. */
  reasons: readonly string[];
}

/** How long a part may take to answer before it counts as not working, ms. */
const PATIENCE_MS = 2000;

async function ask({ name, trouble }: Part, log: Log): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer in ${PATIENCE_MS / 1000} s`), PATIENCE_MS);
  });
  try {
    return await Promise.race([(async () => await trouble())(), late]);
  } catch (error) {
    log.warn({ part: name, err: error }, "a part of the bot does not work; it is reported as not ready");
    return "it does not work; the log says why";
  } finally {
    clearTimeout(timer);
  }
}

/** Asks every part at once. */
export async function healthOf(parts: readonly Part[], log: Log): Promise<Health> {
  const answers = await Promise.all(
    parts.map(async (part) => ({ name: part.name, why: await ask(part, log) })),
  );
  const reasons = answers.flatMap(({ name, why }) => (why === null ? [] : [`${name}: ${why}`]));
  return { ready: reasons.length === 0, reasons };
}

/** GET (and HEAD): 200 when ready, 503 with the reasons when not. However many ask at once, the parts are asked once. */
export function healthHandle(parts: () => readonly Part[], log: Log): Handle {
  let asking: Promise<Health> | null = null;
  return async (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD", "content-length": 0 }).end();
      return;
    }
    asking ??= healthOf(parts(), log).finally(() => {
      asking = null;
    });
    const { ready, reasons } = await asking;
    const text = JSON.stringify({ status: ready ? "ready" : "not ready", reasons });
    response
      .writeHead(ready ? 200 : 503, {
        "content-type": "application/json; charset=utf-8",
        "content-length": Buffer.byteLength(text),
        "cache-control": "no-store",
      })
      .end(request.method === "HEAD" ? undefined : text);
  };
}
