// What staff read about what is promised, and where each value came from.
import { describe, expect, test } from "vitest";
import { termsFor } from "../../src/domain/terms.ts";
import type { Lang } from "../../src/domain/words.ts";
import { policyCard } from "../../src/messages/policy.ts";
import { readPolicy } from "../../src/policy-file.ts";
import { read } from "./view.ts";

const written = `
timezone: Europe/Madrid
hours: { mon-thu: "9:00-14:00, 15:00-18:00", fri: "8:00-15:00" }
holidays: { region: ES-MD, days: [2026-12-24, 2026-12-28 to 2026-12-31] }
promises: { money: { first answer: 1 h } }
reminders: [at 75% tell owner, at 90% tell lead]
teams:
  - name: Soporte
    channels:
      - name: help
        promises: { guidance: { next update: 3 working days }, money: { reminders: 30 min before tell lead } }
    on call: { people: [U0ANARUIZ, U0LUISMAS], since: 2026-01-05 }
companies:
  - name: Ferro Bikes
    page: yes
    promises: { everything is failing: { first answer: 10 min, around the clock: yes }, guidance: { first answer: none } }
`;

function shown(lang: Lang, onCallConfirmed = true): string {
  const policy = readPolicy(written, "policy.yaml");
  const [workspace] = policy.workspaces;
  const team = workspace?.teams[0];
  if (!workspace || !team) throw new Error("The policy of this test has a workspace with a team.");
  const terms = termsFor({
    onCallConfirmed,
    policy,
    workspace,
    team,
    channel: team.channels[0] ?? null,
    company: workspace.companies[0] ?? null,
  });
  const of = { kind: "company", company: "Ferro Bikes", channel: "help", team: "Soporte" } as const;
  const turns = { how: "round_robin", people: ["Ana Ruiz", "Luis Mas"], source: "team Soporte" } as const;
  const called = { how: "on_call", people: [], source: "channel #help" } as const;
  const people = {
    onCall: { people: ["Ana Ruiz", "Luis Mas"], every: "week", source: "team Soporte" },
    assign: { 1: called, 2: turns, 3: turns, 4: turns, 5: { how: "by_hand", people: [], source: "default" } },
  } as const;
  return read(policyCard(terms, of, people, lang));
}

describe("the policy card", () => {
  test("says each value in a person's words, and where it came from", () => {
    expect(shown("en").split("\n")).toEqual([
      "What Ferro Bikes is promised (in #help)",
      "• Everything is failing: answer in 10 min (company Ferro Bikes), update in 30 min (default), update in 1 h once open for 2 h (default), day and night (company Ferro Bikes)",
      "• Money: answer in 1 h (top of the policy file), update in 1 working day (default)",
      "• Real problem: answer in 4 h, update in 2 working days, update in 5 working days while with engineering (default)",
      "• Guidance: no promise of an answer (company Ferro Bikes), update in 3 working days (channel #help)",
      "• Feedback: answer in 3 working days, no promise of an update (default)",
      "Hours: Mon-Thu 9:00-14:00, 15:00-18:00; Fri 8:00-15:00 · Europe/Madrid · holidays of ES-MD · 5 days of our own (top of the policy file)",
      "We say we have it: after 2 min (default)",
      "We say we are late: after 15 min (default)",
      "Guidance that feels alarming: answer in 4 h (default)",
      "Warnings before the end: at 75% the owner, at 90% the lead (top of the policy file)",
      "Warnings, Money: 30 min before the lead (channel #help)",
      "Woken when everything is failing: who is on call, at once and at any hour (company Ferro Bikes)",
      "On call: Ana Ruiz, Luis Mas, in weekly turns (team Soporte)",
      "Given to: Everything is failing: who is on call (channel #help); Money, Real problem, Guidance: each in turn: Ana Ruiz, Luis Mas (team Soporte); Feedback: whoever takes it (default)",
      "From the policy file as it stands. Requests that are open keep what held when they opened.",
    ]);
  });
  test("says where a promise of day and night waits for somebody who is woken", () => {
    expect(shown("en", false)).toContain(
      "update in 1 h once open for 2 h (default), day and night once somebody on call has confirmed a test page",
    );
    expect(shown("es", false)).toContain("día y noche cuando alguien de guardia confirme un aviso de prueba");
  });

  test("is written in Spanish too", () => {
    expect(shown("es").split("\n")).toEqual([
      "Lo que se promete a Ferro Bikes (en #help)",
      "• Todo falla: respuesta en 10 min (empresa Ferro Bikes), novedades en 30 min (por defecto), novedades en 1 h a partir de 2 h (por defecto), día y noche (empresa Ferro Bikes)",
      "• Dinero: respuesta en 1 h (principio del fichero), novedades en 1 día laborable (por defecto)",
      "• Problema real: respuesta en 4 h, novedades en 2 días laborables, novedades en 5 días laborables mientras está en desarrollo (por defecto)",
      "• Orientación: sin promesa de respuesta (empresa Ferro Bikes), novedades en 3 días laborables (canal #help)",
      "• Comentarios: respuesta en 3 días laborables, sin promesa de novedades (por defecto)",
      "Horario: lun-jue 9:00-14:00, 15:00-18:00; vie 8:00-15:00 · Europe/Madrid · festivos de ES-MD · 5 días propios (principio del fichero)",
      "Decimos que lo tenemos: a los 2 min (por defecto)",
      "Decimos que llegamos tarde: a los 15 min (por defecto)",
      "Dudas que suenan a alarma: respuesta en 4 h (por defecto)",
      "Avisos antes del final: al 75 % a quien la lleva, al 90 % a quien lleva el equipo (principio del fichero)",
      "Avisos, Dinero: 30 min antes a quien lleva el equipo (canal #help)",
      "A quién se despierta cuando todo falla: a quien está de guardia, al momento y a cualquier hora (empresa Ferro Bikes)",
      "De guardia: Ana Ruiz, Luis Mas, por turnos de una semana (equipo Soporte)",
      "Se da a: Todo falla: quien está de guardia (canal #help); Dinero, Problema real, Orientación: cada cual por turno: Ana Ruiz, Luis Mas (equipo Soporte); Comentarios: quien la coja (por defecto)",
      "Del fichero de la política tal como está. Las peticiones abiertas conservan lo que valía al abrirse.",
    ]);
  });
});
