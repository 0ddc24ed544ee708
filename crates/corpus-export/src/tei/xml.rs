//! XML, element by element: what is open is closed, what is text is escaped, what XML cannot hold is counted.

use crate::text::is_xml;
use std::fmt::Write;

/// XML under way, kept as text.
#[derive(Debug, Default)]
pub(super) struct Xml {
    text: String,
    open: Vec<&'static str>,
    /// Characters that XML cannot hold, each written as U+FFFD.
    pub(super) replaced: u64,
}

impl Xml {
    /// Opens an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push('>');
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            let _ = write!(self.text, "</{name}>");
        }
    }

    /// Closes elements until `depth` are open.
    pub(super) fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.close();
        }
    }

    /// Number of elements that are open.
    pub(super) const fn depth(&self) -> usize {
        self.open.len()
    }

    /// An element that holds nothing.
    pub(super) fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push_str("/>");
    }

    /// An element that holds text and nothing else.
    pub(super) fn element(&mut self, name: &'static str, attributes: &[(&str, &str)], content: &str) {
        self.open(name, attributes);
        self.content(content);
        self.close();
    }

    /// Text.
    pub(super) fn content(&mut self, content: &str) {
        self.escape(content, false);
    }

    /// The end of a line, where white space says nothing.
    pub(super) fn line(&mut self) {
        self.text.push('\n');
    }

    /// What was written since the last call; what is open stays open.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.text.push('<');
        self.text.push_str(name);
        for (attribute, value) in attributes {
            let _ = write!(self.text, " {attribute}=\"");
            self.escape(value, true);
            self.text.push('"');
        }
    }

    fn escape(&mut self, content: &str, in_attribute: bool) {
        for character in content.chars() {
            match character {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' if in_attribute => self.text.push_str("&quot;"),
                '\n' | '\t' if in_attribute => {
                    let _ = write!(self.text, "&#{};", u32::from(character));
                }
                // A reader would turn it into a line feed.
                '\r' => self.text.push_str("&#13;"),
                _ if is_xml(character) => self.text.push(character),
                _ => {
                    self.replaced += 1;
                    self.text.push('\u{fffd}');
                }
            }
        }
    }
}
