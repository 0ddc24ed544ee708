//! Speed of the tokenizer, the matcher and the concordance, on the seeds many times over.

use corpus_core::{Document, Record, Registry};
use corpus_query::{Counted, Engine, Form, KwicOptions, Query, SearchOptions, token::each_word};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

fn seeds() -> Vec<Document> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../seeds");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    let pages: Vec<Vec<u8>> = files.iter().filter_map(|file| std::fs::read(file).ok()).collect();
    let copies = (0..100).flat_map(|copy| pages.iter().map(move |page| (copy, page)));
    copies
        .flat_map(|(copy, page)| {
            let page = [page.as_slice(), format!("\n\n{copy}\n").as_bytes()].concat();
            Registry::core().parse_all(&Record::new(format!("{copy}.txt"), page))
        })
        .collect()
}

fn benches(criterion: &mut Criterion) {
    let documents = seeds();
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let engine = Engine::memory(&documents);
    let mut group = criterion.benchmark_group("query");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
    group.bench_function("words of a text", |bencher| {
        bencher.iter(|| {
            let mut count = 0;
            documents.iter().for_each(|document| each_word(&document.text, |_, _, _| count += 1));
            black_box(count)
        });
    });
    let options = KwicOptions::new().duplicates(true);
    for (name, query) in [
        ("kwic, a rare word", "harbour"),
        ("kwic, a frequent word", "the"),
        ("kwic, a phrase", "\"military base\""),
        ("kwic, tokens", "[word=\"military\"] []{0,3} [stem=\"base\"]"),
    ] {
        let query = Query::parse(query);
        group.bench_function(name, |bencher| bencher.iter(|| black_box(engine.kwic(&query, &options).ok())));
    }
    let query = Query::parse("Belarus AND military");
    group.bench_function("search, two words", |bencher| {
        bencher.iter(|| black_box(engine.search(&query, &SearchOptions::new()).ok()));
    });
    let counted = Counted::new().duplicates(true);
    group.bench_function("words of a corpus", |bencher| {
        bencher.iter(|| black_box(engine.words(&counted, Form::Word, 1, 100).ok()));
    });
}

criterion_group!(speed, benches);
criterion_main!(speed);
