//! Decisions of people about what was found: kept with the words they are about, so that they find them again.

use crate::{
    error::{Error, ErrorKind},
    manifest::{Manifest, document_id},
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
    /// Which of the places it is that have these words with this text around, from 0: a paragraph may stand twice.
    #[serde(default, skip_serializing_if = "is_first")]
    pub ordinal: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_first(ordinal: &usize) -> bool {
    *ordinal == 0
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
        /// Corpus-wide ids when this was decided: the one that stays, and those that are given up for it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        ids: Vec<String>,
    },
    /// What the words name has these corpus-wide ids again, the first in use: a merger was taken back. It is gone as
    /// soon as the links are made anew.
    GiveBack {
        /// The ids.
        ids: Vec<String>,
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
        let first = Anchor {
            document: document.id.clone(),
            layer: layer.to_owned(),
            before: before[from..].to_owned(),
            quoted: text.get(span.range()).unwrap_or_default().to_owned(),
            after: after[..to].to_owned(),
            ordinal: 0,
        };
        let ordinal = match layer {
            "" => first.in_text(document).take_while(|place| place.start < span.start).count(),
            _ => first.places(document).take_while(|at| document.annotations[*at].span < span).count(),
        };
        Anchor { ordinal, ..first }
    }

    /// Whether these are the words at `span` of a document. Words that were erased are nowhere.
    fn is_at(&self, document: &Document, span: Span) -> bool {
        let text = &document.text;
        !self.quoted.is_empty()
            && text.get(span.range()) == Some(&*self.quoted)
            && text.get(..span.start).is_some_and(|before| before.ends_with(&self.before))
            && text.get(span.end..).is_some_and(|after| after.starts_with(&self.after))
    }

    /// The places in a text that the words may be, in order.
    fn in_text<'d>(&'d self, document: &'d Document) -> impl Iterator<Item = Span> + 'd {
        let words = Some(&*self.quoted).filter(|words| !words.is_empty());
        let places = words.into_iter().flat_map(|words| document.text.match_indices(words));
        let spans = places.map(|(at, words)| Span::new(at, at + words.len()));
        spans.filter(|span| self.is_at(document, *span))
    }

    /// The annotations that the words may be about, by their places among those of the document, in order.
    fn places<'d>(&'d self, document: &'d Document) -> impl Iterator<Item = usize> + 'd {
        let is_it =
            |annotation: &Annotation| annotation.layer == self.layer && self.is_at(document, annotation.span);
        let all = document.annotations.iter().enumerate();
        all.filter(move |(_, annotation)| is_it(annotation)).map(|(at, _)| at)
    }

    /// The one of these places that is meant: where there are fewer than there were, the last.
    fn nth<T>(&self, places: impl Iterator<Item = T>) -> Option<T> {
        places.take(self.ordinal + 1).last()
    }

    /// The annotation of a document that the words are about: one of the layer, over the same words, with the same text
    /// around.
    pub fn annotation<'d>(&self, document: &'d Document) -> Option<&'d Annotation> {
        self.place(document).map(|at| &document.annotations[at])
    }

    /// Its place among the annotations of the document.
    pub(crate) fn place(&self, document: &Document) -> Option<usize> {
        self.nth(self.places(document))
    }

    /// Where the words stand in a document, if they have a home there: as an annotation, or, where no layer is named,
    /// as text.
    pub fn home(&self, document: &Document) -> Option<Span> {
        if !self.layer.is_empty() {
            return self.annotation(document).map(|annotation| annotation.span);
        }
        self.nth(self.in_text(document))
    }
}

