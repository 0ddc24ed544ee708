//! The JSON Schema of a document.

use crate::document::Document;
use schemars::{Schema, generate::SchemaSettings};

/// The JSON Schema (draft 2020-12) of a [`Document`] as it is written, one a line in `corpus parse`.
///
/// Fields that are not in it may come with later versions; those that are in it are never renamed.
pub fn document_schema() -> Schema {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Document>();
    schema.insert("title".to_owned(), "Corpus document".into());
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Part, PartKind, Record, Registry};
    use serde_json::{Map, Value};

    fn properties(schema: &Value) -> &Map<String, Value> {
        schema["properties"].as_object().unwrap()
    }

    /// Every field of `value` is described, and every field that is required is there.
    fn check(value: &Value, schema: &Value) {
        let described = properties(schema);
        for field in value.as_object().unwrap().keys() {
            assert!(described.contains_key(field), "{field} is not described");
        }
        for field in schema["required"].as_array().into_iter().flatten() {
            assert!(value.get(field.as_str().unwrap()).is_some(), "{field} is missing");
        }
    }

    #[test]
    fn describes_what_is_written() {
        let schema = document_schema().to_value();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        let page = "A headline\n\nThe first paragraph says something.";
        let document = Registry::core().parse_all(&Record::new("page.txt", page.as_bytes())).remove(0);
        let document = serde_json::to_value(document).unwrap();
        check(&document, &schema);
        check(&document["source"], &schema["$defs"]["Source"]);
        check(&document["blocks"][0], &schema["$defs"]["Block"]);
        for kind in [PartKind::Article, PartKind::Comments] {
            check(&serde_json::to_value(Part::new(kind)).unwrap(), &schema["$defs"]["Part"]);
        }
    }

    #[test]
    fn every_field_says_what_it_is() {
        let schema = document_schema().to_value();
        let definitions = schema["$defs"].as_object().unwrap();
        for (name, definition) in definitions.iter().chain([(&"Document".to_owned(), &schema)]) {
            assert!(definition.get("description").is_some(), "{name} has no description");
            for (field, described) in definition["properties"].as_object().into_iter().flatten() {
                assert!(described.get("description").is_some(), "{name}.{field} has no description");
            }
        }
    }
}
