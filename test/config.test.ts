import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { environment, readConfig, variables } from "../src/config.ts";
import { SiempreError } from "../src/errors.ts";

const slack = { SLACK_BOT_TOKEN: "xoxb-1-2-secretA", SLACK_APP_TOKEN: "xapp-1-A-2-secretB" };
const discord = { DISCORD_TOKEN: "MTEx.secretC.abcdefghijklmnop" };

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "siempre-config-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

function refusal(env: Record<string, string>): SiempreError {
  try {
    readConfig(env, directory);
  } catch (error) {
    if (error instanceof SiempreError) return error;
    throw error;
  }
  throw new Error("was accepted");
}

describe("the configuration", () => {
  it("with nothing set has no platform, its own database and the default promise", () => {
    expect(readConfig({}, directory)).toEqual({
      slack: null,
      discord: null,
      port: null,
      pager: null,
      pagers: new Map(),
      databaseUrl: null,
      redisUrl: null,
      policyFile: null,
      logLevel: "info",
      dataDir: ".data",
      color: "auto",
      isCI: false,
    });
  });

  it("of one platform alone is fine, and points at the real servers", () => {
    expect(readConfig(slack, directory)).toMatchObject({
      slack: {
        botToken: "xoxb-1-2-secretA",
        appToken: "xapp-1-A-2-secretB",
        signingSecret: null,
        apiUrl: "https://slack.com/api/",
      },
      discord: null,
    });
    expect(readConfig(discord, directory)).toMatchObject({
      slack: null,
      discord: { token: discord.DISCORD_TOKEN, apiUrl: "https://discord.com/api" },
    });
  });

  it("of Slack over HTTP needs the signing secret and a port, and no app token", () => {
    const http = { SLACK_BOT_TOKEN: slack.SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET: "0f".repeat(16) };

    expect(readConfig({ ...http, PORT: "3000" }, directory)).toMatchObject({
      slack: { botToken: "xoxb-1-2-secretA", appToken: null, signingSecret: "0f".repeat(16) },
      port: 3000,
    });
    expect(readConfig({ ...http, ...slack, PORT: "0" }, directory).slack?.appToken).toBe(
      slack.SLACK_APP_TOKEN,
    );
    expect(refusal(http).fields.variables).toEqual(["PORT"]);
    expect(refusal({ SLACK_SIGNING_SECRET: "0f".repeat(16), PORT: "3000" }).fields.variables).toEqual([
      "SLACK_BOT_TOKEN",
    ]);
    expect(refusal({ ...http, PORT: "65536" }).message).toContain('PORT: "65536" is not a port');
  });

  it("of a port alone is fine: health can be asked of any bot", () => {
    expect(readConfig({ PORT: "8080" }, directory)).toMatchObject({ slack: null, port: 8080 });
  });

  it("gives Slack's address the slash its SDK wants, and Discord's none", () => {
    const urls = {
      SLACK_API_URL: "http://127.0.0.1:4010/api",
      DISCORD_API_URL: "http://127.0.0.1:4020/api/",
    };
    const config = readConfig({ ...slack, ...discord, ...urls }, directory);

    expect(config.slack?.apiUrl).toBe("http://127.0.0.1:4010/api/");
    expect(config.discord?.apiUrl).toBe("http://127.0.0.1:4020/api");
  });

  it("wakes people through one of three services, each with what it needs", () => {
    const key = "0123456789abcdef0123456789abcdef";
    const secret = "a-long-random-text";
    const url = "https://pager.example.com/siempre";

    expect(readConfig({ PAGE_URL: url, PAGE_SECRET: secret }, directory).pager).toEqual({
      url,
      shape: "plain",
      key: null,
      secret,
    });
    expect(readConfig({ PAGE_SHAPE: "pagerduty", PAGE_KEY: key }, directory).pager).toEqual({
      url: "https://events.pagerduty.com/v2/enqueue",
      shape: "pagerduty",
      key,
      secret: null,
    });
    const eu = "https://api.eu.opsgenie.com/v2/alerts";
    expect(
      readConfig({ PAGE_SHAPE: "opsgenie", PAGE_KEY: key, PAGE_URL: eu, PAGE_SECRET: secret }, directory)
        .pager,
    ).toEqual({ url: eu, shape: "opsgenie", key, secret });
    expect(refusal({ PAGE_URL: url }).fields.variables).toEqual(["PAGE_SECRET"]);
    expect(refusal({ PAGE_SECRET: secret }).fields.variables).toEqual(["PAGE_URL"]);
    expect(refusal({ PAGE_SHAPE: "opsgenie" }).fields.variables).toEqual(["PAGE_KEY"]);
    expect(refusal({ PAGE_SHAPE: "fax", PAGE_URL: "pager" }).fields.variables).toEqual([
      "PAGE_SHAPE",
      "PAGE_URL",
      "PAGE_SECRET",
    ]);
  });

  it("knows pagers that the policy may name, each with variables of its own, checked like the unnamed one", () => {
    const key = "0123456789abcdef0123456789abcdef";
    const { pager, pagers } = readConfig(
      {
        PAGE_SHAPE_NIGHT_DESK: "pagerduty",
        PAGE_KEY_NIGHT_DESK: key,
        PAGE_URL_BILLING: "https://pager.example.com/billing",
        PAGE_SECRET_BILLING: "a-long-random-text",
        PAGE_URL_EMPTY: " ",
      },
      directory,
    );

    expect(pager).toBeNull();
    expect(pagers).toEqual(
      new Map([
        [
          "NIGHT_DESK",
          { url: "https://events.pagerduty.com/v2/enqueue", shape: "pagerduty", key, secret: null },
        ],
        [
          "BILLING",
          {
            url: "https://pager.example.com/billing",
            shape: "plain",
            key: null,
            secret: "a-long-random-text",
          },
        ],
      ]),
    );
    const wrong = refusal({ PAGE_URL_BILLING: "https://pager.example.com", PAGE_KEY_NIGHT: "hunter 2" });
    expect(wrong.fields.variables).toEqual([
      "PAGE_KEY_NIGHT",
      "PAGE_SECRET_BILLING",
      "PAGE_URL_NIGHT",
      "PAGE_SECRET_NIGHT",
    ]);
    expect(wrong.message).toContain("PAGE_SECRET_BILLING: is not set, but PAGE_URL_BILLING is");
    expect(wrong.message).not.toContain("hunter");
  });

  it("takes empty values as not set, as an untouched .env.example leaves them", () => {
    const empty = Object.fromEntries(variables.map(({ name }) => [name, " "]));

    expect(readConfig(empty, directory)).toEqual(readConfig({}, directory));
  });

  it("finds policy.yaml where there is one, and says so when a named file is missing", () => {
    writeFileSync(join(directory, "policy.yaml"), "");

    expect(readConfig({}, directory).policyFile).toBe(join(directory, "policy.yaml"));
    expect(readConfig({ POLICY_FILE: join(directory, "policy.yaml") }, directory).policyFile).toMatch(
      /policy\.yaml$/,
    );
    expect(refusal({ POLICY_FILE: "promise.yaml" }).message).toContain(
      '"promise.yaml", and there is no such file',
    );
  });

  it.each([
    [{ NO_COLOR: "1" }, "never"],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, "never"],
    [{ FORCE_COLOR: "1" }, "always"],
    [{ FORCE_COLOR: "0" }, "never"],
    [{ TERM: "dumb" }, "never"],
    [{ TERM: "xterm" }, "auto"],
  ])("with %j colours %s", (env, color) => {
    expect(readConfig(env, directory).color).toBe(color);
  });

  it("knows continuous integration", () => {
    expect(readConfig({ CI: "true" }, directory).isCI).toBe(true);
    expect(readConfig({ CI: "false" }, directory).isCI).toBe(false);
  });
});

