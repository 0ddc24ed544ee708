//! A row of a table: its short cells on one line, parted by tabs.

use crate::{
    html::{page::Page, tag::Tag},
    span::Span,
};

/// A cell of a row.
pub(super) struct Cell {
    /// Its first line, and the line behind its last.
    pub(super) lines: (usize, usize),
    /// Number of columns and of rows that it takes; 0 where it does not say.
    pub(super) spans: (u16, u16),
}

/// The lines of each column of a row: a cell that takes several columns stands in the first, one of a row above in none.
/// `taken` are the rows that each column is still taken for; without it, each cell is a column.
pub(super) fn columns(cells: &[Cell], taken: Option<&mut Vec<u16>>) -> Vec<(usize, usize)> {
    /// Most columns of a cell, and of a table in which cells are taken to be in rows below.
    const MOST: (u16, usize) = (32, 64);
    let Some(taken) = taken else { return cells.iter().map(|cell| cell.lines).collect() };
    let mut columns: Vec<(usize, usize)> = Vec::with_capacity(cells.len());
    let is_taken = |taken: &mut Vec<u16>, at: usize| {
        let rows = taken.get_mut(at).filter(|rows| **rows > 0);
        rows.map(|rows| *rows -= 1).is_some()
    };
    for cell in cells {
        while is_taken(taken, columns.len()) {
            columns.push((cell.lines.0, cell.lines.0));
        }
        for nth in 0..cell.spans.0.clamp(1, MOST.0) {
            let at = columns.len();
            if cell.spans.1 > 1 && at < MOST.1 {
                taken.resize(taken.len().max(at + 1), 0);
                taken[at] = cell.spans.1 - 1;
            }
            columns.push(if nth == 0 { cell.lines } else { (cell.lines.1, cell.lines.1) });
        }
    }
    let end = cells.last().map_or(0, |cell| cell.lines.1);
    while !cells.is_empty() && is_taken(taken, columns.len()) {
        columns.push((end, end));
    }
    columns
}

impl Page {
    /// Makes one line of a table row whose cells, `n_cells` in the source, are short; a table that lays out a page keeps its lines.
    ///
    /// Gives the number of bytes by which the text has grown.
    pub(super) fn join_row(&mut self, cells: &[(usize, usize)], n_cells: usize, is_table: bool) -> usize {
        /// Longest row, and longest cell, in characters.
        const LONGEST: (u32, u32) = (1000, 300);
        let filled = cells.iter().filter(|(from, to)| from < to).count();
        let (Some(&(first, _)), Some(&(_, last))) = (cells.first(), cells.last()) else { return 0 };
        let lines = &self.lines[first.min(last)..last];
        let fits = is_table
            && filled > 1
            && lines.iter().map(|line| line.markup.chars).sum::<u32>() <= LONGEST.0
            && cells.iter().all(|&(from, to)| {
                // Rows of a table within one that has no end may leave fewer lines than a cell began behind.
                (from..=from + 4).contains(&to)
                    && self.lines[from..to].iter().map(|line| line.markup.chars).sum::<u32>() <= LONGEST.1
            })
            && lines.iter().all(|line| {
                line.markup.cells.0 == line.markup.cells.1
                    && line.markup.level == 0
                    && !self.text[line.span].contains('\n')
            });
        if !fits {
            return 0;
        }
        let mut added = 0;
        // How many cells there are from the one behind up to the next that is not empty.
        let mut tabs = 0;
        for &(from, to) in cells.iter().rev() {
            if from == to {
                tabs += usize::from(tabs > 0);
                continue;
            }
            for line in from + 1..to {
                self.fill_gap(line, " ");
            }
            if to < last {
                added += self.part_by_tabs(to, tabs);
            }
            tabs = 1;
        }
        // The tabs of empty cells at the ends of the row stand around its line.
        let is_empty = |cell: &&(usize, usize)| cell.0 >= cell.1;
        let lead = cells.iter().take_while(is_empty).count();
        let start = self.lines[first].span.start;
        self.insert_tabs(start, first, lead);
        let trail = cells.iter().rev().take_while(is_empty).count();
        self.text.push_str(&"\t".repeat(trail));
        let first_cell = self.cells.len() as u32;
        // An empty cell stands between the tabs of its neighbours; at an end of the row, where the row begins or ends.
        let mut at = self.lines[first].span.start;
        let mut has_text = false;
        for &(from, to) in cells {
            let cell = match self.lines.get(from..to) {
                Some([only]) => only.span,
                Some([start, .., end]) => Span::new(start.span.start, end.span.end),
                _ => {
                    at += usize::from(has_text && to < last);
                    Span::new(at, at)
                }
            };
            has_text |= from < to;
            at = cell.end;
            self.cells.push(cell);
        }
        let row = self.lines.split_off(first);
        let (Some(start), Some(end)) = (row.first(), row.last()) else { return added + lead };
        let span = Span::new(start.span.start, end.span.end);
        let mut line = start.clone();
        line.span = span;
        line.origin.end = end.origin.end.max(line.origin.end);
        let markup = &mut line.markup;
        markup.element = Tag::Tr;
        markup.cells = (first_cell, self.cells.len() as u32);
        markup.n_cells = n_cells.min(255) as u8;
        markup.chars = (self.text[span].chars().count() - added) as u32;
        markup.link_chars = row.iter().map(|line| line.markup.link_chars).sum();
        for other in &row {
            markup.inline = markup.inline.and(other.markup.inline);
            markup.inline_some = markup.inline_some.with(other.markup.inline_some);
            markup.pieces = markup.pieces.with(other.markup.pieces).with(other.markup.own);
        }
        self.lines.push(line);
        added + lead
    }

