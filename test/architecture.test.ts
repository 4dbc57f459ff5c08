// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources under test are text.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check, packageOf } from "./architecture/check.ts";
import { importsOf, scan } from "./architecture/scan.ts";

const root = join(import.meta.dirname, "..");

function sourcesOfTheBot(): Record<string, string> {
  const sources: Record<string, string> = {};
  for (const entry of readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })) {
    const path = entry.replaceAll("\\", "/");
    if (path.endsWith(".ts") && !path.startsWith("store/generated/")) {
      sources[path] = readFileSync(join(root, "src", entry), "utf8");
    }
  }
  return sources;
}

describe("the source", () => {
  const sources = sourcesOfTheBot();

  test("keeps to the import table, one reader of the environment, one of the clock, and honest names", () => {
    expect(check(sources)).toEqual([]);
  });

  test("needs at run time only what package.json lists as a dependency", () => {
    const listed = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    const missing = Object.entries(sources).flatMap(([path, source]) =>
      importsOf(scan(source))
        .filter(
          (found) => found.specifier !== null && !/^(?:\.|node:)/.test(found.specifier) && !found.typeOnly,
        )
        .map((found) => packageOf(found.specifier ?? ""))
        .filter((name) => !(name in listed.dependencies))
        .map((name) => `${path} needs ${name}`),
    );
    expect(missing).toEqual([]);
  });
});

describe("the check finds a planted fault", () => {
  const faults: [what: string, path: string, source: string, finding: RegExp][] = [
    [
      "the core reaching for the store",
      "domain/x.ts",
      'import { a } from "../store/a.ts";',
      /domain may not import store/,
    ],
    [
      "the core using Node",
      "domain/x.ts",
      'import { readFileSync } from "node:fs";',
      /may not import the package node:fs/,
    ],
    ["the core logging", "domain/x.ts", 'import type { Log } from "../log.ts";', /domain may not import log/],
    [
      "a type that crosses a border",
      "acts/x.ts",
      'import type { C } from "../messages/card.ts";',
      /acts may not import messages/,
    ],
    [
      "an import over several lines",
      "acts/x.ts",
      'import {\n  a,\n  b,\n} from "../store/a.ts";',
      /acts\/x\.ts:1 acts may not import store/,
    ],
    ["an import for its effect", "acts/x.ts", 'import "../store/a.ts";', /acts may not import store/],
    [
      "a re-export",
      "acts/x.ts",
      'export { a } from "../store/a.ts";\nexport const b = 1;',
      /acts may not import store/,
    ],
    [
      "a star re-export",
      "acts/x.ts",
      'export * from "../store/a.ts";\nexport const b = 1;',
      /acts may not import store/,
    ],
    [
      "a dynamic import",
      "jobs/x.ts",
      'const s = await import("../platforms/slack/index.ts");',
      /jobs may not import slack/,
    ],
    [
      "a dynamic import of who knows what",
      "jobs/x.ts",
      "await import(name);",
      /cannot be read off the source/,
    ],
    [
      "a dynamic import of a constant",
      "jobs/x.ts",
      'const name = "../store/../platforms/slack/a.ts";\nawait import(name);',
      /jobs may not import slack/,
    ],
    [
      "a dynamic import of one of two constants",
      "jobs/x.ts",
      'const name = "../store/a.ts";\n{ const name = where(); await import(name); }',
      /cannot be read off the source/,
    ],
    [
      "a dynamic import of a template",
      "jobs/x.ts",
      "await import(`./${name}.ts`);",
      /cannot be read off the source/,
    ],
    [
      "a type taken by import()",
      "domain/x.ts",
      'type A = import("../store/a.ts").A;',
      /domain may not import store/,
    ],
    ["require", "domain/x.ts", 'const a = require("pg");', /may not import the package pg/],
    [
      "an import inside a template",
      "domain/x.ts",
      'const a = `${await import("pg")}`;',
      /may not import the package pg/,
    ],
    [
      "one adapter reading the other",
      "platforms/slack/x.ts",
      'import { a } from "../discord/a.ts";',
      /slack may not import discord/,
    ],
    [
      "an adapter using the other's SDK",
      "platforms/slack/x.ts",
      'import { Client } from "discord.js";',
      /slack may not import the package discord\.js/,
    ],
    [
      "an adapter reading more than cards",
      "platforms/slack/x.ts",
      'import { a } from "../../messages/text/a.ts";',
      /slack may not import messages/,
    ],
    [
      "the sandbox knowing the bot",
      "sandbox/slack/x.ts",
      'import { packAct } from "../../acts/packing.ts";',
      /sandbox may not import acts/,
    ],
    [
      "the sandbox running the configuration",
      "sandbox/x.ts",
      'import { load } from "../config.ts";',
      /sandbox may import only types of config/,
    ],
    [
      "an adapter making its own log",
      "platforms/slack/x.ts",
      'import { createLog } from "../../log.ts";',
      /slack may import only types of log/,
    ],
    ["somebody importing main", "app.ts", 'import { a } from "./main.ts";', /app may not import main/],
    ["a way out of src", "app.ts", 'import { a } from "../test/a.ts";', /from outside src/],
    ["a file nobody planned", "magic/x.ts", "export const a = 1;", /belongs to no area/],
    ["Date.now", "app.ts", "const now = Date.now();", /reads the wall clock/],
    ["Date.now passed on", "app.ts", "const clock = { now: Date.now };", /reads the wall clock/],
    ["new Date()", "app.ts", "const now = new Date( );", /reads the wall clock/],
    ["new Date without brackets", "app.ts", "const now = new Date;", /reads the wall clock/],
    ["performance.now", "app.ts", "const now = performance.now();", /reads the wall clock/],
    ["Temporal.Now", "domain/x.ts", "const now = Temporal.Now.instant();", /reads the wall clock/],
    ["the clock inside a template", "app.ts", "const a = `${Date.now()}`;", /reads the wall clock/],
    ["the environment", "app.ts", "const url = process.env.DATABASE_URL;", /reads the environment/],
    ["the environment in brackets", "app.ts", 'const env = process["env"];', /reads the environment/],
    ["the environment taken apart", "app.ts", "const { env } = process;", /reads the environment/],
    ["the environment imported", "app.ts", 'import { env } from "node:process";', /carries the environment/],
    [
      "main reading the environment past the configuration",
      "main.ts",
      "const a = process.env.A;",
      /reads the environment/,
    ],
    [
      "the configuration reading the clock",
      "config.ts",
      "export const at = Date.now();",
      /reads the wall clock/,
    ],
    [
      "a folder of this and that",
      "app/utils/x.ts",
      "export const a = 1;",
      /says nothing about what is inside/,
    ],
    ["a file of this and that", "app/helpers.ts", "export const a = 1;", /says nothing about what is inside/],
    ["a barrel", "acts/x.ts", 'export * from "./a.ts";\nexport type { B } from "./b.ts";', /a barrel/],
    ["a barrel by way of imports", "acts/x.ts", 'import { a } from "./a.ts";\nexport { a };', /a barrel/],
    ["a file too long", "app.ts", "const a = 1;\n".repeat(351), /has 351 lines/],
  ];
  test.each(faults)("%s", (_what, path, source, finding) => {
    expect(check({ [path]: source }).join("\n")).toMatch(finding);
  });
});

