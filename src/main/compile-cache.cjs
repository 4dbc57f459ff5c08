// Loaded before main (package.json, --require): what Node strips and compiles is kept in the system's temporary folder, so
// that every start but the first begins with it, and without the 18 MB of Node's own TypeScript parser. Enabled any later,
// by --import or in main.ts, the stripped sources would not be kept. Where the folder cannot be written, Node goes on without.
"use strict";

require("node:module").enableCompileCache();
