//! What Stripe answers. It refuses what the real one refuses, as far as this house could ask for it.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::Stripe;

type Form = BTreeMap<String, String>;
type Answer = (u16, Json);

fn refusal(status: u16, code: &str, param: &str) -> Answer {
    let error = json!({ "type": "invalid_request_error", "code": code, "param": param, "message": "canary" });
    (status, json!({ "error": error }))
}

fn list(data: &[Json], more: bool) -> Answer {
    (200, json!({ "object": "list", "data": data, "has_more": more }))
}

fn read(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes()).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

/// The members of a form under a name, as metadata is written.
fn under(form: &Form, name: &str) -> Json {
    let inside = |key: &str| key.strip_prefix(name)?.strip_prefix('[')?.strip_suffix(']').map(str::to_owned);
    form.iter().filter_map(|(key, value)| Some((inside(key)?, json!(value)))).collect::<serde_json::Map<_, _>>().into()
}

impl Stripe {
    /// `path` is what stands behind `/v1/`.
    pub fn answer(&self, method: &str, path: &str, key: Option<&str>, body: &[u8]) -> Answer {
        let form = std::str::from_utf8(body).unwrap();
        self.asked.borrow_mut().push(format!("{method} {path}{}{form}", if form.is_empty() { "" } else { " " }));
        let Some(key) = key else { return self.perform(method, path, form) };
        let used_for = format!("{path} {form}");
        match self.keys.borrow().get(key) {
            Some((before, answer)) if *before == used_for => return (200, answer.clone()),
            Some(_) => return (400, json!({ "error": { "type": "idempotency_error" } })),
            None => {}
        }
        let (status, answer) = self.perform(method, path, form);
        if status == 200 {
            self.keys.borrow_mut().insert(key.to_owned(), (used_for, answer.clone()));
        }
        (status, answer)
    }

    fn perform(&self, method: &str, path: &str, form: &str) -> Answer {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let form: Form = read(form).into_iter().collect();
        let words: Vec<&str> = path.split('/').collect();
        match (method, &words[..]) {
            ("GET", ["checkout", "sessions", id]) => self.one("checkout.session", id, query.contains("line_items")),
            ("GET", ["prices" | "products" | "charges" | "disputes", id]) => {
                self.one(words[0].trim_end_matches('s'), id, true)
            }
            ("GET", ["events"]) => self.told(&read(query)),
            ("GET", ["events", id]) => {
                let events = self.events.borrow();
                let found = events.iter().find(|event| event.id == *id);
                found.map_or_else(
                    || refusal(404, "resource_missing", "id"),
                    |event| (200, serde_json::from_str(&event.body).unwrap()),
                )
            }
            ("GET", ["checkout", "sessions"]) => self.some("checkout.session", query, "payment_intent"),
            ("GET", ["charges" | "disputes"]) => self.some(words[0].trim_end_matches('s'), query, "payment_intent"),
            ("GET", ["subscriptions"]) => {
                assert!(query.contains("status=all") && query.contains("payments"), "{query}");
                let customer = read(query).into_iter().find(|(name, _)| name == "customer").unwrap().1;
                match &self.get(&customer)["object"] {
                    Json::String(kind) if kind == "customer" => self.some("subscription", query, "customer"),
                    _ => refusal(400, "resource_missing", "customer"),
                }
            }
            ("POST", ["customers"]) => {
                let customer = json!({ "email": form.get("email"), "metadata": under(&form, "metadata") });
                (200, self.make("cus", "customer", customer))
            }
            ("POST", ["checkout", "sessions"]) => self.begin(&form),
            ("POST", ["checkout", "sessions", id, "expire"]) => self.close(id),
            ("POST", ["billing_portal", "sessions"]) if self.get(&form["customer"]).is_object() => {
                (200, json!({ "id": "bps_1", "url": format!("https://billing.stripe.com/p/{}", form["customer"]) }))
            }
            ("DELETE", ["subscriptions", id]) => self.end(id),
            _ => refusal(404, "resource_missing", "id"),
        }
    }

    fn one(&self, kind: &str, id: &str, whole: bool) -> Answer {
        let mut found = self.get(id);
        if found["object"] != kind {
            return refusal(404, "resource_missing", "id");
        }
        if !whole {
            found.as_object_mut().unwrap().remove("line_items");
        }
        (200, found)
    }

    fn some(&self, kind: &str, query: &str, by: &str) -> Answer {
        let wanted = read(query).into_iter().find(|(name, _)| name == by).unwrap().1;
        let mut found = self.all(kind, |thing| thing[by] == wanted.as_str());
        found.reverse();
        list(&found, false)
    }

    /// The newest first, a page at a time.
    fn told(&self, query: &[(String, String)]) -> Answer {
        let value = |name: &str| query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let since: i64 = value("created[gte]").unwrap().parse().unwrap();
        let kinds: Vec<&str> =
            query.iter().filter(|(name, _)| name == "types[]").map(|(_, kind)| kind.as_str()).collect();
        let events = self.events.borrow();
        let wanted = events.iter().rev().filter(|event| kinds.contains(&event.kind.as_str()));
        let told = wanted.map(|event| serde_json::from_str::<Json>(&event.body).unwrap());
        let told: Vec<Json> = told.filter(|event| event["created"].as_i64().unwrap() >= since).collect();
        let after = value("starting_after");
        let begin = after.map_or(0, |after| told.iter().position(|event| event["id"] == after).unwrap() + 1);
        let limit: usize = value("limit").unwrap().parse().unwrap();
        let end = told.len().min(begin + limit);
        list(&told[begin..end], end < told.len())
    }

    fn begin(&self, form: &Form) -> Answer {
        let (price, customer) = (self.get(&form["line_items[0][price]"]), self.get(&form["customer"]));
        if price["object"] != "price" {
            return refusal(400, "resource_missing", "line_items[0][price]");
        }
        if customer["object"] != "customer" {
            return refusal(400, "resource_missing", "customer");
        }
        let (mode, other) = (form["mode"].as_str(), ["payment_intent_data", "subscription_data"]);
        let [own, foreign] = if mode == "payment" { other } else { [other[1], other[0]] };
        if (mode == "subscription") != price["recurring"].is_object() || form.keys().any(|key| key.starts_with(foreign))
        {
            return refusal(400, "parameter_unknown", "mode");
        }
        let amount = price["unit_amount"].clone();
        let line = json!({ "price": price, "quantity": 1, "amount_total": amount });
        let mut session = self.make(
            "cs_test",
            "checkout.session",
            json!({ "mode": mode, "status": "open", "payment_status": "unpaid", "customer": form["customer"],
                "client_reference_id": form["client_reference_id"], "metadata": under(form, "metadata"),
                "notes": under(form, &format!("{own}[metadata]")), "payment_intent": null, "subscription": null,
                "amount_total": amount, "currency": "usd", "line_items": { "data": [line] },
                "success_url": form["success_url"], "cancel_url": form["cancel_url"] }),
        );
        session["url"] = json!(format!("https://checkout.stripe.com/c/{}", session["id"].as_str().unwrap()));
        self.put(session.clone());
        (200, session)
    }

    fn close(&self, id: &str) -> Answer {
        if self.get(id)["status"] != "open" {
            return refusal(400, "", "");
        }
        self.expire(id);
        (200, self.get(id))
    }

    fn end(&self, id: &str) -> Answer {
        let found = self.get(id);
        if found["object"] != "subscription" || found["status"] == "canceled" {
            return refusal(404, "resource_missing", "id");
        }
        self.cancel(id);
        (200, self.get(id))
    }
}
