use super::*;
use crate::upstream::openai::call::{Account, Patience, Session, offer};

const CHROMIUM: &str = include_str!("../../../../tests/fixtures/offers/chromium.sdp");
const FIREFOX: &str = include_str!("../../../../tests/fixtures/offers/firefox.sdp");
const SAFARI: &str = include_str!("../../../../tests/fixtures/offers/safari.sdp");
const CHROMIUM_TEXT: &str = include_str!("../../../../tests/fixtures/offers/chromium-text.sdp");
const FIREFOX_TEXT: &str = include_str!("../../../../tests/fixtures/offers/firefox-text.sdp");
const ALL: [(&str, bool); 5] =
    [(CHROMIUM, true), (FIREFOX, true), (SAFARI, true), (CHROMIUM_TEXT, false), (FIREFOX_TEXT, false)];

/// What stands in the part `sdp` of the call that would be made.
fn sent(sdp: &str) -> String {
    let account = Account { base: "https://api.openai.test/v1", key: "sk-x" };
    let session = Session {
        model: "m",
        voice: "v",
        slow: false,
        transcribe_model: "t",
        language: "en",
        instructions: "i",
        patience: Patience::Normal,
        speaks: true,
    };
    let body = String::from_utf8(offer(&account, sdp, &session, "0123456789abcdef", "u").body).unwrap();
    let (_, rest) = body.split_once("application/sdp\r\n\r\n").unwrap();
    rest.split_once("\r\n--0123456789abcdef\r\n").unwrap().0.to_owned()
}

#[test]
fn what_browsers_offer_passes_byte_for_byte() {
    for (sdp, sends_audio) in ALL {
        assert_eq!(check(sdp), Ok(Offer { sends_audio }));
        assert_eq!(sent(sdp), sdp);
        assert_eq!(check(&sdp.replace("\r\n", "\n")), Ok(Offer { sends_audio }), "ends of lines as Unix has them");
        let unknown = sdp.replacen("a=mid:0", "a=x-new:some thing\r\na=mid:0", 1);
        assert_eq!(check(&unknown), Ok(Offer { sends_audio }), "an attribute of tomorrow");
    }
}

#[test]
fn bundle_only_and_the_sections_in_the_other_order_pass() {
    let bundled: Vec<&str> = CHROMIUM.split_inclusive("\r\n").collect();
    let data = bundled.iter().position(|line| line.starts_with("m=application")).unwrap();
    let audio = bundled.iter().position(|line| line.starts_with("m=audio")).unwrap();
    let swapped = [&bundled[..audio], &bundled[data..], &bundled[audio..data]].concat().concat();
    assert_eq!(check(&swapped), Ok(Offer { sends_audio: true }));
    let lent = format!(
        "{}m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\na=bundle-only\r\na=mid:1\r\n",
        bundled[..data].concat()
    );
    assert_eq!(check(&lent), Ok(Offer { sends_audio: true }));
}

#[test]
fn where_udp_is_shut_tcp_passes() {
    let tcp = CHROMIUM.replace("UDP/TLS/RTP", "TCP/DTLS/RTP").replace("UDP/DTLS/SCTP", "TCP/DTLS/SCTP");
    assert_eq!(check(&tcp), Ok(Offer { sends_audio: true }));
}

#[test]
fn each_lack_is_refused_with_its_reason() {
    let two = "not one section of audio and one of data";
    let without = |start: &str| {
        let kept = CHROMIUM.split_inclusive("\r\n").filter(|line| !line.starts_with(start));
        kept.collect::<String>()
    };
    let with = |from: &str, to: &str| {
        assert!(CHROMIUM.contains(from), "{from}");
        CHROMIUM.replace(from, to)
    };
    let print = CHROMIUM.lines().find_map(|line| line.strip_prefix("a=fingerprint:")).unwrap();
    for (offer, why) in [
        (String::new(), "the last line has no end"),
        ("v=0".to_owned(), "the last line has no end"),
        ("\n".to_owned(), "a line of no form"),
        ("v=0\r\n".to_owned(), "it has no head"),
        (format!("\r\n{CHROMIUM}"), "a line of no form"),
        (format!("{CHROMIUM}{CHROMIUM}"), two),
        (CHROMIUM.trim_end().to_owned(), "the last line has no end"),
        (without("v="), "its head has another form"),
        (without("o="), "its head has another form"),
        (without("t="), "its head has another form"),
        (without("m="), two),
        (without("m=audio"), two),
        (without("m=application"), two),
        (without("a=ice-ufrag"), "no ice-ufrag or ice-pwd"),
        (without("a=ice-pwd"), "no ice-ufrag or ice-pwd"),
        (without("a=fingerprint"), "no fingerprint of sha-256"),
        (without("a=setup"), "no setup:actpass"),
        (with("v=0", "v=1"), "its head has another form"),
        (with("a=setup:actpass", "a=setup:active"), "no setup:actpass"),
        (with("a=setup:actpass", "a=setup:actpass\r\na=setup:passive"), "no setup:actpass"),
        (with("sha-256 ", "sha-1 "), "no fingerprint of sha-256"),
        (with(print, &format!("{print}:00")), "no fingerprint of sha-256"),
        (with("a=ice-ufrag:", "a=ice-ufrag:%"), "no ice-ufrag or ice-pwd"),
        (with("a=ice-pwd:", "a=ice-pwd:two\r\na=ice-pwd:"), "no ice-ufrag or ice-pwd"),
        (with("a=sendrecv", "a=inactive"), "audio in no direction that serves"),
        (with("a=sendrecv", "a=sendonly"), "audio in no direction that serves"),
        (with("a=sendrecv", "a=recvonly\r\na=sendrecv"), "audio in no direction that serves"),
        (with("m=audio 33015", "m=audio 0"), "a section of no known form"),
        (with("m=audio 33015", "m=audio 65536"), "a section of no known form"),
        (with("m=audio 33015", "m=video 33015"), "a section of no known form"),
        (with(" 110 126", " opus"), "a section of no known form"),
        (with("m=application", "m=audio"), "a section of no known form"),
        (with("webrtc-datachannel", "5000"), "a section of no known form"),
        (with("s=-", "s=a\0b"), "a character that has no place in it"),
        (with("s=-", "s=a\rb"), "a character that has no place in it"),
        (with("s=-", "s=a\tb"), "a character that has no place in it"),
        (with("s=-", "s=é"), "a character that has no place in it"),
        (with("s=-", "s=-\r\n--boundary"), "a line of no form"),
        (with("s=-", "s="), "a line of no form"),
        (with("s=-", &format!("s={}", "x".repeat(LONGEST_LINE))), "a line is too long"),
        (with("s=-", &format!("s=-{}", "\r\na=x".repeat(MOST_LINES))), "it has too many lines"),
        (with("s=-", &format!("s={}", "x".repeat(MOST))), "it is too large"),
    ] {
        assert_eq!(check(&offer), Err(why), "{offer}");
    }
}

