//! The fields a plain query can ask for.

use serde::Serialize;

macro_rules! fields {
    ($($(#[doc = $doc:literal])+ $variant:ident $($name:literal)|+,)+) => {
        /// A field of a plain query.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Field {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Field {
            /// Every field with the names it goes by, the usual one first.
            pub const ALL: &'static [(Field, &'static [&'static str])] = &[$((Field::$variant, &[$($name),+])),+];
        }
    };
}

fields! {
    /// The headline of the article.
    Title "title",
    /// Who wrote it.
    Author "author" | "by",
    /// The site or outlet.
    Site "site" | "outlet",
    /// The language of the document.
    Language "language" | "lang",
    /// When the article was published, or may have been as far as its date is known.
    Date "date" | "published",
    /// The year in which the article was published or may have been; `open` of one that lies in no one year.
    Year "year",
    /// The time in which the article was published for certain.
    Within "within",
    /// The role of the passage.
    Role "role",
    /// What part of the page it is.
    Part "part",
    /// The address of the page.
    Url "url",
    /// The file or container.
    File "file" | "uri",
    /// The id of the document or of its record.
    Document "id" | "doc",
    /// Who said something.
    Speaker "speaker",
    /// The outlet that reports a statement.
    Source "source",
    /// A person named.
    Person "person",
    /// An organisation named.
    Org "org",
    /// A place named.
    Place "place",
    /// A kind of event.
    Event "event",
    /// How a speaker stands to what is said: assert, deny, doubt.
    Polarity "polarity",
}

impl Field {
    /// The field of this name.
    pub fn named(name: &str) -> Option<Field> {
        let known = |(field, names): &(Field, &[&str])| names.contains(&name).then_some(*field);
        Field::ALL.iter().find_map(known)
    }

    /// The usual name.
    pub fn name(self) -> &'static str {
        Field::ALL.iter().find(|(field, _)| *field == self).map_or("", |(_, names)| names[0])
    }

    /// Whether it is asked of statements, names and events rather than of the article.
    pub const fn is_of_fact(self) -> bool {
        matches!(
            self,
            Field::Speaker
                | Field::Source
                | Field::Person
                | Field::Org
                | Field::Place
                | Field::Event
                | Field::Polarity
        )
    }
}
