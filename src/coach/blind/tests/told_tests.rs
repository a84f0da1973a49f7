//! What people tell of themselves on the way: names between fillers, bare names, spoken addresses, where they live.

use super::*;

const ALL: [Language; 4] = [Language::English, Language::German, Language::Spanish, Language::French];

/// What remains of a text when this was said before, first of all.
fn after(language: Language, said: &str, text: &str) -> String {
    let mut blind = Blind::of(language, &lists, &[]);
    blind.listen(said, true);
    blind.blind(text).text
}

#[test]
fn a_filler_before_a_name_hides_no_name_and_is_none() {
    for (language, said, text, expected) in [
        (Language::English, "My name is um Alex.", "um, Alex", "um, [name]"),
        (Language::English, "My name is, um, well, Alex", "well, Alex", "well, [name]"),
        (Language::English, "My name is um... Alex", "Alex", "[name]"),
        (Language::English, "My name is Um, Alex", "um, Alex", "um, [name]"),
        (Language::English, "my name is um zora", "um, zora", "um, [name]"),
        (Language::English, "my name is zora uh hurston", "uh zora hurston", "uh [name]"),
        (Language::German, "Ich heiße äh Jürgen", "äh Jürgen", "äh [name]"),
        (Language::Spanish, "Me llamo, eh, o sea, Íñigo", "eh Iñigo", "eh [name]"),
        (Language::French, "Je m'appelle euh Zoé", "euh Zoé", "euh [name]"),
        (Language::French, "Je m'appelle Ben Lopez", "Ben", "[name]"),
    ] {
        assert_eq!(after(language, said, text), expected, "{said}");
    }
}

#[test]
fn who_begins_with_their_name_is_heard() {
    for (language, said, text, expected) in [
        (Language::English, "Sure, I'm Maria, and I bake.", "Maria", "[name]"),
        (Language::English, "Thanks for having me. I'm Maria Lopez from Leeds.", "Maria", "[name]"),
        (Language::English, "I'm Head of Product at Acme.", "Head of Product", "Head of Product"),
        (Language::Spanish, "Claro, soy Lucía y trabajo aquí.", "Lucía", "[name]"),
        (Language::French, "Bien sûr, je suis Camille.", "Camille", "[name]"),
        (Language::German, "Ja, ich bin Bäcker, und ich backe.", "Bäcker", "Bäcker"),
    ] {
        assert_eq!(after(language, said, text), expected, "{said}");
    }
    assert_eq!(blinded(Language::English, &[], "Then I'm Scrum Master, and"), "Then I'm Scrum Master, and");
}

#[test]
fn a_bare_answer_to_a_question_for_the_name_is_one() {
    for (language, asked, said, text, expected) in [
        (Language::English, "Welcome! How may I address you?", "Maria.", "Thank you, Maria", "Thank you, [name]"),
        (Language::English, "What's your name?", "It's Maria, please.", "please, Maria", "please, [name]"),
        (Language::English, "What's your name?", "maria", "Maria", "[name]"),
        (Language::English, "May I ask your name?", "Sure.", "Sure, sure", "Sure, sure"),
        (Language::English, "May I ask your name?", "Um, Maria.", "Um, Maria", "Um, [name]"),
        (Language::English, "What did you bake?", "Rye.", "Rye", "Rye"),
        (Language::German, "Wie darf ich Sie ansprechen?", "Frau Zeynep.", "Zeynep", "[name]"),
        (Language::Spanish, "¿Cómo se llama?", "Lucía Gómez.", "Gómez", "[name]"),
        (Language::French, "Comment puis-je vous appeler ?", "Camille.", "Camille", "[name]"),
    ] {
        let mut blind = Blind::of(language, &lists, &[]);
        blind.answered(asked, said);
        assert_eq!(blind.blind(text).text, expected, "{said}");
    }
}

