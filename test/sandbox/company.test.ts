import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { parse } from "yaml";
import { actNamed } from "../../src/acts/catalogue.ts";
import { nextOpening } from "../../src/domain/promises/calendar.ts";
import { workspacePolicyFor } from "../../src/domain/terms.ts";
import { readPolicy } from "../../src/policy-file.ts";
import { MORNING, POLICY, SLACK_SHORTCUTS } from "../../src/sandbox/company.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";

let sandbox: Sandbox | null = null;
afterEach(async () => {
  await sandbox?.stop();
  sandbox = null;
});

async function started(): Promise<{ sandbox: Sandbox; shown: () => string }> {
  let shown = "";
  sandbox = await startSandbox({
    real: () => performance.now(),
    color: false,
    width: () => 80,
    write: (text) => {
      shown += text;
    },
  });
  return { sandbox, shown: () => shown };
}

test("the invented company's promise is one the bot understands, with lunch and a channel that only watches", () => {
  const policy = workspacePolicyFor(readPolicy(POLICY, "the sandbox"), "slack", "T0OLIVAR");
  expect(policy.calendar.hours[2]).toEqual([
    { from: 9 * 60, to: 14 * 60 },
    { from: 15 * 60, to: 18 * 60 },
  ]);
  expect(policy.calendar.timezone).toBe("Europe/Madrid");
  const live = policy.teams[0]?.channels.map(({ channel, live }) => [channel, live]);
  expect(live).toEqual([
    ["ferro-bikes", true],
    ["help", true],
    ["questions", true],
    ["ayuda", false],
  ]);
});

test("the morning begins five minutes before the desk opens", () => {
  const policy = workspacePolicyFor(readPolicy(POLICY, "the sandbox"), "slack", "T0OLIVAR");
  expect(nextOpening(policy.calendar, MORNING)).toBe(MORNING + 5 * 60_000);
});

test("the sandbox's Slack has the shortcuts that the app's manifest installs, and each is an act", () => {
  const manifest = parse(readFileSync("manifests/slack.yaml", "utf8")) as {
    features: { shortcuts: { name: string; callback_id: string }[] };
  };
  const installed = manifest.features.shortcuts.map(({ name, callback_id }) => ({ name, callback_id }));
  expect(SLACK_SHORTCUTS).toEqual(installed);
  for (const { callback_id } of SLACK_SHORTCUTS) expect(actNamed(callback_id)).toBeDefined();
});

test("both platforms stand furnished, and what is said on either is shown", async () => {
  const { sandbox, shown } = await started();
  await sandbox.slack.say("U0OLMO", "C0AYUDA", "Buenos días");
  expect(sandbox.clock.now()).toBeGreaterThanOrEqual(MORNING);
  expect(shown()).toContain("08:55 │ Slack #ayuda · Olmo Prieto (customer)\n      │ Buenos días\n");
});

test("customers cannot look into the team's channels", async () => {
  const { sandbox } = await started();
  await expect(sandbox.slack.say("U0OLMO", "C0TEAM", "Hi")).rejects.toThrow(/not in channel/);
});

test("a stopped sandbox shows nothing more and frees its ports", async () => {
  const { sandbox, shown } = await started();
  await sandbox.stop();
  const before = shown();
  await expect(fetch(`${sandbox.slack.apiUrl}api.test`)).rejects.toThrow();
  await expect(fetch(`${sandbox.discord.apiUrl}/v10/gateway`)).rejects.toThrow();
  expect(shown()).toBe(before);
});
