// npm run -s eval:intake -- FILE.jsonl [--opens-from 0.5]
// Reads rows of a conversation benchmark and prints one line of JSON for each: {stream, idx, conv, start}.
import { parseArgs } from "node:util";
import { LINK_DEFAULTS } from "../../src/domain/intake/link.ts";
import { follow } from "./intake-follow.ts";
import { rowsOf, tell } from "./intake-rows.ts";
import { runWith } from "./lines.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "opens-from": { type: "string" } },
});
const [file] = positionals;
const opensFrom = Number(values["opens-from"] ?? LINK_DEFAULTS.opensFrom);
if (file === undefined || !(opensFrom >= 0 && opensFrom <= 1)) {
  console.error("usage: npm run -s eval:intake -- FILE.jsonl [--opens-from 0..1]");
  process.exit(2);
}
runWith(() => {
  const rows = rowsOf(file);
  const said = new Map(
    [...tell(rows).values()]
      .flatMap((told) => follow(told, { opensFrom }))
      .map((prediction) => [`${prediction.stream}\n${prediction.idx}`, prediction]),
  );
  const lines = rows.map(({ stream, idx }) => `${JSON.stringify(said.get(`${stream}\n${idx}`))}\n`);
  process.stdout.write(lines.join(""));
});
