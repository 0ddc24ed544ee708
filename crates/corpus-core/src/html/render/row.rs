//! A row of a table: its short cells on one line, parted by tabs.

use crate::{
    html::{page::Page, tag::Tag},
    span::Span,
};

impl Page {
    /// Makes one line of a table row whose cells are short; a table that lays out a page keeps its lines.
    pub(super) fn join_row(&mut self, cells: &[(usize, usize)], is_table: bool) {
        /// Longest row, and longest cell, in characters.
        const LONGEST: (u32, u32) = (1000, 300);
        let filled = cells.iter().filter(|(from, to)| from < to).count();
        let (Some(&(first, _)), Some(&(_, last))) = (cells.first(), cells.last()) else { return };
        let lines = &self.lines[first.min(last)..last];
        let fits = is_table
            && filled > 1
            && lines.iter().map(|line| line.markup.chars).sum::<u32>() <= LONGEST.0
            && cells.iter().all(|&(from, to)| {
                to - from <= 4
                    && self.lines[from..to].iter().map(|line| line.markup.chars).sum::<u32>() <= LONGEST.1
            })
            && lines.iter().all(|line| {
                line.markup.cells.0 == line.markup.cells.1
                    && line.markup.level == 0
                    && !self.text[line.span].contains('\n')
            });
        if !fits {
            return;
        }
        let first_cell = self.cells.len() as u32;
        for &(from, to) in cells {
            let at = self.lines.get(from).map_or(self.text.len(), |line| line.span.start);
            let cell = match self.lines.get(from..to) {
                Some([only]) => only.span,
                Some([start, .., end]) => Span::new(start.span.start, end.span.end),
                _ => Span::new(at, at),
            };
            self.cells.push(cell);
            for line in from + 1..to {
                self.fill_gap(line, " ");
            }
            if from > first && from < to {
                self.fill_gap(from, "\t");
            }
        }
        let row = self.lines.split_off(first);
        let (Some(start), Some(end)) = (row.first(), row.last()) else { return };
        let span = Span::new(start.span.start, end.span.end);
        let mut line = start.clone();
        line.span = span;
        line.origin.end = end.origin.end.max(line.origin.end);
        let markup = &mut line.markup;
        markup.element = Tag::Tr;
        markup.cells = (first_cell, self.cells.len() as u32);
        markup.chars = self.text[span].chars().count() as u32;
        markup.link_chars = row.iter().map(|line| line.markup.link_chars).sum();
        for other in &row {
            markup.inline = markup.inline.and(other.markup.inline);
            markup.inline_some = markup.inline_some.with(other.markup.inline_some);
            markup.pieces = markup.pieces.with(other.markup.pieces).with(other.markup.own);
        }
        self.lines.push(line);
    }

    /// Replaces the line feed before a line by a character of the same length.
    fn fill_gap(&mut self, line: usize, with: &str) {
        let (Some(before), Some(line)) = (self.lines.get(line - 1), self.lines.get(line)) else {
            return;
        };
        let end = before.span.end;
        debug_assert!(end < line.span.start, "lines are parted");
        if self.text[end..].starts_with('\n') {
            self.text.replace_range(end..end + 1, with);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::html::render::{render, tests::lines};

    #[test]
    fn a_row_of_short_cells_is_one_line() {
        let page = render("<table><tr><th>a<th>b<tr><td>c<td><td><p>d</p><p>e</p></table>", false);
        assert_eq!(page.text, "a\tb\nc\td e");
        let (from, to) = page.lines[1].markup.cells;
        let cells: Vec<&str> =
            page.cells[from as usize..to as usize].iter().map(|&cell| &page.text[cell]).collect();
        assert_eq!(cells, ["c", "", "d e"]);
    }

    #[test]
    fn a_cell_in_a_formula_is_none() {
        let page = render("<table>x<td>a<td>b<math>c<td>", false);
        for line in &page.lines {
            let (from, to) = line.markup.cells;
            assert!(page.cells[from as usize..to as usize].iter().all(|&cell| line.span.contains(cell)));
        }
    }

    #[test]
    fn a_table_that_lays_out_a_page_keeps_its_lines() {
        let long = "word ".repeat(100);
        assert_eq!(lines(&format!("<table><tr><td>a<td><p>{long}<p>b</table>")).len(), 3);
    }
}
