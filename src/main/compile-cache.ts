// Loaded before main (package.json, --import): what Node compiles is kept in the system's temporary folder, so that
// every start but the first begins with it. Where that folder cannot be written, Node goes on without.
import { enableCompileCache } from "node:module";

enableCompileCache();
