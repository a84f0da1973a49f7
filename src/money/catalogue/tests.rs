use super::*;

fn price(amount: i64, currency: &str, every: Option<(&str, i64)>) -> Price {
    let every = every.map(|(unit, count)| (unit.to_owned(), count));
    Price { id: "price_1".to_owned(), amount, currency: currency.to_owned(), every }
}

fn of(product: Product, amount: i64, currency: &str) -> Price {
    price(amount, currency, product.every())
}

#[test]
fn what_is_saved_is_counted_from_the_prices_that_hold() {
    for (product, amount, currency, monthly, wanted) in [
        (Product::Quarterly, 7300, "usd", 2900, Some(16)),
        (Product::Annual, 21_900, "usd", 2900, Some(37)),
        (Product::Quarterly, 8700, "usd", 2900, None),
        (Product::Quarterly, 9900, "usd", 2900, None),
        (Product::Quarterly, 8699, "usd", 2900, None),
        (Product::Quarterly, 8613, "usd", 2900, Some(1)),
        (Product::Annual, 17_401, "usd", 2900, Some(49)),
        (Product::Annual, 0, "usd", 2900, Some(100)),
        (Product::Annual, 21_900, "eur", 2900, None),
        (Product::Annual, 100, "usd", 0, None),
        (Product::Annual, i64::MAX, "usd", i64::MAX, None),
        (Product::Monthly, 2000, "usd", 2900, None),
        (Product::Pack5, 1, "usd", 2900, None),
    ] {
        let told = saves(product, &of(product, amount, currency), &of(Product::Monthly, monthly, "usd"));
        assert_eq!(told, wanted, "{} {amount} {currency} against {monthly}", product.word());
    }
}

#[test]
fn an_offer_shows_what_a_month_costs() {
    let monthly = of(Product::Monthly, 2900, "usd");
    let shown = |product: Product, amount: i64| {
        let told = offer(product, Some(&of(product, amount, "usd")), Some(&monthly), None);
        (told["perMonth"].clone(), told["saves"].clone(), told["interval"].clone())
    };
    let every = |unit: &str, count: i64| serde_json::json!({ "unit": unit, "count": count });
    assert_eq!(shown(Product::Monthly, 2900), (2900.into(), Value::Null, every("month", 1)));
    assert_eq!(shown(Product::Quarterly, 7300), (2433.into(), 16.into(), every("month", 3)));
    assert_eq!(shown(Product::Quarterly, 7301).0, 2434, "rounded to the nearest");
    assert_eq!(shown(Product::Annual, 21_900), (1825.into(), 37.into(), every("year", 1)));
    assert_eq!(shown(Product::Pack3, 900), (Value::Null, Value::Null, Value::Null));
}

#[test]
fn an_offer_without_a_price_says_why() {
    let told = offer(Product::Pack5, None, None, Some("no_price"));
    let wanted = r#"{"closed":"no_price","credits":"5.00","id":"pack5","interval":null,"perMonth":null,"price":null,"saves":null}"#;
    assert_eq!(told.to_string(), wanted);
}

#[test]
fn a_product_has_the_price_of_its_kind() {
    for product in ALL {
        for other in ALL {
            let same = product.every() == other.every();
            assert_eq!(product.fits(&of(other, 100, "usd")), same, "{} {}", product.word(), other.word());
        }
    }
    for (unit, count) in [("month", 2), ("month", 12), ("week", 1), ("day", 30), ("year", 3)] {
        let odd = price(100, "usd", Some((unit, count)));
        assert!(ALL.iter().all(|product| !product.fits(&odd)), "{count} {unit}");
    }
}

#[test]
fn packs_have_credits_and_plans_have_none() {
    let credits = ALL.map(|product| product.credits().map(|credits| credits.to_string()));
    assert_eq!(credits, [Some("3.00".to_owned()), Some("5.00".to_owned()), None, None, None]);
    assert_eq!(ALL.map(Product::months), [None, None, Some(1), Some(3), Some(12)]);
    for word in ["", "pack4", "Pack3", "price_1"] {
        assert_eq!(Product::parse(word), None);
    }
}
