// From an act to the decision about its request: arguments in, plan out. Pure but for the new row's id.
import { v7 as uuid } from "uuid";
import { parseWhen } from "../domain/promises/moments.ts";
import {
  decideAssign,
  decideClaim,
  decideConfirm,
  decideLine,
  decideOnIt,
  decideReopen,
  decideResolve,
  decideTier,
  decideWait,
} from "../domain/request/act.ts";
import { nothing, type Plan, type Refusal, type Situation } from "../domain/request/plan.ts";
import { isActive } from "../domain/request/state.ts";
import type { Tier } from "../domain/words.ts";
import type { Acting } from "./acting.ts";
import type { Known } from "./people.ts";

/** The plan of one act about one request. */
export function decideAct(
  acting: Acting,
  situation: Situation,
  to: { person: Known; staff: boolean } | null,
): Plan {
  const { act, args, by, call } = acting;
  switch (act.name) {
    case "claim": {
      const { owner } = situation.state;
      // Of two who claim at the same moment one has it; the other must not take it away without knowing.
      const late = isActive(situation.state) && owner !== null && owner !== by.id;
      return late ? refused("taken") : decideClaim(situation, by.id);
    }
    case "assign":
      return to ? decideAssign(situation, by.id, to.person.id, to.staff) : refused("not_staff");
    case "tier":
      return decideTier(situation, by.id, asTier(args.tier));
    case "wait":
      return decideWait(situation, by.id);
    case "resolve": {
      const note = typeof args.note === "string" ? args.note.trim() : "";
      // A button or shortcut asks first what was done; a typed command and the form itself are the answer.
      const asks = (call.surface === "button" || call.surface === "shortcut") && args.note === undefined;
      if (asks && situation.live && situation.state.quiet === null) {
        return { ...nothing, reply: { kind: "ask_resolution" } };
      }
      return decideResolve(situation, by.id, note === "" ? null : { id: uuid(), text: note });
    }
    case "reopen":
      return decideReopen(situation, by.id, "staff");
    case "not_fixed":
      return decideReopen(situation, by.id, "not_fixed");
    case "good":
      return decideConfirm(situation, by.id);
    case "on_it":
      return decideOnIt(situation, by.id, String(args.pledge ?? "first_answer"));
    case "say_back":
    case "apologise": {
      const zone = by.timezone ?? situation.terms.calendar.timezone;
      const until = parseWhen(String(args.by ?? ""), situation.now, zone, acting.lang);
      if (until === null) return refused("not_a_time", "by");
      const line = { id: uuid(), text: String(args.line ?? "").trim(), until };
      return decideLine(situation, by.id, line, act.name === "say_back" ? "said_back" : "apologised");
    }
    default:
      throw new Error(`The act "${act.name}" is in the catalogue, but nothing decides it.`);
  }
}

function refused(why: Refusal, field?: string): Plan {
  return { ...nothing, reply: { kind: "refused", why, ...(field === undefined ? {} : { field }) } };
}

function asTier(value: unknown): Tier {
  if (value === 1 || value === 2 || value === 3 || value === 4 || value === 5) return value;
  throw new RangeError(`A tier is a number from 1 to 5, not ${JSON.stringify(value)}.`);
}
