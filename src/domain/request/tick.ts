// Time has passed: what falls due is recorded and told, once.

import { isInternal, type PledgeKind, pledgesOf } from "../promises/pledges.ts";
import { alarmsOf } from "../promises/reminders.ts";
import type { PersonId } from "../words.ts";
import { brokenFact } from "./breach.ts";
import type { Fact } from "./facts.ts";
import type { NoticeBody } from "./notices.ts";
import { decideOffer } from "./ownership.ts";
import { decidePage } from "./paging.ts";
import { fact, nothing, type Plan, type Situation } from "./plan.ts";

/**
 * Everything due at `now`. After a long sleep a promise that has run out is told as broken, not warned about first:
 * a warning that can no longer help is noise. `onCall`: who is to be called for tier 1, first to last.
 */
export function decideTick(situation: Situation, onCall: readonly PersonId[] = []): Plan {
  const { state, history, terms, now } = situation;
  const pledges = pledgesOf(history, terms, now);
  const due = alarmsOf(state, pledges, terms).filter((alarm) => alarm.at <= now);
  const breaking = new Set(due.flatMap((alarm) => (alarm.kind === "break" ? [alarm.pledge.key] : [])));
  // A helper's answer quiets the warnings, until the customer writes again: then it was not enough.
  const helped = state.helpedAt !== null && state.helpedAt >= state.customerAt;
  const facts: Fact[] = [];
  const notices: NoticeBody[] = [];
  // Of several steps of one promise that fall due together, only the last is told.
  const lastStep = new Map<string, number>();
  for (const alarm of due) if (alarm.kind === "warn") lastStep.set(alarm.pledge.key, alarm.step);

  for (const alarm of due) {
    switch (alarm.kind) {
      case "acknowledge":
        facts.push(fact({ kind: "acknowledged" }, now, null));
        if (situation.live) notices.push({ kind: "acknowledge" });
        break;
      case "page": {
        const page = decidePage(state, terms, onCall, now);
        facts.push(...page.facts);
        notices.push(...page.notices);
        break;
      }
      case "warn": {
        const { pledge, step } = alarm;
        if (pledge.dueAt === null || breaking.has(pledge.key)) break;
        facts.push(fact({ kind: "warned", pledge: pledge.key, step, due: pledge.dueAt }, now, null));
        if (lastStep.get(pledge.key) !== step || (helped && quieted(pledge.kind))) break;
        const to = alarm.whom === "owner" && state.owner === null ? "team" : alarm.whom;
        notices.push({ kind: "reminder", pledge: pledge.key, step, due: pledge.dueAt, to });
        break;
      }
      case "break": {
        const { pledge } = alarm;
        if (pledge.dueAt === null) break;
        facts.push(brokenFact(history, { ...pledge, dueAt: pledge.dueAt }, now));
        const told = { kind: "breach", pledge: pledge.key, due: pledge.dueAt } as const;
        notices.push({ ...told, to: state.owner === null ? "team" : "owner" }, { ...told, to: "lead" });
        break;
      }
      case "tell_late": {
        const { pledge } = alarm;
        facts.push(fact({ kind: "told_late", pledge: pledge.key }, now, null));
        if (situation.live) notices.push({ kind: "late", pledge: pledge.key, due: pledge.dueAt ?? alarm.at });
        break;
      }
      case "ask_again":
      case "lapse": {
        const offer = decideOffer(situation, alarm.kind);
        facts.push(...offer.facts);
        notices.push(...offer.notices);
        break;
      }
      default:
        alarm satisfies never;
    }
  }
  return facts.length === 0 ? nothing : { ...nothing, facts, notices: [...notices, { kind: "card" }] };
}

/** Whether a helper's answer quiets the warnings of such a promise: what somebody gave their word for, and what we owe ourselves, it does not. */
function quieted(kind: PledgeKind): boolean {
  return kind !== "commitment" && !isInternal(kind);
}
