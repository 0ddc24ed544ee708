//! Whether what the filters are told can be meant.

use super::Config;
use crate::error::Error;

impl Config {
    /// Whether each value can be meant.
    pub(super) fn check(&self) -> Result<(), Error> {
        let wrong = |what: &str| Err(Error::Config(what.to_owned()));
        let never = self.bounds().find(|(_, least, greatest)| least > greatest);
        if let Some((name, least, greatest)) = never {
            return wrong(&format!(
                "{name} is {least}, the greatest value {greatest}: nothing would be kept"
            ));
        }
        if let Some((name, value)) = self.negative() {
            return wrong(&format!("{name} is {value}: a number from 0 on is meant"));
        }
        match self {
            Config { sample: Some(sample), .. } if !(0.0..=1.0).contains(&sample.share) => {
                wrong("sample.share is not from 0 to 1")
            }
            Config { bad_words: Some(words), .. } if !(0.0..=1.0).contains(&words.keep_share) => {
                wrong("bad_words.keep_share is not from 0 to 1")
            }
            Config { bad_words: Some(words), .. } if words.lists.is_empty() => {
                wrong("bad_words.lists names no file")
            }
            Config { contamination: Some(sets), .. } if sets.sets.is_empty() => {
                wrong("contamination.sets names no file")
            }
            Config { contamination: Some(sets), .. } if !(2..=100).contains(&sets.words) => {
                wrong("contamination.words is not from 2 to 100")
            }
            Config { language: Some(language), .. } if language.keep.is_empty() => {
                wrong("language.keep names no language, such as \"en\"")
            }
            Config { language: Some(language), .. } if language.keep.iter().any(|code| !is_code(code)) => {
                wrong("language.keep holds what is no code of ISO 639, such as \"en\"")
            }
            Config { gopher_quality: Some(quality), .. } if quality.stop_words.len() > 64 => {
                wrong("gopher_quality.stop_words has more than 64 words")
            }
            _ => Ok(()),
        }
    }

    /// A number below 0, or none, with its name: no setting has such a value.
    fn negative(&self) -> Option<(String, f64)> {
        let sections = toml::Table::try_from(self).ok()?;
        let settings = sections.iter().flat_map(|(section, settings)| {
            let settings = settings.as_table().into_iter().flatten();
            settings.map(move |(name, value)| (format!("{section}.{name}"), value))
        });
        let mut numbers = settings.filter_map(|(name, value)| Some((name, value.as_float()?)));
        numbers.find(|(_, value)| value.is_nan() || *value < 0.0)
    }

    /// Least values that have a greatest one beside them, with both.
    fn bounds(&self) -> impl Iterator<Item = (&'static str, f64, f64)> {
        let length = self.length.iter().flat_map(|length| {
            [
                ("length.min_words", length.min_words as f64, length.max_words),
                ("length.min_characters", length.min_characters as f64, length.max_characters),
            ]
        });
        let quality = self.gopher_quality.iter().flat_map(|quality| {
            let (least, greatest) = (quality.min_mean_word_length, quality.max_mean_word_length);
            [
                ("gopher_quality.min_words", quality.min_words as f64, quality.max_words as f64),
                ("gopher_quality.min_mean_word_length", least, greatest),
            ]
        });
        length.chain(quality)
    }
}

/// Whether a text is a code of a language in BCP 47: one of two letters from ISO 639-1, or of three small letters where
/// there is none of two for the languages most written.
fn is_code(text: &str) -> bool {
    let has = |codes: &str| codes.split(' ').any(|code| code == text);
    match text.len() {
        2 => has(CODES),
        3 => text.bytes().all(|byte| byte.is_ascii_lowercase()) && !has(LONGER),
        _ => false,
    }
}

/// Codes of three letters, in ISO 639-2, of languages that have one of two.
const LONGER: &str = "afr alb ara arm aze baq bel ben bos bul bur cat ces chi cze dan deu dut ell eng est eus fas fin fra \
    fre geo ger gle glg gre guj hau heb hin hrv hun hye ice ind isl ita jav jpn kan kat kaz khm kir kor kur lao lav lit \
    ltz mac mal mar may mkd mlt mon msa mya nep nld nno nob nor pan per pol por pus ron rum rus sin slk slo slv som spa \
    sqi srp swa swe tam tat tel tgk tgl tha tib tur uig ukr urd uzb vie wel yid yor zho zul";

/// The codes of ISO 639-1.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it \
    iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb \
    nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr \
    ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_keep_nothing_is_an_error() {
        for (toml, setting) in [
            ("[length]\nmin_words = 9\nmax_words = 8", "length.min_words"),
            (
                "[length]\nmin_characters = 9\nmax_characters = 8",
                "length.min_characters is 9, the greatest value 8",
            ),
            ("[gopher_quality]\nmin_words = 200000", "gopher_quality.min_words"),
            ("[gopher_quality]\nmin_mean_word_length = 11", "gopher_quality.min_mean_word_length"),
            ("[gopher_repetition]\nmax_top_2_gram = -1.0", "gopher_repetition.max_top_2_gram is -1"),
            ("[fineweb]\nmax_short_lines = nan", "fineweb.max_short_lines"),
            ("[language]\nkeep = [\"xx\"]", "language.keep"),
            ("[language]\nkeep = [\"eng\"]", "language.keep"),
            ("[language]\nkeep = [\"jp\", \"en\"]", "language.keep"),
        ] {
            assert!(Config::parse(toml).unwrap_err().to_string().contains(setting), "{toml}");
        }
        Config::parse("[length]\nmin_words = 8\nmax_words = 8\n[language]\nkeep = [\"ja\", \"yue\"]")
            .unwrap();
    }
}
