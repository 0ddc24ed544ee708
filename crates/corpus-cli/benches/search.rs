//! Speed of search beside SQLite's FTS5: two hundred queries on the same texts in one run, snippets fetched on both sides.
//!
//! `cargo xtask bench search FILE` runs it. The queries are drawn from the texts themselves, the same for the same
//! texts; each is run once to warm up, then five times on either side, of which the fastest counts.

use corpus_core::PartKind;
use corpus_query::{Engine, Query, SearchOptions, token::each_word};
use corpus_store::Corpus;
use rusqlite::{Connection, params};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    error::Error,
    fs,
    io::{Write, stdout},
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

/// Hits that are fetched of each query.
const HITS: usize = 20;
const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).map(PathBuf::from);
    // Without a file this is `cargo bench` for all benches: there is nothing to measure on.
    let (Some(input), Some(folder)) = (paths.next(), paths.next()) else { return Ok(()) };
    let directory = folder.join("search.corpus");
    let built = Command::new(env!("CARGO_BIN_EXE_corpus"))
        .args(["build", "--quiet", "--layers", "none", "--format", "json"])
        .arg(&input)
        .arg("-o")
        .arg(&directory)
        .status()?;
    if !built.code().is_some_and(|code| code == 0 || code == 3) {
        return Err(format!("failed to build a corpus of {}: {built}", input.display()).into());
    }
    let corpus = Corpus::open(&directory)?;
    let engine = Engine::open(&corpus)?;
    let (peer, texts) = fts5(&corpus, &folder.join("search.sqlite"))?;
    let queries = queries(&texts);
    drop(texts);
    let report = measure(&engine, &peer, &queries)?;
    stdout().lock().write_all(report.as_bytes())?;
    Ok(())
}

/// The same articles in a full-text table of SQLite, and their texts.
fn fts5(corpus: &Corpus, path: &Path) -> Result<(Connection, Vec<String>), Box<dyn Error>> {
    if path.exists() {
        fs::remove_file(path)?;
    }
    let mut connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
         CREATE VIRTUAL TABLE article USING fts5(text, title, tokenize = 'unicode61 remove_diacritics 2');",
    )?;
    let mut texts = Vec::new();
    let transaction = connection.transaction()?;
    for document in corpus.documents().without_annotations() {
        let document = document?;
        for part in corpus_query::PartText::all_of(&document, 0) {
            if part.kind == PartKind::Article {
                let clean = part.passages.iter().filter(|passage| passage.role.is_text());
                let text = clean.map(|passage| part.slice(passage)).collect::<Vec<_>>().join("\n");
                let values = params![text, part.title.unwrap_or_default()];
                transaction.prepare_cached("INSERT INTO article VALUES (?1, ?2)")?.execute(values)?;
                texts.push(text);
            }
        }
    }
    transaction.commit()?;
    connection
        .execute_batch("INSERT INTO article(article) VALUES ('optimize'); PRAGMA cache_size = -200000")?;
    Ok((connection, texts))
}

/// A query in both languages; FTS5 has no fuzzy words.
struct Asked {
    class: &'static str,
    ours: String,
    theirs: Option<String>,
}

/// Numbers by chance, the same each time: SplitMix64 (Steele, Lea, Flood 2014).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % limit.max(1) as u64) as usize
    }

    fn one_of<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// The words of a text, in order, those of Latin letters only.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |_, _, word| words.push(word.to_owned()));
    words
}

