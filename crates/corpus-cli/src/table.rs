//! A table in aligned columns, or, where the terminal is too narrow for them, a line a value.

use crate::cell::{cut, pad, width, wrap};
use anstyle::Style;

/// How a column lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// Text: filled up on the right.
    Left,
    /// Numbers: filled up on the left.
    Right,
    /// Dates and places, of which a piece says nothing: filled up on the right, and cut by no other column.
    Whole,
}

/// A table in aligned columns, two spaces between them. Where the terminal is too narrow, one column gives way, or
/// all columns of text share what there is.
#[derive(Debug)]
pub(crate) struct Table {
    columns: Vec<(String, Align)>,
    giving_way: usize,
    shared: bool,
    rows: Vec<Vec<(String, Style)>>,
}

/// Least width to which the one column gives way.
const LEAST: usize = 8;
/// Least width to which columns of text give way that share what there is.
const LEAST_SHARED: usize = 12;
/// How many times as wide as other columns of text the one stays that matters most.
const FAVOUR: usize = 2;

impl Table {
    /// An empty table with these column names; `giving_way` is the index of the column that is cut to make it fit.
    pub(crate) fn new(columns: &[(&str, Align)], giving_way: usize) -> Self {
        let columns = columns.iter().map(|(name, align)| ((*name).to_owned(), *align)).collect();
        Table { columns, giving_way, shared: false, rows: Vec::new() }
    }

    /// An empty table of which all columns of text give way, the one at `most` the least. Names of columns take several
    /// lines then, and of a terminal that is narrower still each value has a line of its own.
    pub(crate) fn shared(columns: &[(&str, Align)], most: usize) -> Self {
        Table { shared: true, ..Table::new(columns, most) }
    }

    /// Adds a row, a text and its style for each column.
    pub(crate) fn push(&mut self, row: Vec<(String, Style)>) {
        self.rows.push(row);
    }

    /// Leaves out the column at `index`.
    pub(crate) fn leave_out(&mut self, index: usize) {
        self.columns.remove(index);
        for row in &mut self.rows {
            row.remove(index);
        }
        if self.giving_way > index {
            self.giving_way -= 1;
        }
    }

    /// Number of columns left for the column that gives way, where the table is so many columns wide; no more than it
    /// needs.
    pub(crate) fn room(&self, columns: usize) -> usize {
        self.widths(columns)[self.giving_way]
    }

    /// The lines of the table, the names of the columns first, in at most `columns` columns where its other columns
    /// leave room; styled where `colour` is on.
    pub(crate) fn lines(&self, columns: usize, colour: bool) -> Vec<String> {
        let widths = self.widths(columns);
        if self.shared && sum(&widths) > columns {
            return self.values(columns, colour);
        }
        let names: Vec<Vec<String>> =
            self.columns.iter().zip(&widths).map(|((name, _), columns)| wrap(name, *columns)).collect();
        let n_lines = names.iter().map(Vec::len).max().unwrap_or(0);
        let header = (0..n_lines).map(|line| {
            let name =
                |names: &Vec<String>| (names.get(line).cloned().unwrap_or_default(), Style::new().bold());
            names.iter().map(name).collect()
        });
        let header: Vec<Vec<(String, Style)>> = header.collect();
        header.iter().chain(&self.rows).map(|row| self.line(row, &widths, colour)).collect()
    }

    fn line(&self, row: &[(String, Style)], widths: &[usize], colour: bool) -> String {
        let mut line = String::new();
        let mut blank = 0;
        for (((text, style), (_, align)), columns) in row.iter().zip(&self.columns).zip(widths) {
            let text = cut(text, *columns);
            let fill = columns - width(&text);
            if !text.is_empty() {
                line.push_str(&pad("", blank + if *align == Align::Right { fill } else { 0 }));
                line.push_str(&painted(&text, *style, colour));
                blank = 0;
            }
            blank += 2 + if text.is_empty() || *align != Align::Right { fill } else { 0 };
        }
        line
    }

