// Cada frase en español. Sencilla, corta, cercana; la hora primero; sin culpas; sin sentimientos del bot (MESSAGES.md).
import type { Topic } from "../../domain/triage/reading.ts";
import type { Inline, Text } from "../card.ts";
import { isDay, plain, say } from "../inline.ts";
import type { Sentences } from "./en.ts";
import { article, at, before, the } from "./times-es.ts";

const topics: Readonly<Record<Topic, string>> = {
  outage: "una caída del servicio",
  billing: "una duda de facturación",
  bug: "algo que no funciona como debe",
  howto: "una duda de uso",
  feedback: "una sugerencia",
  access: "un problema de acceso",
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const es: Sentences = {
  tiers: { 1: "Todo falla", 2: "Dinero", 3: "Problema real", 4: "Orientación", 5: "Comentarios" },
  urgencies: { calm: "tranquilo", pressed: "con prisa", alarmed: "alarmado" },
  statuses: {
    open: "abierta",
    waiting: "esperando al cliente",
    resolved: "resuelta",
    closed: "cerrada",
    dismissed: "no es una petición",
  },

  thanks: (name) => (name ? `Gracias, ${name}.` : "Gracias."),
  looksLike: (topic: Topic): Text => say` Parece ${topics[topic]};`,
  someoneAnswersBy: (when: Inline, topic): Text =>
    topic
      ? say` alguien del equipo te responde ${before(when)}.`
      : say` Alguien del equipo te responde ${before(when)}.`,
  someoneAnswers: " Alguien del equipo te responde.",
  communityReads: " Alguien lo leerá; esto es una comunidad, así que no podemos prometer una hora.",
  closedNow: ({ day, time }, opens, when) => {
    const now =
      day === null ? say`${article(time) === "la" ? "es" : "son"} ${the(time)}` : [`es ${day}, ${time}`];
    return say` Aquí ${now}; alguien lo lee ${at(opens)} y te responde ${before(when)}.`;
  },
  filesAlone: (image, when) => {
    const have = image ? " Tenemos tu imagen; alguien la" : " Tenemos tu archivo; alguien lo";
    return when
      ? say`${have} mira ${before(when)}. Una línea sobre lo que esperabas ayuda.`
      : say`${have} mirará. Una línea sobre lo que esperabas ayuda.`;
  },
  ifNotIt: " Si no es eso, escríbelo aquí.",
  statusPage: (link) => say` Estado: ${link}`,
  late: (due) =>
    say`Debías tener noticias nuestras ${before(due)} y llegamos tarde. El equipo lo sabe; alguien te escribe aquí.`,
  lateWithGoodbye: (due) =>
    say`Debías tener noticias nuestras ${before(due)} y llegamos tarde. Lo que pediste se hará y te lo confirmaremos aquí; no tienes que hacer nada.`,
  anythingElse: "¿Algo más?",
  weThinkDone: (name) => (name ? `${name}, creemos que está resuelto.` : "Creemos que está resuelto."),
  noReplyNeeded: "No hace falta contestar.",
  allGood: "Todo bien",
  notFixed: "Sigue igual",
  somethingElse: "Otra cosa",
  willWriteBy: (when) => say` Te escribo ${before(when)}.`,
  hearFromMeBy: (when) =>
    isDay(when)
      ? say` El ${when}, tienes noticias mías.`
      : say` ${capital(plain(["a ", article(when)]))} ${when} tienes noticias mías.`,

  sayBack: (owner, title) => `Soy ${owner} y lo tengo yo. Entonces: ${title}`,
  apology: (due) => `Te prometí ${article(due)} ${due} y no cumplí. Lo siento.`,

  cardTitle: (number, title) => `#${number} ${title}`,
  customer: "Cliente",
  owner: "Responsable",
  nobody: "nadie todavía",
  tier: "Nivel",
  feels: "Se siente",
  status: "Estado",
  promised: "Prometido",
  because: (words) => `por «${words}»`,
  setByPerson: "lo puso una persona",
  mismatch: (urgency, tier) => `Se siente ${urgency}, parece ${tier.toLowerCase()}.`,
  firstAnswer: (when) => say`respuesta ${before(when)}`,
  nextUpdate: (when) => say`novedades ${before(when)}`,
  commitment: (when) => say`palabra dada para ${the(when)}`,
  paused: "en pausa, esperando al cliente",
  missed: (when) => say`no cumplimos ${the(when)}`,
  nothingDue: "nada pendiente",
  in: (channel) => `en #${channel}`,
  open: "Abrir",
  claim: "Me la quedo",
  chooseTier: "Nivel",
  waitingOnCustomer: "Esperando al cliente",
  resolve: "Resolver",
  reopen: "Reabrir",
  watchOnly: "Solo observar: el cliente no ve nada nuestro.",
  goLive: "Activar",
  freshAccount: "Cuenta nueva con un enlace: el bot no le dice nada.",
  erased: "Su autor borró el mensaje.",
  movedAway: "Lo que se escribió pertenece ahora a otra petición.",
  openedFor: "La abrió una persona del equipo en su nombre.",
  linkedTo: (number) => `Viene de #${number}.`,
  files: (count) => (count === 1 ? "1 archivo" : `${count} archivos`),

  expectsYou: (who, number, due, left) =>
    say`${{ bold: who }} (#${String(number)}) te espera ${before(due)}, en ${left}.`,
  expectsSomebody: (who, number, due, left) =>
    say`${{ bold: who }} (#${String(number)}) espera respuesta ${before(due)}, en ${left}. Aún no la tiene nadie.`,
  expectsOwner: (who, number, owner, due, left) =>
    say`${{ bold: who }} (#${String(number)}) espera a ${owner} ${before(due)}, en ${left}.`,
  alreadyPast: (who, number, due) =>
    say`${{ bold: who }} (#${String(number)}) nos esperaba ${before(due)}; ya ha pasado.`,
  last: "Lo último:",
  notYetIsFine: (time) => `«Aún no, ${plain(at(time))}${isDay(time) ? "," : ""} te cuento» también vale.`,
  imOnIt: "Voy",
  handOver: "Pasar",
  missedWith: (due, who, number) => say`No cumplimos ${the(due)} con ${{ bold: who }} (#${String(number)}).`,
  nobodyOwned: "No la tenía nadie.",
  ownedBy: (owner) => `La tiene ${owner}.`,
  draft: (line) => say`Borrador: «${line}»`,
  send: "Enviar…",
  reassign: "Reasignar",
  given: (by, number, who) =>
    by
      ? `${by} te ha pasado la #${number}, ${who}. Sus promesas son tuyas.`
      : `La #${number}, ${who}, es tuya.`,
  whatChange: (number, who) => `#${number}, ${who}: ¿qué cambio lo habría hecho imposible?`,
  otherCause: "Otra…",
  whyAsk: "Un toque. El resumen semanal las suma.",

  sayBackTitle: "¿Se lo dices?",
  sayBackLine: "Una línea, en tu nombre",
  byLabel: "¿Cuándo tendrá noticias tuyas?",
  byHint: "Una hora que cumplirás: 13:00, en 2 h, mañana a las 10",
  sendNow: "Enviar",
  notNow: "Ahora no",
  apologyTitle: "Pedir perdón, con hora",
  resolveTitle: "¿Qué has hecho?",
  resolveLine: "Una línea para el cliente (opcional)",
  resolveHint: "Por ejemplo: te hemos devuelto el segundo cobro.",
  resolveNow: "Resolver",
  cancel: "Cancelar",
  elseTitle: "Otra cosa",
  elseLine: "¿Qué es?",
  otherCauseTitle: "Otra causa",
  otherCauseLine: "El cambio, en pocas palabras",
  save: "Guardar",
  notNowTitle: "Ahora no, porque…",
  notNowLine: "¿Por qué esta semana no?",

  claimed: (number) => `La #${number} es tuya.`,
  claimedQuiet: (number) => `La #${number} es tuya. El cliente no ve nada de esto.`,
  assigned: (number, name) => `La #${number} la tiene ahora ${name}. Ya lo sabe.`,
  tiered: (number, tier) => `La #${number} es ahora «${tier}».`,
  newPromise: (due) => say` La próxima promesa vence ${at(due)}.`,
  nowWaiting: (number) => `La #${number} espera al cliente. Sus relojes paran hasta que escriba.`,
  resolvedTold: (number) => `La #${number} está resuelta. Hemos preguntado al cliente si todo está bien.`,
  resolvedQuiet: (number) => `La #${number} está resuelta. El bot no le ha dicho nada al cliente.`,
  reopened: (number) => `La #${number} está abierta de nuevo.`,
  sent: (number, due) =>
    say`Enviado, en tu nombre. Tu palabra a la #${String(number)}: ${due}. Te aviso antes.`,
  onIt: (number) => `#${number}: anotado. La promesa sigue igual.`,
  confirmedThanks: "Perfecto. Gracias.",
  notFixedAnswer: "Está abierta de nuevo; alguien te escribe aquí.",
  openedNumber: (number) => `La #${number} está abierta.`,
  alreadyNumber: (number) => `Este mensaje ya es de la #${number}.`,
  otherOpened: "Lo tenemos; alguien te escribe aquí.",
  live: (channel) =>
    `#${channel} está activo. Desde el próximo mensaje, los clientes tienen noticias nuestras.`,
  liveAlready: (channel) => `#${channel} ya estaba activo.`,
  causeNamed: (name) => `Anotado: «${name}».`,
  causeTaken: (name) => `«${name}» es tuya. El próximo resumen pregunta cómo fue.`,
  declined: "Anotado. Saldrá en el próximo resumen.",
  chooseCause: "¿Con cuál te quedas?",
  noCauses: "Aún no hay causas. Llegan con cada petición que se resuelve.",
  pickOwner: (number) => `¿Quién sigue con la #${number}? Hasta entonces se queda donde está.`,
  pickPerson: "Elige a una persona",
  takenBy: (owner, number) =>
    `${owner} ya tiene #${number}. Para pasártela: /request assign ${number} con tu nombre.`,
  usage: "Entiendo esto:",
  help: {
    queueEmpty: "No hay nada abierto. A disfrutarlo.",
    listEmpty: "No hay peticiones abiertas.",
    more: (count) => `y ${count} más`,
    queueTitle: "La cola, por promesa",
    listTitle: (count) => (count === 1 ? "1 petición abierta" : `${count} peticiones abiertas`),
    historyTitle: "Qué ha pasado",
    saidTitle: "Qué se ha dicho",
  },

  notSaidGone: (number: number, customer: Inline, channel: string): Text =>
    say`#${String(number)}: no se ha podido decir esto a ${customer} en #${channel}, que está archivado o ya no existe. No lo ha visto:`,
  notSaidForbidden: (number: number, customer: Inline, channel: string): Text =>
    say`#${String(number)}: no se ha podido decir esto a ${customer} en #${channel}: el bot no puede escribir ahí. No lo ha visto:`,

  refusals: {
    already_yours: "Ya es tuya.",
    taken: "Ya la tiene otra persona del equipo.",
    already_resolved: "Ya está resuelta. Primero hay que reabrirla.",
    note_gone: "Esa nota ya está borrada.",
    not_resolved: "Está abierta; no hay nada que reabrir ni confirmar.",
    already_waiting: "Ya está esperando al cliente.",
    already_third_party: "Ya está en manos de desarrollo o de un tercero. Con «back» vuelve.",
    not_third_party: "Ya está con nosotros.",
    same_tier: "Ya tiene ese nivel.",
    not_a_time: "No entiendo esa hora. Prueba con 13:00, en 2 h o mañana a las 10.",
    after_the_end: "Entonces el plazo ya ha acabado. Elige una hora anterior: no puede acabar en silencio.",
    nothing_runs: "Ahora no hay nada prometido, así que no hay aviso que aplazar.",
    time_past: "Esa hora ya ha pasado. Da una que esté por llegar.",
    time_far: "Eso es dentro de más de medio año. Da una hora que puedas cumplir.",
    not_your_word: "Solo puede seguirla quien la escribió.",
    word_gone: "Ese mensaje se borró, así que no se sigue nada.",
    promised_already: "Ya diste tu palabra para esa hora.",
    not_yours: "No es tuya: la devuelve su responsable, o quien lleva el equipo.",
    receiver_away: "Esa persona no está ahora. Elige a alguien que esté.",
    offer_over: "Esa oferta ya no vale: se contestó, se retiró o venció. La ficha dice quién la tiene.",
    offer_not_to_you: "Se ofreció a otra persona. Para quedártela: /request assign con tu nombre.",
    brief_too_long: "Tres líneas cortas como mucho: qué es, qué se prometió, qué toca ahora.",
    no_incident: "No es parte de ninguna incidencia.",
    not_staff: "Esa persona no es de este equipo, así que la petición se queda donde está.",
    not_failing: "Solo se despierta a alguien cuando todo falla. Si es así, ponle antes el nivel 1.",
    nobody_on_call: "Este equipo no tiene guardia: «on call», en la política, dice quién la hace.",
    paging_already:
      "Ya se está llamando a alguien. Si en 10 minutos no responde, se llama a la siguiente persona.",
    open_again: "Está abierta de nuevo, así que no se cierra nada. Alguien te escribe aquí.",
    watch_only: "Aquí el bot calla: el canal, o esta petición, es de solo observar. Contesta tú en el hilo.",
  },

  facts: {
    opened: "abierta",
    said: "el cliente escribió",
    courtesy: "el cliente dio las gracias",
    edited: "se editó un mensaje",
    erased: "se borró un mensaje",
    answered: "respondió",
    helped: "respondió un voluntario",
    aside: "el equipo habló aparte",
    acknowledged: "se avisó al cliente de que la tenemos",
    tiered: "cambió el nivel",
    felt: "cambió la urgencia",
    owned: "la tiene",
    released: "la devolvió",
    handover_offered: "ofrecida a otra persona",
    handover_reminded: "se volvió a preguntar si la toma",
    handover_accepted: "tomó el relevo",
    handover_declined: "la oferta quedó sin efecto",
    promised: "dio su palabra",
    workaround: "dio un apaño",
    relieved: "el cliente dijo si el apaño le sirve",
    third_party: "pasó a desarrollo o a un tercero, o volvió",
    terms: "se aplicó otra política",
    waiting: "esperando al cliente",
    resumed: "el cliente ha vuelto",
    on_it: "está con ella",
    nobody_free: "no había nadie a quien dársela",
    paged: "se llamó a quien está de guardia",
    page_asked: "se pidió llamar a la guardia",
    page_answered: "respondió a la llamada",
    warned: "recordatorio enviado",
    snoozed: "aplazó el aviso",
    broken: "se incumplió una promesa",
    told_late: "se dijo al cliente que llegamos tarde",
    resolved: "resuelta",
    confirmed: "el cliente lo confirmó",
    reopened: "reabierta",
    dismissed: "no es una petición",
    signalled: "anotado en privado",
    note_deleted: "se borró una nota privada",
    follow_up: "alguien sigue la oportunidad",
    follow_up_due: "recordada la oportunidad",
    looked_in: "recordatorio de preguntar",
    corrected: "corregida por una persona",
    moved: "se movió un mensaje",
    repeated: "vuelve a preguntar por ello",
    in_incident: "parte de una incidencia",
  },
};
