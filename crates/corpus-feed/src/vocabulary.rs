//! The names of elements: which namespace they are of, and what they say.

use quick_xml::events::BytesStart;

/// A namespace whose elements are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vocabulary {
    Rss,
    Atom,
    Content,
    DublinCore,
    Media,
    Rdf,
    Unknown,
}

impl Vocabulary {
    /// The vocabulary of a namespace's name.
    fn of(namespace: &str) -> Self {
        let namespace = namespace.trim();
        match namespace.trim_end_matches('/') {
            "" | "http://purl.org/rss/1.0" | "http://my.netscape.com/rdf/simple/0.9" => Vocabulary::Rss,
            "http://channel.netscape.com/rdf/simple/0.9" | "http://backend.userland.com/rss2" => {
                Vocabulary::Rss
            }
            "http://www.w3.org/2005/Atom" | "http://purl.org/atom/ns#" => Vocabulary::Atom,
            "http://purl.org/rss/1.0/modules/content" => Vocabulary::Content,
            "http://purl.org/dc/elements/1.1"
            | "http://purl.org/dc/elements/1.0"
            | "http://purl.org/dc/terms" => Vocabulary::DublinCore,
            "http://search.yahoo.com/mrss" => Vocabulary::Media,
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#" => Vocabulary::Rdf,
            _ => Vocabulary::Unknown,
        }
    }

    /// The vocabulary that a prefix stands for where the feed forgets to say.
    fn of_prefix(prefix: &str) -> Self {
        match prefix {
            "rss" => Vocabulary::Rss,
            "atom" => Vocabulary::Atom,
            "content" => Vocabulary::Content,
            "dc" | "dcterms" => Vocabulary::DublinCore,
            "media" => Vocabulary::Media,
            "rdf" => Vocabulary::Rdf,
            _ => Vocabulary::Unknown,
        }
    }
}

/// What an element is in a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Element {
    /// `rss`, `rdf:RDF`.
    Root,
    /// The feed as a whole: `channel`, Atom's `feed`.
    Feed,
    /// `item`, `entry`.
    Item,
    /// A person with a name inside: Atom's `author`.
    Person,
    /// What only groups fields: `media:group`.
    Group,
    /// Says something of the item or feed it is in.
    Field(Field),
    /// Anything else; what is in it says nothing of the item.
    Other,
}

/// What a field says. The number is the rank: of two that say the same, the lower one is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Title(u8),
    Link,
    Id,
    Published(u8),
    Modified(u8),
    Author,
    PersonName,
    Topic,
    Content,
    Summary(u8),
    Language,
}

/// The namespaces that prefixes stand for in a feed.
#[derive(Debug, Default)]
pub(crate) struct Prefixes {
    known: Vec<(String, Vocabulary)>,
}

impl Prefixes {
    /// As many prefixes as are kept; no feed has more.
    const MOST: usize = 64;

    /// Reads the declarations of a tag; gives the namespace of names without a prefix, if it declares one.
    pub(crate) fn declare(&mut self, tag: &BytesStart<'_>) -> Option<Vocabulary> {
        let mut default = None;
        if !tag.attributes_raw().contains("xmlns") {
            return default;
        }
        for attribute in tag.attributes().with_checks(false).flatten() {
            let name = attribute.key.0;
            if name == "xmlns" {
                default = Some(Vocabulary::of(&attribute.value));
            } else if let Some(prefix) = name.strip_prefix("xmlns:") {
                let vocabulary = Vocabulary::of(&attribute.value);
                self.known.retain(|(known, _)| known != prefix);
                if self.known.len() < Self::MOST {
                    self.known.push((prefix.to_owned(), vocabulary));
                }
            }
        }
        default
    }

    /// The namespace of a name and its local part.
    pub(crate) fn split<'n>(&self, name: &'n str, default: Vocabulary) -> (Vocabulary, &'n str) {
        let Some((prefix, local)) = name.split_once(':') else { return (default, name) };
        let known = self.known.iter().find(|(known, _)| known == prefix);
        (known.map_or_else(|| Vocabulary::of_prefix(prefix), |(_, vocabulary)| *vocabulary), local)
    }
}

