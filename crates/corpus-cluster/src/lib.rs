//! The stages of Corpus on more than one machine, by Apache DataFusion and Ballista.
//!
//! Two ways lead to it. [`sql`](engine::Engine) has the parser, the annotators, the filters and the sketches of texts as
//! functions over Parquet and JSON files. [`run`](run::run) drives a [`Pipeline`](pipeline::Pipeline): *narrow* stages
//! (read, parse, filter, annotate, write) work file by file and move no text between machines; those between them, which
//! find copies, exchange keys of texts by files, and move those alone. A task of either kind is a row that the engine
//! gives to whoever is free.
//!
//! What stays true: the rows of a run are the same in one thread, many threads, one process or a cluster, for each file
//! of the result is made of one file of the input and of the clusters of copies, which are a function of the set of
//! documents. A task writes its files under temporary names and its note last, so that one that is killed leaves nothing
//! that looks whole, and one that is run twice writes the same bytes.
//!
//! Tables come from files alone. Ballista 55 duplicates the rows of custom leaf plans.

mod about;
pub mod duplicates;
pub mod engine;
mod entry;
pub mod error;
mod exchange;
mod forest;
pub mod functions;
mod inputs;
pub mod keys;
pub mod made;
mod needs;
pub mod pipeline;
pub mod process;
mod record;
pub mod run;
pub mod source;
mod stages;
pub mod tally;
pub mod task;
mod texts;
pub mod tokens;
mod turn;
pub mod work;

pub use error::Error;
