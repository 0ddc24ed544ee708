//! A split: within a document, what is called so is another entity than what is called otherwise.

use crate::anchor::Anchor;
use corpus_core::Document;
use serde_json::Value;

/// Gives what is called by the words of a decision a local id of its own, wherever the document calls by it what the
/// words are about. Where all is called so there is nothing to tell apart.
pub(crate) fn split(document: &mut Document, anchor: &Anchor) {
    let Some(at) = anchor.place(document) else { return };
    let field = if anchor.layer == "name" { "entity" } else { &*anchor.layer };
    let Some(from) = document.annotations[at].value[field].as_str().map(str::to_owned) else { return };
    let words = one_line(&anchor.quoted);
    let is_called = |text: &str| one_line(text) == words;
    let is_of = |value: &Value| value[field].as_str() == Some(&*from);
    let (text, annotations) = (&document.text, &mut document.annotations);
    let is_other = annotations.iter().any(|annotation| {
        annotation.layer == anchor.layer
            && is_of(&annotation.value)
            && !text.get(annotation.span.range()).is_some_and(is_called)
    });
    if !is_other {
        return;
    }
    let to = format!("{from}/{words}");
    for annotation in annotations {
        let is_it = annotation.layer == anchor.layer
            && is_of(&annotation.value)
            && text.get(annotation.span.range()).is_some_and(is_called);
        if is_it {
            annotation.value[field] = to.clone().into();
        } else if annotation.layer != anchor.layer {
            rename(&mut annotation.value, field, (&from, &to), &|said| match said {
                Value::String(name) => is_called(name),
                said => words_at(text, said).is_some_and(is_called),
            });
        }
    }
}

/// Gives a value, and the values in it, the other id where it says by these words whom it means.
fn rename(value: &mut Value, field: &str, (from, to): (&str, &str), is_said: &dyn Fn(&Value) -> bool) {
    match value {
        Value::Object(fields) => {
            let is_it = fields.get(field).is_some_and(|id| id == from)
                && fields.iter().any(|(name, said)| name != field && is_said(said));
            if is_it {
                fields.insert(field.to_owned(), to.into());
            }
            fields.values_mut().for_each(|value| rename(value, field, (from, to), is_said));
        }
        Value::Array(values) => {
            values.iter_mut().for_each(|value| rename(value, field, (from, to), is_said));
        }
        _ => {}
    }
}

/// The words at a span that a value is.
fn words_at<'t>(text: &'t str, span: &Value) -> Option<&'t str> {
    let [start, end] = span.as_array()?.as_slice() else { return None };
    let bound = |value: &Value| value.as_u64().and_then(|at| usize::try_from(at).ok());
    text.get(bound(start)?..bound(end)?)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
