use proptest::prelude::*;

use super::*;

/// An archive of empty files, stored as they are.
pub fn archive(names: &[&str]) -> Vec<u8> {
    let two = |number: usize| u16::try_from(number).unwrap().to_le_bytes();
    let four = |number: usize| u32::try_from(number).unwrap().to_le_bytes();
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for name in names {
        let at = bytes.len();
        bytes.extend_from_slice(b"PK\x03\x04");
        bytes.extend_from_slice(&[0; 22]);
        bytes.extend_from_slice(&[two(name.len()), two(0)].concat());
        bytes.extend_from_slice(name.as_bytes());
        list.extend_from_slice(b"PK\x01\x02");
        list.extend_from_slice(&[0; 24]);
        list.extend_from_slice(&[two(name.len()), two(4), two(2)].concat());
        list.extend_from_slice(&[0; 8]);
        list.extend_from_slice(&four(at));
        list.extend_from_slice(name.as_bytes());
        list.extend_from_slice(&[0; 6]);
    }
    let at = bytes.len();
    bytes.extend_from_slice(&list);
    bytes.extend_from_slice(b"PK\x05\x06");
    bytes.extend_from_slice(&[two(0), two(0), two(names.len()), two(names.len())].concat());
    bytes.extend_from_slice(&[four(list.len()), four(at)].concat());
    bytes.extend_from_slice(&two(0));
    bytes
}

#[test]
fn a_file_is_what_stands_in_it() {
    let word = archive(&["[Content_Types].xml", "word/document.xml", "word/styles.xml"]);
    let commented = [&word[..word.len() - 2], &[3, 0], b"abc"].concat();
    let late = [b" ".repeat(1019), b"%PDF-1.4".to_vec()].concat();
    for (bytes, kind) in [
        (b"%PDF-1.7\r\n%\xe2\xe3".to_vec(), Some(Kind::Pdf)),
        (late.clone(), Some(Kind::Pdf)),
        ([b" ", late.as_slice()].concat(), Some(Kind::Text)),
        ([b"\0", late.as_slice()].concat(), None),
        (word.clone(), Some(Kind::Docx)),
        (commented, Some(Kind::Docx)),
        (archive(&["xl/workbook.xml", "word/document.xml.rels"]), None),
        (archive(&[]), None),
        ([b"x", word.as_slice()].concat(), None),
        (word[..word.len() - 6].to_vec(), None),
        (b"PK\x03\x04 word/document.xml".to_vec(), None),
        ("Ann Beispiel\r\n\tBäckerin\n\u{c}".as_bytes().to_vec(), Some(Kind::Text)),
        ("\u{feff}Ann".as_bytes().to_vec(), Some(Kind::Text)),
        (Vec::new(), Some(Kind::Text)),
        (b"Ann\0".to_vec(), None),
        (b"Ann\x1b[0m".to_vec(), None),
        (b"B\xe4ckerin".to_vec(), None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), None),
        (b"\x89PNG\r\n\x1a\n".to_vec(), None),
    ] {
        assert_eq!(Kind::of(&bytes), kind, "{:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_name_or_a_type_that_says_otherwise_is_noticed() {
    for (kind, name, declared, contradiction) in [
        (Kind::Pdf, "cv.pdf", "application/pdf", false),
        (Kind::Pdf, "CV.PDF", "application/octet-stream", false),
        (Kind::Pdf, "cv", "", false),
        (Kind::Pdf, "cv.docx.pdf", "application/x-pdf", false),
        (Kind::Pdf, "cv.docx", "", true),
        (Kind::Pdf, "cv.txt", "", true),
        (Kind::Pdf, "cv", "text/plain; charset=utf-8", true),
        (Kind::Docx, "cv.docx", Kind::Docx.content_type(), false),
        (Kind::Docx, "cv.docx", "Application/PDF", true),
        (Kind::Text, "cv.md", "text/markdown", false),
        (Kind::Text, "cv.text", "text/plain", false),
        (Kind::Text, "cv.pdf", "text/plain", true),
    ] {
        assert_eq!(kind.contradicts(name, declared), contradiction, "{kind:?} {name} {declared}");
    }
}

#[test]
fn a_name_is_harmless_and_has_its_ending() {
    let long = "ä".repeat(300);
    for (kind, raw, name) in [
        (Kind::Pdf, "cv.pdf", Some("cv.pdf".to_owned())),
        (Kind::Pdf, "Ann\u{202e}fdp.exe", Some("Annfdp.exe.pdf".to_owned())),
        (Kind::Pdf, "C:\\Users\\Ann\\my  cv.PDF", Some("my cv.PDF".to_owned())),
        (Kind::Docx, "../../etc/passwd", Some("passwd.docx".to_owned())),
        (Kind::Text, "résumé \"new\";a\r\nb.md", Some("résumé _new__a b.md".to_owned())),
        (Kind::Pdf, ".pdf", Some("pdf.pdf".to_owned())),
        (Kind::Pdf, " ... ", None),
        (Kind::Pdf, "", None),
        (Kind::Pdf, &format!("{long}.pdf"), Some(format!("{}.pdf", "ä".repeat(116)))),
        (Kind::Pdf, &long, Some(format!("{}.pdf", "ä".repeat(116)))),
    ] {
        assert_eq!(kind.name(raw), name, "{raw}");
    }
}

#[test]
fn the_name_travels_in_both_spellings() {
    assert_eq!(disposition("cv 1.pdf"), "attachment; filename=\"cv 1.pdf\"; filename*=UTF-8''cv%201.pdf");
    let told = "attachment; filename=\"B_ckerin_.pdf\"; filename*=UTF-8''B%C3%A4ckerin%F0%9F%8D%9E.pdf";
    assert_eq!(disposition("Bäckerin🍞.pdf"), told);
}

proptest! {
    #[test]
    fn any_bytes_are_judged(bytes in any::<Vec<u8>>(), tail in any::<Vec<u8>>()) {
        let _ = Kind::of(&bytes);
        let _ = Kind::of(&[b"PK\x03\x04", bytes.as_slice(), b"PK\x05\x06", tail.as_slice()].concat());
        let mut word = archive(&["word/document.xml"]);
        for (at, byte) in bytes.iter().enumerate().take(word.len()) {
            word[at] ^= byte & tail.get(at).unwrap_or(&0);
        }
        let _ = Kind::of(&word);
    }

    #[test]
    fn any_name_makes_a_header_of_one_line(raw in any::<String>(), kind in prop::sample::select(KINDS.to_vec())) {
        if let Some(name) = kind.name(&raw) {
            prop_assert!(name.chars().count() <= LONGEST_NAME && kind.is_called(&name), "{name}");
            prop_assert!(!name.chars().any(|c| c.is_control() || "/\\\"<>|:*?%;".contains(c)), "{name}");
            let told = disposition(&name);
            prop_assert!(told.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()), "{told}");
            prop_assert_eq!(told.matches('"').count(), 2);
            prop_assert_eq!(kind.name(&name), Some(name));
        }
    }
}
