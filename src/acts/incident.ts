// What can be done with an incident, all of it from its card.
import type { Act, Arg } from "./act.ts";

const incident: Arg = {
  name: "incident",
  kind: "word",
  required: true,
  words: { en: "The incident", es: "La incidencia" },
};
const base = { may: "staff", reads: false, slash: null, shortcut: null } as const;

export const confirmIncident: Act = {
  ...base,
  name: "confirm_incident",
  args: [incident],
  words: {
    en: "Say that these requests are one incident",
    es: "Decir que estas peticiones son una incidencia",
  },
};

export const dismissIncident: Act = {
  ...base,
  name: "dismiss_incident",
  args: [incident],
  words: {
    en: "Say that these requests are not related",
    es: "Decir que estas peticiones no tienen relación",
  },
};

export const leaveIncident: Act = {
  ...base,
  name: "leave_incident",
  args: [{ name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } }],
  words: { en: "Take a request out of its incident", es: "Sacar una petición de su incidencia" },
};

export const updateEveryone: Act = {
  ...base,
  name: "update_everyone",
  args: [
    incident,
    { name: "line", kind: "rest", required: false, words: { en: "What to say", es: "Qué decir" } },
  ],
  words: {
    en: "Tell every customer of an incident, each in their own thread",
    es: "Avisar a cada cliente de una incidencia, en su hilo",
  },
};

export const resolveAll: Act = {
  ...base,
  name: "resolve_all",
  args: [
    incident,
    { name: "note", kind: "rest", required: false, words: { en: "What you did", es: "Qué habéis hecho" } },
  ],
  words: {
    en: "Resolve every request of an incident, and ask each whether all is good",
    es: "Resolver todas las peticiones de una incidencia y preguntar a cada cliente",
  },
};
