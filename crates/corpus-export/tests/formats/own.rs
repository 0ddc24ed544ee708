//! The list of formats, with one of somebody else.

use corpus_export::{Error, ErrorKind, Export, Format, Formats, Options, Target};

struct Own(&'static str);

impl Format for Own {
    fn name(&self) -> &'static str {
        self.0
    }
    fn description(&self) -> &'static str {
        "own"
    }
    fn streams(&self, _: &Options) -> bool {
        false
    }
    fn open<'a>(&self, _: Target<'a>, _: &Options) -> Result<Box<dyn Export + 'a>, Error> {
        Err(Error::new(ErrorKind::Target, "open what is none"))
    }
}

#[test]
fn one_more_is_listed_last_and_found_by_its_name() {
    let formats = Formats::core().with(Own("own"));
    assert_eq!(formats.formats().count(), Formats::core().formats().count() + 1);
    assert_eq!(formats.formats().last().unwrap().name(), "own");
    assert_eq!(formats.get("own").unwrap().description(), "own");
    let message = formats.get("xls").err().unwrap().to_string();
    assert!(message.contains("ris, own"), "{message}");
}

#[test]
fn one_of_a_known_name_takes_its_place() {
    let formats = Formats::core().with(Own("ris"));
    assert_eq!(formats.formats().count(), Formats::core().formats().count());
    assert_eq!(formats.get("ris").unwrap().description(), "own");
}
