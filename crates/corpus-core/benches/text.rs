//! The way of a plain text through the parser, stage by stage, in MB/s: lines, labels, the whole parse.

use corpus_core::{Record, Registry, label::Labeller, layout};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::{fs, hint::black_box, path::Path};

/// The five seeds, over and over: a little over a megabyte in pages of their size.
fn pages() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let mut files: Vec<_> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    let seeds: Vec<String> = files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
    (0..24).flat_map(|_| seeds.clone()).collect()
}

fn stages(criterion: &mut Criterion) {
    let pages = pages();
    let n_bytes: usize = pages.iter().map(String::len).sum();
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(n_bytes as u64));
    group.bench_function("lines", |bencher| {
        bencher.iter(|| pages.iter().for_each(|page| drop(black_box(layout::lines(page)))));
    });
    let labeller = Labeller::new();
    let lines: Vec<_> = pages.iter().map(|page| layout::lines(page)).collect();
    group.bench_function("label", |bencher| {
        bencher.iter(|| {
            pages.iter().zip(&lines).for_each(|(page, lines)| drop(black_box(labeller.label(page, lines))))
        });
    });
    let registry = Registry::core();
    group.bench_function("parse", |bencher| {
        bencher.iter(|| {
            for page in &pages {
                registry.parse(&Record::new("page.txt", page.as_bytes()), &mut |document| {
                    drop(black_box(document))
                });
            }
        });
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