impl Manifest {
    /// All decisions, in the order in which they were taken.
    pub(crate) fn decisions(&self) -> Result<Vec<Decision>, Error> {
        let ordinal = if self.meta("version")? < 2 { "0" } else { "ordinal" };
        let query = format!(
            "SELECT decision, document, layer, before, quoted, after, verdict, {ordinal} FROM decisions ORDER BY decision"
        );
        let rows = self.all(&query, [], |row| {
            let texts =
                [row.get::<_, String>(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?];
            Ok((row.get::<_, u64>(0)?, texts, row.get::<_, usize>(7)?))
        })?;
        let read = |(number, [document, layer, before, quoted, after, verdict], ordinal): (
            u64,
            [String; 6],
            usize,
        )| {
            let damaged = |error| Error::new(ErrorKind::Damaged, self.path(), "read a decision of", error);
            let document = document_id(self.path(), &document)?;
            let anchor = Anchor { document, layer, before, quoted, after, ordinal };
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
    /// ```
    /// use corpus_core::{Annotation, Parser, Record, Span, text::Text};
    /// use corpus_store::{Anchor, Corpus, Options, Verdict, Writer};
    ///
    /// let mut documents = Text::new().parse_all(&Record::new("a.txt", "Monday froze over.".as_bytes()));
    /// documents[0].annotations.push(Annotation {
    ///     span: Span::new(0, 6),
    ///     layer: "name".into(),
    ///     value: serde_json::json!({"type": "PER"}),
    ///     rule: "by-hand".into(),
    ///     confidence: 0.5,
    /// });
    /// let folder = tempfile::tempdir().unwrap();
    /// let mut writer = Writer::open(folder.path(), Options::new())?;
    /// writer.add(&documents, None)?;
    /// let anchor = Anchor::of(&documents[0], "name", Span::new(0, 6));
    /// let number = writer.decide(&anchor, &Verdict::Reject)?;
    ///
    /// // Wrong is what a person called so, until the decision is taken back.
    /// let read = || Corpus::open(folder.path())?.documents().next().transpose();
    /// assert!(read()?.is_some_and(|document| document.annotations.is_empty()));
    /// writer.undo(number)?;
    /// assert!(read()?.is_some_and(|document| document.annotations.len() == 1));
    /// # Ok::<(), corpus_store::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the manifest cannot be written.
    pub fn decide(&mut self, anchor: &Anchor, verdict: &Verdict) -> Result<u64, Error> {
        self.change(|writer, snapshot| {
            let query = "SELECT coalesce(max(decision), 0) + 1 FROM decisions";
            let number: u64 = writer.manifest().one(query, [])?;
            writer.set_decision(number, anchor, verdict)?;
            writer.decided(verdict, snapshot)?;
            Ok((number, Vec::new()))
        })
    }

    /// Writes a decision, in the place of the one of that number.
    pub(crate) fn set_decision(&self, number: u64, anchor: &Anchor, verdict: &Verdict) -> Result<(), Error> {
        let manifest = self.manifest();
        let json = serde_json::to_string(verdict)
            .map_err(|error| Error::new(ErrorKind::Io, manifest.path(), "write", error))?;
        let Anchor { document, layer, before, quoted, after, ordinal } = anchor;
        let statement = "INSERT OR REPLACE INTO decisions \
                         (decision, document, layer, before, quoted, after, verdict, ordinal) \
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let values = params![number, document.as_str(), layer, before, quoted, after, json, ordinal];
        manifest.execute(statement, values).map(|_| ())
    }

    /// Takes a decision back; gives it, or `None` where there is none of this number.
    ///
    /// # Errors
    /// When the manifest cannot be written.
    pub fn undo(&mut self, number: u64) -> Result<Option<Decision>, Error> {
        let known = self.manifest().decisions()?.into_iter().find(|decision| decision.number == number);
        let Some(decision) = known else { return Ok(None) };
        self.change(|writer, snapshot| {
            match &decision.verdict {
                Verdict::Merge { with, ids } if ids.len() > 1 => {
                    let verdict = Verdict::GiveBack { ids: ids[1..].to_vec() };
                    writer.set_decision(number, with, &verdict)?;
                }
                _ => {
                    let statement = "DELETE FROM decisions WHERE decision = ?1";
                    writer.manifest().execute(statement, [number])?;
                }
            }
            writer.decided(&decision.verdict, snapshot)?;
            Ok(((), Vec::new()))
        })?;
        Ok(Some(decision))
    }

    /// Links depend on decisions about entities, and on which names there are; the index holds annotations, and is made
    /// anew without those that are rejected.
    fn decided(&self, verdict: &Verdict, snapshot: u64) -> Result<(), Error> {
        match verdict {
            Verdict::Accept | Verdict::Note { .. } => return Ok(()),
            Verdict::Reject => self.manifest().set_index_since(snapshot)?,
            Verdict::Merge { .. } | Verdict::GiveBack { .. } | Verdict::Split => {}
        }
        self.manifest().set_meta("links", 0)
    }

    /// Takes note that links were made with the ids that were to be given back.
    pub(crate) fn ids_are_given_back(&self) -> Result<(), Error> {
        let statement = "DELETE FROM decisions WHERE json_extract(verdict, '$.verdict') = 'give_back'";
        self.manifest().execute(statement, []).map(|_| ())
    }
}
