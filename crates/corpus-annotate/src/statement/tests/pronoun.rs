//! Whom pronouns stand for, and of whom nobody can tell.

use super::document;

/// Words and local id of the last speaker of a text, and how sure the statement is.
fn last(text: &str) -> (String, Option<String>, f32) {
    let document = document(text);
    let mut statements = document.annotations.iter().filter(|annotation| annotation.layer == "statement");
    let last = statements.next_back().unwrap_or_else(|| panic!("a statement in {text}"));
    let at = |index: usize| last.value["speaker"][index].as_u64().map_or(0, |at| at as usize);
    let words = document.text[at(0)..at(1)].to_owned();
    (words, last.value["entity"].as_str().map(str::to_owned), last.confidence)
}

fn who(text: &str) -> Option<String> {
    last(text).1
}

#[test]
fn the_subject_of_the_sentence_before_goes_on() {
    for (text, id) in [
        ("Rui Lopes said that it was late. He said that it rained.", "rui-lopes"),
        ("Rui Lopes left for the pier. He said that it rained.", "rui-lopes"),
        ("Rui Lopes left for the pier. He was late. “It rains,” he said.", "rui-lopes"),
        ("Rui Lopes said that Tom Green was late. He said that it rained.", "rui-lopes"),
        ("“It is late,” said Rui Lopes. The mill has 500 hands. “It rains,” he said.", "rui-lopes"),
        ("When Rui Lopes came to the pier, he said that it rained.", "rui-lopes"),
        ("Rui Lopes left. In a letter to Tom Green, he said that it rained.", "rui-lopes"),
        ("The court has fined Rui Lopes. He said that it rained.", "rui-lopes"),
        ("Rui Lopes said it was late. “Tom Green was there. He was ill,” he said.", "rui-lopes"),
    ] {
        assert_eq!(who(text).as_deref(), Some(id), "{text}");
    }
}

#[test]
fn he_is_no_woman_and_she_is_no_man() {
    for (text, id) in [
        ("Maria Lopes met Tom Green. She said that it rained.", Some("maria-lopes")),
        ("Tom Green met Maria Lopes. She said that it rained.", Some("maria-lopes")),
        ("Tom Green said that Maria Lopes was late. She said that it rained.", Some("maria-lopes")),
        ("Mr Lopes met Ms Green. She said that it rained.", Some("green")),
        ("Ms Green said that it was late. He said that it rained.", None),
        ("Tom Green said that it was late. She said that it rained.", None),
        ("His wife Robin Green said that it was late. He said that it rained.", None),
    ] {
        assert_eq!(who(text).as_deref(), id, "{text}");
    }
}

#[test]
fn of_two_who_are_as_likely_nobody_is_meant() {
    for text in [
        "“Rui Lopes plays well,” Tom Green said. Rui Lopes won twice. “It rains,” he said.",
        "Rui Lopes and Tom Green left. He said that it rained.",
        "The mill was sold by Rui Lopes to Tom Green. He said that it rained.",
        "Rui Lopes met Tom Green. It was late. It rained. “We wait,” he said.",
    ] {
        let (words, id, confidence) = last(text);
        assert_eq!((words.to_lowercase().as_str(), id), ("he", None), "{text}");
        assert!(confidence <= 0.4, "{text}: {confidence}");
    }
}

#[test]
fn whom_the_page_does_not_name_speaks_on_unnamed() {
    for text in [
        "Rui Lopes left. A spokesman for the mill said that it was late. He said that it rained.",
        "Rui Lopes’s spokesman declined to speak of it. He said that it rained.",
        "A spokeswoman said that Maria Lopes would leave. She said that it rained.",
        "“It is late,” said the harbour master. Rui Lopes, he added, was ill.",
        "Rui Lopes left. Officials said that it was late. A reporter spoke at length. He said that it rained.",
    ] {
        assert_eq!(who(text), None, "{text}");
    }
    // Several are not "he", nor is a thing.
    for text in [
        "Rui Lopes left. Officials were late. He said that it rained.",
        "Rui Lopes left. The mill was shut. He said that it rained.",
    ] {
        assert_eq!(who(text).as_deref(), Some("rui-lopes"), "{text}");
    }
}

#[test]
fn who_tells_the_story_is_nobody_of_it() {
    for text in [
        "Rui Lopes said that it was late. I said that it rained.",
        "Rui Lopes left. I told them that it rained.",
        "Rui Lopes left. We said that it rained.",
    ] {
        assert_eq!(who(text), None, "{text}");
    }
}

#[test]
fn what_is_said_of_somebody_is_not_said_by_them() {
    assert_eq!(who("“Tom Green is late,” he said."), None);
    assert_eq!(who("Rui Lopes spoke. “Tom Green is late,” he said.").as_deref(), Some("rui-lopes"));
}
