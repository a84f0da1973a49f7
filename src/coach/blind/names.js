/**
 * By what a name is told, as `names.rs` and `listen.rs` read it. A backslash at the end of a line joins it to the next.
 *
 * - words: names that are English, German, Spanish or French words besides
 * - shared: the first part of a mail address that tells nothing
 * - named: what a name comes after
 * - called: what also comes in front of other words: here a name has a capital
 * - greeted: and here as well, behind a greeting
 * - hello: such a greeting
 * - asked: what asks for a name
 * - agreed: what is said beside a name, or in its place
 * - headings: what else the head of a resume says
 * - jobs: a line with one of these is no name
 */
export const WORDS = `
# words
will may mark art grace hope bill rob sue pat drew rich dean chase miles rose joy faith dawn summer april june \
august max jack frank gene ray guy young long short small little brown black white green gray grey king price cook \
baker smith miller carter taylor fisher hunter mason porter page day wood stone field rivers banks bush hill ford \
lane case best good power powers law love wise sharp strong swift lead link team school work ernst stark klein \
groß gross kurz lang jung alt braun schwarz weiß weiss roth rot koch bauer fischer richter wolf sommer winter berg \
stein bach reich fromm frei sol luz mar paz pilar cruz rey león blanco rubio moreno delgado bueno bravo leal feliz \
flores campo campos blanc petit grand roux leroy roy rose marin martin pierre claire aimé bon lune sage
# shared
info mail email hello hi contact kontakt contacto office admin work job jobs career careers dev me my the test \
user team support sales web post hola hallo bonjour name noreply home family
# named
my name is, my name's, my full name is, my first name is, my last name is, mein name ist, mein vorname ist, \
mein nachname ist, ich heiße, ich heisse, mi nombre es, mi nombre completo es, mi apellido es, me llamo, \
je m'appelle, mon nom est, mon prénom est, mon nom de famille est
# called
i'm called, i am called, call me, people call me, they call me, i go by, nennen sie mich, nenn mich, me llaman, \
me dicen, llámame, llámeme, puedes llamarme, puede llamarme, on m'appelle, appelez moi, appelle moi
# greeted
i'm, i am, this is, ich bin, hier ist, soy, yo soy, je suis, moi c'est
# hello
hi hello hey hallo hola bonjour salut servus moin tag morgen abend días tardes morning afternoon evening
# asked
your name, your first name, address you, call you, ihr name, ihren namen, dein name, deinen namen, sie ansprechen, \
dich ansprechen, sie nennen, dich nennen, heißen sie, heißt du, su nombre, tu nombre, se llama, te llamas, \
llamarle, llamarla, llamarlo, llamarte, te llamo, le llamo, dirigirme a, votre nom, ton nom, votre prénom, \
ton prénom, vous appeler, t'appeler, vous appelez, t'appelles, m'adresser à
# agreed
sure yeah yep gladly certainly absolutely course thanks thank call just klar gerne natürlich genau danke nenn \
nennen claro vale bueno gracias llámame llámeme sûr volontiers merci appelez appelle mrs mr ms herr frau
# headings
curriculum currículum vitae cv resume résumé lebenslauf bewerbung profile profil perfil summary contact kontakt \
contacto experience education skills
# jobs
senior junior lead head chief engineer developer manager designer consultant analyst director assistant architect \
scientist teacher nurse entwickler entwicklerin ingenieur ingenieurin berater beraterin leiter leiterin ingeniero \
ingeniera desarrollador desarrolladora gerente consultor consultora développeur développeuse ingénieur ingénieure \
responsable chef cheffe
`;
