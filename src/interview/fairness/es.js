/** How Spanish asks, as `../fairness.rs` reads it. A backslash at the end of a line joins it to the next. */
export const WORDS = `\
# kinds
P su|sus|tu|tus|vuestr*
T tiene|tienes|tenia|tenias|tuvo|tuviste|tenido|teneis
E es|eres|era|eras|sera|seras|considera|consideras|usted|tu|siente|sientes|define|defines|ser|sido
A esta|estas|estuvo|estuviste|estado|estaba|usted
H ha|has|fue|fuiste|hayas|haya|han
Q quiere|quieres|piensa|piensas|planea|planeas|espera|gustaria|va|vas|desea|deseas|planes|pensado
K hijo|hijos|hija|hijas|nino|ninos|nina|ninas|peque|peques|pequeno|chiquitos|nietos
S espos*|marido|mujer|pareja|novio|novia|conyuge|prometid*|ex|exmujer|exmarido
N 18|19*|2*|3*|4*|5*|6*|7*|treinta|cuarenta|cincuenta|sesenta|veinte|veinti*
C iglesia|mezquita|sinagoga|templo|misa|culto|parroquia|secta
F navidad|pascua|ramadan|januca|sabado|sabbat|shabat|cuaresma|fiestas|festividad*
G \
espanol*|mexican*|colombian*|venezolan*|peruan*|argentin*|ecuatorian*|cuban*|boliv*|latin*|negr*|blanc*|african*|\
arab*|gitan*|asiatic*|indigen*|mestiz*|europe*|marroqu*|catalan*|vasc*|rus*|ruman*|chin*|aleman*|frances*|\
extranjer*|inmigrant*|refugiad*|mulat*|criollo
W \
sistema*|datos|aplicacion*|app|software|producto*|proyecto*|cliente*|usuario*|plataforma*|modelo*|servicio*|\
servidor*|paciente*|tipo*
# asks
?
¿
^ digame|dime|indiqueme|indica|cuenteme|cuentame|hableme|hablame|expliqueme|describame|describeme|comparta
decirme|indiqueme|contarme|hablarme|preguntar*|diga|digas
gustaria|quisiera|necesito|encantaria|preguntaba 1 saber|conocer|oir|si|que
curiosidad|falta
se pregunta
# spares
no|nadie|nunca|tampoco|ni|jamas|nada -le|te|importa|molesta|es 4 pregunt*|contar*|cuente*|decir*|diga*|mencion*|\
revel*|hablar*|hable*|saber|registr*|cuenta|asunto|vote
no 1le|te voy|vamos|pregunt*
nadie 1le|te pregunt*
no|ni 2 hace|hacen falta
irrelevante|prohibido|ilegal|incumb*|igual
no|ni 1 viene|vienen|importa|tiene|tienen ningun|al|nos|cabida
no su|sobre
cosa suya|tuya
gracias|siento|lamento|lado|dejemos|felicidades
aqui no|nadie 2 pregunta
# turns
pero|aunque
# joins
¿|y|o|entonces|bueno
# things
W|mimad*|proceso*|nodo*|objeto*|clase*|equipo*|tabla*|campo*|empresa*|sector|modulo*|componente*|programa*|filtro*|\
prueba*|version*|funcion*|elemento*|pagina*|nativ*|informatic*|tecnic*|digital*|tipografica
# work
como|ser|hizo abogad*|profesor*
¿ como -lo|la|te|se|voto|aguanta|esta|sigue
¿ como se -llam*|las|qued*|siente|identific*|define
que haria|harias|hace|haces 1 si|con|cuando|para|ante
trabajado|experiencia|asesorado|acompanado|restaurado|orientaba|escrito|redactado|preparado|clase|clases|atendia|\
representado|vendido|aprendio|instal*|gestion*
cuidado a
W|programa|codigo|apps|disen*|construi*|implement*|desarroll*|lanzamiento*|algoritmo*|api|campana*|informe*|pruebas|\
presupuesto*|departamento*|proveedor*|mercado*|herramienta*|analiz*|formulario*|interfaz|encuesta*|alumn*|grupo|\
tareas|hotel|museo|empresas|seccion|portafolio|cartera*|revista|actividad|programacion|redaccion|turno|formato*|\
conector*|teletrabajo|gastos|contrasenas|urbanistico|electorales|huesped*|web
# frames
P 1 @
T|Q|H|E|A 2 @
# you
?|.
# crime
antecedentes|detenido|detenida|arrestad*|condena|condenas|condenado|condenada|condenaron|preso|presa|carcel|prision|\
delito*|delincuente|calabozo|comisaria|banquillo|culpable|fianza|fichado|fichada|fiscalia|robado|hurto|estafa|\
fraude|malversacion|drogas|multa|multas|multado|borracho|ebri*|alcoholemia|huellas|denunciad*|imputad*|encerrado|\
alejamiento|agresion|peleas|travesuras|pandilla*|pleito*|demandado
problemas|lio|lios|conflicto*|cuentas 2 ley|justicia|policia
P 1 historial|expediente|ficha|registro policial|penal|delictivo
historial con la
proceso judicial
te|le|lo acusaron
una demanda por
un juez ?
~ley ?
~<su|tu juicio|juicios
retir*|quit*|perdid*|suspend* 2 carne|licencia|permiso
libertad bajo|condicional
pulsera telematica|electronica
centro de menores
orden de captura|arresto
~beneficio de la comunidad
~muerto en el armario
# union
sindic*|huelga*|esquirol|gremi*|ugt|ccoo|cgt|ctm|pancarta|reivindic*|piquete*
el paro
al|a delegado
comisiones obreras
se planto
~comite de empresa
~representante de P
~representante de los trabajadores
~paran la produccion
~derechos laborales
# politics
elecciones|gobierno|votar|vota|votas|votan|voto|votaste|votado|manifestacion*|protestas|ideologia|izquierdas|\
derechas|conservador*|progresista*|socialista*|comunista*|republican*|independentista*|monarqu*|feminista*|aborto|\
vox|psoe|peronista*|antiperonista|kirchner*|chavis*|uribis*|milita|militas|militabas|activista*|plebiscito|\
referendum|alcald*|cabildo|concejal|rojos|facha*|franquis*|inmigracion|ultraderecha|milei|brexit|trump|otan|\
palestin*|eutanasia|simpatiza*|simpatizas|politicamente
candidato apoy*
cargo|partido politico
ideas|opiniones|convicciones|ideologia|vida|activ* politic*
opina|opinas|piensa|piensas|parece 2 presidente|petro|rey
algun|que partido
juventudes del partido
campana electoral
algun politico
~contenido politico
~del pri
con|de podemos
de morena
presidente es un
firmado peticion*
de pie cojeas
~politica -de
~izquierda
~a la|de derecha
~que bando
~P ideas
# religion
religion|religiones|religios*|iglesia|misa|mezquita|sinagoga|dios|biblia|coran|ramadan|rezar|creyente*|sabbat|\
turbante|kipa|crucifijo|kosher|halal|judio|judia|judios|musulman*|catolic*|evangelic*|cristian*|islam|budis*|ateo|\
atea|agnostic*|mormon*|jehova|bautiza*|comunion|credo|espiritual*|secta|santeria|parroquia|opus|mason*|peregrin*|\
rosario|monaguillo|diezmo
que confesion
P fe
~P creencia*
la oracion del
al culto
servicios religiosos
~de la virgen
come* 1 cerdo
E practicante
la fe en
cree|crees en dios
velo 1 ?|por|en
quit* 2 turbante|velo !
reza|rezas|oras|ayuna|ayunas
va|vas|asiste|asistes|acude|pertenece|perteneces|ir 3 C
celebra|celebras|celebran|observa|observas|guarda|guardas 2 F
# health
enfermedad*|enfermo|enferma|discapacidad*|minusval*|medicament*|medicacion|cancer|infarto|diabet*|depresion|alcohol|\
alerg*|asma|operado|operada|psiquiatric*|cronic*|hospitalizad*|vacunad*|tdah|autis*|epilep*|vih|panico|ansiedad|\
burnout|palido|palida|achaque*|seropositiv*|copitas|pastillas|duerme|duermes|robusta|gordo|gorda|lesion|lesiones|\
mentalmente|trastorno*|incapacita*|incapacidad|invalidez|quemado|insulina|menopausia|tartamud*|adiccion*|audifono*|\
fumar|migranas|sordo|sorda|daltonic*|drogodepend*
P 1 salud|peso|corazon|rodilla|vista|oido|pierna
salud mental
andas|problema|problemas|estado de salud
padece|padeces|padecido -el|la
fuma|fumas|fumador|fumadora
¿ bebe|bebes 2 alcohol|mucho|?
cuanto pesa|pesas|mide|mides
silla de ruedas
paso 1 en la|el|P
la espalda
al psicolog*|psiquiatra|medico
a|en terapia
crisis nerviosa
de baja -calidad|produccion
dias 1 baja
esos|esas|P lentes|gafas
limitacion* fisica*
~le|te pasa algo
~en|bajo|algun tratamiento
~de peso
# gender
gay|lesbian*|bisexual*|homosexual*|heterosexual*|trans|transgenero|transexual*|pronombres|sexual|sexualidad|sexo|\
hormonas|arcoiris|varon|closet|afeminad*|drag|lgtb*|marica
orientacion|identidad|preferencia|preferencias|vida sexual|sexuales
identidad de genero
P transicion
del orgullo
del armario
la pluma
no binari*
de machos
que bano
masculino o
otro nombre
E 2 hombre|mujer ?|,|o|y|antes
atraen|gustan 3 hombres|mujeres|chicos|chicas
que genero -de
de genero ?
~para ser hombre|mujer
~siempre 2 mujer|hombre
~cuando era hombre|mujer
sale|sales|salido con 1 hombre*|mujer*|chic*
atraid* por
v o m
siendo mujer|hombre
E 1 femenin*|masculin*
~nombre 1 antes|anterior|verdadero|real|nacimiento
~trato de el|ella
~hombre o mujer
# origin
nacionalidad|nacionaliz*|raza|etni*|ascendencia|inmigrante*|refugiad*|asilo|pasaporte|indigena|mestizo|originario*|\
arabe|emigr*|tribu|antepasados|ciudadania|gitan*|africana
de donde 1usted|tu es|eres|viene|vienes|procede|procedes|usted -P|el|la|los|las|ese|esa|un|una
de donde viene|vienen P|ese|este 1 acento|padres|familia|apellido
de donde es P familia
crecio|creciste|nacio|naciste 1 aqui|en
pais|ciudad|donde 2 crio|criaste
~exotic*
familia en P pais
P 1 piel|apellido|tierra|raices|origenes|abuelos|patria
tienes|tiene sangre
sin papeles
lo de fuera
donde 1 nacio|naciste|crecio|creciste|nacido
donde 3 P 1 padres|familia|abuelos|apellido|acento
es|cual 3 lengua|idioma materna|materno
idioma*|lengua* 3 casa
color de 1 piel
~E 2 G ?|,|o|de
~sientes|siente 1 mas|muy
~a este pais
~primer idioma
~hablas muy bien
~al mundo
es|eres 1 de aqui
de que 1 parte|region|provincia|pueblo|ciudad|pais es|eres|viene|vienes
~lleva|llevas 2 en espana|este|aqui
# age
cumpleanos|jubilacion|prejubilacion|jubilarse|jubilarte|retirarse|nacido|naciste|milenial*|boomer|mili|egb|velas|\
jovencit*|primaveras|cincuenton*|cuarenton*|jovencisim*|cumples|veintitantos|treintanero|canas|horoscopo
cuantos anos tienes|tenias|tendras|cumple|cumples
cuantos anos tiene ?|,|usted|ya
P edad|generacion
que 1 edad tienes
que edad tiene ?|,|usted|exactamente
que edad piensa*
la edad ?
cuando 2 jubila|jubilas|jubilara|jubilaras ?|,|usted
fecha|ano de nacimiento
ano|cuando|fecha|decada 2 nacio|naciste|nacido|nacimiento
anos mas 2 trabajar
dobl* la edad
que quinta|signo
adultos mayores
jefe 2 joven|mayor
la pension ?
cuando|ano 4 colegio|escuela|secundaria|instituto|bachillerato
T 2 mas|menos|alrededor|cerca de N
pasa|supera|ronda|rondar|cumplio|cumpliste|cumplido|llegado 2 los N
~<por|de edad
~mas|muy|poco|tan|demasiado|eres viejo|vieja|joven|mayor|menor -que
~generacion x|y|z
~los N ?|,|.|o
~cuarto|quinto piso
~menos|mas de N ?
# money
endeudad*|hipoteca|embargad*|bancarrota|quiebra|moroso*|desahucio|desalojo|dicom|buro|impago|subsidio|loteria|\
apuestas|hacienda|fisco|apuros
P 1 deuda*|prestamo*|ahorros|finanzas|ingresos|patrimonio|nomina*|renta|bono|alquiler
tiene|tienes|teneis 2 deuda*|prestamo*|ahorros|ahorrado|credito*
T|H 2 hipoteca|heredado algo
creditos tiene|tienes
heredado algo
P 1ultim*|anterior|tres 1 sueldo|salario|nomina|nominas -fijo|deseado
P salario|sueldo actual|anterior
situacion economica|financiera|patrimonial
cuanto 1 gana|ganas|ganaba|ganabas|gano|ganaste|cobra|cobras|cobraba|cobrabas
gana|cobra P S
con P banco
que te|le pagaban|pagaron
limpio al mes
cuantas deudas
cuanto te|le pag*
devolver 2 prestamo*|credito
casa|piso|vivienda propi*
problemas|dificultades economic*|financier*
atrasado con
apuesta|apuestas 2 dinero
mantiene* 1 hogar|familia|casa
de|paga|pagas 1 alquiler|renta
posee|posees acciones|inmuebles
una|pasas herencia|pension
credito estudiantil
numeros rojos
central de riesgo
debes|deberas|debe dinero
familia con dinero
boleta de pago
ayuda del estado
te|se lo permit*
coche 6 pagar
~llegar|llega|llegas a fin
~propio dinero
~un solo sueldo|ingreso
~terminaste|termino de pagar
~salario|sueldo 1 empezo|empezaste|actual
# family
embaraz*|casad*|espos*|marido|casarse|casarte|novio|novia|maternidad|paternidad|excedencia|soltera|soltero|divorci*|\
viud*|conyuge|chiquitos|peques|matrimonio|suegr*|anticoncep*|pildora|lactancia|mellizos
T|Q 3 <nodos|procesos K
T 1 familia -de
familiar mayor|dependiente|enfermo
boda a la
T 1 pareja
E 1 padre|madre|papa|mama
ser mama|papa|madre|padre
cuantos K
P familia -de|tipo*
P familia de este|esta|que !
P 1 K|S|boda|padres|madre|padre|hermanos|hogar|pareja
estado civil
vida|situacion|planificacion|nucleo|cargas familiar*|privada|sentimental|amorosa
formar 2 familia
en 1 una relacion ?|,|ahora
<programacion en pareja ?
vive|vives 1 sol*|pareja|con
quien|quienes 2 cuida*|recoge*|ocupa 3 K
estas|esta comprometid*
en la guarderia para
los abuelos
la custodia
de senora o
adoptar un*|hij*
~<nodos|procesos|elementos|clases hijo|hijos
~media naranja
un bebe ?|,
al bebe
por el segundo|tercero
reloj biologico
`;
