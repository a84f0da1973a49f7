/** How English asks, as `../fairness.rs` reads it. A backslash at the end of a line joins it to the next. */
export const WORDS = `\
# kinds
Y you
P your
K kid|kids|child|children|son|sons|daughter*|baby|babies|toddler*
S husband|wife|spouse|partner|boyfriend|girlfriend|fiance*|parents|mother|father|mum|mom|dad
D a|an|any|some|the|own|young|small|big|more|other|current|former|ex|two|private|personal|monthly
N 18|19*|2*|3*|4*|5*|6*|7*|eighteen|twent*|thirt*|fort*|fift*|sixt*
G *ish|*ian|*ican|*ese|german|asian|african|arab*|black|white|french|greek|*ani
W \
api|app|apps|application*|budget*|client*|code|customer*|data*|department*|feature*|flag*|market*|model*|page*|\
pipeline*|platform*|policy|policies|product*|project*|quer*|script*|server*|software|system*|team*|test*|tool*|\
types|user*|website*
# asks
?
^ what|which|who|whom|whose|when|where|how|why|is|are|do|did|does|have|has|were|was|can|could|would|will|should|may|\
any|ever|aren|isn|don|didn|haven|won|wouldn|describe|share|talk|name
tell|telling me|us
may|can|could|must|have|to i|we|to ask
wonder*|curious|curiosity
like|love|need|want|wants|interested to|in|your know|ask|hear|hearing|understand|learn|birth|age|date
mind telling|sharing|if|saying|my|me
please state|give|tell
# spares
not|t|never|cannot|no|nobody|nor -mind|you 3 ask|asks|asking|asked|discuss*|inquire|know|consider*|judge*|talk*|\
hear|record*|store*|collect*|mention*
not|t|no|never|nothing -mind|you 2 have|need|required|obliged|expected|want 3 tell|share|mention|disclose|discuss|\
give|state
needn|regardless|irrelevant|avoid*|forbidden|limits
need|have|play|plays|of no|none|not
P 2 own affair|business|matter
do|don not|t tell|mention|give
thank|thanks|sorry|aside|congratulations
mentioned P
without|not P|about|asking|how|whether
# turns
but|however|though
# joins
and|or|so|well|ok|okay|now
# things
W|of|account*|address*|bracket*|calculat*|calendar*|campaign*|case*|categor*|cent*|check*|claim*|class*|column*|\
compan*|component*|config*|content*|detect*|device*|element*|entity|event*|field*|file*|filter*|font*|form|forms|\
format*|frame*|function*|group|groups|hierarch*|industr*|insur*|join*|key|keys|label*|law|laws|manage*|metric*|modul*|\
name|names|node*|object*|operat*|organi*|param*|percent|plan|plans|prevention|process*|program*|queue*|range*|\
rating*|rate*|rule*|schem*|sector*|setting*|statistic*|stor*|table*|thread*|tracker*|tracking|tree*|trial*|type|\
valid*|value*|variable*|verif*|version*|view*|widget*|workflow*|workspace*|friendly|expectation*|guard*|advis*|\
officer*|scientist*|teacher*|education|nurse*|worker*|planner*|broker*|evening*
# work
^ how would|do|did|have|can|could|should Y -feel|identify|cope|afford|vote|spend|end|live|stand|see|get|like
^ as|when a|an|you
would Y 1 rather|present|handle|change
have Y 1 worked
^ are Y familiar
stole|stolen|steal 1 idea|ideas
^ what would|do|did Y do if|when|to|with
W|codebase|design*|build|built|implement*|deploy*|launch*|algorithm*|report*|patient*|legacy|stakeholder*|vendor*|\
supplier*|audience*|pupils|visitors|guest|guests|develop*|research*|engineer*|sell|sold|magazine|newspaper|novel|\
style|import|imported|agency|standards|ramps|letter|emails|teach|hospital|machine*|duties|negotiations|involve|\
group|experience|lawyer|law|lightning|portfolio*|taught|advised|handled|defended|dispensed|cared|catered|restored|\
trained
# frames
P 1D @
are|re|were Y 3 @
Y 1ever have|had|got|want|been|be|take|taking 2D @
do|did Y 1 @
what|which @ 1 are|do|did Y
# you
Y|P|yourself|there|any
# crime
arrested|convicted|convictions|criminal*|prison|jail*|bail|parole|felon*|misdemean*|offence*|offend*|guilty|theft|\
embezzl*|stolen|shoplift*|drunk|fined|sentenced|lawsuit|accused|assault|imprison*|juvenile|expunged|sued|evasion
Y 4 convicted !
Y 3 been 2 charged|done|questioned
caught steal*|with|shop*|drink|drunk
criminal|police record|file
on P record
P 1 record|slate|conscience clean
brush*|trouble|dealings|problem*|conflict 2 with|of 1 law|police|authorities|courts
skeletons|fingerprint*
proceedings|charges|case|cases 2 pending|against Y
tak*|use|used 1 drugs
~illegal drugs
~committed|commit 1 crime*
~restraining order
~speeding tickets|ticket
broken|break the law
ever stolen|steal|robbed|hacked -an|ideas
under investigation
banned from
~drink driving
~ankle tag
~community service -rep*
~served|serve|done time
~behind bars
~on probation
~a caution
~before a judge
~by|in a|1 court
do|did|have the police
guilty of !
warrant out
were Y inside
lost|lose|taken 3 licence|license
points 2 P 1 licence|license
~at the station
# union
unionis*|unioniz*|unions|picket*|strikebreak*|scab|walkout|downed|rmt|unison|leaflets|lockout
member|join|joined|belong|trade 3 union
which union
~<credit|pipe|western|european|student|into union
on|a|go|went|organi* strike|strikes -rate*|balance
feel|think about 2 strike*
support the strike
strikes at|in Y
~shop|union steward*
~walk|walked out
~industrial action
~organised|organized labour|labor
~organising|organizing drive
~collective bargaining
downed tools
union rep|reps|ballot
~works|staff|workers|employee|employees council|association|rep|representative*|rights
~labour|labor movement|dispute
# politics
political*|politics|politician*|brexit|abortion|government|councillor|protest|protests|protesters|demonstrations|\
demonstrator|marches|petition|activis*|referendum|vote|voted|votes|ballot|conservative|liberal|socialist|communist|\
leftist|tory|tories|republican*|democrat|democrats|greens|nationalist|feminist|palestin*|gaza|remainer|brexiteer|\
canvass*|election|elections|trump
~labour supporter|voter
feel|think|thoughts|views|opinion|stand|position about|of|on 3 @|gun|immigration|president|minister|war !
P 1 political views|beliefs|opinions
who|whom|party 3 Y 2 vote|voted|voting
~prime minister
candidate did|do Y
support 2 president|trump|biden|party
~<company|christmas|third|office|launch|release|the party -plan*
the party s
donat* 3 candidate|party
~death penalty
~pro life|choice
~left|right wing|of|or|leaning !
~gun control
~stood|stand|run|ran for 1 office
~whose side
~war in
seat 3 council|parliament
which political 3 Y
Y 1 involved 4 political !
# religion
church|mosque|synagogue|pray|prayer|prayers|ramadan|hijab|sabbath|bible|quran|koran|torah|god|worship|bapti*|\
headscarf|turban|religion|religious|kosher|halal|pork|jehovah*|mitzvah|communion|islam|christian*|muslim*|jewish|\
jew|hindu*|buddhis*|catholic*|protestant*|sikh|atheis*|agnostic|mormon*|scientology|spiritual*|afterlife|meditate|\
freemason|sect|cult|crucifix|rosary|pilgrim*|missionary|amish|tithe|believer|denomination|kippah
P|what|which 1 faith|parish
after death
attend* 1 service|mass
wear*|that a cross
Y practising|practicing ?|,|or
P 1 beliefs ?|and|.
celebrate|observe 2 christmas|easter|eid|diwali|hanukkah|passover
family observant
Y fast during|for|in|on
~<good|have|had faith
# health
illness*|disease*|disabled|disabilit*|handicap*|diabet*|cancer|hiv|epilep*|asthma|medication*|hospitali*|sick|ill|\
unwell|smoke|smoker|smoking|alcohol|pills|insomnia|burnout|panic|anxiety|depress*|adhd|autis*|dyslex*|allerg*|\
wheelchair|vaccinated|chronic*|mentally|physically|overweight|miscarriage|menopause|stutter|limp*|suicid*|pacemaker|\
rehab|sober|injur*|eyesight|psychological*
P 1 health|condition|weight
mental|health|medical|physical health|problem*|issue*|condition*|history|limitation*
Y 2 had 1 operation*|surgery -that|which
Y drink -from
drink 1 two|after|normal|glass
any|no health
in|have therapy|treatment ?|,|for
see*|go 3 doctor|doctors|therapist|psychiatrist|psychologist
seen|by a psychiatrist|therapist|psychologist
how tall|heavy are Y
much 2 Y weigh
Y 2 healthy ?|,|enough|and|or
~look 3 tired|pale|ill
P 1 heart|knee|knees|eyes|hearing|leg|legs|spine|back -end*|office
wrong with|happened to Y|P
put on weight
thick|wear* glasses
Y sleep well
~medical|receiving|having|under treatment|condition*
~fit enough|for
~existing conditions
~burn out
~nervous breakdown
~hearing aid
~colour|color blind
~back trouble|problem*|pain
# gender
gay|lesbian*|bisexual|trans|transgender|pronouns|sexual*|sexuality|lgbt*|homosexual*|heterosexual*|queer|gender|\
hormones|masculine|feminine|effeminate|menstruat*|rainbow|lady|nonbinary|asexual|intersex
P 1birth|preferred sex|transition|deadname
which 1 bathroom|toilet|restroom
to pride ?|march|parade
Y 1 straight ?|,|or
Y 1 a 1 male|female|man|woman|boy|girl
Y 1 born 2 male|female|man|woman|boy|girl
attracted to 1 men|women
out with 1 men|women|guys|girls
prefer|into|like|dated|date|fancy 1 men|women|guys|girls
Y identify as|?|,|sexually|in
Y 3 come|came|coming out ?|as
being|as a woman|man|lady
always 2 man|woman|male|female
~non binary
assigned 2 birth
~own|same sex
~had the operation
~name before
~mr or ms|mrs
~real name
~Y out at
~male|man or female|woman
~he|him , she|her
~for a man|woman
# origin
ethnicity|nationality|ancest*|birthplace|immigrant*|asylum|refugee|roma|caste|foreigner|naturali*|homeland|gypsy|\
indigenous|aboriginal|hometown|citizenship|exotic
where are|were|re|do Y 2really|originally|actually|come|coming from|really|originally -profession*|in
where Y 2really|originally|actually|are|come from
where 2 P 1 parents|family|ancestors|grandparents|accent|surname|people
is|s|what|was 4 P 1 native|mother|first language|tongue
P 1 ethnic|skin|complexion|immigration|country|race|heritage|descent|roots|origins|tribe|passport|papers
what|which race|tribe
of 3 descent
foreign|which|what passport
where|country|city|town|village 3 Y 1 born|raised|grow|grew -the
Y 1 born in|here|abroad
into the world
Y 3 come|came|move*|arriv* 1 to this|the country|uk|us|states
long have Y been in|living this|in
Y 1 a 2 citizen|native -speaker
Y a 1 citizen of !
get|got|pick* 3 accent
native of this !
language 5 at home
speak 3 at home
~are Y 1really|actually G ?|,|or|by
~Y re|are|feel 2more|really|actually G ?|,|or
~Y re|are foreign
an 1 surname|accent
P surname|accent
~P accent
kind|sort of name
s its origin
~back home
~long have Y lived
~Y 2 move|moved|came|come|get here
~from 2 here
Y grow|grew up here|in
grow|grew up here
~mediterranean|african blood|roots
# age
age|retirement|birthday|birthdate|boomer*|millennial*|candles|pension
how old are|were|you you|are|were|ll
how old 1 that make
P 1current|exact|actual|real age|birthday|birth
date|year of birth
~birth date|year
what|which age are|were Y
when|year|decade 3 Y 1 born
Y 1 born before|after|around
when|year 2 Y 2 finish*|leave|left|complet*|graduat* 2 school|secondary
Y 4 retire|retiring ?|,|.|from|in|at|soon
more years 2 Y !
are|re|were Y|still 2 over|under|above|below|past|turning|about N
older|younger 3 than N|Y|P
older|younger boss|manager
what|which|P generation
Y 3 too|bit|little|so old|young
Y|P|their 3 twenties|thirties|forties|fifties|sixties
sixth form
star sign
a|o levels
~the oldest|youngest in|here|person|one
~old enough
~so young
~as young|old as Y
~Y 3 young|old for
~about|under|past|turned|turning|hit|big N|five
~close|going|coming|getting to|on|up N
~not born
~spring chicken
~class of N
~grey|gray hair
~half P
# money
mortgage|bankrupt*|overdra*|alimony|creditor*|bailiff*|garnish*|payslip*|breadwinner|wealthy|wages|gambl*|betting|\
financially|landlord|lottery|owe|owing|owed|paycheck|inheritance
P 1D rent|income|assets|savings|debts|loan*|finances|shares
P 1D financial|credit|bank situation|score|history|rating|account
P 2D net|last|previous 2 worth|salary|pay|income|bonus|wage
P 1current|previous|last|past|prior|former|first salary -expectation*|range
P 1 S 3 earn*|make|makes|income|salary
how much 1money did|do|were|are Y 1 earn*|make|making|get|paid|owe
what did|do|were Y 1 earn*|paid|make|making|get|pay 1 last|previous|currently|now|before|at|in|rent
much rent
Y own|rent 3 house|home|flat|apartment|or
Y 2 have|got|any|in 1 debt|debts|loan|loans|shares|savings ?|,|and|or
have any debt|debts|savings
in savings
much debt
debt relief !
behind on
Y inherit* anything|money|property
from 1 wealthy|rich|poor
~rent or own
~student loan
~maintenance to|payments
Y|do afford it|that
~paid for
judgments against
~social|council housing
receiv*|get|claim*|on 3 benefits|welfare
~stand with P bank
they pay Y
P own money
~P bonus
~credit score|check|history|rating|card*
~ends meet
~one income
in the bank
~own a car|house
employer|company|firm|boss 1 pay|paid Y
~financial difficult*|trouble*|problems|worries
# family
husband|wife|spouse|girlfriend|boyfriend|fiance*|pregnan*|maternity|paternity|marry*|married|marriage|divorc*|\
childcare|daycare|nursery|babysit*|breastfe*|fertility|ivf|contracept*|custody|grandparent*|grandchild*|relatives|\
maiden|dependents|dependants|wed|honeymoon|childless|widow*|stepson|stepdaughter|siblings
Y 2 married|divorced|pregnant|expecting ?|,|or|and|right|now|at|before|yet|recently
Y 3 have|got|having|want|raise|start|starting|adopt* 2D K|S|family -members
K 2 at home
P 1D S|K|brother*|sister*|family|household|wedding -,|so|be
P 1D S|K|brother*|sister*|family be -proud
P maiden name !
P home|private life
P 1 marital|relationship|family status|planning
Y 2 in a 2 relationship -with
Y live|living 1 alone|with|together
Y 1 a 1 single|stay parent|mother|mom|dad|father
Y 1 single|engaged ?|,|or
been engaged
miss|ms or mrs|miss
P better half
husband|wife 3 at home
how many K 1 Y
someone|anyone|anybody special|in P
Y 2 seeing|dating someone|anyone|anybody
start a|P family
parental leave ?
K|family 1 soon|yet|someday
the pill ?|,
little ones
who 4 after|care|watch*|mind* 3 K
young family
after|for 1 elderly|sick parents|mother|father
childcare if|when
be taken ?|already|,
have|trying|adopt*|another 2 K ?|,|soon
~kids|children are such
baby due
baby on the way
nanny at home
~home 2 depends
~another|second|first|third child
~live together|alone
~was that 1 for a partner
~caring|care for 1 anyone|someone|parent*
~settle down
~school run
~in laws
~child free
~anyone|anybody|someone 5 at home
~mother in law
P living situation
`;
