//! The form of one shortcode tag: brackets, name, attributes. What it means is for
//! [`super::shortcodes`] to say.

use std::borrow::Cow;

use super::lexer::lowercase;

/// One `[…]` that has the form of a shortcode tag.
#[derive(Debug)]
pub struct ShortTag<'a> {
    /// In small letters.
    pub name: Cow<'a, str>,
    /// Key, if there was one, and value, undecoded.
    pub attrs: Vec<(Option<&'a str>, &'a str)>,
    /// `[/name]`.
    pub closing: bool,
    /// Whether a value stood in quotes: prose in brackets has no such thing.
    pub quoted: bool,
    /// Written with a doubled bracket in front.
    pub guard_before: bool,
    /// Written with a doubled bracket behind.
    pub guard_behind: bool,
    /// All of it, guards included.
    pub source: &'a str,
}

/// Reads one shortcode tag at the start of `rest`, which starts with `[`. If there is none: how
/// many bytes were looked at.
pub fn parse_tag(rest: &str) -> Result<ShortTag<'_>, usize> {
    let bytes = rest.as_bytes();
    let guard_before = bytes.get(1) == Some(&b'[');
    let mut at = if guard_before { 2 } else { 1 };
    let closing = bytes.get(at) == Some(&b'/');
    at += usize::from(closing);
    let name_len = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
    let name = &rest[at..at + name_len];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || name_len > 60 {
        return Err(at + name_len);
    }
    at += name_len;
    match bytes.get(at) {
        Some(b']' | b'/' | b'=') => {}
        Some(b) if b.is_ascii_whitespace() => {}
        _ => return Err(at),
    }
    let mut attrs = Vec::new();
    let mut quoted = false;
    loop {
        at += bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        match bytes.get(at) {
            None | Some(b'[' | b'<') => return Err(at),
            Some(b']') => break,
            // `[name/]`, `[youtube=address]`, a stray `>`.
            Some(b'/') if bytes.get(at + 1) == Some(&b']') => {
                at += 1;
                continue;
            }
            Some(b'=' | b'>') => {
                at += 1;
                continue;
            }
            Some(_) => {}
        }
        let key_len = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
        let spaces = bytes[at + key_len..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let mut key = None;
        if key_len > 0 && bytes.get(at + key_len + spaces) == Some(&b'=') {
            key = Some(&rest[at..at + key_len]);
            at += key_len + spaces + 1;
            at += bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        }
        let value = match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                let Some(len) = bytes[at + 1..].iter().position(|b| b == quote) else {
                    return Err(bytes.len());
                };
                quoted |= key.is_some();
                let value = &rest[at + 1..at + 1 + len];
                at += len + 2;
                value
            }
            _ => {
                let len = bytes[at..]
                    .iter()
                    .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b']' | b'[' | b'<'))
                    .count();
                let value = &rest[at..at + len];
                at += len;
                // Word processors turn the quotes round.
                value.trim_matches(['“', '”', '″', '‘', '’'])
            }
        };
        if attrs.len() < 64 {
            attrs.push((key, value));
        }
    }
    at += 1;
    let guard_behind = bytes.get(at) == Some(&b']') && (guard_before || closing);
    at += usize::from(guard_behind);
    Ok(ShortTag { name: lowercase(name), attrs, closing, quoted, guard_before, guard_behind, source: &rest[..at] })
}
