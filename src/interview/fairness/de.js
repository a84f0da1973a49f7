/** How German asks, as `../fairness.rs` reads it. A backslash at the end of a line joins it to the next. */
export const WORDS = `\
# kinds
Y sie|du|ihnen|dir|dich|ihr|euch
P ihr|ihre|ihrem|ihren|ihrer|ihres|dein*|euer|eure*
K kind|kinder|kleinen|sohn|sohne|tochter|nachwuchs
S \
mann|frau|ehe*|partner|partnerin|lebenspartner*|lebensgefahrt*|freund|freundin|verlobte*|gatte*|gattin|halfte
N \
18|19*|2*|3*|4*|5*|6*|7*|zwanzig*|*dreissig*|*vierzig*|*funfzig*|*sechzig*|*undzwanzig|zwanziger|dreissiger
H weihnachten|ostern|ramadan|chanukka|sabbat|schabbat|zuckerfest|feiertage|fastenzeit|feste
G \
pole|polin|turk*|deutscher|deutsche|russ*|syr*|arab*|afrikan*|italien*|spanier*|franzos*|griech*|kurd*|ukrain*|\
ruman*|serb*|kroat*|albaner*|iran*|afghan*|chines*|asiat*|osterreicher*|schweizer*|ossi|wessi|schwarz|roma|jude|judin
W \
system*|daten|app|apps|software*|produkt*|projekt*|team|kund*|nutzer*|plattform*|modell*|server*|patient*|feature*
# asks
?
^ was|wer|wen|wem|wessen|wie|wo|woher|wohin|wann|warum|weshalb|wieso|wofur|welche*|seit|gibt|ist|war|gab|hat|wurde|\
erzahl*|sag|sagen|verrat*|beschreib*|nenn*|schilder*|sprechen
^ -dass|wenn|weil|falls|da|die|der|das|denn|sofern|ob|wo * sie|du
^ in|an|zu|mit|bei|auf|von|aus|fur|nach welche*
darf|durfte|konnte|kann ich|wir
muss|musste|mochte|wurde|will ich 9 wissen|fragen|horen
mich|uns interessier*|wurde
frage|fragte|fragt mich|sie|dich|man
gern|gerne|neugierig wissen|horen|erfahren|wusste
brauch* 2 noch|P
# spares
nicht|nichts|nie|kein*|niemand* 5 sag*|frag*|gefragt|erzahl*|wissen|nenn*|beantwort*|sprech*|angeb*|interess*|\
erwahn*|preis*|rolle|bewerte*|berucksichtig*|bedeutung|thema
frag*|gefragt|reden 3 nicht|niemand*
gleich|egal|unabhangig|unerheblich|irrelevant|tabu|verboten|unzulassig|gleichgultig
weder|ohne P|ein|nach|zu
geht|gehen uns
P 2 sache|privatsache|erwahnt
danke|leid|beiseite|gluckwunsch
nicht P|nach|uber|um|ob
# turns
aber|jedoch|trotzdem|doch
# joins
und|oder|also|nun|ok|okay|gut
# things
W|knoten*|prozess*|element*|objekt*|klasse*|datensatz*|teams|tabelle*|feld|felder|unternehmen*|branche|modul*|\
komponente*|service*|programm*|filter*|test*|version*|funktion*|prozent|monate|mitarbeiter*|stellen|seiten|\
schriften|typ|typen|firm*|beziehung*
# work
^ wie -steh*|hiess*|heiss*|seh*|find*|halt*|leist*|fuhl*|ident* * sie|du|ihr|man|wir
^ was tun|tust|machen|machst|erwartete* 5 wenn|bei|von
gearbeitet|unterrichte*|erfahrung*|beraten|berichtet|betreut|station|unterricht*|geschrieben|gekocht|portfolio*|\
gepflegt|angeleitet|restauriert|begleitet|eingefuhrt
unternehmen|firma|startup 2 gegrundet
W|code*|anwendung*|datenbank*|dateiformat*|entwurf*|entworfen|implementier*|entwickel*|kampagne*|richtlinie*|\
bericht|pipeline*|test|tests|budget*|abteilung*|lieferant*|markt*|zielgruppe*|tool*|api|webs*|algorithm*|formular*|\
schnittstelle*|analys*|design*|linux|zeitschrift|redaktion*|museum|hotel|maschine*|werkstatt|mandant*|besucher*|\
gaste*|auszubildende*|import*|einkauf*|gruppe|aufgaben|archiv*|ubersetz*
# frames
P 1 @
sind|bist|waren|warst Y 3 @
haben|hast|hatten|hattest|wollen Y 3 @
# you
Y|P|gibt
# crime
vorbestraft|vorstrafe*|verhaftet|verurteil*|gefangnis|straftat*|straffallig|strafverfahren|jugendstraf*|geldstrafe*|\
geldbusse*|polizeiakte|polizeibekannt|festgenommen|fuhrungszeugnis|angezeigt|angeklagt|anklage*|haft|haftbefehl|\
staatsanwalt*|knast|kriminell|verbrechen|bestohlen|gestohlen|geklaut|diebstahl*|unterschlagung|bussgeld*|fussfessel|\
fingerabdruck*|sozialstunden|flensburg|erwischt|betrunken|drogen|bundeszentralregister|illegal*|korperverletzung|\
schlagerei|geprugelt|hausverbot|untersuchungshaft|verbusst|geblitzt|hausdurchsuchung
mit 2 gesetz|polizei|justiz 3 konflikt|arger|problem*|zu
arger|problem* mit 1 polizei|gesetz|justiz
gegen Y 3 verfahren|ermittl*|anzeige|anklage
fuhrerschein 2 weg|entzogen|abgeb*|verloren|los|eingezogen
schuldig gesprochen
vor gericht ?|,|gestanden|stehen
vor einem richter
auf|unter bewahrung
auf der wache
lange 2 Y gesessen
~behorden wissen
~weisse weste
~leichen im
# union
gewerkschaft*|betriebsrat*|personalrat*|streik|streiks|streikbrecher|gestreikt|streiken|warnstreik*|arbeitskampf*|\
urabstimmung|vertrauensmann|vertrauensleute|arbeitnehmerver*|arbeitnehmerrecht*|arbeitnehmerseite|tarifkommission|\
tarifkonflikt|verdi|gdl|gew|dgb|ogb|niederlegen|niedergelegt|flugblatter|arbeiterkammer|mitarbeitervertretung|\
personalvertretung|tarifrunde
Y 6 gewerkschaft|gewerkschaften|gewerkschaftsmitglied*|gewerkschaftlich
urabstimmung gestimmt|abgestimmt
~ig metall|bce|bau
*endenvertreter*
~auf die strasse
# politics
politisch*|politik|politiker*|partei|parteilogo|parteibuch|bundestagswahl|regierung|kanzler*|demonstration|\
demonstrationen|kundgebung*|protest|protesten|petition*|konservativ|sozialdemokrat*|sozialist*|kommunist*|grunen|\
afd|spd|cdu|csu|fdp|fpo|ovp|svp|sed|stasi|jusos|bsw|abtreib*|*aktivist*|*krieg|volksabstimmung|referendum|\
gemeinderat|stadtrat|bundestag|landtag|schuldenbremse|burgerlich|kandidiert|trump|putin|feminist*|brexit|gaza|nato|\
merz|scholz|merkel|habeck|weidel|impfpflicht|wehrdienst|pegida|querdenker|fluchtlingspolitik|asylpolitik
auf|an 2 demo|demos
wen|wem 4 Y 5 gewahlt|wahlen|wahlst|stimme
geh* Y 2 wahlen
wahl|wahlen gewahlt
kandidaten 1 haben|hast Y 1 unterstutzt
wen wahlen|wahlst Y
volksabstimmung|referendum gestimmt|abgestimmt
eher|politisch|gegen links|rechts
gegen die eu
P 1 ansichten
von 2 linken|rechten
~junge* union
zur migration
~wie rot
# religion
kirche|kirchensteuer|moschee*|synagoge|religion|religionen|religios*|glaubig|konfession*|gebet|freitagsgebet|beten|\
ramadan|kopftuch|turban|kippa|gott|bibel|koran|getauft|taufe|firmung|konfirmation|kommunion|jugendweihe|\
gottesdienst*|sabbat|muslim*|islam*|judisch|juden|christlich|katholisch|evangelisch|alevit*|buddhis*|hindu*|atheis*|\
jehovas|koscher|halal|schweinefleisch|scientology|sekte|spirituell*|spiritualitat|pilger*|freimaurer*|\
weltanschauung|jenseits|rosenkranz|messdiener|ministrant
welche* gemeinde
P|der 1 glauben|glaube -an
welche* glauben
zur messe
kreuz 3 hals|trag*|kette
glauben|glaubst Y 1 an gott
beten|betest|betet|fasten|fastest Y
turban|kopftuch|kippa|schleier|kreuz 3 trag*|ableg*|abnehm*
feiern|feierst|feiert Y 3 H
zum christentum|glauben
~nach dem tod
# health
krank|krankheit*|*erkrankung*|*behinder*|medikamente|tabletten|krebs|diabet*|insulin|hiv|hink*|humpel*|epilep*|\
depress*|burn|burnout|rauchen|rauchst|alkohol|gesundheit*|krankgeschrieben|krankheitsbedingt|fehltage|fehlzeiten|\
chronisch*|psychisch*|psychiatrisch*|krankm*|blutdruck|farbenblind|raucher*|wechseljahre|herzprobleme|bandscheib*|\
zusammenbruch|allergi*|asthma|adhs|autis*|rollstuhl|operiert|panikattacken|geimpft|schlafst|schlafstorung*|\
korperlich*|herzleiden|infarkt|stottern|pflegegrad|horgerat|suizid*|suchtig|entzug
leiden|leidest Y 1 an|unter -druck|zeit*
trinken|trinkst Y 2 alkohol
viel|was wiegen|wiegst Y
P 1 bein|arm|hand|knie|rucken|gewicht|herz
haben|hast Y 1 zugenommen|abgenommen
trinkst|trinken Y 6 bier*|wein|glas
wie gross|schwer sind|bist Y
zum|beim|vom arzt|psych*
auf|zur kur|reha
eine|in therapie
Y 2 gesund ?|,|genug|und|oder
sehen|siehst 2 blass|mude|krank
diese|P 1dicke brille
~fehlt ihnen|dir
~in 2 behandlung
# gender
schwul|lesbisch|lesbe|homosexuell|heterosexuell|hetero|bisexuell|trans|transgender|pronomen|sexuell*|sexualitat|\
geschlecht*|geoutet|outen|queer*|lgbt*|hingezogen|gleichgeschlecht*|hormone|regenbogen*|christopher|csd|\
nichtbinar|mannerbranche|homo|feminin|maskulin|umgewandelt
P transition
Y 2 ein|eine mann|frau
Y mann|frau oder
Y divers
mannlich|weiblich oder
welche* toilette
Y 1 auf manner|frauen
Y 4 als mann|frau|dame|junge|madchen
~anderen ufer
~andere* vorname
~immer 2 frau|mann
~fur einen|eine mann|frau
~herr 1 frau
~frau oder
# age
geburtsdatum|geburtstag|geburtsjahr|ruhestand|rente|fruhrente|altersteilzeit|pension*|jahrgang|boomer*|millennial*|\
volljahrig|regelaltersgrenze|sternzeichen|mauerfall|kerzen|eingeschult|lebensalter|buckel
wie alt 1sind|bist|waren|warst|werden|wirst sie|du
wie alt Y
P alter -chef*|kolleg*|arbeitgeber*|job*|vorgesetzt*|lehrer*|professor*|trainer*|freund*|betrieb*|team*
nach P alter
wann|jahr|jahrgang|vor|nach 2 Y 2 geboren
lange wollen|willst Y noch arbeiten
wann|jahr 3 Y 3 *schule|abitur|matura
wie jung
jungere* chef*|vorgesetzt*
viele lenze
auf die N
welche* jahrgang|jahrgangs|altersgruppe|alter|generation 3 Y
generation x|y|z
sind|bist|waren Y 3 uber|unter|anfang|mitte|ende|knapp N
Y 3 zu alt|jung
~so|zu jung|alt
~graue haare
~der|die alteste
~nicht auf der welt
~alter|junger oder|als
~um|uber|unter|anfang|mitte|ende|die|den|schon|in N ?|,|oder|sein|hinter|.
sternzeichen
# origin
nationalitat|staatsangehorigkeit|staatsburgerschaft|hautfarbe|migrationshintergrund|sinti|roma|abstammung|akzent|\
vorfahren|ethni*|volksgruppe|fluchtling*|gefluchtet|geflohen|asyl*|eingeburgert|eingewandert|eingereist|auslander|\
auslanderin|pass|gastarbeiter*|sudlandisch*|exotisch*|balkan|russlanddeutsch*|araber|aufgewachsen|aufenthaltsstatus|\
indigen*|einwanderer*
woher 1 kommen|kommst|stammen|stammst|sind Y
woher Y 3 kommen|stammen|kommst|sind|stammst
wo kommen|kommst Y 2 her
woher|wo 3 P 1 eltern|familie|name|akzent|vorfahren|grosseltern|nachname
P 1 heimat|wurzeln|nachname|herkunft|grosseltern
*ische wurzeln
alten heimat
wo|ort|stadt|land 2 Y 2 geboren|aufgewachsen
aus welche* 1 kommen|kommst|stammen Y
wann|lange 5 in deutschland|osterreich|der|hier -position|rolle|firma|branche|stelle
ist|welche*|was 4 muttersprache
sprache* 3 hause|daheim
~sind|bist|fuhlen|fuhlst|Y 1Y|sind|bist 3 G ?|,|oder|und|auf|von|geboren
den auslander
im ausland gross
zu welche* stamm
~erste sprache
~zur welt gekommen
~gross geworden
Y 4 geboren
~gut deutsch
# money
schuldest|privatinsolvenz|pleite|schufa|bonitatsauskunft|hypothek|ersparnisse|gepfandet|*pfandung|geerbt|erbschaft|\
eigenheim|abbezahl*|bafog|burgergeld|hartz|sozialhilfe|wohngeld|gerichtsvollzieher|eidesstattlich*|\
gehaltsabrechnung*|lohnzettel|lohnabrechnung|kontostand|einstiegsgehalt|hauptverdiener*|gluckspiel*|spielschulden|\
privatschulden|steuerschulden|lotto|nebeneinkunfte
privat P geld
~um geld
~bei P bank
was hat|haben man|die 4 gezahlt|bezahlt
besitz* Y 2 haus|wohnung|auto|eigentum*|aktien|immobilien
finanzielle* schwierigkeit*|probleme|lage|verpflichtung*|situation
haben|hast Y 2 schulden|kredit|kredite|vermogen ?|,|laufen|oder|und|noch
kredite|kredit laufen|abzu*
Y 2 verschuldet
P 1 schulden|miete|vermogen*|einkommen|konto*|finanzen
zur|viel miete
zahlen|zahlst Y 1 unterhalt|miete
zuruck*zahlen
raten im
Y 3 netto
P 1bisherig*|aktuell*|letzt*|derzeitig*|fruher*|jetzig* 1 gehalt|einkommen|verdienst|lohn|jahresgehalt
was|viel verdienen|verdienst Y -gerne
was|viel haben|hast Y 3 verdient
verdient|verdienen P S
leisten|leistest Y sich|dir
bonus 4 bekommen|erhalten
aus reiche*|arme*
~hohen kante
~P geld
~geld zuruckgelegt|gespart
~reicht 5 einkommen|geld
# family
ehemann|ehefrau|schwanger*|kinderwunsch|familienplanung|verheiratet|heirat*|geheiratet|verlobt|ledig|geschieden|\
scheidung|kinderbetreuung|kitaplatz|elternzeit|mutterschutz|familienstand|babysitter|oma|pflegebedurftig*|\
sorgerecht|alleinerziehend|doppelname*|kinderlos|pille|verhutung|flitterwochen|enkel*|geburtsname|\
madchenname|schwieger*|hausfrau|hausmann|ehering|steuerklasse|alleinstehend|single
<wie haben|hast|wollen|willst|wunschen|mochten|planen|planst|erwarten|bekommen Y 3 K|familie -betreut|unterrichtet|\
gearbeitet
haben|hast Y eine* freund|freundin
wie viele K 1 Y
familie 2 grunden
plan* Y 4 nachwuchs
P 1 S|K|familie|familiensituation|familiare*|hochzeit|eltern|mutter|vater|geschwister|bruder|schwester|privatleben|\
beziehung|haushalt -das
~P 1 S das
sind|bist Y 1 mutter|vater
leben|lebst|wohnen|wohnst Y 2 allein|alleine|zusammen|partner*|beziehung|getrennt|mit
in 1 einer 1 beziehung|partnerschaft
zweites|drittes kind
zu hause 1 kinder
und kinder ,
~bessere halfte
~kinder sind ja
um die kleinen
bestimmt|schon|noch vergeben
mit dem baby
zwei|drei|vier K|kleinkinder
verheiratet oder
der liebe wegen
*eltern springen|ein
`;
