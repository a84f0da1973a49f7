//! How Spanish asks.

use super::{Ground, Tongue};

pub(super) const TONGUE: Tongue = Tongue {
    kinds: &[
        ("P", "su|sus|tu|tus|vuestr*"),
        ("T", "tiene|tienes|tenia|tenias|tuvo|tuviste|tenido|teneis"),
        ("E", "es|eres|era|eras|sera|seras|considera|consideras|usted|tu|siente|sientes|define|defines|ser|sido"),
        ("A", "esta|estas|estuvo|estuviste|estado|estaba|usted"),
        ("H", "ha|has|fue|fuiste|hayas|haya|han"),
        ("Q", "quiere|quieres|piensa|piensas|planea|planeas|espera|gustaria|va|vas|desea|deseas|planes|pensado"),
        ("K", "hijo|hijos|hija|hijas|nino|ninos|nina|ninas|peque|peques|pequeno|chiquitos|nietos"),
        ("S", "espos*|marido|mujer|pareja|novio|novia|conyuge|prometid*|ex|exmujer|exmarido"),
        ("N", "18|19*|2*|3*|4*|5*|6*|7*|treinta|cuarenta|cincuenta|sesenta|veinte|veinti*"),
        ("C", "iglesia|mezquita|sinagoga|templo|misa|culto|parroquia|secta"),
        ("F", "navidad|pascua|ramadan|januca|sabado|sabbat|shabat|cuaresma|fiestas|festividad*"),
        ("G", "espanol*|mexican*|colombian*|venezolan*|peruan*|argentin*|ecuatorian*|cuban*|boliv*|latin*|negr*|blanc*|african*|arab*|gitan*|asiatic*|indigen*|mestiz*|europe*|marroqu*|catalan*|vasc*|rus*|ruman*|chin*|aleman*|frances*|extranjer*|inmigrant*|refugiad*|mulat*|criollo"),
        ("W", "sistema*|datos|aplicacion*|app|software|producto*|proyecto*|cliente*|usuario*|plataforma*|modelo*|servicio*|servidor*|paciente*|tipo*"),
    ],
    asks: "\
?
¿
^ digame|dime|indiqueme|indica|cuenteme|cuentame|hableme|hablame|expliqueme|describame|describeme|comparta
decirme|indiqueme|contarme|hablarme|preguntar*|diga|digas
gustaria|quisiera|necesito|encantaria|preguntaba 1 saber|conocer|oir|si|que
curiosidad|falta
se pregunta",
    spares: "\
no|nadie|nunca|tampoco|ni|jamas|nada -le|te|importa|molesta|es 4 pregunt*|contar*|cuente*|decir*|diga*|mencion*|revel*|hablar*|hable*|saber|registr*|cuenta|asunto|vote
no 1le|te voy|vamos|pregunt*
nadie 1le|te pregunt*
no|ni 2 hace|hacen falta
irrelevante|prohibido|ilegal|incumb*|igual
no|ni 1 viene|vienen|importa|tiene|tienen ningun|al|nos|cabida
no su|sobre
cosa suya|tuya
aqui no|nadie 2 pregunta",
    turns: "pero|¿|aunque",
    things: "W|mimad*|proceso*|nodo*|objeto*|clase*|equipo*|tabla*|campo*|empresa*|sector|modulo*|componente*|programa*|filtro*|prueba*|version*|funcion*|elemento*|pagina*|nativ*|informatic*|tecnic*|digital*|tipografica",
    work: "\
¿ como -lo|la|te|se|voto|aguanta|esta|sigue
¿ como se -llam*|las|qued*|siente|identific*|define
que haria|harias|hace|haces 1 si|con|cuando|para|ante
trabajado|experiencia|asesorado|acompanado|restaurado|orientaba|escrito|redactado|preparado|clase|clases|atendia|representado|vendido|aprendio|instal*|gestion*
cuidado a
W|programa|codigo|apps|disen*|construi*|implement*|desarroll*|lanzamiento*|algoritmo*|api|campana*|informe*|pruebas|presupuesto*|departamento*|proveedor*|mercado*|herramienta*|analiz*|formulario*|interfaz|encuesta*|alumn*|hotel|museo|empresas|seccion|portafolio|cartera*|revista|actividad|programacion|redaccion|turno|formato*|conector*|teletrabajo|gastos|contrasenas|urbanistico|electorales|huesped*|web",
    frames: "\
P 1 @
T|Q|H|E|A 2 @",
    you: "?|.",
    grounds: &[
        (Ground::Crime, CRIME),
        (Ground::Union, UNION),
        (Ground::Politics, POLITICS),
        (Ground::Religion, RELIGION),
        (Ground::Health, HEALTH),
        (Ground::Gender, GENDER),
        (Ground::Origin, ORIGIN),
        (Ground::Age, AGE),
        (Ground::Money, MONEY),
        (Ground::Family, FAMILY),
    ],
};

