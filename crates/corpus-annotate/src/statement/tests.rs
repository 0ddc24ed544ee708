//! Statements of small texts, one behaviour each.

mod pronoun;

use crate::annotator::Annotators;
use corpus_core::{Document, Record, Registry};
use serde_json::Value;

pub(super) fn document(text: &str) -> Document {
    let mut documents = Registry::core().parse_all(&Record::new("page.txt", text.as_bytes().to_vec()));
    let mut document = documents.remove(0);
    Annotators::core().annotate(&mut document);
    document
}

/// Speaker and content of each statement; "-" where nobody is named.
pub(super) fn said(text: &str) -> Vec<String> {
    let document = document(text);
    let slice = |span: &Value| -> String {
        let at = |index: usize| span[index].as_u64().map_or(0, |at| at as usize);
        document.text[at(0)..at(1)].to_owned()
    };
    document
        .annotations
        .iter()
        .filter(|annotation| annotation.layer == "statement")
        .map(|annotation| {
            let value = &annotation.value;
            let speaker = if value["speaker"].is_null() { "-".to_owned() } else { slice(&value["speaker"]) };
            let pieces: Vec<String> = value["content"].as_array().into_iter().flatten().map(slice).collect();
            format!("{speaker}: {}", pieces.join(" … "))
        })
        .collect()
}

#[test]
fn a_clause_behind_its_verb() {
    assert_eq!(
        said("Maria Lopes said that the bridge would open in May."),
        ["Maria Lopes: the bridge would open in May"]
    );
    assert_eq!(
        said("The harbour master said the quay was closed."),
        ["The harbour master: the quay was closed"]
    );
}

#[test]
fn a_remark_before_its_verb() {
    assert_eq!(
        said("“We shall rebuild the pier,” the mayor told Radio Norte on Friday."),
        ["the mayor: “We shall rebuild the pier,”"]
    );
    assert_eq!(
        said("“We shall rebuild the pier,” said Ana Pires, the mayor."),
        ["Ana Pires: “We shall rebuild the pier,”"]
    );
}

#[test]
fn a_remark_in_two_pieces() {
    assert_eq!(
        said("“The pier is lost,” she said. “We shall build another.”"),
        ["she: “The pier is lost,” … “We shall build another.”"]
    );
    assert_eq!(
        said("“The pier,” Pires said, “is lost for good.”"),
        ["Pires: “The pier,” … “is lost for good.”"]
    );
}

#[test]
fn all_who_speak_together() {
    for (text, speaker) in [
        (
            "Ana Pires, chief economist at Norte Bank, and Rui Lopes said that it rained.",
            "Ana Pires, chief economist at Norte Bank, and Rui Lopes",
        ),
        ("Ana Pires, Rui Lopes and Maria Green said that it rained.", "Ana Pires, Rui Lopes and Maria Green"),
        ("Ana Pires left, and Rui Lopes said that it rained.", "Rui Lopes"),
        ("“It rains,” the former monopoly said.", "the former monopoly"),
        ("Ana Pires on Tuesday said it rained.", "Ana Pires"),
        ("In Porto, the old port, and Rui Lopes said that it rained.", "Rui Lopes"),
        ("His mother, Ana, said her son, 17, had left.", "His mother, Ana"),
        ("It was broken by the harbour weblog, which said it rained.", "the harbour weblog"),
    ] {
        assert_eq!(said(text)[0].split_once(": ").expect("a speaker").0, speaker, "{text}");
    }
    for nobody in ["Their main brands are Norte and Sul.", "You can tell the pier is going to fall."] {
        assert!(said(nobody).is_empty(), "{nobody}: {:?}", said(nobody));
    }
    assert_eq!(
        said("“The pier is lost,” deputy planning director Ana Pires said."),
        ["deputy planning director Ana Pires: “The pier is lost,”"]
    );
}

#[test]
fn a_warning_needs_no_hearer() {
    for (text, content) in [
        ("Ana Pires warned there would be no way to the pier.", "there would be no way to the pier"),
        ("Ana Pires warned prices were too high.", "prices were too high"),
        ("Ana Pires warned the mayor that prices were too high.", "prices were too high"),
        ("Ana Pires promised subsidies of up to $3.", "subsidies of up to $3"),
        ("Ana Pires asked why it was late.", "why it was late"),
        // What is told of her aside ends where it is said what she did.
        ("Ana Pires, who says it is late, has left for the pier.", "it is late"),
    ] {
        assert_eq!(said(text), [format!("Ana Pires: {content}")], "{text}");
    }
}

