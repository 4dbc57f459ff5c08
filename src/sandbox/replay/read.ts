// Finds out what kind of export a file or folder is, and reads it.
import { type Dirent, existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Unzipped, unzipSync } from "fflate";
import { isDiscordExport, readDiscordExport } from "./discord-export.ts";
import { isIntakeLine, readIntake } from "./intake-jsonl.ts";
import { parseJson } from "./json.ts";
import { type Replay, ReplayError, type Source } from "./replay.ts";
import { isSlackExport, readSlackExport } from "./slack-export.ts";

/** What is read at most; more is a mistake or a zip bomb. */
export interface ReplayLimits {
  /** Files of an export. */
  files: number;
  /** Bytes of one file, unpacked. */
  fileBytes: number;
  /** Bytes of all files together, unpacked. */
  allBytes: number;
}

const MiB = 1024 * 1024;
const usual: ReplayLimits = { files: 50_000, fileBytes: 200 * MiB, allBytes: 500 * MiB };
/** Folders inside folders of an export. */
const DEEPEST = 4;

/**
 * Reads a Slack export (zip or folder), files of DiscordChatExporter, or intake lines. Throws ReplayError, with the
 * place, when it cannot be read at all; single messages that cannot are listed in `skipped`.
 */
export async function readReplay(path: string, limits: ReplayLimits = usual): Promise<Replay> {
  const sources = await sourcesOf(path, limits);
  const lines = sources.filter((source) => source.path.endsWith(".jsonl"));
  const json = sources.filter((source) => source.path.endsWith(".json"));
  const intake = lines.filter((source) => isIntakeLine(firstLine(source)));
  const first = looker();
  const discord = json.filter((source) => isDiscordExport(first(source)));
  const slack = json.filter((source) => !discord.includes(source));
  const kinds = [
    intake.length > 0 ? "intake lines" : null,
    discord.length > 0 ? "files of DiscordChatExporter" : null,
    slack.length > 0 && isSlackExport(slack, first) ? "a Slack export" : null,
  ].filter((kind) => kind !== null);
  if (kinds.length > 1) {
    throw new ReplayError(path, `this holds ${kinds.join(" and ")}. Name the file or folder of one of them.`);
  }
  const replay =
    discord.length > 0 ? readDiscordExport(discord) : intake.length > 0 ? readIntake(intake) : null;
  if (replay) {
    const unknown = discord.length > 0 ? slack : lines.filter((source) => !intake.includes(source));
    const skipped = unknown.map((source) => ({ place: source.place, reason: "another kind of file" }));
    return { ...replay, skipped: [...replay.skipped, ...skipped] };
  }
  if (kinds.length === 1) return readSlackExport(slack);
  throw new ReplayError(
    path,
    "no conversation was found in it. A Slack export (zip or folder), JSON of DiscordChatExporter, or intake .jsonl can be replayed.",
  );
}

/** Parses each file once. A file that is no JSON is an error, whatever it was meant to be. */
function looker(): (source: Source) => unknown {
  const seen = new Map<Source, unknown>();
  return (source) => {
    if (!seen.has(source)) seen.set(source, parseJson(source));
    return seen.get(source);
  };
}

function firstLine(source: Source): unknown {
  for (const line of source.text().split("\n", 100)) {
    try {
      const value: unknown = JSON.parse(line);
      if (isIntakeLine(value)) return value;
    } catch {
      // Not this line, then: what cannot be read is counted and named when the file is read.
    }
  }
  return null;
}

async function sourcesOf(path: string, limits: ReplayLimits): Promise<Source[]> {
  if (!existsSync(path)) throw new ReplayError(path, "there is no such file or folder.");
  const found = await stat(path);
  if (found.isDirectory()) return await folderSources(path, limits);
  if (!found.isFile()) throw new ReplayError(path, "this is neither a file nor a folder.");
  if (found.size > limits.fileBytes) throw tooLarge(path, found.size, limits.fileBytes);
  const bytes = await readFile(path);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return zipSources(path, bytes, limits);
  return [sourceOf(path, basename(path), bytes)];
}

async function folderSources(root: string, limits: ReplayLimits): Promise<Source[]> {
  const sources: Source[] = [];
  let bytes = 0;
  const walk = async (folder: string, below: string, depth: number): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort(byName)) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory() && depth < DEEPEST && !isNoise(`${path}/`)) {
        await walk(join(folder, entry.name), path, depth + 1);
      }
      if (!entry.isFile() || !isText(path)) continue;
      const { size } = await stat(join(folder, entry.name));
      bytes += size;
      if (size > limits.fileBytes) throw tooLarge(join(folder, entry.name), size, limits.fileBytes);
      if (bytes > limits.allBytes) throw tooLarge(root, bytes, limits.allBytes);
      if (sources.length >= limits.files)
        throw new ReplayError(root, `it holds more than ${limits.files} files.`);
      sources.push(sourceOf(join(root, path), path, await readFile(join(folder, entry.name))));
    }
  };
  await walk(root, "", 0);
  return sources;
}

function zipSources(path: string, zipped: Uint8Array, limits: ReplayLimits): Source[] {
  let bytes = 0;
  let files = 0;
  let unzipped: Unzipped;
  try {
    unzipped = unzipSync(zipped, {
      // fflate unpacks no more than the size that is declared here, so a lying one cannot exceed it.
      filter: ({ name, originalSize }) => {
        if (!isText(name)) return false;
        bytes += originalSize;
        files += 1;
        if (originalSize > limits.fileBytes)
          throw tooLarge(`${path}: ${name}`, originalSize, limits.fileBytes);
        if (bytes > limits.allBytes) throw tooLarge(path, bytes, limits.allBytes);
        if (files > limits.files) throw new ReplayError(path, `it holds more than ${limits.files} files.`);
        return true;
      },
    });
  } catch (error) {
    if (error instanceof ReplayError) throw error;
    const what = error instanceof Error ? error.message : String(error);
    throw new ReplayError(path, `this zip cannot be unpacked (${what}). Download or copy it again.`, {
      cause: error,
    });
  }
  return Object.entries(unzipped)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, content]) => sourceOf(`${path}: ${name}`, name, content));
}

function sourceOf(place: string, path: string, bytes: Uint8Array): Source {
  return {
    place,
    path,
    text: () => {
      try {
        return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      } catch (error) {
        throw new ReplayError(place, "this is not UTF-8 text.", { cause: error });
      }
    },
  };
}

function isText(path: string): boolean {
  return /\.jsonl?$/i.test(path) && !isNoise(path);
}

/** What systems leave behind in folders and zips. */
function isNoise(path: string): boolean {
  return /(?:^|\/)(?:__MACOSX\/|\._|\.git\/|node_modules\/)/.test(path);
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}

function tooLarge(place: string, bytes: number, most: number): ReplayError {
  const inMiB = (size: number) => `${Math.ceil(size / MiB)} MiB`;
  return new ReplayError(place, `${inMiB(bytes)} are more than can be replayed at once (${inMiB(most)}).`);
}
