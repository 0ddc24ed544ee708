//! The head of a page: language, names and properties, canonical address and what addresses are told from.

use crate::{
    html::{kind::kinds, page::Head, tokenizer::Tokenizer},
    span::Span,
};

impl Head {
    /// Reads the attributes of `<html>` or `<body>`.
    pub(super) fn read_root(&mut self, source: &str, tokenizer: &Tokenizer<'_>) {
        let language = tokenizer.attributes.iter().find(|attribute| {
            ["lang", "xml:lang"].iter().any(|known| source[attribute.name].eq_ignore_ascii_case(known))
        });
        if let Some(attribute) = language.filter(|attribute| !attribute.value.is_empty()) {
            self.language.get_or_insert(attribute.value);
        }
        for attribute in &tokenizer.attributes {
            if ["class", "id"].iter().any(|known| source[attribute.name].eq_ignore_ascii_case(known)) {
                self.kinds = self.kinds.with(kinds(&source[attribute.value]));
            }
        }
    }

    /// Reads a `<meta>`.
    pub(super) fn read_meta(&mut self, source: &str, tokenizer: &Tokenizer<'_>) {
        let mut name = None;
        let mut content = None;
        for attribute in &tokenizer.attributes {
            let key = &source[attribute.name];
            if key.eq_ignore_ascii_case("content") {
                content.get_or_insert(attribute.value);
            } else if ["name", "property", "itemprop"].iter().any(|known| key.eq_ignore_ascii_case(known)) {
                name.get_or_insert(attribute.value);
            }
        }
        if let (Some(name), Some(content)) = (name, content)
            && !content.is_empty()
        {
            self.metas.push((name, content));
        }
    }

    /// Reads a `<link>`.
    pub(super) fn read_link(&mut self, source: &str, tokenizer: &Tokenizer<'_>) {
        let is_canonical = tokenizer.attribute(b"rel").is_some_and(|rel| {
            rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("canonical"))
        });
        if is_canonical && self.canonical.is_none() {
            self.canonical = href(source, tokenizer);
        }
    }

    /// Reads a `<base>`, of which the first counts.
    pub(super) fn read_base(&mut self, source: &str, tokenizer: &Tokenizer<'_>) {
        self.base = self.base.or_else(|| href(source, tokenizer));
    }
}

/// Where an element leads.
fn href(source: &str, tokenizer: &Tokenizer<'_>) -> Option<Span> {
    let attributes = tokenizer.attributes.iter();
    let href = attributes.rev().find(|attribute| source[attribute.name].eq_ignore_ascii_case("href"));
    href.map(|attribute| attribute.value).filter(|value| !value.is_empty())
}
