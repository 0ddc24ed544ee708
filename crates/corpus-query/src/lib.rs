//! Answers from a corpus: what is in it, where a query matches, how often words stand in it.
//!
//! Every answer is typed and names document and span; the command line and the HTTP API only render it.
//!
//! An [`Engine`] holds the parts of a corpus; a [`Query`] is read from what a person types; each kind of answer has a
//! method of the engine: [`Engine::search`], [`Engine::kwic`].
//!
//! ```
//! use corpus_core::{Parser, Record, text::Text};
//! use corpus_query::{Engine, KwicOptions, Query};
//!
//! let page = "Ferries run again\n\nThe harbour’s ice broke on Monday, and the ferries run again as before.\n";
//! let documents = Text::new().parse_all(&Record::new("page.txt", page.as_bytes()));
//! let concordance = Engine::memory(&documents).kwic(&Query::parse("harbour"), &KwicOptions::new())?;
//! assert_eq!(concordance.lines[0].matched, "harbour");
//! assert_eq!(concordance.lines[0].location.line, 3);
//! # Ok::<(), corpus_query::Error>(())
//! ```

pub mod clusters;
pub mod comparison;
mod copies;
pub mod counts;
pub mod cursor;
pub mod dated;
mod dates;
pub mod deadline;
mod documents;
pub mod engine;
mod entities;
pub mod error;
pub mod fact;
pub mod fold;
pub mod happenings;
pub mod hit;
mod index;
pub mod kwic;
pub mod links;
pub mod matcher;
mod memory;
pub mod offsets;
pub mod part_text;
pub mod people;
pub mod query;
mod reading;
pub mod scan;
pub mod scope;
pub mod search;
pub mod statements;
pub mod tabular;
pub mod timeline;
pub mod token;
mod voice;
mod worded;

pub use clusters::{Cluster, Clusters, CopyRow, Member, Shared, label_of};
pub use comparison::{Change, ChangeKind, Comparison, Piece, Side};
pub use corpus_dedup::TextKey;
pub use counts::{
    Counted,
    collocates::{Collocate, CollocateOptions, Collocates, Measure},
    dispersion::{Dispersion, Plot},
    frequency::{Frequency, Period, Step},
    keywords::{Keyword, Keywords},
    ngrams::{Ngram, NgramList},
    window::{NoWindow, Window},
    words::{Form, WordCount, WordList},
};
pub use cursor::Cursor;
pub use dated::{Dated, Dates};
pub use deadline::Deadline;
pub use engine::Engine;
pub use error::{Error, ErrorKind};
pub use happenings::{Agreements, Happening, Happenings, Mention, NamedAgreement};
pub use hit::{DateOf, InArticle, Location, Total};
pub use index::FreshIndex;
pub use kwic::{Concordance, Context, KwicOptions, Line, SortKey};
pub use offsets::Spans;
pub use part_text::PartText;
pub use people::{Called, People, PeopleOptions, Person, PersonKind};
pub use query::{Explained, Field, Query, Warning};
pub use scope::Scope;
pub use search::{Facets, Found, Hit, SearchOptions, Snippet};
pub use statements::{Cited, Statement, StatementOptions, Statements};
pub use tabular::Tabular;
pub use timeline::{Entry, Timeline, TimelineBuilder, UnknownLane, check_lane};
pub use worded::worded;