/// What the element `local` of `vocabulary` is. Names are told without regard to case, as feeds write them.
pub(crate) fn element(vocabulary: Vocabulary, local: &str) -> Element {
    use Element as E;
    use Field as F;
    let local = local.to_ascii_lowercase();
    match (vocabulary, local.as_str()) {
        (Vocabulary::Rss, "rss") | (Vocabulary::Rdf, "rdf") => E::Root,
        (Vocabulary::Rss, "channel") | (Vocabulary::Atom, "feed") => E::Feed,
        (Vocabulary::Rss, "item") | (Vocabulary::Atom, "entry") => E::Item,
        (Vocabulary::Atom, "author") => E::Person,
        (Vocabulary::Media, "group") => E::Group,
        (Vocabulary::Rss | Vocabulary::Atom, "title") => E::Field(F::Title(0)),
        (Vocabulary::DublinCore | Vocabulary::Media, "title") => E::Field(F::Title(1)),
        (Vocabulary::Rss | Vocabulary::Atom, "link") => E::Field(F::Link),
        (Vocabulary::Rss, "guid") | (Vocabulary::Atom, "id") => E::Field(F::Id),
        (Vocabulary::Rss, "pubdate") | (Vocabulary::Atom, "published" | "issued") => {
            E::Field(F::Published(0))
        }
        (Vocabulary::DublinCore, "date" | "issued") => E::Field(F::Published(1)),
        (Vocabulary::DublinCore, "created") | (Vocabulary::Atom, "created") => E::Field(F::Published(2)),
        (Vocabulary::Atom, "updated" | "modified") => E::Field(F::Modified(0)),
        (Vocabulary::DublinCore, "modified") => E::Field(F::Modified(1)),
        (Vocabulary::Rss, "author") | (Vocabulary::DublinCore, "creator") => E::Field(F::Author),
        (Vocabulary::Atom, "name") => E::Field(F::PersonName),
        (Vocabulary::Rss | Vocabulary::Atom, "category") | (Vocabulary::DublinCore, "subject") => {
            E::Field(F::Topic)
        }
        (Vocabulary::Content, "encoded") | (Vocabulary::Atom, "content") => E::Field(F::Content),
        (Vocabulary::Rss, "description") | (Vocabulary::Atom, "summary") => E::Field(F::Summary(0)),
        (Vocabulary::Rss, "summary") | (Vocabulary::DublinCore, "description") => E::Field(F::Summary(1)),
        (Vocabulary::Media, "description") => E::Field(F::Summary(2)),
        (Vocabulary::Rss | Vocabulary::DublinCore, "language") => E::Field(F::Language),
        _ => E::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_means_what_the_feed_says() {
        let mut prefixes = Prefixes::default();
        let tag = BytesStart::from_content(
            "rss xmlns:x='http://purl.org/dc/elements/1.1/' xmlns='http://purl.org/rss/1.0/' xmlns:dc='urn:else'",
            3,
        );
        assert_eq!(prefixes.declare(&tag), Some(Vocabulary::Rss));
        assert_eq!(prefixes.split("x:creator", Vocabulary::Rss), (Vocabulary::DublinCore, "creator"));
        assert_eq!(prefixes.split("dc:creator", Vocabulary::Rss).0, Vocabulary::Unknown);
        assert_eq!(prefixes.split("content:encoded", Vocabulary::Rss).0, Vocabulary::Content);
        assert_eq!(prefixes.split("title", Vocabulary::Atom), (Vocabulary::Atom, "title"));
    }

    #[test]
    fn case_does_not_matter() {
        assert_eq!(element(Vocabulary::Rss, "PubDate"), Element::Field(Field::Published(0)));
        assert_eq!(element(Vocabulary::Rdf, "RDF"), Element::Root);
        assert_eq!(element(Vocabulary::Unknown, "title"), Element::Other);
    }
}
