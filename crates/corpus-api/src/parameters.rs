//! Parameters: what is wrong with those of a request, in words for who wrote it.

use crate::problem::{Code, Problem};
use axum::{extract::Query, http::Uri};
use schemars::{JsonSchema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::{collections::HashSet, error::Error};

/// What is wrong with the parameters of a request that are not those of `Q`: the first that is unknown, given twice,
/// of another type, or missing.
pub(crate) fn wrong<Q: JsonSchema>(uri: &Uri) -> Problem {
    let schema = SchemaGenerator::default().into_root_schema_for::<Q>().to_value();
    let none = serde_json::Map::new();
    let known = schema["properties"].as_object().unwrap_or(&none);
    let hint = match known.keys().map(String::as_str).collect::<Vec<_>>() {
        names if names.is_empty() => "this address takes no parameters".to_owned(),
        names => format!("this address takes {}", names.join(", ")),
    };
    let bad = |detail: String| Problem::new(Code::BadParameter, detail).hint(&hint);
    let Ok(Query(given)) = Query::<Vec<(String, String)>>::try_from_uri(uri) else {
        return bad("the parameters cannot be read: a per cent sign stands before two hex digits".to_owned());
    };
    let mut seen = HashSet::new();
    for (name, value) in &given {
        let Some(schema) = known.get(name) else {
            return bad(format!("{name}: there is no such parameter"));
        };
        if !seen.insert(name) {
            return bad(format!("{name}: it is given twice"));
        }
        if let Some(wanted) = unfit(schema, value) {
            return bad(format!("{name}: {value:?} is not {wanted}"));
        }
    }
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    match required.into_iter().find(|name| !seen.contains(&(*name).to_owned())) {
        Some(name) => bad(format!("{name}: it is needed")),
        None => bad("the parameters cannot be read".to_owned()),
    }
}

/// Checks that what stands behind the per cent signs of a query is text.
///
/// # Errors
/// When it is not UTF-8.
pub(crate) fn check_text(uri: &Uri) -> Result<(), Problem> {
    for pair in uri.query().unwrap_or_default().split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if std::str::from_utf8(&decoded(value)).is_err() {
            return Err(Problem::new(Code::BadParameter, format_args!("{name}: {value:?} is no UTF-8"))
                .hint("text is UTF-8 behind its per cent signs"));
        }
    }
    Ok(())
}

/// The bytes that stand behind the per cent signs of a value.
fn decoded(value: &str) -> Vec<u8> {
    let bytes = value.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = |at: usize| bytes.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        match (byte, hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high << 4 | low) as u8);
                at += 3;
            }
            _ => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    decoded
}

/// The fields of a form, as the body of a request.
///
/// # Errors
/// When it is no text, or not these fields.
pub(crate) fn of_form<T: DeserializeOwned>(body: &[u8]) -> Result<T, Box<dyn Error>> {
    // A form is written as a query is.
    let uri: Uri = format!("/?{}", std::str::from_utf8(body)?).parse()?;
    let Query(fields) = Query::try_from_uri(&uri)?;
    Ok(fields)
}

/// Checks that a parameter has one of the values there are, or none.
///
/// # Errors
/// When it has another; the error lists those there are.
pub(crate) fn one_of(name: &str, value: &str, known: &[&str]) -> Result<(), Problem> {
    if value.is_empty() || known.contains(&value) {
        return Ok(());
    }
    Err(Problem::new(Code::BadParameter, format_args!("{name}: {value:?} is none of {}", known.join(", "))))
}

/// What a value would have to be that it is not.
fn unfit(schema: &Value, value: &str) -> Option<String> {
    let is = |wanted: &str| match &schema["type"] {
        Value::String(kind) => kind == wanted,
        Value::Array(kinds) => kinds.iter().any(|kind| kind == wanted),
        _ => false,
    };
    let most = schema["maximum"].as_u64();
    let counts = |number: u64| most.is_none_or(|most| number <= most);
    if is("integer") && !value.parse().is_ok_and(counts) {
        Some(match most {
            Some(most) => format!("a whole number from 0 to {most}"),
            None => "a whole number from 0 on".to_owned(),
        })
    } else if is("number") && value.parse::<f64>().is_err() {
        Some("a number".to_owned())
    } else if is("boolean") && !matches!(value, "true" | "false") {
        Some("true or false".to_owned())
    } else {
        None
    }
}
