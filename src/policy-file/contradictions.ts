// Faults no single value shows: two teams with one channel, a name given twice. Read from the file as written, so that they
// are told together with every other fault.
import { quote } from "../domain/people/written-hours.ts";
import { tierKeys } from "./schema.ts";
import { canonical, type Path } from "./yaml.ts";

const OFF = /^(off|none|no)$/i;

export interface Contradiction {
  path: Path;
  message: string;
}

export function contradictions(file: unknown): Contradiction[] {
  const found: Contradiction[] = [...inWorkspace(file, [])];
  const workspaces = at(file, "workspaces");
  for (const [index, workspace] of listOf(workspaces).entries()) {
    const path = ["workspaces", index];
    found.push(...inWorkspace(workspace, path));
    if (at(workspace, "platform") === undefined && at(workspace, "id") === undefined) {
      found.push({
        path,
        message:
          "names no workspace: give it a platform, an id or both; what holds for all stands at the top of the file",
      });
    }
  }
  const named = listOf(workspaces).map(
    (workspace) => `${at(workspace, "platform") ?? ""} ${at(workspace, "id") ?? ""}`,
  );
  found.push(...twice(named, ["workspaces"], "is named twice", "id").filter(({ name }) => name !== " "));
  return found;
}

function inWorkspace(workspace: unknown, path: Path): Contradiction[] {
  const found: Contradiction[] = [];
  const teams = listOf(at(workspace, "teams"));
  const owners = new Map<string, string>();
  for (const [index, team] of teams.entries()) {
    const here = [...path, "teams", index];
    const given = at(team, "name") ?? "Support";
    const name =
      typeof given === "string" && /^[\p{L}\p{N} ]+$/u.test(given)
        ? given
        : quote(typeof given === "string" ? given : "");
    const own = at(team, "teamChannel");
    const teamChannel = bare(typeof own === "string" ? own : at(own, "name"));
    const elsewhere = typeof own === "object" && at(own, "workspace") !== undefined;
    const written = at(team, "channels");
    const channels = written === undefined ? ["*"] : listOf(written);
    for (const [position, channel] of channels.entries()) {
      const key = bare(typeof channel === "object" ? at(channel, "name") : channel);
      if (key === "") continue;
      const where = written === undefined ? here : [...here, "channels", position];
      const owner = owners.get(key);
      const shown = key === "*" ? "everything else" : quote(key);
      if (owner !== undefined) found.push({ path: where, message: `${shown} is with team ${owner} already` });
      else if (key === teamChannel && !elsewhere) {
        found.push({
          path: where,
          message: `${shown} is the team's own channel; customers cannot be answered there`,
        });
      }
      owners.set(key, owner ?? name);
    }
    found.push(
      ...twicePromised(team, here),
      ...channels.flatMap((_, i) => twicePromised(listOf(written)[i], [...here, "channels", i])),
    );
  }
  const direct = at(workspace, "directMessages");
  const names = teams.map((team) => at(team, "name") ?? "Support");
  if (typeof direct === "string" && !OFF.test(direct) && !names.includes(direct.trim())) {
    found.push({
      path: [...path, "directMessages"],
      message: `${quote(direct)} is not the name of a team, nor "off"`,
    });
  }
  const companies = listOf(at(workspace, "companies"));
  for (const [index, company] of companies.entries())
    found.push(...twicePromised(company, [...path, "companies", index]));
  found.push(
    ...twicePromised(workspace, path),
    ...twice(
      teams.map((team) => bare(at(team, "name") ?? "Support")),
      [...path, "teams"],
      "is the name of a team above",
      "name",
    ),
    ...twice(
      companies.map((company) => bare(at(company, "name"))),
      [...path, "companies"],
      "is the name of a company above",
      "name",
    ),
  );
  return found;
}

/** `2` and `money` are one tier: only one of them may be written. */
function twicePromised(holder: unknown, path: Path): Contradiction[] {
  const promises = at(holder, "promises");
  return Object.values(tierKeys).flatMap((keys) => {
    const written = keys.filter((key) => at(promises, key) !== undefined);
    return written.slice(1).map((key) => ({
      path: [...path, "promises", key],
      message: `is the same as "${written[0]}", which is written too`,
    }));
  });
}

function twice(names: readonly string[], path: Path, message: string, key: string) {
  return names
    .map((name, index) => ({
      name,
      path: [...path, index, key],
      message,
      first: names.indexOf(name) === index,
    }))
    .filter(({ name, first }) => name !== "" && !first);
}

function at(holder: unknown, key: string): unknown {
  if (typeof holder !== "object" || holder === null || Array.isArray(holder)) return undefined;
  return Object.entries(holder).find(([written]) => canonical(written) === key)?.[1];
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function bare(name: unknown): string {
  if (typeof name !== "string") return "";
  const plain = name.trim().replace(/^#/, "").toLowerCase();
  return plain === "everything else" ? "*" : plain;
}
