// A load balancer: requests go to one process after the other, and on to the next when one does not answer.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Balancer {
  url: string;
  /** The addresses behind it; may change while it runs. */
  behind: string[];
  /** How many requests each address answered. */
  answered: Map<string, number>;
  /** While true every request goes to all addresses at once, as when a first try was slow and Slack sent another. */
  twice: boolean;
  close(): Promise<void>;
}

export async function balance(behind: string[]): Promise<Balancer> {
  let turn = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        /^(x-slack|content-type)/.test(name) && typeof value === "string" ? [[name, value]] : [],
      ),
    );
    const forward = async (url: string) => {
      const answer = await fetch(url, {
        method: "POST",
        body: new Uint8Array(Buffer.concat(chunks)),
        headers,
      });
      balancer.answered.set(url, (balancer.answered.get(url) ?? 0) + 1);
      return { status: answer.status, text: await answer.text() };
    };
    turn += 1;
    const order = balancer.behind.map((_, at) => balancer.behind[(turn + at) % balancer.behind.length] ?? "");
    const tries = balancer.twice ? await Promise.allSettled(order.map(forward)) : [];
    let answer = tries.find((one) => one.status === "fulfilled")?.value ?? null;
    for (const url of order) answer ??= await forward(url).catch(() => null);
    const type = answer?.text.startsWith("{") ? { "content-type": "application/json" } : {};
    response.writeHead(answer?.status ?? 502, type).end(answer?.text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const balancer: Balancer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    behind,
    answered: new Map(),
    twice: false,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return balancer;
}
