//! How fast the filters of a configuration judge texts, on one thread: `filter_rate FILE.jsonl [CONFIG.toml]`.
//!
//! Each line is a JSON object with a `text`. Reading is not timed; the seconds are those of a clock, so that they say
//! little on a machine with other work to do: there count the processor's time, with and without `--read-only`.

use corpus_filter::{Config, Filters, NoFiles, Subject, filters::Decision};
use std::{env, error::Error, fs, io, io::BufRead, time::Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<String> = env::args().skip(1).collect();
    let read_only = arguments.last().is_some_and(|last| last == "--read-only") && arguments.pop().is_some();
    let [path, config @ ..] = &arguments[..] else {
        return Err("usage: filter_rate FILE.jsonl [CONFIG.toml]".into());
    };
    let config = match config.first() {
        Some(path) => Config::parse(&fs::read_to_string(path)?)?,
        None => Config::fineweb(),
    };
    let filters = Filters::new(&config, &NoFiles)?;
    let mut texts = Vec::new();
    for line in io::BufReader::new(fs::File::open(path)?).lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        texts.push(record["text"].as_str().unwrap_or_default().to_owned());
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let begun = Instant::now();
    let is_kept = |text: &&String| filters.judge(Subject::new("", text)).decision() != Decision::Dropped;
    let kept = if read_only { 0 } else { texts.iter().filter(is_kept).count() };
    let seconds = begun.elapsed().as_secs_f64();
    let rate = bytes as f64 / 1e6 / seconds.max(1e-9);
    eprintln!("{kept} of {} texts kept; {seconds:.2} s, {rate:.1} MB/s", texts.len());
    Ok(())
}
