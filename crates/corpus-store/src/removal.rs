//! Removal: a page that was taken out of the corpus stays out, however often it is scraped again.

use crate::{
    address::{Mark, Said, address_as_written, address_of, is_item},
    called::Among,
    corpus::Corpus,
    error::Error,
    manifest::{Manifest, document_id, is_hashed},
    page::Page,
    taken_out::TakenOut,
    writer::Writer,
};
use corpus_core::{Document, DocumentId};
use rusqlite::params;
use serde::Serialize;
use std::collections::{BTreeSet, HashSet};

/// Documents that are looked up one by one; more are found in a walk through all.
const LOOKED_UP: usize = 64;

/// Documents that are asked whether an address is that of one page, at most: a whole site may call one its own.
const ASKED: usize = 64;

/// A document that was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Removed {
    /// Its id.
    pub id: DocumentId,
    /// The file that it came from; `None` where no document of that file is left and its name was purged.
    pub uri: Option<String>,
    /// What its record calls itself; `None` where it has no name, or that was purged.
    pub name: Option<String>,
    /// The snapshot since which it is gone.
    pub left: u64,
    /// Whether its text was purged.
    pub is_purged: bool,
}

/// What became of removed documents that were wanted again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenBack {
    /// Those that are current again.
    pub current: u64,
    /// Those whose text was purged: the next build that reads their page takes it in.
    pub purged: u64,
}

impl Writer {
    /// Takes documents out of the corpus: their rows stay until they are purged, but no reader sees them. They do not
    /// come back when their source is built again, nor does what their page says then: it is known by its address, by
    /// the URL of its record and by the one that it calls its own, where no document that stays does so too; by the last
    /// only together with its title, unless it is the record's URL on another site or as another view. Gives those that
    /// were current, and then those left that are the same page or a copy: a takedown is whole where there are none.
    ///
    /// ```
    /// use corpus_core::{Metadata, Parser, Record, text::Text};
    /// use corpus_store::{Added, Corpus, Fate, Options, Writer};
    ///
    /// let folder = tempfile::tempdir().unwrap();
    /// let page = |url: &str, text: &'static str| {
    ///     let metadata = Metadata { url: Some(url.to_owned()), ..Metadata::default() };
    ///     Text::new().parse_all(&Record::new("crawl.jsonl", text.as_bytes()).with_metadata(metadata))
    /// };
    /// let mut writer = Writer::open(folder.path(), Options::new())?;
    /// writer.add(&page("https://a.example/toll", "The toll rises."), None)?;
    /// writer.add(&page("https://a.example/toll?utm_source=mail", "The toll rises!"), None)?;
    /// writer.commit()?;
    ///
    /// let both = Corpus::open(folder.path())?.named("https://a.example/toll", 9)?;
    /// let taken = writer.remove(&both[..1])?;
    /// assert_eq!(taken.iter().map(|taken| taken.fate).collect::<Vec<_>>(), [Fate::Removed, Fate::SameAddress]);
    /// writer.remove(&both[1..])?;
    ///
    /// // What the page says later stays out as well.
    /// let later = page("http://www.a.example/toll/", "The toll rises again.");
    /// assert_eq!(writer.add(&later, None)?, [Added::Removed]);
    /// # Ok::<(), corpus_store::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the manifest cannot be written, or a document not be read.
    pub fn remove(&mut self, ids: &[DocumentId]) -> Result<Vec<TakenOut>, Error> {
        self.commit()?;
        let corpus = Corpus::open(self.directory())?;
        self.change(|writer, snapshot| {
            let manifest = writer.manifest();
            manifest.learn_pages(&corpus)?;
            with_each(&corpus, ids, |document| manifest.mark(document))?;
            let statement =
                "UPDATE documents SET left = coalesce(left, ?1), superseded_by = NULL WHERE id = ?2";
            let mut removed = Vec::new();
            for id in ids {
                let query = "SELECT EXISTS (SELECT 1 FROM documents WHERE id = ?1 AND left IS NULL)";
                if manifest.one(query, [id.as_str()])? {
                    removed.push(id.clone());
                }
                manifest.execute(statement, params![snapshot, id.as_str()])?;
                // Of one that is not current or cannot be read, the address is known all the same.
                let statement = "INSERT OR IGNORE INTO removed SELECT address, n FROM documents \
                                 WHERE id = ?1 AND address IS NOT NULL";
                manifest.execute(statement, [id.as_str()])?;
            }
            Ok((manifest.taken_out(&corpus, &removed)?, Vec::new()))
        })
    }