#[test]
fn a_pronoun_is_who_spoke_before() {
    for (text, entity) in [
        (
            "Ana Pires said it was late. It rained, and Rui Lopes was away. “We wait,” she added.",
            Some("ana-pires"),
        ),
        (
            "Ana Pires kept her seat. When she refused to back Rui Lopes, she said it was late.",
            Some("ana-pires"),
        ),
        ("Ana Pires left. It was late. It rained. The pier shook. “We wait,” she said.", Some("ana-pires")),
        ("Rui Lopes met Ana Pires. It was late. It rained. “We wait,” she said.", Some("ana-pires")),
        ("Peru is far. One leading Lima broker said it was late.", None),
        ("Peru is far. The staff of a mill in Lima said it was late.", None),
        ("Peru is far. Lima officials said it was late.", Some("lima")),
        ("Lima’s government said it was late.", Some("lima")),
        ("Lima’s Roads Ministry said it was late.", Some("roads-ministry")),
        ("Lima’s roads ministry said it was late.", None),
        ("Lima’s police said it was late.", None),
        ("The Harbour Council president said it was late.", None),
        ("The Harbour Council said it was late.", Some("harbour-council")),
        ("A Harbour Council spokesman said it was late.", Some("harbour-council")),
        ("Harbour Council’s spokesman said it was late.", Some("harbour-council")),
    ] {
        let document = document(text);
        let mut statements = document.annotations.iter().filter(|annotation| annotation.layer == "statement");
        let last = statements.next_back().expect("a statement");
        assert_eq!(last.value["entity"].as_str(), entity, "{text}");
    }
    assert_eq!(
        said("The board of Norte Foods, a grocer, reaffirmed its faith in Rui Lopes, who is late.")[0]
            .split_once(": ")
            .expect("a speaker")
            .0,
        "The board of Norte Foods"
    );
}

#[test]
fn a_clause_before_its_verb() {
    assert_eq!(
        said("The pier was lost in the storm, officials said."),
        ["officials: The pier was lost in the storm"]
    );
}

#[test]
fn an_apposition_between_speaker_and_verb() {
    assert_eq!(
        said("Ana Pires, who has run the port since 2004, said the pier was lost."),
        ["Ana Pires: the pier was lost"]
    );
}

#[test]
fn a_hearer_is_no_speaker() {
    assert_eq!(
        said("Ana Pires told the committee that the pier was lost."),
        ["Ana Pires: the pier was lost"]
    );
}

#[test]
fn according_to_somebody() {
    assert_eq!(said("According to Ana Pires, the pier was lost."), ["Ana Pires: the pier was lost"]);
    assert_eq!(said("The pier was lost, according to Ana Pires."), ["Ana Pires: The pier was lost"]);
}

#[test]
fn a_noun_of_speech() {
    assert_eq!(
        said("Few believed the minister’s claim that the pier was lost."),
        ["the minister: the pier was lost"]
    );
}

#[test]
fn a_second_verb_has_the_subject_of_the_first() {
    assert_eq!(
        said("Pires said the pier was lost, adding that another would be built."),
        ["Pires: the pier was lost", "Pires: another would be built"]
    );
}

#[test]
fn what_was_not_said_is_no_statement() {
    assert!(said("Pires did not say that the pier was lost.").is_empty());
    assert!(said("Pires did not mention the pier.").is_empty());
}

#[test]
fn what_is_done_beside_speech_says_nothing() {
    for silent in [
        "Maria Lopes endorsed a plan for the quay.",
        "Maria Lopes sat there, hoping and praying that it would rain.",
        "Road repair estimating software can help.",
        "A course of hands-on learning: give the crew a quay to mend.",
    ] {
        assert_eq!(said(silent), [""; 0], "{silent}");
    }
    assert_eq!(
        said("Maria Lopes estimated that the quay would cost $3."),
        ["Maria Lopes: the quay would cost $3"]
    );
}

#[test]
fn a_day_may_stand_between_the_verb_and_what_is_said() {
    for text in [
        "Maria Lopes told NRB on Jan. 3 that it was late.",
        "Maria Lopes told NRB on January 3 that it was late.",
        "Maria Lopes told the NRB on Jan. 3, 2021, that it was late.",
        "Maria Lopes said on Jan. 3 in Lund that it was late.",
    ] {
        assert_eq!(said(text), ["Maria Lopes: it was late"], "{text}");
    }
}

