use proptest::prelude::*;

use super::*;

const TYPE: &str = "multipart/form-data; boundary=----WebKitFormBoundaryA1b2C3d4E5f6G7h8";
const BOUNDARY: &str = "----WebKitFormBoundaryA1b2C3d4E5f6G7h8";

/// What a `FormData` holds: a text, or a file with its name and type.
#[derive(Clone, Debug)]
struct Entry {
    name: String,
    file: Option<(String, String)>,
    content: Vec<u8>,
}

fn text(name: &str, content: &str) -> Entry {
    Entry { name: name.to_owned(), file: None, content: content.as_bytes().to_vec() }
}

fn file(name: &str, file_name: &str, kind: &str, content: &[u8]) -> Entry {
    let file = Some((file_name.to_owned(), kind.to_owned()));
    Entry { name: name.to_owned(), file, content: content.to_vec() }
}

/// As the standard says that browsers write it.
fn written(boundary: &str, entries: &[Entry]) -> Vec<u8> {
    let spelled = |text: &str| text.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22");
    let mut body = Vec::new();
    for Entry { name, file, content } in entries {
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", spelled(name));
        if let Some((file_name, kind)) = file {
            head += &format!("; filename=\"{}\"\r\nContent-Type: {kind}", spelled(file_name));
        }
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(b"\r\n\r\n");
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body
}

fn told(parts: &[Part]) -> Vec<Entry> {
    let told = |part: &Part| {
        let file = part.file_name.clone().map(|name| (name, part.kind.to_owned()));
        Entry { name: part.name.clone(), file, content: part.content.to_vec() }
    };
    parts.iter().map(told).collect()
}

type Seen<'a> = (&'a str, &'a Option<(String, String)>, &'a [u8]);

fn seen(entries: &[Entry]) -> Vec<Seen<'_>> {
    entries.iter().map(|entry| (entry.name.as_str(), &entry.file, entry.content.as_slice())).collect()
}

#[test]
fn a_form_is_read_as_it_was_written() {
    let form = [
        text("text", "Ann Example\r\n\r\n--Baker--\r\n"),
        file("file", "Ann's \"CV\" 100%.pdf", "application/pdf", b"%PDF-1.7\r\n--\xff\r\n------WebKit\r\n"),
        file("more", "", "application/octet-stream", b""),
        text("", ""),
    ];
    let body = written(BOUNDARY, &form);
    assert_eq!(seen(&told(&read(TYPE, &body).unwrap())), seen(&form));
    assert_eq!(read(TYPE, &written(BOUNDARY, &[])), Some(Vec::new()));
    let without_its_last_line = body.strip_suffix(b"\r\n").unwrap();
    assert_eq!(read(TYPE, without_its_last_line).unwrap().len(), 4);
}

#[test]
fn the_boundary_is_one_and_sound() {
    let form = |boundary: &str| written(boundary, &[text("a", "b")]);
    let longest = "x".repeat(70);
    for (content_type, found) in [
        ("multipart/form-data; boundary=abc", Some("abc")),
        ("multipart/form-data;boundary=\"abc\"", Some("abc")),
        ("Multipart/Form-Data; charset=utf-8; BOUNDARY=abc ", Some("abc")),
        ("multipart/form-data; boundary=\"a b\"", Some("a b")),
        (&format!("multipart/form-data; boundary={longest}"), Some(longest.as_str())),
        (&format!("multipart/form-data; boundary={longest}x"), None),
        ("multipart/form-data; boundary=\"a b \"", None),
        ("multipart/form-data; boundary=\"abc", None),
        ("multipart/form-data; boundary=a\"bc", None),
        ("multipart/form-data; boundary=", None),
        ("multipart/form-data; boundary=ab\u{e9}", None),
        ("multipart/form-data; boundary=abc; boundary=abc", None),
        ("multipart/form-data", None),
        ("boundary=abc", None),
        ("", None),
    ] {
        assert_eq!(boundary(content_type), found, "{content_type}");
        assert_eq!(read(content_type, &form(found.unwrap_or("abc"))).is_some(), found.is_some(), "{content_type}");
    }
}

