//! The tint of each role on a terminal.

use anstyle::{AnsiColor, Style};
use corpus_core::Role;

/// What fades into the background: furniture, reasons, what is missing.
pub(crate) const DIM: Style = Style::new().dimmed();
/// What leads: names and titles.
pub(crate) const BOLD: Style = Style::new().bold();

/// The tint of a role: the article's text bright, what stands around it in colour, furniture dim.
pub(crate) fn tint(role: Role) -> Style {
    match role {
        Role::Title => AnsiColor::Green.on_default().bold(),
        Role::Standfirst => AnsiColor::Green.on_default(),
        Role::Heading => BOLD,
        Role::Quote => Style::new().italic(),
        Role::Kicker | Role::Byline | Role::Timestamp | Role::Status => AnsiColor::Cyan.on_default(),
        Role::Caption | Role::Credit => AnsiColor::Magenta.on_default(),
        Role::SourceNote | Role::Disclaimer => AnsiColor::Yellow.on_default(),
        Role::CommentAuthor => AnsiColor::BrightBlue.on_default().bold(),
        Role::Comment => AnsiColor::BrightBlue.on_default(),
        role if role.is_furniture() => DIM,
        _ => Style::new(),
    }
}
