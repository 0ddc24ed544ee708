//! Whatever a document holds, what is written is well formed, and says of it what it says.

use crate::fixture::{Made, written};
use corpus_core::{Document, PartKind, Role};
use corpus_export::{Options, Parts};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Text of anything, with a good deal of what formats mind.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~]{1,12}",
        "\\PC{1,6}",
        Just("\u{0}".to_owned()),
        Just("\u{b}\u{1f}".to_owned()),
        Just("\u{fffe}\u{ffff}".to_owned()),
        Just("\u{2028}\u{85}".to_owned()),
        Just("]]>&<![CDATA[".to_owned()),
        Just("\r\n".to_owned()),
        Just("\t|\t".to_owned()),
        Just("---".to_owned()),
        Just("```".to_owned()),
        Just("𝔖👩‍🚀".to_owned()),
    ];
    // A span begins and ends on characters that are not white space.
    prop::collection::vec(piece, 1..6).prop_map(|pieces| format!("x{}y", pieces.concat()))
}

fn document() -> impl Strategy<Value = Document> {
    let block = (prop::sample::select(Role::ALL), 0..4_usize, text());
    let annotation = (0..1000_usize, 1..40_usize, 0..11_usize, text());
    let blocks = prop::collection::vec(block, 0..8);
    (blocks, prop::collection::vec(annotation, 0..8), text(), prop::option::of(text())).prop_map(
        |(blocks, annotations, uri, title)| {
            let kinds = [PartKind::Article, PartKind::Embedded, PartKind::Comments, PartKind::Furniture];
            let mut made = Made::new(&uri);
            for kind in kinds {
                made = made.part(kind, title.as_deref().filter(|_| kind.is_article()));
            }
            for (role, part, content) in blocks {
                made = made.block_with(role, &content, |block| {
                    block.part = part;
                    block.path = Some(content.clone());
                    block.level = Some(part as u8);
                });
            }
            let mut document = made.document;
            document.parts[0].authors = vec![uri.clone()];
            document.language = Some(uri.clone().into());
            let bounds: Vec<usize> =
                document.text.char_indices().map(|(at, _)| at).chain([document.text.len()]).collect();
            for (start, length, layer, content) in annotations {
                let start = start % bounds.len();
                let end = (start + length).min(bounds.len() - 1);
                const LAYERS: [&str; 11] = [
                    "time", "name", "quotation", "event", "money", "link", "sentence", "statement", "post", "agreement", "../x",
                ];
                let value = match layer {
                    6 => Value::Null,
                    _ => json!({"type": "PER", "entity": content, "kind": content, "edtf": "2017-1X", "timex": content,
                                "href": content, "currency": content, "amount": 0.1, "when": "2020", content.clone(): [content]}),
                };
                document.annotations.push(corpus_core::Annotation {
                    span: (bounds[start]..bounds[end]).into(),
                    layer: LAYERS[layer].into(),
                    value,
                    rule: "any".into(),
                    confidence: 0.5,
                });
            }
            document.annotations.sort_by(|a, b| (&a.layer, a.span).cmp(&(&b.layer, b.span)));
            document
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn tei_is_well_formed_and_keeps_the_text(document in document()) {
        let (text, _) = written("tei", &Options::new().parts(Parts::ALL), std::slice::from_ref(&document));
        let mut reader = quick_xml::Reader::from_str(&text);
        reader.config_mut().check_end_names = true;
        let mut depth = 0_i64;
        loop {
            match reader.read_event().map_err(|error| TestCaseError::fail(error.to_string()))? {
                quick_xml::events::Event::Start(_) => depth += 1,
                quick_xml::events::Event::End(_) => depth -= 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        prop_assert_eq!(depth, 0);
        let is_stray = |c: char| c < ' ' && c != '\n' && c != '\t';
        prop_assert!(!text.contains(is_stray));
        let ids: Vec<_> = text.split("xml:id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let unique: std::collections::HashSet<_> = ids.iter().collect();
        prop_assert_eq!(ids.len(), unique.len());
    }

    #[test]
    fn json_is_json(document in document()) {
        for name in ["webannotation", "timelinejs"] {
            let (text, report) = written(name, &Options::new().parts(Parts::ALL), std::slice::from_ref(&document));
            let value: Value = serde_json::from_str(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let items = match name {
                "webannotation" => &value["first"]["items"],
                _ => &value["events"],
            };
            prop_assert_eq!(items.as_array().map(Vec::len), Some(report.written[0].rows as usize));
        }
        let (text, _) = written("jsonl", &Options::new(), std::slice::from_ref(&document));
        prop_assert_eq!(text.lines().count(), 1);
        prop_assert_eq!(serde_json::from_str::<Document>(&text).unwrap(), document);
    }

    #[test]
    fn web_annotations_select_what_they_quote(document in document()) {
        let (text, _) = written("webannotation", &Options::new().parts(Parts::ALL), std::slice::from_ref(&document));
        let value: Value = serde_json::from_str(&text).unwrap();
        let characters: Vec<char> = document.text.chars().collect();
        for item in value["first"]["items"].as_array().unwrap() {
            let [quote, position] = &item["target"]["selector"].as_array().unwrap()[..] else { panic!("two selectors") };
            let at = |name: &str| position[name].as_u64().unwrap() as usize;
            let exact: String = characters[at("start")..at("end")].iter().collect();
            prop_assert_eq!(&json!(exact), &quote["exact"]);
        }
    }

    #[test]
    fn csv_has_the_cells_it_says(document in document()) {
        for (table, rows) in [("documents", 1), ("blocks", document.blocks.len()), ("annotations", document.annotations.len())] {
            let (text, report) = written("csv", &Options::new().table(table), std::slice::from_ref(&document));
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let records: Vec<csv::StringRecord> = reader.records().map(|record| record.unwrap()).collect();
            prop_assert_eq!(records.len(), rows);
            prop_assert_eq!(report.written[0].rows, rows as u64);
            if table == "blocks" {
                for (record, block) in records.iter().zip(&document.blocks) {
                    prop_assert_eq!(record.iter().next_back(), Some(document.slice(block)));
                }
            }
        }
    }

    #[test]
    fn conllu_has_ten_columns_and_spans_that_hold(document in document()) {
        let (text, _) = written("conllu", &Options::new().parts(Parts::ALL), std::slice::from_ref(&document));
        let mut at = 0;
        for line in text.split('\n').filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            let columns: Vec<&str> = line.split('\t').collect();
            prop_assert_eq!(columns.len(), 10, "{:?}", line);
            let offset = |name: &str| -> usize {
                let value = columns[9].split('|').find_map(|pair| pair.strip_prefix(name));
                value.unwrap().parse().unwrap()
            };
            let (start, end) = (offset("Start="), offset("End="));
            prop_assert!(at <= start && start < end);
            prop_assert!(document.text.get(start..end).is_some());
            at = end;
        }
        // Every character that is not white space lies in a token of a block.
        let tokens: usize = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).count();
        prop_assert_eq!(tokens == 0, document.blocks.is_empty());
    }

    #[test]
    fn ris_has_a_tag_on_every_line(document in document()) {
        let (text, _) = written("ris", &Options::new(), &[document]);
        for line in text.split("\r\n").filter(|line| !line.is_empty()) {
            prop_assert!(line.as_bytes()[..2].iter().all(u8::is_ascii_alphanumeric) && &line[2..6] == "  - ", "{:?}", line);
        }
    }
}
