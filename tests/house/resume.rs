//! Resumes: what is taken and what is refused, whose they are, and that no file is ever left behind.

use futures_executor::block_on;
use serde_json::{Value as Json, json};
use vocahire::coach::resume;
use vocahire::domain::id::{ResumeId, UserId};
use vocahire::edge::Answer;
use vocahire::port::incoming::BodyFailure;

use super::clerk_events::{deliver, event, gone, person, texts};
use super::hall::Hall;
use super::signing::{KEYS, key_set};
use super::world::{Call, Failing, code, header, json as body};

pub const TEXT: &str = "Ann Example\r\nBaker";
pub const PDF: &[u8] = b"%PDF-1.7\r\n\xff\xfe--\r\n";

/// An archive of empty files, with its list alone.
pub fn archive(names: &[&str]) -> Vec<u8> {
    let (mut bytes, two) = (b"PK\x03\x04".to_vec(), |number: usize| u16::try_from(number).unwrap().to_le_bytes());
    let start = bytes.len();
    for name in names {
        let head = [b"PK\x01\x02".as_slice(), &[0; 24], &two(name.len()), &[0; 16]].concat();
        bytes.extend_from_slice(&[&head, name.as_bytes()].concat());
    }
    bytes.extend_from_slice(&[b"PK\x05\x06".as_slice(), &[0; 12], &two(start), &[0; 4]].concat());
    bytes
}

/// What a form holds: a name, of a file its own name and type, and the content.
type Entry<'a> = (&'a str, Option<(&'a str, &'a str)>, &'a [u8]);

pub fn form(entries: &[Entry]) -> Call {
    let mut body = Vec::new();
    for (name, file, content) in entries {
        let mut head = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"");
        if let Some((file_name, kind)) = file {
            head += &format!("; filename=\"{file_name}\"\r\nContent-Type: {kind}");
        }
        body.extend_from_slice(&[head.as_bytes(), b"\r\n\r\n", content, b"\r\n"].concat());
    }
    body.extend_from_slice(b"--b--\r\n");
    Call::of("POST", "/api/resume").with("content-type", "multipart/form-data; boundary=b").body(Ok(&body))
}

pub fn bring(hall: &Hall, user: &str, entries: &[Entry]) -> Answer {
    hall.call_as(user, form(entries))
}

pub fn bring_pdf(hall: &Hall, user: &str) -> Answer {
    bring(hall, user, &[("text", None, TEXT.as_bytes()), ("file", Some(("cv.pdf", "application/pdf")), PDF)])
}

pub fn show(hall: &Hall, user: &str) -> Json {
    let answer = hall.call_as(user, Call::get("/api/resume"));
    assert_eq!(answer.status, 200, "{answer:?}");
    body(&answer)
}

fn delete(hall: &Hall, user: &str) -> Answer {
    hall.call_as(user, Call::of("DELETE", "/api/resume"))
}

fn link(told: &Json) -> Call {
    Call::get(told["resume"]["link"].as_str().expect("a link"))
}

/// Every stored file is named by a resume or is to be deleted, never both, and every resume's file is stored.
fn nothing_is_astray(hall: &Hall, when: &str) {
    let named = texts(hall, "select file from resumes where file is not null");
    let doomed = texts(hall, "select key from doomed_files");
    for key in hall.files.stored.borrow().keys() {
        assert_eq!(named.contains(key), !doomed.contains(key), "{when}: {key} of {named:?} and {doomed:?}");
    }
    for key in &named {
        assert!(hall.files.stored.borrow().contains_key(key) && !doomed.contains(key), "{when}: {key} is named");
    }
}

/// The cron strikes, in a world that is well.
fn night(hall: &Hall) {
    hall.reply(200, &key_set(&[("k1", &KEYS[0])]));
    hall.night();
    hall.replies.borrow_mut().clear();
}

/// After an hour and a night only what is named is there.
fn is_clean(hall: &Hall, when: &str) {
    hall.later(3601);
    night(hall);
    assert_eq!(texts(hall, "select key from doomed_files"), Vec::<String>::new(), "{when}");
    let stored: Vec<String> = hall.files.stored.borrow().keys().cloned().collect();
    assert_eq!(stored, texts(hall, "select file from resumes where file is not null"), "{when}");
}

