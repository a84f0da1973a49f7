//! The settings of buying.

use super::Reader;
use super::sound::is_service;

/// The catalogue at Stripe, in the order of [`Stripe::prices`]: each alone wins over its place in `STRIPE_PRICE_ID`.
const PRICES: [&str; 5] = [
    "STRIPE_PRICE_ID_3_CREDITS",
    "STRIPE_PRICE_ID_5_CREDITS",
    "STRIPE_PRICE_ID_MONTHLY",
    "STRIPE_PRICE_ID_QUARTERLY",
    "STRIPE_PRICE_ID_ANNUAL",
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stripe {
    pub key: Option<String>,
    pub url: String,
    /// What Stripe signs its events with, as it is written there; while one is rolled, both.
    pub webhook_secrets: Vec<String>,
    /// Three credits, five, and the plans by the month, the quarter and the year: each a price or a product.
    pub prices: [Option<String>; 5],
}

impl Stripe {
    /// Whether real money moves.
    pub fn live(&self) -> bool {
        self.key.as_deref().is_some_and(|key| key.starts_with("sk_live_") || key.starts_with("rk_live_"))
    }
}

pub fn stripe(reader: &mut Reader) -> Stripe {
    Stripe {
        key: reader.checked("STRIPE_SECRET_KEY", is_key),
        url: reader.checked("STRIPE_API_URL", is_service).unwrap_or_else(|| "https://api.stripe.com".to_owned()),
        webhook_secrets: reader
            .list("STRIPE_WEBHOOK_SECRET", |secret| secret.starts_with("whsec_") && secret.len() > 20),
        prices: prices(reader),
    }
}

fn is_key(text: &str) -> bool {
    let known = ["sk_test_", "sk_live_", "rk_test_", "rk_live_"].iter().any(|kind| text.starts_with(kind));
    known && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn is_price(text: &str) -> bool {
    let bare = text.strip_prefix("price_").or_else(|| text.strip_prefix("prod_"));
    bare.is_some_and(|bare| !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
}

/// A list that is not five ids long says nothing for certain of any of them.
fn prices(reader: &mut Reader) -> [Option<String>; 5] {
    let listed = reader.text("STRIPE_PRICE_ID").unwrap_or_default();
    let mut places: Vec<&str> = listed.split(',').map(str::trim).collect();
    if listed.is_empty() || places.len() != PRICES.len() || !places.iter().all(|place| is_price(place)) {
        if !listed.is_empty() {
            reader.invalid.push("STRIPE_PRICE_ID");
        }
        places.clear();
    }
    let mut places = places.into_iter();
    PRICES.map(|name| {
        let place = places.next().map(str::to_owned);
        reader.checked(name, is_price).or(place)
    })
}
