//! A query written out again, as it was understood.

use super::{Condition, Node, Pattern, Spans, Value, Word};

/// The query in the language it was read from.
pub(super) fn written(node: &Node) -> String {
    match node {
        Node::Nothing => String::new(),
        Node::Phrase { words, distance } => phrase(words, *distance),
        Node::And { of } => joined(of, " AND "),
        Node::Or { of } => joined(of, " OR "),
        Node::Not { of } => format!("NOT {}", inner(of)),
        Node::Field { field, value } => format!("{}:{}", field.name(), value_text(value)),
        Node::Fact { of } => match &of[..] {
            [one] => written(one),
            several => format!("({})", several.iter().map(inner).collect::<Vec<_>>().join(" ")),
        },
        Node::Tokens { pattern } => spans(pattern),
    }
}

fn joined(nodes: &[Node], with: &str) -> String {
    nodes.iter().map(inner).collect::<Vec<_>>().join(with)
}

fn inner(node: &Node) -> String {
    match node {
        Node::And { .. } | Node::Or { .. } => format!("({})", written(node)),
        node => written(node),
    }
}

fn phrase(words: &[Word], distance: Option<u32>) -> String {
    let mut text = String::new();
    for next in words {
        // An elided word is one only where it is written as one with the next.
        if !text.is_empty() && !text.ends_with('\'') {
            text.push(' ');
        }
        text.push_str(&word(next));
    }
    match (words.len(), distance) {
        (_, Some(distance)) => format!("\"{text}\"~{distance}"),
        // A word with a colon in it would be read as a field.
        (1, None) if !(text.contains(':') && matches!(words[0], Word::Is(_))) => text,
        (_, None) => format!("\"{text}\""),
    }
}

fn word(word: &Word) -> String {
    match word {
        Word::Is(word) => word.clone(),
        Word::Begins(word) => format!("{word}*"),
        Word::Like(word, distance) => format!("{word}~{distance}"),
        Word::Glob(word) => word.clone(),
    }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Words(words) => phrase(words, None),
        Value::Range { from: Some(from), to: Some(to) } if from == to => from.clone(),
        Value::Range { from, to } => {
            let end = |end: &Option<String>| end.clone().unwrap_or_else(|| "*".to_owned());
            format!("[{} TO {}]", end(from), end(to))
        }
    }
}

fn spans(of: &Spans) -> String {
    match of {
        Spans::Pattern(of) => pattern(of),
        Spans::Named(name) => format!("<{name}/>"),
        Spans::Within(inner, outer) => format!("{} within {}", operand(inner), operand(outer)),
        Spans::Containing(outer, inner) => format!("{} containing {}", operand(outer), operand(inner)),
    }
}

fn operand(of: &Spans) -> String {
    match of {
        Spans::Within(..) | Spans::Containing(..) => format!("({})", spans(of)),
        of => spans(of),
    }
}

fn pattern(of: &Pattern) -> String {
    match of {
        Pattern::Token(None) => "[]".to_owned(),
        Pattern::Token(Some(of)) => format!("[{}]", condition(of)),
        Pattern::Sequence(of) => of.iter().map(grouped).collect::<Vec<_>>().join(" "),
        Pattern::Either(of) => of.iter().map(pattern).collect::<Vec<_>>().join(" | "),
        Pattern::Repeat(of, least, most) => {
            let times = match (least, most) {
                (0, None) => "*".to_owned(),
                (1, None) => "+".to_owned(),
                (0, Some(1)) => "?".to_owned(),
                (least, None) => format!("{{{least},}}"),
                (least, Some(most)) if least == most => format!("{{{least}}}"),
                (least, Some(most)) => format!("{{{least},{most}}}"),
            };
            format!("{}{times}", grouped(of))
        }
    }
}

fn grouped(of: &Pattern) -> String {
    match of {
        Pattern::Sequence(_) | Pattern::Either(_) => format!("({})", pattern(of)),
        of => pattern(of),
    }
}

fn condition(of: &Condition) -> String {
    let grouped = |of: &Condition| match of {
        Condition::All(_) | Condition::Any(_) => format!("({})", condition(of)),
        of => condition(of),
    };
    match of {
        Condition::Matches { attribute, value } => format!("{attribute}={:?}", value),
        Condition::All(of) => of.iter().map(grouped).collect::<Vec<_>>().join(" & "),
        Condition::Any(of) => of.iter().map(grouped).collect::<Vec<_>>().join(" | "),
        Condition::No(of) => format!("!{}", grouped(of)),
    }
}

#[cfg(test)]
mod tests {
    use crate::Query;

    #[test]
    fn an_elided_word_is_written_as_one_with_the_next() {
        for (query, expected) in [
            ("j’AND", "\"j'and\""),
            ("\"de l’économie\"~2", "\"de l'economie\"~2"),
            ("\"l’ eau\"", "\"l eau\""),
        ] {
            let text = Query::parse(query).explain().text;
            assert_eq!(text, expected);
            assert_eq!(Query::parse(&text).explain().text, expected);
        }
    }
}