    /// Each value on lines of its own behind the name of its column, an empty line between two rows.
    fn values(&self, columns: usize, colour: bool) -> Vec<String> {
        let names = self.columns.iter().map(|(name, _)| width(name)).max().unwrap_or(0).min(columns / 2);
        let mut lines = Vec::new();
        for row in &self.rows {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            for ((name, _), (text, style)) in self.columns.iter().zip(row) {
                for (index, text) in wrap(text, columns.saturating_sub(names + 2)).iter().enumerate() {
                    let name = pad(&cut(if index == 0 { name } else { "" }, names), names);
                    if !text.is_empty() {
                        let name = painted(&name, Style::new().bold(), colour);
                        lines.push(format!("{name}  {}", painted(text, *style, colour)));
                    }
                }
            }
        }
        lines
    }

    fn widths(&self, columns: usize) -> Vec<usize> {
        let mut texts = vec![0; self.columns.len()];
        for row in &self.rows {
            for (widest, (text, _)) in texts.iter_mut().zip(row) {
                *widest = width(text).max(*widest);
            }
        }
        let wide = self.columns.iter().zip(&texts).map(|((name, _), text)| width(name).max(*text));
        let mut widths: Vec<usize> = wide.collect();
        if sum(&widths) <= columns {
            return widths;
        }
        if !self.shared {
            let used = sum(&widths);
            if let Some(giving_way) = widths.get_mut(self.giving_way) {
                *giving_way = giving_way.saturating_sub(used.saturating_sub(columns)).max(LEAST);
            }
            return widths;
        }
        let at_most = |most: usize| -> Vec<usize> {
            let of_column = |(index, (name, align)): (usize, &(String, Align))| {
                let word = name.split(' ').map(width).max().unwrap_or(0);
                let most = if index == self.giving_way { FAVOUR * most } else { most };
                match align {
                    Align::Left => texts[index].min(most.max(LEAST_SHARED)).max(word),
                    Align::Right | Align::Whole => texts[index].max(word),
                }
            };
            self.columns.iter().enumerate().map(of_column).collect()
        };
        let widest = (0..=columns).rev().map(at_most).find(|widths| sum(widths) <= columns);
        widest.unwrap_or_else(|| at_most(0))
    }
}

/// Columns of a table whose columns are so wide.
fn sum(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1)
}

fn painted(text: &str, style: Style, colour: bool) -> String {
    if colour && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn harbour() -> Table {
        let mut table =
            Table::new(&[("#", Align::Right), ("title", Align::Left), ("share", Align::Right)], 1);
        for (number, title, share) in
            [("9", "The harbour freezes over again", "7%"), ("10", "Ferries", "100%")]
        {
            table.push([number, title, share].map(|text| (text.to_owned(), Style::new())).into());
        }
        table
    }

    #[test]
    fn columns_align_and_no_line_ends_in_blanks() {
        assert_eq!(
            harbour().lines(80, false),
            [
                " #  title                           share",
                " 9  The harbour freezes over again     7%",
                "10  Ferries                          100%",
            ]
        );
    }

    #[test]
    fn one_column_gives_way() {
        assert_eq!(
            harbour().lines(24, false),
            [" #  title          share", " 9  The harbour…      7%", "10  Ferries         100%"]
        );
        let mut table = harbour();
        table.leave_out(0);
        assert_eq!(table.lines(80, false)[2], "Ferries                          100%");
    }
    #[test]
    fn columns_of_text_share_what_there_is() {
        let mut table = Table::shared(
            &[("what", Align::Left), ("told in", Align::Left), ("times told", Align::Right)],
            0,
        );
        let row = ["The harbour freezes over again", "freeze.txt:1, reprint.txt:20", "7"];
        table.push(row.map(|text| (text.to_owned(), Style::new())).into());
        assert_eq!(
            table.lines(72, false),
            [
                "what                            told in                       times told",
                "The harbour freezes over again  freeze.txt:1, reprint.txt:20           7",
            ]
        );
        assert_eq!(
            table.lines(44, false),
            [
                "what                    told in       times",
                "                                       told",
                "The harbour freezes o…  freeze.txt:…      7",
            ]
        );
        assert_eq!(
            table.lines(26, false)[..4],
            [
                "what        The harbour",
                "            freezes over",
                "            again",
                "told in     freeze.txt:1,"
            ]
        );
    }
}
