//! What did not take place is no event, and what looks as if it had not is one.

use super::events;

/// The words of the mentions of a text.
fn words(text: &str) -> Vec<String> {
    let words = |event: String| event.split(" event-").next().unwrap_or_default().to_owned();
    events(text).into_iter().map(words).collect()
}

/// Pairs of what is none, and of what looks alike and is one.
fn check(pairs: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for &(none, event, word) in pairs {
        for (text, expected) in [(none, &[][..]), (event, &[word][..])] {
            let found = words(text);
            if found != expected {
                wrong.push(format!("{text}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_called_off_is_none_and_what_its_hosts_called_off_beside_it_is() {
    check(&[
        (
            "Kenya cancelled talks with Ghana in Accra on 3 May 2021.",
            "Kenya proposed talks with Ghana in Accra on 3 May 2021.",
            "talks",
        ),
        (
            "The summit of Kenya and Ghana in Accra was cancelled.",
            "After the summit of Kenya and Ghana in Accra the flight was cancelled.",
            "summit",
        ),
        (
            "The summit of Kenya and Ghana in Accra was postponed.",
            "The summit of Kenya and Ghana in Accra was not postponed.",
            "summit",
        ),
        (
            "The visit of Ines Prado to Accra on 3 May 2021 has been called off.",
            "The visit of Ines Prado to Accra on 3 May 2021 has been called historic.",
            "visit",
        ),
        (
            "The talks in Accra, due to open on 3 May 2021, were put off.",
            "The talks in Accra, due to open on 3 May 2021, were put first.",
            "talks",
        ),
        (
            "Korova Foods Ltd postponed its annual meeting, set for 3 May 2021.",
            "Korova Foods Ltd postponed its annual meeting to 3 June 2021.",
            "annual meeting",
        ),
        (
            "The election in Ghana, which was postponed, would be the third.",
            "The election in Ghana, which was contested, would be the third.",
            "election",
        ),
        (
            "The election in Ghana was set for 3 May 2021 but was later scrapped.",
            "The election in Ghana was set for 3 May 2021 but a debate was later scrapped.",
            "election",
        ),
        (
            "A cancelled meeting with Bo Dahl in Accra cost 3 crowns.",
            "The postponed meeting with Bo Dahl in Accra opened.",
            "postponed meeting",
        ),
        (
            "Ines Prado decided to cancel her visit to Accra.",
            "Ines Prado threatened to cancel her visit to Accra.",
            "visit",
        ),
        (
            "Ines Prado regretted the cancellation of the visit to Accra.",
            "Ines Prado called for the cancellation of the visit to Accra.",
            "visit",
        ),
        (
            "The meeting with Bo Dahl in Accra did not take place.",
            "The meeting with Bo Dahl in Accra did not take long.",
            "meeting",
        ),
        (
            "The meeting with Bo Dahl in Accra never took place.",
            "The meeting with Bo Dahl in Accra never took off.",
            "meeting",
        ),
        (
            "Talks of Kenya and Ghana in Accra called off over a ferry.",
            "Talks of Kenya and Ghana in Accra called useful over a ferry.",
            "Talks",
        ),
        (
            "A series of meetings with Bo Dahl in Accra was cancelled.",
            "A guest of the meetings with Bo Dahl in Accra was cancelled.",
            "meetings",
        ),
        (
            "The summit in Accra may open on 3 May 2021, but it was called off.",
            "The summit in Accra may be called off on 3 May 2021.",
            "summit",
        ),
    ]);
}

#[test]
fn what_is_denied_is_none_and_what_a_denial_only_names_is() {
    check(&[
        (
            "The treaty of Kenya and Ghana wasn\u{2019}t signed in Accra on 3 May 2021.",
            "The treaty of Kenya and Ghana wasn\u{2019}t only signed in Accra on 3 May 2021.",
            "signed",
        ),
        ("Ines Prado cannot meet Bo Dahl in Accra.", "Ines Prado can meet Bo Dahl in Accra.", "meet"),
        (
            "Ines Prado was unable to meet Bo Dahl in Accra.",
            "Ines Prado was able to meet Bo Dahl in Accra.",
            "meet",
        ),
        (
            "Ines Prado has refused to meet Bo Dahl in Accra.",
            "Ines Prado has not refused to meet Bo Dahl in Accra.",
            "meet",
        ),
        (
            "Ines Prado failed to sign a pact with Ghana on 3 May 2021.",
            "Ines Prado never failed to sign a pact with Ghana on 3 May 2021.",
            "sign",
        ),
        (
            "Ines Prado decided not to meet Bo Dahl in Accra.",
            "Ines Prado decided to meet Bo Dahl, not Ana Pires, in Accra.",
            "meet",
        ),
        (
            "Ines Prado was too ill to meet Bo Dahl in Accra.",
            "Ines Prado was ready to meet Bo Dahl in Accra.",
            "meet",
        ),
        ("No minister of Kenya met Bo Dahl in Accra.", "No doubt Ines Prado met Bo Dahl in Accra.", "met"),
        (
            "Not one minister of Kenya met Bo Dahl in Accra.",
            "Not only ministers of Kenya met Bo Dahl in Accra.",
            "met",
        ),
        (
            "Neither Ines Prado nor Ana Pires met Bo Dahl in Accra.",
            "It was not the first time Ines Prado met Bo Dahl in Accra.",
            "met",
        ),
        (
            "Ines Prado denied that she met Bo Dahl in Accra.",
            "Ines Prado denied the theft when she met Bo Dahl in Accra.",
            "met",
        ),
        (
            "Ines Prado denies having met Bo Dahl in Accra.",
            "Ines Prado recalls having met Bo Dahl in Accra.",
            "met",
        ),
        (
            "Ines Prado left Ghana without having met Bo Dahl in Accra.",
            "Ines Prado left Ghana after having met Bo Dahl in Accra.",
            "met",
        ),
        (
            "Ines Prado was barred from visiting Accra in May 2021.",
            "Ines Prado came from Quito, visiting Accra in May 2021.",
            "visiting",
        ),
        (
            "There is no evidence that Ines Prado met Bo Dahl in Accra.",
            "There is new evidence that Ines Prado met Bo Dahl in Accra.",
            "met",
        ),
        (
            "Ines Prado said no pact with Ghana was signed in Accra.",
            "Ines Prado made no mention of the pact that was signed in Accra.",
            "signed",
        ),
        (
            "Nobody called for the talks with Bo Dahl in Accra.",
            "No day was set for the talks with Bo Dahl in Accra.",
            "talks",
        ),
        ("There was no U.K. election in May 2021.", "There was a U.K. election in May 2021.", "election"),
        (
            "No summit was held in Accra on 3 May 2021.",
            "No summit has drawn more leaders than the one in Accra on 3 May 2021.",
            "summit",
        ),
        (
            "There was no summit in Accra on 3 May 2021.",
            "There was no doubt that the summit in Accra on 3 May 2021 would be long.",
            "summit",
        ),
        (
            "There were no plans for talks with Bo Dahl in Accra.",
            "There was no support for the talks with Bo Dahl in Accra.",
            "talks",
        ),
        (
            "Nobody asked for talks with Bo Dahl in Accra.",
            "Nobody slept before the talks with Bo Dahl in Accra.",
            "talks",
        ),
        (
            "Ghana has not held an election in Accra since 2019.",
            "Ghana has not forgotten an election in Accra in 2019.",
            "election",
        ),
        (
            "Kenya rejected talks with Ghana in Accra.",
            "Kenya rejected the talks with Ghana in Accra as a farce.",
            "talks",
        ),
        (
            "Kenya ruled out a meeting with Bo Dahl in Accra.",
            "Kenya carried out a meeting with Bo Dahl in Accra.",
            "meeting",
        ),
        (
            "Instead of a meeting with Bo Dahl in Accra there was rain.",
            "Because of a meeting with Bo Dahl in Accra there was rain.",
            "meeting",
        ),
    ]);
}

#[test]
fn what_is_only_supposed_is_none() {
    check(&[
        (
            "If Kenya and Ghana met in Accra, they would agree.",
            "When Kenya and Ghana met in Accra, they agreed.",
            "met",
        ),
        (
            "If the minister Ines Prado met Bo Dahl in Accra, she would know.",
            "If the pact Ines Prado signed in Accra holds, she will rest.",
            "signed",
        ),
        (
            "Ana Pires asked whether Kenya and Ghana met in Accra.",
            "Ana Pires asked why Kenya and Ghana met in Accra.",
            "met",
        ),
        (
            "Had Ines Prado met Bo Dahl in Accra, she would know.",
            "Ines Prado had met Bo Dahl in Accra, as she would know.",
            "met",
        ),
        ("Did Ines Prado meet Bo Dahl in Accra?", "Why did Ines Prado meet Bo Dahl in Accra?", "meet"),
        (
            "Ines Prado would have met Bo Dahl in Accra.",
            "Ines Prado would soon meet Bo Dahl in Accra.",
            "meet",
        ),
    ]);
}
