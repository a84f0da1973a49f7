use proptest::prelude::*;

use super::*;
use crate::interview::choice::{Focus, Language, Level, Pace};
use crate::interview::persona::Persona;
use crate::upstream::openai::call::Patience;

const NOW: Millis = Millis::new(1_800_000_000_000);

fn secret(letter: &str) -> String {
    letter.repeat(32)
}

fn wish(title: &str, description: Option<String>) -> Wish {
    Wish {
        job_title: title.to_owned(),
        job_description: description,
        company: None,
        level: Level::Mid,
        focus: Focus::General,
        language: Language::English,
        persona: Persona::Warm,
        minutes: 30,
        patience: Patience::Patient,
        pace: Pace::Slow,
        resume: None,
    }
}

fn ticket() -> Ticket {
    Ticket {
        session: SessionId::parse("ses_1").unwrap(),
        person: UserId::parse("user_1").unwrap(),
        payer: Owner::parse("org_1").unwrap(),
        seconds: 1800,
        direct: false,
        free: true,
        expires: NOW.plus(Millis::of_seconds(60)),
        wish: wish("Baker", None),
    }
}

fn room_key() -> RoomKey {
    let Ticket { session, person, expires, .. } = ticket();
    RoomKey { session, person, expires }
}

fn refused<T>(why: &'static str) -> Result<T, Refusal> {
    Err(Refusal::BadTicket { why })
}

/// Signed as ours are, whatever is in it.
fn signed(purpose: &Purpose, payload: &str) -> String {
    sign(&[secret("a")], purpose, payload.as_bytes()).unwrap()
}

#[test]
fn a_ticket_and_a_key_are_what_they_were() {
    let secrets = [secret("a")];
    assert_eq!(open(&secrets, &seal(&secrets, &ticket()).unwrap(), NOW), Ok(ticket()));
    assert_eq!(read_key(&secrets, &key(&secrets, &room_key()).unwrap(), NOW), Ok(room_key()));
}

#[test]
fn the_form_of_a_key_is_pinned() {
    // p=$(printf '["ses_1","user_1",1800000060000]' | base64), and then
    // printf "vocahire room key 1\0$p" | openssl dgst -sha256 -hmac aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa -binary | base64
    let pinned = "WyJzZXNfMSIsInVzZXJfMSIsMTgwMDAwMDA2MDAwMF0.oLoBPTtZHbltHd391Jfs8cq3FB5GFd9WKAJ8LHVaD3M";
    assert_eq!(key(&[secret("a")], &room_key()).unwrap(), pinned);
}

#[test]
fn a_changed_byte_is_refused_wherever_it_is() {
    let secrets = [secret("a")];
    let good = seal(&secrets, &ticket()).unwrap();
    for at in 0..good.len() {
        for bit in 0..7 {
            let mut bytes = good.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let changed = String::from_utf8(bytes).unwrap();
            assert!(open(&secrets, &changed, NOW).is_err(), "{at} {changed}");
        }
        let (mut without, mut doubled) = (good.clone(), good.clone());
        doubled.insert(at, without.remove(at));
        assert!(open(&secrets, &without, NOW).is_err() && open(&secrets, &doubled, NOW).is_err(), "{at}");
    }
    for behind in ["=", "==", "A", ".", " ", "\n", ".A"] {
        assert!(open(&secrets, &format!("{good}{behind}"), NOW).is_err(), "{behind:?}");
    }
}

#[test]
fn secrets_rotate() {
    let (old, new) = (secret("a"), secret("b"));
    let before = seal(std::slice::from_ref(&old), &ticket()).unwrap();
    let both = [new.clone(), old];
    assert!(open(&both, &before, NOW).is_ok());
    let after = seal(&both, &ticket()).unwrap();
    assert!(open(std::slice::from_ref(&new), &after, NOW).is_ok());
    assert_eq!(open(&[new], &before, NOW), refused("signature"));
    assert_eq!(open(&[], &before, NOW), refused("signature"), "no secret is no permission");
    assert_eq!(seal(&[], &ticket()), Err(Fault::NotConfigured { setting: "TICKET_SECRET" }));
}

