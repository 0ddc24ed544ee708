//! A bounded number: a parameter that may not be larger than it says.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use std::borrow::Cow;

/// A whole number from 0 to `MOST`, in a request and in the description of its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Bounded<const MOST: usize>(usize);

impl<const MOST: usize> Bounded<MOST> {
    /// A number, or the largest there is.
    pub(crate) const fn new(number: usize) -> Self {
        Bounded(if number < MOST { number } else { MOST })
    }

    /// The number.
    pub(crate) const fn get(self) -> usize {
        self.0
    }
}

impl<'de, const MOST: usize> Deserialize<'de> for Bounded<MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match usize::deserialize(deserializer)? {
            number if number <= MOST => Ok(Bounded(number)),
            number => Err(D::Error::custom(format_args!("{number} is more than {MOST}"))),
        }
    }
}

impl<const MOST: usize> JsonSchema for Bounded<MOST> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Cow::Owned(format!("UpTo{MOST}"))
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = usize::json_schema(generator);
        schema.insert("maximum".to_owned(), MOST.into());
        schema
    }
}
