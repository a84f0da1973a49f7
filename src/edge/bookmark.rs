//! How a caller reads what it has written: the database's bookmark goes out with the answer and comes back with the
//! next request.

use crate::port::World;
use crate::port::db::Db;
use crate::port::incoming::Incoming;

pub const HEADER: &str = "x-d1-bookmark";

/// D1's own text, four groups of hexadecimal digits. Another would make the database refuse the whole request.
fn is_bookmark(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let hex = |group: &&str| group.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    groups.iter().map(|group| group.len()).eq([8, 8, 8, 32]) && groups.iter().all(hex)
}

/// Public answers are the same for everybody, so only guarded requests are looked at.
pub fn take<W: World>(world: &W, incoming: &impl Incoming) {
    if let Some(bookmark) = incoming.header(HEADER).filter(|text| is_bookmark(text)) {
        world.db().read_from(bookmark);
    }
}

#[cfg(test)]
mod tests {
    use super::is_bookmark;

    #[test]
    fn a_bookmark_has_its_form() {
        assert!(is_bookmark("00000085-0000024c-00004c6d-8e61117bf38d7adb71b934ebbf891683"));
        for bad in ["", "x", "first-primary", "00000085-0000024c-00004c6d", &"0-".repeat(128)] {
            assert!(!is_bookmark(bad), "{bad}");
        }
        assert!(!is_bookmark("00000085-0000024C-00004c6d-8e61117bf38d7adb71b934ebbf891683"));
    }
}
