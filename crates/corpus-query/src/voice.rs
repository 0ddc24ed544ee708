//! The words by which a speaker may be asked for: those that name him, without whom they only tell of.

use corpus_core::{Document, Span};
use serde_json::Value;

/// Who is named in a document, in order.
#[derive(Debug)]
pub(crate) struct Named<'d> {
    text: &'d str,
    names: Vec<Name<'d>>,
}

#[derive(Debug)]
struct Name<'d> {
    span: Span,
    entity: Option<&'d str>,
    is_person: bool,
}

impl<'d> Named<'d> {
    /// The names of a document.
    pub(crate) fn of(document: &'d Document) -> Self {
        let layer = document.annotations.iter().filter(|annotation| annotation.layer == "name");
        let field = |value: &'d Value, field: &str| value.get(field).and_then(Value::as_str);
        let mut names: Vec<Name<'d>> = layer
            .map(|annotation| Name {
                span: annotation.span,
                entity: field(&annotation.value, "entity"),
                is_person: field(&annotation.value, "type") == Some("PER"),
            })
            .collect();
        names.sort_by_key(|name| name.span);
        Named { text: &document.text, names }
    }

    /// The words for the speaker at `span` who is `speaker`, without the names of others: of "Brown’s lawyers" the
    /// lawyers, and of "Brown and Green" both. Where nobody is known to speak, no name is the speaker’s.
    pub(crate) fn words_of(&self, span: Span, speaker: Option<&str>) -> String {
        let first = self.names.partition_point(|name| name.span.start < span.start);
        let within = self.names[first..].iter().take_while(|name| name.span.start < span.end);
        let (mut words, mut at) = (String::new(), span.start);
        let mut is_own = speaker.is_some();
        for name in within.filter(|name| name.span.end <= span.end) {
            let between = self.text.get(at..name.span.start).unwrap_or_default();
            words.push_str(between);
            is_own = speaker.is_some()
                && (name.entity == speaker
                    || !name.is_person
                    || is_own && joins(between) && !self.owns(name));
            if is_own {
                words.push_str(self.text.get(name.span.range()).unwrap_or_default());
            }
            at = name.span.end.max(at);
        }
        words.push_str(self.text.get(at..span.end).unwrap_or_default());
        words
    }

    /// Whether a name owns what follows it.
    fn owns(&self, name: &Name<'_>) -> bool {
        let behind = self.text.get(name.span.end..).unwrap_or_default();
        behind.starts_with(['\'', '’'])
    }
}

/// Whether the words between two names join them.
fn joins(between: &str) -> bool {
    matches!(between.trim(), "and" | "&" | "," | ", and" | "with")
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus_core::{Annotation, Record, Registry};
    use serde_json::json;

    /// The words of "WORDS said so." by which `speaker` may be asked for, where "Ada" and "Bo" are people.
    fn asked(words: &str, speaker: Option<&str>) -> String {
        let text = format!("{words} said so.\n");
        let record = Record::new("page.txt", text.into_bytes()).with_media_type("text/plain");
        let mut document = Registry::core().parse_all(&record).remove(0);
        for (name, entity, kind) in [("Ada", "ada", "PER"), ("Bo", "bo", "PER"), ("Ely", "ely", "LOC")] {
            if let Some(start) = document.text.find(name) {
                let value = json!({ "entity": entity, "type": kind });
                let span = Span::new(start, start + name.len());
                document.annotations.push(Annotation {
                    span,
                    layer: "name".into(),
                    value,
                    rule: "test".into(),
                    confidence: 1.0,
                });
            }
        }
        Named::of(&document).words_of(Span::new(0, words.len()), speaker)
    }

    #[test]
    fn whose_people_speak_does_not_speak_himself() {
        assert_eq!(asked("Critics of Ada", None), "Critics of ");
        assert_eq!(asked("Ada’s lawyer Bo", Some("bo")), "’s lawyer Bo");
        assert_eq!(asked("The mayor of Ely, Bo", Some("bo")), "The mayor of Ely, Bo");
        assert_eq!(asked("The residents of Ely", None), "The residents of ");
    }

    #[test]
    fn who_speaks_with_another_speaks() {
        assert_eq!(asked("Ada and Bo", Some("ada")), "Ada and Bo");
        assert_eq!(asked("Ada, Bo", Some("ada")), "Ada, Bo");
        assert_eq!(asked("Ada and Bo’s lawyers", Some("ada")), "Ada and ’s lawyers");
    }
}