#[test]
fn beliefs_are_no_statements() {
    assert!(said("Pires believes that the pier is lost.").is_empty());
}

#[test]
fn a_paragraph_of_quotation_goes_on_with_the_last_speaker() {
    let text = "“The pier is lost,” Pires said.\n\n“We shall build another. It will be of stone.”\n";
    assert_eq!(said(text), ["Pires: “The pier is lost,” … “We shall build another. It will be of stone.”"]);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "[\"“”‘’'«»„ ,.:;()—a-zA-Zé\\n]{0,200}|(said |“|\" |that |, |Lopes |\\n|told |adding |\\(|\\)|according to ){0,60}") {
        let document = document(&text);
        for annotation in &document.annotations {
            proptest::prop_assert!(document.text.get(annotation.span.start..annotation.span.end).is_some());
        }
    }
}

#[test]
fn a_clause_before_a_verb_at_the_end() {
    assert_eq!(said("Some 300 people were sent home, she added."), ["she: Some 300 people were sent home"]);
    assert_eq!(
        said("The pier was lost in the storm, the harbour master told the court."),
        ["the harbour master: The pier was lost in the storm"]
    );
    assert_eq!(
        said("The port has closed a quay, blaming the ice, a company spokesman said."),
        ["a company spokesman: The port has closed a quay, blaming the ice"]
    );
    assert_eq!(
        said("A new pier is planned, Pires said, “if the sea lets us”."),
        ["Pires: A new pier is planned … “if the sea lets us”"]
    );
    assert_eq!(
        said("LISBON, May 3 (Costa Wire) – The pier was lost, officials said."),
        ["officials: The pier was lost"]
    );
}

#[test]
fn who_is_called_in_is_called_nothing() {
    assert_eq!(
        said("Pires called a diver who testified that “not a stone” was left."),
        ["a diver: “not a stone” was left"]
    );
}

/// Who speaks and when, of each statement; "-" where that is open.
fn voices(text: &str) -> Vec<String> {
    let document = document(text);
    let statements = document.annotations.iter().filter(|annotation| annotation.layer == "statement");
    statements
        .map(|statement| {
            let field = |name: &str| statement.value[name].as_str().unwrap_or("-").to_owned();
            format!("{} {}", field("entity"), field("said_on"))
        })
        .collect()
}

#[test]
fn who_stands_for_somebody_is_somebody_else() {
    assert_eq!(voices("Ada Holm won. Holm’s supporters said that the vote was fair."), ["- -"]);
    assert_eq!(voices("Ada Holm won. Critics of Holm said that the vote was rigged."), ["- -"]);
    assert_eq!(voices("A spokesman for Ada Holm said that the vote was fair."), ["- -"]);
    assert_eq!(voices("Holm’s lawyer Bo Dahl said that the vote was fair."), ["bo-dahl -"]);
    assert_eq!(voices("A statement by Ada Holm said that the vote was fair."), ["ada-holm -"]);
    assert_eq!(
        voices("The undersecretary of economic affairs Ada Holm said that the bridge was safe."),
        ["ada-holm -"]
    );
}

#[test]
fn nothing_is_said_after_the_article_came_out() {
    let told = |words: &str| voices(&format!("LISBON, May 3, 2021 (Costa Wire) – {words}"));
    assert_eq!(told("On May 9, 2021, Bo Dahl said that the pier was lost."), ["bo-dahl 2021-05-03"]);
    assert_eq!(told("On May 2, 2021, Bo Dahl said that the pier was lost."), ["bo-dahl 2021-05-02"]);
}

#[test]
fn it_is_the_body_that_the_text_tells_of() {
    assert_eq!(
        voices(
            "Norlund Shipping Corp said that it had sold a ferry. The company said that the price was fair."
        ),
        ["norlund-shipping-corp -", "norlund-shipping-corp -"]
    );
    assert_eq!(
        voices("Norlund Shipping Corp sold a ferry. It said that the price was fair."),
        ["norlund-shipping-corp -"]
    );
    assert_eq!(
        voices(
            "Norlund Shipping Corp sold a ferry to Vastra Lines Ltd. The company said that the price was fair."
        ),
        ["- -"]
    );
}

