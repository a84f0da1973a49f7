//! The way to a file, for a few minutes: a text that says which one, what it is called and of what type it is.

use super::file::{Kind, disposition};
use crate::domain::millis::Millis;
use crate::domain::seal::{self, Purpose};

pub const GOOD_FOR: Millis = Millis::of_seconds(5 * 60);
/// A key, a name of 120 characters of four bytes, a word and a time: some 600 bytes, and a third more for base64.
const FILE: Purpose = Purpose { label: "vocahire file 1", most: 2048 };

/// A file to be handed over: to be kept, never to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub key: String,
    pub content_type: &'static str,
    pub disposition: String,
}

/// Until when, of what kind, which one, and by what name: that may have spaces in it. None without a secret.
pub fn make(secrets: &[String], key: &str, kind: &str, name: &str, expires: Millis) -> Option<String> {
    seal::sign(secrets, &FILE, format!("{} {kind} {key} {name}", expires.count()).as_bytes())
}

/// None, when it is not ours, or not for this, or too old: nobody learns which.
pub fn open(secrets: &[String], text: &str, now: Millis) -> Option<Link> {
    let payload = String::from_utf8(seal::check(secrets, &FILE, text).ok()?).ok()?;
    let mut parts = payload.splitn(4, ' ');
    let expires = Millis::new(parts.next()?.parse().ok()?);
    let content_type = Kind::parse(parts.next()?)?.content_type();
    let key = parts.next()?.to_owned();
    (now < expires).then_some(Link { key, content_type, disposition: disposition(parts.next()?) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis::of_seconds(1_800_000_000);

    fn link(name: &str) -> Link {
        let content_type = Kind::Pdf.content_type();
        Link { key: "resumes/res_1".to_owned(), content_type, disposition: disposition(name) }
    }

    fn made(secrets: &[String], name: &str, expires: Millis) -> Option<String> {
        make(secrets, "resumes/res_1", "pdf", name, expires)
    }

    #[test]
    fn a_link_opens_its_file_until_it_expires() {
        let secrets = ["s".repeat(32)];
        let expires = NOW.plus(Millis::new(1));
        let text = made(&secrets, "Bäckerin  1.pdf", expires).unwrap();
        assert_eq!(open(&secrets, &text, NOW), Some(link("Bäckerin  1.pdf")));
        assert_eq!(open(&secrets, &text, expires), None);
        assert_eq!(open(&["t".repeat(32)], &text, NOW), None);
        assert_eq!(made(&[], "a.pdf", expires), None);
    }

    #[test]
    fn a_changed_byte_or_anothers_purpose_opens_nothing() {
        let secrets = ["s".repeat(32)];
        let text = made(&secrets, "a.pdf", NOW.plus(GOOD_FOR)).unwrap();
        for at in 0..text.len() {
            for with in ["A", "b", "0", "-", "."] {
                let mut changed = text.clone();
                changed.replace_range(at..=at, with);
                assert!(changed == text || open(&secrets, &changed, NOW).is_none(), "{at} {with}");
            }
        }
        let payload = format!("{} pdf resumes/res_1 a.pdf", NOW.plus(GOOD_FOR).count());
        let signed = |label, payload: &str| seal::sign(&secrets, &Purpose { label, most: 2048 }, payload.as_bytes());
        assert_eq!(open(&secrets, &signed(FILE.label, &payload).unwrap(), NOW), Some(link("a.pdf")));
        for label in ["vocahire ticket 1", "vocahire room key 1", "vocahire receipt 1"] {
            assert_eq!(open(&secrets, &signed(label, &payload).unwrap(), NOW), None, "{label}");
        }
        for odd in ["", "9 pdf k", "9 exe k n", "x pdf k n", " 9 pdf k n", "9.5 pdf k n"] {
            assert_eq!(open(&secrets, &signed(FILE.label, odd).unwrap(), Millis::new(0)), None, "{odd}");
        }
    }

    #[test]
    fn the_longest_name_fits() {
        let secrets = ["s".repeat(32)];
        let name = "🍞".repeat(115) + ".docx";
        let key = format!("resumes/res_{}", "f".repeat(32));
        let text = make(&secrets, &key, "docx", &name, NOW.plus(GOOD_FOR)).unwrap();
        assert_eq!(open(&secrets, &text, NOW).map(|link| link.key), Some(key));
    }
}
