//! What a tagger adds to a CoNLL-U export comes back at the bytes it was made of.

use crate::fixture::{page, written};
use corpus_core::Document;
use corpus_export::{
    Options, Parts,
    conllu::{Homeless, Reader},
};

/// The annotations that `conllu` gives `document`, shown, and the rows without a home.
fn back(conllu: &str, document: &Document) -> (Vec<String>, Vec<Homeless>) {
    let mut reader = Reader::new(conllu.as_bytes());
    let tagged = reader.next_document().unwrap().unwrap();
    assert_eq!(reader.next_document().unwrap(), None);
    assert_eq!(tagged.document, document.id.as_str());
    let (annotations, mut homeless) = tagged.annotations(document);
    homeless.extend(reader.unread);
    let shown = annotations.iter().map(|a| format!("{} {} {}", a.layer, &document.text[a.span], a.value));
    (shown.collect(), homeless)
}

/// The export of `document`, every word tagged by its length.
fn tagged(document: &Document) -> String {
    let options = Options::new().parts(Parts::ALL).layers(["time"]);
    let (text, _) = written("conllu", &options, std::slice::from_ref(document));
    let tag = |line: &str| match line.split_once('\t') {
        Some((id, rest)) if !line.starts_with('#') => {
            let (form, rest) = rest.split_once('\t').unwrap();
            let rest = rest.strip_prefix("_\t_").unwrap();
            format!("{id}\t{form}\tL{}\tX{rest}\n", form.chars().count())
        }
        _ => format!("{line}\n"),
    };
    text.lines().map(tag).collect()
}

#[test]
fn every_tag_comes_back_by_its_offsets() {
    let document = page();
    let text = tagged(&document);
    let (shown, homeless) = back(&text, &document);
    let n_tokens = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).count();
    assert_eq!((shown.len(), homeless.len()), (2 * n_tokens, 0));
    assert!(shown.contains(&"lemma 𝔖alt {\"lemma\":\"L4\"}".to_owned()));
    assert!(shown.contains(&"pos tide {\"upos\":\"X\"}".to_owned()));
}

#[test]
fn without_offsets_words_are_found_in_the_text() {
    let document = page();
    let with = tagged(&document);
    let without: String = with
        .lines()
        .map(|line| match line.rsplit_once('\t') {
            Some((columns, _)) if !line.starts_with('#') => format!("{columns}\t_\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let (expected, _) = back(&with, &document);
    let (shown, homeless) = back(&without, &document);
    // The control character was written as another, and cannot be found again.
    assert_eq!((homeless.len(), shown.len()), (1, expected.len() - 2), "{homeless:?}");
}

#[test]
fn rows_without_a_home_are_listed() {
    let document = page();
    let id = document.id.as_str();
    let text = format!(
        "# newdoc id = {id}\n1\tFerry\tferry\tNOUN\t_\t_\t_\t_\t_\t_\n2\tsubmarine\tsubmarine\tNOUN\t_\t_\t_\t_\t_\t_\n\
         2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\nno columns\n3\tgull\n"
    );
    let (shown, homeless) = back(&text, &document);
    assert_eq!(shown.len(), 2);
    let reasons: Vec<String> = homeless.iter().map(ToString::to_string).collect();
    assert_eq!(
        reasons,
        [
            "line 3 \"submarine\": the word does not stand in the rest of the text",
            "line 5 \"no columns\": a row of other than ten columns",
            "line 6 \"3\\tgull\": a row of other than ten columns",
        ]
    );
}