#[test]
fn of_several_dates_a_statement_takes_the_one_that_is_left_for_it() {
    let text = "Ada Holm recalled the May 3, 2021 warning of Bo Dahl that the dam would break. Ines Prado said that it \
                had held (Radio Norte, May 3, 2021; Sol TV, May 9, 2021).";
    assert_eq!(voices(text).last().map(String::as_str), Some("ines-prado 2021-05-09"));
    let text = "Ines Prado said that the dam had held (Radio Norte, May 3, 2021; Sol TV, May 9, 2021).";
    assert_eq!(voices(text), ["ines-prado 2021-05-03/2021-05-09"]);
    let text =
        "Ines Prado told Sol TV that the dam had held (Radio Norte, May 3, 2021; Sol TV, May 9, 2021).";
    assert_eq!(voices(text), ["ines-prado 2021-05-09"]);
}

#[test]
fn a_label_is_nobody_who_speaks() {
    assert!(said("The port is shut.\n\nNOTE: The figures are those of last year.").is_empty());
}

#[test]
fn what_is_done_to_say_something_is_one_statement() {
    assert_eq!(
        said("Pires only mentioned the Harbour Treaty to recall that it was signed in May."),
        ["Pires: it was signed in May"]
    );
}

#[test]
fn what_is_said_with_a_negation_may_be_affirmed() {
    let polarity = |said: &str| {
        let document = document(&format!("The quay is old.\n\n“{said},” Maria Lopes said."));
        let statement = document.annotations.iter().find(|annotation| annotation.layer == "statement");
        statement.map(|statement| statement.value["polarity"].as_str().unwrap_or_default().to_owned())
    };
    for affirmed in [
        "We have no choice",
        "There was no other option but to sell the quay",
        "There is no doubt that the quay will hold",
        "I have never been so proud",
        "We cannot wait to begin",
        "Do not worry, it will hold",
        "Why not sell it",
        "There is little doubt that it will hold",
        "It is not impossible that it will hold",
        "That was an unlikely place for a quay",
        "If it rains, which is unlikely, we shall wait",
    ] {
        assert_eq!(polarity(affirmed).as_deref(), Some("assert"), "{affirmed}");
    }
    for untold in [
        "It rained, and the mayor did not say when it would stop",
        "No one said when it would stop",
        "The mayor would not say when it would stop",
        "The crew did not know why it was late",
        "Don’t you want to see it",
        "It was late and did not stop",
        "It is late, but it will not stop",
        "There was no doubt, but it did not hold",
        "We do not know",
        "This is not necessarily late",
        "The quay would not rule out a move",
    ] {
        assert_eq!(polarity(untold).as_deref(), Some("assert"), "{untold}");
    }
    for denied in [
        "We have no money",
        "The quay was not sold",
        "No boat has left the quay",
        "The boats have still not left the quay",
        "We cannot sell the quay",
        "Nobody has sold the quay",
        "We have never been there",
        "It is unlikely to hold",
        "The quay will hardly hold",
        "The mayor failed to sell it",
        "There is little hope that it will hold",
    ] {
        assert_eq!(polarity(denied).as_deref(), Some("deny"), "{denied}");
    }
}

#[test]
fn a_clause_is_told_by_its_verb_whatever_its_ending() {
    assert_eq!(
        said("Ana Pires said the two raised $30,000 for it."),
        ["Ana Pires: the two raised $30,000 for it"]
    );
    assert_eq!(
        said("Many fishermen say the harbour’s debt obscures doubts about the pier."),
        ["Many fishermen: the harbour’s debt obscures doubts about the pier"]
    );
    assert_eq!(
        said("Police say there are also two boats missing."),
        ["Police: there are also two boats missing"]
    );
    assert_eq!(
        said("Ana Pires has said about 20 people have asked for the job."),
        ["Ana Pires: about 20 people have asked for the job"]
    );
    assert_eq!(
        said("The last ferry, Ana Pires said, was late by an hour."),
        ["Ana Pires: The last ferry … was late by an hour"]
    );
}

#[test]
fn what_polls_and_studies_show() {
    assert_eq!(said("Polls show a close race in the north."), ["Polls: a close race in the north"]);
    assert_eq!(
        said("A 2014 study by Maria Lopes found 31 leaks in the dam."),
        ["A 2014 study by Maria Lopes: 31 leaks in the dam"]
    );
    assert!(said("The painting shows a close race in the north.").is_empty());
}

#[test]
fn as_somebody_put_it() {
    assert_eq!(
        said("As Maria Lopes put it in May, the bridge is a ruin of its own."),
        ["Maria Lopes: the bridge is a ruin of its own"]
    );
    assert_eq!(
        said("The bridge is a ruin, as Maria Lopes noted in May."),
        ["Maria Lopes: The bridge is a ruin"]
    );
}