const CRIME: &str = "\
antecedentes|penal|penales|detenid*|arrestad*|condena*|conden*|preso|presa|carcel|prision|delito*|crimen*|delincuen*|calabozo|comisaria|judicial|justicia|juez|jueza|banquillo|tribunal|culpable|fianza|fichad*|demanda|fiscalia|robado|robo|hurto|estafa|fraude|malversacion|drogas|multa|multas|multado|borracho|ebri*|alcoholemia|huellas|denunciad*|acusaron|acusado|imputad*|encerrado|policial|policia|pulsera|sanciones|violencia|libertad|alejamiento|agredi*|peleas|travesuras|pandilla*|pleito*|demandado|expulsado
problemas|lio|lios|conflicto*|cuentas 2 ley|justicia|policia
P 1 historial|expediente|ficha|registro policial|penal|delictivo
~ley ?
~<su|tu juicio|juicios
retir*|quit*|perdid*|suspend* 2 carne|licencia|permiso
centro de menores
orden de captura|arresto
~beneficio de la comunidad
~muerto en el armario";

const UNION: &str = "\
sindic*|huelga*|paro|esquirol|gremi*|convenio|ugt|ccoo|cgt|ctm|cut|delegado|enlace|pancarta|reivindic*|asamblea|planto|plantilla|obrer*|piquete*
~comite de empresa
~representante de P
~representante de los trabajadores
~paran la produccion
~derechos laborales";

const POLITICS: &str = "\
politico*|politicas|politicament*|partido|partidos|elecciones|gobierno|presidente|presidenta|votar|vota|votas|votan|voto|votaste|votado|manifestacion*|protesta|protestas|ideologia|izquierdas|derechas|conservador*|progresista*|socialista*|comunista*|republican*|independentista*|monarqu*|rey|feminista*|aborto|vox|psoe|podemos|morena|pan|pri|peronista*|antiperonista|kirchner*|chavis*|uribis*|bolsonar*|milita|militas|militabas|activista*|peticion*|plebiscito|referendum|alcald*|cabildo|concejal|congreso|rojos|facha*|franquis*|fachas|independencia|bando|inmigracion|ultraderecha|petro|milei|brexit|trump|otan|palestin*|israel|ucrania|abstiene|eutanasia|simpatiza*|simpatizas
quien|quienes 2 voto|votaste|votado|votaria|vota|votas
votaste|votado|votaria|voto 1 por|en
~politica
~izquierda
~a la|de derecha
~que pie";

const RELIGION: &str = "\
religion|religiones|religios*|iglesia*|misa|mezquita|sinagoga|dios|biblia|coran|ramadan|oracion|rezar|creyente*|velo|sabbat|turbante|kipa|crucifijo|kosher|halal|cerdo|judi*|musulman*|catolic*|evangelic*|cristian*|islam|budis*|ateo|atea|agnostic*|mormon*|jehova|bautiza*|comunion|confirmacion|credo|creencia*|espiritual*|culto|secta|virgen|santeria|cuaresma|templo|fe|parroquia|opus|practicante|cura|pastor|imam|rabino|mason*|peregrin*|rosario|monaguillo|diezmo|convento
que confesion
cree|crees en dios
turbante|velo|kipa|crucifijo 2 ?|delante|por|en
reza|rezas|rezar|oras|ayuna|ayunas
va|vas|asiste|asistes|acude|pertenece|perteneces|ir 3 C
celebra|celebras|celebran|observa|observas|guarda|guardas 2 F";

const HEALTH: &str = "\
enfermedad*|enfermo|enferma|discapacidad*|minusval*|salud|medicament*|medicacion|medica|medicas|cancer|infarto|diabet*|depresion|alcohol|alerg*|asma|operado|operada|operacion|terapia|psiquiatr*|psicolog*|cronic*|hospitalizad*|vacunad*|covid|tdah|autis*|epilep*|vih|panico|ansiedad|burnout|palido|palida|espalda|achaque*|seropositiv*|copas|copitas|nervios*|pastillas|duerme|duermes|lentes|gafas|robusta|gordo|gorda|lesion*|fisicas|mental*|limitacion*|trastorno*|incapacita*|incapacidad|baja|bajas|quemado|medico|insulina|embarazo|menopausia|regla|tartamud*|adiccion*|audifono*|fuma|fumar|migranas|sordo|sorda|daltonic*|accidente|secuelas|drogodepend*
padece|padeces|padecido -el|la
fuma|fumas|fumador|fumadora
¿ bebe|bebes 2 alcohol|mucho|?
cuanto pesa|pesas|mide|mides
silla de ruedas
paso 1 en la|el|P
P 1 corazon|rodilla|vista|oido|espalda|pierna
~le|te pasa algo
~en|bajo|algun tratamiento
~de peso";

const GENDER: &str = "\
gay|lesbian*|bisexual*|homosexual*|heterosexual*|trans|transgenero|transexual*|pronombres|sexual|sexualidad|sexo|hormonas|orgullo|arcoiris|varon|closet|armario|pluma|masculino|femenino|binari*|machos|senorita|bano|diplomas|afeminad*|drag|lgtb*|marica
orientacion|identidad|preferencia|preferencias|vida sexual|sexuales
identidad de genero
P transicion
E 2 hombre|mujer ?|,|o|y|antes
atraen|gustan 3 hombres|mujeres|chicos|chicas
~genero -de|literario
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
~hombre o mujer";

