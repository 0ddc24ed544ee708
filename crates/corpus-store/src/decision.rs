//! Decisions of people about what was found: kept with the words they are about, so that they find them again.

use crate::{
    error::{Error, ErrorKind},
    manifest::{Manifest, document_id},
    mend::drop_index,
    writer::Writer,
};
use corpus_core::{Annotation, Document, DocumentId, Span};
use rusqlite::params;
use serde::{Deserialize, Serialize};

/// Characters on either side of the words that are kept with a decision.
const AROUND: usize = 32;

/// The words that a decision is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Id of the document.
    pub document: DocumentId,
    /// Layer of the annotation; empty where the decision is about the words themselves.
    pub layer: String,
    /// At most 32 characters before the words.
    pub before: String,
    /// The words.
    pub quoted: String,
    /// At most 32 characters after them.
    pub after: String,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// The annotation is right.
    Accept,
    /// The annotation is wrong, and left out wherever documents are read.
    Reject,
    /// What the words name is the same as what others name.
    Merge {
        /// The others.
        with: Anchor,
    },
    /// Of what the words name, all that is called so is another entity than the rest.
    Split,
    /// A note on the words.
    Note {
        /// What it says.
        text: String,
    },
}

/// A decision at rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Its number.
    pub number: u64,
    /// What it is about.
    #[serde(flatten)]
    pub anchor: Anchor,
    /// What was decided.
    #[serde(flatten)]
    pub verdict: Verdict,
}

impl Anchor {
    /// The words at `span` of a document, which must lie on character bounds.
    pub fn of(document: &Document, layer: &str, span: Span) -> Self {
        let text = &document.text;
        let before = text.get(..span.start).unwrap_or_default();
        let after = text.get(span.end..).unwrap_or_default();
        let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
        let to = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
        Anchor {
            document: document.id.clone(),
            layer: layer.to_owned(),
            before: before[from..].to_owned(),
            quoted: text.get(span.range()).unwrap_or_default().to_owned(),
            after: after[..to].to_owned(),
        }
    }

    /// Whether these are the words at `span` of a document.
    fn is_at(&self, document: &Document, span: Span) -> bool {
        let text = &document.text;
        text.get(span.range()) == Some(&*self.quoted)
            && text.get(..span.start).is_some_and(|before| before.ends_with(&self.before))
            && text.get(span.end..).is_some_and(|after| after.starts_with(&self.after))
    }

    /// The annotation of a document that the words are about: one of the layer, over the same words, with the same text
    /// around.
    pub fn annotation<'d>(&self, document: &'d Document) -> Option<&'d Annotation> {
        self.place(document).map(|at| &document.annotations[at])
    }

    /// Its place among the annotations of the document.
    pub(crate) fn place(&self, document: &Document) -> Option<usize> {
        let is_it =
            |annotation: &Annotation| annotation.layer == self.layer && self.is_at(document, annotation.span);
        document.annotations.iter().position(is_it)
    }

    /// Where the words stand in a document, if they have a home there: as an annotation, or, where no layer is named,
    /// as text.
    pub fn home(&self, document: &Document) -> Option<Span> {
        if !self.layer.is_empty() {
            return self.annotation(document).map(|annotation| annotation.span);
        }
        let whole = format!("{}{}{}", self.before, self.quoted, self.after);
        let start = document.text.find(&whole)? + self.before.len();
        Some(Span::new(start, start + self.quoted.len()))
    }
}

impl Manifest {
    /// All decisions, in the order in which they were taken.
    pub(crate) fn decisions(&self) -> Result<Vec<Decision>, Error> {
        let query = "SELECT decision, document, layer, before, quoted, after, verdict FROM decisions ORDER BY decision";
        let rows = self.all(query, [], |row| {
            Ok((
                row.get::<_, u64>(0)?,
                [row.get::<_, String>(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?],
            ))
        })?;
        let read = |(number, [document, layer, before, quoted, after, verdict]): (u64, [String; 6])| {
            let damaged = |error| Error::new(ErrorKind::Damaged, self.path(), "read a decision of", error);
            let document = document_id(self.path(), &document)?;
            let anchor = Anchor { document, layer, before, quoted, after };
            Ok(Decision { number, anchor, verdict: serde_json::from_str(&verdict).map_err(damaged)? })
        };
        rows.into_iter().map(read).collect()
    }

    /// The current document that a decision about this one is about now: itself, or what superseded it.
    pub(crate) fn current(&self, id: &DocumentId) -> Result<Option<DocumentId>, Error> {
        let mut id = id.clone();
        // A page that changed back and forth supersedes in circles.
        for _ in 0..64 {
            let query = "SELECT left, superseded_by FROM documents WHERE id = ?1";
            let found = self.option(query, [id.as_str()], |row| {
                Ok((row.get::<_, Option<u64>>(0)?, row.get::<_, Option<String>>(1)?))
            })?;
            match found {
                Some((None, _)) => return Ok(Some(id)),
                Some((Some(_), Some(by))) => id = document_id(self.path(), &by)?,
                _ => return Ok(None),
            }
        }
        Ok(None)
    }
}

impl Writer {
    /// Keeps a decision, and gives its number.
    ///
    /// # Errors
    /// When the manifest cannot be written.
    pub fn decide(&mut self, anchor: &Anchor, verdict: &Verdict) -> Result<u64, Error> {
        let json = serde_json::to_string(verdict)
            .map_err(|error| Error::new(ErrorKind::Io, self.manifest().path(), "write", error))?;
        let number = self.change(|writer, _| {
            let Anchor { document, layer, before, quoted, after } = anchor;
            let statement = "INSERT INTO decisions (document, layer, before, quoted, after, verdict) \
                             VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING decision";
            let values = params![document.as_str(), layer, before, quoted, after, json];
            let number: u64 = writer.manifest().one(statement, values)?;
            writer.decided(verdict)?;
            Ok((number, Vec::new()))
        })?;
        self.forget_index(verdict)?;
        Ok(number)
    }

    /// Takes a decision back; gives it, or `None` where there is none of this number.
    ///
    /// # Errors
    /// When the manifest cannot be written.
    pub fn undo(&mut self, number: u64) -> Result<Option<Decision>, Error> {
        let known = self.manifest().decisions()?.into_iter().find(|decision| decision.number == number);
        let Some(decision) = known else { return Ok(None) };
        self.change(|writer, _| {
            writer.manifest().execute("DELETE FROM decisions WHERE decision = ?1", [number])?;
            writer.decided(&decision.verdict)?;
            Ok(((), Vec::new()))
        })?;
        self.forget_index(&decision.verdict)?;
        Ok(Some(decision))
    }

    /// Links depend on decisions about entities, and on which names there are.
    fn decided(&self, verdict: &Verdict) -> Result<(), Error> {
        match verdict {
            Verdict::Merge { .. } | Verdict::Split | Verdict::Reject => self.manifest().set_meta("links", 0),
            _ => Ok(()),
        }
    }

    /// The index holds annotations; it is made anew without those that are rejected.
    fn forget_index(&self, verdict: &Verdict) -> Result<(), Error> {
        match verdict {
            Verdict::Reject => drop_index(self.directory()),
            _ => Ok(()),
        }
    }
}
