use super::*;
use crate::port::words::tests::words as lists;

mod any_tests;
mod told_tests;

fn blinded(language: Language, known: &[&str], text: &str) -> String {
    let mut blind = Blind::of(language, &lists, known);
    blind.listen(text, false);
    blind.blind(text).text
}

fn check(language: Language, known: &[&str], rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(blinded(language, known, text), *expected, "{text}");
    }
}

/// As [`check`], where nothing is taken out.
fn stays(language: Language, known: &[&str], rows: &[&str]) {
    for text in rows {
        assert_eq!(blinded(language, known, text), *text);
    }
}

#[test]
fn known_names_go_as_whole_words() {
    let known = ["Ann-Kathrin O'Brien", "ann.kat42@example.com"];
    check(
        Language::English,
        &known,
        &[
            ("Ann said that ANN and ann's friend", "[name] said that [name] and [name]'s friend"),
            ("I am Ann-Kathrin O’Brien, Annabel is my boss", "I am [name], Annabel is my boss"),
            ("my handle is kat42 or kat", "my handle is [name] or [name]"),
            ("A\u{ad}nn and A\u{200b}nn", "[name] and [name]"),
        ],
    );
    check(
        Language::Spanish,
        &["María de la Cruz", "josé@x.es"],
        &[
            ("Soy Maria de la Cruz y vengo de la escuela", "Soy [name] y vengo de la escuela"),
            ("Jose lo dijo", "[name] lo dijo"),
            ("De la idea de José", "De la idea de [name]"),
        ],
    );
    check(Language::English, &["Ben de la Cruz"], &[("Ben, de la and the ben", "[name], de la and the ben")]);
    check(Language::French, &["Anne D'Arc"], &[("l'idée d'Anne D’Arc", "l'idée d'[name]")]);
    check(
        Language::German,
        &["Jörg Müller"],
        &[
            ("Joerg Mueller und Jorg Muller", "[name] und [name]"),
            ("Müllers Team und die Mühle", "[name] Team und die Mühle"),
        ],
    );
}

#[test]
fn a_name_that_is_a_word_goes_with_a_capital_only() {
    check(
        Language::English,
        &["Will Baker", "an.do@example.com"],
        &[
            ("Will Baker will work as a baker", "[name] will work as a baker"),
            ("an answer that I do know", "an answer that I do know"),
        ],
    );
}

#[test]
fn what_people_call_themselves_goes_everywhere() {
    for (language, said, other, expected) in [
        (
            Language::English,
            "Hello, my name is Zora Neale Hurston and I bake.",
            "Thank you, Zora!",
            "Thank you, [name]!",
        ),
        (Language::English, "People call me Bo. I bake.", "So, Bo, why?", "So, [name], why?"),
        (Language::English, "Hi, I'm Ada and I bake", "Ada, why?", "[name], why?"),
        (Language::English, "my name is zora neale and i bake", "Zora Neale, why?", "[name], why?"),
        (Language::English, "Call me when you know.", "When did you know?", "When did you know?"),
        (Language::English, "i said call me back later", "Later you went back", "Later you went back"),
        (Language::German, "Ich heiße Jürgen von der Au.", "Herr Au, Jürgen Au", "[person] [name], [name]"),
        (Language::German, "Mein Name ist Zeynep und ich", "Gut, Zeynep, und ich", "Gut, [name], und ich"),
        (Language::Spanish, "Me llamo Íñigo Montoya", "Gracias, Iñigo", "Gracias, [name]"),
        (Language::French, "Je m’appelle Zoé.", "Bien, Zoé", "Bien, [name]"),
        (Language::English, "My name is محمد", "محمد said", "[name] said"),
        (Language::English, "My name is 王小明", "谢谢王小明吧", "谢谢[name]吧"),
    ] {
        let mut blind = Blind::of(language, &lists, &[]);
        blind.listen(said, false);
        assert_eq!(blind.blind(other).text, expected, "{said}");
    }
}

