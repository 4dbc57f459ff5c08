// What the environment says, checked once at the start. Nothing else in src reads process.env.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { z } from "zod";
import { namedPagers, type PagerSettings, pagerOf, shapeOf } from "./config/pagers.ts";
import { SiempreError } from "./errors.ts";
import { shapes } from "./paging/shapes.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Config {
  /** Slack by Socket Mode (`appToken`), by signed HTTP (`signingSecret`), or both; null: not configured. */
  slack: { botToken: string; appToken: string | null; signingSecret: string | null; apiUrl: string } | null;
  /** Discord, or null: not configured. */
  discord: { token: string; apiUrl: string } | null;
  /** Where the bot listens for Slack and for health checks; null: nowhere. 0: any free port. */
  port: number | null;
  /** What wakes people on call, where the policy names no other; null: nothing does. */
  pager: PagerSettings | null;
  /** Those that the policy may name, by the end of their variables: PAGE_URL_NIGHT_DESK is of NIGHT_DESK. */
  pagers: ReadonlyMap<string, PagerSettings>;
  /** Null: the bot brings its own Postgres. */
  databaseUrl: string | null;
  redisUrl: string | null;
  /** The path of the written promise, or null: the defaults hold. */
  policyFile: string | null;
  logLevel: string;
  dataDir: string;
  /** Colour in the terminal: as NO_COLOR and FORCE_COLOR ask, otherwise where the output is a terminal that has some. */
  color: "always" | "never" | "auto";
  /** Running in continuous integration: no progress bars, nothing that waits for a key. */
  isCI: boolean;
}

export interface Variable {
  name: string;
  /** What it is for, in the words of .env.example. */
  about: string;
  /** What holds without it, as written in .env.example; "" for nothing. */
  default: string;
  example: string;
  /** Its value is never shown. */
  secret: boolean;
  check: z.ZodType<string>;
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];

function token(prefix: string, name: string) {
  const pattern = new RegExp(`^${prefix}[\\w-]+$`);
  return z.string().regex(pattern, { error: `is not ${name}, which begins with ${prefix}` });
}

function address(...protocols: readonly string[]) {
  const known = protocols.map((protocol) => `${protocol}://`).join(" or ");
  return z
    .string()
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol.slice(0, -1)), {
      error: `is not an address that begins with ${known}`,
    });
}

