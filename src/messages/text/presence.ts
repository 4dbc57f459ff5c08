// What people are told about their own hours and absences, and others about theirs, in both languages.
import type { Lang } from "../../domain/words.ts";
import type { Inline, Text } from "../card.ts";
import { isDay, say } from "../inline.ts";
import { the } from "./times-es.ts";

const en = {
  yourHours: (week: string, zone: string) => `You work ${week} (${zone}). Reminders reach you only then.`,
  teamHours: (week: string, zone: string) =>
    `You work ${week} (${zone}), as your team does. Reminders reach you only then.`,
  setThem:
    "To change it: /siempre hours mon-fri 9-14, 15-18 Europe/Madrid. Your team's again: /siempre hours team",
  notHours: "I can't read that as working hours. Try: mon-fri 9-14, 15-18 Europe/Madrid",
  away: (until: Inline): Text =>
    say`You're away until ${until}. It ends by itself; /away off ends it sooner.`,
  backupGets: (name: string) => ` ${name} gets your reminders meanwhile.`,
  teamGets: " Your reminders go to the team channel meanwhile.",
  requestsOpen: (count: number) =>
    count === 0 ? "" : count === 1 ? " 1 open request is yours." : ` ${count} open requests are yours.`,
  back: "You're back. Your reminders come to you again.",
  notAway: "You weren't away.",
  notBackup: "That person can't stand in for you: it has to be a colleague of this team.",
  tooFar: "That's more than half a year away. Give a sooner day; when it comes you can say it again.",
  awayUntil: (until: Inline): Text => say` (away until ${until})`,
};

const es: typeof en = {
  yourHours: (week, zone) => `Trabajas ${week} (${zone}). Los avisos solo te llegan entonces.`,
  teamHours: (week, zone) =>
    `Trabajas ${week} (${zone}), como tu equipo. Los avisos solo te llegan entonces.`,
  setThem:
    "Para cambiarlo: /siempre hours lun-vie 9-14, 15-18 Europe/Madrid. El de tu equipo otra vez: /siempre hours equipo",
  notHours: "No lo entiendo como un horario. Prueba: lun-vie 9-14, 15-18 Europe/Madrid",
  away: (until) =>
    say`No estás hasta ${isDay(until) ? until : the(until)}. Termina por sí solo; /away off lo termina antes.`,
  backupGets: (name) => ` Mientras tanto tus avisos los recibe ${name}.`,
  teamGets: " Mientras tanto tus avisos van al canal del equipo.",
  requestsOpen: (count) =>
    count === 0 ? "" : count === 1 ? " Tienes 1 petición abierta." : ` Tienes ${count} peticiones abiertas.`,
  back: "Has vuelto. Los avisos te llegan otra vez a ti.",
  notAway: "No constaba que estuvieras fuera.",
  notBackup: "Esa persona no puede cubrirte: tiene que ser alguien de este equipo.",
  tooFar: "Falta más de medio año. Da un día más cercano; cuando llegue puedes decirlo otra vez.",
  awayUntil: (until) => say` (fuera hasta ${isDay(until) ? until : the(until)})`,
};

/** What is said about who is there and when, in that language. */
export function presenceSentences(lang: Lang): typeof en {
  return { en, es }[lang];
}