/// Splitmix64: the same numbers in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % most.max(1)
    }

    fn mutated(&mut self, sdp: &str) -> Vec<u8> {
        let mut lines: Vec<&[u8]> = sdp.as_bytes().split_inclusive(|byte| *byte == b'\n').collect();
        let (one, other) = (self.below(lines.len()), self.below(lines.len()));
        match self.below(7) {
            0 => drop(lines.remove(one)),
            1 => lines.insert(other, lines[one]),
            2 => lines.swap(one, other),
            kind => return self.garbled(lines.concat(), kind),
        }
        lines.concat()
    }

    fn garbled(&mut self, mut bytes: Vec<u8>, kind: usize) -> Vec<u8> {
        let at = self.below(bytes.len());
        match kind {
            3 => bytes[at] ^= 1 << self.below(8),
            4 => bytes.truncate(at),
            5 => bytes.insert(at, self.below(256) as u8),
            _ => {
                let alike =
                    [&b"a="[..], b"\r\n", b"\n\n", b"m=audio 0", b"a=inactive\r\n", b"\0", b" ", b"=", b"\xc2\x85"];
                bytes.splice(at..at, alike[self.below(alike.len())].iter().copied());
            }
        }
        bytes
    }
}

/// What must be true of whatever passes, said in another way than the check says it.
fn is_sound(sdp: &str) {
    assert!(sdp.len() <= 65_536 && sdp.starts_with("v=0") && sdp.ends_with('\n'));
    assert!(sdp.lines().all(|line| line.len() >= 3 && line.is_ascii() && line.get(1..2) == Some("=")), "{sdp}");
    assert!(sdp.chars().all(|c| c == '\r' || c == '\n' || !c.is_control()), "{sdp}");
    assert_eq!(sdp.matches('\r').count(), sdp.matches("\r\n").count(), "{sdp}");
    for start in ["\nm=audio ", "\nm=application "] {
        assert_eq!(sdp.matches(start).count(), 1, "{sdp}");
    }
    assert_eq!(sdp.matches("\nm=").count(), 2, "{sdp}");
    for start in ["\na=ice-ufrag:", "\na=ice-pwd:", "\na=fingerprint:sha-256 ", "\na=setup:actpass"] {
        assert!(sdp.to_ascii_lowercase().contains(start), "{start}: {sdp}");
    }
}

#[test]
fn thousands_of_mutations_pass_as_they_are_or_are_refused_with_a_reason() {
    let mut dice = Dice(4);
    let (mut passed, mut refused) = (0, 0);
    for round in 0..20_000 {
        let mut bytes = dice.mutated(ALL[round % ALL.len()].0);
        if round % 3 == 0 && !bytes.is_empty() {
            bytes = dice.mutated(&String::from_utf8_lossy(&bytes));
        }
        let Ok(sdp) = str::from_utf8(&bytes) else { continue };
        match check(sdp) {
            Ok(offer) => {
                is_sound(sdp);
                assert_eq!(check(&sent(sdp)), Ok(offer));
                assert_eq!(sent(sdp), sdp);
                passed += 1;
            }
            Err(why) => {
                assert!(!why.is_empty());
                refused += 1;
            }
        }
    }
    assert!(passed > 2000 && refused > 2000, "{passed} passed, {refused} refused");
}

proptest::proptest! {
    #[test]
    fn any_text_is_answered(text in "(([a-z]=)?\\PC{0,20}(\r?\n|m=audio 9 ))*") {
        let _ = check(&text);
    }
}