    /// Takes removals back. A document whose text is there is current again; of one whose text was purged, and of what
    /// its page said later, nothing is there until a build reads it: inputs are read from their beginnings then.
    ///
    /// # Errors
    /// When the manifest cannot be written.
    pub fn take_back(&mut self, ids: &[DocumentId]) -> Result<TakenBack, Error> {
        self.change(|writer, snapshot| {
            let manifest = writer.manifest();
            let is_removed = Among::Removed.condition();
            let mut taken = TakenBack::default();
            for id in ids {
                let query = format!("SELECT n, part FROM documents WHERE id = ?1 AND {is_removed}");
                let found = manifest.option(&query, [id.as_str()], |row| {
                    Ok((row.get::<_, u64>(0)?, row.get::<_, Option<u64>>(1)?))
                })?;
                let Some((n, part)) = found else { continue };
                // Other documents of the page stay removed, but keep it out no longer.
                let statement =
                    "DELETE FROM removed WHERE page IN (SELECT page FROM removed WHERE document = ?1)";
                manifest.execute(statement, [n])?;
                if part.is_some() {
                    // It is of the build that it came with: the next one may supersede it.
                    let statement = "UPDATE documents SET left = NULL, added = ?1 WHERE n = ?2";
                    manifest.execute(statement, params![snapshot, n])?;
                    taken.current += 1;
                } else {
                    manifest.execute("DELETE FROM pages WHERE document = ?1", [n])?;
                    manifest.execute("DELETE FROM documents WHERE n = ?1", [n])?;
                    taken.purged += 1;
                }
            }
            if taken != TakenBack::default() {
                manifest.execute("DELETE FROM checkpoints", [])?;
            }
            Ok((taken, Vec::new()))
        })
    }

    /// Takes note of what all documents say of their pages, where a corpus of an older version knows removals without it.
    pub(crate) fn learn_pages(&mut self) -> Result<(), Error> {
        if self.manifest().knows_pages()? || !self.manifest().has_removals()? {
            return Ok(());
        }
        // What is too damaged to be opened is mended first.
        let Ok(corpus) = Corpus::open(self.directory()) else { return Ok(()) };
        self.change(|writer, _| Ok((writer.manifest().learn_pages(&corpus)?, Vec::new())))
    }

    /// Takes note of what a document says of its page, from the first removal on; of where an item leads, in any case.
    pub(crate) fn note_pages(
        &self,
        n: u64,
        document: &Document,
        is_one_of_several: bool,
    ) -> Result<(), Error> {
        let manifest = self.manifest();
        match is_one_of_several {
            true => manifest.note_item(n, document),
            false if manifest.knows_pages()? => manifest.note_pages(n, document),
            false => Ok(()),
        }
    }

