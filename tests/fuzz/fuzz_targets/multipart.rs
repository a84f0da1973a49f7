//! Any bytes as a form, and any content in a true one: never a panic, what is read stands in the body, and a content
//! that does not hold the boundary comes back as it was.
#![no_main]

use vocahire::edge::multipart;

libfuzzer_sys::fuzz_target!(|parts: (&str, &[u8], &[u8])| {
    let (kind, body, content) = parts;
    let kinds = [kind.to_owned(), "multipart/form-data; boundary=b".to_owned()];
    for kind in &kinds {
        for part in multipart::read(kind, body).into_iter().flatten() {
            assert!(part.content.len() < body.len() && part.kind.len() < body.len());
            assert!(part.content.is_empty() || body.windows(part.content.len()).any(|bytes| bytes == part.content));
        }
    }
    let head = b"--bound\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n".as_slice();
    let form = [head, content, b"\r\n--bound--\r\n"].concat();
    let read = multipart::read("multipart/form-data; boundary=bound", &form);
    if !content.windows(7).any(|bytes| bytes == b"--bound") {
        let read = read.expect("a form");
        assert_eq!((read.len(), read[0].name.as_str(), read[0].file_name.as_deref()), (1, "a", Some("b")));
        assert_eq!(read[0].content, content);
    }
});
