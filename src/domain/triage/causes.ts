// "What change would have made this impossible?" Proposals for the owner of a resolved request (DESIGN idea 11).
// Every default names something that we change. None names what the customer did (DESIGN idea 8).
import type { Lang, Tier } from "../words.ts";
import type { Topic } from "./reading.ts";
import { wordsOf } from "./words-of.ts";

export interface KnownCause {
  id: string;
  name: string;
  /** Requests it has produced so far. */
  count: number;
}

/** `id` is null for a cause the workspace does not have yet. */
export interface ProposedCause {
  id: string | null;
  name: string;
}

const PROPOSALS = 3;
/** Words that begin with the same letters count as one: `invoice` and `invoices`, `factura` and `facturación`. */
const STEM = 5;
const SHORTEST = 4;
/** Longer words that say nothing about a cause. */
const EMPTY = new Set(
  "that this with from have what when where which they your their about after again been before does doing only some show para como cuando donde esta este esto pero desde hasta porque sobre nuestro nuestra cada antes".split(
    " ",
  ),
);

/** The first three are proposed when no word of the request decides. */
const DEFAULTS: Record<Lang, Record<Topic, readonly string[]>> = {
  en: {
    outage: [
      "Detect the failure before customers do",
      "Roll back a bad release by itself",
      "Keep working when one service is down",
      "Test login after every release",
    ],
    billing: [
      "Say the renewal date on the invoice",
      "Block a second charge for the same order",
      "Say why a card was declined, and what to do",
      "Say in the refund e-mail when the money arrives",
      "Show invoices on the first page of the account",
      "Show the full price before the payment",
      "Let customers cancel by themselves",
    ],
    bug: [
      "Cover this case with a test",
      "Say in the error message what to do next",
      "Check the data before the import begins",
      "Warn before work is lost",
      "Test exports with large files",
      "Retry what failed without being asked",
    ],
    access: [
      "Send the login code faster, by a second way too",
      "Make the password reset link last longer",
      "Say why the account is locked, and how to open it",
      "Let people change their phone without losing access",
    ],
    howto: [
      "Explain it on the page where the question comes up",
      "Put the setting where people look for it",
      "Add it to the documentation, with an example",
      "Name the button by what it does",
      "Show the steps at the first use",
    ],
    feedback: [
      "Build what was asked for",
      "Publish what is planned",
      "Describe the way to do it today",
      "Make what exists easier to find",
    ],
  },
  es: {
    outage: [
      "Detectar el fallo antes que los clientes",
      "Deshacer solos una versión que falla",
      "Seguir funcionando si cae un servicio",
      "Probar el acceso después de cada versión",
    ],
    billing: [
      "Poner la fecha de renovación en la factura",
      "Impedir un segundo cobro del mismo pedido",
      "Decir por qué se rechazó la tarjeta y qué hacer",
      "Decir en el correo del reembolso cuándo llega el dinero",
      "Mostrar las facturas al entrar en la cuenta",
      "Mostrar el precio final antes del pago",
      "Dejar que cada cliente cancele sin pedirlo",
    ],
    bug: [
      "Cubrir este caso con una prueba",
      "Decir en el mensaje de error qué hacer",
      "Comprobar los datos antes de importar",
      "Avisar antes de que se pierda el trabajo",
      "Probar la exportación con archivos grandes",
      "Reintentar lo que falla sin que lo pidan",
    ],
    access: [
      "Enviar antes el código de acceso, y por otra vía",
      "Hacer que dure más el enlace de la contraseña",
      "Decir por qué se bloqueó la cuenta y cómo abrirla",
      "Permitir cambiar de teléfono sin perder el acceso",
    ],
    howto: [
      "Explicarlo en la página donde surge la duda",
      "Poner el ajuste donde se busca",
      "Añadirlo a la documentación, con un ejemplo",
      "Llamar al botón por lo que hace",
      "Enseñar los pasos en el primer uso",
    ],
    feedback: [
      "Construir lo que se pidió",
      "Publicar lo que está previsto",
      "Explicar cómo se hace hoy",
      "Hacer más visible lo que ya existe",
    ],
  },
};

const TOPIC_OF: Record<Tier, Topic> = { 1: "outage", 2: "billing", 3: "bug", 4: "howto", 5: "feedback" };

function stems(text: string): Set<string> {
  const found = new Set<string>();
  for (const { word } of wordsOf(text).words) {
    if (word.length >= SHORTEST && !EMPTY.has(word)) found.add(word.slice(0, STEM));
  }
  return found;
}

function alike(name: string, text: ReadonlySet<string>): number {
  let shared = 0;
  for (const stem of stems(name)) if (text.has(stem)) shared += 1;
  return shared;
}

/**
 * Up to three causes to choose from: first the workspace's own that share words with the request (the more alike, then the
 * more used, first), then the one used most, then defaults for the topic or, without one, the tier. No name appears twice.
 */
export function proposeCauses(about: {
  tier: Tier;
  topic: Topic | null;
  known: readonly KnownCause[];
  /** The customer's words, for likeness; they are never copied into a name. */
  text?: string;
  lang: Lang;
}): ProposedCause[] {
  const text = stems(about.text ?? "");
  const ranked = about.known
    .map((cause) => ({ ...cause, likeness: alike(cause.name, text) }))
    .sort((a, b) => b.likeness - a.likeness || b.count - a.count || (a.id < b.id ? -1 : 1));
  const near = ranked.filter(({ likeness }) => likeness > 0);
  const most = ranked.filter(({ likeness, count }) => likeness === 0 && count > 1).slice(0, 1);
  const defaults = DEFAULTS[about.lang][about.topic ?? TOPIC_OF[about.tier]]
    .map((name, at) => ({ id: null, name, likeness: alike(name, text), at }))
    .sort((a, b) => b.likeness - a.likeness || a.at - b.at);
  const proposed: ProposedCause[] = [];
  const taken = new Set<string>();
  for (const { id, name } of [...near, ...most, ...defaults]) {
    const key = name.trim().toLocaleLowerCase(about.lang);
    if (proposed.length === PROPOSALS || taken.has(key)) continue;
    taken.add(key);
    const existing = about.known.find((cause) => cause.name.trim().toLocaleLowerCase(about.lang) === key);
    proposed.push({ id: id ?? existing?.id ?? null, name: existing?.name ?? name });
  }
  return proposed;
}