#[test]
fn marks_of_two_apostrophes_are_no_possessive() {
    assert_eq!(said("''The pier is lost,'' said Ana Pires."), ["Ana Pires: ''The pier is lost,''"]);
}

/// The date on which each statement was made; "-" where it has none.
fn said_on(text: &str) -> Vec<String> {
    let document = document(text);
    let statements = document.annotations.iter().filter(|annotation| annotation.layer == "statement");
    statements.map(|one| one.value["said_on"].as_str().unwrap_or("-").to_owned()).collect()
}

#[test]
fn papers_of_which_a_shortened_clause_tells() {
    let audit = "An audit report released in June 2019 found that the pumps had failed.";
    assert_eq!(said(audit), ["An audit report: the pumps had failed"]);
    assert_eq!(said_on(audit), ["2019-06"]);
    let poll = "The poll, published on 3 May 2019 by Radio Norte, shows that most people want the tram.";
    assert_eq!(said(poll), ["The poll: most people want the tram"]);
    assert_eq!(said_on(poll), ["2019-05-03"]);
    assert_eq!(
        said("Research published last week in a journal suggests the ice is thin."),
        ["Research: the ice is thin"]
    );
    assert_eq!(
        said("A letter sent to the mayor said the rent would rise."),
        ["A letter: the rent would rise"]
    );
    assert_eq!(
        said("According to figures released on Monday, the dam is full."),
        ["figures: the dam is full"]
    );
    // Asked in May, told at some other time.
    assert_eq!(said_on("The survey, conducted in May 2019, shows that few people ride the tram."), ["-"]);
    // A thing that was sent says nothing.
    assert_eq!(said("The boat sent last week said nothing."), [""; 0]);
    assert_eq!(
        said("Maria Lopes said the report released in May was late."),
        ["Maria Lopes: the report released in May was late"]
    );
}

#[test]
fn a_time_that_stands_with_something_else_is_not_the_moment_of_a_statement() {
    let told = |words: &str| {
        let voices = voices(&format!("LISBON, May 3, 2021 (Costa Wire) – The quay is old.\n\n{words}"));
        voices.last().map(|voice| voice.rsplit(' ').next().unwrap_or_default().to_owned())
    };
    for (words, day) in [
        ("Founded in 1911, the mill said that it would close.", "-"),
        ("Born in 1950, Ada Holm told reporters that she was tired.", "-"),
        ("Critics of the 2019 law said that it had failed.", "-"),
        ("Ada Holm, who left the council in 2019, said that the quay was safe.", "-"),
        ("Ada Holm, elected in 2019, said that the quay was safe.", "-"),
        ("Ada Holm, the mayor since 2019, said that the quay was safe.", "-"),
        ("The quay was inspected in 2019, and Ada Holm said that it was safe.", "-"),
        ("Before the 2019 floods Ada Holm said that the quay was safe.", "-"),
        ("On April 30, Ada Holm said that the quay was safe.", "2021-04-30"),
        ("But late on April 30 Ada Holm said that the quay was safe.", "2021-04-30"),
        ("Ada Holm said on April 30 that the quay was safe.", "2021-04-30"),
        ("Ada Holm told reporters in Lisbon on April 30 that the quay was safe.", "2021-04-30"),
        ("Ada Holm said in an interview published on April 30 that the quay was safe.", "2021-04-30"),
        ("In a speech held on April 30, Ada Holm said that the quay was safe.", "2021-04-30"),
        ("In an April 30 speech, Ada Holm said that the quay was safe.", "2021-04-30"),
        ("Speaking in Lisbon on April 30, Ada Holm said that the quay was safe.", "2021-04-30"),
        ("“The quay is safe,” Ada Holm said on April 30.", "2021-04-30"),
        ("Ada Holm on Friday said that the quay was safe.", "2021-04-30"),
        ("Ada Holm met the council on April 30 and said that the quay was safe.", "2021-04-30"),
        ("Ada Holm left the council on April 30, saying that the quay was safe.", "2021-04-30"),
        ("Friday’s report said that the quay was safe.", "2021-04-30"),
    ] {
        assert_eq!(told(words).as_deref(), Some(day), "{words}");
    }
}

