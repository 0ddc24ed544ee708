//! A statement: who said what, when, and on whose report.

mod antecedent;
mod clause;
mod content;
mod cue;
mod draft;
mod finder;
mod finite;
mod group;
mod look;
mod moment;
mod mood;
mod negation;
mod noun;
mod occasion;
mod phrase;
mod reduced;
mod report;
mod source;
mod speaker;
mod spoken;
#[cfg(test)]
mod tests;
mod turn;
mod verb_table;
mod voice;
pub(crate) mod word;
mod word_table;

use crate::{annotator::Annotator, citation::Outlet, page::Page, quotation::marks};
use clause::Reading;
use corpus_core::{Edtf, Span};
use finder::Finder;
use serde::Serialize;

/// Something somebody is reported to have said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statement {
    /// The words that name the speaker; absent where nobody is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Span>,
    /// Local id of the speaker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// The words that say that it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cue: Option<Span>,
    /// What was said, in one piece or several.
    pub content: Vec<Span>,
    /// Whether the words are given as they were said.
    pub direct: bool,
    /// Whether it is said to be so, said in the negative, or doubted.
    pub polarity: Polarity,
    /// When it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said_on: Option<Edtf>,
    /// The outlets that report it.
    pub outlets: Vec<Outlet>,
}

/// How what is said is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// It is so.
    Assert,
    /// What is said is negated ("we have no boats"), or the verb refuses it ("rejected the claim").
    Deny,
    /// It may not be so, or it may not have been said ("if she says that", "did she say that").
    Doubt,
}

/// Finds the facts of layer `statement`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Statements;

impl Annotator for Statements {
    fn layer(&self) -> &'static str {
        "statement"
    }
    fn version(&self) -> u32 {
        10
    }
    fn description(&self) -> &'static str {
        "who said what, on whose report"
    }
    fn annotate(&self, page: &mut Page<'_>) {
        if !page.is_english() {
            return;
        }
        let pairs = page.pairs.take().unwrap_or_else(|| marks::pairs(page));
        let statements = {
            let reading = Reading::new(page, &pairs);
            let drafts = Finder::new(&reading).run();
            report::statements(&reading, &drafts)
        };
        report::name_speakers(page, &statements);
        page.facts.statements = statements;
    }
}
