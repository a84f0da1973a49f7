//! What happens at Stripe without us: people pay, banks take money back, time passes.

use serde_json::{Value as Json, json};

use super::{DAY, Stripe};

/// How a visit ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payment {
    Paid,
    /// Its money comes later, or does not.
    Delayed,
    /// A coupon paid for all of it.
    Free,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Won,
    Lost,
}

fn text(thing: &Json, name: &str) -> String {
    thing[name].as_str().unwrap().to_owned()
}

impl Stripe {
    /// Of a visit that is open.
    pub fn pay(&self, visit: &str, how: Payment) {
        let session = self.get(visit);
        assert_eq!(session["status"], "open", "{visit}");
        if session["mode"] == "subscription" {
            self.subscribe(visit, &session);
        } else {
            let (status, amount) = match how {
                Payment::Paid => ("paid", session["amount_total"].clone()),
                Payment::Delayed => ("unpaid", session["amount_total"].clone()),
                Payment::Free => ("no_payment_required", json!(0)),
            };
            self.change(visit, |session| {
                session["status"] = json!("complete");
                session["payment_status"] = json!(status);
                session["amount_total"] = amount;
            });
            if how == Payment::Paid {
                self.charge_visit(visit);
            }
        }
        self.happens("checkout.session.completed", visit);
    }

    fn charge_visit(&self, visit: &str) {
        let session = self.get(visit);
        let charge = self.charge(&session["customer"], &session["amount_total"], &session["notes"]);
        self.change(visit, |session| session["payment_intent"] = charge["payment_intent"].clone());
        self.happens("charge.succeeded", &text(&charge, "id"));
    }

    fn charge(&self, customer: &Json, amount: &Json, notes: &Json) -> Json {
        let charge = json!({ "amount": amount, "amount_refunded": 0, "customer": customer, "metadata": notes,
            "status": "succeeded", "most_refunded": 0 });
        let charge = self.make("ch", "charge", charge);
        let id = text(&charge, "id");
        self.change(&id, |charge| charge["payment_intent"] = json!(id.replacen("ch", "pi", 1)));
        self.get(&id)
    }

    /// The money of a delayed visit is there, or will not come.
    pub fn settle(&self, visit: &str, comes: bool) {
        if comes {
            self.change(visit, |session| session["payment_status"] = json!("paid"));
            self.charge_visit(visit);
        } else {
            self.change(visit, |session| session["given_up"] = json!(true));
        }
        let last = if comes { "succeeded" } else { "failed" };
        self.happens(&format!("checkout.session.async_payment_{last}"), visit);
    }

    pub fn expire(&self, visit: &str) {
        self.change(visit, |session| session["status"] = json!("expired"));
        self.happens("checkout.session.expired", visit);
    }

    fn subscribe(&self, visit: &str, session: &Json) {
        let (price, customer) = (&session["line_items"]["data"][0]["price"], &session["customer"]);
        let item = json!({ "price": price, "current_period_start": 0, "current_period_end": 0 });
        let subscription = json!({ "status": "active", "customer": customer, "metadata": session["notes"],
            "cancel_at": null, "cancel_at_period_end": false, "ended_at": null, "items": { "data": [item] } });
        let id = text(&self.make("sub", "subscription", subscription), "id");
        self.begin_period(&id, true);
        self.change(visit, |session| {
            session["status"] = json!("complete");
            session["payment_status"] = json!("paid");
            session["subscription"] = json!(id);
        });
        self.happens("customer.subscription.created", &id);
        self.invoice(&id, "paid");
    }

    /// The next one begins where the last has ended, the first now.
    fn begin_period(&self, id: &str, paid: bool) {
        let subscription = self.get(id);
        let item = &subscription["items"]["data"][0];
        let begin = item["current_period_end"].as_i64().filter(|end| *end > 0).unwrap_or(self.now.get());
        let every = &item["price"]["recurring"];
        let unit = if every["interval"] == "year" { 365 * DAY } else { 30 * DAY };
        let end = begin + unit * every["interval_count"].as_i64().unwrap();
        let charge = paid
            .then(|| self.charge(&subscription["customer"], &item["price"]["unit_amount"], &json!({})))
            .map_or(Json::Null, |charge| charge["payment_intent"].clone());
        self.change(id, |subscription| {
            let item = &mut subscription["items"]["data"][0];
            (item["current_period_start"], item["current_period_end"]) = (json!(begin), json!(end));
            subscription["status"] = json!(if paid { "active" } else { "past_due" });
            subscription["latest_invoice"] =
                json!({ "id": "in_1", "payments": { "data": [{ "payment": { "payment_intent": charge } }] } });
        });
    }

