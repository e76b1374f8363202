//! Characters that XML 1.0 has no place for: feeds, sitemaps and letters that carry one are
//! read by nobody.

use std::borrow::Cow;

/// Whether a character may stand in XML (XML 1.0, fifth edition, 2.2).
fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// A text without the characters that XML forbids: the control characters below a space but
/// tab and line ends, U+FFFE and U+FFFF.
pub fn without_forbidden(text: &str) -> Cow<'_, str> {
    if text.chars().all(allowed) { Cow::Borrowed(text) } else { text.chars().filter(|c| allowed(*c)).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_is_taken_out_and_nothing_else() {
        assert_eq!(without_forbidden("a\0b\u{b}c\u{1f}d\u{fffe}e\u{ffff}f"), "abcdef");
        let fine = "a\tb\r\nc é 漢 \u{7f}\u{85}\u{fffd}\u{10000}\u{10ffff}";
        assert!(matches!(without_forbidden(fine), Cow::Borrowed(text) if text == fine));
    }
}
