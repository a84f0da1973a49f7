//! The words by which a person can be told to be of a gender, an age or a family, one table for each language.
//!
//! Rows without a kind stand here to be left alone. They begin like one that has a kind and mean something else.

use super::Kind;
use crate::coach::letters::{first, is_of};
use crate::domain::sorted::sorted;
use crate::interview::choice::Language;

/// Where a row says what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Any,
    /// In small letters.
    Small,
    /// In front of a name, both with a capital.
    Title,
    /// Its number can be the age of somebody who works, and the sentence does not go on with what it counts.
    Age,
}

/// One phrase; `#` is a number in it.
#[derive(Debug)]
pub struct Row {
    pub phrase: &'static str,
    pub kind: Option<Kind>,
    pub place: Place,
}

impl Row {
    pub fn first(&self) -> &'static str {
        first(self.phrase)
    }
}

type Table = &'static [(Option<Kind>, Place, &'static str)];

const THEY: Option<Kind> = Some(Kind::They);
const PERSON: Option<Kind> = Some(Kind::Person);
const AGE: Option<Kind> = Some(Kind::Age);
const FAMILY: Option<Kind> = Some(Kind::Family);

/// Sorted by their first words.
pub fn rows(language: Language) -> Vec<Row> {
    let table = match language {
        Language::English => ENGLISH,
        Language::German => GERMAN,
        Language::Spanish => SPANISH,
        Language::French => FRENCH,
    };
    let lists = TITLES.iter().chain(table);
    let rows =
        lists.flat_map(|(kind, place, list)| list.split(", ").map(|phrase| Row { phrase, kind: *kind, place: *place }));
    sorted(rows, |one, other| one.first() < other.first())
}

/// Behind "I am 52": what follows is not what is counted.
pub fn goes_on_otherwise(low: &str) -> bool {
    matches!(low, "and" | "but" | "now" | "so" | "und" | "aber" | "jetzt")
}

/// Pronouns that people put beside their names, whatever language they speak.
pub fn is_stated(low: &str) -> bool {
    const STATED: &str = "she her hers he him his they them theirs er ihm ihn sie ihr él ella elle il lui iel";
    is_of(STATED, low)
}

/// Whatever language is spoken.
const TITLES: Table = &[(THEY, Place::Title, "mr, mrs, ms, miss, mx")];

const ENGLISH: Table = &[
    (THEY, Place::Any, "he, him, his, himself, she, her, hers, herself, mister, mr, mrs, sir, madam, ma'am"),
    (PERSON, Place::Any, "man, men, woman, women, male, males, female, females, boy, boys, girl, girls, lady, ladies"),
    (
        PERSON,
        Place::Any,
        "gentleman, gentlemen, guy, waitress, actress, hostess, stewardess, businesswoman, saleswoman",
    ),
    (PERSON, Place::Any, "spokeswoman, chairwoman, transgender, nonbinary, non binary, lesbian, gay, bisexual"),
    (FAMILY, Place::Any, "husband, husbands, wife, wives, spouse, fiancé, fiancée, boyfriend, girlfriend, married"),
    (FAMILY, Place::Any, "divorced, widow, widowed, widower, mother, mothers, motherhood, mom, mum, mommy, mummy"),
    (FAMILY, Place::Any, "father, fathers, fatherhood, dad, daddy, son, sons, daughter, daughters, brother, brothers"),
    (FAMILY, Place::Any, "sister, sisters, grandmother, grandma, grandfather, grandpa, aunt, uncle, niece, nephew"),
    (FAMILY, Place::Any, "pregnant, pregnancy, maternity, paternity, parental leave, maternity leave, paternity leave"),
    (
        FAMILY,
        Place::Any,
        "my children, my child, my kids, my kid, my baby, my babies, my family, my parents, my in laws",
    ),
    (FAMILY, Place::Any, "have children, have kids, have # children, have # kids, having children, having kids"),
    (FAMILY, Place::Any, "mother in law, father in law, sister in law, brother in law, mother of #, father of #"),
    (AGE, Place::Any, "# years old, # year old, # years of age, # years young, aged #, the age of #, at age #, age #"),
    (AGE, Place::Any, "born in #, in my twenties, in my thirties, in my forties, in my fifties, in my sixties"),
    (AGE, Place::Any, "early twenties, mid twenties, late twenties, early thirties, mid thirties, late thirties"),
    (AGE, Place::Any, "early forties, mid forties, late forties, early fifties, mid fifties, late fifties"),
    (AGE, Place::Any, "early sixties, mid sixties, late sixties"),
    (AGE, Place::Age, "i am #, i'm #, i turned #, i will be #"),
    // Of companies, tongues and machines.
    (None, Place::Any, "sister company, sister companies, sister team, sister site, mother tongue, mother company"),
    (None, Place::Any, "daughter company, man in the middle, man hours, man hour, man days, man day, man months"),
];