#[test]
fn a_text_is_kept_shown_replaced_and_deleted() {
    let hall = Hall::new(&[]);
    assert_eq!(show(&hall, "user_1"), json!({ "resume": null, "convert": false }));
    let told = bring(&hall, "user_1", &[("text", None, " Re\u{301}sume\u{301}\r\n\r\n\tBaker\u{200b} \0".as_bytes())]);
    let (at, told) = (vocahire::domain::millis::Millis::new(hall.now.get()).iso(), (told.status, body(&told)));
    let id = told.1["resume"]["id"].as_str().unwrap().to_owned();
    let resume = json!({
        "id": id, "name": null, "type": "text", "bytes": 16, "characters": 14, "text": "Résumé\n\n Baker",
        "uploadedAt": at, "link": null, "linkExpiresAt": null, "analysis": null,
    });
    assert_eq!(told, (201, json!({ "resume": resume, "convert": false })));
    assert_eq!(show(&hall, "user_1"), told.1);
    let next = body(&bring(&hall, "user_1", &[("text", None, b"Another")]));
    assert_ne!(next["resume"]["id"], id.as_str());
    assert_eq!(show(&hall, "user_1")["resume"]["text"], "Another");
    assert_eq!(body(&delete(&hall, "user_1")), json!({ "deleted": true }));
    assert_eq!(show(&hall, "user_1")["resume"], json!(null));
    assert_eq!(delete(&hall, "user_1").status, 200, "a repeat is told the same");
}

#[test]
fn a_file_is_handed_over_by_its_link_alone_and_for_five_minutes() {
    let hall = Hall::new(&[]);
    let told = bring(
        &hall,
        "user_1",
        &[("file", Some(("Bäcker\u{202e} 1.pdf", "application/pdf")), PDF), ("text", None, TEXT.as_bytes())],
    );
    assert_eq!(told.status, 201, "{told:?}");
    let told = body(&told);
    let resume = &told["resume"];
    assert_eq!((&resume["name"], &resume["type"]), (&json!("Bäcker 1.pdf"), &json!("pdf")));
    assert_eq!((&resume["bytes"], &resume["text"]), (&json!(PDF.len()), &json!("Ann Example\nBaker")));
    assert_eq!(hall.files.stored.borrow().values().collect::<Vec<_>>(), [&(PDF.to_vec(), "application/pdf")]);
    let answer = hall.call(link(&told));
    assert_eq!((answer.status, hall.files.handed_over.take().as_deref()), (200, Some(PDF)));
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("content-disposition", "attachment; filename=\"B_cker 1.pdf\"; filename*=UTF-8''B%C3%A4cker%201.pdf"),
        ("content-security-policy", "default-src 'none'; sandbox"),
    ] {
        assert_eq!(header(&answer, name), Some(value));
    }
    let path = resume["link"].as_str().unwrap();
    let short = path.get(..path.len() - 1).unwrap();
    for forged in [&format!("{path}A"), &path.replace("/files/", "/files/e"), short, "/api/files/x"] {
        assert_eq!(code(&hall.call(Call::get(forged))), "404 not_found", "{forged}");
    }
    hall.later(299);
    assert_eq!(hall.call(Call::get(path)).status, 200);
    hall.later(1);
    assert_eq!(code(&hall.call(Call::get(path))), "404 not_found");
    let fresh = show(&hall, "user_1");
    delete(&hall, "user_1");
    assert_eq!(code(&hall.call(link(&fresh))), "404 not_found", "a link outlives no file");
    let lines = hall.lines.borrow().join("\n");
    for word in ["Ann", "Baker", "Bäcker", "resumes/", path.get(11..60).unwrap()] {
        assert!(!lines.contains(word), "{word}");
    }
}

