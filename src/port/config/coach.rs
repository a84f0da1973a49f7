//! The settings of feedback.

use super::sound::is_model;
use super::{Reader, SHORTEST_SECRET};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coach {
    /// Who reads what was said.
    pub feedback_model: String,
    /// What receipts are signed with: the one in use first, behind it those that still count.
    pub receipt_secrets: Vec<String>,
}

pub fn coach(reader: &mut Reader) -> Coach {
    Coach {
        feedback_model: reader.checked("FEEDBACK_MODEL", is_model).unwrap_or_else(|| "gpt-6-luna".to_owned()),
        receipt_secrets: reader.list("RECEIPT_SECRET", |secret| secret.len() >= SHORTEST_SECRET),
    }
}
