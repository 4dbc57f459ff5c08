// Typed commands: "/request claim 42" → the act and its raw arguments.
import type { Act, Arg } from "./act.ts";
import { slashCommands } from "./catalogue.ts";

export type Typed =
  | { ok: true; act: Act; args: Record<string, string> }
  /** Not understood: the acts whose usage is to be shown. */
  | { ok: false; command: string; acts: readonly Act[] };

const shownAs: Partial<Record<Arg["kind"], string>> = { person: "@who", tier: "1-5", number: "N" };

/** `/request claim NUMBER`, as people type it. Optional arguments stand in brackets. */
export function usageOf(act: Act): string {
  if (!act.slash) return "";
  const args = act.args.map((arg) => {
    const shown = shownAs[arg.kind] ?? (arg.kind === "time" ? `"${arg.name}"` : arg.name);
    return arg.required ? shown : `[${shown}]`;
  });
  return [`/${act.slash.command}`, act.slash.sub, ...args].filter(Boolean).join(" ");
}

/**
 * Reads the text after a command. People are expected as the platform's escaped mention (`<@U1>`, `<@U1|ana>`) or bare
 * id; the id is what comes out. Values are not checked here but by checkArgs. Only splits on spaces: linear time.
 */
export function parseTyped(command: string, text: string): Typed {
  const name = command.replace(/^\//, "");
  const acts = slashCommands().get(name) ?? [];
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "");
  const direct = acts.find((act) => act.slash?.sub === null);
  // A command with one way to go needs no second word.
  const only = words.length === 0 && acts.length === 1 ? acts[0] : undefined;
  const act =
    direct ??
    only ??
    acts.find((candidate) => begins(words, wordsOf(candidate))) ??
    // A group alone shows what there is to see: `/siempre oncall`.
    acts.find(
      (candidate) => words.length === 1 && candidate.slash?.sub === `${words[0]?.toLowerCase()} show`,
    );
  if (!act) {
    const group = acts.filter(
      (candidate) => wordsOf(candidate).length > 1 && begins(wordsOf(candidate), words),
    );
    return { ok: false, command: name, acts: group.length > 0 ? group : acts };
  }
  const rest = words.slice(direct ? 0 : wordsOf(act).length);
  const args: Record<string, string> = {};
  for (const [index, arg] of act.args.entries()) {
    if (arg.kind === "rest") {
      // Somebody named at the very end is a person of their own: "until Monday 9:00 @marc".
      const named = index + 1 < act.args.length && rest.length > 1 && rest.at(-1)?.startsWith("<@");
      const words = rest.splice(0, rest.length - (named ? 1 : 0));
      if (words.length > 0) args[arg.name] = words.join(" ");
    } else if (arg.kind === "time") {
      const typed = rest.splice(0).join(" ");
      const quoted = QUOTED.exec(typed);
      args[arg.name] = (quoted?.[1] ?? typed).trim();
      if (quoted?.[2]) rest.push(...quoted[2].split(" "));
    } else {
      // An optional number that is not there leaves its word to what comes after it.
      if (arg.kind === "number" && !arg.required && !/^#?\d/.test(rest[0] ?? "")) continue;
      const word = rest.shift();
      if (word !== undefined) args[arg.name] = arg.kind === "person" ? personId(word) : word;
    }
  }
  return rest.length > 0 ? { ok: false, command: name, acts: [act] } : { ok: true, act, args };
}

/** The words after the command that name an act: `claim`, `policy show`. */
function wordsOf(act: Act): readonly string[] {
  return act.slash?.sub?.split(" ") ?? [];
}

/** Whether the words typed begin with these, however they are written. */
function begins(typed: readonly string[], with_: readonly string[]): boolean {
  return with_.every((word, index) => typed[index]?.toLowerCase() === word.toLowerCase());
}
/** Slack's clients write straight quotation marks as curved ones. */
const QUOTED = /^["“”„«]([^"“”„«»]*)["“”»] *(.*)$/;

function personId(word: string): string {
  if (!word.startsWith("<@") || !word.endsWith(">")) return word;
  const inner = word.slice(2, -1).replace(/^!/, "");
  const bar = inner.indexOf("|");
  return bar < 0 ? inner : inner.slice(0, bar);
}
