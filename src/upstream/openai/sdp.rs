//! A browser's offer (RFC 8866, RFC 8829). Passed on byte for byte or refused with a reason: what we would have to
//! repair is not ours to send on. What a line says beyond what is named here is between browser and OpenAI.

/// Chromium writes some 3 KiB and Firefox some 4; the rest is for candidates.
pub const MOST: usize = 64 * 1024;
/// Some 80, and a few more for each network and each relay.
const MOST_LINES: usize = 1000;
/// The longest of a browser's, the parameters of a codec or a candidate, are below 300 bytes.
const LONGEST_LINE: usize = 1024;

const DIRECTIONS: [&str; 4] = ["a=sendrecv", "a=sendonly", "a=recvonly", "a=inactive"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Not so without a microphone: an interview by text.
    pub sends_audio: bool,
}

pub fn check(offer: &str) -> Result<Offer, &'static str> {
    let lines = lines(offer)?;
    let mut parts = lines.chunk_by(|_, next| !next.starts_with("m="));
    let session = parts.next().ok_or("it is empty")?;
    is_head(session)?;
    let sections: Vec<&[&str]> = parts.collect();
    let [first, second] = sections.as_slice() else { return Err("not one section of audio and one of data") };
    let mut sends_audio = None;
    let mut has_data = false;
    for section in [first, second] {
        match media(section).ok_or("a section of no known form")? {
            Media::Audio if sends_audio.is_none() => sends_audio = Some(sends(section, session)?),
            Media::Data if !has_data => has_data = true,
            _ => return Err("not one section of audio and one of data"),
        }
    }
    has_transport(first, session)?;
    if !is_bundle_only(second) {
        has_transport(second, session)?;
    }
    Ok(Offer { sends_audio: sends_audio.unwrap_or_default() })
}

/// A letter, `=` and plain ASCII in each, and an end to the last: none that another reader would split elsewhere.
fn lines(offer: &str) -> Result<Vec<&str>, &'static str> {
    if offer.len() > MOST {
        return Err("it is too large");
    }
    let whole = offer.strip_suffix('\n').ok_or("the last line has no end")?;
    let lines: Vec<&str> = whole.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    if lines.len() > MOST_LINES {
        return Err("it has too many lines");
    }
    for line in &lines {
        if line.len() > LONGEST_LINE {
            return Err("a line is too long");
        }
        if !line.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
            return Err("a character that has no place in it");
        }
        if !matches!(line.as_bytes(), [b'a'..=b'z', b'=', _, ..]) {
            return Err("a line of no form");
        }
    }
    Ok(lines)
}

fn is_head(session: &[&str]) -> Result<(), &'static str> {
    let [version, origin, name, rest @ ..] = session else { return Err("it has no head") };
    let sound = *version == "v=0" && origin.starts_with("o=") && name.starts_with("s=");
    let timed = rest.iter().filter(|line| line.starts_with("t=")).count() == 1;
    if sound && timed { Ok(()) } else { Err("its head has another form") }
}

enum Media {
    Audio,
    Data,
}

/// By the line that opens it, TCP where nothing else was found. Port 0 says no, unless another section lends its port.
fn media(section: &[&str]) -> Option<Media> {
    let mut words = section.first()?.strip_prefix("m=")?.split(' ');
    let (kind, port, protocol) = (words.next()?, words.next()?, words.next()?);
    let formats: Vec<&str> = words.collect();
    let port: u16 = port.parse().ok()?;
    if port == 0 && !is_bundle_only(section) {
        return None;
    }
    match kind {
        "audio" => {
            let known = protocol == "UDP/TLS/RTP/SAVPF" || protocol == "TCP/DTLS/RTP/SAVPF";
            let sound = !formats.is_empty() && formats.iter().all(|format| format.parse::<u8>().is_ok());
            (known && sound).then_some(Media::Audio)
        }
        "application" => {
            let known = protocol == "UDP/DTLS/SCTP" || protocol == "TCP/DTLS/SCTP";
            (known && formats == ["webrtc-datachannel"]).then_some(Media::Data)
        }
        _ => None,
    }
}

fn is_bundle_only(section: &[&str]) -> bool {
    section.contains(&"a=bundle-only")
}

/// Whether a microphone is offered. An interviewer whom nobody hears is no interview.
fn sends(audio: &[&str], session: &[&str]) -> Result<bool, &'static str> {
    let named = |part: &[&str]| -> Vec<&str> { DIRECTIONS.into_iter().filter(|line| part.contains(line)).collect() };
    let own = named(audio);
    match if own.is_empty() { named(session) } else { own }.as_slice() {
        [] | ["a=sendrecv"] => Ok(true),
        ["a=recvonly"] => Ok(false),
        _ => Err("audio in no direction that serves"),
    }
}

/// What ICE and DTLS need, in the section or for all of them.
fn has_transport(section: &[&str], session: &[&str]) -> Result<(), &'static str> {
    let ice = |name: &str, length: std::ops::RangeInclusive<usize>| match values(section, session, name).as_slice() {
        [value] => length.contains(&value.len()) && value.bytes().all(is_ice),
        _ => false,
    };
    if !ice("a=ice-ufrag:", 4..=256) || !ice("a=ice-pwd:", 22..=256) {
        return Err("no ice-ufrag or ice-pwd");
    }
    if !values(section, session, "a=fingerprint:").iter().any(|value| is_sha256(value)) {
        return Err("no fingerprint of sha-256");
    }
    if values(section, session, "a=setup:") != ["actpass"] {
        return Err("no setup:actpass");
    }
    Ok(())
}

fn values<'a>(section: &[&'a str], session: &[&'a str], name: &str) -> Vec<&'a str> {
    let of = |lines: &[&'a str]| lines.iter().filter_map(|line| line.strip_prefix(name)).collect();
    let own: Vec<&str> = of(section);
    if own.is_empty() { of(session) } else { own }
}

fn is_ice(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/'
}

/// `sha-256` and 32 pairs of hexadecimal digits with colons between.
fn is_sha256(value: &str) -> bool {
    let Some((kind, print)) = value.split_once(' ') else { return false };
    let pairs = || print.split(':');
    kind.eq_ignore_ascii_case("sha-256")
        && pairs().count() == 32
        && pairs().all(|pair| pair.len() == 2 && pair.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests;
