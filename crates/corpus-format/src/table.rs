//! The tables of the format.

use crate::schema;
use arrow_schema::{Schema, SchemaRef};
use std::sync::{Arc, LazyLock};

/// A table of the format; each of its files has the table's schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Table {
    /// One row a document.
    Documents,
    /// One row an annotation of one layer.
    Annotations,
    /// One row a link from a document's local id to a corpus-wide one.
    Links,
    /// One row an entity of the whole corpus, or an id that was merged into another.
    Entities,
    /// One row a member of a cluster of copies.
    Clusters,
    /// One row a record whose bytes are kept.
    Sources,
}

impl Table {
    /// Every table.
    pub const ALL: &'static [Table] = &[
        Table::Documents,
        Table::Annotations,
        Table::Links,
        Table::Entities,
        Table::Clusters,
        Table::Sources,
    ];

    /// The name, which is that of the folder its files lie in.
    pub const fn as_str(self) -> &'static str {
        match self {
            Table::Documents => "documents",
            Table::Annotations => "annotations",
            Table::Links => "links",
            Table::Entities => "entities",
            Table::Clusters => "clusters",
            Table::Sources => "sources",
        }
    }

    /// What a row is, for `datapackage.json`.
    pub const fn description(self) -> &'static str {
        match self {
            Table::Documents => "One row a document: its text, where it came from, its parts and blocks",
            Table::Annotations => {
                "One row an annotation of this layer, standing off the text of its document"
            }
            Table::Links => {
                "One row a link from an id that is local to a document to one of the whole corpus"
            }
            Table::Entities => "One row an entity of the whole corpus, with the names it goes by",
            Table::Clusters => "One row a document that has copies, exact, near, cut or reworded",
            Table::Sources => "One row a record whose bytes are not the text of its document",
        }
    }

    /// The columns. The description of each stands in its metadata under `description`.
    pub fn schema(self) -> SchemaRef {
        static SCHEMAS: LazyLock<[SchemaRef; 6]> = LazyLock::new(|| {
            let schemas: [fn() -> Schema; 6] = [
                schema::documents,
                schema::annotations,
                schema::links,
                schema::entities,
                schema::clusters,
                schema::sources,
            ];
            schemas.map(|schema| Arc::new(schema()))
        });
        let index = match self {
            Table::Documents => 0,
            Table::Annotations => 1,
            Table::Links => 2,
            Table::Entities => 3,
            Table::Clusters => 4,
            Table::Sources => 5,
        };
        Arc::clone(&SCHEMAS[index])
    }
}
