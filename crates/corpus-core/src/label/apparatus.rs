//! The apparatus of an article: the entries under a heading of sources, references or literature.

use super::evidence::{Evidence, Form, Own};
use crate::{
    layout::{End, Line},
    role::Role,
};
use std::ops::Range;

/// Headings over entries of sources, beside those whose words claim to be one anywhere.
#[rustfmt::skip]
const HEADINGS: &[&str] = &[
    "literature", "literature cited", "further reading", "notes and references", "quellen", "quellenangaben", "literatur",
    "literaturverzeichnis", "einzelnachweise", "bibliographie", "références", "notes et références", "bibliografía",
    "referencias", "bibliografia", "riferimenti", "fonti", "referências", "fontes", "bronnen", "literatuur", "källor",
    "referenser", "kilder", "referanser", "źródła", "bibliografia", "przypisy", "zdroje", "литература", "источники",
    "примечания", "джерела", "література", "kaynakça", "kaynaklar", "参考文献", "參考文獻", "参考资料", "참고문헌", "المراجع", "المصادر",
];

/// Most words of an entry.
const LONGEST: usize = 70;

/// Tells the entries under headings of sources, and such headings by their entries.
pub(super) fn find(text: &str, lines: &[Line], evidence: &mut [Evidence]) {
    let mut at = 0;
    let mut entries = Entries::default();
    while at < lines.len() {
        if !is_heading(text, &lines[at], &evidence[at]) {
            at += 1;
            continue;
        }
        entries.begin(text, lines, evidence, at + 1);
        if !entries.suffice() {
            at += 1;
            continue;
        }
        evidence[at].own = Own::new(Role::SourceNote, 0.75, "a heading over entries of sources");
        for evidence in &mut evidence[entries.lines.clone()] {
            evidence.own = Own::new(Role::SourceNote, 0.7, "an entry under the heading of sources");
        }
        at = entries.lines.end;
    }
}

/// Lines that may be entries, and how many of them read as references.
#[derive(Debug, Default)]
struct Entries {
    lines: Range<usize>,
    n_references: usize,
}

impl Entries {
    /// Goes on to those that begin at a line behind the first of these. However many headings stand over the same lines,
    /// each is counted once.
    fn begin(&mut self, text: &str, lines: &[Line], evidence: &[Evidence], start: usize) {
        let count =
            |range: Range<usize>| lines[range].iter().filter(|line| is_reference(line.content(text))).count();
        if start < self.lines.end {
            self.n_references -= count(self.lines.start..start);
            self.lines.start = start;
        } else {
            self.lines = start..entries_end(lines, evidence, start);
            self.n_references = count(self.lines.clone());
        }
    }

    /// Whether there are any, two in three of them references.
    fn suffice(&self) -> bool {
        !self.lines.is_empty() && self.n_references * 3 >= self.lines.len() * 2
    }
}

/// Whether a line is a heading of sources by its words.
fn is_heading(text: &str, line: &Line, evidence: &Evidence) -> bool {
    let shape = &line.shape;
    if evidence.form != Form::Short || shape.n_words > 3 || shape.n_digits > 0 || line.marker.is_some() {
        return false;
    }
    evidence.claims(Role::SourceNote) || {
        let words = line.content(text).trim_end_matches([':', '：', ' ']).to_lowercase();
        HEADINGS.contains(&words.as_str())
    }
}

/// Where the entries end that begin at a line: at what claims to be something else, or is a heading.
fn entries_end(lines: &[Line], evidence: &[Evidence], start: usize) -> usize {
    let is_entry = |at: usize| {
        let (line, evidence) = (&lines[at], &evidence[at]);
        let is_free = evidence.sure().is_none_or(|own| own.role == Role::SourceNote);
        let is_heading = evidence.form == Form::Short
            && line.marker.is_none()
            && line.shape.n_words <= 6
            && line.shape.n_digits == 0
            && line.shape.end == End::Open;
        is_free && !is_heading && line.shape.n_words <= LONGEST && evidence.form != Form::Code
    };
    (start..lines.len()).find(|&at| !is_entry(at)).unwrap_or(lines.len())
}

