//! The parser of HTML: pages as browsers read them, broken ones included.

mod entity;
mod entity_table;
mod lookup;
mod marks;
mod page;
mod render;
mod stack;
mod tag;
mod tokenizer;
mod words;

/// Dump lines.
pub fn dump(source: &str) -> String {
    let page = render::render(source, false);
    let mut out = String::new();
    for line in &page.lines {
        out += &format!("{:?} {:?}\n", &page.text[line.span], line.markup);
    }
    out
}
/// Text.
pub fn text(source: &str) -> usize {
    render::render(source, false).text.len()
}
