//! What is paid in money.

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// As Stripe names it.
    pub id: String,
    /// In the smallest unit of its currency.
    pub amount: i64,
    pub currency: String,
    /// Of what is paid again and again: the unit, and how many of it lie between. None for what is paid once.
    pub every: Option<(String, i64)>,
}
