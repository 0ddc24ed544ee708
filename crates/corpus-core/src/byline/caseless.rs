//! Names in scripts without capitals: Chinese, Japanese and Korean, which set no spaces within a name.

/// Posts that follow a name, with or without a space.
const POSTS: &[&str] = &[
    "선임기자",
    "전문기자",
    "기자",
    "특파원",
    "논설위원",
    "記者",
    "記者団",
    "特派員",
    "记者",
    "特约记者",
    "编辑",
];

/// Longest name, in characters, and longest line that is a name and its post.
const LONGEST: usize = 6;
const LONGEST_LINE: usize = 16;

/// Whether a letter is one of those of which few make a name.
fn is_east_asian(letter: char) -> bool {
    matches!(letter,
        '\u{3005}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// The name that a word is, without the post behind it.
pub(super) fn name(word: &str) -> Option<&str> {
    let word = word.trim_matches(['：', ':', '、', '，', ',', '（', '）', '。']);
    let name = POSTS.iter().find_map(|post| word.strip_suffix(post)).unwrap_or(word);
    let n_letters = name.chars().count();
    ((2..=LONGEST).contains(&n_letters) && name.chars().all(is_east_asian)).then_some(name)
}

/// Whether a line is a name and the post of who writes, and nothing else.
pub(crate) fn is_signed(line: &str) -> bool {
    if line.is_ascii() || line.chars().nth(LONGEST_LINE).is_some() {
        return false;
    }
    let line = line.trim_matches(['【', '】', '[', ']', '（', '）', '(', ')', '=', ' ']);
    let Some(rest) = POSTS.iter().find_map(|post| line.strip_suffix(post)) else { return false };
    let mut words = rest.split_whitespace();
    words.next_back().is_some_and(|word| name(word).is_some()) && words.next().is_none()
}

/// Whether a line is two to six words of a script without capitals, no sentence: what a label of authors leads to.
pub(crate) fn is_names(line: &str) -> bool {
    let n_words = line.split_whitespace().count();
    (1..=6).contains(&n_words)
        && line.chars().nth(48).is_none()
        && !line.contains(|c: char| c.is_numeric() || c.is_lowercase() || matches!(c, '.' | '。' | '؟' | '!'))
        && line.chars().any(|c| c.is_alphabetic() && !c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::{is_names, is_signed, name};

    #[test]
    fn a_post_behind_a_name_is_cut() {
        assert_eq!(name("김민수"), Some("김민수"));
        assert_eq!(name("김민수기자"), Some("김민수"));
        assert_eq!(name("Ana"), None);
    }

    #[test]
    fn a_signed_line_is_a_name_and_a_post() {
        assert!(is_signed("김민수 기자") && is_signed("【李明记者】") && is_signed("朝日太郎記者"));
        assert!(!is_signed("기자") && !is_signed("서울시 오늘 발표 기자") && !is_signed("By Ana"));
    }

    #[test]
    fn a_line_of_names_is_no_sentence() {
        assert!(is_names("كتب خالد العلوي") && is_names("作者：张三"));
        assert!(!is_names("By Ana Meier") && !is_names("كتب الرئيس على صفحته في الشبكة أن الميناء سيفتح."));
    }
}
