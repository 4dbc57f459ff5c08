// What goes wrong on request, as a bare caller meets it: by count, by chance with a seed.
import { afterEach, expect, test } from "vitest";
import { type Setting, setting } from "./discord-setting.ts";

let s: Setting;
afterEach(() => s.end());

const me = () =>
  fetch(`${s.discord.apiUrl}/v10/users/@me`, { headers: { authorization: `Bot ${s.discord.tokens.bot}` } });

test("a limit says how long, and whether for all routes; as often as asked", async () => {
  s = await setting();
  s.discord.failNext(1, { kind: "rate_limited", retryAfterMs: 7_000 });
  s.discord.failNext(1, { kind: "rate_limited", retryAfterMs: 7_000, global: true });
  const answers = [await me(), await me(), await me()];
  expect(answers.map(({ status }) => status)).toEqual([429, 429, 200]);
  expect(await answers[0]?.json()).toMatchObject({ retry_after: 7, global: false });
  expect(await answers[1]?.json()).toMatchObject({ retry_after: 7, global: true });
});

test("by chance it strikes the same calls for the same seed, and others for another", async () => {
  s = await setting();
  const struck = async (seed: number) => {
    const end = s.discord.trouble({ fault: { kind: "status", status: 503 }, chance: 0.4, seed });
    const all: number[] = [];
    for (let count = 0; count < 30; count += 1) all.push((await me()).status);
    end();
    expect((await me()).status).toBe(200);
    return all.join();
  };
  const first = await struck(7);
  expect(new Set(first.split(","))).toEqual(new Set(["200", "503"]));
  expect(await struck(7)).toBe(first);
  expect(await struck(8)).not.toBe(first);
});
