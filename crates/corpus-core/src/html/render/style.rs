//! What a word processor's styles say of the paragraphs of a page that it saved.

/// What the style of a paragraph makes of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Level of the heading that it is; 0 where it is none.
    pub(super) level: u8,
    /// Depth of the list that it is an item of; 0 where it is none.
    pub(super) item: u8,
}

impl Style {
    /// Reads a `class`, as in `MsoTitle`, `MsoHeading2`, `MsoListParagraphCxSpFirst` and `MsoListBullet3`.
    pub(super) fn read_class(&mut self, class: &str) {
        let Some(name) = class.trim_start().strip_prefix("Mso") else { return };
        let name = name.split_ascii_whitespace().next().unwrap_or_default();
        let number = |rest: &str| rest.bytes().next().filter(u8::is_ascii_digit).map(|digit| digit - b'0');
        if name.starts_with("Title") {
            self.level = 1;
        } else if let Some(rest) = name.strip_prefix("Heading") {
            self.level = number(rest).unwrap_or(2).clamp(1, 6);
        } else if let Some(rest) =
            ["ListParagraph", "ListBullet", "ListNumber"].iter().find_map(|list| name.strip_prefix(list))
        {
            self.item = self.item.max(number(rest).unwrap_or(1).max(1));
        }
    }

    /// Reads a `style`, as in `mso-list:l0 level2 lfo1`.
    pub(super) fn read_style(&mut self, style: &str) {
        let Some((_, list)) = style.split_once("mso-list:") else { return };
        let list = list.split(';').next().unwrap_or_default();
        let level = list.split_once("level").and_then(|(_, level)| level.bytes().next());
        if let Some(level) = level.filter(|level| (b'1'..=b'9').contains(level)) {
            self.item = level - b'0';
        }
    }
}

/// The mark of a list with which a paragraph begins, its length with the space behind it in bytes, and its number: "·",
/// "o" or "1." before at least one space that does not break.
pub(super) fn mark(text: &str) -> Option<(usize, Option<u32>)> {
    /// Most digits of a number.
    const LONGEST: usize = 3;
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &text[..text.len() - rest.len()];
    let rest = if digits.is_empty() {
        let bullet = text.chars().next().filter(|&c| is_bullet(c))?;
        &text[bullet.len_utf8()..]
    } else {
        rest.strip_prefix(['.', ')']).filter(|_| digits.len() <= LONGEST)?
    };
    let item = rest.trim_start_matches(['\u{a0}', ' ']);
    let is_set_apart = rest[..rest.len() - item.len()].contains('\u{a0}');
    (is_set_apart && !item.is_empty()).then(|| (text.len() - item.len(), digits.parse().ok()))
}

/// Whether a character is a bullet: those of the symbol fonts stand for others, or lie in the private area.
fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '·' | '•'
            | 'o'
            | '§'
            | 'Ø'
            | 'ü'
            | 'v'
            | 'q'
            | '-'
            | '–'
            | '*'
            | '▪'
            | '■'
            | '●'
            | '○'
            | '◦'
            | '➢'
            | '\u{f000}'..='\u{f0ff}'
    )
}

#[cfg(test)]
mod tests {
    use super::{Style, mark};
    use crate::{Document, Record, Registry, Role};

    #[test]
    fn a_page_of_a_word_processor_has_title_headings_and_items() {
        let item = |style: &str, mark: &str, text: &str| {
            format!(
                "<p class=MsoListParagraph style='mso-list:l0 {style} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>{mark}\
                 <span>&nbsp;&nbsp; </span></span><![endif]><a href=/a>{text}</a> by summer<o:p></o:p></p>"
            )
        };
        let items =
            [("level1", "·", "Survey"), ("level2", "o", "weather permitting"), ("level1", "2.", "Pay")]
                .map(|(style, mark, text)| item(style, mark, text))
                .concat();
        let text = "<p class=MsoNormal>The harbour wall has lost a third of its stones since the storm of January, and \
            the council has voted to have it repaired before the next winter.<o:p></o:p></p>";
        let source = format!(
            "<!doctype html><title>minutes</title><div class=WordSection1><p class=MsoTitle>Repairs to the Wall<o:p></o:p></p>{text}\
             <p class=MsoHeading2>What will be done</p>{items}<p class=MsoNormal><o:p>&nbsp;</o:p></p><p>Divers will look at the \
             foundations first, and the masons will begin once they know what the old wall can bear.</div>"
        );
        let document: Document =
            Registry::core().parse_all(&Record::new("a.html", source.into_bytes())).remove(0);
        assert_eq!(document.article().unwrap().title.as_deref(), Some("Repairs to the Wall"));
        let blocks = document.blocks.iter().filter(|block| block.role != Role::Paragraph);
        let blocks: Vec<_> = blocks
            .map(|block| (block.role, document.slice(block), block.level.or(block.depth), block.ordinal))
            .collect();
        assert_eq!(
            blocks,
            [
                (Role::Title, "Repairs to the Wall", Some(1), None),
                (Role::Heading, "What will be done", Some(2), None),
                (Role::ListItem, "Survey by summer", Some(1), None),
                (Role::ListItem, "weather permitting by summer", Some(2), None),
                (Role::ListItem, "Pay by summer", Some(1), Some(2)),
            ]
        );
        let links: Vec<_> = document.annotations.iter().map(|link| &document.text[link.span]).collect();
        assert_eq!(links, ["Survey", "weather permitting", "Pay"]);
    }

    #[test]
    fn marks_are_known_by_the_space_behind_them() {
        assert_eq!(mark("·\u{a0}\u{a0} Divers"), Some((7, None)));
        assert_eq!(mark("12.\u{a0} Masons"), Some((6, Some(12))));
        assert_eq!(mark("o\u{a0}\u{a0}\u{a0} weather"), Some((8, None)));
        for text in ["o weather", "1. May", "2024.\u{a0}A year", "Divers", "·\u{a0}", ""] {
            assert_eq!(mark(text), None, "{text}");
        }
    }

    #[test]
    fn styles_name_headings_and_items() {
        let of = |class: &str, style: &str| {
            let mut found = Style::default();
            found.read_class(class);
            found.read_style(style);
            (found.level, found.item)
        };
        assert_eq!(of("MsoTitle", ""), (1, 0));
        assert_eq!(of("MsoHeading8", ""), (6, 0));
        assert_eq!(of("MsoListParagraphCxSpFirst", ""), (0, 1));
        assert_eq!(of("MsoListBullet3", ""), (0, 3));
        assert_eq!(of("MsoNormal", "text-indent:-18pt;mso-list:l0 level2 lfo1"), (0, 2));
        assert_eq!(of("MsoNormal", "mso-list:none"), (0, 0));
        assert_eq!(of("MsoNormal ", "margin:0cm"), (0, 0));
    }
}
