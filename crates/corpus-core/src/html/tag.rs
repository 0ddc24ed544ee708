//! The elements of HTML and how each behaves while a page is read.

use super::lookup::Lookup;

/// Has no content and no end tag.
const VOID: u16 = 1;
/// Stands on lines of its own.
const BLOCK: u16 = 1 << 1;
/// Bars an end tag from reaching what was opened outside it ("special" in the HTML Standard).
const SPECIAL: u16 = 1 << 2;
/// A start tag ends an open paragraph.
const ENDS_P: u16 = 1 << 3;
/// Bounds the search for an open element ("scope" in the HTML Standard).
const SCOPE: u16 = 1 << 4;
/// A start tag's content is characters up to the end tag, whatever they are.
const RAW: u16 = 1 << 5;
/// The content is not shown as text of the page.
const UNSEEN: u16 = 1 << 6;
/// An end tag is matched across blocks opened since ("formatting" in the HTML Standard).
const FORMATTING: u16 = 1 << 7;
/// Ends foreign content (SVG, MathML).
const BREAKS_OUT: u16 = 1 << 8;

macro_rules! tags {
    ($($variant:ident $name:literal $flags:expr,)+) => {
        /// An element's name, as far as reading a page depends on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub(crate) enum Tag {
            $(#[doc = $name] $variant,)+
            /// Any other name.
            Other,
        }

        const TAGS: &[Tag] = &[$(Tag::$variant),+];
        const NAMES: &[&str] = &[$($name),+];
        static FLAGS: [u16; NAMES.len() + 1] = [$($flags,)+ 0];
    };
}

const PLAIN: u16 = BLOCK | SPECIAL | ENDS_P;

tags! {
    A "a" FORMATTING,
    Address "address" PLAIN,
    Applet "applet" SPECIAL | SCOPE,
    Area "area" VOID | SPECIAL,
    Article "article" PLAIN,
    Aside "aside" PLAIN,
    Audio "audio" UNSEEN,
    B "b" FORMATTING | BREAKS_OUT,
    Base "base" VOID | SPECIAL,
    Big "big" FORMATTING | BREAKS_OUT,
    Blockquote "blockquote" PLAIN | BREAKS_OUT,
    Body "body" BLOCK | SPECIAL | BREAKS_OUT,
    Br "br" VOID | SPECIAL | BREAKS_OUT,
    Button "button" BLOCK | SPECIAL,
    Canvas "canvas" UNSEEN,
    Caption "caption" BLOCK | SPECIAL | SCOPE,
    Center "center" PLAIN | BREAKS_OUT,
    Cite "cite" 0,
    Code "code" FORMATTING | BREAKS_OUT,
    Col "col" VOID | SPECIAL,
    Colgroup "colgroup" SPECIAL,
    Datalist "datalist" UNSEEN,
    Dd "dd" BLOCK | SPECIAL | BREAKS_OUT,
    Del "del" 0,
    Details "details" PLAIN,
    Dialog "dialog" BLOCK | ENDS_P,
    Dir "dir" PLAIN,
    Div "div" PLAIN | BREAKS_OUT,
    Dl "dl" PLAIN | BREAKS_OUT,
    Dt "dt" BLOCK | SPECIAL | BREAKS_OUT,
    Em "em" FORMATTING | BREAKS_OUT,
    Embed "embed" VOID | SPECIAL | BREAKS_OUT,
    Fieldset "fieldset" PLAIN,
    Figcaption "figcaption" PLAIN,
    Figure "figure" PLAIN,
    Font "font" FORMATTING,
    Footer "footer" PLAIN,
    Form "form" BLOCK | SPECIAL,
    Frame "frame" VOID,
    H1 "h1" PLAIN | BREAKS_OUT,
    H2 "h2" PLAIN | BREAKS_OUT,
    H3 "h3" PLAIN | BREAKS_OUT,
    H4 "h4" PLAIN | BREAKS_OUT,
    H5 "h5" PLAIN | BREAKS_OUT,
    H6 "h6" PLAIN | BREAKS_OUT,
    Head "head" SPECIAL | BREAKS_OUT,
    Header "header" PLAIN,
    Hgroup "hgroup" PLAIN,
    Hr "hr" VOID | BLOCK | SPECIAL | ENDS_P | BREAKS_OUT,
    Html "html" BLOCK | SPECIAL | SCOPE,
    I "i" FORMATTING | BREAKS_OUT,
    Iframe "iframe" SPECIAL | RAW | UNSEEN,
    Img "img" VOID | SPECIAL | BREAKS_OUT,
    Input "input" VOID | SPECIAL,
    Ins "ins" 0,
    Label "label" 0,
    Legend "legend" BLOCK,
    Li "li" BLOCK | SPECIAL | BREAKS_OUT,
    Link "link" VOID | SPECIAL,
    Main "main" PLAIN,
    Mark "mark" 0,
    Marquee "marquee" BLOCK | SPECIAL | SCOPE,
    Math "math" 0,
    Menu "menu" PLAIN | BREAKS_OUT,
    Meta "meta" VOID | SPECIAL | BREAKS_OUT,
    Nav "nav" PLAIN,
    Nobr "nobr" FORMATTING | BREAKS_OUT,
    Noembed "noembed" SPECIAL | RAW | UNSEEN,
    Noframes "noframes" SPECIAL | RAW | UNSEEN,
    Noscript "noscript" SPECIAL | RAW | UNSEEN,
    Object "object" SPECIAL | SCOPE | UNSEEN,
    Ol "ol" PLAIN | BREAKS_OUT,
    Optgroup "optgroup" BLOCK,
    Option "option" BLOCK,
    P "p" PLAIN | BREAKS_OUT,
    Param "param" VOID | SPECIAL,
    Plaintext "plaintext" PLAIN | RAW,
    Pre "pre" PLAIN | BREAKS_OUT,
    Q "q" 0,
    Rp "rp" UNSEEN,
    Rt "rt" UNSEEN,
    S "s" FORMATTING | BREAKS_OUT,
    Script "script" SPECIAL | RAW | UNSEEN,
    Search "search" PLAIN,
    Section "section" PLAIN,
    Select "select" SPECIAL | UNSEEN,
    Small "small" FORMATTING | BREAKS_OUT,
    Source "source" VOID | SPECIAL,
    Span "span" BREAKS_OUT,
    Strike "strike" FORMATTING | BREAKS_OUT,
    Strong "strong" FORMATTING | BREAKS_OUT,
    Style "style" SPECIAL | RAW | UNSEEN,
    Sub "sub" BREAKS_OUT,
    Summary "summary" PLAIN,
    Sup "sup" BREAKS_OUT,
    Svg "svg" UNSEEN,
    Table "table" PLAIN | SCOPE | BREAKS_OUT,
    Tbody "tbody" BLOCK | SPECIAL,
    Td "td" BLOCK | SPECIAL | SCOPE,
    Template "template" SPECIAL | SCOPE | UNSEEN,
    Textarea "textarea" SPECIAL | RAW | UNSEEN,
    Tfoot "tfoot" BLOCK | SPECIAL,
    Th "th" BLOCK | SPECIAL | SCOPE,
    Thead "thead" BLOCK | SPECIAL,
    Time "time" 0,
    Title "title" SPECIAL | RAW | UNSEEN,
    Tr "tr" BLOCK | SPECIAL,
    Track "track" VOID | SPECIAL,
    Tt "tt" FORMATTING | BREAKS_OUT,
    U "u" FORMATTING | BREAKS_OUT,
    Ul "ul" PLAIN | BREAKS_OUT,
    Var "var" BREAKS_OUT,
    Video "video" UNSEEN,
    Wbr "wbr" VOID | SPECIAL,
    Xmp "xmp" PLAIN | RAW,
}

