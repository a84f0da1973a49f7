//! How German asks.

use super::{Ground, Tongue};

pub(super) const TONGUE: Tongue = Tongue {
    kinds: &[
        ("Y", "sie|du|ihnen|dir|dich|ihr|euch"),
        ("P", "ihr|ihre|ihrem|ihren|ihrer|ihres|dein*|euer|eure*"),
        ("K", "kind|kinder|kindern|kleinen|sohn|sohne|tochter|nachwuchs"),
        ("S", "mann|frau|ehe*|partner|partnerin|lebenspartner*|lebensgefahrt*|freund|freundin|verlobte*|gatte*|gattin|halfte"),
        ("N", "18|19*|2*|3*|4*|5*|6*|7*|zwanzig*|*dreissig*|*vierzig*|*funfzig*|*sechzig*|*undzwanzig|zwanziger|dreissiger"),
        ("H", "weihnachten|ostern|ramadan|chanukka|sabbat|schabbat|zuckerfest|feiertage|fastenzeit|feste"),
        ("G", "pole|polin|turk*|deutscher|deutsche|russ*|syr*|arab*|afrikan*|italien*|spanier*|franzos*|griech*|kurd*|ukrain*|rumän*|serb*|kroat*|albaner*|iran*|afghan*|chines*|asiat*|osterreicher*|schweizer*|ossi|wessi|schwarz|roma|jude|judin"),
        ("W", "system*|daten|app|apps|software*|produkt*|projekt*|team|kund*|nutzer*|plattform*|modell*|server*|patient*|feature*"),
    ],
    asks: "\
?
^ was|wer|wen|wem|wessen|wie|wo|woher|wohin|wann|warum|weshalb|wieso|wofur|welche*|seit|gibt|ist|war|gab|hat|wurde|erzahl*|sag|sagen|verrat*|beschreib*|nenn*|schilder*|sprechen
^ -dass|wenn|weil|falls|da|die|der|das|denn|sofern|ob|wo * sie|du
^ in|an|zu|mit|bei|auf|von|aus|fur|nach welche*
darf|durfte|muss|musste|mochte|konnte|wurde|will|kann ich|wir
mich|uns interessier*|wurde
frage|fragte|fragt mich|sie|dich|man
gern|gerne|neugierig wissen|horen|erfahren|wusste
brauch* 2 noch|P",
    spares: "\
nicht|nichts|nie|kein*|niemand* 5 sag*|frag*|gefragt|erzahl*|wissen|nenn*|beantwort*|sprech*|angeb*|interess*|erwahn*|preis*|rolle|bewerte*|berucksichtig*|bedeutung|thema
frag*|gefragt|reden 3 nicht|niemand*
gleich|egal|unabhangig|unerheblich|irrelevant|tabu|verboten|unzulassig|gleichgultig
weder|ohne P|ein|nach|zu
geht|gehen uns
P 2 sache|privatsache
nicht P|nach|uber|um|ob",
    turns: "aber|jedoch|trotzdem|und|also|nun|ok|okay|gut|doch",
    things: "W|knoten*|prozess*|element*|objekt*|klasse*|datensatz*|teams|tabelle*|feld|felder|unternehmen*|branche|modul*|komponente*|service*|programm*|filter*|test*|version*|funktion*|prozent|monate|mitarbeiter*|stellen|seiten|schriften|typ|typen|firm*|beziehung*",
    work: "\
^ wie -steh*|hiess*|heiss*|seh*|find*|halt*|leist*|fuhl*|ident* * sie|du|ihr|man|wir
^ was tun|tust|machen|machst|erwartete* 5 wenn|bei|von
gearbeitet|unterrichte*|erfahrung*|beraten|berichtet|betreut|station|unterricht*|geschrieben|gekocht|portfolio*|gepflegt|angeleitet|restauriert|begleitet|eingefuhrt
W|code*|anwendung*|datenbank*|dateiformat*|entwurf*|entworfen|implementier*|entwickel*|kampagne*|richtlinie*|bericht|pipeline*|test|tests|budget*|abteilung*|lieferant*|markt*|zielgruppe*|tool*|api|webs*|algorithm*|formular*|schnittstelle*|analys*|design*|linux|zeitschrift|redaktion*|museum|hotel|maschine*|werkstatt|mandant*|besucher*|gaste*|auszubildende*|import*|einkauf*",
    frames: "\
P 1 @
sind|bist|waren|warst Y 3 @
haben|hast|hatten|hattest|wollen Y 3 @",
    you: "Y|P|gibt",
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
vorbestraft|vorstrafe*|verhaftet|verurteil*|gefangnis|straf*|polizei|polizeiakte|festgenommen|fuhrungszeugnis|angezeigt|anzeige|angeklagt|anklage*|haft|haftbefehl|polizeibekannt|staatsanwalt*|jugendstraf*|knast|bewahrung|kriminell*|verbrechen|bestohlen|gestohlen|geklaut|diebstahl*|betrug|betrugs|unterschlagung|schuldig|gericht|richter|bussgeld*|geldstrafe*|geldbusse*|fussfessel|fingerabdruck*|sozialstunden|flensburg|erwischt|betrunken|drogen|bundeszentralregister|wache|gesessen|einbruch|illegal*|korperverletzung|schlagerei|geprugelt|gewalt*|delikt*|gesetz|behorden|hausverbot|untersuchungshaft|verbusst|jugendstrafe|geblitzt|hausdurchsuchung
mit 2 gesetz|polizei|justiz 3 konflikt|arger|problem*|zu
gegen Y 3 verfahren|ermittl*|anzeige|anklage|haftbefehl
fuhrerschein 2 weg|entzogen|abgeb*|verloren|los|eingezogen
~weisse weste
~leichen im";

const UNION: &str = "\
gewerkschaft*|betriebsrat*|personalrat*|streik|streiks|streikbrecher|gestreikt|streiken|warnstreik*|arbeitskampf*|urabstimmung|vertrauensmann|vertrauensleute|arbeitnehmer*|tarifkommission|tarifkonflikt|tarifverhandlung*|verdi|gdl|gew|igm|dgb|ogb|niederlegen|niedergelegt|flugblatter|arbeiterkammer|mitarbeitervertretung|personalvertretung|tarifrunde
Y 6 gewerkschaft|gewerkschaften|gewerkschaftsmitglied*|gewerkschaftlich
~ig metall|bce|bau
*endenvertreter*
~auf die strasse";

const POLITICS: &str = "\
politisch*|politik|politiker*|partei|parteien|parteilogo|parteibuch|wahl|bundestagswahl|gewahlt|regierung|kanzler*|minister*|demo|demos|demonstr*|kundgebung*|protest*|petition*|konservativ|liberal*|sozialdemokrat*|sozialist*|kommunist*|linke|linken|linker|rechte|grunen|afd|spd|cdu|csu|fdp|fpo|ovp|svp|sed|stasi|jusos|bsw|abtreib*|*aktivist*|*krieg|volksabstimmung|abstimmung|referendum|gemeinderat|stadtrat|bundestag|landtag|schuldenbremse|burgerlich|kandidiert|eu|links|rechts|ansichten|migrationspolitik|klimapolitik|trump|putin|feminist*|brexit|israel|gaza|nato|merz|scholz|merkel|habeck|weidel|impfpflicht|wehrdienst|pegida|querdenker|fluchtlingspolitik|asylpolitik
wen|wem 4 Y 5 gewahlt|wahlen|wahlst|stimme
geh* Y 2 wahlen
volksabstimmung|urabstimmung|referendum gestimmt|abgestimmt
~junge* union
zur migration
~wie rot";

const RELIGION: &str = "\
kirche|kirchensteuer|moschee*|synagoge|religion|religionen|religios*|glaubig|glaube|konfession*|gebet|freitagsgebet|beten|ramadan|kopftuch|turban|kippa|gott|bibel|koran|tora|getauft|taufe|firmung|konfirmation|kommunion|jugendweihe|gottesdienst|sabbat|muslim*|islam*|judisch|juden|christlich|katholisch|evangelisch|alevit*|buddhis*|hindu*|atheis*|jehovas|koscher|halal|schweinefleisch|scientology|sekte|spirit*|konvertiert|pilger*|messe|weihnachten|freimaurer*|weltanschauung|jenseits|rosenkranz|messdiener|ministrant|pfarr*|ausgetreten
welche* gemeinde
P glauben -an
welche* glauben
kreuz 3 hals|trag*|kette
glauben|glaubst Y 1 an gott
beten|betest|betet|fasten|fastest Y
turban|kopftuch|kippa|schleier|kreuz 3 trag*|ableg*|abnehm*
feiern|feierst|feiert Y 3 H
~nach dem tod";

const HEALTH: &str = "\
krank|krankheit*|*erkrankung*|*behinder*|medikamente|tabletten|krebs|diabet*|insulin|hiv|hink*|humpel*|epilep*|depress*|burn|burnout|rauchen|rauchst|alkohol|gesundheit*|krankgeschrieben|krankheitstage|fehltage|fehlzeiten|therapie|chronisch*|psych*|schmerzen|krankm*|blutdruck|blut|farbenblind|raucher*|wechseljahre|periode|herzprobleme|knie|bandscheib*|zusammenbruch|corona|fit|allergi*|asthma|adhs|autis*|rollstuhl|operiert|operation|rucken|panikattacken|geimpft|impfung|zugenommen|abgenommen|brille|schlafst|schlafen|schlafstorung*|blass|mude|korperlich*|einschrankung*|herzleiden|infarkt|stottern|stabil|unfall|arzt|kur|reha|pflegegrad|horgerat|suizid*|sucht|suchtig|entzug|belastbar
leiden|leidest Y 1 an|unter
trinken|trinkst Y 2 alkohol
viel|was wiegen|wiegst Y
P bein|arm|hand
trinkst|trinken Y 6 bier*|wein|glas
wie gross|schwer sind|bist Y
~fehlt ihnen|dir
~in 2 behandlung";

const GENDER: &str = "\
schwul|lesbisch|lesbe|homosexuell|heterosexuell|hetero|bisexuell|trans|transgender|pronomen|sexuell*|sexualitat|geschlecht*|geoutet|outen|queer*|lgbt*|hingezogen|gleichgeschlecht*|transition|hormone|regenbogen*|christopher|csd|dame|fraulein|nichtbinar|divers|weiblich|mannlich|ufer|mannerbranche|vorname|homo|drag|feminin|maskulin|umgewandelt
Y 2 ein|eine mann|frau
Y mann|frau oder
welche* toilette
Y 1 auf manner|frauen
Y 4 als mann|frau|junge|madchen
~immer 2 frau|mann
~fur einen|eine mann|frau
~herr 1 frau
~stehst|stehen Y 1 auf
~frau oder";

const ORIGIN: &str = "\
nationalitat|staatsangehorigkeit|staatsburgerschaft|muttersprache|hautfarbe|migrationshintergrund|sinti|roma|abstammung|akzent|vorfahren|wurzeln|heimat|ethni*|volksgruppe|fluchtling*|gefluchtet|geflohen|asyl*|eingeburgert|eingewandert|eingereist|ausland|auslander|auslanderin|pass|gastarbeiter*|nachname|sudlandisch*|exotisch*|balkan|russlanddeutsch*|araber|aufgewachsen|stamm|aufenthalts*|visum|dialekt|indigen*|einheimisch*|einwanderer*
woher 1 kommen|kommst|stammen|stammst|sind Y
woher Y 3 kommen|stammen|kommst|sind|stammst
wo kommen|kommst Y 2 her
woher|wo 3 P 1 eltern|familie|name|akzent|vorfahren|grosseltern|nachname
wo|ort|stadt|land 2 Y 2 geboren|aufgewachsen
aus welche* 1 kommen|kommst|stammen Y
seit wann 1 Y 2 in|hier
sprache* 3 hause|daheim
~sind|bist|fuhlen|fuhlst|Y 1Y|sind|bist 3 G ?|,|oder|und|auf|von|geboren
den auslander
~erste sprache
~zur welt gekommen
~gross geworden
~hier geboren
~in 1 deutschland|osterreich -arbeiten
~gut deutsch";

const AGE: &str = "\
alter|altere|altester|geburtsdatum|geburtstag|geburtsjahr|ruhestand|rente|fruhrente|altersteilzeit|pension*|altersgruppe|jahrgang|boomer*|millennial*|generation|volljahrig|regelaltersgrenze|sternzeichen|mauerfall|kerzen|eingeschult|lenze|lebensalter|buckel|abitur|abi
wie alt 1sind|bist|waren|warst|werden|wirst sie|du
wie alt Y
wann|jahr|jahrgang|vor|nach 2 Y 2 geboren
lange wollen|willst Y noch
wann|jahr 3 Y 3 *schule|abitur|matura
wie jung
viele lenze
auf die N
welche* jahrgang|jahrgangs|altersgruppe|alter|generation 3 Y
sind|bist|waren Y 3 uber|unter|anfang|mitte|ende|knapp N
Y 3 zu alt|jung
~so|zu jung|alt
~graue haare
~der|die alteste
~nicht auf der welt
~alter|junger als
~um|uber|unter|anfang|mitte|ende|die|den|schon|in N ?|,|oder|sein|hinter|.
sternzeichen";

const MONEY: &str = "\
schuldest|verschuldet|privatinsolvenz|insolvent|pleite|schufa|bonitat*|hypothek|ersparnisse|erspart*|*pfand*|unterhalt|erb*|geerbt|kredit|kredite|miete|eigentum|eigenheim|immobilien|aktien|abbezahl*|bafog|zuruckzahlen|zuruckzuzahlen|burgergeld|hartz|sozialhilfe|wohngeld|uberzogen|gerichtsvollzieher|eidesstattlich*|gehaltsabrechnung*|lohnzettel|lohnabrechnung|kontostand|einstiegsgehalt|bonus|vermogen*|reich|reichem|arm|leisten|hauptverdiener*|gluckspiel*|spielschulden|taschengeld|verdient|schulden|privatschulden|steuerschulden|rucklagen|finanziell|raten|netto|brutto|lotto|mieter|nebeneinkunfte
privat P geld
~um geld
~bei P bank
was 3 Y 1 dort|da gezahlt|bezahlt
besitz* Y 2 haus|wohnung|auto|eigentum*
finanzielle* schwierigkeit*|probleme|lage|verpflichtung*|situation
P 1bisherig*|aktuell*|letzt*|derzeitig*|fruher*|jetzig* 1 gehalt|einkommen|verdienst|lohn|jahresgehalt|lohnzettel|gehaltsabrechnung*
was|viel verdienen|verdienst Y
was|viel haben|hast Y 3 verdient
~hohen kante
~P geld
~geld zuruckgelegt|gespart
~reicht 5 einkommen|geld";

const FAMILY: &str = "\
ehemann|ehefrau|schwanger*|kinderwunsch|familienplanung|verheiratet|heirat*|geheiratet|verlobt|ledig|geschieden|scheidung|kinderbetreuung|kita*|tagesmutter|elternzeit|elterngeld|mutterschutz|familienstand|babysitter|nachwuchs|kinder|kind|kleinen|sohn|tochter|grosseltern|oma|angehorige|pflegebedurftig*|sorgerecht|lebensgefahrt*|single|alleinerziehend|fraulein|familie|doppelname*|beziehung|hochzeit|freund|freundin|partnerin|mutter|vater|geschwister|kinderlos|pille|verhutung|stillen|baby|liebe|flitterwochen|enkel*|eltern|geburtsname|madchenname|schwieger*|hausfrau|hausmann|ehering|kindergarten|zwillinge|haushalt|krippe|steuerklasse|fernbeziehung|alleinstehend|angewiesen
haben|hast|wollen|willst|wunschen|mochten|planen|planst|erwarten Y 4 K|familie
wie viele K 1 Y
P 1 S|K|familie|familienstand|familienplanung|familiensituation|familiare*|ehe|schwangerschaft|hochzeit|eltern|mutter|vater|geschwister|bruder|schwester|privatleben|kinderbetreuung|elternzeit|scheidung|kinderwunsch|beziehung
leben|lebst|wohnen|wohnst Y 2 allein|alleine|zusammen|partner*|beziehung|getrennt|mit
~bessere halfte
bestimmt|schon|noch vergeben
mit dem baby
zwei|drei|vier K|kleinkinder
verheiratet oder
*eltern springen|ein";
