//! How fast facts are found: in MB/s of article text, on one thread, annotator by annotator.

use corpus_annotate::{Annotator, Annotators, Page, money::Amounts, sentence::Sentences, time::Times};
use corpus_core::{Document, Record, Registry};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

const PARAGRAPH: &str = "The council of Marrow Bay met on Monday for more than four hours. It had asked the fund for \
    $14 million in early 2019, and Mr. A. B. Crane said that “nobody knows” whether it will be paid by June 3. The \
    harbour, the mayor added, was a village once; two days later its only ferry sank. Those who live there remember \
    little of the second half of December 2012, when the regatta was held for the last time.\n\n";

fn documents() -> Vec<Document> {
    let text = format!("The harbour of Marrow Bay\n\n{}", PARAGRAPH.repeat(2000));
    Registry::core().parse_all(&Record::new("bench.txt", text.into_bytes()))
}

fn benches(criterion: &mut Criterion) {
    let documents = documents();
    let document = &documents[0];
    let mut group = criterion.benchmark_group("annotate");
    group.throughput(Throughput::Bytes(document.text.len() as u64));
    group.sample_size(20);
    group.bench_function("tokens", |bencher| bencher.iter(|| Page::new(black_box(document)).tokens.len()));
    let mut page = Page::new(document);
    let annotators: [&dyn Annotator; 3] = [&Sentences, &Times, &Amounts];
    for annotator in annotators {
        group.bench_function(annotator.layer(), |bencher| {
            bencher.iter(|| annotator.annotate(black_box(&mut page)))
        });
    }
    let all = Annotators::core();
    group.bench_function("all", |bencher| {
        bencher.iter(|| {
            let mut document = document.clone();
            all.annotate(&mut document);
            document.annotations.len()
        });
    });
}

criterion_group!(annotate, benches);
criterion_main!(annotate);
