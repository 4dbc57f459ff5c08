// How fast the bot is, beside a bare echo bot and one with a single INSERT, on the same SDK, servers and database.
//
//   npm run bench                       everything, some twenty minutes
//   npm run bench -- --quick            about a minute
//                   --only slack        one platform
//                   --messages N        of a throughput round (three rounds)
//                   --memory N          of the memory run; 0 for none
//                   --due               only this: 10,000 promises that fall due within one minute (--promises N)
//                   --profile FOLDER    CPU profiles of all contestants
//                   --deadlines         only how many deadlines one core computes in a second; ten seconds
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { openDatabase } from "./database.ts";
import { deadlineRates } from "./deadlines.ts";
import { fallDue, type Lateness } from "./due.ts";
import { load, mb, median, ms, ratio, table } from "./figures.ts";
import { type Comparison, compare, remember } from "./measure.ts";
import type { PlatformName } from "./stage.ts";
import { startTimes } from "./startup.ts";

/** What the project has set itself (issues WORLD and PROMISES). */
const BARS = { deadlines: 100_000, answer: 1.5, throughput: 0.6, readyMs: 5_000, memory: 200 * 2 ** 20 };

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    messages: { type: "string" },
    memory: { type: "string" },
    profile: { type: "string" },
    due: { type: "boolean", default: false },
    promises: { type: "string" },
    "no-start": { type: "boolean", default: false },
    deadlines: { type: "boolean", default: false },
  },
});
const size = {
  answers: values.quick ? 60 : 300,
  rush: Number(values.messages ?? (values.quick ? 600 : 5_000)),
  memory: Number(values.memory ?? (values.quick ? 0 : 100_000)),
  starts: values.quick ? 1 : 5,
};
const platforms = (["slack", "discord"] as const).filter((name) => !values.only || values.only === name);

const say = (text: string) => void process.stdout.write(`${text}\n`);
const verdict = (holds: boolean) => (holds ? "met" : "**missed**");

function describe(platform: PlatformName, { contestants, checked }: Comparison): void {
  const of = (name: string) => contestants.find((contestant) => contestant.name === name);
  const [bot, yard] = [of("siempre"), of("echo + INSERT")];
  if (!bot || !yard) return;
  const answer = bot.answer.p50 / yard.answer.p50;
  const throughput = bot.delivered / yard.delivered;
  const cpu = bot.cpu / yard.cpu;
  say(`\n## ${platform}\n`);
  say(
    `- answer, p50: ${ratio(answer)} of echo + INSERT (bar ${BARS.answer}): ${verdict(answer <= BARS.answer)}`,
  );
  say(
    `- messages a second: ${ratio(throughput)} (bar ${BARS.throughput}): ${verdict(throughput >= BARS.throughput)}`,
  );
  say(`- CPU a message: ${ratio(cpu)}\n`);
  const rows = contestants.map(
    ({ name, answer, commit, handled, delivered, cpu, databaseCpu, rss, load }) => [
      name,
      `${ms(answer.p50)}, ${ms(answer.p95)}, ${ms(answer.p99)}`,
      name === "siempre" ? `${ms(commit.p50)}, ${ms(commit.p99)}` : "",
      handled.toFixed(0),
      delivered.toFixed(0),
      ms(cpu),
      databaseCpu === null ? "?" : ms(databaseCpu),
      mb(rss),
      load,
    ],
  );
  const head = ["", "answer p50, p95, p99", "commit p50, p99", "handled/s", "delivered/s", "CPU/message"];
  say(table([...head, "database CPU/message", "RSS", "load"], rows));
  say(`\n${checked}`);
}

say(
  `${new Date().toISOString()}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}, Node ${process.version}, load ${load()}`,
);
const [deadlines, ...others] = values.due ? [] : deadlineRates();
if (deadlines) {
  say(
    `\n## deadlines\n\n- ${deadlines.each.toFixed(0)} a second (bar ${BARS.deadlines}): ${verdict(deadlines.each >= BARS.deadlines)}\n`,
  );
  say(
    table(
      ["", "a second, one core"],
      [deadlines, ...others].map(({ what, each }) => [what, each.toFixed(0)]),
    ),
  );
}
if (values.deadlines) process.exit();
async function showDue(): Promise<void> {
  const count = Number(values.promises ?? 10_000);
  const seconds = (value: number) => `${(value / 1000).toFixed(1)} s`;
  for (const ends of [false, true]) {
    say(`\n## ${count} promises ${ends ? "end" : "are to be warned of"} within one minute\n`);
    const { places, cpu } = await fallDue(database, { count, ends, profile: values.profile ?? null });
    const spread = ({ p50, p95, max }: Lateness["late"]) => [p50, p95, max].map(seconds).join(", ");
    const rows = places.map(({ workspace, promises, owners, messages, late, ours, parts }) => [
      ...[workspace, String(promises), String(owners), String(messages), spread(late), spread(ours)],
      ...[parts.looked, parts.company, parts.gathered, parts.platform].map(seconds),
    ]);
    const head = ["workspace", "promises", "owners", "messages", "late p50, p95, most", "of it ours"];
    say(table([...head, "mean: until looked at", "for company", "until sent", "the platform's pace"], rows));
    const db = cpu.database === null ? "?" : ms(cpu.database);
    say(`\nCPU a promise: bot ${ms(cpu.bot)}, database ${db}; load ${load()}`);
  }
}

const database = await openDatabase();
try {
  if (values.due) {
    await showDue();
    await database.close();
    process.exit();
  }
  const profile = values.profile ?? null;
  for (const platform of platforms)
    describe(platform, await compare(database, platform, { ...size, profile, rounds: values.quick ? 2 : 3 }));
  if (!values["no-start"]) {
    const { first, existing } = await startTimes(size.starts);
    const ready = median(existing);
    say(`\n## start\n\nready after ${ms(ready)} with an existing database: ${verdict(ready < BARS.readyMs)}`);
    say(`(${existing.map(ms).join(", ")}; the first start, which makes it: ${ms(first)}; load ${load()})`);
  }
  for (const platform of size.memory > 0 ? platforms : []) {
    const { samples, most, growth, seconds } = await remember(database, platform, size.memory);
    const flat = most < BARS.memory;
    say(`\n## memory, ${platform}: ${size.memory} messages in ${seconds.toFixed(0)} s\n`);
    say(`RSS at most ${mb(most)}: ${verdict(flat)}; from the first tenth to the last ${mb(growth)} more\n`);
    say(table(["messages", "RSS", "heap in use"], samples));
    say(`\nload ${load()}`);
  }
} finally {
  await database.close();
}
