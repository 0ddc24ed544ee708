use std::io::BufRead;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args[1] == "time" {
        let data: Vec<String> = std::fs::read_to_string(&args[2]).unwrap().lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["html"].as_str().unwrap().to_owned()).collect();
        let n: usize = data.iter().map(|d| d.len()).sum();
        let start = std::time::Instant::now();
        let mut t = 0;
        for d in &data { t += corpus_core::html::text(d); }
        let s = start.elapsed().as_secs_f64();
        eprintln!("{} pages {} bytes text {} {:.3}s {:.1} MB/s {:.0} pages/s", data.len(), n, t, s, n as f64 / 1e6 / s, data.len() as f64 / s);
    } else {
        let source = std::fs::read_to_string(&args[2]).unwrap();
        print!("{}", corpus_core::html::dump(&source));
    }
    let _ = std::io::stdin().lock().lines();
}