describe("the check leaves alone", () => {
  const fine: [what: string, path: string, source: string][] = [
    [
      "what a comment says",
      "domain/x.ts",
      '// import { a } from "../store/a.ts"; Date.now()\n/* process.env */ export const a = 1;',
    ],
    [
      "what a string says",
      "domain/x.ts",
      "export const a = \"import { b } from '../store/b.ts'; Date.now()\";",
    ],
    ["what a template says", "domain/x.ts", "export const a = `process.env ${b} new Date()`;"],
    [
      "what a pattern says",
      "domain/x.ts",
      "export const a = x.replace(/[/'\"`]process.env/g, y);\nexport const b = 1 / 2;",
    ],
    ["a date made from an instant", "domain/x.ts", "export const a = new Date(instant).toISOString();"],
    ["main reading the clock", "main.ts", "const clock = { now: () => Date.now() };"],
    ["the configuration reading the environment", "config.ts", "export const env = process.env;"],
    ["the type of the clock", "store/x.ts", 'import type { Clock } from "../clock.ts";\nexport const a = 1;'],
    ["a type among braces", "store/x.ts", 'import { type Clock } from "../clock.ts";\nexport const a = 1;'],
    [
      "the card of an adapter",
      "platforms/slack/x.ts",
      'import type { Card } from "../../messages/card.ts";\nexport const a = 1;',
    ],
    [
      "its own SDK, deep inside",
      "platforms/slack/x.ts",
      'import { A } from "@slack/web-api/dist/a";\nexport const a = 1;',
    ],
    [
      "main knowing everybody",
      "main.ts",
      'import { a } from "./sandbox/a.ts";\nimport pc from "picocolors";',
    ],
    ["property names", "domain/x.ts", 'export const a = { import: "x", from: "y" };\nb.import("z");'],
  ];
  test.each(fine)("%s", (_what, path, source) => {
    expect(check({ [path]: source })).toEqual([]);
  });

  test("and reads an import as it stands, with its line", () => {
    const source =
      '\nimport a, { type B } from "a";\nimport type C from "c";\nexport type { D } from "d";\nimport type from "e";\n';
    expect(importsOf(scan(source))).toEqual([
      { specifier: "a", typeOnly: false, line: 2 },
      { specifier: "c", typeOnly: true, line: 3 },
      { specifier: "d", typeOnly: true, line: 4 },
      { specifier: "e", typeOnly: false, line: 5 },
    ]);
  });
});
