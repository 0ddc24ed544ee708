//! The full-text index of a corpus directory: derived, and made anew whenever it is missing, broken or of another
//! version.
//!
//! It yields the parts that may match, ranked where that is asked for, and holds their text, so that the matcher finds
//! passages without the documents being read.

mod candidates;
mod check;
mod fresh;
mod record;
mod schema;
mod update;
mod whole;
mod words;
mod writing;

pub use fresh::FreshIndex;

use crate::{deadline::Deadline, error::Error, part_text::PartText, query::Query, scope::Scope};
use corpus_store::{Corpus, IndexLock};
use schema::{Fields, ORDER};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    fs, io,
    ops::ControlFlow,
    path::{Path, PathBuf},
};
use tantivy::{
    DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader, TantivyError,
    collector::{Collector, SegmentCollector, TopDocs},
    columnar::Column,
    store::StoreReader,
};
use writing::Writing;

/// Least memory that an index is written with.
const LEAST_MEMORY: usize = 16 << 20;
/// Blocks of the store kept unpacked, for each segment.
const STORE_BLOCKS: usize = 32;

/// The index of a corpus directory, opened to be read.
pub(crate) struct Index {
    path: PathBuf,
    fields: Fields,
    searcher: Searcher,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("path", &self.path).finish_non_exhaustive()
    }
}

/// What an index says of itself, committed with it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Payload {
    version: String,
    /// The snapshot of the corpus that it reflects.
    snapshot: u64,
    /// Number of documents ever added, current or not.
    documents: u64,
}

/// A part that may match, with its rank.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ranked {
    /// BM25.
    pub(crate) score: f32,
    /// Where the index has it.
    pub(crate) address: DocAddress,
    /// Its place in the order of the corpus, as [`Index::place`] has it.
    pub(crate) place: u64,
}

impl Index {
    /// Opens the index in a folder, made or brought up to date first where that is needed.
    ///
    /// # Errors
    /// When it cannot be written, or the documents cannot be read.
    pub(crate) fn open(corpus: &Corpus, path: &Path) -> Result<Index, Error> {
        let fields = Fields::new();
        let failed = |verb: &'static str| move |error: TantivyError| Error::index(path, verb, error);
        // What documents say is in the index too: where it was changed later, it is made anew.
        let existing = || existing(path, &fields).filter(|(_, known)| known.snapshot >= corpus.index_since());
        if let Some((index, payload)) = existing()
            && payload.snapshot == corpus.snapshot()
        {
            let searcher = index.reader().map_err(failed("open"))?.searcher();
            return Ok(Index { path: path.to_owned(), fields, searcher });
        }
        // One process at a time makes or updates it; the others wait, and find it done.
        let _lock = lock(path)?;
        if !corpus.may_be_indexed()? {
            return Err(Error::index(
                path,
                "write",
                io::Error::other("what it would hold was purged or changed"),
            ));
        }
        let index = match existing() {
            Some((index, payload)) => {
                // One that is ahead was made by a process that saw a later snapshot: it is not taken back.
                if payload.snapshot < corpus.snapshot() {
                    update::update(&index, &fields, corpus, path, Some(payload))?;
                }
                index
            }
            None => {
                // What lies there is no index of ours, or not one that can be read.
                if path.exists() {
                    fs::remove_dir_all(path).map_err(|error| Error::index(path, "clear away", error))?;
                }
                let index = update::create(path, &fields)?;
                update::update(&index, &fields, corpus, path, None)?;
                index
            }
        };
        let searcher = index.reader().map_err(failed("open"))?.searcher();
        Ok(Index { path: path.to_owned(), fields, searcher })
    }