describe("a wrong configuration", () => {
  it("is refused with every fault at once: the variable, what is wrong, and an example", () => {
    const error = refusal({
      SLACK_BOT_TOKEN: "xoxp-users-own",
      DISCORD_TOKEN: "Bot MTEx.a.b",
      SLACK_API_URL: "slack.com",
      DATABASE_URL: "mysql://root:hunter2@localhost/x",
      REDIS_URL: "localhost:6379",
      LOG_LEVEL: "loud",
    });

    expect(error.code).toBe("config_invalid");
    expect(error.fields.variables).toEqual([
      "SLACK_BOT_TOKEN",
      "SLACK_API_URL",
      "DISCORD_TOKEN",
      "DATABASE_URL",
      "REDIS_URL",
      "LOG_LEVEL",
      "SLACK_APP_TOKEN",
    ]);
    expect(error.message.split("\n")).toContain(
      "  SLACK_BOT_TOKEN: what is set is not a bot token, which begins with xoxb-, such as xoxb-1111-2222-abc",
    );
    expect(error.message.split("\n")).toContain(
      '  LOG_LEVEL: "loud" is not one of fatal, error, warn, info, debug, trace, silent, such as info',
    );
    expect(error.message).toContain("SLACK_APP_TOKEN: is not set, but SLACK_BOT_TOKEN is");
  });

  it("never shows a secret", () => {
    const wrong = Object.fromEntries(
      variables.filter(({ secret }) => secret).map(({ name }) => [name, "hunter 2"]),
    );
    const error = refusal(wrong);

    expect(Object.keys(wrong)).toHaveLength(9);
    expect(JSON.stringify([error.message, error.fields, error.stack])).not.toContain("hunter");
  });
});

