//! Pages to put into a corpus.

use corpus_core::{Annotation, Document, Metadata, Parser, Place, Record, Span, html::Html, text::Text};
use corpus_store::{Corpus, Options, Writer};
use std::path::Path;

/// A text file.
pub(crate) fn file(uri: &str, text: &str) -> Document {
    Text::new().parse_all(&Record::new(uri.to_owned(), text.as_bytes().to_vec())).remove(0)
}

/// Makes a manifest one of before version 7.
pub(crate) const BEFORE_7: &str = "DROP INDEX documents_place; DROP INDEX documents_content; ALTER TABLE documents DROP COLUMN source; \
                                   ALTER TABLE documents DROP COLUMN content; \
                                   DELETE FROM meta WHERE name = 'contents'; \
                                   UPDATE meta SET value = 6 WHERE name = 'version'";

/// A text with a URL of its own.
pub(crate) fn page(url: &str, text: &str) -> Document {
    let metadata = Metadata { url: Some(url.to_owned()), ..Metadata::default() };
    let record = Record::new("shard.jsonl".to_owned(), text.as_bytes().to_vec()).with_metadata(metadata);
    let mut document = Text::new().parse_all(&record).remove(0);
    document.source.record = Some(Place::default());
    document
}

/// A page in HTML and its bytes.
pub(crate) fn html(uri: &str, body: &str) -> (Document, Vec<u8>) {
    let bytes =
        format!("<html><title>Ferries</title><body><h1>Ferries</h1><p>{body}</p></body></html>").into_bytes();
    (Html.parse_all(&Record::new(uri.to_owned(), bytes.clone())).remove(0), bytes)
}

/// The same document with an annotation on its first bytes, one for each layer.
pub(crate) fn annotated(mut document: Document, layers: &[&str]) -> Document {
    for (n, layer) in layers.iter().enumerate() {
        document.annotations.push(Annotation {
            span: Span::new(0, n + 1),
            layer: (*layer).to_owned().into(),
            value: serde_json::json!({ "n": n }),
            rule: "test".into(),
            confidence: 0.5,
        });
    }
    document
}

/// A corpus of these documents at `path`.
pub(crate) fn build(path: &Path, documents: &[Document]) -> u64 {
    let mut writer = Writer::open(path, Options::new()).unwrap();
    for document in documents {
        writer.add(std::slice::from_ref(document), None).unwrap();
    }
    writer.finish().unwrap()
}

/// All documents of the corpus at `path`.
pub(crate) fn all(path: &Path) -> Vec<Document> {
    Corpus::open(path).unwrap().documents().map(Result::unwrap).collect()
}

/// The texts of all documents of the corpus at `path`.
pub(crate) fn texts(path: &Path) -> Vec<String> {
    all(path).into_iter().map(|document| document.text).collect()
}
