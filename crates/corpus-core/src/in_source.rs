//! Where something stands in the page as it was stored, where the text is not that page itself.

use crate::{block::Block, document::Document, encoding, offsets::Offsets, span::Span};
use serde::{Deserialize, Serialize};

/// Where something stands in the page as it was stored, where the text is not that page itself: in HTML, and in feeds.
///
/// What a record holds is the page; where a file is the page, the line is the file's and the bytes are its bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InSource {
    /// The line it begins on, from 1; absent where that was not noted when the page was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Its bytes; absent where the page is in another encoding than UTF-8 or has bytes that are none, so that those of the
    /// decoded page are others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byte: Option<Span>,
}

impl Document {
    /// Where a block stands in the page as it was stored; `None` where the text is that page itself.
    ///
    /// ```
    /// use corpus_core::{Parser, Record, Span, html::Html};
    /// let page = "<html>\n<body>\n<p>Caf&eacute;s open.</p>\n</body></html>";
    /// let document = Html.parse_all(&Record::new("a.html", page.as_bytes())).remove(0);
    /// let place = document.in_source(&document.blocks[0]).unwrap();
    /// assert_eq!(place.line, Some(3));
    /// assert_eq!(&page[place.byte.unwrap()], "Caf&eacute;s open.");
    /// ```
    pub fn in_source(&self, block: &Block) -> Option<InSource> {
        let origin = block.origin?;
        let shift = encoding::shift(&self.diagnostics);
        let byte = shift.map(|shift| Span::new(origin.start + shift, origin.end + shift));
        Some(InSource { line: block.origin_line, byte })
    }

    /// The line by which what stands at a byte of the text is cited, from 1: that of the page as it was stored on which its
    /// block begins, and the text's own where the text is that page, or the other is not known. `lines` are those of the
    /// text.
    pub fn cited_line(&self, at: usize, lines: &mut Offsets<'_>) -> usize {
        let index = self.blocks.partition_point(|block| block.span.end <= at);
        let stored = self.blocks.get(index).and_then(|block| block.origin_line);
        stored.and_then(|line| usize::try_from(line).ok()).unwrap_or_else(|| lines.line(at))
    }
}
