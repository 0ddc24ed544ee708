//! JSON Feed: from JSON to items.

use crate::{
    item::Item,
    vocabulary::Field,
    written::{Form, Written},
};
use serde_json::{Map, Value};

/// Reads a feed, each item handed to `sink` with what the feed says of itself; gives the latter, or `None` where it
/// is no feed.
pub(crate) fn read(source: &str, sink: &mut dyn FnMut(&Item, Item)) -> Option<Item> {
    let Ok(Value::Object(root)) = serde_json::from_str(source) else { return None };
    let items = root.get("items").and_then(Value::as_array)?;
    let mut feed = Item::default();
    take(
        &mut feed,
        &root,
        "feed",
        &[
            ("title", Field::Title(0), Form::Plain),
            ("home_page_url", Field::Link, Form::Plain),
            ("description", Field::Summary(0), Form::Plain),
            ("language", Field::Language, Form::Plain),
        ],
    );
    for item in items.iter().filter_map(Value::as_object) {
        let mut read = Item::default();
        take(
            &mut read,
            item,
            "item",
            &[
                ("id", Field::Id, Form::Plain),
                ("url", Field::Link, Form::Plain),
                ("external_url", Field::Link, Form::Plain),
                ("title", Field::Title(0), Form::Plain),
                ("content_html", Field::Content, Form::Markup),
                ("content_text", Field::Content, Form::Plain),
                ("summary", Field::Summary(0), Form::Plain),
                ("date_published", Field::Published(0), Form::Plain),
                ("date_modified", Field::Modified(0), Form::Plain),
                ("language", Field::Language, Form::Plain),
            ],
        );
        for topic in
            item.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
        {
            read.take_text(Field::Topic, "item.tags", topic);
        }
        sink(&feed, read);
    }
    Some(feed)
}

/// Takes in what an object says: each name with its meaning and form, and its authors.
fn take(item: &mut Item, object: &Map<String, Value>, owner: &str, fields: &[(&str, Field, Form)]) {
    for &(name, field, form) in fields {
        let value = match object.get(name) {
            Some(Value::String(value)) => value.clone(),
            Some(Value::Number(value)) => value.to_string(),
            _ => continue,
        };
        item.take(field, || format!("{owner}.{name}"), Written::new(value, form));
    }
    let several = object.get("authors").and_then(Value::as_array).into_iter().flatten();
    for author in several.chain(object.get("author")) {
        if let Some(name) = author.get("name").and_then(Value::as_str) {
            item.take_text(Field::PersonName, "", name);
        }
    }
}
