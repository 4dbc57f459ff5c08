// Given to Node with --require: when the process ends, writes what it loaded to the file named in LOADED, one a line.
"use strict";

const { writeFileSync } = require("node:fs");
const { registerHooks } = require("node:module");

const loaded = [];
registerHooks({
  load(url, context, next) {
    loaded.push(url);
    return next(url, context);
  },
});
process.on("exit", () =>
  writeFileSync(process.env.LOADED, [...loaded, ...process.moduleLoadList].join("\n")),
);
