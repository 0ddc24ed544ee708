//! How fast copies are found: in MB/s of text, on one thread.

use corpus_dedup::{Label, Options, Pile, Sketch, Words};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::{hint::black_box, num::NonZeroUsize};

/// Pages of 300 words or so, every fifth one a copy of an earlier one with a word in thirty replaced.
fn pages(n: u32) -> Vec<String> {
    let word = |page: u32, place: u32| {
        let number = (page.wrapping_mul(0x9e37_79b9) ^ place).wrapping_mul(0x85eb_ca6b) >> 18;
        let letters: String =
            number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
        if number.is_multiple_of(9) { format!("{letters}, “{letters}”") } else { letters }
    };
    let page = |number: u32| {
        let origin = if number.is_multiple_of(5) { number / 2 } else { number };
        let of = |place: u32| match place % 30 == 7 && origin != number {
            true => "replaced".to_owned(),
            false => word(origin, place),
        };
        (0..280 + number % 60).map(of).collect::<Vec<_>>().join(" ")
    };
    (0..n).map(page).collect()
}

fn find(pages: &[String], sketch: impl Fn(&str) -> Sketch) -> usize {
    let mut pile = Pile::new(Options::new()).expect("a temporary file");
    for (number, page) in pages.iter().enumerate() {
        let label = Label { id: number.to_string(), ..Label::default() };
        pile.add(&label, &sketch(page)).expect("a temporary file takes all");
    }
    pile.compare(NonZeroUsize::MIN).expect("a temporary file gives all").clusters.len()
}

fn benches(criterion: &mut Criterion) {
    let pages = pages(2000);
    let mut group = criterion.benchmark_group("dedup");
    group.throughput(Throughput::Bytes(pages.iter().map(|page| page.len() as u64).sum()));
    group.sample_size(20);
    let words = |page: &String| Words::of(black_box(page)).len();
    group.bench_function("words", |b| b.iter(|| pages.iter().map(words).sum::<usize>()));
    group.bench_function("sketch", |b| {
        b.iter(|| pages.iter().for_each(|page| drop(black_box(Sketch::of([&**page])))))
    });
    group.bench_function("exact copies", |b| b.iter(|| find(&pages, |page| Sketch::exact([page]))));
    group.bench_function("all copies", |b| b.iter(|| find(&pages, |page| Sketch::of([page]))));
    group.finish();
}

criterion_group!(dedup, benches);
criterion_main!(dedup);
