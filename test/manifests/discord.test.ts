// manifests/discord.json is what an operator is told to grant; the code is what is really asked for. Neither may say more.
import { readdirSync, readFileSync } from "node:fs";
import { GatewayIntentBits, PermissionFlagsBits } from "discord.js";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { acts } from "../../src/acts/catalogue.ts";
import { commands } from "../../src/platforms/discord/commands.ts";
import {
  atlasEvents,
  heardEvents,
  intents,
  permissions,
  scopes,
  sum,
} from "../../src/platforms/discord/needs.ts";

const root = new URL("../../", import.meta.url);
const manifest = z
  .object({
    scopes: z.array(z.string()),
    invite: z.string(),
    intents: z.record(z.string(), z.number()),
    intentBits: z.number(),
    privilegedIntents: z.array(z.string()),
    permissions: z.record(z.string(), z.string()),
    permissionBits: z.string(),
    events: z.record(z.string(), z.array(z.string())),
    routes: z.record(z.string(), z.array(z.string())),
    commands: z.array(z.record(z.string(), z.unknown())),
  })
  .parse(JSON.parse(readFileSync(new URL("manifests/discord.json", root), "utf8")));
const reasons = readFileSync(new URL("manifests/discord.md", root), "utf8");

function sorted(names: Iterable<string>): string[] {
  return [...new Set(names)].sort();
}

/** Every `Routes.something` in the adapter's sources. */
function routesUsed(): string[] {
  const folder = new URL("src/platforms/discord/", root);
  const sources = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  return sorted(
    sources.flatMap((name) => {
      const text = readFileSync(new URL(name, folder), "utf8");
      return [...text.matchAll(/\bRoutes\.(\w+)/g)].map((match) => match[1] ?? "");
    }),
  );
}

/** `claim`, `policy show`: the subcommands below a command or a group. */
function waysOf(holder: object): string[] {
  const { options } = z.object({ options: z.array(z.looseObject({})).default([]) }).parse(holder);
  return options.flatMap((option) => {
    const { type, name } = z.object({ type: z.number(), name: z.string() }).parse(option);
    if (type === 2) return waysOf(option).map((sub) => `${name} ${sub}`);
    return type === 1 ? [name] : [];
  });
}

describe("the manifest of the Discord application", () => {
  test("names the intents that are asked for, with Discord's own bits", () => {
    expect(manifest.intents).toEqual({ ...intents });
    for (const [name, bit] of Object.entries(manifest.intents))
      expect(GatewayIntentBits).toHaveProperty(name, bit);
    expect(manifest.intentBits).toBe(Number(sum(intents)));
    expect(manifest.privilegedIntents).toEqual(["MessageContent"]);
  });

  test("asks for an intent when an event needs it, and for no other", () => {
    expect(sorted(Object.keys(manifest.events))).toEqual(sorted([...atlasEvents, ...heardEvents]));
    expect(sorted(Object.values(manifest.events).flat())).toEqual(sorted(Object.keys(manifest.intents)));
  });

  test("names the permissions that are asked for, with Discord's own bits", () => {
    const written = Object.entries(permissions).map(([name, bit]) => [name, bit.toString()]);
    expect(manifest.permissions).toEqual(Object.fromEntries(written));
    for (const [name, bit] of Object.entries(permissions))
      expect(PermissionFlagsBits).toHaveProperty(name, bit);
    expect(manifest.permissionBits).toBe(sum(permissions).toString());
  });

  test("asks for a permission when a route in use needs it, and for no other", () => {
    expect(sorted(Object.keys(manifest.routes))).toEqual(routesUsed());
    expect(sorted(Object.values(manifest.routes).flat())).toEqual(sorted(Object.keys(manifest.permissions)));
  });

  test("invites the bot with exactly that", () => {
    const invite = new URL(manifest.invite.replace("{APPLICATION_ID}", "1"));
    expect(invite.searchParams.get("permissions")).toBe(manifest.permissionBits);
    expect(invite.searchParams.get("scope")?.split(" ")).toEqual([...scopes]);
    expect(manifest.scopes).toEqual([...scopes]);
  });

  test("holds the commands exactly as they are registered", () => {
    expect(manifest.commands).toEqual(JSON.parse(JSON.stringify(commands())));
  });

  test("has every act that can be typed, and every shortcut, and nothing else", () => {
    const typed = acts.flatMap((act) =>
      act.slash ? [[act.slash.command, act.slash.sub].filter(Boolean).join(" ")] : [],
    );
    const registered = commands().flatMap((command) => {
      if (command.type !== 1) return [];
      const subs = waysOf(command);
      return subs.length === 0 ? [command.name] : subs.map((sub) => `${command.name} ${sub}`);
    });
    expect(sorted(registered)).toEqual(sorted(typed));
    const menus = commands().flatMap((command) => (command.type === 3 ? [command.name] : []));
    expect(sorted(menus)).toEqual(sorted(acts.flatMap((act) => act.shortcut?.en ?? [])));
    expect(menus.length).toBeLessThanOrEqual(5);
  });

  test("gives a reason for every intent, permission, scope and command", () => {
    const names = [...Object.keys(intents), ...Object.keys(permissions), ...scopes];
    for (const name of names) expect(reasons).toContain(`\`${name}\``);
    for (const { name, type } of commands())
      expect(reasons).toContain(type === 1 ? `\`/${name}\`` : `*${name}*`);
  });
});
