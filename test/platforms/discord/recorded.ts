// Recorded payloads of Discord, and a guild remembered from them.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { Atlas, type Place } from "../../../src/platforms/discord/atlas.ts";

export const GUILD = "410000000000000001";
export const HELP = "410000000000000101";
export const TEAM = "410000000000000102";
export const THREAD = "1310000000000000200";
export const POST = "1310000000000000300";
export const BOT = "390000000000000009";
export const ANA = "300000000000000003";
export const MARTA = "300000000000000002";

function fixture(name: string): Record<string, unknown> {
  const text = readFileSync(new URL(`../../fixtures/discord/${name}.json`, import.meta.url), "utf8");
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}
export const gateway = fixture("gateway");
export const interactions = fixture("interactions");

export function atlas(): Atlas {
  const made = new Atlas();
  made.self = BOT;
  made.apply("GUILD_CREATE", gateway.guild);
  return made;
}

export function placeOf(channel: string): Place {
  const place = atlas().place(channel);
  if (!place) throw new Error(`no place ${channel}`);
  return place;
}
