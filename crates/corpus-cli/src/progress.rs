//! The progress bar: how much is read, how fast, how long still. On standard error, where that is a terminal.

use crate::{console::Console, stream::Screen};
use corpus_read::Records;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// A bar of bytes read, or, where nobody looks at standard error or the screen is taken, nothing.
pub(crate) fn bar(console: &mut Console, records: &mut Records, screen: Screen) -> ProgressBar {
    if screen == Screen::Taken || !is_seen(console) {
        return ProgressBar::hidden();
    }
    records.measure();
    let total = records.progress().total_bytes();
    let template = match total {
        Some(_) => "{bar:24} {percent:>3}%  {bytes} of {total_bytes}  {bytes_per_sec}  {eta} left",
        None => "{spinner} {bytes}  {bytes_per_sec}  {elapsed}",
    };
    drawn(console, total, template)
}

/// A bar of steps, with what is done in them; where nobody looks at standard error, nothing.
pub(crate) fn steps(console: &mut Console, what: &str) -> ProgressBar {
    match is_seen(console) {
        true => drawn(console, None, &format!("{{bar:24}} {{percent:>3}}%  {what}, step {{pos}} of {{len}}")),
        false => ProgressBar::hidden(),
    }
}

fn is_seen(console: &Console) -> bool {
    !console.is_quiet() && std::io::stderr().is_terminal()
}

fn drawn(console: &mut Console, total: Option<u64>, template: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(10));
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("━╸ "));
    }
    console.attach(&bar);
    bar
}