/** Every variable there is for a person to set, in the order of .env.example. */
export const variables: readonly Variable[] = [
  {
    name: "SLACK_BOT_TOKEN",
    about:
      "Slack: the Bot User OAuth Token (OAuth & Permissions). With it goes a way in: one of the next two.",
    default: "",
    example: "xoxb-1111-2222-abc",
    secret: true,
    check: token("xoxb-", "a bot token"),
  },
  {
    name: "SLACK_APP_TOKEN",
    about: "Slack: the App-Level Token with connections:write (Basic Information), for Socket Mode.",
    default: "",
    example: "xapp-1-A111-2222-abc",
    secret: true,
    check: token("xapp-", "an app-level token"),
  },
  {
    name: "SLACK_SIGNING_SECRET",
    about:
      "Slack: the Signing Secret (Basic Information), to be reached over HTTP instead. With it goes PORT.",
    default: "",
    example: "0123456789abcdef0123456789abcdef",
    secret: true,
    check: z.string().regex(/^[0-9a-f]{32}$/, {
      error: "is not a signing secret, which is 32 of the characters 0-9 and a-f",
    }),
  },
  {
    name: "PORT",
    about:
      "Where the bot listens: GET /health, and with SLACK_SIGNING_SECRET also Slack's requests, POST /slack/events.",
    default: "",
    example: "3000",
    secret: false,
    check: z.string().refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, {
      error: "is not a port, which is a number up to 65535",
    }),
  },
  {
    name: "SLACK_API_URL",
    about: "Slack: where its Web API is; for running against another server.",
    default: "https://slack.com/api/",
    example: "http://127.0.0.1:4010/api/",
    secret: false,
    check: address("https", "http"),
  },
  {
    name: "DISCORD_TOKEN",
    about: "Discord: the bot's token (Bot, Reset Token).",
    default: "",
    example: "MTExMTExMTEx.Gabcde.abcdefghijkl",
    secret: true,
    check: z.string().regex(/^[\w.-]{20,}$/, {
      error: 'is not a bot token: about 70 letters and digits with two dots, without "Bot " before it',
    }),
  },
  {
    name: "DISCORD_API_URL",
    about: "Discord: where its REST API is, without the version; for running against another server.",
    default: "https://discord.com/api",
    example: "http://127.0.0.1:4020/api",
    secret: false,
    check: address("https", "http"),
  },
  {
    name: "PAGE_SHAPE",
    about: "What wakes people on call: plain (a webhook of yours, docs/paging.md), pagerduty or opsgenie.",
    default: "plain",
    example: "pagerduty",
    secret: false,
    check: z.string().refine((shape) => shapeOf(shape) !== undefined, {
      error: `is not one of ${shapes.join(", ")}`,
    }),
  },
  {
    name: "PAGE_URL",
    about: "Where pages are sent. PagerDuty and Opsgenie (not its EU instance) need none.",
    default: "",
    example: "https://pager.example.com/siempre",
    secret: true,
    check: address("https", "http"),
  },
  {
    name: "PAGE_KEY",
    about:
      "PagerDuty: the integration's routing key (Events API v2). Opsgenie: the API key of an API integration.",
    default: "",
    example: "0123456789abcdef0123456789abcdef",
    secret: true,
    check: z.string().regex(/^[\w-]{16,64}$/, { error: "is not a key of PagerDuty or Opsgenie" }),
  },
  {
    name: "PAGE_SECRET",
    about: "Signs every page, so that your webhook knows it is ours. At least 16 characters.",
    default: "",
    example: "a-long-random-text-of-your-own",
    secret: true,
    check: z.string().min(16, { error: "is shorter than 16 characters" }),
  },
  {
    name: "DATABASE_URL",
    about: "A PostgreSQL database. Without it the bot runs one of its own in DATA_DIR.",
    default: "",
    example: "postgresql://siempre:password@localhost:5432/siempre",
    secret: true,
    check: address("postgresql", "postgres"),
  },
  {
    name: "REDIS_URL",
    about: "Redis, to share Slack's rate limits between several processes. One process needs none.",
    default: "",
    example: "redis://localhost:6379",
    secret: true,
    check: address("redis", "rediss"),
  },
  {
    name: "POLICY_FILE",
    about:
      "The written promise; policy.example.yaml explains it. Where there is no policy.yaml, its defaults hold.",
    default: "policy.yaml",
    example: "policy.yaml",
    secret: false,
    check: z.string(),
  },
  {
    name: "LOG_LEVEL",
    about: "fatal, error, warn, info, debug, trace or silent. What people write is logged at debug only.",
    default: "info",
    example: "info",
    secret: false,
    check: z.string().refine((level) => LOG_LEVELS.includes(level), {
      error: `is not one of ${LOG_LEVELS.join(", ")}`,
    }),
  },
  {
    name: "DATA_DIR",
    about: "Where the bot keeps what is its own: the database, if it runs one.",
    default: ".data",
    example: ".data",
    secret: false,
    check: z.string(),
  },
];

/**
 * The configuration. Without arguments it reads this process's environment and, for what is not set there, a `.env` file in
 * the working directory. An empty value counts as not set.
 * Throws SiempreError `config_invalid` that lists every fault: the variable, what is wrong, an example; never a secret.
 */