    /// Whether this is a page that was removed, as it is now. Where another document stands at its address, which was
    /// not removed with it, the page is that one's.
    pub(crate) fn was_removed(
        &self,
        document: &Document,
        address: Option<[u8; 16]>,
        is_one_of_several: bool,
    ) -> Result<bool, Error> {
        let manifest = self.manifest();
        let stands = "SELECT EXISTS (SELECT 1 FROM documents WHERE address = ?1 AND left IS NULL)";
        if !manifest.has_removals()? || manifest.one(stands, params![address])? {
            return Ok(false);
        }
        // What was purged before addresses were those of pages is known as its URL was written.
        let as_written = address_as_written(&document.source, is_one_of_several);
        if manifest.is_marked(address)? || manifest.is_marked(as_written)? {
            return Ok(true);
        }
        if is_one_of_several {
            return Ok(false);
        }
        let said = Said::by(document);
        for (mark, page) in said.pages() {
            if manifest.was_removed(&said, mark, page)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Manifest {
    /// The documents that were removed, in the order in which they came.
    pub(crate) fn removed(&self) -> Result<Vec<Removed>, Error> {
        let query = format!(
            "SELECT id, uri, name, left, part IS NULL FROM documents JOIN inputs USING (input) WHERE {} ORDER BY n",
            Among::Removed.condition()
        );
        let rows = self.all(&query, [], |row| {
            let id: String = row.get(0)?;
            let uri: String = row.get(1)?;
            Ok((id, uri, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
        let removed = |(id, uri, name, left, is_purged): (String, String, _, _, _)| {
            let uri = Some(uri).filter(|uri| !is_hashed(uri));
            Ok(Removed { id: document_id(self.path(), &id)?, uri, name, left, is_purged })
        };
        rows.into_iter().map(removed).collect()
    }

    fn has_removals(&self) -> Result<bool, Error> {
        self.one("SELECT EXISTS (SELECT 1 FROM removed)", [])
    }

    /// Whether something of this hash was removed.
    fn is_marked(&self, mark: Option<[u8; 16]>) -> Result<bool, Error> {
        self.one("SELECT EXISTS (SELECT 1 FROM removed WHERE page = ?1)", params![mark])
    }

    /// Whether a page that a document names was removed, and may be taken for that document's.
    fn was_removed(&self, said: &Said, mark: Mark, page: &Page) -> Result<bool, Error> {
        let [own, canonical] = [Mark::Own, Mark::Canonical].map(|mark| mark.of(page));
        let is_said = "SELECT EXISTS (SELECT 1 FROM pages WHERE page IN (?1, ?2) AND is_current = 1)";
        if matches!(mark, Mark::Own) && self.is_marked(Some(own))? {
            return self.one::<bool>(is_said, params![own, own]).map(|is_said| !is_said);
        }
        // What other documents name too, which were not removed, is no page of those that were.
        if self.one(is_said, params![own, canonical])? {
            return Ok(false);
        }
        // Nor is it one page that documents of several titles at several addresses call their own. Of many the first tell.
        let is_one = format!(
            "SELECT count(DISTINCT title) < 2 OR count(DISTINCT address) < 2 \
             FROM (SELECT * FROM pages WHERE page IN (?1, ?2) LIMIT {ASKED}) JOIN documents ON n = document"
        );
        let is_certain = matches!(mark, Mark::Own) || said.is_certain;
        if is_certain
            && (self.is_marked(Some(own))? || self.is_marked(Some(canonical))?)
            && self.one(&is_one, params![own, canonical])?
        {
            return Ok(true);
        }
        self.is_marked(said.titled(page))
    }

    /// Takes note of all by which the page of a current document is known when it comes again.
    fn mark(&self, document: &Document) -> Result<(), Error> {
        let Some((n, address)) = self.number_and_address(document)? else { return Ok(()) };
        let is_one_of_several = is_one_of_several(document, address);
        let mut marks: BTreeSet<[u8; 16]> = address.into_iter().collect();
        marks.extend(document.also.iter().filter_map(|source| address_of(source, is_one_of_several)));
        // What several documents of one record state may be the address of the record.
        if is_one_of_several {
            self.note_item(n, document)?;
        } else {
            let said = Said::by(document);
            let is_certain = |mark| matches!(mark, Mark::Own) || said.is_certain;
            marks
                .extend(said.pages().filter(|(mark, _)| is_certain(*mark)).map(|(mark, page)| mark.of(page)));
            marks.extend(said.pages().filter_map(|(_, page)| said.titled(page)));
        }
        for mark in marks {
            self.execute("INSERT OR IGNORE INTO removed VALUES (?1, ?2)", params![mark, n])?;
        }
        Ok(())
    }

    /// Whether it is noted what documents say of their pages: since the first removal.
    pub(crate) fn knows_pages(&self) -> Result<bool, Error> {
        Ok(self.meta_or("pages", 0)? > 0)
    }

    /// Takes note of what a document of a record of its own says of its page.
    pub(crate) fn note_pages(&self, n: u64, document: &Document) -> Result<(), Error> {
        let said = Said::by(document);
        let mut pages = said.pages();
        pages.try_for_each(|(mark, page)| self.note_page(n, mark.of(page), said.titled(page)))
    }

    /// Takes note of where one of several documents of a record leads: it may be called so.
    fn note_item(&self, n: u64, document: &Document) -> Result<(), Error> {
        let own = Said::by(document).own;
        own.map_or(Ok(()), |page| self.note_page(n, Mark::Item.of(&page), None))
    }

    fn note_page(&self, n: u64, page: [u8; 16], titled: Option<[u8; 16]>) -> Result<(), Error> {
        let statement = "INSERT OR REPLACE INTO pages (page, document, title, is_current) \
                         SELECT ?1, n, ?2, left IS NULL FROM documents WHERE n = ?3";
        self.execute(statement, params![page, titled.unwrap_or_default(), n]).map(|_| ())
    }

    /// Takes note of what all documents say of their pages, where that is not known, and by that of the removed ones.
    fn learn_pages(&self, corpus: &Corpus) -> Result<(), Error> {
        if self.knows_pages()? {
            return Ok(());
        }
        let removed: HashSet<DocumentId> = self.removed()?.into_iter().map(|removed| removed.id).collect();
        for document in corpus.documents().without_annotations().undecided().with_left(true).flatten() {
            let Some((n, address)) = self.number_and_address(&document)? else { continue };
            match is_one_of_several(&document, address) {
                true => self.note_item(n, &document)?,
                false => self.note_pages(n, &document)?,
            }
            if removed.contains(&document.id) {
                self.execute("DELETE FROM removed WHERE document = ?1", [n])?;
                self.mark(&document)?;
            }
        }
        self.set_meta("pages", 1)
    }

    fn number_and_address(&self, document: &Document) -> Result<Option<Numbered>, Error> {
        let query = "SELECT n, address FROM documents WHERE id = ?1";
        self.option(query, [document.id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
    }
}

/// The number of a document, and its address.
type Numbered = (u64, Option<[u8; 16]>);

/// Whether a document at this address is one of several of its record.
fn is_one_of_several(document: &Document, address: Option<[u8; 16]>) -> bool {
    let [alone, beside_others] = [false, true].map(|several| address_of(&document.source, several));
    // At none of the two lies one that is at another place by now.
    is_item(document) || address != alone && (address.is_none() || address == beside_others)
}

/// Shows each of these documents that is current; the order is not that of `ids`. One that cannot be read is passed by.
pub(crate) fn with_each(
    corpus: &Corpus,
    ids: &[DocumentId],
    mut show: impl FnMut(&Document) -> Result<(), Error>,
) -> Result<(), Error> {
    if ids.len() <= LOOKED_UP {
        let found = ids.iter().filter_map(|id| corpus.document(id).ok().flatten());
        return found.into_iter().try_for_each(|document| show(&document));
    }
    let ids: HashSet<&DocumentId> = ids.iter().collect();
    let all = corpus.documents().without_annotations().undecided();
    all.flatten().filter(|document| ids.contains(&document.id)).try_for_each(|document| show(&document))
}
