// What an act is. One act, one file; the slash commands, shortcuts, manifests, help and the permission gate derive from it.
import { z } from "zod";
import type { Lang, Role } from "../domain/words.ts";

/** One argument, as people type it and as the platforms declare it. */
export interface Arg {
  name: string;
  /**
   * `number`: a request's number. `person`: a platform's person id. `rest`: all words that remain. `time`: when, as people
   * say it; typed in quotation marks where more follows.
   */
  kind: "number" | "tier" | "person" | "word" | "time" | "rest";
  required: boolean;
  words: Readonly<Record<Lang, string>>;
}

/** The request an act is about, as most acts take it: required, and first. */
export const requestNumber: Arg = {
  name: "number",
  kind: "number",
  required: true,
  words: { en: "The request's number", es: "El número de la petición" },
};

export interface Act {
  name: string;
  /** The least role that may do it. `customer` here means: the customer of that very request, or staff. */
  may: Role;
  /** Whether it only reads. Reads go through app.ask and leave no history. */
  reads: boolean;
  args: readonly Arg[];
  /**
   * `/request claim`: command and subcommand; a command without subcommands has null. Two words (`policy show`) stand in a
   * group: on Discord a subcommand group, on Slack simply typed.
   */
  slash: { command: string; sub: string | null } | null;
  /** The name a message shortcut is shown by, in both languages; Discord allows five, 32 characters each. */
  shortcut: Readonly<Record<Lang, string>> | null;
  /** What it does, in at most 100 characters; shown in help and in Discord's command list. */
  words: Readonly<Record<Lang, string>>;
}

const kinds = {
  number: z
    .string()
    .regex(/^#?\d{1,9}$/)
    .transform((value) => Number(value.replace("#", ""))),
  tier: z
    .string()
    .regex(/^[1-5]$/)
    .transform(Number),
  // A platform's id, never a name: Slack's are capitals and digits, Discord's digits.
  person: z.string().regex(/^[A-Z0-9]{3,64}$/),
  word: z.string().min(1).max(100),
  time: z.string().min(1).max(100),
  rest: z.string().min(1).max(4000),
} as const;

/** The value of an argument after its check: numbers become numbers, the rest stays text. */
export type ArgValue = string | number;

/**
 * Checks raw arguments against an act. Returns the values, or the name of the first argument at fault.
 * Arguments the act does not declare are kept as text: buttons carry their own.
 */
export function checkArgs(
  act: Act,
  raw: Readonly<Record<string, string>>,
): { ok: true; args: Record<string, ArgValue> } | { ok: false; fault: Arg } {
  const args: Record<string, ArgValue> = { ...raw };
  for (const arg of act.args) {
    // A button carries the request itself; its number is then not needed.
    if (arg.kind === "number" && raw.request !== undefined) continue;
    const value = raw[arg.name]?.trim();
    if (value === undefined || value === "") {
      if (arg.required) return { ok: false, fault: arg };
      delete args[arg.name];
      continue;
    }
    const parsed = kinds[arg.kind].safeParse(value);
    if (!parsed.success) return { ok: false, fault: arg };
    args[arg.name] = parsed.data;
  }
  return { ok: true, args };
}
