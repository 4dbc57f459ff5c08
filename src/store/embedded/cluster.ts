// The cluster on disk (what initdb makes) and its password. Made once, whole or not at all.
import { execFile } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { chown, link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { exists, isCode, type Place, unavailable } from "./place.ts";

const run = promisify(execFile);

/** The database superuser, and the owner of everything. */
export const SUPERUSER = "siempre";

// Nothing of the environment: PGDATA, PGPORT or LD_LIBRARY_PATH of the operator are not meant for this server, and
// macOS needs a valid LC_ALL ("postmaster became multithreaded during startup").
const ENVIRONMENT = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C" };

export function dataOf(place: Place): string {
  return join(place.home, "data");
}

/** Options of a child process that runs as the server does. */
export function asServer(place: Place) {
  // Postgres wants to know its current directory, and cannot when it may not enter it.
  const shared = { cwd: place.home, env: ENVIRONMENT };
  return place.user ? { ...shared, uid: place.user.uid, gid: place.user.gid } : shared;
}

/** The generated password, kept with mode 0600 beside the data; the same for everybody who asks at once. */
export async function passwordOf(place: Place): Promise<string> {
  const file = join(place.home, "password");
  if (!(await exists(file))) {
    const draft = `${file}.${randomUUID()}`;
    try {
      await writeFile(draft, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
      if (place.user) await chown(draft, place.user.uid, place.user.gid);
      await link(draft, file);
    } catch (error) {
      if (!isCode(error, "EEXIST")) throw error;
    } finally {
      await rm(draft, { force: true });
    }
  }
  return (await readFile(file, "utf8")).trim();
}

/**
 * Makes the cluster unless there is one. It appears whole or not at all, and only once when two start together.
 * Not yet forced to disk, which would double the time of the first start: see {@link forceToDisk}.
 * @returns whether this call made it
 */
export async function makeCluster(place: Place): Promise<boolean> {
  const data = dataOf(place);
  if (await exists(join(data, "PG_VERSION"))) return false;
  const fresh = `${data}.${randomUUID()}`;
  const settings = [
    ...["--pgdata", fresh, "--username", SUPERUSER, "--pwfile", join(place.home, "password")],
    ...["--auth", "scram-sha-256", "--encoding", "UTF8", "--no-sync", "--no-instructions"],
    // Sorting does not depend on the machine's locales, and so never changes under an index.
    ...["--no-locale", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"],
  ];
  try {
    await run(join(place.bin, "initdb"), settings, asServer(place));
    await rename(fresh, data);
    return true;
  } catch (cause) {
    if (isCode(cause, "ENOTEMPTY") || isCode(cause, "EEXIST")) return false;
    const said = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : "";
    // ENOENT for a file that is there: the loader of glibc is missing, as on Alpine.
    const reason = isCode(cause, "ENOENT")
      ? `this system cannot execute ${join(place.bin, "initdb")} (is it built on musl, as Alpine is?).`
      : `initdb failed${said ? ` (${said.split("\n").at(-1)})` : ""}.`;
    throw unavailable(reason, { home: place.home, said }, cause);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Forces a cluster made by {@link makeCluster} to disk; may run while the server does. */
export async function forceToDisk(place: Place): Promise<void> {
  await run(join(place.bin, "initdb"), ["--sync-only", "--pgdata", dataOf(place)], asServer(place));
}
