//! `corpus people`: persons, organisations and places, each once.

use crate::{
    app::Session,
    ask::View,
    facts::{self, Listing},
    failure::Failure,
    outcome::Outcome,
    table::Align,
};
use clap::{Args, ValueEnum};
use corpus_query::{People as Gatherer, PeopleOptions, Person, PersonKind};

/// List persons and organisations: their names and posts, who speaks, who is cited
///
/// One row a person or body, however many documents name it and whatever they call it, with how often it is mentioned,
/// makes statements and is cited as a source. Mentions in text that was copied into several documents count once.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct People {
    /// Only these: persons, organisations, outlets (what is cited), places; by default persons,organisations
    #[arg(long, value_enum, value_name = "KINDS", value_delimiter = ',', help_heading = "Which of them")]
    kind: Vec<Kind>,
    /// Only those that some text calls so, or that have this id
    #[arg(long, value_name = "NAME", help_heading = "Which of them")]
    name: Option<String>,
    /// Count mentions in copied text each time they are found
    #[arg(long, help_heading = "Which of them")]
    duplicates: bool,
    #[command(flatten)]
    listing: Listing,
}

const EXAMPLES: &str = "\
Examples:
  corpus people pages                      who is named, the most widely named first
  corpus people pages --kind outlets       who is cited as a source
  corpus people news.corpus --name Marin --format jsonl";

/// Which are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    #[value(alias = "person")]
    Persons,
    #[value(alias = "organisation")]
    Organisations,
    #[value(alias = "outlet")]
    Outlets,
    #[value(alias = "place")]
    Places,
}

impl From<Kind> for PersonKind {
    fn from(kind: Kind) -> PersonKind {
        match kind {
            Kind::Persons => PersonKind::Person,
            Kind::Organisations => PersonKind::Organisation,
            Kind::Outlets => PersonKind::Outlet,
            Kind::Places => PersonKind::Place,
        }
    }
}

const VIEW: View<Person> = View {
    aligned: &[
        Align::Left,
        Align::Left,
        Align::Right,
        Align::Right,
        Align::Right,
        Align::Right,
        Align::Whole,
        Align::Whole,
    ],
    cells: shown,
};

impl People {
    /// Lists people.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let options = PeopleOptions::new()
            .kinds(self.kind.iter().map(|kind| PersonKind::from(*kind)))
            .name(self.name.as_deref())
            .duplicates(self.duplicates);
        self.listing.write(session, &VIEW, |linked| {
            let mut gatherer = Gatherer::new(&linked.table, options);
            linked.each(|document| gatherer.add(document))?;
            Ok(gatherer.finish())
        })
    }
}

fn shown(person: &Person) -> Vec<String> {
    vec![
        person.name.clone(),
        person.kind.clone(),
        person.documents.to_string(),
        person.mentions.to_string(),
        person.statements.to_string(),
        person.cited.to_string(),
        facts::place(&person.told_in),
        person.id.clone(),
    ]
}
