/** How French asks, as `../fairness.rs` reads it. A backslash at the end of a line joins it to the next. */
export const WORDS = `\
# kinds
Y vous|tu|te|toi|t
P votre|vos|ton|ta|tes
V avez|as|aviez|eu|voulez|veux|souhaitez|desirez|comptez|prevoyez|envisagez|attendez|elevez
K enfant|enfants|fils|fille|filles|petits|bambins|gosses
S mari|femme|epoux|epouse|conjoint*|compagn*|copain|copine|fiance*|ex|moitie
N 18|19*|2*|3*|4*|5*|6*|7*|vingt*|trente*|quarant*|cinquant*|soixant*
C eglise|mosquee|synagogue|temple|messe|culte|paroisse|priere|secte
F noel|paques|ramadan|hanoukka|sabbat|shabbat|careme|kippour|aid|fetes
G \
francais*|alger*|maroc*|tunis*|seneg*|malien*|ivoir*|congol*|camerou*|africain*|polon*|portug*|espagnol*|italien*|\
allemand*|anglais*|turc|turque|russe|ukrain*|roumain*|chinois*|vietnam*|libanais*|syrien*|arabe|noir|noire|blanc|\
blanche|belge|suisse|rom|antillais*|kabyle|breton*
W \
systeme*|donnees|application*|logiciel*|produit*|projet*|client*|plateforme*|modele*|serveur*|patient*|type*
# asks
?
^ quel|quelle|quels|quelles|qui|quoi|ou|quand|comment|pourquoi|combien|est|qu|depuis|parlez|dites|racontez|decrivez|\
parle|dis|raconte|decris|precisez|donnez|donne|indiquez|expliquez|indique
^ -si|comme|que|et|parce|puisque|pour|a|je|nous|car|avec|chez|de|ce|tant|lorsque * vous|tu
^ a|de|dans|d|en|chez|avec|pour|sur quel*
puis je
veuillez
pouvez|pourriez|peux|pourrais vous|tu
aimerais|voudrais|souhaite|besoin|manque|demandais|demande savoir|quel|connaitre|demander|de|P|si
dites|racontez|dis|raconte|parlez|indiquez|decrivez moi|nous
# spares
ne|n|sans|jamais|personne -est 3 demand*|parl*|interrog*|poser*|abord*|oblig*|tenu|evoqu*|repond*|regarde*|\
concerne*|entre|importance|sujet|dire|savoir|tenons
pas|jamais|rien|aucun|aucune -trop 3 demand*|parl*|interrog*|abord*|evoqu*|mention*|question|a le savoir
ne|n -est|etes|es 3 a 1 dire|savoir
ne|n 1 appartien*
merci|desole*|laissons|felicitations
ni|sans P
importe|inutile|illegal|indifferent|regardent|appartiennent
# turns
mais|cependant|toutefois|pourtant
# joins
et|ou|alors|bon|donc
# things
W|processus|noeud*|objet*|classe*|equipe*|utilisateur*|table|tables|champ*|entreprise*|secteur|module*|composant*|\
service*|programme*|filtre*|test*|version*|fonction*|element*|informatique*|technique*|numerique*|applicatif*|\
partenaire*
# work
activite pour|prevois
^ comment -vous|tu|une|va|votre|etes|placez|comptez
connaissez|connais vous|tu -quelqu
que|qu faites|feriez|ferais|fais|changeriez|attendait vous|tu|de
travaille|experience|conseille|enseigne|restaure|accompagne|encadr*|redige|distribue|represente|remplace|appris|\
vendu|vendez|vendiez|vendais|assure|introduit|installe|defendre|preside|retenu|surveillant*|professeur*
W|code|fonctionnalite*|utilisat*|concu|concev*|construi*|implement*|developp*|algorithme*|api|campagne*|rapport|\
tests|budget*|departement*|fournisseur*|outil*|analys*|formulaire*|interface*|equipe|groupe|classe|taches|atelier|\
magasin|rayon|site|collaborateurs|eleves|hotel|musee|machine*|portefeuille|magazine|connecteur*|format*|hebergement|\
notes|teletravail|maquette|import*|secours|immeubles|tarif*|acier|romans|charte|hopital|annonce|service
# frames
P 1 @
avez|as|aviez|etes|es|etiez Y 3 @
Y avez|as|etes|es 3 @
# you
?|.
# crime
prison|delit|delits|condamn*|casier|barreaux|parquet|coupable|escroquerie|fraude|vole|stupefiants|drogue*|amende|\
amendes|infraction|ivresse|alcootest|empreintes|commissariat|gendarmerie|gendarmes|comparu|inculpe*|violences|\
agression|incarcer*|emprisonn*|detention|delinquan*|sursis|bagarre|perquisition
Y 3 arrete|arretee ?|,|par
antecedents judiciaires|penaux|criminels
passe|controle judiciaire
demeles|problemes|ennuis|soucis|affaire 2 justice|police|loi
a la police ?
contre toi|vous ?|,|en
procedure 3 contre Y
de|un proces ?|contre
comme prevenu
detournement de fonds
porte plainte
bulletin numero
services de police
juge des enfants
mandat d arret
bracelet electronique
poursuivi* pour
Y 2 battu
retir*|retrait|perdu|suspen*|annul* 2 permis
~pour vol|vols
de vol a P
~garde a vue
~exces de vitesse
~interet general
~cadavre dans
~tu as fait combien
~points 1 P permis
# union
syndic*|syndiq*|greve|greves|greviste|debraye*|debrayage|cgt|cfdt|unsa|cgc|cegetiste|piquet|banderole|tracts|prud
Y 3 fait|fais|faites greve
sud rail
le|la|ete|deleguee|delegue deleguee|delegue a|syndical|du|chez|pour
heures de delegation
ouvriers ont 1 bloque|occupe
~comite d|social !
~force ouvriere
~representant du personnel
~mouvement 4 autres
greve|greves 4 , Y
~section syndicale
# politics
politiquement|vote|votez|votes|voter|voterais|gaulliste*|election|elections|gouvernement|macron|conservateur*|\
progressiste|socialiste*|communiste*|ecologiste*|ecolo|insoumis*|frontiste|republicains|centriste|royaliste|\
souverainiste|independantiste|militez|milites|militant*|activistes|encarte*|manif|manifs|manifestation*|petition*|\
avortement|ivg|referendum|monarchie|feministe|melenchon|immigration|palestin*|gaza|brexit|trump|sympathis*|abstenez|\
elu|elue
opinion*|idees|convictions|engagement|avis|choses 2 politique*
extreme gauche|droite
candidat 2 soutenu|soutenez
en|la politique ?|,
pense|penses|pensez 1 du president
qui|quoi 2 vote|votez|votes|voter|voteriez
vote|votez|votes Y 1 pour|aux
un|quel|de|au parti -pris|la
parti politique
plutot|de gauche|droite ?|,|ou|.
gilets jaunes
reforme des retraites
contre l europe
proche orient
quel|P bord
rouge , rose
quelle etiquette
premier ministre 1 lamentable
~premier ministre
Y 1 manifeste
~rassemblement national
~conseil municipal
~peine de mort
~le pen
~sur le nucleaire
# religion
religion|religieu*|eglise|messe|mosquee|synagogue|dieu|bible|coran|ramadan|prier|priez|priere*|croyant*|voile|\
foulard|turban|kippa|shabbat|baptise*|communion|mitsva|casher|halal|juif|juive|musulman*|islam|chretien*|catho*|\
protestant*|evangelique|athee|agnostique|bouddh*|jehovah|mormon|scientolog*|secte|spirituel*|careme|laic*|\
pratiquan*|messie|pelerin*|imam|rabbin|pasteur|paroisse
P|quelle confession
P|la foi
P croyances
franc macon
du porc
au culte
~converti* a
croyez|crois Y en
Y crois|croyez en dieu
Y 3 C
Y 2 F
turban|voile|foulard|kippa 1 ?|devant|pour|au|chez
portez|portes 3 voile|foulard|kippa|turban|croix|hijab
# health
maladie*|malade|handicap*|medicament*|cancer*|infarctus|diabet*|depression|depressif|alcool|allergi*|asthme|\
psychique*|chronique*|hospitalise*|opere|vaccine*|tdah|autis*|epilep*|angoisse|pale|dors|dormez|cachets|absent|\
absente|insuline|menopause|begaie*|addict*|migraine*|cigarette*|sommeil|fume|fumeur|fumeuse|sourd*|daltonien*|\
blessure|boitez|seropositi*|nerfs
sante mentale
va la sante
pepin de sante
rente pour accident
P|bonne sante ?|,|mentale
problemes|antecedents|soucis|raison|dossier 1 sante|medical|medicaux|medicale
chez|par|un|voir psychiatre|psychologue|psy
chez|voir 1 medecin
en therapie
burn out
souffrez|souffres
fumez|fumes
buvez|bois 2 alcool|?
combien 2 pesez|peses|mesurez
fauteuil roulant
arret* maladie
limites|limitations physiques
solide 3 psychique
P 1 jambe|genou|bras|main|vue|ouie|audition|dos
P poids
ces 2 lunettes
~subi 2 operation*
~petit verre
~du poids
~quelque chose ne va
# gender
gay|lesbienne*|bisexuel*|homosexuel*|heterosexuel*|hetero|trans|transgenre*|pronom|pronoms|sexuel*|sexualite|sexe|\
hormones|fiertes|demoiselle|viril|effemine*|jaquette|lgbt*|travesti*
orientation|preferences|vie sexuelle|sexuelles
identite de genre
arc en ciel
coming out
non binaire
masculin ou
ou feminin
quelles toilettes
monsieur ou
Y identifiez Y
P transition|genre
de genre ?
m ou f
quel genre vous|tu|te|t
Y 1 un|une homme|femme
Y te|trouvez|trouves feminine
feminine ?
~tant qu|que homme|femme
~toujours ete 1 femme|homme
~autre|ancien|vrai|nouveau prenom|nom
Y 2 ne|nee 1 garcon|fille|homme|femme
sors|sortez avec un|une
~aimez|aimes 2 femmes|hommes|filles|garcons
attire* 2 hommes|femmes
~hommes ou 2 femmes
~homme ou 1 femme
~pour un|une mec|homme|femme|fille
~vie , c est
# origin
nationalite|race|ethni*|immigre*|ancetres|refugie*|asile|passeport|naturalise*|tribu|metropolitain|antillais|arabe|\
africain*|maghreb*|ascendance|exotique|apatride|patrie|originaire|patronyme|consonance|binational*|bled|gitan*|\
tsigane*
P 1 racines|origines|peau
avez|as Y des origines
quelles sont P origines
sans papiers
du sang
d ou 1 venez|viens|etes|es Y -l
Y 1 venez|viens|etes d ou
ou 1 etes|es|as|avez Y 2 ne|nee|grandi
d|ou 2 vient|viennent|vont P 1 parents|famille|grands|nom|accent
langue* 4 maison|chez|famille
est|quelle 4 langue maternelle
couleur de 1 peau
premiere langue
~Y 1te etes|es|sens|sentez 1plutot|bien|vraiment G ?|,|ou|de
~etes|es Y G ?|,|ou|de
au pays
quelle origine
P|cet accent
dans ce pays
Y 1 etranger|etrangere
pays|ville|ou 3 Y 1 ne|nee
~<d origine ?|,|exactement|africaine|etrangere
~ne|nee|grandi 2 ici|france|etranger
~P accent
pays|ville|ou 3 Y 1 grandi
de quelle couleur
gens du voyage
~vu le jour
~depuis quand 5 france|ici
vivez|es|etes Y en france
~nom de famille
Y etes|es d ici
de quel* coin|region|pays|village|quartier 1 venez|viens|etes|es|vient
# age
anniversaire|retraite|preretraite|pension|quarantaine|cinquantaine|trentaine|soixantaine|trentenaire|quadragenaire|\
quinquagenaire|doyen|doyenne|millenial|boomer|bougies|astrologique
quel age avez|as Y
Y 1 avez|as quel age
quel age ?|exactement
P age
generation x|y|z
date|annee de naissance
age* de combien
quand|annee 1Y etes|es 1Y 1 ne|nee
annees 3 encore
encore travailler
quel age ca
de printemps
mai 68
un senior
brevet des
annee|quand 4 sorti|quitte|fini|termine 2 ecole|lycee|college
Y 2 ne|nee en|avant|apres|dans
quand 3 Y 4 lycee|bac|baccalaureat|ecole
Y 3 trop|bien|si|assez|peu jeune|vieux|vieille|age|agee
~<par|d age -des
N 1 ans , Y
avez|as|moins|dans 4 N 1 ans ?|,
Y 3 plus 3 N 1 ans
N ans 1 Y
~bien N 1 ans
~cap 2 N
~quel|quelle signe|annee ?|,
de quelle classe ?
~de N ?
~encore au monde
chef 2 jeune|age
cheveux gris|blancs
# money
dette|dettes|endett*|surendett*|emprunt*|fortune|fisc|loyer|hypotheque|locataire|huissier*|faillite|impayes|\
expulse*|rsa|allocation*|loto
situation|problemes|difficulte|difficultes financiere|financiers|financieres
problemes|soucis|devez d argent
avez|as Y 1une|un maison|appartement -mere|de
P 1dernier|ancien|precedent|trois|derniers 1 salaire|bulletin*|paie -souhaite
P 1derniere fiche|paie
P salaire|remuneration actuel*|precedent*|dernier
combien 1 gagnez|gagnes|gagniez|gagnais|touchez|touches|touchiez
gagnez|gagnes|gagniez|gagnais combien
gagne|touche P S
P 1 patrimoine|epargne|economies|revenus|finances|prime|credit|credits
P argent
banque de france
casino ou
payait combien
combien Y payait
un credit immobilier|a|en
credit* 3 cours|rembourser
credits avez|as
dossier de credit
famille aisee|riche
un seul revenu
actions ou
biens immobiliers
pension alimentaire
heritage digne
un heritage
a rembourser
compte 4 decouvert
saisie sur
proprietaire ou|de P|?
payez 2 impot*
elle est payee
Y te|le permets|permettez
Y le permet*
~un pret -a|immobilier
~prets|pret etudiant|immobilier|bancaire
~deux bouts
P banquier
la marmite
~en banque
~de cote ?
# family
enceinte|mari|epoux|epouse|conjoint*|marie|mariee|marier|divorce*|grossesse|nounou|celibataire|maternite|paternite|\
fiance*|pacse*|pacs|veuf|veuve|bambins|pouponner|copain|copine|pilule|contracepti*|allaite*|maman|\
noces|bague
V Y 3d|des|un|une|deja|avoir|plusieurs K|famille
Y avez|as 2 K -dans
combien d|de K
madame ou mademoiselle
P 1 K|S|mariage|divorce|parents|mere|pere|freres|soeurs|foyer
un bebe ?
mariage en vue
conge parental ?
place en creche
garde alternee
P famille -de|d
P famille de ce|cette !
situation|vie|charges|projets|contraintes|planning familiale|familiales|familial|privee|matrimoniale|amoureuse
vivez|vis|habitez|habites 1 seul|seule|avec|en|maritalement
Y 1 en couple
jeune couple , Y
fonder 2 famille
en menage ?|,|avec
heureux evenement
petit deuxieme|second
qui garde 1 K
des enfants 1 attendent
K 1 a la maison
~les enfants , c
~avoir quelqu
~belle mere
~a charge
~dans P vie
~seul ou
~grands parents
`;
