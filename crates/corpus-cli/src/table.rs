//! A table in aligned columns.

use crate::cell::{cut, pad, width};
use anstyle::Style;

/// How a column lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// Text: filled up on the right.
    Left,
    /// Numbers: filled up on the left.
    Right,
}

/// A table in aligned columns, two spaces between them. One column gives way where the terminal is too narrow.
#[derive(Debug)]
pub(crate) struct Table {
    columns: Vec<(String, Align)>,
    giving_way: usize,
    rows: Vec<Vec<(String, Style)>>,
}

impl Table {
    /// An empty table with these column names; `giving_way` is the index of the column that is cut to make it fit.
    pub(crate) fn new(columns: &[(&str, Align)], giving_way: usize) -> Self {
        let columns = columns.iter().map(|(name, align)| ((*name).to_owned(), *align)).collect();
        Table { columns, giving_way, rows: Vec::new() }
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
        let header = self.columns.iter().map(|(name, _)| (name.clone(), Style::new().bold())).collect();
        let rows = std::iter::once(&header).chain(&self.rows);
        let widths = self.widths(columns);
        rows.map(|row| {
            let mut line = String::new();
            let mut blank = 0;
            for (((text, style), (_, align)), columns) in row.iter().zip(&self.columns).zip(&widths) {
                let text = cut(text, *columns);
                let fill = columns - width(&text);
                blank += if *align == Align::Right { fill } else { 0 };
                line.push_str(&pad("", blank));
                if colour && !text.is_empty() {
                    line.push_str(&format!("{style}{text}{style:#}"));
                } else {
                    line.push_str(&text);
                }
                blank = 2 + if *align == Align::Left { fill } else { 0 };
            }
            line
        })
        .collect()
    }

    fn widths(&self, columns: usize) -> Vec<usize> {
        let mut widths: Vec<usize> = self.columns.iter().map(|(name, _)| width(name)).collect();
        for row in &self.rows {
            for (widest, (text, _)) in widths.iter_mut().zip(row) {
                *widest = width(text).max(*widest);
            }
        }
        let used = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
        if let Some(giving_way) = widths.get_mut(self.giving_way) {
            *giving_way = giving_way.saturating_sub(used.saturating_sub(columns)).max(8);
        }
        widths
    }
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
}
