//! The laws of DESIGN on arbitrary and on mutated pages: any bytes parse, blocks cover the text, the same bytes give the
//! same document.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use corpus_core::{Record, Registry};
use corpus_tests::{check_laws, parse};
use proptest::{collection::vec, prelude::*, sample::select};
use std::{fs, path::Path, sync::LazyLock};

static REGISTRY: LazyLock<Registry> = LazyLock::new(Registry::core);

/// The seeds, to be mutated.
static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [root.join("../seeds"), root.join("seeds/text")];
    let mut files: Vec<_> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()))
        .collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
});

/// Pieces that pages are made of, each of which some rule looks for.
static PIECES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let pieces = include_str!("../pieces.jsonl").lines();
    pieces.map(|piece| serde_json::from_str(piece).unwrap()).collect()
});

fn holds(bytes: &[u8]) {
    for document in parse(&REGISTRY, "page", bytes) {
        check_laws(&document);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(bytes in vec(any::<u8>(), 0..400)) {
        holds(&bytes);
    }

    #[test]
    fn arbitrary_text(text in "\\PC{0,300}") {
        holds(text.as_bytes());
    }

    #[test]
    fn pages_of_pieces(pieces in vec(select(&PIECES[..]), 0..60)) {
        holds(pieces.concat().as_bytes());
    }

    #[test]
    fn pages_of_markdown(pieces in vec(select(&PIECES[..]), 0..60)) {
        holds(format!("# A title\n\nSome **words** of a [page](https://p.example).\n\n{}", pieces.concat()).as_bytes());
    }

    #[test]
    fn mutated_seeds(
        seed in 0..SEEDS.len(),
        cut in any::<prop::sample::Index>(),
        edits in vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
    ) {
        let mut bytes = SEEDS[seed].clone();
        for (at, byte) in edits {
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        holds(&bytes);
    }

    #[test]
    fn lines_of_seeds_in_any_order(
        seeds in vec((0..SEEDS.len(), any::<prop::sample::Index>()), 0..40),
    ) {
        let mut page = Vec::new();
        for (seed, line) in seeds {
            let lines: Vec<&[u8]> = SEEDS[seed].split(|&byte| byte == b'\n').collect();
            page.extend_from_slice(lines[line.index(lines.len())]);
            page.push(b'\n');
        }
        holds(&page);
    }

    #[test]
    fn tag_soup(pieces in vec(select(&PIECES[..]), 0..40), label in any::<bool>()) {
        let page = pieces.concat();
        let record = Record::new("page.html", page.as_bytes());
        let record = if label { record.with_media_type("text/html") } else { record };
        for document in REGISTRY.parse_all(&record) {
            check_laws(&document);
        }
    }
}

/// Time is linear in the input: a page eight times as long takes no more than some sixteen times as long. Counted in
/// blocks, not seconds: what is quadratic shows as a test that does not end.
#[test]
fn long_pages_end() {
    let units = [
        "1. a b\n\n    text here\n\n",
        "a: b\n",
        "Reply\n",
        "2\n",
        "word ",
        "x\n",
        "A title here\n\nCut short by the page here it is now…\n\n",
        "Quellen:\n",
        "# [a](/b)\n\n```sh\n",
        "](.)",
        "[![a](/b)](/c)",
    ];
    for unit in units {
        let page = unit.repeat(400_000 / unit.len());
        holds(page.as_bytes());
    }
    holds("a".repeat(1_000_000).as_bytes());
    holds(" ".repeat(1_000_000).as_bytes());
    holds("\n".repeat(1_000_000).as_bytes());
}
