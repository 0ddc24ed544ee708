//! How fast records come: in MB/s of what lies decompressed, on one thread.

use corpus_read::{Options, read};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::{
    hint::black_box,
    io::{Cursor, Write},
};

/// Lines of JSON with an id, an address and a page of 60 to 100 lines of text, some of it not ASCII.
fn json_lines(n: usize) -> Vec<u8> {
    let mut lines = Vec::new();
    for i in 0..n {
        let line = "The council of the town met on Thursday to talk about the bridge – again, and at length.";
        let page = format!("{i}\n\n{}", format!("{line}\n").repeat(60 + i % 40));
        let record = serde_json::json!({
            "id": format!("record-{i}"), "url": format!("https://example.org/{i}"), "text": page, "words": [i, i + 1],
        });
        serde_json::to_writer(&mut lines, &record).expect("a vector takes all");
        lines.push(b'\n');
    }
    lines
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("a vector takes all");
    encoder.finish().expect("a vector takes all")
}

fn read_all(bytes: &[u8], unpack: bool) -> usize {
    let stream = Cursor::new(bytes.to_vec());
    let records = read(stream, "-", &Options::new()).expect("a stream opens");
    let len = |packed: corpus_read::Packed| match unpack {
        true => packed.unpack().expect("a good record").bytes.len(),
        false => packed.len(),
    };
    records.map(|packed| len(packed.expect("a good record"))).sum()
}

fn benches(criterion: &mut Criterion) {
    let lines = json_lines(2000);
    let array = {
        let mut array = vec![b'['];
        array.extend(lines.trim_ascii_end().iter().map(|&byte| if byte == b'\n' { b',' } else { byte }));
        array.push(b']');
        array
    };
    let (gzip, zstd) = (gzip(&lines), zstd::encode_all(&*lines, 3).expect("a vector takes all"));
    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Bytes(lines.len() as u64));
    group.sample_size(20);
    group.bench_function("json lines, packed", |b| b.iter(|| read_all(black_box(&lines), false)));
    group.bench_function("json lines", |b| b.iter(|| read_all(black_box(&lines), true)));
    group.bench_function("json array", |b| b.iter(|| read_all(black_box(&array), true)));
    group.bench_function("json lines in gzip", |b| b.iter(|| read_all(black_box(&gzip), true)));
    group.bench_function("json lines in zstd", |b| b.iter(|| read_all(black_box(&zstd), true)));
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
