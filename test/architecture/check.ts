// Holds sources against the rules. Pure: takes paths and text, gives findings, so that faults can be planted in memory.
import { posix } from "node:path";
import { emptyNames, MOST_LINES, type Rule, readsEnvironment, readsWallClock, rules } from "./rules.ts";
import { type Import, importsOf, isBarrel, lineOf, type Scanned, scan } from "./scan.ts";

const wallClock =
  /\bDate\s*\.\s*now\b|\bnew\s+Date\b(?!\s*\(\s*[^)\s])|(?<!new\s)(?<![.\w$])Date\s*\(|\bperformance\s*\.\s*(?:now|timeOrigin)\b|\bTemporal\s*\.\s*Now\b|\bprocess\s*\.\s*(?:hrtime|uptime)\b/g;
const environment =
  /\bprocess\s*(?:\?\.|\.)\s*env\b|\bprocess\s*(?:\?\.)?\s*\[|\}\s*=\s*process\b|\bimport\s*\.\s*meta\s*\.\s*env\b/g;

/**
 * Findings over a set of sources, each as `path:line what`. Keys are paths below src/, with `/`, ending in `.ts`.
 * Generated code is the caller's to leave out.
 */
export function check(sources: Readonly<Record<string, string>>): string[] {
  return Object.entries(sources).flatMap(([path, source]) => checkFile(path, source));
}

function checkFile(path: string, source: string): string[] {
  const findings: string[] = [];
  const place = path.replace(/\.ts$/, "");
  const say = (line: number, what: string) => findings.push(`${path}:${line} ${what}`);
  const scanned = scan(source);

  const empty = place.split("/").find((part) => emptyNames.includes(part));
  if (empty) say(1, `the name "${empty}" says nothing about what is inside`);
  const lines = source.trimEnd().split("\n").length;
  if (lines > MOST_LINES) say(MOST_LINES + 1, `has ${lines} lines, ${MOST_LINES} are allowed`);
  if (isBarrel(scanned)) say(1, "only passes on what other files export (a barrel)");
  const area = areaOf(place);
  if (!area) {
    say(1, "belongs to no area of test/architecture/rules.ts");
    return findings;
  }
  for (const found of importsOf(scanned)) {
    const fault = faultOf(place, area, found);
    if (fault) say(found.line, fault);
  }
  if (place !== readsWallClock)
    matches(scanned, wallClock, (line, text) => say(line, `reads the wall clock: ${text}`));
  if (place !== readsEnvironment)
    matches(scanned, environment, (line, text) => say(line, `reads the environment: ${text}`));
  return findings;
}

function matches({ code }: Scanned, pattern: RegExp, found: (line: number, text: string) => void): void {
  for (const match of code.matchAll(pattern)) found(lineOf(code, match.index), match[0].trim());
}

/** The area a path below src/ (without ending) belongs to. */
function areaOf(place: string): string | null {
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.of.some((own) => place === own || place.startsWith(`${own}/`))) return name;
  }
  return null;
}

function faultOf(place: string, area: string, found: Import): string | null {
  const rule = rules[area] as Rule;
  const { specifier, typeOnly } = found;
  if (specifier === null) {
    return rule.areas.includes("any") ? null : `${area} imports something that cannot be read off the source`;
  }
  if (specifier.startsWith(".")) {
    const target = posix.join(posix.dirname(place), specifier).replace(/\.(?:ts|json)$/, "");
    if (target.startsWith("..")) return `${area} imports "${specifier}" from outside src/`;
    const other = areaOf(target);
    if (other === area || rule.areas.includes("any")) return null;
    if (other === null) return `${area} imports "${specifier}", which belongs to no area`;
    if (rule.areas.includes(other) || rule.areas.includes(target)) return null;
    if (rule.types?.includes(other)) return typeOnly ? null : `${area} may import only types of ${other}`;
    return `${area} may not import ${other} (${specifier})`;
  }
  const name = specifier.startsWith("node:") ? "node:" : packageOf(specifier);
  if (
    name === "node:" &&
    /^node:process$/.test(specifier) &&
    place !== readsEnvironment &&
    place !== "main"
  ) {
    return `${area} may not import node:process: it carries the environment`;
  }
  const allowed = rule.packages.some(
    (entry) =>
      entry === name ||
      (entry === "any" && name !== "node:") ||
      (entry.endsWith("/*") && name.startsWith(entry.slice(0, -1))),
  );
  return allowed ? null : `${area} may not import the package ${specifier}`;
}

/** `@slack/web-api/dist/x` → `@slack/web-api`. */
export function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