#[test]
fn ways_to_reach_somebody_go() {
    check(
        Language::English,
        &[],
        &[
            ("write to ann.lee+jobs@mail.example.co.uk.", "write to [e-mail]."),
            ("it is ann @ example.com, yes", "it is [e-mail], yes"),
            ("ann dot lee at example dot com please", "[e-mail] please"),
            ("that's a n n at example dot co dot uk", "that's [e-mail]"),
            ("ann.lee at example.com", "[e-mail]"),
            ("I worked at booking dot com", "I worked at [link]"),
            ("see https://example.com/a?b=c#d.", "see [link]."),
            ("(www.example.com) or linkedin.com/in/ann", "([link]) or [link]"),
            ("I am @ann_lee there", "I am [link] there"),
            ("call +1 (415) 555-2000 or (415) 555-2001", "call [phone] or [phone]"),
            ("0151 23456789 or 01.23.45.67.89", "[phone] or [phone]"),
            ("five five five, one two three four", "[phone]"),
            ("zero 1 5 one two three", "[phone]"),
            ("电话13812345678吧", "电话[phone]吧"),
        ],
    );
    check(
        Language::German,
        &[],
        &[("anna punkt lee at beispiel punkt de", "[e-mail]"), ("null eins fünf eins, zwei drei", "[phone]")],
    );
    check(
        Language::Spanish,
        &[],
        &[
            ("ana punto lee arroba ejemplo punto es", "[e-mail]"),
            ("ana arroba gmail.com", "[e-mail]"),
            ("seis uno dos tres cuatro cinco", "[phone]"),
        ],
    );
    check(
        Language::French,
        &[],
        &[
            ("anne point lee arobase exemple point fr", "[e-mail]"),
            ("zéro six douze trente-quatre cinquante-six", "[phone]"),
        ],
    );
}

#[test]
fn numbers_that_reach_nobody_stay() {
    stays(
        Language::English,
        &[],
        &[
            "from 2019-2023 and 2015 - 2018, 2019 2020 2021",
            "05/2019 - 07/2021, on 12.05.2019 and 2019-05-12",
            "1.200.000 euros, $1200000, 1 200 000 people, 1,200,000, €2 345 678",
            "100000-150000 a year",
            "at 192.168.100.200 and 127.0.0.1",
            "version 1.2.3, item A12345678, 24/7, 99.99 %",
            "socket.io, node.js, ASP.NET, e.g. this.Then that",
            "look at this point of view",
            "one, two, three, four",
        ],
    );
    stays(Language::French, &[], &["c'est un point de vue", "un point de plus"]);
    stays(Language::Spanish, &[], &["ese punto es importante", "el punto de vista"]);
}

#[test]
fn schools_go() {
    check(
        Language::English,
        &[],
        &[
            ("I went to the University of New South Wales in 2019", "I went to the [school] in 2019"),
            ("At Stanford University I", "At [school] I"),
            ("the London School of Economics and then", "the [school] and then"),
            ("Texas A&M University, Boston College", "[school], [school]"),
            (
                "I studied at Riverdale Tech and graduated from the Old Mill",
                "I studied at [school] and graduated from the [school]",
            ),
            ("MIT, Harvard, oxford and Sciences Po", "[school], [school], [school] and [school]"),
            ("i studied at the university of leeds", "i studied at the [school]"),
            ("University of St. Gallen", "[school]"),
        ],
    );
    check(
        Language::German,
        &[],
        &[
            ("an der Universität Duisburg-Essen Informatik studiert", "an der [school] Informatik studiert"),
            ("die TU München und die Hochschule für Technik", "die [school] und die [school]"),
            ("Ludwig-Maximilians-Universität München", "[school]"),
            ("Ich habe an der Universität Informatik studiert", "Ich habe an der Universität Informatik studiert"),
            ("Wirtschaftsuniversität Wien", "[school]"),
        ],
    );
    check(
        Language::Spanish,
        &[],
        &[
            ("la Universidad Carlos III de Madrid y luego", "la [school] y luego"),
            ("estudié en la Universidad de Sevilla", "estudié en la [school]"),
        ],
    );
    check(
        Language::French,
        &[],
        &[
            ("à l'École Polytechnique puis l’Université de Paris-Saclay", "à l'[school] puis l’[school]"),
            ("j'ai étudié à Sciences Po", "j'ai étudié à [school]"),
        ],
    );
    stays(
        Language::English,
        &[],
        &["at university I learned a lot", "my college friends", "a high school near here", "mit ETA"],
    );
    stays(Language::German, &[], &["mit dem Team an der Uni war gut", "die Hochschule hat"]);
    stays(Language::French, &[], &["une école de commerce", "tu as raison"]);
}

