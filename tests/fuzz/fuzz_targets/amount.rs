//! Any text as an amount: what is read is a whole number of hundredths, is shown as it was meant, and stays in range.
#![no_main]

use vocahire::domain::credits::Credits;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let Some(amount) = Credits::parse(text) else { return };
    assert_eq!(amount.count() % 10, 0);
    assert_eq!(Credits::parse(&amount.to_string()), Some(amount));
    if let Some(twice) = amount.plus(amount) {
        assert_eq!(twice.minus(amount), Some(amount));
    }
    let float: f64 = text.parse().unwrap();
    assert!((float * 1000.0 - amount.count() as f64).abs() < 0.5, "{text}");
});
