// Every act there is. Adding one: write its file, name it here; manifests, help and the gate follow.
import { acceptAll } from "./accept-all.ts";
import { acceptHandover } from "./accept-handover.ts";
import type { Act } from "./act.ts";
import { again } from "./again.ts";
import { answer } from "./answer.ts";
import { answered } from "./answered.ts";
import { apologise } from "./apologise.ts";
import { applyPolicy } from "./apply-policy.ts";
import { assign } from "./assign.ts";
import { away } from "./away.ts";
import { back } from "./back.ts";
import { cause } from "./cause.ts";
import { chooseCause } from "./choose-cause.ts";
import { claim } from "./claim.ts";
import { declineHandover } from "./decline-handover.ts";
import { deleteNote } from "./delete-note.ts";
import { detect } from "./detect.ts";
import { digest } from "./digest.ts";
import { draftApology } from "./draft-apology.ts";
import { followUp, giveFollowUp } from "./follow-up.ts";
import { goLive } from "./go-live.ts";
import { good } from "./good.ts";
import { handOver } from "./hand-over.ts";
import { handShift } from "./hand-shift.ts";
import { handover } from "./handover.ts";
import { haveIt } from "./have-it.ts";
import { hours } from "./hours.ts";
import { confirmIncident, dismissIncident, leaveIncident, resolveAll, updateEveryone } from "./incident.ts";
import { itHelped } from "./it-helped.ts";
import { joinTo } from "./join-to.ts";
import { keepShift } from "./keep-shift.ts";
import { list } from "./list.ts";
import { makeRequest } from "./make-request.ts";
import { menu } from "./menu.ts";
import { noTrack } from "./no-track.ts";
import { notFixed } from "./not-fixed.ts";
import { notNow } from "./not-now.ts";
import { notRequest } from "./not-request.ts";
import { notYet } from "./not-yet.ts";
import { onCallShow } from "./on-call-show.ts";
import { onCallTest } from "./on-call-test.ts";
import { onIt } from "./on-it.ts";
import { open } from "./open.ts";
import { otherCause } from "./other-cause.ts";
import { page } from "./page.ts";
import { pageRang } from "./page-rang.ts";
import { policyApply } from "./policy-apply.ts";
import { policyShow } from "./policy-show.ts";
import { promise } from "./promise.ts";
import { promiseUpdate } from "./promise-update.ts";
import { queue } from "./queue.ts";
import { release } from "./release.ts";
import { reopen } from "./reopen.ts";
import { resolve } from "./resolve.ts";
import { sayBack } from "./say-back.ts";
import { show } from "./show.ts";
import { snooze } from "./snooze.ts";
import { somethingElse } from "./something-else.ts";
import { splitOff } from "./split-off.ts";
import { takeCause } from "./take-cause.ts";
import { thirdParty } from "./third-party.ts";
import { tier } from "./tier.ts";
import { track } from "./track.ts";
import { triageForget } from "./triage-forget.ts";
import { triageReport } from "./triage-report.ts";
import { applyTuning, tune } from "./tune.ts";
import { wait } from "./wait.ts";
import { why } from "./why.ts";
import { workaround } from "./workaround.ts";

export const acts: readonly Act[] = [
  list,
  show,
  claim,
  assign,
  handover,
  release,
  tier,
  wait,
  answered,
  workaround,
  thirdParty,
  resolve,
  reopen,
  promise,
  page,
  queue,
  digest,
  policyShow,
  policyApply,
  onCallShow,
  onCallTest,
  hours,
  away,
  back,
  triageReport,
  triageForget,
  detect,
  open,
  menu,
  why,
  sayBack,
  draftApology,
  apologise,
  promiseUpdate,
  track,
  noTrack,
  again,
  onIt,
  haveIt,
  pageRang,
  snooze,
  handOver,
  acceptHandover,
  acceptAll,
  declineHandover,
  handShift,
  keepShift,
  good,
  notFixed,
  somethingElse,
  itHelped,
  notYet,
  cause,
  otherCause,
  goLive,
  applyPolicy,
  takeCause,
  chooseCause,
  notNow,
  deleteNote,
  followUp,
  giveFollowUp,
  makeRequest,
  joinTo,
  splitOff,
  notRequest,
  answer,
  confirmIncident,
  dismissIncident,
  leaveIncident,
  updateEveryone,
  resolveAll,
  tune,
  applyTuning,
];

const byName = new Map(acts.map((act) => [act.name, act]));

/** The act of that name, or undefined: names arrive from outside. */
export function actNamed(name: string): Act | undefined {
  return byName.get(name);
}

/** The slash commands, each with its acts, in the order of the catalogue. */
export function slashCommands(): ReadonlyMap<string, readonly Act[]> {
  const commands = new Map<string, Act[]>();
  for (const act of acts) {
    if (!act.slash) continue;
    commands.set(act.slash.command, [...(commands.get(act.slash.command) ?? []), act]);
  }
  return commands;
}

/** The acts that are message shortcuts. */
export function shortcuts(): readonly Act[] {
  return acts.filter((act) => act.shortcut !== null);
}
