use corpus_core::{Record, Parser, Metadata};
fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args[1] == "dump" {
        let source = std::fs::read_to_string(&args[2]).unwrap();
        print!("{}", corpus_core::html::dump(&source));
        return;
    }
    let data: Vec<serde_json::Value> = std::fs::read_to_string(&args[2]).unwrap().lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()).collect();
    let n: usize = data.iter().map(|d| d["html"].as_str().unwrap().len()).sum();
    let start = std::time::Instant::now();
    let mut docs = Vec::new();
    for d in &data {
        let html = d["html"].as_str().unwrap();
        if args[1] == "text" { corpus_core::html::text(html); continue; }
        let m = Metadata { id: Some(d["id"].as_str().unwrap().to_owned()), url: d["url"].as_str().map(str::to_owned), date: None };
        let r = Record::new("x", html.as_bytes()).with_metadata(m).with_media_type("text/html");
        docs.extend(corpus_core::html::Html.parse_all(&r));
        if args[1] == "time" { docs.clear(); }
    }
    let s = start.elapsed().as_secs_f64();
    eprintln!("{} pages {} bytes {:.3}s {:.1} MB/s {:.0} pages/s", data.len(), n, s, n as f64 / 1e6 / s, data.len() as f64 / s);
    use std::io::Write;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for d in &docs { serde_json::to_writer(&mut out, d).unwrap(); writeln!(out).unwrap(); }
}
