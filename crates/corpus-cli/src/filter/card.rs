//! The card of a data set: Croissant 1.0 of MLCommons, JSON-LD.

use super::files::hashed;
use crate::{failure::Failure, parse::json};
use corpus_filter::config::Card;
use serde_json::{Value, json as object};
use std::path::Path;

/// A field of the documents, and what it holds. The date is left out: it stands as the record wrote it, and a reader of
/// cards would take it for a timestamp.
const FIELDS: &[(&str, &str, &str)] = &[
    ("id", "sc:Text", "What the document is called."),
    ("url", "sc:URL", "Address of the page, where the record says it."),
    ("language", "sc:Text", "Language of the text (BCP 47), where it can be told."),
    ("text", "sc:Text", "The text as the filters leave it."),
];

/// The card of the data set in the file `output`.
pub(super) fn of(card: &Card, output: &Path, unchanged: u64) -> Result<Vec<u8>, Failure> {
    let file = output.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = card.name.clone().unwrap_or_else(|| file.split('.').next().unwrap_or(&file).to_owned());
    let hash = hashed(output.to_owned())?;
    let format = match output.extension().and_then(|extension| extension.to_str()) {
        Some("gz") => "application/gzip",
        Some("zst") => "application/zstd",
        _ => "application/jsonlines",
    };
    let described = card.description.clone().unwrap_or_else(|| {
        format!(
            "Documents filtered by corpus {}; {unchanged} of them are as they came.",
            env!("CARGO_PKG_VERSION")
        )
    });
    let field = |&(name, kind, what): &(&str, &str, &str)| {
        object!({
            "@type": "cr:Field",
            "@id": format!("documents/{name}"),
            "name": format!("documents/{name}"),
            "description": what,
            "dataType": kind,
            "source": {"fileObject": {"@id": file}, "extract": {"column": name}},
        })
    };
    let mut dataset = object!({
        "@context": context(),
        "@type": "sc:Dataset",
        "name": name,
        "description": described,
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "distribution": [{
            "@type": "cr:FileObject",
            "@id": file,
            "name": file,
            "contentUrl": file,
            "encodingFormat": format,
            "sha256": hash.sha256(),
        }],
        "recordSet": [{
            "@type": "cr:RecordSet",
            "@id": "documents",
            "name": "documents",
            "description": "A document a line.",
            "field": FIELDS.iter().map(field).collect::<Vec<_>>(),
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
                fields.insert(field.to_owned(), object!(value));
            }
        }
        if let Some(creator) = &card.creator {
            fields.insert("creator".to_owned(), object!({"@type": "sc:Organization", "name": creator}));
        }
    }
    Ok(json(&dataset, true, 4096))
}

/// The names that a card uses, as the specification lays them down.
fn context() -> Value {
    object!({
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