const GERMAN: Table = &[
    (THEY, Place::Any, "er, ihn, ihm"),
    // With a capital these speak to somebody, or stand first in a sentence: nobody knows which.
    (THEY, Place::Small, "sie, ihr, ihre, ihren, ihrem, ihrer, ihres, seine, seinen, seinem, seiner, seines"),
    (
        PERSON,
        Place::Any,
        "mann, männer, männern, mannes, frau, frauen, herr, herrn, herren, dame, damen, mädchen, jungs",
    ),
    (PERSON, Place::Any, "männlich, männliche, männlicher, männlichen, weiblich, weibliche, weiblicher, weiblichen"),
    (PERSON, Place::Any, "lesbisch, schwul, bisexuell, nichtbinär, nicht binär"),
    (FAMILY, Place::Any, "mein mann, meinen mann, meinem mann, meines mannes, meine frau, meiner frau, ehemann"),
    (FAMILY, Place::Any, "ehefrau, gatte, gattin, mutter, mütter, mama, mutti, vater, väter, papa, vati, sohn, söhne"),
    (FAMILY, Place::Any, "tochter, töchter, bruder, brüder, schwester, schwestern, geschwister, oma, opa, großmutter"),
    (FAMILY, Place::Any, "großvater, großeltern, tante, onkel, neffe, nichte, enkel, enkelin, schwager, schwägerin"),
    (FAMILY, Place::Any, "schwiegermutter, schwiegervater, schwanger, schwangerschaft, mutterschutz, elternzeit"),
    (FAMILY, Place::Any, "mutterschaftsurlaub, vaterschaftsurlaub, verheiratet, geschieden, verwitwet, witwe, witwer"),
    (FAMILY, Place::Any, "verlobt, verlobter, verlobte, mein freund, meinem freund, meinen freund, meine freundin"),
    (FAMILY, Place::Any, "meiner freundin, meine kinder, meinen kindern, meiner kinder, mein kind, meinem kind"),
    (FAMILY, Place::Any, "meine eltern, meinen eltern, meiner eltern, meine familie, meiner familie, mutter von #"),
    (FAMILY, Place::Any, "vater von #, habe kinder, habe # kinder, # kinder habe"),
    (AGE, Place::Any, "# jahre alt, # jahren alt, # jahre jung, # jährige, # jähriger, # jährigen, alter von #"),
    (AGE, Place::Any, "alter von # jahren, mit # jahren, jahrgang #, geboren #, # geboren, geboren im jahr #"),
    (AGE, Place::Any, "im jahr # geboren"),
    (AGE, Place::Age, "ich bin #, bin ich #, ich werde #, anfang #, mitte #, ende #"),
    (None, Place::Any, "mit # jahren erfahrung, mit # jahren berufserfahrung, mit # jahren praxis"),
    (None, Place::Any, "# jährige erfahrung, # jährigen erfahrung, # jähriger erfahrung, # jährige berufserfahrung"),
];

