//! Runs an extractor over pages, ours or one of others, for `cargo xtask bench extraction`.
//!
//! usage: engines NAME < pages.jsonl > articles.jsonl, in the form that `engine.py` describes.

use corpus_core::{Method, PartKind, Record, Registry, Role};
use serde_json::{Value, json};
use std::{
    error::Error,
    io::{self, BufRead, Write},
    time::Duration,
};

type Engine = Box<dyn FnMut(&str, Option<&str>) -> Result<Value, Box<dyn Error>>>;

fn engine(name: &str) -> Option<Engine> {
    Some(match name {
        "corpus" => {
            let registry = Registry::core();
            Box::new(move |html, url| Ok(corpus(&registry, html, url)))
        }
        "dom_smoothie" => Box::new(|html, _| {
            let article = dom_smoothie::Readability::new(html, None, None)?.parse()?;
            Ok(json!({
                "text": article.text_content.to_string(), "title": article.title, "authors": names(article.byline),
                "date": article.published_time,
            }))
        }),
        "trafilatura-rs" => Box::new(|html, url| {
            let mut options = trafilatura::Options::default();
            options.original_url = url.and_then(|url| url.parse().ok());
            options.enable_fallback = true;
            options.exclude_comments = true;
            let found = trafilatura::extract(html, &options)?;
            Ok(json!({
                "text": found.content_text, "title": found.metadata.title, "authors": names(Some(found.metadata.author)),
                "date": found.metadata.date.map(|date| date.to_string()),
            }))
        }),
        "rs-trafilatura" => Box::new(|html, _| {
            let found = rs_trafilatura::extract(html)?;
            Ok(json!({
                "text": found.content_text, "title": found.metadata.title, "authors": names(found.metadata.author),
                "date": found.metadata.date.map(|date| date.to_string()),
            }))
        }),
        _ => return None,
    })
}

fn names(written: Option<String>) -> Vec<String> {
    let written = written.unwrap_or_default();
    written.split([';', ',']).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The article as the measures want it: standfirst, headings and body, without the title.
fn corpus(registry: &Registry, html: &str, url: Option<&str>) -> Value {
    let metadata = corpus_core::Metadata { id: None, url: url.map(str::to_owned), date: None };
    let record = Record::new("page", html.as_bytes()).with_media_type("text/html").with_metadata(metadata);
    let documents = registry.parse_all(&record);
    let Some(document) = documents.last() else { return Value::Null };
    let is_text = |block: &&corpus_core::Block| {
        document.part_of(block).kind == PartKind::Article && block.role.is_text() && block.role != Role::Title
    };
    let text: Vec<_> = document.blocks.iter().filter(is_text).map(|block| document.slice(block)).collect();
    let part = document.article();
    let published = part.and_then(|part| part.published.as_ref());
    let date = published.filter(|date| date.method != Method::Inferred).map(|date| date.edtf.to_string());
    json!({
        "text": text.join("\n\n"), "title": part.and_then(|part| part.title.as_deref()),
        "authors": part.map(|part| part.authors.as_slice()).unwrap_or_default(), "date": date,
    })
}

/// CPU time of this process so far.
fn cpu_time() -> Result<Duration, Box<dyn Error>> {
    let stat = std::fs::read_to_string("/proc/self/schedstat")?;
    Ok(Duration::from_nanos(stat.split_whitespace().next().unwrap_or_default().parse()?))
}

fn main() -> Result<(), Box<dyn Error>> {
    let name = std::env::args().nth(1).unwrap_or_default();
    let mut engine = engine(&name).ok_or_else(|| format!("unknown engine {name:?}"))?;
    let pages: Result<Vec<Value>, Box<dyn Error>> =
        io::stdin().lock().lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect();
    let pages = pages?;
    let begin = cpu_time()?;
    let found: Vec<_> = pages
        .iter()
        .map(|page| engine(page["html"].as_str().unwrap_or_default(), page["url"].as_str()))
        .collect();
    let spent = cpu_time()? - begin;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (page, found) in pages.iter().zip(found) {
        let mut article = found.unwrap_or_else(|error| {
            eprintln!("{name}: {}: {error}", page["id"]);
            json!({})
        });
        article["id"] = page["id"].clone();
        writeln!(out, "{article}")?;
    }
    writeln!(out, "{}", json!({"seconds": spent.as_secs_f64()}))?;
    Ok(())
}
