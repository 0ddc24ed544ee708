//! What holds of whatever texts come, in whatever order and on however many threads.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use corpus_dedup::{Findings, Label, Options, Pile, Relation, Shingles, Sketch, Thresholds, Words};
use proptest::prelude::*;
use std::num::NonZeroUsize;

fn find(documents: &[(Label, String)], threads: usize) -> Findings {
    let mut pile = Pile::new(Options::new()).unwrap();
    for (label, text) in documents {
        let sketch = text.split("\n\n").fold(Sketch::of([&**text]), Sketch::block);
        pile.add(label, &sketch).unwrap();
    }
    assert_eq!(pile.len(), documents.len());
    pile.compare(NonZeroUsize::new(threads).unwrap()).unwrap()
}

fn label(id: impl ToString) -> Label {
    Label { id: id.to_string(), ..Label::default() }
}

/// A text of so many words, different for each seed.
fn text(seed: u32, n_words: u32) -> Vec<String> {
    let word =
        |place: u32| seed.wrapping_mul(0x9e37_79b9).wrapping_add(place).wrapping_mul(0x85eb_ca6b) >> 19;
    (0..n_words).map(|place| format!("w{}", letters(word(place)))).collect()
}

/// A number in letters: a word without digits.
fn letters(number: u32) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