/// Whether a text reads as a reference: it has a year with marks around it, an address, or an identifier of a publication.
fn is_reference(entry: &str) -> bool {
    let has_mark =
        ["http", "www.", "doi", "ISBN", "ISSN", "arXiv", "pp.", "et al", "Vol.", "vol.", "ibid", "Ibid"]
            .iter()
            .any(|mark| entry.contains(mark));
    has_mark || has_year(entry)
}

/// Whether a year stands between marks or at the end: "(2019)", "2019.", ", 2019,".
fn has_year(entry: &str) -> bool {
    let bytes = entry.as_bytes();
    let is_mark = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_none_or(|byte| matches!(byte, b'(' | b')' | b',' | b'.' | b';' | b':' | b'[' | b']'))
    };
    (0..bytes.len().saturating_sub(3)).any(|at| {
        let is_year = matches!(&bytes[at..at + 2], b"15" | b"16" | b"17" | b"18" | b"19" | b"20")
            && bytes[at + 2].is_ascii_digit()
            && bytes[at + 3].is_ascii_digit();
        let before = at.checked_sub(1).filter(|&before| bytes[before] != b' ').or_else(|| at.checked_sub(2));
        is_year
            && !bytes.get(at + 4).is_some_and(u8::is_ascii_alphanumeric)
            && is_mark(Some(at + 4))
            && (is_mark(before)
                || is_mark(Some(at + 4)) && bytes.get(at + 4).is_none_or(|byte| *byte == b'.'))
    })
}

#[cfg(test)]
mod tests {
    use super::is_reference;
    use crate::{label::Labeller, layout, role::Role};

    const BODY: &str = "Vellmar to dredge its channel\n\nThe council of Vellmar approved a plan on Tuesday to dredge the northern channel, \
        ending a dispute that had lasted a decade.\n\nThe crews had warned that the silt would close the channel to anything larger \
        than a rowing boat within two winters.\n\n";

    fn below(apparatus: &str) -> Vec<Role> {
        let text = format!("{BODY}{apparatus}");
        let lines = layout::lines(&text);
        Labeller::new().label(&text, &lines).lines[3..].iter().map(|label| label.role).collect()
    }

    #[test]
    fn entries_under_a_heading_of_sources_are_notes() {
        let plain = "Holm, A. (2019). Silt and tides. Journal of Works, 14, 33-51.\n\nReed, T., Dredging the north, Vellmar, 2021.";
        let marked = "- Holm, A. (2019). Silt and tides.\n- Port of Vellmar, https://port.example/report\n- The town's files";
        for heading in ["References", "Bibliography:", "Quellen", "SOURCES", "Литература"] {
            assert_eq!(below(&format!("{heading}\n\n{plain}\n")), [Role::SourceNote; 3], "{heading}");
            assert_eq!(below(&format!("{heading}\n\n{marked}\n")), [Role::SourceNote; 4], "{heading}");
        }
    }

    #[test]
    fn headings_of_sources_may_follow_each_other() {
        let listed = "Holm, A. (2019). Silt.\n\nReed, T., Dredging, 2021.\n\n";
        // The first has too few references among what follows it; the last is over its own.
        let text = format!("Quellen:\n\nA list\n\nLiteratur:\n\nQuellen:\n\n{listed}");
        assert_eq!(below(&text)[2..], [Role::SourceNote; 4]);
    }

    #[test]
    fn a_heading_over_text_is_none() {
        let text = "The literature of the island begins with the songs of its fishers, which a teacher wrote down. They tell of storms.";
        assert_eq!(below(&format!("Literature\n\n{text}\n")), [Role::Heading, Role::Paragraph]);
    }

    #[test]
    fn references_have_years_between_marks_or_addresses() {
        assert!(
            is_reference("Holm (2019)")
                && is_reference("Reed, T., Vellmar, 2021.")
                && is_reference("www.port.example")
        );
        assert!(!is_reference("In 2019 the harbour was closed for a week") && !is_reference("12 boats"));
    }
}
