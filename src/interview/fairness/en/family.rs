//! How English asks about a family.

pub(super) const FAMILY: &str = "\
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
P living situation";
