//! The tables and views of a SQLite export.

use rusqlite::{Connection, Result};

/// Tables, made before the first row.
pub(super) const TABLES: &str = "
CREATE TABLE about (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE documents (
  number INTEGER PRIMARY KEY, -- from 1, in the order of the corpus
  id TEXT NOT NULL,
  uri TEXT NOT NULL, record_index INTEGER, record_offset INTEGER, record_id TEXT,
  media_type TEXT, bytes INTEGER, blake3 TEXT,
  own_id TEXT, own_url TEXT, own_date TEXT, -- what the record says of itself
  language TEXT, text TEXT NOT NULL,
  also TEXT, diagnostics TEXT -- JSON
) STRICT;
CREATE TABLE parts (
  document INTEGER NOT NULL REFERENCES documents, part INTEGER NOT NULL, -- from 0
  kind TEXT NOT NULL, title TEXT, authors TEXT, site TEXT, url TEXT, topics TEXT, -- authors and topics: JSON lists
  published TEXT, timestamp TEXT, method TEXT, modified TEXT, -- EDTF
  earliest TEXT, latest TEXT, -- the days that `published` can mean
  PRIMARY KEY (document, part)
) STRICT;
CREATE TABLE blocks (
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents, block INTEGER NOT NULL, -- from 0
  part INTEGER NOT NULL, part_kind TEXT NOT NULL, role TEXT NOT NULL,
  line INTEGER NOT NULL, -- from 1
  start INTEGER NOT NULL, \"end\" INTEGER NOT NULL, -- UTF-8 bytes of documents.text
  start_char INTEGER NOT NULL, end_char INTEGER NOT NULL, -- code points: substr(text, start_char + 1, end_char - start_char)
  confidence REAL, why TEXT, level INTEGER, depth INTEGER, ordinal INTEGER, language TEXT, truncated INTEGER NOT NULL,
  timestamp TEXT, label TEXT, author TEXT, path TEXT, outlet TEXT, cells TEXT, -- JSON spans
  text TEXT NOT NULL
) STRICT;
CREATE TABLE annotations (
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents, layer TEXT NOT NULL, block INTEGER,
  start INTEGER NOT NULL, \"end\" INTEGER NOT NULL, start_char INTEGER NOT NULL, end_char INTEGER NOT NULL,
  text TEXT NOT NULL, rule TEXT, confidence REAL, value TEXT -- JSON
) STRICT;
";

/// Indexes, views and the full-text index, made after the last row.
const AFTER: &str = "
CREATE INDEX documents_by_id ON documents (id);
CREATE INDEX parts_by_date ON parts (published);
CREATE INDEX blocks_by_document ON blocks (document, block);
CREATE INDEX annotations_by_document ON annotations (document, start);
CREATE INDEX annotations_by_layer ON annotations (layer, document);
CREATE VIEW articles AS
  SELECT documents.number AS document, documents.id, documents.uri, documents.record_index, parts.part, parts.kind,
         parts.title, parts.authors, parts.site, coalesce(parts.url, documents.own_url) AS url, parts.published,
         parts.earliest, parts.latest, documents.language,
         (SELECT group_concat(text, char(10) || char(10)) FROM
           (SELECT text FROM blocks WHERE blocks.document = parts.document AND blocks.part = parts.part
            AND role IN ('title', 'standfirst', 'heading', 'paragraph', 'quote', 'list_item', 'table', 'code')
            ORDER BY block)) AS text
  FROM parts JOIN documents ON documents.number = parts.document
  WHERE parts.kind IN ('article', 'embedded');
CREATE VIEW comments AS
  SELECT blocks.document, documents.id, blocks.block, blocks.author, blocks.path, blocks.timestamp, blocks.line, blocks.text
  FROM blocks JOIN documents ON documents.number = blocks.document WHERE blocks.role = 'comment';
CREATE VIRTUAL TABLE blocks_fts USING fts5
  (text, content = 'blocks', content_rowid = 'number', tokenize = \"unicode61 remove_diacritics 2\");
INSERT INTO blocks_fts (blocks_fts) VALUES ('rebuild');
";

/// Makes what is made after the last row; `layers` are the layers there are, each with the fields of its values.
pub(super) fn finish<'l>(
    connection: &Connection,
    layers: impl Iterator<Item = (&'l str, Vec<&'l str>)>,
) -> Result<()> {
    connection.execute_batch(AFTER)?;
    for (layer, fields) in layers {
        let mut columns = String::new();
        for field in fields {
            let path = quoted(&format!("$.\"{}\"", field.replace('"', "\\\"")), '\'');
            columns.push_str(&format!(", value ->> {path} AS {}", quoted(&format!("value_{field}"), '"')));
        }
        let view = format!(
            "CREATE VIEW {} AS SELECT number, document, block, start, \"end\", start_char, end_char, text, rule, \
             confidence{columns} FROM annotations WHERE layer = {}",
            quoted(&format!("layer_{layer}"), '"'),
            quoted(layer, '\''),
        );
        connection.execute_batch(&view)?;
    }
    connection.execute_batch("ANALYZE")
}

/// A name or text of SQL between its marks.
fn quoted(text: &str, mark: char) -> String {
    let text = text.replace('\0', "");
    format!("{mark}{}{mark}", text.replace(mark, &format!("{mark}{mark}")))
}
