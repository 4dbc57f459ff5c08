// The words of /siempre tune, in both languages.
import type { Lang } from "../../domain/words.ts";
import type { Inline, Text } from "../card.ts";
import { say } from "../inline.ts";
import { at } from "./times-es.ts";

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

const en = {
  looking: (channel: string, weeks: number) =>
    `I'm reading the last ${weeks} weeks of #${channel} as they would be with other settings. What I find comes to you as a direct message.`,
  heading: (channel: string, weeks: number) => `#${channel}, the last ${weeks} weeks`,
  made: (m: { messages: number; requests: number; joined: number; answered: number; corrected: number }) =>
    `${count(m.messages, "message", "messages")}: ${count(m.requests, "request", "requests")}, ${m.joined} joined, ${m.answered} answered, ${m.corrected} corrected by people.`,
  opens: { easily: "easily", usual: "as usual", rarely: "rarely" },
  better: (change: string) => `Better: ${change}.`,
  joinChange: (from: number, to: number) => `join within ${from} → ${to} min`,
  opensChange: (from: string, to: string) => `new requests open ${from} → ${to}`,
  effect: (from: number, to: number) => `${from} → ${to} requests`,
  corrections: (avoided: number, all: number) =>
    `${avoided} of ${count(all, "correction", "corrections")} would not have been needed`,
  agreement: (from: number, to: number, of: number) =>
    `decides like the team in ${from} → ${to} of ${of} messages`,
  nothingBetter: (tried: number) =>
    `What holds now fits: none of ${tried} other settings comes closer to what your team did.`,
  tooFew: (n: number) =>
    `There are too few messages to compare with (${n}). Try again when the team has worked here for a while.`,
  unreadable: (channel: string) => `I can't read the history of #${channel}. Is the bot still a member?`,
  policySays: (settings: string) => `The policy file says ${settings}`,
  setBy: (settings: string, who: Inline, when: Inline): Text => say`Now ${settings}, set by ${who}, ${when}`,
  settings: (join: number, opens: string) => `join within ${join} min, opens ${opens}`,
  useThese: "Use these",
  backToPolicy: "Back to the policy file",
  used: (channel: string, join: number, policy: string) =>
    `From now on in #${channel}: messages of one person within ${join} min belong together. The policy file says ${policy}.`,
  usedPolicy: (channel: string, policy: string) => `#${channel} follows the policy file again: ${policy}.`,
};

const es: typeof en = {
  looking: (channel, weeks) =>
    `Leo las últimas ${weeks} semanas de #${channel} como serían con otros ajustes. Lo que encuentre te llega por mensaje directo.`,
  heading: (channel, weeks) => `#${channel}, las últimas ${weeks} semanas`,
  made: (m) =>
    `${count(m.messages, "mensaje", "mensajes")}: ${count(m.requests, "petición", "peticiones")}, ${m.joined} unidos, ${m.answered} respondidas, ${m.corrected} corregidos por personas.`,
  opens: { easily: "con facilidad", usual: "como siempre", rarely: "rara vez" },
  better: (change) => `Mejor: ${change}.`,
  joinChange: (from, to) => `unir en ${from} → ${to} min`,
  opensChange: (from, to) => `abrir peticiones nuevas ${from} → ${to}`,
  effect: (from, to) => `${from} → ${to} peticiones`,
  corrections: (avoided, all) =>
    `${avoided} de ${count(all, "corrección", "correcciones")} no habrían hecho falta`,
  agreement: (from, to, of) => `decide como el equipo en ${from} → ${to} de ${of} mensajes`,
  nothingBetter: (tried) =>
    `Lo que hay ahora encaja: ninguno de otros ${tried} ajustes se acerca más a lo que hizo tu equipo.`,
  tooFew: (n) =>
    `Hay muy pocos mensajes con los que comparar (${n}). Prueba cuando el equipo lleve un tiempo trabajando aquí.`,
  unreadable: (channel) => `No puedo leer el historial de #${channel}. ¿Sigue el bot dentro?`,
  policySays: (settings) => `El fichero dice ${settings}`,
  setBy: (settings, who, when) => say`Ahora ${settings}, puesto por ${who} ${at(when)}`,
  settings: (join, opens) => `unir en ${join} min, abrir ${opens}`,
  useThese: "Usar estos",
  backToPolicy: "Volver al fichero",
  used: (channel, join, policy) =>
    `Desde ahora en #${channel}: los mensajes de una persona en ${join} min van juntos. El fichero dice ${policy}.`,
  usedPolicy: (channel, policy) => `#${channel} sigue otra vez el fichero: ${policy}.`,
};

export function tuningSentences(lang: Lang): typeof en {
  return lang === "es" ? es : en;
}