#[test]
fn what_no_browser_sends_is_refused() {
    let part = |head: &str| format!("--b\r\n{head}\r\n\r\nx\r\n--b--\r\n");
    let read = |body: &str| read("multipart/form-data; boundary=b", body.as_bytes()).is_some();
    let good = "Content-Disposition: form-data; name=\"a\"";
    assert!(read(&part(good)));
    for head in [
        "",
        "Content-Type: text/plain",
        "Content-Disposition: form-data",
        "Content-Disposition: form-data; filename=\"a\"",
        "Content-Disposition: form-data; name=a",
        "Content-Disposition: form-data; name=\"a",
        "Content-Disposition: form-data; name=\"a\"; name=\"b\"",
        "Content-Disposition: form-data; name=\"a\"; size=\"1\"",
        "Content-Disposition: form-data; name=\"a\"; filename*=utf-8''a",
        "Content-Disposition: form-data name=\"a\"",
        "Content-Disposition: form-data; name=\"a\" ",
        "Content-Disposition: form-data; name=\"a\\\"b\"",
        "Content-Disposition: attachment; name=\"a\"",
        "Content-Disposition: form-data; name=\"a\nb\"",
        &format!("{good}\r\n{good}"),
        &format!("{good}\r\nContent-Type: multipart/mixed; boundary=c"),
        &format!("{good}\r\nContent-Transfer-Encoding: base64"),
        &format!("{good}\r\n folded"),
        &format!("{good}{}", "a".repeat(LONGEST_HEAD)),
    ] {
        assert!(!read(&part(head)), "{head}");
    }
    for body in [
        "",
        "--b",
        "--b--x",
        "--b--\r\n\r\n",
        "preamble\r\n--b--\r\n",
        "\r\n--b--\r\n",
        "--b\n\n--b--\n",
        "--bb--\r\n",
        &format!("--b\r\n{good}\r\n\r\nx\r\n--b"),
        &format!("--b\r\n{good}\r\n\r\nx\r\n--b \r\n"),
        &format!("--b\r\n{good}\r\n\r\nx--b--\r\n"),
        &format!("--b\r\n{good}\r\n\r\nx\r\n--b--\r\nmore"),
        &format!("--b\r\n{good}\r\nx\r\n--b--\r\n"),
    ] {
        assert!(!read(body), "{body}");
    }
}

#[test]
fn eight_parts_are_enough() {
    let many = |count: usize| written(BOUNDARY, &vec![text("a", "b"); count]);
    assert_eq!(read(TYPE, &many(8)).unwrap().len(), 8);
    assert_eq!(read(TYPE, &many(9)), None);
}

fn name() -> impl Strategy<Value = String> {
    // What is spelled already cannot be told from what had to be.
    "[^\\p{Cc}]{0,40}".prop_filter("a spelling", |name| !["%22", "%0D", "%0A"].iter().any(|word| name.contains(word)))
}

fn entry() -> impl Strategy<Value = Entry> {
    let broken = prop_oneof![Just(Vec::new()), Just(b"\r\n--".to_vec()), any::<Vec<u8>>()];
    let kind = prop_oneof![Just(String::new()), Just("application/pdf".to_owned())];
    let file = prop::option::of((name().prop_map(|name| format!("{name}\r\n\"")), kind));
    (name(), file, broken).prop_map(|(name, file, content)| Entry { name, file, content })
}

proptest! {
    #[test]
    fn any_form_comes_back(entries in prop::collection::vec(entry(), 0..8), tail in "[A-Za-z0-9'()+_,./:=?-]{30,50}") {
        let body = written(&tail, &entries);
        let parts = read(&format!("multipart/form-data; boundary=\"{tail}\""), &body);
        let read = told(&parts.unwrap());
        prop_assert_eq!(seen(&read), seen(&entries));
    }

    #[test]
    fn what_is_cut_off_is_no_form(entries in prop::collection::vec(entry(), 0..4), at: prop::sample::Index) {
        let body = written(BOUNDARY, &entries);
        let whole = body.len() - 2;
        prop_assert_eq!(read(TYPE, &body[..at.index(whole)]), None);
    }

    #[test]
    fn what_is_spoilt_is_answered(
        entries in prop::collection::vec(entry(), 0..4), at: prop::sample::Index, with: u8, kind in any::<String>(),
    ) {
        let mut body = written(BOUNDARY, &entries);
        let at = at.index(body.len());
        body[at] = with;
        let _ = read(TYPE, &body);
        let _ = read(&kind, &body);
        let _ = read(TYPE, kind.as_bytes());
    }
}