#[test]
fn what_is_no_resume_is_refused() {
    let hall = Hall::new(&[]);
    let file = |name, kind| Some((name, kind));
    let long = "x".repeat(100_001);
    let raw = "\u{200b}".repeat(400_000);
    let too_large = [PDF, &vec![b' '; 10 * 1024 * 1024 + 1 - PDF.len()]].concat();
    let text = ("text", None, TEXT.as_bytes());
    for (entries, told) in [
        (vec![], "422 unprocessable empty"),
        (vec![("text", None, b" \r\n\0".as_slice())], "422 unprocessable empty"),
        (vec![("text", None, long.as_bytes())], "422 unprocessable too_long"),
        (vec![("text", None, raw.as_bytes())], "422 unprocessable too_long"),
        (vec![("text", None, b"\xff")], "400 bad_request "),
        (vec![("text", file("a.txt", ""), b"x")], "400 bad_request "),
        (vec![("file", None, PDF)], "400 bad_request "),
        (vec![("other", None, b"x")], "400 bad_request "),
        (vec![text, ("file", file("a.pdf", ""), b"\x89PNG\r\n")], "415 unsupported_media_type "),
        (vec![text, ("file", file("a.doc", ""), b"\xd0\xcf\x11\xe0")], "415 unsupported_media_type "),
        (vec![text, ("file", file("a.docx", ""), PDF)], "422 unprocessable mismatch"),
        (vec![text, ("file", file("a", "text/plain"), PDF)], "422 unprocessable mismatch"),
        (vec![text, ("file", file("a.pdf", ""), &too_large)], "413 too_large "),
        (vec![("file", file("a.pdf", ""), PDF)], "422 unprocessable empty"),
        (vec![("file", file("a.pdf", ""), PDF), ("convert", None, b"no")], "422 unprocessable empty"),
        (vec![("file", file("a.pdf", ""), PDF), ("convert", None, b"yes")], "503 not_configured "),
    ] {
        let answer = bring(&hall, "user_1", &entries);
        let reason = body(&answer)["reason"].as_str().unwrap_or_default().to_owned();
        assert_eq!(format!("{} {reason}", code(&answer)), told);
    }
    let multipart = "multipart/form-data; boundary=b";
    let sent = |kind, body| Call::of("POST", "/api/resume").with("content-type", kind).body(body);
    for (call, told) in [
        (sent("application/json", Ok(b"{}".as_slice())), "415 unsupported_media_type"),
        (sent("multipart/form-data", Ok(b"--b--")), "400 bad_request"),
        (sent(multipart, Ok(b"--c--")), "400 bad_request"),
        (sent(multipart, Err(BodyFailure::TooLarge)), "413 too_large"),
        (sent(multipart, Err(BodyFailure::Broken)), "400 bad_request"),
    ] {
        assert_eq!(code(&hall.call_as("user_1", call)), told);
    }
    assert_eq!(show(&hall, "user_1")["resume"], json!(null));
    assert!(hall.files.stored.borrow().is_empty() && texts(&hall, "select key from doomed_files").is_empty());
}

#[test]
fn a_text_file_speaks_for_itself_and_no_file_is_none() {
    let hall = Hall::new(&[]);
    let told = body(&bring(&hall, "user_1", &[("file", Some(("cv.md", "")), "\u{feff}# Bäckerin".as_bytes())]));
    assert_eq!((&told["resume"]["type"], &told["resume"]["text"]), (&json!("text"), &json!("# Bäckerin")));
    assert_eq!(header(&hall.call(link(&told)), "content-type"), Some("text/plain; charset=utf-8"));
    let nothing = ("file", Some(("", "application/octet-stream")), b"".as_slice());
    let told = body(&bring(&hall, "user_1", &[("text", None, b"Typed"), nothing]));
    assert_eq!((&told["resume"]["link"], &told["resume"]["name"]), (&json!(null), &json!(null)));
    is_clean(&hall, "the old file is gone");
}

#[test]
fn a_resume_is_its_owners_alone() {
    let hall = Hall::new(&[]);
    let told = body(&bring_pdf(&hall, "user_1"));
    assert_eq!(show(&hall, "user_2")["resume"], json!(null));
    assert_eq!(delete(&hall, "user_2").status, 200);
    let analysis = Call::of("POST", "/api/resume/analysis").with("content-type", "application/json").body(Ok(b"{}"));
    assert_eq!(code(&hall.call_as("user_2", analysis)), "404 not_found");
    assert_eq!(hall.call(link(&told)).status, 200);
    let id = ResumeId::parse(told["resume"]["id"].as_str().unwrap()).unwrap();
    let read = |user: &str, id: &ResumeId| {
        block_on(resume::text_for(&hall.visit(), &UserId::parse(user).unwrap(), id)).expect("an answer")
    };
    assert_eq!(read("user_1", &id).as_deref(), Some("Ann Example\nBaker"));
    assert_eq!(read("user_2", &id), None);
    let long = "ä".repeat(12_001);
    let next = body(&bring(&hall, "user_1", &[("text", None, long.as_bytes())]));
    assert_eq!(read("user_1", &id), None, "another has taken its place");
    let next = ResumeId::parse(next["resume"]["id"].as_str().unwrap()).unwrap();
    assert_eq!(read("user_1", &next).unwrap().chars().count(), 12_000);
}

