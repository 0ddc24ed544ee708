//! A skip: a record of an archive that is no page, passed over and counted.

use serde::Serialize;
use std::fmt;

macro_rules! skips {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal $what:literal,)+) => {
        /// Why a record of an archive is no page. It is passed over and counted; nothing is wrong with it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Skip {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Skip {
            /// Every reason.
            pub const ALL: &'static [Skip] = &[$(Skip::$variant),+];

            /// The name in JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Skip::$variant => $name),+ }
            }

            /// What such records are, in the plural.
            pub const fn what(self) -> &'static str {
                match self { $(Skip::$variant => $what),+ }
            }
        }
    };
}

skips! {
    /// What the crawler asked for.
    Request "request" "requests",
    /// What the crawler says of itself or of a page (`warcinfo`, `metadata`).
    Metadata "metadata" "notes of the crawler",
    /// A page that had not changed since it was recorded.
    Revisit "revisit" "pages recorded before",
    /// A further piece of a record that was divided.
    Continuation "continuation" "continuations of records that were divided",
    /// A response that is no success, such as a redirection or an error.
    Status "status" "responses other than success",
    /// A picture, a style sheet, a script or other data.
    MediaType "media_type" "files that are no page by their media type",
    /// A page without a byte.
    Empty "empty" "empty pages",
    /// A record of another type, or of another protocol than HTTP.
    Other "other" "records of another type",
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
