// Time has passed: what falls due is recorded and told, once.

import { ladderOf, timesBy } from "../promises/ladder.ts";
import { isInternal, type PledgeKind, pledgesOf } from "../promises/pledges.ts";
import { type Alarm, alarmsOf, SNOOZED } from "../promises/reminders.ts";
import type { PersonId } from "../words.ts";
import { type Assigned, decideAssigned } from "./assigning.ts";
import { brokenFact } from "./breach.ts";
import type { Fact } from "./facts.ts";
import type { NoticeBody } from "./notices.ts";
import { decideOffer } from "./ownership.ts";
import { decidePage } from "./paging.ts";
import { fact, nothing, type Plan, type Situation } from "./plan.ts";

type Warning = Extract<Alarm, { kind: "warn" }>;

/**
 * Everything due at `now`. After a long sleep a promise that has run out is told as broken, not warned about first:
 * a warning that can no longer help is noise. `onCall`: who is to be called for tier 1, first to last. `ahead`, ms: warnings to
 * whoever has it that fall due so soon are told now, since they are being told of something anyway. `assigned`: whom the policy
 * gives it to, if it is to be given to anybody now.
 */
export function decideTick(
  situation: Situation,
  onCall: readonly PersonId[] = [],
  ahead = 0,
  assigned: Assigned = "nobody",
): Plan {
  const { state, history, terms, now, owner = null } = situation;
  const pledges = pledgesOf(history, terms, now);
  // What was told just now is what they are being told of: its next time comes when it is due.
  const toldOf = new Set(
    history.flatMap((past) => (past.kind === "warned" && past.at > now - ahead ? [past.pledge] : [])),
  );
  const soon = (alarm: Alarm) =>
    alarm.kind === "warn" &&
    alarm.whom === "owner" &&
    alarm.at <= now + ahead &&
    !toldOf.has(alarm.pledge.key);
  const due = alarmsOf(state, pledges, terms, owner).filter((alarm) => alarm.at <= now || soon(alarm));
  const breaking = new Set(due.flatMap((alarm) => (alarm.kind === "break" ? [alarm.pledge.key] : [])));
  // A helper's answer quiets the warnings, until the customer writes again: then it was not enough.
  const helped = state.helpedAt !== null && state.helpedAt >= state.customerAt;
  const facts: Fact[] = [];
  const notices: NoticeBody[] = [];
  // Of several steps of one promise that fall due together for the same people, only the last is told.
  const last = new Map<string, Warning>();
  for (const alarm of due) if (alarm.kind === "warn") last.set(`${alarm.pledge.key} ${alarm.whom}`, alarm);

  for (const alarm of due) {
    switch (alarm.kind) {
      case "acknowledge":
        facts.push(fact({ kind: "acknowledged" }, now, null));
        if (situation.live) notices.push({ kind: "acknowledge" });
        break;
      case "assign": {
        const given = decideAssigned(assigned, { terms, tier: state.tier, now });
        facts.push(...given.facts);
        // In the morning the policy gives out what came at night: each of them hears of theirs in one message.
        for (const notice of given.notices)
          notices.push(notice.kind === "given" ? { ...notice, together: true } : notice);
        break;
      }
      case "page": {
        const page = decidePage(state, terms, onCall, now);
        facts.push(...page.facts);
        notices.push(...page.notices);
        break;
      }
      case "warn": {
        const { pledge, how, at } = alarm;
        if (pledge.dueAt === null || breaking.has(pledge.key)) break;
        const { step, time, due: mark } = told(situation, alarm);
        const again = time === 0 ? {} : { time };
        facts.push(fact({ kind: "warned", pledge: pledge.key, step, due: mark, ...again }, now, null));
        if (last.get(`${pledge.key} ${alarm.whom}`) !== alarm) break;
        if (helped && quieted(pledge.kind)) break;
        const theirs = alarm.whom === "owner" || alarm.whom === "backup";
        const to = theirs && state.owner === null ? "team" : alarm.whom;
        const body = { pledge: pledge.key, step, time, due: pledge.dueAt, at: Math.min(at, now) };
        notices.push({ kind: "reminder", ...body, to, how });
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
      case "follow_up":
        facts.push(fact({ kind: "follow_up_due" }, now, null));
        if (state.chance) notices.push({ kind: "follow_up", to: state.chance.owner, at: now });
        break;
      case "look_in":
        facts.push(fact({ kind: "looked_in" }, now, null));
        notices.push({ kind: "look_in", to: state.owner, at: now });
        break;
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
  if (facts.length === 0) return nothing;
  // That somebody was warned does not stand on the card; that something was put off does, until it comes back.
  const shown = state.snoozed.size > 0 || facts.some(({ kind }) => kind !== "warned");
  return { ...nothing, facts, notices: shown ? [...notices, { kind: "card" }] : notices };
}

/** Whether a helper's answer quiets the warnings of such a promise: what somebody gave their word for, and what we owe ourselves, it does not. */
function quieted(kind: PledgeKind): boolean {
  return kind !== "commitment" && !isInternal(kind);
}

/** What is remembered of a warning: of repetitions that were missed, the last. */
function told({ state, terms, now }: Situation, alarm: Warning): { step: number; time: number; due: number } {
  const { pledge, step, time, at } = alarm;
  if (step === SNOOZED) return { step, time, due: state.snoozed.get(pledge.key)?.until ?? at };
  const said = ladderOf(terms, state.tier)[step];
  const by = said ? timesBy(pledge, said, time, terms, state.tier, now) : time;
  return { step, time: by, due: pledge.dueAt ?? at };
}
