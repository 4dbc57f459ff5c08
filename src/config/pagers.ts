// The pagers of the environment: the one that holds everywhere, and those a policy names. Part of config; it reads nothing itself.
import type { z } from "zod";
import { type Shape, shapes, usualUrls } from "../paging/shapes.ts";

export interface PagerSettings {
  url: string;
  shape: Shape;
  /** A secret. */
  key: string | null;
  /** A secret. */
  secret: string | null;
}

export interface Fault {
  name: string;
  message: string;
}

/** PAGE_URL_NIGHT_DESK is the address of the pager NIGHT_DESK. */
const NAMED = /^(PAGE_(?:SHAPE|URL|KEY|SECRET))_([A-Z0-9][A-Z0-9_]*)$/;

interface Checked {
  name: string;
  example: string;
  secret: boolean;
  check: z.ZodType<string>;
}

/** The pagers with a name of their own, each checked as the unnamed one is, and what is wrong with them. */
export function namedPagers(
  env: Readonly<Record<string, string | undefined>>,
  variables: readonly Checked[],
): { pagers: ReadonlyMap<string, PagerSettings>; faults: readonly Fault[] } {
  const given = new Map<string, Map<string, string>>();
  const faults: Fault[] = [];
  for (const [variable, written] of Object.entries(env)) {
    const value = written?.trim();
    const [, kind = "", of = ""] = NAMED.exec(variable) ?? [];
    if (!value || of === "") continue;
    given.set(of, (given.get(of) ?? new Map<string, string>()).set(kind, value));
    const known = variables.find(({ name }) => name === kind);
    const result = known?.check.safeParse(value);
    if (!known || !result || result.success) continue;
    const shown = known.secret ? "what is set" : JSON.stringify(value);
    const reasons = result.error.issues.map(({ message }) => message).join(" and ");
    faults.push({ name: variable, message: `${shown} ${reasons}, such as ${known.example}` });
  }
  const pagers = new Map<string, PagerSettings>();
  for (const [of, values] of given) {
    const example = (name: string) => variables.find((variable) => variable.name === name)?.example;
    const missing = (name: string, why: string) =>
      faults.push({ name: `${name}_${of}`, message: `is not set, but ${why}, such as ${example(name)}` });
    const settings = pagerOf((name) => values.get(name) ?? null, missing, `_${of}`);
    if (settings) pagers.set(of, settings);
  }
  return { pagers, faults };
}

/** A pager is set up once anything but its shape is; what then lacks is told by `missing`. `end` of its variables' names. */
export function pagerOf(
  value: (name: string) => string | null,
  missing: (name: string, why: string) => void,
  end = "",
): PagerSettings | null {
  const shape = shapeOf(value("PAGE_SHAPE") ?? "") ?? "plain";
  const [url, key, secret] = [value("PAGE_URL"), value("PAGE_KEY"), value("PAGE_SECRET")];
  const set = [url && "PAGE_URL", key && "PAGE_KEY", secret && "PAGE_SECRET"].find(Boolean);
  if (!set) {
    if (shape !== "plain") missing("PAGE_KEY", `PAGE_SHAPE${end} is ${shape}: set both or none`);
    return null;
  }
  if (shape !== "plain" && key === null) missing("PAGE_KEY", `PAGE_SHAPE${end} is ${shape}`);
  if (shape === "plain" && url === null)
    missing("PAGE_URL", `${set}${end} is, and PAGE_SHAPE${end} is plain`);
  if (shape === "plain" && secret === null)
    missing("PAGE_SECRET", `${set}${end} is, and PAGE_SHAPE${end} is plain`);
  return { url: url ?? usualUrls[shape] ?? "", shape, key, secret };
}

export function shapeOf(text: string): Shape | undefined {
  return shapes.find((shape) => shape === text);
}
