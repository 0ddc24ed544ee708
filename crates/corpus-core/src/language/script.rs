//! The script of a letter.

/// A script, as far as languages are told by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Devanagari,
    Han,
    Kana,
    Hangul,
    Greek,
    Hebrew,
    Armenian,
    Georgian,
    Ethiopic,
    Thai,
    Lao,
    Khmer,
    Myanmar,
    Tibetan,
    Sinhala,
    Bengali,
    Gurmukhi,
    Gujarati,
    Oriya,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
}

impl Script {
    pub(super) const COUNT: usize = 26;

    /// The script of a letter that is not ASCII; `None` for marks, signs and scripts no language is told by.
    #[inline]
    pub(super) const fn of(letter: char) -> Option<Script> {
        Some(match letter as u32 {
            0xaa | 0xb5 | 0xba | 0xc0..=0xd6 | 0xd8..=0xf6 | 0xf8..=0x24f | 0x259 | 0x1e00..=0x1eff => {
                Script::Latin
            }
            0x400..=0x481 | 0x48a..=0x52f => Script::Cyrillic,
            0x370..=0x373 | 0x386..=0x3ff | 0x1f00..=0x1fff => Script::Greek,
            0x531..=0x587 => Script::Armenian,
            0x5d0..=0x5f2 => Script::Hebrew,
            0x620..=0x65f
            | 0x66e..=0x6d3
            | 0x6d5..=0x6ef
            | 0x6fa..=0x6ff
            | 0x750..=0x77f
            | 0xfb50..=0xfdfb
            | 0xfe70..=0xfefc => Script::Arabic,
            0x900..=0x963 | 0x971..=0x97f => Script::Devanagari,
            0x980..=0x9e3 | 0x9f0..=0x9f1 => Script::Bengali,
            0xa00..=0xa65 | 0xa70..=0xa7f => Script::Gurmukhi,
            0xa80..=0xae5 => Script::Gujarati,
            0xb00..=0xb65 => Script::Oriya,
            0xb80..=0xbe5 => Script::Tamil,
            0xc00..=0xc65 => Script::Telugu,
            0xc80..=0xce5 => Script::Kannada,
            0xd00..=0xd65 => Script::Malayalam,
            0xd80..=0xddf => Script::Sinhala,
            0xe01..=0xe3a | 0xe40..=0xe4e => Script::Thai,
            0xe81..=0xece | 0xedc..=0xedf => Script::Lao,
            0xf00..=0xf17 | 0xf40..=0xfbc => Script::Tibetan,
            0x1000..=0x103f | 0x1050..=0x109f => Script::Myanmar,
            0x10a0..=0x10ff | 0x1c90..=0x1cbf => Script::Georgian,
            0x1200..=0x137f => Script::Ethiopic,
            0x1780..=0x17d3 => Script::Khmer,
            0x3041..=0x30ff | 0x31f0..=0x31ff | 0xff66..=0xff9d => Script::Kana,
            0x1100..=0x11ff | 0x3131..=0x318e | 0xac00..=0xd7a3 => Script::Hangul,
            0x3005..=0x3007 | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3134f => {
                Script::Han
            }
            _ => return None,
        })
    }

    /// The language of a script that one language writes, or one far more than others.
    pub(super) const fn language(self) -> Option<&'static str> {
        Some(match self {
            Script::Latin | Script::Cyrillic | Script::Arabic | Script::Devanagari => return None,
            Script::Han => "zh",
            Script::Kana => "ja",
            Script::Hangul => "ko",
            Script::Greek => "el",
            Script::Hebrew => "he",
            Script::Armenian => "hy",
            Script::Georgian => "ka",
            Script::Ethiopic => "am",
            Script::Thai => "th",
            Script::Lao => "lo",
            Script::Khmer => "km",
            Script::Myanmar => "my",
            Script::Tibetan => "bo",
            Script::Sinhala => "si",
            Script::Bengali => "bn",
            Script::Gurmukhi => "pa",
            Script::Gujarati => "gu",
            Script::Oriya => "or",
            Script::Tamil => "ta",
            Script::Telugu => "te",
            Script::Kannada => "kn",
            Script::Malayalam => "ml",
        })
    }

    /// The language meant where a script that several languages write shows no more than itself: the one most written
    /// on the web. Latin shows nothing.
    pub(super) const fn commonest_language(self) -> Option<&'static str> {
        match self {
            Script::Latin => None,
            Script::Cyrillic => Some("ru"),
            Script::Arabic => Some("ar"),
            Script::Devanagari => Some("hi"),
            other => other.language(),
        }
    }
}