fn is_plain(word: &str) -> bool {
    word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Two hundred queries that FTS5 knows too, and ten that it does not.
fn queries(texts: &[String]) -> Vec<Asked> {
    let mut frequencies: HashMap<String, usize> = HashMap::new();
    for text in texts {
        let here: HashSet<String> = words(text).into_iter().filter(|word| is_plain(word)).collect();
        here.into_iter().for_each(|word| *frequencies.entry(word).or_default() += 1);
    }
    let mut sorted: Vec<(usize, String)> = frequencies.into_iter().map(|(word, n)| (n, word)).collect();
    sorted.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let share = |least: f64, most: f64| -> Vec<String> {
        let n = |share: f64| (share * texts.len() as f64).ceil() as usize;
        let is_among = |found: &&(usize, String)| (n(least)..=n(most)).contains(&found.0);
        sorted.iter().filter(is_among).map(|(_, word)| word.clone()).collect()
    };
    let (frequent, usual, rare) = (share(0.2, 1.0), share(0.005, 0.05), share(0.00004, 0.0003));
    let chance = &mut Chance(1);
    // A run of plain words as it stands in some text.
    let run = |chance: &mut Chance, n: usize| loop {
        let words = words(chance.one_of::<String>(texts));
        let at = chance.below(words.len().saturating_sub(n));
        if let Some(run) = words.get(at..at + n).filter(|run| run.iter().all(|word| is_plain(word))) {
            return run.to_vec();
        }
    };
    let mut asked = Vec::new();
    let mut ask = |class, n: usize, of: &mut dyn FnMut(&mut Chance) -> (String, Option<String>)| {
        for _ in 0..n {
            let (ours, theirs) = of(chance);
            asked.push(Asked { class, ours, theirs });
        }
    };
    let same = |query: String| (query.clone(), Some(query));
    ask("a rare word", 25, &mut |chance| same(chance.one_of(&rare).clone()));
    ask("a usual word", 25, &mut |chance| same(chance.one_of(&usual).clone()));
    ask("a frequent word", 20, &mut |chance| same(chance.one_of(&frequent).clone()));
    ask("a phrase", 30, &mut |chance| {
        let n = 2 + chance.below(3);
        same(format!("\"{}\"", run(chance, n).join(" ")))
    });
    ask("AND", 20, &mut |chance| {
        let run = run(chance, 8);
        same(format!("{} AND {}", run[0], run[7]))
    });
    ask("OR", 20, &mut |chance| same(format!("{} OR {}", chance.one_of(&usual), chance.one_of(&usual))));
    ask("NOT", 15, &mut |chance| {
        let (with, without) = (chance.one_of(&usual), chance.one_of(&frequent));
        (format!("{with} AND NOT {without}"), Some(format!("{with} NOT {without}")))
    });
    ask("a prefix", 15, &mut |chance| {
        let word = chance.one_of(&usual);
        same(format!("{}*", &word[..word.len().min(5)]))
    });
    ask("near", 15, &mut |chance| {
        let run = run(chance, 5);
        (format!("\"{} {}\"~5", run[4], run[0]), Some(format!("NEAR({} {}, 5)", run[4], run[0])))
    });
    ask("a field", 15, &mut |chance| same(format!("title:{}", chance.one_of(&usual))));
    ask("a fuzzy word", 10, &mut |chance| (format!("{}~", chance.one_of(&usual)), None));
    asked
}

/// The fastest of some runs.
fn fastest<T>(mut run: impl FnMut() -> Result<T, Box<dyn Error>>) -> Result<Duration, Box<dyn Error>> {
    run()?;
    let mut fastest = Duration::MAX;
    for _ in 0..RUNS {
        let begun = Instant::now();
        run()?;
        fastest = fastest.min(begun.elapsed());
    }
    Ok(fastest)
}

/// A table of the classes, and the slowest of our queries.
fn measure(engine: &Engine, peer: &Connection, queries: &[Asked]) -> Result<String, Box<dyn Error>> {
    let options = SearchOptions::new().limit(HITS);
    let mut times: BTreeMap<&str, (Vec<Duration>, Vec<Duration>)> = BTreeMap::new();
    let mut slowest: Vec<(Duration, &str)> = Vec::new();
    for Asked { class, ours, theirs } in queries {
        let time = fastest(|| Ok(engine.search(&Query::parse(ours), &options)?.items.len()))?;
        slowest.push((time, ours));
        let mut both = vec![("all", time), (class, time)];
        both.dedup();
        both.into_iter().for_each(|(class, time)| times.entry(class).or_default().0.push(time));
        if let Some(theirs) = theirs {
            let time = fastest(|| fetch(peer, theirs))?;
            ["all", class].into_iter().for_each(|class| times.entry(class).or_default().1.push(time));
        }
    }
    let mut report = format!(
        "{:<16} {:>8} {:>12} {:>12} {:>12} {:>12}\n",
        "ms", "queries", "median", "99 %", "FTS5 median", "FTS5 99 %"
    );
    for (class, (mut ours, mut theirs)) in times {
        let n_queries = ours.len();
        let cells = [at(&mut ours, 0.5), at(&mut ours, 0.99), at(&mut theirs, 0.5), at(&mut theirs, 0.99)];
        let cells: Vec<String> = cells.iter().map(|cell| format!("{cell:>12}")).collect();
        report.push_str(&format!("{class:<16} {n_queries:>8} {}\n", cells.join(" ")));
    }
    slowest.sort_by_key(|(time, _)| std::cmp::Reverse(*time));
    report.push_str("slowest:\n");
    for (time, query) in slowest.iter().take(5) {
        report.push_str(&format!("{:>8.2}  {query}\n", time.as_secs_f64() * 1e3));
    }
    Ok(report)
}

/// The time that a share of the runs stays below, in milliseconds.
fn at(times: &mut [Duration], share: f64) -> String {
    times.sort();
    let place = ((times.len() as f64 * share).ceil() as usize).saturating_sub(1);
    times.get(place).map_or("–".to_owned(), |time| format!("{:.2}", time.as_secs_f64() * 1e3))
}

/// The best hits of FTS5 with their snippets.
fn fetch(peer: &Connection, query: &str) -> Result<usize, Box<dyn Error>> {
    let mut statement = peer.prepare_cached(
        "SELECT rowid, title, snippet(article, 0, '[', ']', '…', 40) FROM article WHERE article MATCH ?1 \
         ORDER BY rank LIMIT ?2",
    )?;
    let rows = statement.query_map(params![query, HITS as i64], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
    })?;
    Ok(rows.collect::<Result<Vec<_>, _>>()?.len())
}
