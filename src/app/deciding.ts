// From an act to the decision about its request: arguments in, plan out. Pure but for the new row's id.
import { v7 as uuid } from "uuid";
import { readWhen, type When } from "../domain/promises/moments.ts";
import {
  decideClaim,
  decideConfirm,
  decideLine,
  decideOnIt,
  decideReopen,
  decideResolve,
  decideTier,
  decideWait,
} from "../domain/request/act.ts";
import { decideAnsweredElsewhere, decideThirdParty } from "../domain/request/elsewhere.ts";
import { askFollowUp, decideFollowUp } from "../domain/request/follow-up.ts";
import {
  decideAccept,
  decideAssign,
  decideDecline,
  decideHandover,
  decideRelease,
  type Receiver,
} from "../domain/request/ownership.ts";
import { decideHaveIt, decidePageNow } from "../domain/request/page-acts.ts";
import { nothing, type Plan, type Refusal, type Situation } from "../domain/request/plan.ts";
import { decidePromise } from "../domain/request/promise.ts";
import { decideDeleteNote } from "../domain/request/signals.ts";
import { decideSnooze, pressing } from "../domain/request/snooze.ts";
import { isActive } from "../domain/request/state.ts";
import { decideLeave, decideTold } from "../domain/request/telling.ts";
import { decideRelieved, decideWorkaround } from "../domain/request/workaround.ts";
import type { CustomerSignal } from "../domain/triage/customer-signals.ts";
import type { PersonId, Tier } from "../domain/words.ts";
import type { Acting } from "./acting.ts";
import type { Known } from "./people.ts";

/** Why words for a time are none that can be promised. */
export const NO_TIME: Readonly<Record<Exclude<When["kind"], "at">, Refusal>> = {
  none: "not_a_time",
  past: "time_past",
  far: "time_far",
};

