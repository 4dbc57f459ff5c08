// manifests/slack.yaml against what the code really uses, in both directions.
import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { shortcuts, slashCommands } from "../../src/acts/catalogue.ts";
import { usageOf } from "../../src/acts/slash.ts";
import { readEvent } from "../../src/platforms/slack/inbound.ts";
import { EVENTS, METHODS, neededScopes } from "../../src/platforms/slack/methods.ts";

const source = readFileSync("manifests/slack.yaml", "utf8");
const manifest = z
  .object({
    features: z.object({
      slash_commands: z.array(
        z.object({
          command: z.string(),
          description: z.string(),
          usage_hint: z.string().optional(),
          should_escape: z.boolean(),
        }),
      ),
      shortcuts: z.array(
        z.object({ name: z.string(), type: z.string(), callback_id: z.string(), description: z.string() }),
      ),
    }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({
      event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
      interactivity: z.object({ is_enabled: z.boolean() }),
      socket_mode_enabled: z.boolean(),
    }),
  })
  .parse(parse(source));

const sorted = (values: Iterable<string>) => [...values].sort();

describe("the Slack manifest", () => {
  test("asks for exactly the scopes of the methods called and the events heard", () => {
    expect(sorted(manifest.oauth_config.scopes.bot)).toEqual(sorted(neededScopes()));
  });

  test("names every Web API method that stands in the source, and no other", () => {
    const folder = "src/platforms/slack";
    const files = readdirSync(folder).filter((file) => file.endsWith(".ts") && file !== "methods.ts");
    const text = files.map((file) => readFileSync(`${folder}/${file}`, "utf8")).join("\n");
    const called = text.matchAll(
      /"((?:auth|chat|conversations|reactions|users|usergroups|views|files)\.[a-zA-Z.]+)"/g,
    );
    expect(sorted(new Set([...called].map((match) => match[1] ?? "")))).toEqual(sorted(Object.keys(METHODS)));
  });

  test("subscribes to exactly the events that are read", () => {
    expect(sorted(manifest.settings.event_subscriptions.bot_events)).toEqual(sorted(Object.keys(EVENTS)));
  });

  test("subscribes to no event that would be ignored", () => {
    const self = { workspace: "T1", enterprise: null, botUser: "U0BOT", botId: "B0BOT" };
    const place = { channel: "C1", user: "U1", ts: "1700000000.000100", event_ts: "1700000000.000100" };
    const item = { type: "message", channel: "C1", ts: place.ts };
    for (const { type } of Object.values(EVENTS)) {
      const event = { ...place, type, text: "hello", reaction: "ticket", item };
      expect(readEvent({ type: "event_callback", event }, self).kind, type).not.toBe("ignored");
    }
  });

  test("gives the reason for each scope and each event in a comment", () => {
    const reasons = new Set([...source.matchAll(/^\s+- ([\w:.]+) # \S.+$/gm)].map((match) => match[1]));
    const { bot } = manifest.oauth_config.scopes;
    for (const name of [...bot, ...manifest.settings.event_subscriptions.bot_events])
      expect(reasons, `a reason for ${name}`).toContain(name);
  });

  test("has the slash commands of the catalogue, with their usage, and escapes mentions", () => {
    const expected = [...slashCommands()].map(([command, acts]) => {
      const hints = acts.map((act) => usageOf(act).slice(command.length + 2)).filter((hint) => hint !== "");
      const [only] = acts;
      return {
        command: `/${command}`,
        description: only?.slash?.sub === null ? only.words.en : expect.any(String),
        ...(hints.length > 0 ? { usage_hint: hints.join(" | ") } : {}),
        should_escape: true,
      };
    });
    expect(manifest.features.slash_commands).toEqual(expected);
  });

  test("has the message shortcuts of the catalogue", () => {
    const expected = shortcuts().map((act) => ({
      name: act.shortcut?.en,
      type: "message",
      callback_id: act.name,
      description: act.words.en,
    }));
    const order = (list: readonly { callback_id: string }[]) =>
      [...list].sort((a, b) => a.callback_id.localeCompare(b.callback_id));
    expect(order(manifest.features.shortcuts)).toEqual(order(expected));
  });

  test("turns on the socket and interactivity", () => {
    expect(manifest.settings).toMatchObject({
      socket_mode_enabled: true,
      interactivity: { is_enabled: true },
    });
  });

  test("asks only for scopes and events that Slack has, which its schema does not check", () => {
    const { bot_scopes: scopes, events } = z
      .object({ bot_scopes: z.array(z.string()), events: z.array(z.string()) })
      .parse(JSON.parse(readFileSync("test/fixtures/slack/vocabulary.json", "utf8")));
    expect(manifest.oauth_config.scopes.bot.filter((scope) => !scopes.includes(scope))).toEqual([]);
    expect(manifest.settings.event_subscriptions.bot_events.filter((name) => !events.includes(name))).toEqual(
      [],
    );
  });

  const versions = ["1.0.0", "2.0.0"];

  /** What Slack's own schema finds wrong with a manifest. */
  function faultsOf(made: unknown, version: string): unknown[] {
    const ajv = new Ajv({ strict: false, allErrors: true, formats: { uri: true } });
    const schema = readFileSync(`test/fixtures/slack/manifest/manifest.schema.${version}.json`, "utf8");
    const check = ajv.compile(z.record(z.string(), z.unknown()).parse(JSON.parse(schema)));
    check(made);
    return check.errors ?? [];
  }

  test("has the form Slack's own schema asks for", () => {
    expect(faultsOf(parse(source), "1.0.0")).toEqual([]);
    const misspelt = { ...parse(source), settings: { socket_mode_enable: true } };
    expect(faultsOf(misspelt, "1.0.0")).not.toEqual([]);
  });

  test.each(versions)("has it also for HTTP, changed as the adapter's README says (schema %s)", (version) => {
    const made = parse(source);
    const url = "https://siempre.example.com/slack/events";
    made._metadata.major_version = Number(version[0]);
    made.settings.socket_mode_enabled = false;
    made.settings.event_subscriptions.request_url = url;
    made.settings.interactivity.request_url = url;
    for (const command of made.features.slash_commands) command.url = url;
    expect(faultsOf(made, version)).toEqual([]);
  });
});
