// The words for what is promised: `/siempre policy`, in both languages.
import type { AssignRule, ReminderStep } from "../../domain/policy.ts";
import type { PledgeKind } from "../../domain/promises/pledges.ts";
import type { Lang } from "../../domain/words.ts";

const en = {
  inChannel: (channel: string) => `What is promised in #${channel}`,
  byTeam: (team: string) => `What team ${team} promises`,
  toCompany: (company: string, where: string) => `What ${company} is promised (${where})`,
  onRequest: (number: number, who: string) => `What was promised for #${number}, ${who}`,
  frozen: "It was frozen when the request opened: a change of the policy file does not move it.",
  fileOf: "From the policy file as it stands. Requests that are open keep what held when they opened.",
  inPlace: (channel: string) => `in #${channel}`,
  ofTeam: (team: string) => `team ${team}`,
  firstAnswer: (length: string) => `answer in ${length}`,
  nextUpdate: (length: string) => `update in ${length}`,
  thenUpdate: (length: string, after: string) => `update in ${length} once open for ${after}`,
  thirdPartyUpdate: (length: string) => `update in ${length} while with engineering`,
  workaround: (length: string) => `for us alone: a workaround in ${length}`,
  resolution: (length: string) => `for us alone: resolved in ${length}`,
  noAnswer: "no promise of an answer",
  noUpdate: "no promise of an update",
  aroundTheClock: "day and night",
  days: (count: number) => (count === 1 ? "1 working day" : `${count} working days`),
  hours: "Hours",
  always: "always open",
  ownDays: (count: number) => (count === 1 ? "1 day of our own" : `${count} days of our own`),
  holidaysOf: (region: string) => `holidays of ${region}`,
  weekdays: ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
  alarmedGuidance: "Guidance that feels alarming",
  acknowledgeAfter: "We say we have it",
  atOnce: "at once",
  within: (length: string) => `after ${length}`,
  grace: "We say we are late",
  reminders: "Warnings before the end",
  remindersOf: (tier: string) => `Warnings, ${tier}`,
  none: "none",
  woken: "Woken when everything is failing",
  wokenAtOnce: "who is on call, at once and at any hour",
  wokenSecond: "who is on call, on a second report or when one of us asks",
  nobodyWoken: "nobody, since nobody is on call",
  onCall: "On call",
  nobody: "nobody",
  turns: {
    week: (people: readonly string[]) => `${people.join(", ")}, in weekly turns`,
    day: (people: readonly string[]) => `${people.join(", ")}, in daily turns`,
  },
  givenTo: "Given to",
  assigned: {
    round_robin: "each in turn",
    least_loaded: "whoever has the fewest",
    on_call: "who is on call",
    by_hand: "whoever takes it",
  } satisfies Record<AssignRule["how"], string>,
  reminder: (step: ReminderStep) => {
    const when =
      "used" in step
        ? `at ${Math.round(step.used * 100)}%`
        : "before" in step
          ? `${step.before} min before`
          : `${step.after} min after`;
    const whom = {
      owner: "the owner",
      backup: "their backup",
      "on-call": "who is on call",
      team: "the team",
      lead: "the lead",
    }[step.whom];
    const until = { end: "", answered: " until answered" };
    const often = typeof step.until === "number" ? ` ${step.until} times` : until[step.until ?? "end"];
    const again = step.every === undefined ? "" : ` every ${step.every} min${often}`;
    return `${when} ${whom}${step.how === "channel" ? " in the channel" : ""}${again}`;
  },
  source: {
    default: "default",
    workspace: "top of the policy file",
    others: "everything else",
    company: (name: string) => `company ${name}`,
    channel: (name: string) => `channel ${name}`,
    team: (name: string) => `team ${name}`,
  },
  waitsForPage: "day and night once somebody on call has confirmed a test page",
  applyTitle: (count: number) =>
    count === 1 ? "1 open request would get other terms" : `${count} open requests would get other terms`,
  unmoved: (count: number) =>
    count === 1 ? "1 more changes without another time." : `${count} more change without another time.`,
  andMore: (count: number) => `and ${count} more`,
  usedIsKept: "What was used so far is kept, what is missed stays missed. Nothing moves until you press.",
  applyTo: (count: number) => (count === 1 ? "Apply to 1 request" : `Apply to ${count} requests`),
  applied: (count: number) =>
    count === 1
      ? "Applied to 1 request. Its history says so."
      : `Applied to ${count} requests. Their histories say so.`,
  appliedSoFar: (count: number) =>
    `Applied to ${count} so far. The others follow by themselves, and I tell you when they are done.`,
  appliedUntil: (count: number) =>
    `The policy file changed meanwhile: ${count === 1 ? "1 open request has" : `${count} open requests have`} what it said before, the others were left as they were. /siempre policy apply shows what is still to do.`,
  nothingToApply: "Every open request has what the policy file says.",
  noTime: "no time",
  owed: {
    first_answer: "answer",
    next_update: "update",
    workaround: "workaround",
    resolution: "solution",
    commitment: "word given",
  } satisfies Record<PledgeKind, string>,
  noCompany: (name: string, known: readonly string[]) =>
    known.length === 0
      ? `The policy file names no company “${name}”, nor any other.`
      : `The policy file names no company “${name}”. It names ${known.join(", ")}.`,
};