/// Breaks off before and after each effect of an action, each time in a house of its own.
fn broken_off(action: fn(&Hall) -> Answer, done: u16, check: fn(&Hall, &str)) {
    let ways = (1..=5).flat_map(|n| [Failing::Before(n), Failing::After(n)]);
    for (way, files) in ways.flat_map(|way| [(way, false), (way, true)]) {
        let when = format!("{way:?} of {}", if files { "files" } else { "D1" });
        let hall = Hall::new(&[]);
        bring_pdf(&hall, "user_1");
        hall.files.fail(if files { way } else { Failing::No });
        hall.failing.set(if files { Failing::No } else { way });
        let answer = action(&hall);
        hall.files.fail(Failing::No);
        hall.failing.set(Failing::No);
        assert!(answer.status == 503 || answer.status == done, "{when}: {answer:?}");
        nothing_is_astray(&hall, &when);
        if answer.status == done {
            check(&hall, &when);
        }
        assert_eq!(action(&hall).status, done, "{when}: done again");
        check(&hall, &when);
        nothing_is_astray(&hall, &when);
        is_clean(&hall, &when);
    }
}

#[test]
fn an_upload_that_breaks_off_leaves_no_file_behind() {
    broken_off(
        |hall| bring(hall, "user_1", &[("file", Some(("new.txt", "text/plain")), b"New")]),
        201,
        |hall, when| assert_eq!(show(hall, "user_1")["resume"]["text"], "New", "{when}"),
    );
}

#[test]
fn a_deletion_says_so_only_when_row_and_file_are_gone() {
    broken_off(
        |hall| delete(hall, "user_1"),
        200,
        |hall, when| {
            assert_eq!(show(hall, "user_1")["resume"], json!(null), "{when}");
            assert!(hall.files.stored.borrow().is_empty(), "{when}");
        },
    );
}

#[test]
fn what_is_away_is_told_as_such() {
    let hall = Hall::new(&[]);
    bring_pdf(&hall, "user_1");
    hall.failing.set(Failing::Before(1));
    assert_eq!(code(&hall.call_as("user_1", Call::get("/api/resume"))), "503 database_error");
    assert_eq!(code(&bring_pdf(&hall, "user_1")), "503 database_error");
    assert_eq!(code(&delete(&hall, "user_1")), "503 database_error");
    hall.failing.set(Failing::No);
    hall.files.fail(Failing::Before(1));
    assert_eq!(code(&bring_pdf(&hall, "user_1")), "503 files_unavailable");
    assert_eq!(code(&delete(&hall, "user_1")), "503 files_unavailable");
    assert_eq!(show(&hall, "user_1")["resume"], json!(null), "the row went first");
    night(&hall);
    assert_eq!(hall.files.stored.borrow().len(), 1, "the cron cannot do it either");
    hall.files.fail(Failing::No);
    night(&hall);
    assert!(hall.files.stored.borrow().is_empty(), "the next one can");
}

#[test]
fn an_upload_under_way_is_not_swept() {
    let hall = Hall::new(&[]);
    hall.failing.set(Failing::Before(2));
    assert_eq!(code(&bring_pdf(&hall, "user_1")), "503 database_error");
    hall.failing.set(Failing::No);
    assert_eq!(delete(&hall, "user_1").status, 200);
    night(&hall);
    assert_eq!(hall.files.stored.borrow().len(), 1, "it could still be written down");
    is_clean(&hall, "it was not");
}

#[test]
fn a_closed_account_has_no_resume_and_takes_none() {
    let hall = Hall::new(&[]);
    bring_pdf(&hall, "user_1");
    for _ in 0..9 {
        hall.reply(404, "");
    }
    assert_eq!(hall.call_as("user_1", Call::of("DELETE", "/api/me")).status, 200);
    hall.pass(30);
    assert!(hall.files.stored.borrow().is_empty());
    assert_eq!(texts(&hall, "select person from resumes"), Vec::<String>::new());
    assert_eq!(code(&bring_pdf(&hall, "user_1")), "401 account_closed", "a token lives on for a minute");
    nothing_is_astray(&hall, "an upload after the end");
    is_clean(&hall, "an upload after the end");
}

#[test]
fn clerk_is_told_yes_only_when_the_resume_is_gone() {
    for user in ["user_1", "user_7"] {
        let hall = Hall::new(&[]);
        if user == "user_1" {
            assert_eq!(deliver(&hall, "msg_0", &event("user.updated", person(user, "Ann", 20))).status, 200);
        }
        bring_pdf(&hall, user);
        let ended = event("user.deleted", gone(user));
        let send = || deliver(&hall, "msg_1", &ended);
        hall.files.fail(Failing::Before(1));
        hall.interviews.real.set(false);
        assert_eq!(code(&send()), "503 files_unavailable", "{user}");
        hall.files.fail(Failing::No);
        assert_eq!(send().status, 200, "{user}");
        assert!(hall.files.stored.borrow().is_empty(), "{user}");
        assert_eq!(texts(&hall, "select person from resumes"), Vec::<String>::new(), "{user}");
    }
}
