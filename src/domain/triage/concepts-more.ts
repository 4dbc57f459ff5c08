// The second half of the concepts (see concepts.ts): what people talk about around a request, and what tells talk from a
// request. Words of both halves may share a concept's name; then they are one concept.

export const MORE_WORDS: Readonly<Record<string, string>> = {
  // Who is spoken of: somebody who is neither the customer nor the team is often the subject of mere talk.
  they: "he she they him her them his hers their theirs hes shes theyre el ella ellos ellas suyo lui elle leur il loro er sie ihn ihm",
  staff:
    "staff employee employees driver drivers agent agents clerk cashier manager technician engineer engineers rep reps adviser waiter crew courier supervisor operator receptionist teller technico tecnico tecnicos repartidor repartidores conductor conductora cajero cajera dependienta dependiente azafata azafatas tripulacion gestor gestora operador operadora ejecutivo ejecutiva camarero camarera empleado empleada encargado encargada asesor fahrer techniker livreur corriere tecnico atendente",
  family:
    "mom mum dad mother father son daughter kid kids child children baby wife husband sister brother grandma grandad parents family madre padre hijo hija hijos hijas mujer marido esposa esposo hermano hermana abuelo abuela abuelos padres familia mama papa nino nina ninos bebe",
  friend:
    "friend friends bro dude buddy mate guys folks girl boy man amigo amiga amigos amigas tio colega hermano wey guey che pana parce",
  // Contact that failed: nobody answers, hours on hold.
  reply:
    "reply replies replied respond response responses answer answers answered ignored ignoring callback contact contacted reach respuesta respuestas responden responde responder respondieron respondido contestan contesta contestar contestaron contestacion contactar contacto resposta antwort antworten reponse repondu risposta risposto",
  call: "call calls called calling phone phoned phones hotline ring rang dial helpline llamar llamo llame llamado llamada llamadas llamamos llamen telefono telefonos linea ligar anruf anrufen appel appele chiamato chiamata",
  wait: "wait waiting waited waits queue hold hung hour hours minutes mins esperar espero esperando esperado esperamos espera cola hora horas minutos minuto colgaron cuelgan colgado atendre attends attente warten warte wartezeit aspetto aspettando aspettato espero esperant aguardando",
  rude: "rude impolite disrespectful unprofessional unhelpful mistreated attitude yelled grosero grosera groseros maleducado maleducada maleducados prepotente prepotentes chulo borde bordes malcriado trato malas formas unhoflich impoli maleducato",
  awful:
    "awful terrible horrible worst appalling disgusting disgraceful pathetic shocking ridiculous useless joke crap shit sucks garbage trash rubbish nightmare mess lousy unacceptable unbelievable pesimo pesima pesimos horrible terrible vergonzoso vergonzosa verguenza asco asqueroso asquerosa inutil inutiles lamentable nefasto fatal porqueria mierda basura desastre penoso penosa patetico ridiculo inaceptable increible schrecklich furchtbar nul pessimo vergogna vergonha",
  sad: "disappointed disappointing disappointment frustrated frustrating frustration annoyed annoying upset fed unhappy decepcionado decepcionada decepcionante decepcion frustrante harto harta hartos cansado cansada indignado indignante molesto molesta enfadado enfadada cabreado enojado enojada fastidio enttauscht decu decue deluso delusa decepcionat",
  excuse:
    "sorry apologies apologise apologize apology unfortunately regret inconvenience lamentamos sentimos disculpas disculpa disculpe perdon perdona desole entschuldigung scusa scusate desculpe",
  service:
    "service support customer care assistance servicio atencion soporte cliente asistencia kundenservice kundendienst assistenza atendimento suporte",
  complain:
    "complaint complain complained complaining report reported reporting ticket case claim escalate reclamo reclamar reclamacion reclamaciones queja quejas quejarme denuncia denunciar denunciare reporte reporto incidencia incidencias caso beschwerde plainte reclamo reclamacao",
  promised:
    "promised promise guaranteed supposed told said prometieron prometido prometio dijeron dicho quedaron decian suponia supuestamente garantizaron versprochen promis promesso prometeram",
  tried:
    "tried try trying attempt attempted attempts retried reinstalled restarted rebooted reset intente intento intentado intentamos probe probado pruebo reinicie reiniciado reinstale desinstale instale tentei versucht essaye provato provat",
  // When
  past: "yesterday ago last since week weeks month months days day tuesday wednesday thursday monday friday saturday sunday ayer anoche antier semana semanas mes meses dia dias hace lunes martes miercoles jueves viernes sabado domingo gestern wochen woche tage monate hier semaine semaines jours mois ieri settimana settimane giorni mesi ontem semana",
  today:
    "today tonight now currently moment hoy ahora ahorita actualmente momento heute jetzt aujourdhui maintenant oggi adesso avui hoje agora",
  soon: "tomorrow next upcoming coming manana proximo proxima pronto morgen nachste demain prochain domani prossimo amanha dema",
  // Things
  food: "food pizza burger chicken coffee drink drinks meal lunch dinner sandwich fries sauce milk bread beer water cake restaurant taco eat eating comida hamburguesa pollo cafe bebida bebidas almuerzo cena papas patatas salsa leche pan cerveza pastel restaurante tacos ensalada helado essen speise repas cibo refeicao",
  clothes:
    "dress jeans shirt shoes shoe coat jacket jumper sweater bag size sizes fit colour color trousers socks boots vestido pantalon pantalones camisa camiseta zapatos zapatillas abrigo chaqueta jersey bolso talla tallas color botas falda hose schuhe kleid robe chaussures scarpe sapato",
  device:
    "laptop printer screen battery charger keyboard mouse headphones watch tv router modem fridge washer dishwasher oven kettle blender machine cartridge ink computer pc mac iphone android tablet camera speaker drive gpu portatil impresora pantalla bateria cargador teclado raton auriculares audifonos reloj tele televisor nevera lavadora lavavajillas horno cafetera maquina ordenador computadora compu celular movil altavoz camara drucker akku bildschirm handy imprimante ecran batterie stampante",
  car: "car truck engine tyre tire dealer dealership vehicle warranty oil brake brakes seat coche carro auto motor neumatico concesionario vehiculo garantia aceite freno frenos auto wagen voiture macchina",
  travel:
    "flight flights plane airport gate boarding seat luggage baggage suitcase bag trip hotel room reservation booking booked booked train trains bus station platform delayed passenger passengers vuelo vuelos avion aeropuerto puerta embarque asiento maleta maletas equipaje viaje hotel habitacion reserva reservas tren trenes autobus bus metro estacion anden pasajeros pasajero billete billetes boleto boletos pasaje flug zug bahnhof koffer vol valise gare volo treno valigia voo mala",
  power:
    "power electricity outage blackout electric heating gas water luz electricidad apagon corriente agua calefaccion gas strom wasser electricite eau corrente acqua",
  fibre:
    "wifi internet broadband fibre fiber signal coverage data network mobile sim roaming fibra cobertura senal datos megas red movil linea adsl router netz empfang reseau rete",
  store:
    "store shop stores shops branch branches location outlet mall tienda tiendas local locales sucursal sucursales oficina oficinas super supermercado filial laden magasin negozio loja botiga",
  stock:
    "stock restock available availability size back sold discontinued existencias agotado agotada reponer repongan disponible lager rupture",
  insurance:
    "insurance policy premium claim claims coverage cover deductible accident adjuster seguro seguros poliza prima siniestro cobertura accidente parte franquicia perito versicherung assurance assicurazione",
  school:
    "course class exam student students teacher school university assignment lesson grade curso clase examen alumno alumna alumnos estudiante profesor profesora colegio universidad tarea asignatura nota matricula kurs schule cours ecole corso scuola",
  health:
    "doctor appointment clinic prescription hospital test results medico medica cita citas clinica receta consulta hospital analisis resultados paciente arzt termin medecin medico visita",
  game: "game games server servers level levels skin skins coins gems match lag player players ban banned rank realm minecraft xbox playstation ps4 switch juego juegos partida partidas nivel monedas gemas baneado ban clan mando consola jugador jugadores spiel jeu gioco jogo",
  code: "docker container containers image module package install installed compile compiler build function class method array object string json api npm pip python java javascript typescript react angular node script config configuration server port host component template variable import deploy database query sql branch commit git test tests linux ubuntu windows terminal command contenedor modulo paquete compilar compila funcion metodo objeto cadena componente plantilla variable despliegue consulta rama comando",
  trace:
    "exception traceback stacktrace undefined null nullpointerexception typeerror keyerror valueerror referenceerror syntaxerror segfault panic errno enoent eacces econnreset econnrefused stderr exit sigkill oom cors 400 401 403 404 409 422 429",
  // Talk
  sport:
    "match goal team teams season coach ref referee win wins won lost league football soccer basketball nba nfl partido gol equipo equipos temporada arbitro liga futbol ganar ganamos perdimos campeon spiel tor",
  show: "movie film show series episode season song album music concert book actor netflix video podcast peli pelicula serie capitulo cancion disco musica concierto libro",
  weather:
    "rain raining sunny cold hot snow snowing weather wind lluvia llueve lloviendo sol frio calor nieve nieva nevando tiempo viento wetter regen pluie pioggia",
  festive:
    "birthday christmas xmas holidays holiday thanksgiving easter year happy merry congrats congratulations cumple cumpleanos navidad navidades fiestas pascua feliz felices felicidades geburtstag weihnachten anniversaire noel compleanno natale",
  giveaway:
    "giveaway win entered contest sweepstakes enter follow retweet sorteo concurso participa sigue gana",
  posted:
    "posted posting published photo pic video blog post article link check watch join publique publicado comparti subi video articulo enlace miren",
  feel: "think thought feel feels guess believe hope wish remember forget creo pienso siento supongo espero ojala recuerdo imagino",
  done: "done sent sorted fixed solved resolved confirmed finished closed listo lista hecho enviado mandado resuelto arreglado solucionado confirmado terminado cerrado erledigt fait fatto feito fet",
  us_to_you:
    "well ill looking investigating team update updates shortly dm send let check assist happy glad reach revisando investigando equipo informamos avisamos mandanos enviame escribenos encantados ayudarte",
  // Feedback
  back: "bring brought miss missed return vuelva vuelvan traigan regresen regrese extrano echo menos devuelvan",
  more: "more other another version option feature support language mas otro otra otros version opcion funcion idioma mehr andere plus autre altro altra mais outro",
  every:
    "every always each everytime daily cada siempre diario diaria jedes immer chaque toujours ogni sempre",
  thing_asked:
    "number address email code link policy shade price date time hours name correo direccion numero codigo enlace politica horario nombre fecha precio",
  quit: "quit leaving switch switching switched cancel cancelling canceling competitor elsewhere goodbye baja darme cambiarme cambio competencia irme adios kundigen resilier disdire",
};
