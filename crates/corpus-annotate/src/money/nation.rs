//! Nations: which crown, franc or shilling an amount is in, by the one nation that a page speaks of.

use super::currency::Kind;
use crate::{lexicon::Lexicon, token::Token};
use std::sync::LazyLock;

/// Nations with a currency whose name they share with others: its code, its kind, and the words that name them.
const NATIONS: &[(&str, Kind, &str)] = &[
    ("KES", Kind::Shilling, "kenya kenyan kenyans nairobi mombasa"),
    ("TZS", Kind::Shilling, "tanzania tanzanian tanzanians dodoma"),
    ("UGX", Kind::Shilling, "uganda ugandan ugandans kampala"),
    ("SOS", Kind::Shilling, "somalia somali somalis mogadishu"),
    ("SEK", Kind::Krone, "sweden swedish swedes stockholm"),
    ("NOK", Kind::Krone, "norway norwegian norwegians oslo"),
    ("DKK", Kind::Krone, "denmark danish danes copenhagen"),
    ("ISK", Kind::Krone, "iceland icelandic icelanders reykjavik"),
    ("CZK", Kind::Krone, "czech czechs prague"),
    ("CHF", Kind::Franc, "switzerland swiss bern zurich geneva"),
    ("RWF", Kind::Franc, "rwanda rwandan rwandans kigali"),
    ("CDF", Kind::Franc, "congo congolese kinshasa"),
    ("XOF", Kind::Franc, "senegal senegalese dakar mali malian bamako benin niger togo ivorian abidjan"),
    ("XAF", Kind::Franc, "cameroon cameroonian yaounde gabon gabonese chad chadian"),
    ("MXN", Kind::Peso, "mexico mexican mexicans"),
    ("ARS", Kind::Peso, "argentina argentine argentines argentinian"),
    ("CLP", Kind::Peso, "chile chilean chileans santiago"),
    ("COP", Kind::Peso, "colombia colombian colombians bogota"),
    ("PHP", Kind::Peso, "philippines philippine filipino filipinos manila"),
    ("UYU", Kind::Peso, "uruguay uruguayan montevideo"),
    ("CUP", Kind::Peso, "cuba cuban cubans havana"),
    ("RSD", Kind::Dinar, "serbia serbian serbs belgrade"),
    ("KWD", Kind::Dinar, "kuwait kuwaiti kuwaitis"),
    ("IQD", Kind::Dinar, "iraq iraqi iraqis baghdad"),
    ("DZD", Kind::Dinar, "algeria algerian algerians algiers"),
    ("TND", Kind::Dinar, "tunisia tunisian tunisians tunis"),
    ("JOD", Kind::Dinar, "jordan jordanian jordanians amman"),
    ("LYD", Kind::Dinar, "libya libyan libyans tripoli"),
];

static NATION: LazyLock<Lexicon<usize>> = LazyLock::new(|| {
    let words = |(at, nation): (usize, &'static (&str, Kind, &'static str))| {
        nation.2.split(' ').map(move |word| (word, at))
    };
    Lexicon::new(NATIONS.iter().enumerate().flat_map(words))
});

/// The currency of a kind that is meant where the words do not say: that of the only nation having one that the page
/// names.
pub(super) fn meant(tokens: &[Token], kind: Kind) -> Option<&'static str> {
    let of_kind = |token: &Token| NATION.get(*token).map(|at| &NATIONS[at]).filter(|nation| nation.1 == kind);
    let mut codes =
        tokens.iter().filter(|token| token.is_capitalised()).filter_map(of_kind).map(|nation| nation.0);
    let first = codes.next()?;
    codes.all(|code| code == first).then_some(first)
}