#[test]
fn what_is_signed_for_one_purpose_is_worth_nothing_for_another() {
    let secrets = [secret("a")];
    assert_eq!(read_key(&secrets, &seal(&secrets, &ticket()).unwrap(), NOW), refused("signature"));
    assert_eq!(open(&secrets, &key(&secrets, &room_key()).unwrap(), NOW), refused("signature"));
    // Even with what the other one would have in it.
    let payload = r#"["ses_1","user_1",1800000060000]"#;
    assert!(read_key(&secrets, &signed(&ROOM_KEY, payload), NOW).is_ok());
    assert_eq!(read_key(&secrets, &signed(&TICKET, payload), NOW), refused("signature"));
}

#[test]
fn both_end() {
    let secrets = [secret("a")];
    let (ticket, key) = (seal(&secrets, &ticket()).unwrap(), key(&secrets, &room_key()).unwrap());
    let last = NOW.plus(Millis::new(59_999));
    assert!(open(&secrets, &ticket, last).is_ok() && read_key(&secrets, &key, last).is_ok());
    let over = NOW.plus(Millis::new(60_000));
    assert_eq!(open(&secrets, &ticket, over), refused("expired"));
    assert_eq!(read_key(&secrets, &key, over), refused("expired"));
    // Only who holds a true one learns that.
    assert_eq!(open(&[secret("b")], &ticket, over), refused("signature"));
}

#[test]
fn what_is_no_ticket_is_refused() {
    let secrets = [secret("a")];
    for (text, why) in [
        ("", "not two parts"),
        ("no dot", "not two parts"),
        (".", "signature"),
        ("a.", "signature"),
        (".aaaa", "signature"),
        ("a.b.c", "not base64url"),
        ("a.+/==", "not base64url"),
        (&"a".repeat(32 * 1024 + 1), "too long"),
    ] {
        assert_eq!(open(&secrets, text, NOW), refused(why), "{text}");
    }
    assert_eq!(read_key(&secrets, &"a".repeat(1025), NOW), refused("too long"));
    for payload in ["", "{}", "[]", "[\"ses_1\"]", "[\"ses_1\",\"user_1\",\"soon\"]", "[\"1\",\"user_1\",1]"] {
        assert_eq!(read_key(&secrets, &signed(&ROOM_KEY, payload), NOW), refused("payload"), "{payload}");
    }
    assert_eq!(read_key(&secrets, &signed(&ROOM_KEY, "[\"ses_1\",\"org_1\",1]"), NOW), refused("person"));
}

#[test]
fn the_longest_fit() {
    let secrets = [secret("a")];
    let id = "x".repeat(64);
    for letter in ["🥖", "\"", "\n"] {
        let long = Ticket {
            direct: false,
            free: false,
            session: SessionId::parse(&format!("ses_{id}")).unwrap(),
            person: UserId::parse(&format!("user_{id}")).unwrap(),
            payer: Owner::parse(&format!("user_{id}")).unwrap(),
            seconds: i64::MIN,
            expires: Millis::new(i64::MAX),
            wish: Wish { company: Some(letter.repeat(120)), ..wish(&letter.repeat(120), Some(letter.repeat(4000))) },
        };
        assert_eq!(open(&secrets, &seal(&secrets, &long).unwrap(), NOW), Ok(long.clone()));
        let Ticket { session, person, expires, .. } = long;
        let long = RoomKey { session, person, expires };
        assert_eq!(read_key(&secrets, &key(&secrets, &long).unwrap(), NOW), Ok(long));
    }
}

proptest! {
    #[test]
    fn any_wish_comes_back(title in "\\PC{0,120}", lines in proptest::option::of(any::<String>()), seconds: i64) {
        let secrets = [secret("a")];
        let sealed = Ticket { seconds, wish: wish(&title, lines), ..ticket() };
        prop_assert_eq!(open(&secrets, &seal(&secrets, &sealed).unwrap(), NOW), Ok(sealed));
    }

    #[test]
    fn any_text_is_answered(text in "[A-Za-z0-9_.=-]{0,80}|\\PC{0,40}") {
        prop_assert!(open(&[secret("a")], &text, NOW).is_err());
        prop_assert!(read_key(&[secret("a")], &text, NOW).is_err());
    }

    #[test]
    fn a_byte_changed_to_any_other_is_refused(at: prop::sample::Index, other in "[ -~é]") {
        let secrets = [secret("a")];
        let good = key(&secrets, &room_key()).unwrap();
        let at = at.index(good.len());
        let mut changed = good.clone();
        changed.replace_range(at..=at, &other);
        prop_assume!(changed != good);
        prop_assert!(read_key(&secrets, &changed, NOW).is_err());
    }
}
