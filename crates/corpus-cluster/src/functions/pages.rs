//! Pages to documents, documents with their facts, and the text of an article.

use super::map_texts;
use crate::task::registry;
use corpus_annotate::Annotators;
use corpus_core::{Document, PartKind, Record};
use datafusion::{
    arrow::array::{ArrayRef, ListBuilder, StringBuilder},
    common::{Result, cast::as_string_array, exec_datafusion_err},
};
use std::sync::{Arc, OnceLock};

/// `corpus_parse(page, name)`: the documents of a page of text or HTML, each as JSON.
pub(super) fn parse(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let (pages, names) = (as_string_array(&columns[0])?, as_string_array(&columns[1])?);
    let mut documents = ListBuilder::new(StringBuilder::new());
    for (page, name) in pages.iter().zip(names) {
        let Some(page) = page else {
            documents.append_null();
            continue;
        };
        let record = Record::new(name.unwrap_or_default(), page.as_bytes());
        for document in registry().parse_all(&record) {
            documents.values().append_value(json(&document)?);
        }
        documents.append(true);
    }
    Ok(Arc::new(documents.finish()))
}

/// `corpus_annotate(document)`: the document with its facts.
pub(super) fn annotate(columns: &[ArrayRef]) -> Result<ArrayRef> {
    static ANNOTATORS: OnceLock<Annotators> = OnceLock::new();
    map_texts(&columns[0], |text| {
        let mut document = document(text)?;
        ANNOTATORS.get_or_init(Annotators::core).annotate(&mut document);
        json(&document)
    })
}

/// `corpus_article(document)`: the clean text of its article; nothing where there is none.
pub(super) fn article(columns: &[ArrayRef]) -> Result<ArrayRef> {
    map_texts(&columns[0], |text| {
        let document = document(text)?;
        let blocks: Vec<&str> = document.clean_text(PartKind::Article).collect();
        Ok(blocks.join("\n\n"))
    })
}

fn document(text: &str) -> Result<Document> {
    serde_json::from_str(text).map_err(|cause| {
        let begin: String = text.chars().take(40).collect();
        exec_datafusion_err!("read a document as corpus_parse writes it: {cause}; this begins {begin:?}")
    })
}

/// A document as the command line prints it.
fn json(document: &Document) -> Result<String> {
    serde_json::to_string(document).map_err(|cause| exec_datafusion_err!("write a document: {cause}"))
}