const SPANISH: Table = &[
    (THEY, Place::Any, "él, ella, ellas, señor, señora, señorita, señores, señoras"),
    (THEY, Place::Title, "sr, sra, srta, don, doña"),
    (PERSON, Place::Any, "hombre, hombres, mujer, mujeres, varón, varones, chico, chicos, chica, chicas, niña, niño"),
    (PERSON, Place::Any, "masculino, femenino, femenina, lesbiana, gay, bisexual, transgénero, no binario, no binaria"),
    (FAMILY, Place::Any, "mi mujer, mi chico, mi chica, esposo, esposa, marido, madre, madres, mamá, padre, papá"),
    (FAMILY, Place::Any, "hijo, hija, hijos, hijas, hermano, hermana, hermanos, hermanas, abuelo, abuela, abuelos"),
    (FAMILY, Place::Any, "tío, tía, sobrino, sobrina, mi primo, mi prima, suegro, suegra, cuñado, cuñada, novio"),
    (FAMILY, Place::Any, "novia, embarazada, embarazo, maternidad, paternidad, casado, casada, divorciado, divorciada"),
    (FAMILY, Place::Any, "soltero, soltera, viudo, viuda, mis padres, mi familia, mi bebé, mis niños, mis niñas"),
    (AGE, Place::Any, "tengo # años, tenía # años, tiene # años, tuve # años, cumplí # años, cumplo # años"),
    (AGE, Place::Any, "tengo # años de edad, a los # años, a mis # años, con # años, edad de #, edad de # años"),
    (AGE, Place::Any, "# años de edad, nací en #, nacido en #, nacida en #"),
    (None, Place::Any, "tengo # años de, tenía # años de, tiene # años de, a los # años de, con # años de"),
    (None, Place::Any, "placa madre, lengua madre, casa madre, nodo padre, nodo hijo, clase padre, clase hija"),
];

const FRENCH: Table = &[
    (THEY, Place::Any, "il, elle, elles, lui, monsieur, messieurs, madame, mesdames, mademoiselle, mme, mlle"),
    (THEY, Place::Title, "m"),
    (
        PERSON,
        Place::Any,
        "homme, hommes, femme, femmes, fille, filles, garçon, garçons, dame, dames, masculin, féminin",
    ),
    (PERSON, Place::Any, "féminine, masculine, lesbienne, gay, bisexuel, bisexuelle, transgenre, non binaire"),
    (FAMILY, Place::Any, "mari, ma femme, époux, épouse, conjoint, conjointe, mère, mères, maman, père, pères, papa"),
    (FAMILY, Place::Any, "mon fils, mes fils, ma fille, mes filles, frère, frères, sœur, sœurs, soeur, soeurs, tante"),
    (FAMILY, Place::Any, "grand mère, grand père, grands parents, oncle, neveu, nièce, cousin, cousine, enceinte"),
    (FAMILY, Place::Any, "grossesse, maternité, paternité, congé maternité, congé paternité, congé parental, marié"),
    (FAMILY, Place::Any, "mariée, divorcé, divorcée, célibataire, veuf, veuve, fiancé, fiancée, mon copain, ma copine"),
    (FAMILY, Place::Any, "mon petit ami, ma petite amie, belle mère, beau père, mes enfants, mon enfant, mon bébé"),
    (FAMILY, Place::Any, "mes parents, ma famille"),
    (AGE, Place::Any, "j'ai # ans, j'avais # ans, j'aurai # ans, âgé de #, âgée de #, âgé de # ans, âgée de # ans"),
    (AGE, Place::Any, "l'âge de #, l'âge de # ans, à # ans, mes # ans, né en #, née en #"),
    (None, Place::Any, "j'ai # ans d, j'ai # ans de, j'avais # ans d, j'avais # ans de, à # ans d, mes # ans d"),
    (None, Place::Any, "mes # ans de, il y, il faut, il fallait, il faudra, il faudrait, il s'agit, il s'agissait"),
    (None, Place::Any, "il vaut mieux, carte mère, maison mère, société mère"),
];
