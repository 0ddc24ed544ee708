//! A record: the bytes of one page, on their way into a parser.

use crate::source::{Located, Metadata, Place, Source};
use std::borrow::Cow;

/// One page as it came: its bytes, and what is known of them without reading them.
#[derive(Clone, Debug, Default)]
pub struct Record<'a> {
    /// The page.
    pub bytes: Cow<'a, [u8]>,
    /// Path or address of the file or container.
    pub uri: Cow<'a, str>,
    /// Media type where the container says so, in lower case and without parameters, such as `text/html`.
    pub media_type: Option<Cow<'a, str>>,
    /// Character encoding where the container says so (`charset` of a Content-Type header).
    pub charset: Option<Cow<'a, str>>,
    /// Place in the container; `None` where the file is the record.
    pub place: Option<Place>,
    /// What the record says of itself.
    pub metadata: Metadata,
    /// What the page is called, where the container says so. A page of HTML says it itself; this counts where it does not.
    ///
    /// ```
    /// use corpus_core::{Record, Registry};
    /// let mut record = Record::new("news.jsonl", "The ferry left. Nobody saw it go.".as_bytes());
    /// record.title = Some("The last  ferry".into());
    /// let documents = Registry::core().parse_all(&record);
    /// assert_eq!(documents[0].parts[0].title.as_deref(), Some("The last ferry"));
    /// ```
    pub title: Option<Cow<'a, str>>,
    /// When the bytes were fetched, as the container writes it; never the page's own date.
    pub fetched: Option<Cow<'a, str>>,
}

impl<'a> Record<'a> {
    /// A record that is a file of its own.
    ///
    /// ```
    /// use corpus_core::Record;
    /// let record = Record::new("page.txt", "A title\n\nA paragraph.".as_bytes());
    /// assert_eq!(record.uri, "page.txt");
    /// ```
    pub fn new(uri: impl Into<Cow<'a, str>>, bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        Record { uri: uri.into(), bytes: bytes.into(), ..Record::default() }
    }

    /// The same record with a media type.
    pub fn with_media_type(mut self, media_type: impl Into<Cow<'a, str>>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// The same record with metadata.
    pub fn with_metadata(mut self, metadata: Metadata) -> Self {
        self.metadata = metadata;
        self
    }

    /// Where the record lies, as a person would find it again.
    pub fn located(&self) -> Located<'_> {
        let place = self.place.as_ref();
        let id = place.and_then(|place| place.id.as_deref()).or(self.metadata.id.as_deref());
        Located { uri: &self.uri, index: place.map(|place| place.index), id }
    }

    /// The provenance of a document parsed from this record as `media_type`.
    pub fn source(&self, media_type: &str) -> Source {
        Source {
            uri: self.uri.clone().into_owned(),
            media_type: self.media_type.as_deref().unwrap_or(media_type).to_owned(),
            bytes: self.bytes.len() as u64,
            blake3: blake3::hash(&self.bytes).to_hex().to_string(),
            record: self.place.clone(),
            metadata: self.metadata.clone(),
            fetched: self.fetched.clone().map(Cow::into_owned),
        }
    }
}