    /// Invoices come in their new and in their old shape.
    fn invoice(&self, of: &str, last: &str) {
        let customer = self.get(of)["customer"].clone();
        let id = format!("in_{}", self.events.borrow().len());
        let invoice = if self.events.borrow().len().is_multiple_of(2) {
            json!({ "id": id, "object": "invoice", "customer": customer, "subscription": of })
        } else {
            let parent = json!({ "type": "subscription_details", "subscription_details": { "subscription": of } });
            json!({ "id": id, "object": "invoice", "customer": customer, "parent": parent })
        };
        self.tell(&format!("invoice.{last}"), &invoice);
    }

    /// A period is over: the next is paid, or its payment fails.
    pub fn renew(&self, id: &str, paid: bool) {
        self.begin_period(id, paid);
        self.happens("customer.subscription.updated", id);
        self.invoice(id, if paid { "paid" } else { "payment_failed" });
    }

    /// A payment that failed is made after all.
    pub fn recover(&self, id: &str) {
        let subscription = self.get(id);
        let amount = &subscription["items"]["data"][0]["price"]["unit_amount"];
        let charge = self.charge(&subscription["customer"], amount, &json!({}));
        self.change(id, |subscription| {
            subscription["status"] = json!("active");
            subscription["latest_invoice"]["payments"]["data"][0]["payment"]["payment_intent"] =
                charge["payment_intent"].clone();
        });
        self.happens("customer.subscription.updated", id);
        self.invoice(id, "paid");
    }

    /// It is to end with its period: said in one of two ways, or no longer.
    pub fn end_later(&self, id: &str, flag: bool, ends: bool) {
        self.change(id, |subscription| {
            let end = subscription["items"]["data"][0]["current_period_end"].clone();
            subscription["cancel_at"] = if ends && !flag { end } else { Json::Null };
            subscription["cancel_at_period_end"] = json!(ends && flag);
        });
        self.happens("customer.subscription.updated", id);
    }

    pub fn cancel(&self, id: &str) {
        let now = self.now.get();
        self.change(id, |subscription| {
            subscription["status"] = json!("canceled");
            subscription["ended_at"] = json!(now);
        });
        self.happens("customer.subscription.deleted", id);
    }

    pub fn refund(&self, charge: &str, amount: i64) {
        self.change(charge, |charge| {
            let back = charge["amount_refunded"].as_i64().unwrap() + amount;
            charge["amount_refunded"] = json!(back);
            charge["most_refunded"] = json!(back.max(charge["most_refunded"].as_i64().unwrap()));
        });
        self.happens("charge.refunded", charge);
        let refund = self.make("re", "refund", json!({ "charge": charge, "amount": amount, "status": "succeeded" }));
        self.happens("refund.created", &text(&refund, "id"));
    }

    /// What was to go back did not arrive: it is ours again.
    pub fn fail_refund(&self, refund: &str) {
        let (charge, amount) = (text(&self.get(refund), "charge"), self.get(refund)["amount"].as_i64().unwrap());
        self.change(&charge, |charge| {
            charge["amount_refunded"] = json!(charge["amount_refunded"].as_i64().unwrap() - amount);
        });
        self.change(refund, |refund| refund["status"] = json!("failed"));
        self.happens("refund.failed", refund);
    }

    /// Gives its name.
    pub fn dispute(&self, charge: &str, status: &str) -> String {
        let payment = self.get(charge)["payment_intent"].clone();
        let dispute = json!({ "charge": charge, "payment_intent": payment, "status": status });
        let dispute = text(&self.make("dp", "dispute", dispute), "id");
        self.happens("charge.dispute.created", &dispute);
        dispute
    }

    pub fn decide(&self, dispute: &str, verdict: Verdict) {
        let inquiry = self.get(dispute)["status"].as_str().unwrap().starts_with("warning");
        let word = match verdict {
            _ if inquiry => "warning_closed",
            Verdict::Won => "won",
            Verdict::Lost => "lost",
        };
        self.change(dispute, |dispute| dispute["status"] = json!(word));
        self.happens("charge.dispute.closed", dispute);
    }
}