#[test]
fn what_nobody_said_is_no_statement() {
    for unsaid in [
        "Nobody said the mill would close.",
        "No official said that the mill had closed.",
        "Neither Lopes nor Brown said that the harbour was safe.",
        "None of them said that the harbour was safe.",
        "Not a single resident said the harbour was safe.",
        "Lopes avoided saying that the harbour was safe.",
    ] {
        assert_eq!(said(unsaid), [""; 0], "{unsaid}");
    }
    assert_eq!(said("Lopes denied saying that the mill was sold."), ["Lopes: saying that the mill was sold"]);
}

#[test]
fn what_is_only_supposed_to_be_said_is_in_doubt() {
    let told = |text: &str| {
        let document = document(&format!("The quay is old.\n\n{text}"));
        let statement = document.annotations.iter().find(|annotation| annotation.layer == "statement");
        let statement = statement.unwrap_or_else(|| panic!("a statement in {text}"));
        let polarity = statement.value["polarity"].as_str().expect("a polarity").to_owned();
        let all = said(&format!("The quay is old.\n\n{text}"));
        (polarity, all[0].split_once(": ").expect("a speaker").1.to_owned())
    };
    for (text, polarity, content) in [
        ("If Lopes says the mill is safe, people will stay.", "doubt", "the mill is safe"),
        ("Had Brown said that the pier was old, the crew would have left.", "doubt", "the pier was old"),
        ("It was not clear whether Lopes said the mill was old.", "doubt", "the mill was old"),
        ("Did Maria Lopes say that the mill was safe?", "doubt", "the mill was safe"),
        ("Maria Lopes might say that the mill is safe.", "doubt", "the mill is safe"),
        ("Lopes would have said the mill was safe.", "doubt", "the mill was safe"),
        ("When the mayor says the port is open, ships come.", "assert", "the port is open"),
        ("Why did Maria Lopes say that the mill was safe?", "assert", "the mill was safe"),
        ("Lopes could only say that the mill was safe.", "assert", "the mill was safe"),
    ] {
        assert_eq!(told(text), (polarity.to_owned(), content.to_owned()), "{text}");
    }
}

#[test]
fn who_is_quoted_by_an_outlet_says_it() {
    assert_eq!(
        said("Mayor Ana Pires was quoted by the daily Korova Post as saying there was no need for a pier."),
        ["Mayor Ana Pires: there was no need for a pier"]
    );
    assert_eq!(
        said("The Korova Post quoted Ana Pires as saying the pier was late."),
        ["Ana Pires: the pier was late"]
    );
}

#[test]
fn who_asks_for_no_name_says_something_else() {
    assert_eq!(
        said("A senior official, who asked not to be identified, said the pier may be sold."),
        ["A senior official: the pier may be sold"]
    );
    assert_eq!(
        said("One official, who asked that his name not be used, said prices would fall."),
        ["One official: prices would fall"]
    );
}

#[test]
fn what_opens_a_sentence_without_a_subject_speaks_not() {
    assert_eq!(said("There are calls for the pier to be sold."), [""; 0]);
    assert_eq!(said("Starting in Ely, he went on pledging to build homes."), [""; 0]);
}

#[test]
fn what_a_firm_is_of_does_not_speak() {
    assert_eq!(
        said("Korova Foods, a subsidiary of Sever Holdings, a unit of Tern, said it will sell the mill."),
        ["Korova Foods: it will sell the mill"]
    );
    assert_eq!(
        said("“It is late,” said former Nevada Sen. and Ely diver Paul Lopes."),
        ["former Nevada Sen. and Ely diver Paul Lopes: “It is late,”"]
    );
}

#[test]
fn a_comma_too_many_and_one_too_few() {
    for text in [
        "“The pier will open in May,” Ana Pires, said.",
        "“The pier will open in May,” Ana Pires, head of the port said.",
        "“The pier will open in May,” Ana Pires, 45, a diver from Lund told Radio Norte.",
        "Said Ana Pires: “The pier will open in May,”",
    ] {
        assert_eq!(said(text), ["Ana Pires: “The pier will open in May,”"], "{text}");
    }
    assert_eq!(
        said("Ana Pires, head of research at Korova Foods said on Monday that the pier would open."),
        ["Ana Pires: the pier would open"]
    );
    // The mayor and the reporter are others.
    assert_eq!(
        said("After a talk with Ana Pires, a reporter said it would rain."),
        ["a reporter: it would rain"]
    );
    assert_eq!(said("Ana Pires, the mayor said, was ill."), [""; 0]);
}