const ORIGIN: &str = "\
nacionalidad|nacionaliz*|raza|etni*|raices|ascendencia|materna|inmigrante*|migrante*|refugiad*|asilo|pasaporte|origenes|apellido|indigena|mestizo|sangre|originario*|arabe|papeles|emigr*|tribu|patria|abuelos|antepasados|ciudadania|visa|gitan*|africana
de donde 1usted|tu es|eres|viene|vienes|procede|procedes|usted|son
crecio|creciste|nacio|naciste 1 aqui
pais|ciudad|donde 2 crio|criaste
P piel|apellido|tierra
lo de fuera
donde 1 nacio|naciste|crecio|creciste|nacido
donde 3 P 1 padres|familia|abuelos|apellido|acento
lengua|idioma materna|materno
idioma*|lengua* 3 casa
color de 1 piel
~E 2 G ?|,|o|de
~sientes|siente 1 mas|muy
~a este pais
~un acento
~primer idioma
~hablas muy bien
~al mundo
es|eres 1 de aqui
de que 1 parte|region|provincia|pueblo|ciudad|pais es|eres|viene|vienes
~lleva|llevas 2 en espana|este|aqui
~en P tierra|pais";

const AGE: &str = "\
cumpleanos|jubilacion|prejubilacion|jubilarse|retirarse|retiro|pension|nacimiento|nacido|naciste|milenial*|boomer|quinta|mili|egb|velas|adultos|jovencit*|primaveras|cincuenton*|cuarenton*|jovencisim*|cumplir|cumples|cumplido|veintitantos|treintanero|canas|signo|horoscopo|abuelo
cuantos anos tienes|tenias|tendras|cumple|cumples
cuantos anos tiene ?|,|usted|ya
P edad|cumpleanos|jubilacion|generacion|quinta
fecha de nacimiento
ano|cuando|fecha|decada 2 nacio|naciste|nacido|nacimiento
anos mas 2 trabajar
dobl* la edad
cuando|ano 4 colegio|escuela|secundaria|instituto|bachillerato
T 2 mas|menos|alrededor|cerca de N
pasa|supera|ronda|rondar|cumplio|cumpliste|llegado 2 los N
~<por|de edad
~mas|muy|poco|tan|demasiado|eres viejo|vieja|joven|mayor|menor -que
~<tercera|nueva generacion -de
~los N ?|,|.|o
~cuarto|quinto piso
~menos|mas de N ?";

const MONEY: &str = "\
deuda*|endeudad*|hipoteca|prestamo*|ahorros|ahorrado|embarg*|bancarrota|quiebra|herencia|heredado|moroso*|alquiler|renta|arriendo|desahucio|desalojo|credito*|nomina|nominas|inmuebles|acciones|pension|patrimonio|rojos|dicom|buro|riesgo|impago|dinero|rico|pobre|boleta|subsidio|ayuda|coche|permites|loteria|apuestas|casino|becas|hacienda|fisco|apuros|vivienda|tarjetas|desempleo|financiera*|bono
P 1ultim*|anterior|tres 1 sueldo|salario|nomina|nominas -fijo|deseado
P salario|sueldo actual|anterior
situacion economica|financiera|patrimonial
cuanto 1 gana|ganas|ganaba|ganabas|gano|ganaste|cobra|cobras|cobraba|cobrabas
gana|cobra P S
con P banco
que te|le pag*
limpio al mes
casa|piso|vivienda propi*
problemas|dificultades economic*|financier*
~fin de mes
~propio dinero
~un solo sueldo|ingreso
~terminaste|termino de pagar
~salario|sueldo 1 empezo|empezaste|actual";

const FAMILY: &str = "\
hija|embaraz*|casad*|espos*|marido|casarse|casarte|boda|nineras|ninera|guarderia|novio|novia|maternidad|paternidad|excedencia|mama|papa|madre|padre|soltera|soltero|divorci*|viud*|pareja|conyuge|senorita|abuelos|chiquitos|peques|custodia|matrimonio|familia|familiar*|hermanos|relacion|anticoncep*|pildora|lactancia|embarazada|hogar|adoptar|anillo|suegr*|dependient*|mellizos|canguro|instinto|prometid*
T|Q 3 <nodos|procesos K|familia
cuantos K
P familia -de|tipo*
P 1 K|S|matrimonio|boda|embarazo|divorcio|padres|madre|padre|hermanos|hogar
estado civil
vida|situacion|planificacion|nucleo familiar|privada|sentimental|amorosa
formar 2 familia
vive|vives 1 sol*|pareja|con
quien|quienes 2 K
~<nodos|procesos|elementos|clases hijo|hijos
~<para ninos
~media naranja
un bebe ?|,
al bebe
por el segundo|tercero
reloj biologico";
