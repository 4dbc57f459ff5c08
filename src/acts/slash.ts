// Typed commands: "/request claim 42" → the act and its raw arguments.
import type { Act } from "./act.ts";
import { slashCommands } from "./catalogue.ts";

export type Typed =
  | { ok: true; act: Act; args: Record<string, string> }
  /** Not understood: the acts whose usage is to be shown. */
  | { ok: false; command: string; acts: readonly Act[] };

/** `/request claim NUMBER`, as people type it. Optional arguments stand in brackets. */
export function usageOf(act: Act): string {
  if (!act.slash) return "";
  const args = act.args.map((arg) => {
    const shown =
      arg.kind === "person" ? "@who" : arg.kind === "tier" ? "1-5" : arg.kind === "number" ? "N" : arg.name;
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
  const sub = words[0]?.toLowerCase();
  // A command with one way to go needs no second word.
  const only = words.length === 0 && acts.length === 1 ? acts[0] : undefined;
  const act = direct ?? only ?? acts.find((candidate) => candidate.slash?.sub === sub);
  if (!act) return { ok: false, command: name, acts };
  const rest = direct ? words : words.slice(1);
  const args: Record<string, string> = {};
  for (const arg of act.args) {
    if (arg.kind === "rest") {
      args[arg.name] = rest.splice(0).join(" ");
    } else {
      const word = rest.shift();
      if (word !== undefined) args[arg.name] = arg.kind === "person" ? personId(word) : word;
    }
  }
  return rest.length > 0 ? { ok: false, command: name, acts: [act] } : { ok: true, act, args };
}

function personId(word: string): string {
  if (!word.startsWith("<@") || !word.endsWith(">")) return word;
  const inner = word.slice(2, -1).replace(/^!/, "");
  const bar = inner.indexOf("|");
  return bar < 0 ? inner : inner.slice(0, bar);
}
