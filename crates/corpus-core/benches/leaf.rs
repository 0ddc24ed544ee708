//! The speed of the modules that look at every document or every line: language, dates, decoding.
#![allow(missing_docs, reason = "criterion's macros")]

use corpus_core::{date, encoding, language};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

/// A page of some 4 KB as an extractor draws it: a stamp, paragraphs, a list, teasers.
fn page() -> String {
    let mut page = String::from("A bridge for the old town\n\nOctober 02, 2017 11:57\n\n");
    for _ in 0..12 {
        page.push_str(
            "The council said on Friday that the bridge over the river would not be open to traffic before the end \
             of the year, although most of the work has been done and the money is there.\n\n",
        );
        page.push_str(
            "Of the 240 metres, 180 stand; the last 12 piers were set in May 2016, 3 months late.\n\n",
        );
    }
    page.push_str("• Timetable\n• Maps\n\nRead also\n\nThe ferry goes on\n3 hours ago\n");
    page
}

fn languages(criterion: &mut Criterion) {
    let page = page();
    let russian = "Городской совет сообщил в пятницу, что мост не откроют до конца года.\n\n".repeat(40);
    let mut group = criterion.benchmark_group("language");
    for (name, text) in [("english", &page), ("russian", &russian)] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| language::detect(black_box(text))));
    }
    group.bench_function("by script, ASCII", |bencher| {
        bencher.iter(|| language::detect_by_script(black_box(&page)));
    });
}

fn dates(criterion: &mut Criterion) {
    let page = page();
    let plain: String = page.chars().filter(|c| !c.is_ascii_digit()).collect();
    let mut group = criterion.benchmark_group("date");
    for (name, text) in [("find, lines", &page), ("find, lines without digits", &plain)] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(text).lines().filter(|line| date::find(line).is_some()).count());
        });
    }
    group.throughput(Throughput::Bytes(page.len() as u64));
    group.bench_function("coverage, lines", |bencher| {
        bencher.iter(|| black_box(&page).lines().filter(|line| date::is_mostly_date(line)).count());
    });
}

fn decoding(criterion: &mut Criterion) {
    let page = page().repeat(16);
    let utf16: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin = [page.as_bytes(), b"caf\xe9 "].concat();
    let mut group = criterion.benchmark_group("decode");
    for (name, bytes) in [("UTF-8", page.as_bytes()), ("UTF-16", &utf16), ("windows-1252, detected", &latin)]
    {
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| encoding::decode(black_box(bytes), None)));
    }
}

criterion_group!(benches, languages, dates, decoding);
criterion_main!(benches);
