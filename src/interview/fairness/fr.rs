//! How French asks.

use super::{Ground, Tongue};

pub(super) const TONGUE: Tongue = Tongue {
    kinds: &[
        ("Y", "vous|tu|te|toi|t"),
        ("P", "votre|vos|ton|ta|tes"),
        ("V", "avez|as|aviez|eu|voulez|veux|souhaitez|desirez|comptez|prevoyez|envisagez|attendez|elevez"),
        ("K", "enfant|enfants|fils|fille|filles|petits|bambins|gosses"),
        ("S", "mari|femme|epoux|epouse|conjoint*|compagn*|copain|copine|fiance*|ex|moitie"),
        ("N", "18|19*|2*|3*|4*|5*|6*|7*|vingt*|trente*|quarant*|cinquant*|soixant*"),
        ("C", "eglise|mosquee|synagogue|temple|messe|culte|paroisse|priere|secte"),
        ("F", "noel|paques|ramadan|hanoukka|sabbat|shabbat|careme|kippour|aid|fetes"),
        ("G", "*ais|*aise|*ien|*ienne|*ain|*aine|*ois|*oise|arabe|noir|noire|blanc|blanche|belge|suisse|turc|turque|russe|rom|asiatique|kabyle"),
        ("W", "systeme*|donnees|application*|logiciel*|produit*|projet*|client*|plateforme*|modele*|serveur*|patient*|type*"),
    ],
    asks: "\
?
^ quel|quelle|quels|quelles|qui|quoi|ou|quand|comment|pourquoi|combien|est|qu|depuis|parlez|dites|racontez|decrivez|parle|dis|raconte|decris|precisez|donnez|donne|indiquez|expliquez|indique
^ -si|comme|que|et|parce|puisque|pour|a|je|nous|car|avec|chez|de|ce|tant|lorsque * vous|tu
^ a|de|dans|d|en|chez|avec|pour|sur quel*
puis je
veuillez
pouvez|pourriez|peux|pourrais vous|tu
aimerais|voudrais|souhaite|besoin|manque|demandais|demande savoir|quel|connaitre|demander|de|P|si
dites|racontez|dis|raconte|parlez|indiquez|decrivez moi|nous",
    spares: "\
ne|n|sans|jamais|personne -est 3 demand*|parl*|interrog*|poser*|abord*|oblig*|tenu|evoqu*|repond*|regarde*|concerne*|entre|importance|sujet|dire|savoir|tenons
pas|jamais|rien|aucun|aucune -trop 3 demand*|parl*|interrog*|abord*|evoqu*|mention*|question|a le savoir
ne|n -est|etes|es 3 a 1 dire|savoir
ne|n 1 appartien*
ni|sans P
importe|inutile|illegal|indifferent|regardent|appartiennent",
    turns: "mais|cependant|toutefois|alors|bon|pourtant",
    things: "W|processus|noeud*|objet*|classe*|equipe*|utilisateur*|table|tables|champ*|entreprise*|secteur|module*|composant*|service*|programme*|filtre*|test*|version*|fonction*|element*|informatique*|technique*|numerique*|applicatif*|partenaire*",
    work: "\
activite pour|prevois
^ comment -vous|tu|une|va|votre|etes|placez|comptez
connaissez|connais vous|tu -quelqu
que|qu faites|feriez|ferais|fais|changeriez|attendait vous|tu|de
travaille|experience|conseille|enseigne|restaure|accompagne|encadr*|redige|distribue|represente|remplace|appris|vendu|vendez|vendiez|vendais|assure|introduit|installe|defendre|preside|retenu
W|code|fonctionnalite*|utilisat*|concu|concev*|construi*|implement*|developp*|algorithme*|api|campagne*|rapport|tests|budget*|departement*|fournisseur*|outil*|analys*|formulaire*|interface*|equipe|atelier|magasin|rayon|site|collaborateurs|eleves|hotel|musee|machine*|portefeuille|magazine|connecteur*|format*|hebergement|notes|teletravail|maquette|import*|secours|immeubles|tarif*|acier|romans|charte|hopital|annonce|service",
    frames: "\
P 1 @
avez|as|aviez|etes|es|etiez Y 3 @
Y avez|as|etes|es 3 @",
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
prison|delit|delits|police|condamn*|casier|barreaux|judiciaire|justice|juge|tribunal|proces|coupable|parquet|escroquerie|fraude|vole|detournement|stupefiants|drogue*|amende|amendes|infraction*|ivresse|alcootest|empreintes|bracelet|commissariat|gendarmerie|gendarmes|plainte|prevenu|comparu|inculpe*|bulletin|interdiction|violences|agression|battu|incarcer*|emprisonn*|cellule|detention|delinquan*|sursis|plaint*|bagarre|perquisition
casier
Y 3 arrete|arretee ?|,|par
antecedents judiciaires|penaux|criminels
demeles|problemes|ennuis|soucis 2 justice|police|loi
contre toi|vous
poursuivi* pour
retir*|retrait|perdu|suspen*|annul* 2 permis
~pour vol|vols
de vol a P
~garde a vue
~exces de vitesse
~interet general
~cadavre dans
~tu as fait combien
~points 1 P permis";

const UNION: &str = "\
syndic*|syndiq*|greve|greves|greviste|debraye*|debrayage|cgt|cfdt|fo|sud|unsa|cgc|cse|cegetiste|delegue|deleguee|delegation|piquet|banderole|tracts|prud|ouvriers
Y 3 fait|fais|faites greve
~comite d|social !
~force ouvriere
~representant du personnel
~mouvement 3 autres
greve|greves 4 , Y
~section syndicale";

const POLITICS: &str = "\
politique|politiques|politiquement|parti|vote|votez|votes|voter|voterais|gaulliste*|elections|election|gouvernement|president|ministre|macron|gauche|droite|conservateur*|progressiste|socialiste*|communiste*|ecologiste*|ecolo|insoumis*|frontiste|republicains|centriste|royaliste|souverainiste|independantiste|militez|milites|militant*|activistes|encarte*|manif|manifs|manifestation*|manifeste|petition*|avortement|ivg|referendum|bord|gilets|ronds|etiquette|reforme|europe|conflit|proche|monarchie|feministe|lepen|melenchon|rn|lr|ps|immigration|israel|palestin*|gaza|ukraine|brexit|trump|sympathis*|abstenez|rouge|elu|elue|nucleaire
qui|quoi 2 vote|votez|votes|voter|voteriez
vote|votez|votes Y 1 pour|aux
~rassemblement national
~conseil municipal
~peine de mort
~le pen";

const RELIGION: &str = "\
religion|religieu*|eglise|messe|mosquee|synagogue|dieu|bible|coran|ramadan|prier|priez|priere*|croyan*|foi|voile|foulard|turban|kippa|shabbat|baptise*|communion|confirmation|mitsva|casher|halal|porc|juif|juive|musulman*|islam|chretien*|catho*|protestant*|evangelique|athee|agnostique|bouddh*|jehovah|mormon|scientolog*|secte|spirituel*|culte|careme|franc|laic*|pratiquan*|messie|pelerin*|imam|rabbin|pasteur|paroisse|temple
P|quelle confession
~convert*
croyez|crois Y en
Y crois|croyez en dieu
Y 3 C
Y 2 F
turban|voile|foulard|kippa 1 ?|devant|pour|au|chez
portez|portes 3 voile|foulard|kippa|turban|croix|hijab";

const HEALTH: &str = "\
maladie*|malade|handicap*|sante|medicament*|cancer*|infarctus|diabet*|depression|depressif|alcool|medecin|medical|medicale|medicaux|allergi*|asthme|therapie|psychiatre|psycholog*|psychique*|psy|chronique*|hospitalise*|opere|vaccine*|covid|tdah|autis*|epilep*|angoisse|burn|fauteuil|pale|fatigue|dors|dormez|cachets|lunettes|dos|physiques|physique|mental*|arret|arrets|absent|absente|accident|insuline|menopause|regles|begaie*|addict*|migraine*|cigarette*|prothese*|sommeil|fumer|tabac|fumeur|fumeuse|fume|sourd*|daltonien*|blessure|boite*|seropositi*|nerfs
etat de sante 1 de P
P etat de sante
problemes|antecedents|soucis 1 sante|medical|medicaux
souffrez|souffres
fumez|fumes
buvez|bois 2 alcool|?
combien 2 pesez|peses|mesurez
fauteuil roulant
P jambe|genou|bras|main|vue|ouie|audition
~subi 2 operation*
~petit verre
~du poids
~quelque chose ne va";

const GENDER: &str = "\
gay|lesbienne*|bisexuel*|homosexuel*|heterosexuel*|hetero|trans|transgenre*|pronom|pronoms|sexuel*|sexualite|sexe|hormones|fiertes|arc|masculin|feminin|feminine|coming|binaire|toilettes|demoiselle|virile|viril|effemine*|garcon|jaquette|vestiaire|monsieur|identifiez|lgbt*|travesti*
orientation|preferences|vie sexuelle|sexuelles
identite de genre
P transition|genre
~de genre
m ou f
quel genre vous|tu|te|t
Y 1 un|une homme|femme
de la jaquette
~tant qu|que homme|femme
~toujours ete 1 femme|homme
~autre|ancien|vrai|nouveau prenom|nom
Y 2 ne|nee 1 garcon|fille|homme|femme
~aimez|aimes 2 femmes|hommes|filles|garcons
attire* 2 hommes|femmes
~hommes ou 2 femmes
~homme ou 1 femme
~pour un|une mec|homme|femme|fille
~vie , c est";

const ORIGIN: &str = "\
nationalite|race|ethni*|origines|racines|immigre*|migrant*|ancetres|refugie*|asile|passeport|naturalise*|sang|tribu|papiers|metropolitain|antillais|arabe|africain*|maghreb*|ascendance|exotique|apatride|visa|patrie|originaire|patronyme|consonance|binational*|bled|gitan*|tsigane*
d ou 1 venez|viens|etes|es Y -l
Y 1 venez|viens|etes d ou
ou 1 etes|es|as|avez Y 2 ne|nee|grandi
d|ou 2 vient|viennent|vont P 1 parents|famille|grands|nom|accent
langue* 4 maison|chez|maternelle|famille
couleur de 1 peau
~Y|te 1etes|es|sens|sentez 1plutot|bien|vraiment G ?|,|ou|de
au pays
quelle origine
P|cet accent
dans ce pays
Y 1 etranger|etrangere
pays|ville|ou 3 Y 1 ne|nee
~<d origine ?|,|exactement|africaine|etrangere
~ne|nee|grandi 2 ici|france|etranger
~premiere langue
~P accent
pays|ville|ou 3 Y 1 grandi
de quelle couleur
gens du voyage
~vu le jour
~depuis quand 5 france|ici
~nom de famille
Y etes|es d ici
de quel* coin|region|pays|village|quartier 1 venez|viens|etes|es|vient";

const AGE: &str = "\
agee|anniversaire|naissance|retraite|preretraite|pension|quarantaine|cinquantaine|trentaine|soixantaine|trentenaire|quadragenaire|quinquagenaire|senior|doyen|doyenne|millenial|boomer|bougies|printemps|majeur|mineur|astrologique|bac|68
quel age avez|as Y
Y 1 avez|as quel age
quel age ?|exactement
P age|anniversaire|generation
P 1 date|annee de naissance
quand|annee 1Y etes|es 1Y 1 ne|nee
annees 3 encore
encore travailler
quel age ca
brevet des
annee|quand 4 sorti|quitte|fini|termine 2 ecole|lycee|college
Y 2 ne|nee en|avant|apres|dans
quand 3 Y 4 lycee|bac|baccalaureat|ecole
Y 3 trop|bien|si|assez|peu jeune|vieux|vieille|age|agee
~<par|d age
N 1 ans , Y
~N 1 ans
~<troisieme|nouvelle generation
~cap 2 N
~quel|quelle signe|annee|classe ?|,
~de N ?
~encore au monde
cheveux gris|blancs";

const MONEY: &str = "\
dette|dettes|endett*|surendett*|credit|credits|emprunt*|impot|impots|fortune|fisc|chomage|rembourser|loyer|heritage|herite*|hypotheque|decouvert|economies|epargne|patrimoine|locataire|proprietaire|saisie|huissier*|faillite|impayes|expulse*|rsa|allocation*|aisee|riche|riches|pauvre|fins|actions|biens|argent|alimentaire|paie|prime|revenu|revenus|bancaire|caution|loto|pari|paris|bourse|payee|permets|fiche
situation|problemes|difficulte|difficultes financiere|financiers|financieres
problemes|soucis d argent
avez|as Y 1une|un maison|appartement -mere|de
P 1dernier|ancien|precedent|trois|derniers 1 salaire|bulletin*|paie -souhaite
P 1derniere fiche|paie
P salaire|remuneration actuel*|precedent*|dernier
combien 1 gagnez|gagnes|gagniez|gagnais|touchez|touches|touchiez
gagnez|gagnes|gagniez|gagnais combien
gagne|touche P S
~un pret -a
~prets|pret etudiant|immobilier|bancaire
~deux bouts
P banquier
la marmite
~en banque
~de cote ?";

const FAMILY: &str = "\
enceinte|mari|epoux|epouse|conjoint*|compagne|compagnon|marie|mariee|mariage|marier|divorce*|grossesse|creche|nounou|celibataire|maternite|paternite|parental|couple|fiance*|pacse*|pacs|veuf|veuve|mademoiselle|familial*|bambins|pouponner|copain|copine|moitie|pilule|contracepti*|garde|foyer|bebe|allaite*|adopter|adoption|maman|noces|alliance|bague|jumeaux|parents|nourrice|garderie
V Y 3d|des|un|une|deja|avoir|plusieurs K|famille
Y avez|as 2 K -dans
combien d|de K
P 1 K|S|mariage|grossesse|divorce|parents|mere|pere|freres|soeurs|foyer
P famille -de|d
P famille de ce|cette !
situation|vie|charges|projets|contraintes familiale|familiales|privee|matrimoniale|amoureuse
vivez|vis|habitez|habites 1 seul|seule|avec|en|maritalement
Y 1 en couple
fonder 2 famille
heureux evenement
petit deuxieme|second
qui garde 1 K
~<noeuds|processus|pour|elements enfant|enfants
~famille -de
~avoir quelqu
~belle mere
~a charge
~dans P vie
~seul ou
~grands parents";
