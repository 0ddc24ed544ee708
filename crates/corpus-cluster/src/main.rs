//! `corpus-cluster`: the stages of Corpus as SQL, in one process or on a cluster.

use clap::{Parser, Subcommand};
use corpus_cluster::{
    Error,
    engine::{Engine, Place},
    process::{self, Executor, Scheduler},
    run,
    source::Source,
    work::Plan,
};
use datafusion::arrow::{json::LineDelimitedWriter, util::pretty::pretty_format_batches};
use std::{
    io::{self, IsTerminal, Write},
    net::IpAddr,
    num::NonZeroUsize,
    path::PathBuf,
    process::ExitCode,
    thread,
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Read, parse, filter, annotate and deduplicate on one machine or many, by Apache DataFusion and Ballista
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run a pipeline: a TOML file that says what is read, what is done, and where the package lies
    #[command(after_long_help = PIPELINE)]
    Run {
        /// The pipeline
        #[arg(value_name = "FILE")]
        pipeline: PathBuf,
        #[command(flatten)]
        at: At,
    },
    /// Run SQL over Parquet and JSON Lines, with the functions of Corpus
    #[command(after_long_help = FUNCTIONS)]
    Sql {
        /// The query
        query: String,
        /// A table: a name, and a file or folder of Parquet or JSON Lines (.gz, .zst, .bz2, .xz); may be given again
        #[arg(long, value_name = "NAME=PATH", value_parser = table)]
        table: Vec<(String, PathBuf)>,
        #[command(flatten)]
        at: At,
    },
    /// Run the scheduler of a cluster, until it is ended
    Scheduler {
        /// Address to listen at; what travels is not encrypted and nobody is asked who he is
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
        bind: IpAddr,
        /// Port
        #[arg(long, default_value_t = 50050)]
        port: u16,
        /// Name by which executors reach it
        #[arg(long, value_name = "NAME", default_value = "localhost")]
        host: String,
    },
    /// Run an executor of a cluster, until it is ended
    Executor {
        /// The scheduler
        #[arg(long, value_name = "HOST:PORT", default_value = "localhost:50050", value_parser = host_and_port)]
        scheduler: (String, u16),
        /// Address to listen at, as for the scheduler
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
        bind: IpAddr,
        /// Port; the one after it is used too
        #[arg(long, default_value_t = 50060)]
        port: u16,
        /// Name by which others reach it; by default the address
        #[arg(long, value_name = "NAME")]
        host: Option<String>,
        /// Tasks at a time; by default one for each core
        #[arg(long, value_name = "N")]
        tasks: Option<NonZeroUsize>,
        /// Folder for what is exchanged; by default a temporary one
        #[arg(long, value_name = "FOLDER")]
        folder: Option<PathBuf>,
        /// Memory for sorting and joining in SQL, such as 2GB or 512MiB
        #[arg(long, value_name = "SIZE", value_parser = size)]
        memory: Option<u64>,
    },
}

