//! How English asks.

use super::{Ground, Tongue};

pub(super) const TONGUE: Tongue = Tongue {
    kinds: &[
        ("Y", "you"),
        ("P", "your"),
        ("K", "kid|kids|child|children|son|sons|daughter*|baby|babies|toddler*"),
        ("S", "husband|wife|spouse|partner|boyfriend|girlfriend|fiance*|parents|mother|father|mum|mom|dad"),
        ("D", "a|an|any|some|the|own|young|small|big|more|other|current|former|ex|two|private|personal|monthly"),
        ("N", "18|19*|2*|3*|4*|5*|6*|7*|eighteen|twent*|thirt*|fort*|fift*|sixt*"),
        ("G", "*ish|*ian|*ican|*ese|german|asian|african|arab*|black|white|french|greek|*ani"),
        ("W", "api|app|apps|application*|budget*|client*|code|customer*|data*|department*|feature*|flag*|market*|model*|page*|pipeline*|platform*|policy|policies|product*|project*|quer*|script*|server*|software|system*|team*|test*|tool*|types|user*|website*"),
    ],
    asks: "\
?
^ what|which|who|whom|whose|when|where|how|why|is|are|do|did|does|have|has|were|was|can|could|would|will|should|may|any|ever|aren|isn|don|didn|haven|won|wouldn|describe|share|talk|name
tell|telling me|us
may|can|could|must|have|to i|we|to ask
wonder*|curious|curiosity
like|love|need|want|wants|interested to|in|your know|ask|hear|hearing|understand|learn|birth|age|date
mind telling|sharing|if|saying|my|me
please state|give|tell",
    spares: "\
not|t|never|cannot|no|nobody|nor -mind|you 3 ask|asks|asking|asked|discuss*|inquire|know|consider*|judge*|talk*|hear|record*|store*|collect*|mention*
not|t|no|never|nothing -mind|you 2 have|need|required|obliged|expected|want 3 tell|share|mention|disclose|discuss|give|state
needn|regardless|irrelevant|avoid*|forbidden|limits
need|have|play|plays|of no|none|not
P 2 own affair|business|matter
don t tell|mention
without|not P|about|asking|how|whether",
    turns: "but|however|though|and|so|well|ok|okay|now",
    things: "W|of|account*|address*|bracket*|calculat*|calendar*|campaign*|case*|categor*|cent*|check*|claim*|class*|column*|compan*|component*|config*|content*|detect*|device*|element*|entity|event*|field*|file*|filter*|font*|form|forms|format*|frame*|function*|groups|hierarch*|industr*|insur*|join*|key|keys|label*|law|laws|manage*|metric*|modul*|name|names|node*|object*|operat*|organi*|param*|percent|plan|plans|prevention|process*|program*|queue*|range*|rating*|rate*|rule*|schem*|sector*|setting*|statistic*|stor*|table*|thread*|tracker*|tracking|tree*|trial*|type|valid*|value*|variable*|verif*|version*|view*|widget*|workflow*|workspace*|friendly|expectation*",
    work: "\
^ how would|do|did|have|can|could|should Y -feel|identify|cope|afford|vote|spend|end|live|stand|see|get|like
^ as|when a|an|you
would Y 1 rather|present|handle|change
have Y 1 worked
^ are Y familiar
^ what would|do|did Y do if|when|to|with
W|codebase|design*|build|built|implement*|deploy*|launch*|algorithm*|report*|patient*|legacy|stakeholder*|vendor*|supplier*|audience*|pupils|visitors|guest|guests|develop*|research*|engineer*|sell|sold|magazine|newspaper|novel|style|import|imported|agency|standards|ramps|letter|emails|teach|hospital|machine*|experience|lawyer|law|lightning|portfolio*|taught|advised|handled|defended|dispensed|cared|catered|restored|trained",
    frames: "\
P 1D @
are|re|were Y 3 @
Y 1ever have|had|got|want|been|be|take|taking 2D @
do|did Y 1 @
what|which @ 1 are|do|did Y",
    you: "Y|P|yourself|there|any",
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
arrest*|convict|convicted|convictions|crime*|criminal*|prison|jail*|bail|parole|probation|felon*|misdemean*|offen*|guilty|judge|court|police|theft|fraud|embezzl*|steal*|stolen|stole|shoplift*|drunk|tag|caution|fined|illegal|lawsuit|sentence*|accused|assault|imprison*|violen*|gang|juvenile|warrant|expunged|sued|hack*|evasion
Y 4 convicted !
Y 3 been 2 charged|done|caught|questioned
P 1 criminal|police|arrest record|history|background|file
on P record
P 1 record|slate|conscience clean
brush*|trouble|dealings|problem*|conflict 2 with|of 1 law|police|authorities|courts
tak*|use|used 1 drugs
skeletons|fingerprint*
proceedings|charges|case|cases 2 pending|against Y
~restraining order
~speeding tickets|ticket
under investigation
broken|break the law
banned from
~drink driving
~community service -rep*
~served|done time
~behind bars
were Y inside
lost|lose|taken 3 licence|license
points 2 P 1 licence|license
~at the station";

const UNION: &str = "\
unionis*|unioniz*|unions|picket*|steward*|strike|strikes|strikebreak*|scab|walkout|downed|rmt|unison|unite|tuc|gmb|nurses|teamsters|organising|organizing|leaflets|grievance|lockout|tribunal
member|join|joined|belong|trade 3 union
which union
~<credit|pipe|western|european|student|into union
~walk|walked out
~industrial action
~organised|organized labour|labor
~collective bargaining|agreement
downed tools
went on strike
union rep|reps|ballot
~employee|workers rep*|rights
~works|staff|workers council|association|rep|representative*
~labour|labor movement|dispute";

const POLITICS: &str = "\
politic*|party|election*|brexit|abortion|government|president|minister|councillor|protest*|demonstration*|demonstrator|marches|rally|rallies|petition*|activis*|referendum|vote|voted|votes|ballot|conservative|conservatives|liberal|socialist|communist|leftist|labour|tory|tories|republican*|democrat*|greens|parliament|monarch*|capitalis*|immigration|nationalist|extremis*|climate|trump|feminist|woke|israel|palestin*|gaza|ukraine|remainer|brexiteer|canvass*|donat*
feel|think|thoughts|views|opinion|stand|position about|of|on 3 @|gun !
P 1 political views|beliefs|opinions
who|whom|party 3 Y 2 vote|voted|voting
~death penalty
~pro life|choice
~left|right wing|of|or|leaning !
~gun control
~stood|stand|run|ran for 1 office
~whose side
seat 3 council|parliament
which political 3 Y
Y 1 involved 4 political !";

const RELIGION: &str = "\
church|mosque|synagogue|pray|prayer|prayers|ramadan|hijab|sabbath|bible|quran|koran|torah|god|worship|bapti*|headscarf|turban|religion|religious|kosher|halal|pork|jehovah*|mitzvah|confirmation|communion|islam|christian*|muslim*|jewish|jew|hindu*|buddhis*|catholic*|protestant*|sikh|atheis*|agnostic|mormon*|scientology|lent|spiritual*|observant|afterlife|meditat*|freemason|sect|cult|crucifix|rosary|pilgrim*|missionary|altar|secular|amish|tithe|grace|belief|beliefs|believer|denomination|temple|parish|kippah|veil
P|what|which 1 faith
Y practising|practicing ?|,|or
attend* 1 service|mass
wear*|that a cross
celebrate|observe 2 christmas|easter|eid|diwali|hanukkah|passover
Y fast during|for|in|on
~<good|have|had faith";

const HEALTH: &str = "\
illness*|disease*|disabled|disabilit*|handicap*|diabet*|cancer|hiv|epilep*|asthma|medication*|medicine*|surger*|hospitali*|therapist|therapy|sick|ill|unwell|smoke|smoker|smoking|alcohol|pills|insomnia|sleep|doctor|doctors|burnout|panic|anxiety|depress*|adhd|autis*|dyslex*|allerg*|wheelchair|vaccin*|covid|chronic*|mental|mentally|physically|limitation*|weight|overweight|glasses|tired|pale|miscarriage|menopause|stutter|limp|psychiatr*|psychological*|nerves|stable|blind|suicid*|pacemaker|rehab|sober|disorder*|genetic|injur*|nervous|eyesight
P 1 health|condition
Y 2 had 1 operation*|surgery
Y drink -from
drink 1 two|after|normal|glass
how tall|heavy are Y
much 2 Y weigh
Y 2 healthy ?|,|enough|and|or
P 1 heart|knee|knees|eyes|hearing|leg|legs|spine|back
any|no health
wrong with|happened to P
~medical|receiving|having|under treatment|condition*
~fit enough|for
~existing conditions
~burn out
~hearing aid
~back trouble|problem*|pain";

const GENDER: &str = "\
gay|lesbian*|bisexual|trans|transgender|pronouns|sexual*|sexuality|lgbt*|homosexual*|heterosexual*|queer|gender|hormones|pride|masculine|feminine|effeminate|changing|menstruat*|rainbow|lady|nonbinary|asexual|intersex
P 1birth|preferred sex|transition|deadname
which 1 bathroom|toilet|restroom
Y 1 straight ?|,|or
Y 1 a 1 male|female|man|woman|boy|girl
Y 1 born 2 male|female|man|woman|boy|girl
attracted to
prefer|into|like|dated|date|fancy 1 men|women|guys|girls
Y identify as|?|,|sexually|in
Y 3 come|came|coming out ?|as
~transition ?
~non binary
~own|same sex
~had 1 operation
~name before
~mr or ms|mrs
~real name
~Y out at|to
~male|man or female|woman
~he|him , she|her
being|as a woman|man|lady
~for a man|woman
~always 2 man|woman|male|female";

const ORIGIN: &str = "\
ethnicity|nationality|ancest*|heritage|birthplace|immigrant*|accent|asylum|refugee|roma|traveller|tribe|caste|passport|foreigner|naturali*|descent|roots|visa|homeland|origins|originally|race|papers|exotic|blood|gypsy|indigenous|aboriginal|bilingual|hometown|citizenship
where are|were|re|do Y 2really|originally|actually|come|coming from|really|originally
where Y 2really|originally|actually|are|come from
where 2 P 1 parents|family|ancestors|grandparents|accent|surname|people
P 1 native|mother|first language|tongue
P 1 ethnic|skin|complexion|immigration|country
where|country|city|town|village 3 Y 1 born|raised|grow|grew
Y 1 born in|here|abroad
Y 3 come|came|move*|arriv* 1 to this|the country|uk|us|states
Y 1 a 2 citizen|native -speaker
language 5 at home
speak 3 at home
~are|re|feel 1Y 2more|really|actually G ?|,|or|by
~Y re|are foreign
an 1 surname|accent
~P surname
kind|sort of name
~back home
~long have Y lived
long have Y been in|living this|in
into the world
~Y 2 move|moved|came|come|get here
~from 2 here
~grow|grew up
~mother tongue
~first language";

const AGE: &str = "\
age|retirement|retire|pension|birthday|birth|birthdate|boomer*|millennial*|generation|candles|levels|gcse*
how old are|were|you you|are|were|ll
how old 1 that make
P 1current|exact|actual|real age|birthday|birthdate|birth
what|which age are|were Y
when|year|decade 3 Y 1 born
Y 1 born before|after|around
when|year 2 Y 2 finish*|leave|left|complet*|graduat* 2 school|secondary|?|from
are|re|were Y|still 2 over|under|above|below|past|turning|about N
older|younger 3 than
Y 3 too|bit|little|so old|young
Y|P|their 3 twenties|thirties|forties|fifties|sixties
sixth form
star sign
~the oldest|youngest in|here|of|person|one
more years 2 Y !
~old enough
~so young
~as young|old as Y
~Y 3 young|old for
~about|under|past|turned|turning|hit|big N|five
~not born
~spring chicken
~close|going|coming|getting to|on|up N
~class of N
~grey|gray hair
~half P";

const MONEY: &str = "\
mortgage|bankrupt*|insolven*|overdra*|alimony|inherit*|debt|debts|creditor*|loan|loans|bailiff*|garnish*|payslip*|breadwinner|wealthy|savings|welfare|maintenance|wage|wages|afford|judgments|gambl*|betting|financially|housing|landlord|lottery|rich|poor|overdue|owe|owing|owed|shares|finances|paycheck
P 1D rent|income|assets
much rent
P 1D financial|credit|bank situation|score|history|rating|account
P 2D net|last|previous 2 worth|salary|pay|income|bonus
P 1current|previous|last|past|prior|former|first salary -expectation*|range
P 1 S 3 earn*|make|makes|income|salary
how much 1money did|do|were|are Y 1 earn*|make|making|get|paid|owe
what did|do|were Y 1 earn*|paid|make|making|get|pay 1 last|previous|currently|now|before|at|in|rent
Y own|rent 3 house|home|flat|apartment|or
~stand with P bank
they pay Y
~paid for
receiv*|get|claim*|on 3 benefits
P own money
~P bonus
~credit score|check|history|rating|card*
~ends meet
~one income
in the bank
~own a car|house
employer|company|firm|boss 1 pay|paid Y
~financial difficult*|trouble*|problems|worries";

const FAMILY: &str = "\
husband|wife|spouse|girlfriend|boyfriend|fiance*|pregnan*|maternity|paternity|parental|marry*|marri*|divorc*|wedding|childcare|daycare|nursery|nanny|babysit*|breastfe*|fertility|ivf|contracept*|pill|custody|kid|kids|children|toddler*|grandparent*|grandchild*|adopt|adopting|family|relatives|engaged|mrs|maiden|dependent*|dependant*|relationship|dating|babies|baby|caregiver|carer|wed|honeymoon|childless|widow*|stepson|stepdaughter|parent|parents|mother|father|son|daughter|sister|brother|siblings
Y 2 married|divorced|pregnant|expecting ?|,|or|and|right|now|at|before|yet|recently
Y 3 have|got|having|want|raise|start|starting 2D K|S|family
K 2 at home
P 1D S|brother*|sister*|family|household
P 1D K -,
P home|private|relationship life|situation|status
P 1 marital|family status|planning
Y 2 in a 3 relationship -with
Y live|living alone|with|together
P better half
miss|ms or mrs|miss
husband|wife 3 at home
how many K 1 Y
someone|anyone|anybody special|in P
Y 2 seeing|dating someone|anyone|anybody
~home 2 depends
~another|second|first|third child
~live together|alone
~caring|care for 1 anyone|someone|parent*
~settle down
~school run
~in laws
little ones
baby due
be taken ?|already|,
have a|another child ?|,|soon
~child free
childcare if|when|while|arrang*
~anyone|anybody|someone 5 at home
P living situation
~single -point";
