//! Order for lists of some hundred. The standard library's brings four kilobytes of code for every type that it sorts.

/// Those that come before others, and as they stood where neither does.
pub fn sorted<T>(list: impl IntoIterator<Item = T>, before: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut sorted: Vec<T> = Vec::new();
    for one in list {
        let place = sorted.partition_point(|other| !before(&one, other));
        sorted.insert(place, one);
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn as_the_standard_library_does(list in proptest::collection::vec((0..9, 0..9), 0..40)) {
            let mut stable = list.clone();
            stable.sort_by_key(|(key, _)| *key);
            proptest::prop_assert_eq!(sorted(list, |(one, _), (other, _)| one < other), stable);
        }
    }
}
