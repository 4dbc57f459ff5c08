// What words mean, across languages: "order", "pedido" and "commande" are one concept. The model sees concepts beside
// the words themselves, so that what it learns in one language or shop holds in the next. English and Spanish are
// broad; Portuguese, French, German, Italian and Catalan have the commonest words.

import { MORE_WORDS } from "./concepts-more.ts";

/** Concept: its folded words (see words-of.ts). `word*` is a beginning. */
const WORDS: Readonly<Record<string, string>> = {
  // Who
  everyone:
    "everyone everybody all whole entire every todos todas toda entero entera enter* tutti tutto tous toute toutes alle ganze ganzen tots totes toda",
  nobody: "nobody noone none ningun ninguno ninguna nadie ninguem nessuno personne niemand keiner ningu cap",
  people:
    "users customers clients employees colleagues staff team company office agents students members visitors guests usuarios clientes empleados companeros equipo empresa oficina agentes alumnos estudiantes miembros visitantes huespedes sede sedes negocio empresa utenti clienti equipe clients kunden mitarbeiter usuaris",
  we: "we us our ours nosotros nosotras nuestro nuestra nuestros nuestras nos nosso nossa notre nos wir uns unser unsere noi nostro nostra nosaltres nostre nostra",
  me: "i im ive my me mine id ill yo mi mis me mio mia eu meu minha je mon ma mes ich mein meine meinen mir io mio mia jo meu meva",
  you: "you your yours youre you've ustedes vosotros vosotras usted vuestro vuestra su sus tu tus voce voces vous votre vos ihr euer eure dein sie voi vostro vostra vosaltres",
  human:
    "human person agent someone representative operator humano persona agente alguien asesor asesora operador humain mensch umano atendente",
  // Questions and asking
  how: "how como comment wie come hows",
  where: "where wheres donde adonde onde ou wo dove on",
  when: "when cuando quand wann quando quan",
  what: "what whats which que cual cuales quel quelle quels was welche welches quale qual quin quina",
  why: "why porque warum pourquoi perche",
  howmuch: "much long many cuanto cuanta cuantos cuantas quanto quanti combien wieviel quant quants",
  can: "can could possible able may puedo puede podemos pueden puedes podeis podria podrian podriamos podriais posible posso pode podem possiamo puis peut pouvez konnen kann konnt puc pot podeu",
  doyou:
    "do does did is are have has hay tienen teneis tiene tienes hacen haceis aceptan admiten venden sirve incluye viene tem avete fait avez habt gibt teniu",
  want: "want wants wanted would like wanna wish quiero queria quisiera queremos querria querriamos gustaria deseo vull voldria voglio vorrei vorremmo voudrais voudrions veux mochte mochten will gostaria quero",
  need: "need needs needed require looking necesito necesitamos necesita hace falta preciso precisamos busco besoin brauche brauchen serve bisogno necessito cal",
  help: "help assist guide advise explain show walk ayuda ayudar ayudarme ayudenme ayudame explicar explican explicais guiar orientar asesorar indicar ajuda aide aider hilfe helfen aiuto aiutare",
  please: "please pls plz favor porfa porfavor merci bitte prego sisplau",
  know: "know wondering question understand difference saber duda consulta informacion info information details entender entiendo pregunta diferencia significa means mean docs documentation documentacion manual tutorial example ejemplo domanda frage informazioni",
  available:
    "available availability stock open hours opening disponible disponibilidad abren abierto horario horarios abre existencias verfugbar dispo orari",
  recommend:
    "recommend recommendation best better suitable suggest advice recomiendan recomendais recomiendas aconsejan conviene mejor sirve adecuado compare versus",
  // Doing
  add: "add adding invite create new another more connect link import install setup set configure enable activate embed integrate anadir agregar invitar crear nuevo nueva otra conectar vincular importar instalar configurar activar dar alta habilitar integrar ajouter adicion* hinzufugen aggiungere aggiungo afegir afegeixo configurar",
  change:
    "change update edit modify move switch rename reorder replace transfer migrate cambiar cambio cambie cambien actualizar editar modificar mover pasar renombrar migrar portar mudar changer andern cambiare canviar",
  remove:
    "remove delete close unsubscribe deactivate disable turn hide eliminar borrar cerrar cierro quitar quitad desactivar baja ocultar remover supprimer loschen rimuovere eliminar",
  find: "find see view locate look encontrar encuentro ver veo verlo localizar trobo trovo finde trouver encontro",
  buy: "buy purchase order book reserve sign subscribe upgrade get apply hire rent comprar contratar reservar pedir solicitar suscribir* adquirir acheter kaufen comprare comprar",
  use: "use using usar utilizar usando uso utiliser nutzen usare work works sirve valid",
  cancel:
    "cancel cancelled canceled cancelling anular cancelar cancelen cancele cancelado anulen annuler stornieren kundigen annullare cancel*lar",
  return:
    "return returned returning returns exchange replace replacement devolver devolucion devolvi devuelvo cambio reemplazo retour zuruckgeben restituire",
  // Money
  charge:
    "charge charged charges charging billed debited deducted cobrado cobraron cobro cobran cobrar cobrando cargo cargos cobrasteis descontaron quitaron adeudo cobraram cobrado cobrada debite abgebucht addebitat* cobrat",
  refund:
    "refund refunds refunded reimburse* reembols* reintegr* devuelvan devuelvanme devuelven devolvais rembours* ruckerstatt* erstatt* rimbors* abono cashback chargeback",
  invoice:
    "invoice invoices invoiced bill bills billing billed receipt receipts statement factura facturas facturacion facturado recibo recibos extracto fatura nota facture* rechnung* fattur* credit",
  pay: "pay paid paying payment payments payout payouts pago pagos pagar pague pagado pagamos pagan cobrar abonar paye paiement payer zahlung bezahl* zahlen pagament* pagare pagat paga",
  money:
    "money cash funds salary paycheck pension loan mortgage dinero plata efectivo lana guita saldo nomina sueldo prestamo hipoteca euros dolares pesos pounds dollars euro dinheiro argent geld soldi diners importe monto cantidad amount $",
  fee: "fee fees surcharge commission interest tax vat customs overage roaming comision comisiones recargo interes intereses iva impuesto impuestos aduana excedente tasa taxa frais gebuhr* commissioni",
  balance: "balance saldo kontostand solde funds",
  transfer:
    "transfer transfers transferred wire iban remittance deposit deposited topup top topped withdrawal withdraw withdrew atm cheque check transferencia transferencias transferir transferi deposito deposite depositaron retiro retirar recarga recargue recargar ingreso ingrese ingresado cajero giro bizum pix virement uberweisung bonifico bank",
  card: "card cards visa mastercard debit credit tarjeta tarjetas cartao carte karte carta targeta debito credito",
  account: "account accounts cuenta cuentas conta compte konto conto account",
  price:
    "price prices cost costs pricing rate quote cheap expensive discount coupon promo voucher offer offers precio precios cuesta cuestan vale tarifa tarifas descuento cupon oferta ofertas codigo promocional prix preis kostet prezzo preu",
  instalment:
    "emi instalment* installment* split cuotas plazos meses financiar financing cod contrareembolso rate",
  declined:
    "declined decline rejected refused bounced rechaza rechazada rechazado rechazo rechazaron denegada rebotada reboto recusado refusee refuse abgelehnt rifiutata rebutja",
  twice:
    "twice double duplicate duplicated duplicates again two doble dos veces duplicado duplicada duplica duplican duplicidad vezes dobro deux fois doppelt due volte dues vegades",
  wrong:
    "wrong incorrect mistake different unknown unrecognised unrecognized instead equivocado equivocada incorrecto mal error distinto distinta otro diferente desconocido falsch sbagliat* errado errada",
  subscription:
    "subscription plan membership renewal renewed licence license seats trial suscripcion cuota licencia licencias renovacion prueba assinatura abonnement abo abbonamento membresia",
  // Failing
  not: "not no dont doesnt didnt cant cannot cant wont isnt arent wasnt never unable without havent hasnt nothing neither ni nunca sin nada tampoco jamas nao pas plus jamais nicht kein keine nie nichts non mai nulla niente res",
  works:
    "work works working worked load loads loading open opens opening respond responds responding start starts connect connects function functions running funciona funcionan funcionaba carga cargan abre abren responde arranca conecta va van anda anda andan sirve jala marche fonctionne geht funktioniert funziona funcionen carrega",
  fail: "fail fails failing failed failure error errors broken breaks bug crash crashes crashed crashing glitch exception issue problem problems trouble hang hangs freezes frozen freeze stuck stalls falla fallan fallo fallos fallando fallas errores roto rota cuelga colgada cierra pillada problema problemas averia bloquea incidencia erro trava erreur plante probleme fehler* sturzt errore errori problema blocca",
  down: "down offline outage unreachable unavailable dead unresponsive standstill timeout 500 502 503 504 caido caida caidos caidas cayo cayeron muerta muerto muertos parado parados parada inaccesible inoperativo indisponible panne ausgefallen giu fora caigut caiguda",
  stopped:
    "stopped stop disappeared vanished gone lost missing dropped empty blank desaparecio desaparecido desaparecen desaparecieron perdio perdido perdi dejo paro pararon vacio vacia blanco borraron borro perdido falta faltan disparu perdu verschwunden leer weg sparito perso",
  site: "site website web page app application platform system server servers service dashboard portal software tool api database network internet wifi line pagina sitio aplicacion plataforma sistema servidor servidores servicio panel programa herramienta red linea telefono seite sito aplicativo serveur",
  slow: "slow slowly lag laggy delay delayed late lento lenta lentisimo tarda tarde retraso retrasado retrasa tirones demora demorado langsam lent lento atraso retard verspat*",
  arrive:
    "arrive arrived arrives received receive come came delivered delivery shipped ship ships shipping deliver parcel package tracking courier llega llego llegado llegaron llegar llegan recibido recibi recibir recibo entregado entregaron entrega entregas envio envios enviar envian mandan mandaron paquete seguimiento repartidor mensajeria reparto chegou encomenda colis livraison livrez arrive paket liefert lieferung angekommen pacco arrivato spedite spedizione enviament* arribat",
  order:
    "order orders ordered basket cart pedido pedidos compra compre carrito carro encargo commande bestell* ordine comanda",
  damaged:
    "broke broken damaged torn smashed leaking leaks faulty defective pieces dirty rota roto danado defectuoso pierde sucia sucio usado manchado cassé kaputt rotto",
  stolen:
    "stolen stole theft fraud hacked leaked compromised lost lose robaron robo robada robado fraude perdi extravie hackearon filtrado vole verloren gestohlen perso rubat*",
  login:
    "login log sign signin signup password passcode pin code 2fa otp sso verification verify session entrar acceder acceso iniciar sesion contrasena clave codigo verificar verificacion doble factor huella senha connecter passwort anmelden einloggen accedere contrasenya",
  locked:
    "locked blocked suspended banned disabled restricted expired bloqueada bloqueado bloqueo suspendida suspendieron deshabilitada caducado caducada vencido vencida silenciaron expirado gesperrt bloccat*",
  file: "file files document documents photo photos image images picture attachment pdf csv export import upload download report reports row rows column columns archivo archivos documento documentos foto fotos imagen imagenes adjunto adjuntos informe informes fila filas columna columnas exportar exportacion importar subir descargar fichero fichiers datei",
  screen:
    "button screen menu tab sidebar field form filter search notification notifications email emails mail message messages boton pantalla pestana campo formulario filtro buscador buscar notificacion notificaciones correo correos mensaje mensajes knopf bouton pulsante",
  click:
    "click press save saving type scroll drag pulsar clic guardar guardo escribir escribo arrastrar abro subo intento enregistre speichern salvo salvar desar",
  again:
    "still again keeps keep always since sigue siguen todavia aun siempre desde continua vuelve vuelven encore toujours immer noch wieder ancora sempre encara",
  // Feedback
  wish: "wish should could idea suggestion suggest feature request feedback consider add improve option ideally deberian deberiais deberia ojala idea sugerencia sugiero propuesta propongo mejora funcionalidad estaria vendria molaria seria ayudaria echo extrano serait sarebbe ware ajouter proposta suggestion seria",
  nice: "nice great cool lovely awesome amazing fantastic excellent wonderful brilliant beautiful perfect handy helpful useful genial bien bueno buenisimo guay excelente maravilla maravilloso estupendo fantastico perfecto precioso bonito bonita lindo chulo util bom otimo schon super bello bellissimo bien bravo toll be",
  love: "love loved loving enjoy enjoying happy impressed recommend congrats congratulations kudos praise thank encanta encanto encantado encantadora enamora feliz contenta contento felicitar felicidades felicitaros enhorabuena recomiendo flipa adoro adorei parabens bravo complimenti liebe m'encanta mencanta gefallt",
  partner:
    "partner partnership partners collaborate collaboration collab sponsor sponsoring reseller distributor distributors wholesale franchise affiliate referral agency supplier advertise speaker hiring job jobs career colaborar colaboracion colaboramos patrocin* distribuidor distribuidores franquicia afiliados agencia proveedores proveemos anunciarnos trabajo empleo vacantes contratando socios alianza parceria partenaire partenariat partner* collaborare collaborazione collabor* seller vender mayor",
  future:
    "plans planned roadmap future someday eventually considering hoja ruta futuro algun pensado prevision planes previsto",
  // Courtesies
  hello:
    "hi hello hey hola buenas buenos dias tardes noches morning afternoon evening oi ola bonjour salut hallo ciao bon dia",
  thanks:
    "thanks thank thx ty appreciate gracias agradezco agradecido obrigado obrigada merci danke grazie gracies",
  yes: "yes yeah yep ok okay sure fine correct right si vale claro listo dale correcto exacto sim oui ja va bene d'acord",
  laugh: "lol haha hahaha lmao jaja jajaja jajajaja xd kkkk mdr ahah rofl jeje",
  bye: "bye goodbye later tomorrow weekend adios luego manana finde chao tchau bientot morgen domani dema",
  bot: "bot robot chatbot human funny smart boring stupid joke marry friend chat hungry birthday boss robot chiste novia aburrido listo guapo amigo casarte amor",
};

const exact = new Map<string, readonly string[]>();
const beginnings = new Map<string, readonly string[]>();
const SHORTEST_BEGINNING = 5;
for (const [concept, words] of [...Object.entries(WORDS), ...Object.entries(MORE_WORDS)]) {
  for (const word of new Set(words.split(" "))) {
    const [map, key] = word.endsWith("*") ? [beginnings, word.slice(0, -1)] : [exact, word];
    map.set(key, [...(map.get(key) ?? []), concept]);
  }
}
const LONGEST_BEGINNING = Math.max(...[...beginnings.keys()].map((key) => key.length));
const NONE: readonly string[] = [];

/** The concepts of one folded word; most words have none. */
export function conceptsOf(word: string): readonly string[] {
  const known = exact.get(word);
  if (known !== undefined) return known;
  for (let to = Math.min(word.length, LONGEST_BEGINNING); to >= SHORTEST_BEGINNING; to -= 1) {
    const found = beginnings.get(word.slice(0, to));
    if (found !== undefined) return found;
  }
  return NONE;
}
