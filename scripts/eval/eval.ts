// npm run eval — every benchmark file, with the baselines beside it. `-- --sources` also trains without each source.
import { printIntake } from "./intake-table.ts";
import { printTriage } from "./triage-table.ts";

printTriage({ sources: process.argv.includes("--sources") });
console.log("");
printIntake();