/// Where SQL is run.
#[derive(clap::Args)]
struct At {
    /// Run on the cluster of this scheduler; files and folders must be the same for all its machines
    #[arg(long, value_name = "HOST:PORT")]
    scheduler: Option<String>,
    /// Run in a scheduler and an executor within this process, as a cluster would
    #[arg(long, conflicts_with = "scheduler")]
    standalone: bool,
    /// Tasks at a time; by default one for each core, on a cluster 16
    #[arg(short, long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

const PIPELINE: &str = "\
A pipeline:
  output = \"clean\"                    # the folder of the package; \"clean.work\" keeps what tasks have done
  [read]
  paths = [\"shards/*.jsonl.zst\"]      # JSON Lines, WARC, WET, HTML, text, folders; a file is a task
  [filter.gopher_quality]             # as corpus filter --config; left out, nothing is filtered
  [annotate]                          # layers = [\"name\", \"time\"]; left out, no facts
  [statistics]                        # report.html; tokenizer = \"tokenizer.json\" counts its tokens too
  [deduplicate]                       # keep = \"survivors\", \"all\" or \"list\", text = \"page\" or \"article\", near = 0.7

A run that was ended is taken up where it was: give the same command again.

Examples:
  corpus-cluster run pipeline.toml
  corpus-cluster run pipeline.toml --scheduler localhost:50050";

const FUNCTIONS: &str = "\
Functions:
  corpus_parse(page, name)             the documents of a page of text or HTML, a list of JSON
  corpus_annotate(document)            the document with its facts
  corpus_article(document)             the clean text of its article
  corpus_filter(text, id, toml)        decision, reason, text, notes
  corpus_sketch(text)                  text (key), words, bands, fingerprints, tokens
  corpus_pairs(array_agg(text), most)  pairs of keys worth comparing
  corpus_likeness(tokens, tokens, near, part, reworded)
                                       nearness, relation, similarity
  corpus_tokens(text, file)            number of tokens, by a tokenizer.json

Example:
  corpus-cluster sql --table pages=shards/ \"SELECT id, corpus_filter(text, id, '[gopher_quality]')['reason'] AS reason
    FROM pages\"";

fn table(text: &str) -> Result<(String, PathBuf), String> {
    let (name, path) = text.split_once('=').ok_or("write NAME=PATH")?;
    Ok((name.to_owned(), path.into()))
}

/// A number of bytes: a number with B, KB, MB, GB (powers of 1,000), KiB, MiB or GiB (of 1,024) behind it.
fn size(text: &str) -> Result<u64, String> {
    let units = [("", 1), ("B", 1), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000)];
    let binary = [("KIB", 1 << 10), ("MIB", 1 << 20), ("GIB", 1 << 30)];
    let digits = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit = unit.trim().to_ascii_uppercase();
    let factor = units.iter().chain(&binary).find(|(known, _)| *known == unit).map(|&(_, factor)| factor);
    let size = number.parse::<u64>().ok().zip(factor).and_then(|(number, factor)| number.checked_mul(factor));
    size.filter(|&size| size > 0).ok_or_else(|| "write a size such as 2GB or 512MiB".to_owned())
}

fn host_and_port(text: &str) -> Result<(String, u16), String> {
    let (host, port) = text.rsplit_once(':').ok_or("write HOST:PORT")?;
    Ok((host.to_owned(), port.parse().map_err(|_| format!("{port:?} is no port"))?))
}

impl At {
    fn place(&self) -> Place {
        let jobs = self.jobs.unwrap_or_else(cores);
        match &self.scheduler {
            Some(scheduler) => Place::Cluster {
                scheduler: scheduler.clone(),
                partitions: self.jobs.or(NonZeroUsize::new(16)).unwrap_or(jobs),
            },
            None if self.standalone => Place::Standalone(jobs),
            None => Place::Here(jobs),
        }
    }
}

fn cores() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

fn main() -> ExitCode {
    let Cli { command } = Cli::parse();
    let threads = match &command {
        Command::Run { at, .. } | Command::Sql { at, .. } => at.jobs.filter(|_| at.scheduler.is_none()),
        _ => None,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads.unwrap_or_else(cores).get())
        .thread_stack_size(8 << 20)
        .enable_all()
        .build();
    let ended = match runtime {
        Ok(runtime) => {
            let ended = runtime.block_on(act(command));
            runtime.shutdown_background();
            ended
        }
        Err(cause) => Err(Error::File { what: "begin".to_owned(), cause: cause.to_string() }),
    };
    match ended {
        Ok(code) => code,
        Err(error) => {
            say(&format!("error: failed to {error}"));
            ExitCode::from(4)
        }
    }
}

/// Number of records set aside that are named.
const NAMED: usize = 10;

/// Says something to the person, not to what reads the output.
fn say(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

async fn act(command: Command) -> Result<ExitCode, Error> {
    if let Command::Scheduler { .. } | Command::Executor { .. } = command {
        // What goes wrong within the engine, which says it nowhere else.
        env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("warn")).init();
    }
    match command {
        Command::Run { pipeline, at } => {
            let plan = Plan::open(&pipeline)?;
            let pipeline = &plan.pipeline;
            let (place, mut say_it) = (at.place(), |text: String| say(&text));
            // A run that is dropped gives its folders free, and what others still do for it comes to nothing.
            let summary = tokio::select! {
                summary = run::run(&plan, &place, &mut say_it) => summary?,
                _ = process::asked_to_end() => {
                    let what = "finish the run".to_owned();
                    return Err(Error::Cluster { what, cause: "it was told to end".to_owned() });
                }
            };
            let tally = &summary.tally;
            for reject in summary.rejects.iter().take(NAMED) {
                say(&format!("warning: set aside {reject}"));
            }
            if tally.set_aside > 0 {
                let folder = plan.output().join("rejects");
                say(&format!("{} set aside in all; {} names each", tally.set_aside, folder.display()));
            }
            say(&format!(
                "read {} files, {} bytes: {} documents, {} set aside",
                tally.files, tally.bytes, tally.documents, tally.set_aside
            ));
            if pipeline.filter.is_some() {
                say(&format!(
                    "kept {} as they are, changed {}, dropped {}; decisions/ says why of each",
                    tally.kept, tally.changed, tally.dropped
                ));
                for stage in &tally.filters {
                    for reason in &stage.reasons {
                        say(&format!("  {}.{} dropped {}", stage.stage, reason.rule, reason.documents));
                    }
                }
            }
            if pipeline.deduplicate.is_some() {
                say(&format!(
                    "{} clusters, {} copies, {} left out",
                    summary.clusters, summary.copies, tally.copies
                ));
            }
            if let Some(contents) = &summary.contents {
                say(&format!(
                    "wrote {} documents, {} annotations, {} bytes to {}",
                    tally.written,
                    tally.annotations,
                    contents.bytes,
                    plan.output().display()
                ));
            }
            Ok(match (tally.documents, tally.set_aside) {
                (_, 0) => ExitCode::SUCCESS,
                (0, _) => ExitCode::from(4),
                (_, _) => ExitCode::from(3),
            })
        }
        Command::Sql { query, table, at } => {
            let engine = Engine::new(&at.place()).await?;
            for (name, path) in &table {
                engine.table(name, &Source::at(path)?).await?;
            }
            let (_, batches) = engine.all(&query).await?;
            print(&batches)
        }
        Command::Scheduler { bind, port, host } => {
            process::scheduler(Scheduler { bind, port, host }).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Executor { scheduler, bind, port, host, tasks, folder, memory } => {
            let (scheduler_host, scheduler_port) = scheduler;
            let tasks = tasks.unwrap_or_else(cores);
            let options =
                Executor { bind, port, host, scheduler_host, scheduler_port, tasks, folder, memory };
            process::executor(options, &mut |text| say(&text)).await?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Rows as a table on a terminal, as JSON Lines elsewhere.
fn print(batches: &[datafusion::arrow::array::RecordBatch]) -> Result<ExitCode, Error> {
    let failed = |cause: datafusion::arrow::error::ArrowError| Error::File {
        what: "print the rows".to_owned(),
        cause: cause.to_string(),
    };
    let mut stdout = io::stdout();
    // A reader who has read enough is no failure.
    if stdout.is_terminal() {
        let _ = writeln!(stdout, "{}", pretty_format_batches(batches).map_err(failed)?);
    } else {
        let mut lines = Vec::new();
        let mut writer = LineDelimitedWriter::new(&mut lines);
        batches
            .iter()
            .try_for_each(|batch| writer.write(batch))
            .and_then(|()| writer.finish())
            .map_err(failed)?;
        let _ = stdout.write_all(&lines);
    }
    Ok(ExitCode::SUCCESS)
}
