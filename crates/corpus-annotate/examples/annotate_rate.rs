//! How fast facts are found, on one thread and by the processor's time: `annotate_rate FILE.jsonl [--layers]`.
//!
//! Each line is a JSON object with a `text`, taken as one article. Reading, parsing and writing are not timed. With
//! `--layers` each annotator is timed by itself.

use corpus_annotate::{Annotators, Page};
use corpus_core::{Document, Record, Registry};
use std::{env, error::Error, fs, io, io::BufRead, time::Duration, time::Instant};

/// What the program `corpus` allocates by.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (path, by_layer) = match &arguments[..] {
        [path] => (path, false),
        [path, option] if option == "--layers" => (path, true),
        _ => return Err("usage: annotate_rate FILE.jsonl [--layers]".into()),
    };
    let (parsers, annotators) = (Registry::core(), Annotators::core());
    let mut documents: Vec<Document> = Vec::new();
    for line in io::BufReader::new(fs::File::open(path)?).lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        let text = record["text"].as_str().unwrap_or_default();
        documents
            .extend(parsers.parse_all(&Record::new("text", text.as_bytes()).with_media_type("text/plain")));
    }
    // The lists are laid out on first use.
    if let Some(first) = documents.first() {
        annotators.annotate(&mut first.clone());
    }
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    if by_layer {
        let mut spent = vec![Duration::ZERO; annotators.annotators().count() + 1];
        for document in &documents {
            let mut begun = processor_time();
            let mut page = Page::new(document);
            let mut lap = |slot: &mut Duration| {
                let now = processor_time();
                *slot += now - begun;
                begun = now;
            };
            lap(&mut spent[0]);
            for (annotator, slot) in annotators.annotators().zip(&mut spent[1..]) {
                annotator.annotate(&mut page);
                lap(slot);
            }
        }
        let layers = annotators.layers().map(|(layer, ..)| layer);
        for (layer, spent) in ["tokens"].into_iter().chain(layers).zip(&spent) {
            eprintln!("{layer:12} {:8.1} MB/s", rate(bytes, *spent));
        }
        return Ok(());
    }
    let begun = processor_time();
    let mut n_facts = 0;
    for mut document in documents {
        annotators.annotate(&mut document);
        n_facts += document.annotations.len();
    }
    let spent = processor_time() - begun;
    eprintln!("{n_facts} facts; {:.2} s, {:.1} MB/s", spent.as_secs_f64(), rate(bytes, spent));
    Ok(())
}

fn rate(bytes: usize, spent: Duration) -> f64 {
    bytes as f64 / 1e6 / spent.as_secs_f64().max(1e-9)
}

/// What this thread has had of a processor, or where the system does not say, the time of a clock.
fn processor_time() -> Duration {
    static BEGUN: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let nanoseconds = fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|line| line.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGUN.elapsed(), Duration::from_nanos)
}