    /// Puts so many tabs in place of the line feed before a line; gives the number of bytes by which the text has grown.
    fn part_by_tabs(&mut self, line: usize, tabs: usize) -> usize {
        self.fill_gap(line, "\t");
        let added = tabs.saturating_sub(1);
        self.insert_tabs(self.lines[line - 1].span.end + 1, line, added);
        added
    }

    /// Puts tabs at a place in the text, which is before a line and behind the one above.
    fn insert_tabs(&mut self, at: usize, line: usize, added: usize) {
        if added > 0 {
            self.text.insert_str(at, &"\t".repeat(added));
            let moved = |span: Span| Span::new(span.start + added, span.end + added);
            self.lines[line..].iter_mut().for_each(|line| line.span = moved(line.span));
            for link in self.links.iter_mut().rev().take_while(|link| link.span.start >= at) {
                link.span = moved(link.span);
            }
            for field in self.fields.iter_mut().rev().take_while(|field| field.text.start >= at) {
                field.text = moved(field.text);
            }
        }
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
        assert_eq!(page.text, "a\tb\nc\t\td e");
        let (from, to) = page.lines[1].markup.cells;
        let cells: Vec<&str> =
            page.cells[from as usize..to as usize].iter().map(|&cell| &page.text[cell]).collect();
        assert_eq!(cells, ["c", "", "d e"]);
    }

    #[test]
    fn columns_stay_where_cells_are_empty_or_wide_or_high() {
        let source = "<table><tr><td><td>a<td><td><td><a href=x>b</a><td><tr><td rowspan=2>c<td colspan=2>d<td>e<tr><td>f<td>g<td><i>h</i></table>";
        let page = render(source, false);
        assert_eq!(page.text, "\ta\t\t\tb\t\nc\td\t\te\n\tf\tg\th");
        assert_eq!(&page.text[page.lines[2].span], "f\tg\th");
        assert_eq!(&page.text[page.links[0].span], "b");
        let rows: Vec<Vec<&str>> = page
            .lines
            .iter()
            .map(|line| {
                let (from, to) = line.markup.cells;
                page.cells[from as usize..to as usize].iter().map(|&cell| &page.text[cell]).collect()
            })
            .collect();
        assert_eq!(rows, [vec!["", "a", "", "", "b", ""], vec!["c", "d", "", "e"], vec!["", "f", "g", "h"]]);
    }

    #[test]
    fn cells_that_span_what_is_not_there_are_bounded() {
        let page = render(&"<table><tr><td colspan=900 rowspan=900>a<td>b".repeat(2000), false);
        assert!(page.cells.len() < 2 * 2000 * 45 / 8, "{}", page.cells.len());
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