    /// Hands the parts that may match to `sink` in the order of the corpus, until it breaks.
    pub(crate) fn each(
        &self,
        query: Option<&Query>,
        scope: &Scope,
        mut sink: impl FnMut(&PartText) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let found = candidates::candidates(query, scope, &self.fields, &self.searcher);
        let mut ordered =
            self.searcher.search(&found.query, &InOrder).map_err(|error| self.unreadable(error))?;
        ordered.sort_unstable();
        let mut store = Store::new(self);
        for (_, address) in ordered {
            if sink(&store.part(address)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// An index in memory that ranks these parts and keeps none of them.
    ///
    /// # Errors
    /// When it cannot be made, or not before the deadline.
    pub(crate) fn of_parts(parts: &[PartText], deadline: &Deadline) -> Result<Index, Error> {
        let (path, fields) = (Path::new("memory"), Fields::new());
        let index = tantivy::Index::builder()
            .schema(fields.schema.clone())
            .tokenizers(schema::tokenizers())
            .create_in_ram()
            .map_err(|error| Error::index(path, "make", error))?;
        let n_bytes: usize = parts.iter().map(|part| part.text.len()).sum();
        let memory = (4 * n_bytes).clamp(LEAST_MEMORY, update::WRITER_MEMORY);
        let writing = Writing::begin(&index, path, memory)?;
        for part in parts {
            deadline.check()?;
            writing.add(update::sought(part, &fields), part.text.len())?;
        }
        writing.commit(&Payload { version: schema::version(), snapshot: 0, documents: 0 })?;
        let reader = index.reader().map_err(|error| Error::index(path, "open", error))?;
        let searcher = reader.searcher();
        Ok(Index { path: path.to_owned(), fields, searcher })
    }

    /// The place of a part in the order of the corpus.
    pub(crate) fn place(part: &PartText) -> u64 {
        update::place(part)
    }

    /// The first parts that may match, by rank, equals in the order of the corpus, and whether they are all: `limit` of
    /// them, less those at the end that may have equals behind it.
    pub(crate) fn ranked(
        &self,
        query: &Query,
        scope: &Scope,
        limit: usize,
    ) -> Result<(Vec<Ranked>, bool), Error> {
        let query = candidates::candidates(Some(query), scope, &self.fields, &self.searcher).query;
        let most = usize::try_from(self.searcher.num_docs()).unwrap_or(usize::MAX).max(1);
        let limit = limit.clamp(1, most);
        let top = TopDocs::with_limit(limit).order_by_score();
        let found = self.searcher.search(&query, &top).map_err(|error| self.unreadable(error))?;
        let segments = self.searcher.segment_readers().iter();
        let orders: Vec<Column<u64>> = segments
            .map(|segment| segment.fast_fields().u64(ORDER))
            .collect::<Result<_, _>>()
            .map_err(|error| self.unreadable(error))?;
        let place = |address: DocAddress| {
            orders.get(address.segment_ord as usize).and_then(|order| order.first(address.doc_id))
        };
        let ranked = |(score, address)| Ranked { score, address, place: place(address).unwrap_or(u64::MAX) };
        let mut ranked: Vec<Ranked> = found.into_iter().map(ranked).collect();
        ranked.sort_by(|one, other| {
            other.score.total_cmp(&one.score).then_with(|| one.place.cmp(&other.place))
        });
        let are_all = ranked.len() < limit || limit == most;
        if let (Some(last), false) = (ranked.last().map(|last| last.score), are_all) {
            // Which of equals were left out is chance: segments are not in the order of the corpus.
            ranked.truncate(ranked.partition_point(|ranked| ranked.score > last));
        }
        Ok((ranked, are_all))
    }

    /// What reads parts.
    pub(crate) fn store(&self) -> Store<'_> {
        Store::new(self)
    }

    fn unreadable(&self, error: TantivyError) -> Error {
        Error::index(&self.path, "read", error)
    }
}

impl Payload {
    /// That of an index which has so many documents, those of the corpus among them.
    fn of(corpus: &Corpus, documents: u64) -> Payload {
        Payload { version: schema::version(), snapshot: corpus.snapshot(), documents }
    }
}

/// A lock that one process at a time has, which makes or changes the index in a folder.
fn lock(path: &Path) -> Result<IndexLock, Error> {
    IndexLock::take(path).map_err(|error| Error::index(path, "lock", error))
}

/// The index in a folder, where there is one of this version whose files are whole.
fn existing(path: &Path, fields: &Fields) -> Option<(tantivy::Index, Payload)> {
    named(path, fields).filter(|(index, _)| whole::is_whole(index, path) && index.reader().is_ok())
}

/// The index in a folder, where there is one that says it is of this version.
fn named(path: &Path, fields: &Fields) -> Option<(tantivy::Index, Payload)> {
    let mut index = tantivy::Index::open_in_dir(path).ok()?;
    index.set_tokenizers(schema::tokenizers());
    let payload: Payload = serde_json::from_str(&index.load_metas().ok()?.payload?).ok()?;
    (payload.version == schema::version() && index.schema() == fields.schema).then_some((index, payload))
}

/// Reads parts from the stores of the segments.
pub(crate) struct Store<'a> {
    index: &'a Index,
    readers: HashMap<SegmentOrdinal, StoreReader>,
}

impl<'a> Store<'a> {
    fn new(index: &'a Index) -> Self {
        Store { index, readers: HashMap::new() }
    }

