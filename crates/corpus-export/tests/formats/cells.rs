//! Cells of tables: no text of a page runs as a formula, whatever stands before it.

use corpus_export::Separated;

fn row(separated: Separated, cell: &str) -> String {
    let mut line = String::new();
    separated.push_row(&mut line, [cell]);
    line
}

#[test]
fn a_formula_behind_blanks_is_text() {
    let formula = "=HYPERLINK(1)";
    for before in ["", " ", "\t", "\r\n", "\u{1}", "\u{a0}", "\u{feff}", " \u{3000} "] {
        for sign in ["=", "+", "-", "@", "＝", "＋", "－", "＠"] {
            let cell = format!("{before}{sign}SUM");
            for separated in [Separated::CSV, Separated::TSV] {
                let guarded = row(separated.guarded(), &cell);
                let first = guarded.trim_start_matches('"').chars().next();
                assert_eq!(first, Some('\''), "{separated:?} {cell:?} {guarded:?}");
            }
        }
    }
    assert_eq!(row(Separated::TSV.guarded(), &format!(" {formula}")), format!("'{formula}"));
    assert_eq!(row(Separated::TSV, &format!(" {formula}")), formula);
}

#[test]
fn numbers_stay_numbers() {
    for (cell, tabbed) in [("-3", "-3"), (" -3.5 ", "-3.5"), ("+7", "+7"), ("1-2", "1-2"), ("", "")] {
        assert_eq!(row(Separated::TSV.guarded(), cell), tabbed);
        assert_eq!(row(Separated::CSV.guarded(), cell), cell);
    }
}
