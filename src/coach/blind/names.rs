//! Names: what is known of an account, and where a name stands.

use super::{Blind, Kind, Span, span};
use crate::coach::letters::{Words, is_letter, is_mark, is_of, is_unspaced};
use crate::interview::choice::Language;

/// As in `de la`, `van der`.
const JOINING: usize = 3;

impl Blind {
    /// One string of an account. Of a mail address the part that people choose for themselves.
    pub(super) fn know(&mut self, known: &str) {
        let local = known.split_once('@').map(|(local, _)| local);
        for part in local.unwrap_or(known).split(|c| !is_letter(c)) {
            let low = part.to_lowercase();
            // Many share such an address, and everybody says such a word.
            if !(local.is_some() && is_of(SHARED, &low) || part == low && is_of(PARTICLES, &low)) {
                self.name(&low);
                // A number is put behind a name that somebody else has taken.
                low.split(char::is_numeric).filter(|letters| letters.chars().count() > 2).for_each(|it| self.name(it));
            }
        }
        // Some scripts write a whole name without a space.
        if local.is_none() && known.chars().any(is_unspaced) {
            self.name(&known.split_whitespace().collect::<String>().to_lowercase());
        }
    }

    pub(super) fn name(&mut self, low: &str) {
        let several = low.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
        for name in [plain(low), plain(&low.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue"))] {
            if several && !self.names.contains(&name) {
                self.names.push(name);
            }
        }
    }

    /// Names that stand together are one.
    pub(super) fn find_names(&self, words: &Words, found: &mut Vec<Span>) {
        let mut at = 0;
        while let Some(first) = words.list.get(at) {
            let mut behind = at + 1;
            if self.is_name(words, at) {
                let next = |behind| behind + joining(words, behind);
                let goes_on = |at| self.is_name(words, at) || self.is_surname(words, at);
                while is_near(words, next(behind)) && goes_on(next(behind)) {
                    behind = next(behind) + 1;
                }
                let name = span(words, at, behind - at, Kind::Name);
                found.extend(name.map(|name| Span { start: beginning(words, at), ..name }));
            } else {
                self.find_inside(first.start, first.text, found);
            }
            at = behind;
        }
    }

    /// Of a script without spaces a name is a part of what looks like one word.
    fn find_inside(&self, from: usize, text: &str, found: &mut Vec<Span>) {
        if text.chars().any(is_unspaced) {
            for name in self.names.iter().filter(|name| name.chars().any(is_unspaced)) {
                let inside = text.match_indices(name.as_str());
                found.extend(inside.map(|(at, _)| Span {
                    start: from + at,
                    end: from + at + name.len(),
                    kind: Kind::Name,
                }));
            }
        }
    }

    /// A capital behind a name, where not every noun has one.
    fn is_surname(&self, words: &Words, at: usize) -> bool {
        self.language != Language::German && is_capital(words, at) && !is_common(words.low(at), self.language)
    }

    /// A name that is a word besides is one only with a capital.
    fn is_name(&self, words: &Words, at: usize) -> bool {
        let low = words.low(at);
        let name = plain(low);
        let genitive = || name.strip_suffix('s').filter(|name| self.language == Language::German && name.len() > 3);
        let known = self.names.contains(&name) || genitive().is_some_and(|name| self.names.iter().any(|it| it == name));
        let word = || [WORDS, PARTICLES].iter().any(|list| is_of(list, low)) || is_common(low, self.language);
        known && (is_capital(words, at) || !word())
    }
}

fn is_near(words: &Words, at: usize) -> bool {
    words.goes_on(at) || matches!(words.gap(at), ". " | ".")
}

/// `O'Brien` begins with its `O`.
fn beginning(words: &Words, at: usize) -> usize {
    let before = at.checked_sub(1).filter(|before| is_initial(words, *before) && !words.gap(at).contains(' '));
    words.list.get(before.unwrap_or(at)).map_or(0, |word| word.start)
}

/// How many words stand here that join names: `de la`, an initial, the `O` of `O'Brien`.
pub fn joining(words: &Words, at: usize) -> usize {
    let joins = |at: usize| is_near(words, at) && (is_of(PARTICLES, words.low(at)) || is_initial(words, at));
    (at..at + JOINING).take_while(|at| joins(*at)).count()
}

fn is_initial(words: &Words, at: usize) -> bool {
    let short = words.gap(at + 1).starts_with(|c| c == '.' || is_mark(c));
    short && is_capital(words, at) && words.low(at).chars().nth(1).is_none()
}

/// With a capital, or of a script that has none.
pub fn is_capital(words: &Words, at: usize) -> bool {
    let first = words.list.get(at).and_then(|word| word.text.chars().next());
    first.is_some_and(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase())
}

/// Words of which sentences are made, whatever they are about.
pub fn is_common(low: &str, language: Language) -> bool {
    let list = match language {
        Language::English => {
            "i the a an and or but so my our your his her their its this that these those at in on of from to with for \
             by as is was are were be been am do did does have has had will would can could may might must not no yes \
             if when while where what which who why how then there here it we you he she they me us them also just \
             well okay ok oh now please after before because although during since"
        }
        Language::German => {
            "ich der die das den dem des ein eine einen einem einer eines und oder aber also mein meine meinen meinem \
             meiner dein unser unsere ihr ihre ihren ihrem ihrer sein seine er sie es wir man mich mir uns ihn ihm an \
             am in im auf aus bei beim mit nach seit von vom zu zum zur für über unter um durch ist war sind waren bin \
             habe hat hatte haben werde wird wurde kann konnte muss soll will nicht kein keine ja nein wenn als wo was \
             wer wie warum dann da dort hier so auch schon noch nur sehr dass weil bitte nun jetzt danach an"
        }
        Language::Spanish => {
            "yo el la los las un una unos unas y e o u pero mi mis tu tus su sus este esta estos estas eso ese esa en \
             de del al a con por para sin sobre es era fue soy son ser he ha han había no sí si cuando donde que qué \
             quien como cómo entonces aquí ahí lo le les me te se nos él ella ellos también muy ya pues bien luego \
             después"
        }
        Language::French => {
            "je le la les l un une des du de d et ou mais mon ma mes ton ta tes son sa ses notre nos votre vos ce cet \
             cette ces en à au aux dans avec pour par sur sans est était suis être ai a as ont avait ne pas non oui si \
             quand où que qu qui quoi comment alors là ici il elle ils elles on nous vous tu me m te t se s y j n c \
             aussi très donc puis bien"
        }
    };
    is_of(list, low)
}

/// Names that are English, German, Spanish or French words besides.
const WORDS: &str = "will may mark art grace hope bill rob sue pat drew rich dean chase miles rose joy faith dawn \
    summer april june august max jack frank gene ray guy young long short small little brown black white green gray \
    grey king price cook baker smith miller carter taylor fisher hunter mason porter page day wood stone field rivers \
    banks bush hill ford lane case best good power powers law love wise sharp strong swift lead link team school work \
    ernst stark klein groß gross kurz lang jung alt braun schwarz weiß weiss roth rot koch bauer fischer richter wolf \
    sommer winter berg stein bach reich fromm frei sol luz mar paz pilar cruz rey león blanco rubio moreno delgado \
    bueno bravo leal feliz flores campo campos blanc petit grand roux leroy roy rose marin martin pierre claire aimé \
    bon lune sage";

/// Addresses that tell nothing.
const SHARED: &str = "info mail email hello hi contact kontakt contacto office admin work job jobs career careers dev \
    me my the test user team support sales web post hola hallo bonjour name noreply home family";

pub const PARTICLES: &str = "de del della der den di da do dos das du la las le les los van von vom zu zur af al \
    el bin ben ibn bint mac mc st y e i";

/// In letters that carry nothing: people leave the accents of their names away, and addresses always do.
pub fn plain(low: &str) -> String {
    let mut plain = String::with_capacity(low.len());
    for c in low.chars() {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            c if c.is_ascii() => plain.push(c),
            c => plain.push(BASES.iter().find(|(_, letters)| letters.contains(c)).map_or(c, |(base, _)| *base)),
        }
    }
    plain
}

const BASES: [(char, &str); 19] = [
    ('a', "àáâãäåāăąǎ"),
    ('c', "çćĉċč"),
    ('d', "ďđð"),
    ('e', "èéêëēĕėęě"),
    ('g', "ĝğġģ"),
    ('h', "ĥħ"),
    ('i', "ìíîïĩīĭįı"),
    ('j', "ĵ"),
    ('k', "ķ"),
    ('l', "ĺļľŀł"),
    ('n', "ñńņňŉ"),
    ('o', "òóôõöøōŏő"),
    ('r', "ŕŗř"),
    ('s', "śŝşšș"),
    ('t', "ţťŧț"),
    ('u', "ùúûüũūŭůűų"),
    ('w', "ŵ"),
    ('y', "ýÿŷ"),
    ('z', "źżž"),
];
