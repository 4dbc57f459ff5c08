// Refusals that the local Discord does not give: REST as discord.js hands it over, with the codes Discord documents.
import { DiscordAPIError, REST } from "discord.js";
import { describe, expect, test, vi } from "vitest";
import { Api, restOptions, withEditBudget } from "../../../src/platforms/discord/api.ts";
import { Atlas } from "../../../src/platforms/discord/atlas.ts";
import { fault, finalClose } from "../../../src/platforms/discord/faults.ts";
import { IDLE_BUCKETS_MS } from "../../../src/platforms/discord/limits.ts";
import { Outbound } from "../../../src/platforms/discord/outbound.ts";
import { Places } from "../../../src/platforms/discord/places.ts";
import type { EnsureRequest } from "../../../src/platforms/platform.ts";
import { line } from "../contract/stage.ts";
import { wallClock } from "./local.ts";

const GUILD = "410000000000000001";
const HELP = "410000000000000101";
const ROOT = "1310000000000000200";
const BOT = "390000000000000009";

type Handler = (method: string, path: string, body: Record<string, unknown>) => unknown;

function refused(code: number, status = 400): DiscordAPIError {
  return new DiscordAPIError({ code, message: "refused" }, code, status, "POST", "", {
    files: undefined,
    body: { content: "what somebody wrote" },
  });
}

/** discord.js's own REST with its network replaced: `handle` answers, or throws a refusal. */
function stage(
  handle: Handler,
  wait: { retry_after?: number } = {},
): { outbound: Outbound; calls: string[] } {
  const calls: string[] = [];
  const rest = new REST({
    rejectOnRateLimit: () => true,
    makeRequest: withEditBudget(async (url, init) => {
      const path = new URL(url).pathname.replace("/api/v10", "");
      const method = init.method ?? "GET";
      calls.push(`${method} ${path}`);
      const body = typeof init.body === "string" ? JSON.parse(init.body) : {};
      try {
        return Response.json(handle(method, path, body) ?? {}) as never;
      } catch (error) {
        if (!(error instanceof DiscordAPIError)) throw error;
        return Response.json(
          { code: error.code, message: "refused", ...wait },
          { status: error.status },
        ) as never;
      }
    }),
  }).setToken("t");
  const atlas = new Atlas();
  atlas.self = BOT;
  atlas.apply("GUILD_CREATE", {
    id: GUILD,
    name: "Ferro",
    owner_id: "1",
    channels: [{ id: HELP, type: 0, name: "help" }],
  });
  const api = new Api(rest);
  return { outbound: new Outbound(api, atlas, new Places(api, atlas, wallClock)), calls };
}

function posted(channel: string, id: string): object {
  return { id, channel_id: channel, author: { id: BOT }, content: "", timestamp: "2026-11-20T09:00:00Z" };
}

const request: EnsureRequest = {
  target: { kind: "channel", workspace: GUILD, channel: HELP },
  card: line("Thanks"),
  lang: "en",
  key: "k",
  known: null,
  suspect: false,
};
const inThread: EnsureRequest = {
  ...request,
  target: { kind: "thread", workspace: GUILD, channel: HELP, root: ROOT, title: "Charged twice" },
};
const known = { workspace: GUILD, channel: HELP, message: "1310000000000000111", at: 0 };