/** The plan of one act about one request. */
export function decideAct(
  acting: Acting,
  situation: Situation,
  to: (Omit<Receiver, "id"> & { person: Known }) | null,
  onCall: readonly PersonId[] = [],
): Plan {
  const { act, args, by, call } = acting;
  switch (act.name) {
    case "claim": {
      const { owner, offer } = situation.state;
      if (offer?.to === by.id) return decideAccept(situation, by.id, null);
      // Of two who claim at the same moment one has it; the other must not take it away without knowing.
      const late = isActive(situation.state) && owner !== null && owner !== by.id;
      return late ? refused("taken") : decideClaim(situation, by.id);
    }
    case "assign":
      return to
        ? decideAssign(situation, by.id, { ...to, id: to.person.id }, acting.role)
        : refused("not_staff");
    case "handover": {
      const brief = { id: uuid(), text: String(args.brief ?? "") };
      return to ? decideHandover(situation, by.id, { ...to, id: to.person.id }, brief) : refused("not_staff");
    }
    case "accept_handover":
      return decideAccept(situation, by.id, offerOf(args.offer));
    case "decline_handover":
      return decideDecline(situation, by.id, offerOf(args.offer));
    case "release":
      return decideRelease(situation, by.id, acting.role);
    case "tier":
      return decideTier(situation, by.id, asTier(args.tier));
    case "follow_up":
    case "give_follow_up": {
      if (act.name === "give_follow_up" && !to?.staff) return refused("not_staff");
      const who = act.name === "give_follow_up" ? (to?.person.id ?? by.id) : by.id;
      if (args.by === undefined) return askFollowUp(situation, who === by.id ? null : who);
      const when = whenOf(acting, situation, "by");
      if (when.kind !== "at") return refused(NO_TIME[when.kind], "by");
      return decideFollowUp(situation, by.id, { to: who, until: when.at });
    }
    case "delete_note":
      return decideDeleteNote(situation, by.id, String(args.signal) as CustomerSignal);
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
    case "leave_incident":
      return decideLeave(situation, by.id);
    case "answer": {
      const text = typeof args.line === "string" ? args.line.trim() : "";
      if (text !== "") return decideTold(situation, by.id, { id: uuid(), text });
      // What cannot be said is not asked for.
      const may = decideTold(situation, by.id, { id: "", text });
      return may.reply.kind === "refused" ? may : { ...nothing, reply: { kind: "ask_answer" } };
    }
    case "answered":
      return decideAnsweredElsewhere(situation, by.id);
    case "third_party":
      return decideThirdParty(situation, by.id, args.back === undefined);
    case "workaround": {
      const line = typeof args.line === "string" ? args.line.trim() : "";
      // A button asks first what they can do; a typed command and the form itself are the answer.
      if (call.surface === "button" && args.line === undefined && isActive(situation.state)) {
        return { ...nothing, reply: { kind: "ask_workaround" } };
      }
      return decideWorkaround(situation, by.id, line === "" ? null : { id: uuid(), text: line });
    }
    case "it_helped":
    case "not_yet":
      return decideRelieved(situation, by.id, act.name === "it_helped");
    case "reopen":
      return decideReopen(situation, by.id, "staff");
    case "not_fixed":
      return decideReopen(situation, by.id, "not_fixed");
    case "good":
      return decideConfirm(situation, by.id);
    case "on_it": {
      const named = typeof args.pledge === "string" ? args.pledge : null;
      return decideOnIt(situation, by.id, pressing(situation, named)?.key ?? named ?? "first_answer");
    }
    case "snooze":
      return snooze(acting, situation);
    case "promise": {
      const when = whenOf(acting, situation, "when");
      if (when.kind !== "at") return refused(NO_TIME[when.kind], "when");
      const note = typeof args.note === "string" ? args.note.trim() : "";
      return decidePromise(situation, by.id, {
        until: when.at,
        line: note === "" ? null : { id: uuid(), text: note },
        message: typeof args.of === "string" ? args.of : null,
      });
    }
    case "page":
      return decidePageNow(situation, by.id, onCall);
    case "have_it":
      return decideHaveIt(situation, by.id);
    case "track": {
      const until = Number.parseInt(String(args.until), 36) * 60_000;
      if (!Number.isSafeInteger(until)) return refused("not_a_time");
      return decidePromise(situation, by.id, { until, line: null, message: String(args.of) });
    }
    case "say_back":
    case "apologise": {
      const when = whenOf(acting, situation, "by");
      if (when.kind !== "at") return refused(NO_TIME[when.kind], "by");
      const line = { id: uuid(), text: String(args.line ?? "").trim(), until: when.at };
      return decideLine(situation, by.id, line, act.name === "say_back" ? "said_back" : "apologised");
    }
    default:
      throw new Error(`The act "${act.name}" is in the catalogue, but nothing decides it.`);
  }
}

/** The time typed into a field, in the zone of whoever typed it. */
function whenOf({ args, by, lang }: Acting, { now, terms }: Situation, field: string): When {
  return readWhen(String(args[field] ?? ""), now, by.timezone ?? terms.calendar.timezone, lang);
}

/** A button or menu asks first until when, and why. */
function snooze(acting: Acting, situation: Situation): Plan {
  const { args, by } = acting;
  const pledge = pressing(situation, typeof args.pledge === "string" ? args.pledge : null);
  const why = typeof args.why === "string" ? args.why.trim() : "";
  if (args.until === undefined || why === "") {
    return pledge && isActive(situation.state)
      ? { ...nothing, reply: { kind: "ask_snooze", pledge: pledge.key } }
      : refused("nothing_runs");
  }
  const when = whenOf(acting, situation, "until");
  if (when.kind !== "at") return refused(NO_TIME[when.kind], "until");
  return decideSnooze(situation, by.id, pledge, when.at, { id: uuid(), text: why });
}

function refused(why: Refusal, field?: string): Plan {
  return { ...nothing, reply: { kind: "refused", why, ...(field === undefined ? {} : { field }) } };
}

/** The offer a button answers: the instant it was made. Null where none is named. */
function offerOf(value: unknown): number | null {
  const at = Number(value ?? Number.NaN);
  return Number.isFinite(at) ? at : null;
}

function asTier(value: unknown): Tier {
  if (value === 1 || value === 2 || value === 3 || value === 4 || value === 5) return value;
  throw new RangeError(`A tier is a number from 1 to 5, not ${JSON.stringify(value)}.`);
}