#[test]
fn gender_and_family_go() {
    check(
        Language::English,
        &[],
        &[
            ("He's my boss and she told him herself", "[they]'s my boss and [they] told [they] [they]"),
            ("my pronouns are she/her, or they/them", "my pronouns are [they], or [they]"),
            (
                "Mr. Smith, Ms Jones and Miss Moneypenny, sir",
                "[they]. Smith, [they] Jones and [they] Moneypenny, [they]",
            ),
            ("As a woman and mother, my husband", "As a [person] and [family], my [family]"),
            ("I was pregnant; my children are small", "I was [family]; [family] are small"),
        ],
    );
    check(
        Language::German,
        &[],
        &[
            ("Er hat ihn gefragt, und sie hat ihr Team", "[they] hat [they] gefragt, und [they] hat [they] Team"),
            ("Meine Frau und mein Mann, Frau Meier", "[family] und [family], [person] Meier"),
        ],
    );
    check(
        Language::Spanish,
        &[],
        &[
            ("Él y ella, la señora", "[they] y [they], la [they]"),
            ("Mi marido y mi hija, embarazada", "Mi [family] y mi [family], [family]"),
        ],
    );
    check(
        Language::French,
        &[],
        &[
            ("Il m'a dit qu'elle, madame", "[they] m'a dit qu'[they], [they]"),
            ("Ma femme et mon fils, enceinte", "[family] et [family], [family]"),
        ],
    );
}

#[test]
fn what_only_looks_like_it_stays() {
    stays(
        Language::English,
        &[],
        &[
            "I miss my team, 200 ms, an MS in Biology",
            "the sister company, a mother tongue, a man-in-the-middle, ten man-days",
            "they told them, you guys, a partner, 30 children in a class",
            "theirs is the heroine, sheer usher",
        ],
    );
    stays(Language::German, &[], &["Können Sie mir sagen, ob das man sein soll? Ihr Team ist gut."]);
    stays(Language::Spanish, &[], &["El equipo y su jefe son lo que importa", "una placa madre"]);
    stays(Language::French, &[], &["Il y a son équipe, il faut la voir", "la carte mère, un fils électrique"]);
}

#[test]
fn ages_go_and_experience_stays() {
    check(
        Language::English,
        &[],
        &[
            ("I am 52 years old", "I am [age]"),
            ("I'm fifty-two years old, a 52-year-old", "I'm [age], a [age]"),
            ("I'm 52. I am 52 and fit. I am 52", "[age]. [age] and fit. [age]"),
            ("at the age of 30, born in 1970, in my fifties", "at [age], [age], [age]"),
        ],
    );
    check(
        Language::German,
        &[],
        &[
            ("Ich bin 52 Jahre alt, mit zweiundfünfzig Jahren", "Ich bin [age], [age]"),
            ("Ich bin 52. Geboren 1970", "[age]. [age]"),
        ],
    );
    check(Language::Spanish, &[], &[("Tengo cincuenta y dos años, a los 30 años", "[age], [age]")]);
    check(Language::French, &[], &[("J’ai 52 ans, à l'âge de trente ans", "[age], à [age]")]);
    stays(
        Language::English,
        &[],
        &[
            "I have 10 years of experience, I am 5 minutes late, I am 100 percent sure, I'm one of them",
            "I am 20 percent done",
        ],
    );
    stays(Language::German, &[], &["mit 20 Jahren Erfahrung, eine 10-jährige Erfahrung, Ende 2019"]);
    stays(Language::Spanish, &[], &["tengo 10 años de experiencia"]);
    stays(Language::French, &[], &["j'ai 10 ans d'expérience"]);
}

#[test]
fn the_map_leads_back() {
    let text = "Ich, Jürgen 🙂, und Jürgen.";
    let blind = Blind::of(Language::German, &lists, &["Jürgen"]);
    let seen = blind.blind(text);
    assert_eq!(seen.text, "Ich, [name] 🙂, und [name].");
    for (part, whole) in [
        ("Ich, [name]", "Ich, Jürgen"),
        ("ame] 🙂, u", "Jürgen 🙂, u"),
        ("und [na", "und Jürgen"),
        (" 🙂, und ", " 🙂, und "),
        (".", "."),
        ("[name].", "Jürgen."),
    ] {
        let at = seen.text.rfind(part).unwrap();
        let (start, end) = seen.original(at, at + part.len());
        assert_eq!(text.get(start..end), Some(whole), "{part}");
    }
    assert_eq!(seen.original(0, usize::MAX), (0, text.len()));
    assert_eq!(blind.blind(""), Blinded { text: String::new(), swaps: Vec::new() });
}
