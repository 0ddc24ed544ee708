//! Money: an amount and its currency.

use crate::{annotator::Annotator, page::Page};
use serde::Serialize;

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Money {
    /// The amount, in units of the currency.
    pub amount: Option<f64>,
    /// ISO 4217 code; `None` where the text does not say which dollar, pound or crown.
    pub currency: Option<&'static str>,
    /// What is said to have become of it.
    pub status: MoneyStatus,
}

/// What is said to have become of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MoneyStatus {
    /// Asked for.
    Asked,
    /// Promised or offered.
    Promised,
    /// Confirmed or agreed.
    Confirmed,
    /// Paid, lent or spent.
    Paid,
    /// None of these, or not said.
    Other,
}

/// Finds the facts of layer `money`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Amounts;

impl Annotator for Amounts {
    fn layer(&self) -> &'static str {
        "money"
    }
    fn version(&self) -> u32 {
        1
    }
    fn description(&self) -> &'static str {
        "amounts of money"
    }
    fn annotate(&self, _page: &mut Page<'_>) {}
}
