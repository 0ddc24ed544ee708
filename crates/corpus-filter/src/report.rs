//! The report: what came in, what each filter did, what is left, as one page of HTML that loads nothing.

use crate::{
    filters::Decision,
    plot::{bars, columns, escaped, grouped},
    statistics::{Names, Statistics},
    tally::Tally,
};
use std::fmt::{Display, Write};

/// What a report is about.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The heading.
    pub title: &'a str,
    /// What the filters did.
    pub tally: &'a Tally,
    /// What the documents were like that came in.
    pub before: &'a Statistics,
    /// What those are like that are left.
    pub after: &'a Statistics,
    /// Records that could not be read.
    pub set_aside: u64,
    /// The configuration, as TOML.
    pub config: &'a str,
}

const STYLE: &str = "\
body{font:15px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c2a33;background:#fff}\
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.2rem}table{border-collapse:collapse;width:100%}\
th,td{padding:.2rem .6rem;border-bottom:1px solid #d8dee3;text-align:right}th:first-child,td:first-child{text-align:left}\
svg{max-width:100%;height:auto}svg rect{fill:#2b6f8f}svg text{font-size:12px;fill:currentColor}\
pre{background:#f2f5f7;padding:.8rem;overflow:auto;font-size:13px}\
@media(prefers-color-scheme:dark){body{color:#dfe6ea;background:#14191d}th,td{border-color:#36424b}pre{background:#1e262c}\
svg rect{fill:#5fa8c9}}";

/// Names of a plot; the rest is one bar.
const MOST: usize = 20;

impl Report<'_> {
    /// The page.
    pub fn html(&self) -> String {
        let title = escaped(self.title);
        let mut page = format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head>\
             <body><h1>{title}</h1>\n"
        );
        self.totals(&mut page);
        self.stages(&mut page);
        self.changes(&mut page);
        self.plots(&mut page);
        let _ = writeln!(page, "<h2>Configuration</h2><pre>{}</pre></body></html>", escaped(self.config));
        page
    }

    fn totals(&self, page: &mut String) {
        let (before, after) = (self.before, self.after);
        let rows = [
            ("documents", before.documents, after.documents),
            ("words", before.words, after.words),
            ("characters", before.characters, after.characters),
            ("tokens", before.tokens, after.tokens),
        ];
        // Tokens are counted where a tokenizer is given.
        let rows = rows.into_iter().filter(|(name, count, _)| *name != "tokens" || *count > 0);
        table(
            page,
            &["", "read", "left", "share"],
            rows.map(|(name, before, after)| {
                vec![name.to_owned(), grouped(before), grouped(after), percent(after, before)]
            }),
        );
        let _ = writeln!(
            page,
            "<p>{} kept as they are, {} changed, {} dropped; {} records could not be read.</p>",
            grouped(self.tally.count(Decision::Kept)),
            grouped(self.tally.count(Decision::Changed)),
            grouped(self.tally.count(Decision::Dropped)),
            grouped(self.set_aside),
        );
    }

    fn stages(&self, page: &mut String) {
        page.push_str("<h2>What each filter dropped</h2>\n");
        let stages = self.tally.stages();
        table(
            page,
            &["filter", "saw", "dropped", "share"],
            stages.iter().map(|stage| {
                let share = percent(stage.dropped, stage.seen);
                vec![stage.stage.to_string(), grouped(stage.seen), grouped(stage.dropped), share]
            }),
        );
        let mut reasons: Vec<(String, u64)> = stages
            .iter()
            .flat_map(|stage| {
                stage
                    .reasons
                    .iter()
                    .map(|reason| (format!("{}.{}", stage.stage, reason.rule), reason.documents))
            })
            .collect();
        reasons.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        if !reasons.is_empty() {
            let _ = writeln!(page, "<h2>Reasons, by documents</h2>{}", bars(&reasons));
        }
    }

    fn changes(&self, page: &mut String) {
        let stages = self.tally.stages();
        let mut rows = stages.iter().flat_map(|stage| {
            stage.changes.iter().map(|change| {
                vec![
                    format!("{}.{}", stage.stage, change.rule),
                    grouped(change.documents),
                    grouped(change.places),
                ]
            })
        });
        if let Some(first) = rows.next() {
            page.push_str("<h2>What was changed</h2>\n");
            table(page, &["rule", "documents", "places"], [first].into_iter().chain(rows));
        }
    }

    fn plots(&self, page: &mut String) {
        for (name, statistics) in [("read", self.before), ("left", self.after)] {
            let last = statistics.lengths.iter().rposition(|&count| count > 0).map_or(0, |last| last + 1);
            let lengths: Vec<_> = statistics.lengths[..last]
                .iter()
                .zip(0_u32..)
                .map(|(&count, power)| (length(power), count))
                .collect();
            plot(page, &format!("Words of the documents {name}"), &lengths, columns);
        }
        let after = self.after;
        plot(page, "Languages of the documents left", &names(&after.languages, "unknown"), bars);
        plot(page, "Domains of the documents left", &names(&after.domains, "without an address"), bars);
        let years = match (after.years.first_key_value(), after.years.last_key_value()) {
            // A year without documents has its place too, unless a wrong one lies far off.
            (Some((&first, _)), Some((&last, _))) if last - first < 100 => (first..=last)
                .map(|year| (year.to_string(), after.years.get(&year).copied().unwrap_or_default()))
                .collect(),
            _ => after.years.iter().map(|(year, &count)| (year.to_string(), count)).collect::<Vec<_>>(),
        };
        plot(page, "Years of the documents left", &years, columns);
        plot(page, "Roles on the pages read, by characters", &names(&self.before.roles, ""), bars);
    }
}