#[test]
fn numbers_of_nine_digits_and_more_are_called_unless_something_says_that_they_are_an_amount() {
    for (text, expected) in [
        ("612.345.678 or 4155552000 or 612345600", "[phone] or [phone] or [phone]"),
        ("612 345 600, 0612345600", "[phone], [phone]"),
        ("$4155552000, 612.345.678 euros, 612345600 users", "$4155552000, 612.345.678 euros, 612345600 users"),
        ("1.200.000 and 12345600, 100000-150000", "1.200.000 and 12345600, 100000-150000"),
    ] {
        for language in ALL {
            assert_eq!(blinded(language, &[], text), expected);
        }
    }
}

#[test]
fn a_spoken_address_may_end_in_any_country() {
    for (language, text, expected) in [
        (Language::Spanish, "ana arroba ejemplo punto mx y", "[e-mail] y"),
        (Language::Spanish, "ana arroba ejemplo punto com punto ar", "[e-mail]"),
        (Language::French, "anne point lee arobase exemple point be", "[e-mail]"),
        (Language::English, "ann at example dot it", "[e-mail]"),
        (Language::English, "ann at example dot ca or ann at example.nl", "[e-mail] or [e-mail]"),
        (Language::German, "anna at beispiel punkt consulting", "[e-mail]"),
        (
            Language::English,
            "we stood at one point in time at the dot on it",
            "we stood at one point in time at the dot on it",
        ),
        (Language::English, "we met at noon.It was late", "we met at noon.It was late"),
    ] {
        assert_eq!(blinded(language, &[], text), expected);
    }
}

#[test]
fn where_somebody_lives_goes() {
    for (text, expected) in [
        ("I live at 12 Baker Street, and", "I live at [address], and"),
        ("221b Upper Baker St, London NW1 6XE.", "[address], London [address]."),
        ("Springfield, IL 62704", "Springfield, [address]"),
        ("Ich wohne Hauptstraße 5, 10115 Berlin.", "Ich wohne [address]."),
        ("in der Berliner Straße 12a", "in der [address]"),
        ("Hauptstr. 5, Lindenweg 7", "[address], [address]"),
        ("Vivo en la calle Mayor 3, 28013 Madrid", "Vivo en la [address]"),
        ("Calle de la Cruz, nº 4", "[address]"),
        ("J'habite 12 rue de la Paix, 75002 Paris", "J'habite [address]"),
        ("12 bis, avenue Foch", "[address]"),
    ] {
        for language in ALL {
            assert_eq!(Blind::of(language, &lists, &[]).blind(text).text, expected);
        }
        assert_eq!(Blind::of_contacts(&lists, &[]).blind(text).text, expected);
    }
    for text in [
        "In 2019 Wall Street fell by 12 percent",
        "for 50000 Users in 12 Teams, 10000 Kunden",
        "wir belegten Platz 3 am Arbeitsplatz 5 hatte",
        "3 place de march, une route 4 et 5 avenue",
        "12 Main Ideas, Street 5",
        "Engineering 24/7, Monitoring 12",
    ] {
        for language in ALL {
            assert_eq!(Blind::of(language, &lists, &[]).blind(text).text, text);
        }
    }
}

#[test]
fn whose_resume_it_is_stands_at_its_head() {
    let head = |text: &str| {
        let mut blind = Blind::of_contacts(&lists, &[]);
        blind.head(text);
        blind.blind(text).text
    };
    for (text, expected) in [
        ("Zora Neale Hurston\nWriter, zora", "[name]\nWriter, [name]"),
        (
            "\n Curriculum Vitae\n\nZora Hurston, 12 Baker Street\nHurston",
            "\n Curriculum Vitae\n\n[name], [address]\n[name]",
        ),
        ("ZORA\nHURSTON\nWriter of Novels", "[name]\n[name]\nWriter of Novels"),
        ("Senior Engineer\nZora Hurston", "Senior Engineer\n[name]"),
        ("Lebenslauf Zora Hurston", "Lebenslauf [name]"),
        ("born in Leeds\n1\n2\n3\nName: Zora Hurston", "born in Leeds\n1\n2\n3\nName: [name]"),
        ("I bake bread.\n\nIn 2019 I baked more", "I bake bread.\n\nIn 2019 I baked more"),
        ("王小明\n面包师王小明", "[name]\n面包师[name]"),
    ] {
        assert_eq!(head(text), expected);
    }
}