    /// The part at an address.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn part(&mut self, address: DocAddress) -> Result<PartText, Error> {
        let Store { index, readers } = self;
        let reader = match readers.entry(address.segment_ord) {
            std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::hash_map::Entry::Vacant(entry) => {
                let segment = index.searcher.segment_reader(address.segment_ord);
                let reader = segment.get_store_reader(STORE_BLOCKS);
                entry.insert(reader.map_err(|error| Error::index(&index.path, "read", error))?)
            }
        };
        let kept: record::Kept = reader.get(address.doc_id).map_err(|error| index.unreadable(error))?;
        let broken = || TantivyError::InternalError("a part of it cannot be read".to_owned());
        kept.part().ok_or_else(|| index.unreadable(broken()))
    }
}

/// Collects what matches with its place in the order of the corpus.
struct InOrder;

struct SegmentInOrder {
    order: Column<u64>,
    segment: SegmentOrdinal,
    found: Vec<(u64, DocAddress)>,
}

impl Collector for InOrder {
    type Fruit = Vec<(u64, DocAddress)>;
    type Child = SegmentInOrder;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentInOrder> {
        Ok(SegmentInOrder { order: reader.fast_fields().u64(ORDER)?, segment, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        Ok(fruits.concat())
    }
}

impl SegmentCollector for SegmentInOrder {
    type Fruit = Vec<(u64, DocAddress)>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let order = self.order.first(doc).unwrap_or(u64::MAX);
        self.found.push((order, DocAddress::new(self.segment, doc)));
    }

    fn harvest(self) -> Self::Fruit {
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Engine, Query, SearchOptions,
        engine::Held,
        kwic::{KwicOptions, Line},
    };
    use corpus_core::{Document, Evidence, Method, Published, Record, Registry};
    use proptest::prelude::*;

    const PAGES: [&str; 3] = [
        "The harbour froze over\n\nOn Monday the harbour’s master said: “No ferry will leave the old harbour before the \
         ice-breaker comes.” The ferry company waits.\n",
        "Ferries run again\n\nThe ice-breaker came on Friday, and the ferry left the harbour with mail and twelve \
         passengers on board.\n\nThe company was glad of it, and so were they who had waited in the cold for a week.\n",
        "Гавань замёрзла\n\nВ понедельник паром не вышел из гавани, потому что лёд был слишком толстым для него.\n",
    ];

    fn documents() -> Vec<Document> {
        let parse = |text: &&str| Registry::core().parse_all(&Record::new("page.txt", str::as_bytes(text)));
        let mut pages: Vec<Document> = PAGES.iter().flat_map(parse).collect();
        for (page, date) in pages.iter_mut().zip(["2020-09-14/..", "2012-09-21/2012-12-15", "2017-10-02"]) {
            let evidence = Evidence::Field { field: "date".into(), value: date.into() };
            page.parts[0].published = Some(Published::new(date.parse().unwrap(), Method::Record, evidence));
        }
        pages
    }

    fn lines(engine: &Engine, query: &Query, scope: &Scope) -> Vec<Line> {
        engine.kwic(query, &KwicOptions::new().scope(scope.clone())).unwrap().lines
    }

    fn both() -> (tempfile::TempDir, Engine, Engine) {
        let folder = tempfile::tempdir().unwrap();
        let corpus = Corpus::memory(documents());
        let index = Index::open(&corpus, &folder.path().join("index")).unwrap();
        (folder, Engine::of(Held::Index(index)), Engine::memory(&documents()))
    }

    #[test]
    fn the_index_is_made_anew_when_it_is_broken() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        let corpus = Corpus::memory(documents());
        drop(Index::open(&corpus, &path).unwrap());
        for entry in fs::read_dir(&path).unwrap() {
            let file = entry.unwrap().path();
            if file.extension().is_some_and(|extension| extension == "store" || extension == "term") {
                fs::write(&file, b"cut").unwrap();
            }
        }
        let check = |what: &str| {
            let engine = Engine::of(Held::Index(Index::open(&corpus, &path).unwrap()));
            let query = Query::parse("\"old harbour\" OR harbour");
            assert_eq!(lines(&engine, &query, &Scope::article()).len(), 4, "{what}");
        };
        check("cut");
        for ending in ["fast", "fieldnorm", "term", "idx", "pos", "store"] {
            for is_gone in [false, true] {
                let is_of = |file: &PathBuf| file.extension().is_some_and(|found| found == ending);
                let files = fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path());
                let file = files.into_iter().find(is_of).unwrap();
                if is_gone {
                    fs::remove_file(&file).unwrap();
                } else {
                    let mut bytes = fs::read(&file).unwrap();
                    let middle = bytes.len() / 3;
                    bytes[middle] ^= 0x10;
                    fs::write(&file, bytes).unwrap();
                }
                check(ending);
            }
        }
        fs::write(path.join("meta.json"), b"{}").unwrap();
        assert!(Index::open(&corpus, &path).is_ok());
    }

    #[test]
    fn both_ways_find_the_same() {
        let (_folder, indexed, memory) = both();
        for query in [
            "harbour",
            "harb*",
            "\"ice breaker\"",
            "ferry -mail",
            "NOT ferry harbour",
            "habrour~",
            "h*r",
            "mail OR лед",
            "\"ferry harbour\"~4",
            "title:froze",
            "language:ru",
            "гавань",
            "[word=\"the\"] [] ",
            "[stem=\"ferry\"]",
            "title:\"run again\" company",
            "fer* AND (mail OR cold)",
            "year:2020",
            "date:[2020 TO *]",
            "date:[2020-09 TO *] harbour",
            "date:[* TO 2019] (harbour OR лед)",
            "date:2012-10 ferry",
            "within:2012-10 ferry",
            "within:2012 ferry",
            "year:2021 ferry",
            "year:open ferry",
            "ferry NOT year:open",
            "role:title ferr*",
        ] {
            let query = Query::parse(query);
            for scope in [Scope::article(), Scope::all(), "title".parse().unwrap()] {
                assert_eq!(
                    lines(&indexed, &query, &scope),
                    lines(&memory, &query, &scope),
                    "{query:?} {scope}"
                );
                let options = SearchOptions::new().scope(scope.clone());
                let hits = |engine: &Engine| engine.search(&query, &options).unwrap();
                assert_eq!(hits(&indexed), hits(&memory), "{query:?} {scope}");
            }
        }
    }

    #[test]
    fn a_date_is_found_wherever_it_may_lie() {
        let (_folder, indexed, _) = both();
        let found = |query: &str| -> Vec<usize> {
            let pages = documents();
            let lines = lines(&indexed, &Query::parse(query), &Scope::article());
            let mut found: Vec<usize> = lines
                .iter()
                .filter_map(|line| pages.iter().position(|page| page.id.as_str() == line.location.document))
                .collect();
            found.dedup();
            found
        };
        for (query, pages) in [
            ("fer* date:[2020-09 TO *]", &[0][..]),
            ("fer* date:2020-09", &[0]),
            ("fer* date:2020-09-14", &[0]),
            ("fer* date:2020-09-13", &[]),
            ("fer* year:2020", &[0]),
            ("fer* year:2021", &[0]),
            ("fer* year:open", &[0]),
            ("fer* within:[2020 TO *]", &[]),
            ("fer* date:2012-10", &[1]),
            ("fer* within:2012-10", &[]),
            ("fer* within:2012", &[1]),
            ("fer* date:[* TO 2020-09-13]", &[1]),
        ] {
            assert_eq!(found(query), pages, "{query}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn both_ways_find_the_same_for_any_query(
            queries in proptest::collection::vec(
                r#"((the|harbour|ferry|ice-breaker|mail|fer\*|лед|"old harbour"|"the master"~3|cold~|title:ferries)( AND | OR | -| ){0,1}){1,4}"#,
                8,
            )
        ) {
            let (_folder, indexed, memory) = both();
            for query in queries {
                let query = Query::parse(&query);
                let scope = Scope::all();
                prop_assert_eq!(lines(&indexed, &query, &scope), lines(&memory, &query, &scope), "{:?}", query);
            }
        }
    }
}