/// A plot under its heading; nothing where there is nothing to draw.
fn plot(page: &mut String, heading: &str, rows: &[(String, u64)], draw: fn(&[(String, u64)]) -> String) {
    if !rows.is_empty() {
        let _ = writeln!(page, "<h2>{heading}</h2>{}", draw(rows));
    }
}

/// The commonest names, and the rest.
fn names(names: &Names, unnamed: &str) -> Vec<(String, u64)> {
    let (top, rest) = names.top(MOST);
    let mut rows: Vec<_> = (top.into_iter())
        .map(|(name, count)| (if name.is_empty() { unnamed } else { name }.to_owned(), count))
        .collect();
    if rest > 0 {
        rows.push(("all others".to_owned(), rest));
    }
    rows
}

/// `1k` for 1,024 words, as a bin is called by its least length.
fn length(power: u32) -> String {
    match power {
        0..10 => (1_u64 << power).to_string(),
        10..20 => format!("{}k", 1_u64 << (power - 10)),
        _ => format!("{}M", 1_u64 << (power - 20)),
    }
}

fn table(page: &mut String, head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
    page.push_str("<table>");
    row(page, "th", head);
    rows.into_iter().for_each(|cells| row(page, "td", &cells));
    page.push_str("</table>\n");
}

fn row<T: Display>(page: &mut String, tag: &str, cells: &[T]) {
    page.push_str("<tr>");
    for cell in cells {
        let _ = write!(page, "<{tag}>{}</{tag}>", escaped(&cell.to_string()));
    }
    page.push_str("</tr>");
}

fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.1} %", 100.0 * part as f64 / whole as f64) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Config, Features, Filters, NoFiles, Subject};

    #[test]
    fn a_page_says_what_was_done_and_loads_nothing() {
        let config = Config::parse("[length]\nmin_words = 3\n[personal]").unwrap();
        let filters = Filters::new(&config, &NoFiles).unwrap();
        let mut tally = Tally::new(filters.stages());
        let (mut before, mut after) = (Statistics::default(), Statistics::default());
        for text in ["too short", "write to a@harbour.example soon"] {
            let verdict = filters.judge(Subject::new("a", text));
            tally.add(verdict.decision(), &verdict.notes);
            let features = |text| Features::of(text).metadata(Some("https://a<b.example/"), Some("2020"));
            before.add(&features(text));
            if !verdict.notes.is_dropped() {
                after.add(&features(&verdict.text));
            }
        }
        let config = config.to_toml().unwrap();
        let report = Report {
            title: "Pages",
            tally: &tally,
            before: &before,
            after: &after,
            set_aside: 0,
            config: &config,
        };
        let html = report.html();
        for wanted in [
            "<td>length</td><td>2</td><td>1</td><td>50.0 %</td>",
            "length.min_words",
            "<td>personal.email</td><td>1</td><td>1</td>",
            "a&lt;b.example",
            "min_words = 3",
        ] {
            assert!(html.contains(wanted), "{wanted} is not in {html}");
        }
        assert!(!html.contains("http") && !html.contains("src="), "nothing is loaded");
    }
}
