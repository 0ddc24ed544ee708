//! TEI P5: a corpus in one file, or a folder of one file a document.

mod body;
mod header;
mod inline;
mod xml;

use crate::{
    ending::is_folder,
    error::Error,
    format::{Export, Format},
    options::{Options, Parts},
    report::{Report, Tally, Written},
    selection::{Selected, Selection},
    stream::{Stream, Streamed},
    target::Target,
    text::file_name,
    unfinished::Unfinished,
};
use corpus_core::Document;
use inline::Inline;
use std::{
    fs,
    io::{self, Write},
};
use xml::Xml;

/// TEI P5, valid against TEI All: one `teiCorpus` where the target is a file or a stream, one `TEI` a document where
/// it is a folder (written with a slash at its end).
///
/// An embedded article is a `floatingText`, a comment a `note`, page furniture (left out unless asked for) an `fw`.
/// Names, times, quotations, posts, money and links of the layers become elements; one that reaches across the end of
/// another, or of its block, is cut in two. Sentences and statements stay out, but a quotation's speaker is its `who`.
/// Characters that XML cannot hold are written as U+FFFD, and counted.
#[derive(Clone, Copy, Debug)]
pub struct Tei;

impl Format for Tei {
    fn name(&self) -> &'static str {
        "tei"
    }
    fn description(&self) -> &'static str {
        "TEI P5, a corpus in one file or (FOLDER/) a file a document"
    }
    fn media_type(&self) -> &'static str {
        "application/tei+xml"
    }
    fn ending(&self) -> &'static str {
        "tei.xml"
    }
    fn streams(&self, _options: &Options) -> bool {
        true
    }
    fn open<'a>(&self, target: Target<'a>, options: &Options) -> Result<Box<dyn Export + 'a>, Error> {
        if let Target::Path(path) = target
            && is_folder(path)
        {
            let folder = Unfinished::folder(path)?;
            let selection = Selection::new(options, Parts::READ);
            let (report, replaced) = (Report::default(), 0);
            return Ok(Box::new(Folder { folder, selection, report, replaced }));
        }
        Streamed::open(Corpus::default(), target, options, Parts::READ, &["documents"])
    }
}

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.tei-c.org/ns/1.0");
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Documents within one `teiCorpus`.
#[derive(Default)]
struct Corpus {
    xml: Xml,
    n_documents: u64,
}

impl Stream for Corpus {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let xml = &mut self.xml;
        xml.open("teiCorpus", &[NAMESPACE]);
        xml.open("teiHeader", &[]);
        xml.open("fileDesc", &[]);
        xml.open("titleStmt", &[]);
        xml.element("title", &[], "A corpus of articles");
        xml.close();
        xml.open("publicationStmt", &[]);
        xml.element("p", &[], "Exported from a corpus; each document names its source.");
        xml.close();
        xml.open("sourceDesc", &[]);
        xml.element("p", &[], "Pages of the web; each document names its own.");
        xml.close();
        xml.close();
        xml.close();
        xml.line();
        write!(out, "{DECLARATION}{}", xml.take())
    }

    fn add(&mut self, selected: &Selected<'_>, out: &mut dyn Write, tally: &mut Tally) -> io::Result<()> {
        self.n_documents += 1;
        let prefix = format!("d{}.", self.n_documents);
        document(selected, &prefix, &[], &mut self.xml);
        tally.add("documents", 1);
        out.write_all(self.xml.take().as_bytes())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.xml.close_to(0);
        writeln!(out, "{}", self.xml.take())
    }

    fn remarks(&self) -> Vec<String> {
        remarks(self.xml.replaced)
    }
}

fn remarks(replaced: u64) -> Vec<String> {
    match replaced {
        0 => Vec::new(),
        count => vec![format!("characters that XML cannot hold, written as U+FFFD: {count}")],
    }
}

/// A folder of one file a document.
struct Folder {
    folder: Unfinished,
    selection: Selection,
    report: Report,
    replaced: u64,
}

impl Export for Folder {
    fn add(&mut self, source: &Document) -> Result<bool, Error> {
        let Some(selected) = self.selection.of(source) else {
            self.report.left_out += 1;
            return Ok(false);
        };
        self.report.documents += 1;
        let mut xml = Xml::default();
        document(&selected, "", &[NAMESPACE], &mut xml);
        self.replaced += xml.replaced;
        let stem = file_name(source.id.as_str().trim_start_matches("b3:"), 64);
        // The same page twice has one id.
        let mut path = self.folder.temporary().join(format!("{stem}.xml"));
        let mut copy = 1;
        while path.exists() {
            copy += 1;
            path.set_file_name(format!("{stem}-{copy}.xml"));
        }
        let text = format!("{DECLARATION}{}", xml.take());
        fs::write(&path, text).map_err(|cause| Error::write(Some(self.folder.path()), cause))?;
        Ok(true)
    }

    fn finish(self: Box<Self>) -> Result<Report, Error> {
        let Folder { folder, mut report, replaced, .. } = *self;
        let path = folder.finish()?;
        let noun = "documents, a file each".to_owned();
        report.written.push(Written { path: Some(path), rows: report.documents, noun });
        report.remarks = remarks(replaced);
        Ok(report)
    }
}

/// Writes one document as a `TEI` element.
fn document(selected: &Selected<'_>, prefix: &str, attributes: &[(&str, &str)], xml: &mut Xml) {
    let inline = Inline::of(selected, prefix);
    xml.open("TEI", attributes);
    header::write(selected.document, xml);
    stand_off(&inline, xml);
    body::write(selected, &inline, prefix, xml);
    xml.close();
    xml.line();
}

/// Writes who and what the names refer to.
fn stand_off(inline: &Inline<'_>, xml: &mut Xml) {
    const LISTS: [(&str, &str, &str, &str); 3] = [
        ("PER", "listPerson", "person", "persName"),
        ("ORG", "listOrg", "org", "orgName"),
        ("LOC", "listPlace", "place", "placeName"),
    ];
    let entities = inline.entities();
    if entities.iter().next().is_none() {
        return;
    }
    xml.open("standOff", &[]);
    for (kind, list, item, name) in LISTS {
        let mut members = entities.iter().filter(|(_, entity)| entity.kind == kind).peekable();
        if members.peek().is_none() {
            continue;
        }
        xml.open(list, &[]);
        for (number, entity) in members {
            xml.open(item, &[("xml:id", &inline.id(number)), ("n", entity.id)]);
            xml.element(name, &[], entity.name);
            xml.close();
        }
        xml.close();
    }
    let others = |kind: &str| !LISTS.iter().any(|(known, ..)| *known == kind);
    let mut members = entities.iter().filter(|(_, entity)| others(entity.kind)).peekable();
    if members.peek().is_some() {
        xml.open("list", &[]);
        for (number, entity) in members {
            xml.element("item", &[("xml:id", &inline.id(number)), ("n", entity.id)], entity.name);
        }
        xml.close();
    }
    xml.close();
    xml.line();
}