const es: typeof en = {
  inChannel: (channel) => `Lo que se promete en #${channel}`,
  byTeam: (team) => `Lo que promete el equipo ${team}`,
  toCompany: (company, where) => `Lo que se promete a ${company} (${where})`,
  onRequest: (number, who) => `Lo que se prometió para #${number}, ${who}`,
  frozen: "Quedó fijado al abrirse la petición: un cambio en el fichero de la política no lo mueve.",
  fileOf:
    "Del fichero de la política tal como está. Las peticiones abiertas conservan lo que valía al abrirse.",
  inPlace: (channel) => `en #${channel}`,
  ofTeam: (team) => `equipo ${team}`,
  firstAnswer: (length) => `respuesta en ${length}`,
  nextUpdate: (length) => `novedades en ${length}`,
  thenUpdate: (length, after) => `novedades en ${length} a partir de ${after}`,
  thirdPartyUpdate: (length) => `novedades en ${length} mientras está en desarrollo`,
  workaround: (length) => `solo para nosotros: un apaño en ${length}`,
  resolution: (length) => `solo para nosotros: resuelta en ${length}`,
  noAnswer: "sin promesa de respuesta",
  noUpdate: "sin promesa de novedades",
  aroundTheClock: "día y noche",
  days: (count) => (count === 1 ? "1 día laborable" : `${count} días laborables`),
  hours: "Horario",
  always: "abierto siempre",
  ownDays: (count) => (count === 1 ? "1 día propio" : `${count} días propios`),
  holidaysOf: (region) => `festivos de ${region}`,
  weekdays: ["", "lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
  alarmedGuidance: "Dudas que suenan a alarma",
  acknowledgeAfter: "Decimos que lo tenemos",
  atOnce: "al momento",
  within: (length) => `a los ${length}`,
  grace: "Decimos que llegamos tarde",
  reminders: "Avisos antes del final",
  remindersOf: (tier) => `Avisos, ${tier}`,
  none: "ninguno",
  woken: "A quién se despierta cuando todo falla",
  wokenAtOnce: "a quien está de guardia, al momento y a cualquier hora",
  wokenSecond: "a quien está de guardia, al segundo aviso o si uno de nosotros lo pide",
  nobodyWoken: "a nadie, porque no hay nadie de guardia",
  onCall: "De guardia",
  nobody: "nadie",
  turns: {
    week: (people) => `${people.join(", ")}, por turnos de una semana`,
    day: (people) => `${people.join(", ")}, por turnos de un día`,
  },
  givenTo: "Se da a",
  assigned: {
    round_robin: "cada cual por turno",
    least_loaded: "quien menos tenga",
    on_call: "quien está de guardia",
    by_hand: "quien la coja",
  },
  reminder: (step) => {
    const when =
      "used" in step
        ? `al ${Math.round(step.used * 100)} %`
        : "before" in step
          ? `${step.before} min antes`
          : `${step.after} min después`;
    const whom = {
      owner: "a quien la lleva",
      backup: "a quien cubre",
      "on-call": "a quien está de guardia",
      team: "al equipo",
      lead: "a quien lleva el equipo",
    }[step.whom];
    const until = { end: "", answered: " hasta que se responda" };
    const often = typeof step.until === "number" ? ` ${step.until} veces` : until[step.until ?? "end"];
    const again = step.every === undefined ? "" : ` cada ${step.every} min${often}`;
    return `${when} ${whom}${step.how === "channel" ? " en el canal" : ""}${again}`;
  },
  source: {
    default: "por defecto",
    workspace: "principio del fichero",
    others: "todo lo demás",
    company: (name) => `empresa ${name}`,
    channel: (name) => `canal ${name}`,
    team: (name) => `equipo ${name}`,
  },
  waitsForPage: "día y noche cuando alguien de guardia confirme un aviso de prueba",
  applyTitle: (count) =>
    count === 1
      ? "1 petición abierta pasaría a otras condiciones"
      : `${count} peticiones abiertas pasarían a otras condiciones`,
  unmoved: (count) => (count === 1 ? "1 más cambia sin otra hora." : `${count} más cambian sin otra hora.`),
  andMore: (count) => `y ${count} más`,
  usedIsKept: "Lo ya gastado se conserva, lo incumplido sigue incumplido. Nada se mueve hasta que pulses.",
  applyTo: (count) => (count === 1 ? "Aplicar a 1 petición" : `Aplicar a ${count} peticiones`),
  applied: (count) =>
    count === 1
      ? "Aplicado a 1 petición. Consta en su historia."
      : `Aplicado a ${count} peticiones. Consta en sus historias.`,
  appliedSoFar: (count) => `Aplicado a ${count} por ahora. Las demás van solas, y te aviso cuando estén.`,
  appliedUntil: (count) =>
    `El fichero cambió mientras tanto: ${count === 1 ? "1 petición abierta tiene" : `${count} peticiones abiertas tienen`} lo que decía antes, las demás quedaron como estaban. /siempre policy apply enseña lo que falta.`,
  nothingToApply: "Todas las peticiones abiertas tienen lo que dice el fichero.",
  noTime: "sin hora",
  owed: {
    first_answer: "respuesta",
    next_update: "novedades",
    workaround: "apaño",
    resolution: "solución",
    commitment: "palabra dada",
  },
  noCompany: (name, known) =>
    known.length === 0
      ? `El fichero de la política no nombra ninguna empresa «${name}», ni ninguna otra.`
      : `El fichero de la política no nombra ninguna empresa «${name}». Nombra ${known.join(", ")}.`,
};

/** What `/siempre policy` says, in that language. */
export function policySentences(lang: Lang): typeof en {
  return { en, es }[lang];
}
