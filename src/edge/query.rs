//! The query of an address, split by hand: the platform's `Url` costs more than all other work on a request.

/// The first value under `name`, decoded. What does not decode to UTF-8 is not there.
pub fn value(query: &str, name: &str) -> Option<String> {
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.filter(|(key, _)| decode(key).as_deref() == Some(name)).find_map(|(_, value)| decode(value))
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => digit(rest.next()?)?.checked_mul(16)?.checked_add(digit(rest.next()?)?)?,
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_and_decoded() {
        for (query, found) in [
            ("kind=panic", Some("panic")),
            ("a=1&kind=panic&kind=error", Some("panic")),
            ("kind=a%20b+c%C3%A9", Some("a b cé")),
            ("%6Bind=x", Some("x")),
            ("kind", Some("")),
            ("", None),
            ("kinds=x", None),
            ("kind=%", None),
            ("kind=%f", None),
            ("kind=%zz", None),
            ("kind=%FF", None),
            ("kind=%FF&kind=ok", Some("ok")),
        ] {
            assert_eq!(value(query, "kind").as_deref(), found, "{query}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_query_is_answered(query in "\\PC{0,200}") {
            let _ = value(&query, "kind");
        }

        #[test]
        fn what_is_encoded_comes_back(text in "\\PC{0,40}") {
            let encoded: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
            proptest::prop_assert_eq!(value(&format!("x=1&kind={encoded}"), "kind"), Some(text));
        }
    }
}