/// A pile of texts and copies of them: equal, cut, with words put in and with words replaced.
fn piles() -> impl Strategy<Value = Vec<(Label, String)>> {
    let copy = (0_u32..6, 0_usize..5, 0_usize..40, prop::option::of(0_u32..3));
    prop::collection::vec(copy, 2..30).prop_map(|copies| {
        let made = copies.into_iter().enumerate().map(|(number, (seed, edit, place, date))| {
            let mut words = text(seed, 60 + 13 * seed);
            match edit {
                1 => words.truncate(words.len() - place / 2),
                2 => words.insert(place, "inserted".to_owned()),
                3 => words.iter_mut().skip(place % 11).step_by(17).for_each(|word| word.push('x')),
                4 => words[place].make_ascii_uppercase(),
                _ => {}
            }
            let date = date.map(|day| format!("2021-03-0{}", day + 1));
            (
                Label {
                    id: format!("d{}", number % 20),
                    date,
                    place: format!("p{number}"),
                    ..Label::default()
                },
                words.join(" "),
            )
        });
        made.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn order_and_threads_make_no_difference(pile in piles(), turn in 0_usize..30) {
        let found = find(&pile, 1);
        let mut turned = pile.clone();
        turned.rotate_left(turn % pile.len());
        turned.reverse();
        prop_assert_eq!(&find(&turned, 3), &found);
        prop_assert_eq!(&find(&pile, 2), &found);
    }

    #[test]
    fn a_document_is_in_one_cluster_and_every_cluster_has_one_survivor(pile in piles()) {
        let found = find(&pile, 1);
        let mut places: Vec<&str> = Vec::new();
        for cluster in &found.clusters {
            prop_assert!(cluster.members().len() > 1);
            let survivors = cluster.members().iter().filter(|member| member.is_survivor).count();
            prop_assert_eq!(survivors, 1);
            prop_assert!(cluster.members().iter().all(|member| member.words <= cluster.survivor().words));
            prop_assert!(cluster.members().iter().all(|member| (0.0..=1.0).contains(&member.similarity)));
            places.extend(cluster.members().iter().map(|member| &*member.label.place));
        }
        let n_places = places.len();
        places.sort_unstable();
        places.dedup();
        prop_assert_eq!(places.len(), n_places);
    }

    #[test]
    fn a_text_is_an_exact_copy_of_itself_and_comparison_is_symmetric(a in "[a-e ]{0,80}", b in "[a-e ]{0,80}") {
        let thresholds = Thresholds { least_words: 3, ..Thresholds::default() };
        let (a, b) = (Words::of(&a), Words::of(&b));
        prop_assert_eq!(thresholds.compare(&a, &a).unwrap().relation, Relation::Exact);
        prop_assert_eq!(thresholds.compare(&a, &b), thresholds.compare(&b, &a));
        let (a, b) = (Shingles::of(&a), Shingles::of(&b));
        prop_assert_eq!(a.jaccard(&a), 1.0);
        prop_assert_eq!(a.jaccard(&b), b.jaccard(&a));
        prop_assert!(a.jaccard(&b) <= a.containment(&b));
    }

    #[test]
    fn any_text_at_all_has_a_sketch(text in any::<String>(), other in "\\PC{0,40}") {
        let pile = [(label("a"), text.clone()), (label("b"), other), (label("c"), text.clone())];
        let found = find(&pile, 1);
        let has_words = !Words::of(&text).is_empty();
        prop_assert_eq!(found.clusters.iter().any(|cluster| cluster.members().len() > 1), has_words);
    }
}

const FREEZE: &str = "The harbour froze on Monday night, and no ferry left before the ice-breaker came through on \
    Thursday. Four lorries with fish waited at the quay, said the harbour master, while the crews played cards in \
    the customs house.\n\nThe town council will talk about a second ice-breaker next week; the first one is older \
    than most of its crew, and its engine comes from a factory that closed long ago.";

/// The relation of each document that is in the first cluster, by id.
fn relations(documents: &[(&str, String)]) -> Vec<(String, Relation)> {
    let documents: Vec<_> = documents.iter().map(|(id, text)| (label(id), text.clone())).collect();
    let found = find(&documents, 1);
    let members = found.clusters.first().map_or(&[][..], |cluster| cluster.members());
    members.iter().map(|member| (member.label.id.clone(), member.relation)).collect()
}

#[test]
fn each_kind_of_copy_has_its_relation() {
    let original = ("original", FREEZE.to_owned());
    let copies = [
        ("shouted", FREEZE.to_uppercase().replace(['.', ','], " "), Relation::Exact),
        ("framed", format!("From our reporter. {FREEZE} All rights reserved."), Relation::Near),
        ("cut", FREEZE.split_whitespace().take(50).collect::<Vec<_>>().join(" "), Relation::Contains),
        (
            "reworded",
            FREEZE
                .replace("lorries", "trucks")
                .replace("council", "board")
                .replace("froze", "iced")
                .replace("talk", "confer")
                .replace("closed", "shut"),
            Relation::Reworded,
        ),
    ];
    for (id, copy, relation) in copies {
        let found = relations(&[original.clone(), (id, copy)]);
        assert_eq!(found.len(), 2, "{id}");
        assert!(found.iter().all(|(_, found)| *found == relation), "{id}: {found:?}");
    }
}

#[test]
fn the_same_form_with_other_figures_is_no_copy() {
    let report = |day: &str, figures: [u32; 5]| {
        let [ferries, lorries, tonnes, before, year] = figures;
        format!(
            "Harbour report of {day}: so many ferries left the harbour as of today, namely {ferries}, and lorries that were \
             waiting at the quay when the gate was shut for the night came to {lorries}, with tonnes of fish on board {tonnes}, \
             against {before} of the day before and {year} of the same day a year ago, as the harbour master has announced."
        )
    };
    let reports =
        [("a", report("Monday", [7, 31, 84, 79, 90])), ("b", report("Friday", [9, 28, 77, 81, 66]))];
    assert_eq!(relations(&reports), []);
}

#[test]
fn the_longest_survives_then_the_earliest_then_the_smallest_id() {
    let dated = |id: &str, date: Option<&str>| Label { date: date.map(str::to_owned), ..label(id) };
    let cluster = |documents: &[(Label, String)]| {
        let found = find(documents, 1);
        found.clusters[0].members().iter().map(|member| member.label.id.clone()).collect::<Vec<_>>()
    };
    let same = |label| (label, FREEZE.to_owned());
    let by_date =
        [same(dated("a", None)), same(dated("b", Some("2021-03-02"))), same(dated("c", Some("2021-03")))];
    assert_eq!(cluster(&by_date), ["c", "b", "a"]);
    let longest = [
        same(dated("a", Some("2021"))),
        (label("b"), format!("{FREEZE} More soon.")),
        same(dated("c", Some("2021"))),
    ];
    assert_eq!(cluster(&longest), ["b", "a", "c"]);
}

#[test]
fn a_passage_is_what_documents_of_different_clusters_share() {
    let passage = FREEZE.split("\n\n").next().unwrap();
    let page = |seed| format!("{}\n\n{passage}", text(seed, 200).join(" "));
    let documents = [
        (label("a"), page(1)),
        (label("b"), page(2)),
        (label("c"), page(2)),
        (label("d"), text(3, 90).join(" ")),
    ];
    let found = find(&documents, 2);
    assert_eq!(found.clusters.len(), 1);
    let [passage_found] = &found.passages[..] else { panic!("{:?}", found.passages) };
    assert_eq!(passage_found.documents, ["a", "b", "c"].map(label));
    assert_eq!((passage_found.blocks, passage_found.characters), (1, passage.chars().count() as u64));
    assert!(passage_found.begins.starts_with("The harbour froze on Monday"));
}

#[test]
fn of_exact_sketches_only_exact_copies_are_found() {
    let mut pile = Pile::new(Options::new()).unwrap();
    for (id, text) in
        [("a", FREEZE.to_owned()), ("b", FREEZE.to_lowercase()), ("c", format!("Late. {FREEZE}"))]
    {
        pile.add(&label(id), &Sketch::exact([&*text])).unwrap();
    }
    let found = pile.compare(NonZeroUsize::MIN).unwrap();
    assert_eq!(found.clusters.len(), 1);
    assert_eq!(found.clusters[0].members().len(), 2);
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let error = Pile::new(Options::new().folder("no/such/folder")).unwrap_err();
    assert!(error.to_string().starts_with("make a temporary file in no/such/folder: "), "{error}");
}