static LOOKUP: Lookup<512> = Lookup::new(NAMES);

impl Tag {
    /// The number of names told apart.
    pub(crate) const COUNT: usize = NAMES.len() + 1;

    /// The tag called `name`, in any case.
    pub(crate) fn named(name: &[u8]) -> Tag {
        match LOOKUP.find(name) {
            Some(i) => TAGS[i],
            None if name.eq_ignore_ascii_case(b"image") => Tag::Img,
            None => Tag::Other,
        }
    }

    fn has(self, flag: u16) -> bool {
        FLAGS[self as usize] & flag != 0
    }

    /// Whether it has no content and no end tag.
    pub(crate) fn is_void(self) -> bool {
        self.has(VOID)
    }

    /// Whether it stands on lines of its own.
    pub(crate) fn is_block(self) -> bool {
        self.has(BLOCK)
    }

    /// Whether it bars an unrelated end tag from reaching what was opened outside it.
    pub(crate) fn is_special(self) -> bool {
        self.has(SPECIAL)
    }

    /// Whether its start tag ends an open paragraph.
    pub(crate) fn ends_paragraph(self) -> bool {
        self.has(ENDS_P)
    }

    /// Whether it bounds the search for an open element.
    pub(crate) fn is_scope(self) -> bool {
        self.has(SCOPE)
    }

    /// Whether its content is characters up to its end tag.
    pub(crate) fn is_raw(self) -> bool {
        self.has(RAW)
    }

    /// Whether its content is not shown as text.
    pub(crate) fn is_unseen(self) -> bool {
        self.has(UNSEEN)
    }

    /// Whether its end tag is matched across blocks opened since.
    pub(crate) fn is_formatting(self) -> bool {
        self.has(FORMATTING)
    }

    /// Whether its start tag ends foreign content.
    pub(crate) fn breaks_out(self) -> bool {
        self.has(BREAKS_OUT)
    }

    /// Level of a heading, 1 the highest; 0 for what is none.
    pub(crate) fn heading_level(self) -> u8 {
        match self {
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => self as u8 - Tag::H1 as u8 + 1,
            _ => 0,
        }
    }

    /// Whether it holds list items.
    pub(crate) fn is_list(self) -> bool {
        matches!(self, Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir | Tag::Dl)
    }

    /// Whether it is a cell of a table row.
    pub(crate) fn is_cell(self) -> bool {
        matches!(self, Tag::Td | Tag::Th)
    }
}

#[cfg(test)]
mod tests {
    use super::Tag;

    #[test]
    fn names_are_read_in_any_case() {
        assert_eq!(Tag::named(b"FigCaption"), Tag::Figcaption);
        assert_eq!(Tag::named(b"x-card"), Tag::Other);
        assert_eq!(Tag::named(b"h3").heading_level(), 3);
        assert_eq!(Tag::named(b"header").heading_level(), 0);
    }
}
