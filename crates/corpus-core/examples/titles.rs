fn main() {
    for l in std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap().lines() {
        let d: serde_json::Value = serde_json::from_str(l).unwrap();
        println!("{}", serde_json::to_string(&(d["id"].as_str().unwrap(), corpus_core::html::titles(d["html"].as_str().unwrap()))).unwrap());
    }
}
