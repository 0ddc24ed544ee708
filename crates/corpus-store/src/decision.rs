//! Decisions of people about what was found: kept with the words they are about, so that they find them again.

use crate::{
    anchor::Anchor,
    corpus::Corpus,
    error::{Error, ErrorKind},
    manifest::{Manifest, document_id},
    writer::Writer,
};
use corpus_core::DocumentId;
use rusqlite::params;
use serde::{Deserialize, Serialize};

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
    /// Of what the words name, all that is called so is another entity than the rest: in other documents, and in this one
    /// where it calls both by the same local id.
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

    /// Sets decisions anew whose words stand in a document that has changed: with its id, and what is around them now.
    /// What is edited next is found so too.
    pub(crate) fn set_decisions_anew(&self) -> Result<(), Error> {
        let decisions = self.manifest().decisions()?;
        if decisions.is_empty() {
            return Ok(());
        }
        let corpus = Corpus::open(self.directory())?;
        let anew = |anchor: &Anchor| -> Result<Anchor, Error> {
            let is_there = self.manifest().current(&anchor.document)?.is_some_and(|id| id == anchor.document);
            let document = if is_there { None } else { corpus.decided_document(&anchor.document)? };
            Ok(document.map_or_else(|| anchor.clone(), |document| anchor.clone().anew(&document)))
        };
        for Decision { number, anchor, verdict } in &decisions {
            let now = match verdict {
                Verdict::Merge { with, ids } => Verdict::Merge { with: anew(with)?, ids: ids.clone() },
                verdict => verdict.clone(),
            };
            let moved = anew(anchor)?;
            if (&moved, &now) != (anchor, verdict) {
                self.set_decision(*number, &moved, &now)?;
            }
        }
        Ok(())
    }

    /// Links depend on decisions about entities, and on which names there are; the index holds annotations, and is made
    /// anew without those that are rejected, and with the ids of those that are told apart.
    fn decided(&self, verdict: &Verdict, snapshot: u64) -> Result<(), Error> {
        match verdict {
            Verdict::Accept | Verdict::Note { .. } => return Ok(()),
            Verdict::Reject | Verdict::Split => self.manifest().set_index_since(snapshot)?,
            Verdict::Merge { .. } | Verdict::GiveBack { .. } => {}
        }
        self.manifest().set_meta("links", 0)
    }

    /// Takes note that links were made with the ids that were to be given back.
    pub(crate) fn ids_are_given_back(&self) -> Result<(), Error> {
        let statement = "DELETE FROM decisions WHERE json_extract(verdict, '$.verdict') = 'give_back'";
        self.manifest().execute(statement, []).map(|_| ())
    }
}
