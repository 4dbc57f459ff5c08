// A process that does nothing but hold an embedded database, as a bot would: to be killed, or asked to stop.
// Arguments: data folder, system folder. Says what became of it on one line of JSON.
import { startEmbedded } from "../../src/store/embedded.ts";

const [dataDir = "", systemDir = ""] = process.argv.slice(2);
const silent = { info: () => {}, warn: () => {} };
try {
  const embedded = await startEmbedded({ dataDir, systemDir, log: silent, durable: false });
  process.once("SIGTERM", () => void embedded.stop());
  console.log(JSON.stringify({ url: embedded.url, pid: embedded.pid() }));
} catch (error) {
  console.log(
    JSON.stringify({ code: error instanceof Error && "code" in error ? error.code : String(error) }),
  );
}
