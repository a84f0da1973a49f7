use proptest::prelude::*;

use super::*;

const ACCOUNT: Account = Account { base: "https://api.pdf.co", key: "canary-key" };

fn placed_at(put: &str, url: &str) -> Result<Place, Fault> {
    placed(200, json!({ "presignedUrl": put, "url": url, "error": false, "status": 200 }).to_string().as_bytes())
}

fn place_of(put: &str, url: &str) -> Place {
    Place { put: put.to_owned(), url: url.to_owned() }
}

#[test]
fn the_key_goes_to_the_service_and_nowhere_else() {
    let ask = place(&ACCOUNT);
    let path = "/v1/file/upload/get-presigned-url?contenttype=application/octet-stream&name=resume.pdf";
    assert_eq!(ask.url, format!("https://api.pdf.co{path}"));
    assert_eq!(ask.headers, [("x-api-key", "canary-key".to_owned())]);
    let place = place_of("https://s3.example/put?sig=1", "https://s3.example/get");
    let put = place.ask();
    assert_eq!(put.url, "https://s3.example/put?sig=1");
    assert_eq!(put.headers, [("content-type", "application/octet-stream".to_owned())]);
    let (ask, body) = convert(&ACCOUNT, &place);
    assert_eq!(ask.url, "https://api.pdf.co/v1/pdf/convert/to/text");
    let key = ("x-api-key", "canary-key".to_owned());
    assert_eq!(ask.headers, [key, ("content-type", "application/json".to_owned())]);
    let wish = json!({ "url": "https://s3.example/get", "inline": true, "pages": "0-", "async": false });
    assert_eq!(serde_json::from_slice::<Value>(&body).unwrap(), wish);
}

#[test]
fn a_file_goes_encrypted_or_stays_on_this_machine() {
    for good in ["https://s3.example/a", "http://localhost:8790/put?x=1", "http://127.0.0.1/put"] {
        assert_eq!(placed_at(good, good), Ok(place_of(good, good)), "{good}");
    }
    for bad in [
        "http://s3.example/a",
        "http://localhost.evil.example/a",
        "http://localhost:80@evil.example/a",
        "http://localhost@evil.example/",
        "http://127.0.0.1.evil.example",
        "ftp://localhost/",
        "//s3.example",
        "",
    ] {
        assert_eq!(placed_at(bad, "https://s3.example/a"), Err(wrong("a place without an address")), "{bad}");
        assert!(placed_at("https://s3.example/a", bad).is_err(), "{bad}");
    }
    assert_eq!((taken(200), taken(403)), (Ok(()), Err(wrong("the place answered 403"))));
}

#[test]
fn the_text_is_told_or_why_not() {
    let of = |status: u16, body: &Value| text(status, body.to_string().as_bytes());
    let good = json!({ "body": " Ann\r\n", "pageCount": 1, "error": false, "status": 200, "credits": 2 });
    assert_eq!(of(200, &good), Ok(" Ann\r\n".to_owned()));
    let failed = Unconverted::Failed;
    let no = |status: &str| failed(Fault::ProviderRefused { provider: PROVIDER, why: status.to_owned() });
    let slow = || failed(Fault::ProviderTimeout { provider: PROVIDER });
    let busy = || failed(Fault::ProviderBusy { provider: PROVIDER, retry_after: WAIT });
    for (status, why) in [
        (441, Unconverted::Encrypted),
        (443, Unconverted::Encrypted),
        (442, Unconverted::Unreadable),
        (415, Unconverted::Unreadable),
        (400, no("400")),
        (401, no("401")),
        (402, no("402")),
        (403, no("403")),
        (408, slow()),
        (445, slow()),
        (429, busy()),
        (503, busy()),
        (500, failed(wrong("500"))),
    ] {
        let body = json!({ "error": true, "status": status, "message": "canary of a name" });
        for http in [200, status] {
            assert_eq!(of(http, &body), Err(why.clone()), "{http} {status}");
        }
        assert_eq!(text(status, b"<html>"), Err(why), "{status}");
    }
    for blank in ["", " \r\n\u{c}"] {
        let body = json!({ "body": blank, "error": false, "status": 200 });
        assert_eq!(of(200, &body), Err(Unconverted::Unreadable));
    }
    for odd in [json!({}), json!([]), json!({ "body": "x" }), json!({ "body": "x", "error": true, "status": 200 })] {
        assert_eq!(of(200, &odd), Err(failed(wrong("an answer of no form"))), "{odd}");
    }
    assert_eq!(of(200, &json!({ "error": false })), Err(failed(wrong("no text"))));
    assert_eq!(text(302, b""), Err(failed(wrong("302"))));
}

#[test]
fn no_place_is_told_too() {
    let told = |status: u16| placed(200, json!({ "error": true, "status": status }).to_string().as_bytes());
    assert_eq!(told(402), Err(Fault::ProviderRefused { provider: PROVIDER, why: "402".to_owned() }));
    assert_eq!(told(500), Err(wrong("500")));
    assert_eq!(placed(401, b""), Err(Fault::ProviderRefused { provider: PROVIDER, why: "401".to_owned() }));
}

proptest! {
    #[test]
    fn no_answer_is_too_strange(status: u16, body in any::<Vec<u8>>(), word in any::<String>(), number: i64) {
        let json = json!({ "error": number == 0, "status": number, "body": word, "presignedUrl": word, "url": word });
        for body in [body, json.to_string().into_bytes()] {
            let _ = text(status, &body);
            if let Ok(place) = placed(status, &body) {
                prop_assert!(is_safe(&place.ask().url));
            }
        }
    }
}
