//! The card of a data set: Croissant 1.0 of MLCommons, JSON-LD.

use crate::config::Card;
use serde_json::{Value, json};

/// What the documents of a data set lie in. Paths count from the folder of the card.
#[derive(Clone, Copy, Debug)]
pub enum Distribution<'a> {
    /// One file of JSON Lines, as `corpus filter` writes it.
    Lines {
        /// Its path.
        path: &'a str,
        /// SHA-256 of its bytes, in hex digits.
        sha256: &'a str,
    },
    /// The Parquet files of a package.
    Package {
        /// The path of its description.
        description: &'a str,
        /// SHA-256 of that file, in hex digits. It has the hashes of all others.
        sha256: &'a str,
        /// Which files the documents are in, such as `documents/*.parquet`.
        documents: &'a str,
    },
}

/// A field of the documents, its column, and what it holds. The date is left out: it stands as the record wrote it, and a
/// reader of cards would take it for a timestamp.
type Column = (&'static str, &'static str, &'static str);

const ID: Column = ("id", "sc:Text", "What the document is called.");
const URL: Column = ("url", "sc:URL", "Address of the page, where the record says it.");
const LANGUAGE: Column = ("language", "sc:Text", "Language of the text (BCP 47), where it can be told.");
const TEXT: Column = ("text", "sc:Text", "The text as the filters leave it.");

impl Distribution<'_> {
    const fn columns(self) -> &'static [Column] {
        match self {
            Distribution::Lines { .. } => &[ID, URL, LANGUAGE, TEXT],
            Distribution::Package { .. } => &[ID, LANGUAGE, TEXT],
        }
    }

    fn format(self) -> &'static str {
        match self {
            Distribution::Lines { path, .. } => match path.rsplit('.').next() {
                Some("gz") => "application/gzip",
                Some("zst") => "application/zstd",
                _ => "application/jsonlines",
            },
            // What readers of cards know Parquet by.
            Distribution::Package { .. } => "application/x-parquet",
        }
    }

    fn objects(self) -> Value {
        let file = |path: &str, format: &str, sha256: &str| {
            json!({
                "@type": "cr:FileObject",
                "@id": path,
                "name": path,
                "contentUrl": path,
                "encodingFormat": format,
                "sha256": sha256,
            })
        };
        match self {
            Distribution::Lines { path, sha256 } => json!([file(path, self.format(), sha256)]),
            Distribution::Package { description, sha256, documents } => json!([
                file(description, "application/json", sha256),
                {
                    "@type": "cr:FileSet",
                    "@id": PARTS,
                    "name": PARTS,
                    "encodingFormat": self.format(),
                    "includes": documents,
                },
            ]),
        }
    }

    /// Where the values of a column are found.
    fn source(self, column: &str) -> Value {
        let (kind, id) = match self {
            Distribution::Lines { path, .. } => ("fileObject", path),
            Distribution::Package { .. } => ("fileSet", PARTS),
        };
        json!({ kind: {"@id": id}, "extract": {"column": column} })
    }
}

/// The files of a package's documents, as a card names them.
const PARTS: &str = "documents-files";

/// The card of a data set, which has this name and description where `card` gives none.
pub fn croissant(card: &Card, name: &str, description: &str, distribution: Distribution<'_>) -> Value {
    let field = |&(column, kind, what): &Column| {
        json!({
            "@type": "cr:Field",
            "@id": format!("documents/{column}"),
            "name": format!("documents/{column}"),
            "description": what,
            "dataType": kind,
            "source": distribution.source(column),
        })
    };
    let mut dataset = json!({
        "@context": context(),
        "@type": "sc:Dataset",
        "name": card.name.as_deref().unwrap_or(name),
        "description": card.description.as_deref().unwrap_or(description),
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "distribution": distribution.objects(),
        "recordSet": [{
            "@type": "cr:RecordSet",
            "@id": "documents",
            "name": "documents",
            "description": "The documents, each a record.",
            "field": distribution.columns().iter().map(field).collect::<Vec<_>>(),
        }],
    });
    let known = [
        ("license", &card.license),
        ("url", &card.url),
        ("version", &card.version),
        ("citeAs", &card.cite_as),
        ("datePublished", &card.date_published),
    ];
    if let Value::Object(fields) = &mut dataset {
        for (field, value) in known {
            if let Some(value) = value {
                fields.insert(field.to_owned(), json!(value));
            }
        }
        if let Some(creator) = &card.creator {
            fields.insert("creator".to_owned(), json!({"@type": "sc:Organization", "name": creator}));
        }
    }
    dataset
}

/// The names that a card uses, as the specification lays them down.
fn context() -> Value {
    json!({
        "@language": "en",
        "@vocab": "https://schema.org/",
        "citeAs": "cr:citeAs",
        "column": "cr:column",
        "conformsTo": "dct:conformsTo",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "dct": "http://purl.org/dc/terms/",
        "equivalentProperty": "cr:equivalentProperty",
        "examples": {"@id": "cr:examples", "@type": "@json"},
        "extract": "cr:extract",
        "field": "cr:field",
        "fileProperty": "cr:fileProperty",
        "fileObject": "cr:fileObject",
        "fileSet": "cr:fileSet",
        "format": "cr:format",
        "includes": "cr:includes",
        "isLiveDataset": "cr:isLiveDataset",
        "jsonPath": "cr:jsonPath",
        "key": "cr:key",
        "md5": "cr:md5",
        "parentField": "cr:parentField",
        "path": "cr:path",
        "recordSet": "cr:recordSet",
        "references": "cr:references",
        "regex": "cr:regex",
        "repeated": "cr:repeated",
        "replace": "cr:replace",
        "samplingRate": "cr:samplingRate",
        "sc": "https://schema.org/",
        "separator": "cr:separator",
        "source": "cr:source",
        "subField": "cr:subField",
        "transform": "cr:transform",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_says_where_it_is_found() {
        let card = Card { license: Some("CC-BY-4.0".to_owned()), ..Card::default() };
        let package = Distribution::Package {
            description: "datapackage.json",
            sha256: "0a",
            documents: "documents/*.parquet",
        };
        for (distribution, source) in [
            (Distribution::Lines { path: "kept.jsonl.zst", sha256: "0a" }, "fileObject"),
            (package, "fileSet"),
        ] {
            let dataset = croissant(&card, "harbour", "Pages of a harbour.", distribution);
            assert_eq!((&dataset["name"], &dataset["license"]), (&json!("harbour"), &json!("CC-BY-4.0")));
            let objects = dataset["distribution"].as_array().unwrap();
            for field in dataset["recordSet"][0]["field"].as_array().unwrap() {
                let id = &field["source"][source]["@id"];
                assert!(objects.iter().any(|object| object["@id"] == *id), "{field}");
            }
        }
    }
}