describe("the .env file", () => {
  it("fills in what the environment leaves unset or empty, and overrides nothing", () => {
    vi.stubEnv("LOG_LEVEL", "warn");
    vi.stubEnv("DATA_DIR", "");
    vi.stubEnv("DISCORD_TOKEN", undefined);
    writeFileSync(
      join(directory, ".env"),
      `LOG_LEVEL=debug\nDATA_DIR="my data"\nDISCORD_TOKEN=${discord.DISCORD_TOKEN}\n`,
    );

    expect(readConfig(environment(directory), directory)).toMatchObject({
      logLevel: "warn",
      dataDir: "my data",
      discord: { token: discord.DISCORD_TOKEN },
    });
  });

  it("need not be there", () => {
    vi.stubEnv("LOG_LEVEL", "error");

    expect(readConfig(environment(directory), directory).logLevel).toBe("error");
  });
});

describe(".env.example", () => {
  it("names every variable there is, with its comment, an example and its default, and no other", () => {
    const text = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
    const blocks = text.split(/\n\n/).slice(1);

    expect(blocks.map((block) => block.trim())).toEqual(
      variables.map(
        ({ name, about, example, default: value }) => `# ${about}\n# Such as ${example}\n${name}=${value}`,
      ),
    );
  });

  it("copied to .env as it is changes nothing", () => {
    writeFileSync(join(directory, ".env"), readFileSync(new URL("../.env.example", import.meta.url)));
    for (const name of [...variables.map((variable) => variable.name), "CI", "NO_COLOR", "FORCE_COLOR"]) {
      vi.stubEnv(name, undefined);
    }
    vi.stubEnv("TERM", "xterm");

    expect(readConfig(environment(directory), directory)).toEqual(readConfig({}, directory));
  });

  it("has examples that are themselves right", () => {
    const examples = Object.fromEntries(variables.map(({ name, example }) => [name, example]));
    writeFileSync(join(directory, "policy.yaml"), "");

    expect(() => readConfig(examples, directory)).not.toThrow();
  });
});
