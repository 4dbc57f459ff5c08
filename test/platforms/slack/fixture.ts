// The recorded payloads of test/fixtures/slack, and the bot they were recorded for.
import { readFileSync } from "node:fs";
import type { Self } from "../../../src/platforms/slack/inbound.ts";

export const self: Self = {
  workspace: "T0ACME001",
  enterprise: null,
  botUser: "U0SIEMPRE",
  botId: "B0SIEMPRE",
};

export const TS = "1764000000.123456";
export const ROOT = "1763999000.000200";
export const AT = 1_764_000_000_123;

export interface Payload {
  event: Record<string, unknown>;
  [field: string]: unknown;
}

/** A fresh copy of a payload, its event changed as told. */
export function fixture(name: string, event: Record<string, unknown> = {}): Payload {
  const payload: Payload = JSON.parse(readFileSync(`test/fixtures/slack/${name}.json`, "utf8"));
  return payload.event ? { ...payload, event: { ...payload.event, ...event } } : payload;
}