describe("a post", () => {
  const worn: Handler = (method, path) => {
    if (method === "PATCH") throw refused(30_046, 429);
    return method === "POST" ? posted(HELP, "1310000000000000112") : path;
  };

  test("whose edits are used up is made anew, and the old one removed", async () => {
    const { outbound, calls } = stage(worn, { retry_after: 3_000 });
    expect(await outbound.ensure({ ...request, known })).toMatchObject({ message: "1310000000000000112" });
    const old = `/channels/${HELP}/messages/${known.message}`;
    expect(calls).toEqual([`PATCH ${old}`, `POST /channels/${HELP}/messages`, `DELETE ${old}`]);
  });

  test("whose edits are used up for seconds only is tried again later", async () => {
    const { outbound, calls } = stage(worn, { retry_after: 12 });
    const error: unknown = await outbound.ensure({ ...request, known }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "platform_rate_limited" });
    expect(calls).toHaveLength(1);
  });

  test("goes into the thread that somebody else started a moment ago", async () => {
    const { outbound, calls } = stage((method, path) => {
      if (path.endsWith("/threads")) throw refused(160_004);
      return method === "POST" ? posted(ROOT, "1310000000000000113") : { id: ROOT };
    });
    expect(await outbound.ensure(inThread)).toMatchObject({ channel: ROOT });
    expect(calls.at(-1)).toBe(`POST /channels/${ROOT}/messages`);
  });

  test("is a reply in the channel when no more threads can be had", async () => {
    let body: Record<string, unknown> = {};
    const { outbound } = stage((method, path, sent) => {
      if (path.endsWith("/threads")) throw refused(160_006);
      if (method === "POST") body = sent;
      return method === "POST" ? posted(HELP, "1310000000000000114") : { id: ROOT };
    });
    expect(await outbound.ensure(inThread)).toMatchObject({ channel: HELP });
    expect(body.message_reference).toMatchObject({ message_id: ROOT });
  });

  test("starts a new thread when the one it knew is deleted", async () => {
    let there = true;
    const { outbound, calls } = stage((method, path) => {
      if (path.endsWith("/threads")) {
        there = true;
        return { id: ROOT, type: 11, guild_id: GUILD, parent_id: HELP, name: "x" };
      }
      if (method === "POST" && !there) throw refused(10_003, 404);
      return method === "POST" ? posted(ROOT, "1310000000000000115") : { id: ROOT };
    });
    await outbound.ensure(inThread);
    there = false;
    calls.length = 0;
    expect(await outbound.ensure({ ...inThread, key: "other" })).toMatchObject({ channel: ROOT });
    expect(calls.map((call) => call.split("/").at(-1))).toEqual(["messages", ROOT, "threads", "messages"]);
  });

  test("carries a nonce of its key, enforced, and rings for nobody", async () => {
    const bodies: Record<string, unknown>[] = [];
    const { outbound } = stage((_method, _path, body) => {
      bodies.push(body);
      return posted(HELP, "1310000000000000116");
    });
    await outbound.ensure(request);
    await outbound.ensure(request);
    await outbound.ensure({ ...request, key: "other" });
    const nonces = bodies.map((body) => String(body.nonce));
    expect(nonces[0]).toBe(nonces[1]);
    expect(nonces[0]).not.toBe(nonces[2]);
    for (const body of bodies) {
      expect(body).toMatchObject({
        enforce_nonce: true,
        allowed_mentions: { parse: [], replied_user: false },
      });
      expect(String(body.nonce).length).toBeLessThanOrEqual(25);
    }
  });
});

test("what the SDK keeps for a thread it sent to is let go when nothing is sent there", async () => {
  vi.useFakeTimers({ toFake: ["setInterval"] });
  try {
    const rest = new REST({
      ...restOptions({ apiUrl: "https://discord.invalid/api", requestsPerSecond: 1_000 }),
      makeRequest: async () => Response.json({}) as never,
    }).setToken("t");
    const api = new Api(rest);
    for (let n = 0; n < 100; n += 1)
      await api.call("post", `/channels/${BigInt(ROOT) + BigInt(n)}/messages`, "posting", { body: {} });
    expect(rest.handlers.size).toBe(100);
    vi.advanceTimersByTime(IDLE_BUCKETS_MS);
    expect(rest.handlers.size).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

describe("a refusal", () => {
  test.each([
    [10_003, 404, "platform_gone"],
    [10_008, 404, "platform_gone"],
    [50_007, 403, "platform_direct_closed"],
    [50_001, 403, "platform_forbidden"],
    [50_013, 403, "platform_forbidden"],
    [160_005, 403, "platform_forbidden"],
    [50_035, 400, "platform_invalid"],
    [99_999, 401, "platform_unauthorized"],
    [99_999, 403, "platform_forbidden"],
    [99_999, 404, "platform_gone"],
    [99_999, 400, "platform_invalid"],
  ])("%i with status %i is %s, and never holds what people wrote", (code, status, ours) => {
    const error = fault(refused(code, status), "posting a message");
    expect(error).toMatchObject({ code: ours });
    expect(JSON.stringify([error.message, error.fields])).not.toContain("somebody");
  });

  test("by the gateway is final only where connecting again is pointless", () => {
    for (const code of [4004, 4010, 4011, 4012, 4013, 4014])
      expect(finalClose(code)?.code).toBe("platform_unauthorized");
    for (const code of [1000, 1006, 4000, 4007, 4009]) expect(finalClose(code)).toBeNull();
  });
});