export function readConfig(env: Environment = environment(process.cwd()), directory = process.cwd()): Config {
  const faults: { name: string; message: string }[] = [];
  const given = (name: string): string | null => env[name]?.trim() || null;
  const values = new Map<string, string>();
  for (const { name, check, secret, example, default: fallback } of variables) {
    const value = given(name) ?? fallback;
    if (value === "") continue;
    values.set(name, value);
    const result = check.safeParse(value);
    if (result.success) continue;
    const shown = secret ? "what is set" : JSON.stringify(value);
    const reasons = result.error.issues.map((issue) => issue.message).join(" and ");
    faults.push({ name, message: `${shown} ${reasons}, such as ${example}` });
  }
  const value = (name: string): string | null => values.get(name) ?? null;

  const botToken = value("SLACK_BOT_TOKEN");
  const appToken = value("SLACK_APP_TOKEN");
  const signingSecret = value("SLACK_SIGNING_SECRET");
  const port = value("PORT");
  const missing = (name: string, why: string) => {
    const example = variables.find((variable) => variable.name === name)?.example;
    faults.push({ name, message: `is not set, but ${why}, such as ${example}` });
  };
  const wayIn =
    appToken !== null ? "SLACK_APP_TOKEN" : signingSecret !== null ? "SLACK_SIGNING_SECRET" : null;
  if (botToken === null && wayIn !== null) missing("SLACK_BOT_TOKEN", `${wayIn} is: set both or none`);
  if (botToken !== null && wayIn === null)
    missing(
      "SLACK_APP_TOKEN",
      "SLACK_BOT_TOKEN is: set both or none, or SLACK_SIGNING_SECRET and PORT with it",
    );
  if (signingSecret !== null && port === null) missing("PORT", "SLACK_SIGNING_SECRET is: set both or none");
  const pager = pagerOf(value, missing);
  const named = namedPagers(env, variables);
  faults.push(...named.faults);
  const policyFile = resolve(directory, value("POLICY_FILE") ?? "");
  const hasPolicy = existsSync(policyFile);
  const written = given("POLICY_FILE");
  // The default may stand in .env, as it does in .env.example, before there is a policy.
  if (written !== null && written !== "policy.yaml" && !hasPolicy) {
    faults.push({
      name: "POLICY_FILE",
      message: `names ${JSON.stringify(written)}, and there is no such file`,
    });
  }
  if (faults.length > 0) throw invalid(faults);

  const discordToken = value("DISCORD_TOKEN");
  return {
    slack:
      botToken === null
        ? null
        : {
            botToken,
            appToken,
            signingSecret,
            apiUrl: `${(value("SLACK_API_URL") ?? "").replace(/\/+$/, "")}/`,
          },
    discord:
      discordToken === null
        ? null
        : { token: discordToken, apiUrl: (value("DISCORD_API_URL") ?? "").replace(/\/+$/, "") },
    port: port === null ? null : Number(port),
    pager,
    pagers: named.pagers,
    databaseUrl: value("DATABASE_URL"),
    redisUrl: value("REDIS_URL"),
    policyFile: hasPolicy ? policyFile : null,
    logLevel: value("LOG_LEVEL") ?? "info",
    dataDir: value("DATA_DIR") ?? ".data",
    color: colorOf(env),
    isCI: given("CI") !== null && given("CI") !== "false",
  };
}

/** `.env` fills in what the real environment leaves unset or empty; it never overrides it. */
export function environment(directory: string): Environment {
  const file = join(directory, ".env");
  const written: Environment = existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
  const real = Object.entries(process.env).filter(([, value]) => value?.trim());
  return { ...written, ...Object.fromEntries(real) };
}

/** The conventions of no-color.org and of Node's FORCE_COLOR. */
function colorOf(env: Environment): Config["color"] {
  if (env.NO_COLOR) return "never";
  if (env.FORCE_COLOR) return env.FORCE_COLOR === "0" || env.FORCE_COLOR === "false" ? "never" : "always";
  return env.TERM === "dumb" ? "never" : "auto";
}

function invalid(faults: readonly { name: string; message: string }[]): SiempreError {
  const lines = faults.map(({ name, message }) => `  ${name}: ${message}`);
  return new SiempreError(
    "config_invalid",
    `The configuration cannot be used. Correct this in the environment or in .env:\n${lines.join("\n")}`,
    { variables: faults.map(({ name }) => name) },
  );
}
