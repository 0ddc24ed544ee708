//! RIS: one reference an article, for reference managers.

use crate::{
    edtf::stated,
    error::Error,
    format::{Export, Format},
    options::{Options, Parts},
    report::Tally,
    selection::Selected,
    stream::{Stream, Streamed},
    target::Target,
    text::one_line,
};
use std::io::{self, Write};

/// RIS: one reference an article, the page's own and embedded ones; for reference managers.
///
/// Names of authors stand as the page writes them, since it does not say which of the words are the family's.
#[derive(Clone, Copy, Debug)]
pub struct Ris;

impl Format for Ris {
    fn name(&self) -> &'static str {
        "ris"
    }
    fn description(&self) -> &'static str {
        "RIS, one reference an article, for reference managers"
    }
    fn media_type(&self) -> &'static str {
        "application/x-research-info-systems"
    }
    fn streams(&self, _options: &Options) -> bool {
        true
    }
    fn open<'a>(&self, target: Target<'a>, options: &Options) -> Result<Box<dyn Export + 'a>, Error> {
        Streamed::open(References, target, options, Parts::ARTICLES, &["references"])
    }
}

struct References;

impl Stream for References {
    fn add(&mut self, selected: &Selected<'_>, out: &mut dyn Write, tally: &mut Tally) -> io::Result<()> {
        let document = selected.document;
        let source = &document.source;
        let parts = document.parts.iter().enumerate();
        for (index, part) in parts.filter(|(_, part)| part.kind.is_article() && selected.takes(part.kind)) {
            let mut field = |tag: &str, value: &str| {
                let value = one_line(value);
                if value.is_empty() {
                    return Ok(());
                }
                write!(out, "{tag}  - {value}\r\n")
            };
            field("TY", "NEWS")?;
            field("TI", part.title.as_deref().unwrap_or("[untitled]"))?;
            for author in &part.authors {
                field("AU", author)?;
            }
            let date = part.published.as_ref().map(|published| &published.edtf);
            if let Some((year, month, day)) = date.and_then(stated) {
                let two = |number: Option<u8>| number.map_or(String::new(), |number| format!("{number:02}"));
                field("PY", &format!("{year:04}"))?;
                field("DA", &format!("{year:04}/{}/{}/", two(month), two(day)))?;
            } else if let Some(date) = date {
                field("DA", &format!("///{date}"))?;
            }
            if let Some(site) = &part.site {
                field("T2", site)?;
            }
            let url = part.url.as_deref();
            if let Some(url) = url.or(source.metadata.url.as_deref().filter(|_| index == 0)) {
                field("UR", url)?;
            }
            if let Some(language) = document.language.as_deref() {
                field("LA", language)?;
            }
            for topic in &part.topics {
                field("KW", topic)?;
            }
            field("N1", &format!("Source file: {}", source.located()))?;
            field("ID", &format!("{}#{index}", document.id))?;
            out.write_all(b"ER  - \r\n\r\n")?;
            tally.add("references", 1);
        }
        Ok(())
    }
}
