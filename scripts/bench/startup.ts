// From `node src/main.ts` to "ready", with the built-in database made by an earlier start.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startLocalSlack } from "../../src/sandbox/slack/server.ts";
import { temporaryFolder } from "./database.ts";
import { nodeFlags } from "./figures.ts";
import { furnish } from "./mix.ts";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

/** ms of the first start, which makes the database, and of `again` more, which find it. */
export async function startTimes(again: number): Promise<{ first: number; existing: number[] }> {
  const world = await startLocalSlack({ clock: { now: () => Date.now() } });
  const mix = furnish(world);
  const folder = await temporaryFolder();
  const policy = join(folder, "policy.yaml");
  await writeFile(policy, mix.policy);
  const env = {
    PATH: process.env.PATH,
    SLACK_BOT_TOKEN: world.tokens.bot,
    SLACK_APP_TOKEN: world.tokens.app,
    SLACK_API_URL: world.apiUrl,
    POLICY_FILE: policy,
    DATA_DIR: folder,
  };

  async function start(): Promise<number> {
    const begun = performance.now();
    const child = spawn(process.execPath, [...nodeFlags(), MAIN], {
      env,
      cwd: folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = once(child, "exit");
    const ready = Promise.withResolvers<number>();
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("Siempre is ready")) ready.resolve(performance.now() - begun);
    });
    const gone = exited.then(([code]) => {
      throw new Error(`the bot ended with ${code} before it was ready:\n${text}`);
    });
    gone.catch(() => undefined);
    const took = await Promise.race([ready.promise, gone]);
    child.kill("SIGTERM");
    await exited;
    return took;
  }

  try {
    const first = await start();
    const existing: number[] = [];
    for (let n = 0; n < again; n += 1) existing.push(await start());
    return { first, existing };
  } finally {
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
