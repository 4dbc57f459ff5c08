// Discord's order: @everyone, roles together, overwrites of @everyone, of roles together, of the member.
import { describe, expect, test } from "vitest";
import {
  canView,
  type GuildRules,
  guildPermissions,
  isPrivate,
  type Overwrite,
  Permission,
} from "../../../src/platforms/discord/permissions.ts";

const VIEW = Permission.viewChannel;
const role = (id: string, permissions = 0n) => [id, { id, name: id, permissions }] as const;
const guild: GuildRules = {
  id: "g",
  owner: "boss",
  roles: new Map([role("g", VIEW), role("a"), role("b"), role("admin", Permission.administrator)]),
};
const rule = (id: string, kind: 0 | 1, bits: { allow?: bigint; deny?: bigint }): Overwrite => ({
  id,
  kind,
  allow: bits.allow ?? 0n,
  deny: bits.deny ?? 0n,
});
const hidden = rule("g", 0, { deny: VIEW });

describe("who can see a channel", () => {
  test("everybody, where nothing says otherwise", () => {
    expect(canView(guild, [], { id: "x", roles: [] })).toBe(true);
    expect(isPrivate(guild, [])).toBe(false);
  });

  test("only those let in, where @everyone is kept out", () => {
    const rules = [hidden, rule("a", 0, { allow: VIEW }), rule("guest", 1, { allow: VIEW })];
    expect(isPrivate(guild, rules)).toBe(true);
    expect(canView(guild, rules, { id: "x", roles: [] })).toBe(false);
    expect(canView(guild, rules, { id: "x", roles: ["a"] })).toBe(true);
    expect(canView(guild, rules, { id: "guest", roles: [] })).toBe(true);
  });

  test("one role that allows outweighs another that denies; the member's own rule outweighs both", () => {
    const rules = [rule("a", 0, { deny: VIEW }), rule("b", 0, { allow: VIEW }), rule("x", 1, { deny: VIEW })];
    expect(canView(guild, rules, { id: "y", roles: ["a", "b"] })).toBe(true);
    expect(canView(guild, rules, { id: "y", roles: ["a"] })).toBe(false);
    expect(canView(guild, rules, { id: "x", roles: ["b"] })).toBe(false);
  });

  test("owners and administrators, always", () => {
    const rules = [hidden, rule("boss", 1, { deny: VIEW }), rule("admin", 0, { deny: VIEW })];
    expect(canView(guild, rules, { id: "boss", roles: [] })).toBe(true);
    expect(canView(guild, rules, { id: "x", roles: ["admin"] })).toBe(true);
    expect(guildPermissions(guild, { id: "x", roles: ["admin"] }) & Permission.manageGuild).not.toBe(0n);
  });

  test("a role that is gone gives nothing", () => {
    expect(guildPermissions(guild, { id: "x", roles: ["gone"] })).toBe(VIEW);
  });
});
