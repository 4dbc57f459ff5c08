// Loaded before main (package.json, --require): hands Node our sources with their types already stripped. Node would do the
// same by itself, but then keeps its TypeScript parser in memory for good (18 MB), and with its compile cache a copy of all it
// ever compiled besides (13 MB). Here another process strips, once, into node_modules/.cache/siempre; `npm install` does it by
// running this file. Where that folder cannot be written, or anything else fails, Node strips by itself after all.
"use strict";

const { spawnSync } = require("node:child_process");
const { hash } = require("node:crypto");
const { globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { registerHooks, stripTypeScriptTypes } = require("node:module");
const { join, resolve } = require("node:path");
const { fileURLToPath, pathToFileURL } = require("node:url");

const ROOT = resolve(__dirname, "../..");
const KEPT = join(ROOT, "node_modules/.cache/siempre");
const OURS = pathToFileURL(ROOT).href;

/** Where the stripped form of this text is kept: another text, or another Node, has another place. */
function placeOf(text) {
  return join(KEPT, `${hash("sha1", `${process.version} ${text}`)}.js`);
}

function strip(files) {
  mkdirSync(KEPT, { recursive: true });
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const place = placeOf(text);
    let stripped;
    try {
      stripped = stripTypeScriptTypes(text);
    } catch {
      // Not to be stripped: whoever imports it hears why from Node itself.
      continue;
    }
    // Whole or not at all: others may be reading.
    writeFileSync(`${place}.${process.pid}`, stripped);
    renameSync(`${place}.${process.pid}`, place);
  }
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/** Has another process strip this file and all of src. One failure is enough: every file would fail alike. */
let failed = false;
function stripElsewhere(file) {
  if (failed) return;
  const { status } = spawnSync(process.execPath, [__filename, file], { stdio: "ignore", timeout: 30_000 });
  failed = status !== 0;
}

function handOver() {
  registerHooks({
    load(url, context, next) {
      if (!url.startsWith(OURS) || !url.endsWith(".ts") || url.includes("/node_modules/"))
        return next(url, context);
      const file = fileURLToPath(url);
      const text = read(file);
      if (text === null) return next(url, context);
      const place = placeOf(text);
      let source = read(place);
      if (source === null) {
        stripElsewhere(file);
        source = read(place);
      }
      return source === null ? next(url, context) : { format: "module", source, shortCircuit: true };
    },
  });
}

if (require.main !== module) handOver();
// An older Node, which cannot run the bot either, has nothing to strip with.
else if (stripTypeScriptTypes) {
  const asked = process.argv.slice(2);
  if (asked.length === 0) rmSync(KEPT, { recursive: true, force: true });
  strip([
    ...globSync("src/**/*.ts", { cwd: ROOT }).map((file) => join(ROOT, file)),
    ...asked.map((file) => resolve(file)),
  ]);
}
