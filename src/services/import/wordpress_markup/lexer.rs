//! Cuts post content into text, tags, comments and shortcode tags.
//!
//! Owns the lowest level: what is a tag and what is just a `<`. Never fails: whatever does not
//! parse is text. Scripts, style sheets and what stands inside an iframe are left out here, they
//! have no place in an article. Runs in linear time: see [`Lexer::spend`].

use std::borrow::Cow;

use super::shorttag::{ShortTag, parse_tag};

/// Attributes in order; values undecoded, as they stood in the source.
pub type Attrs<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// One piece of the source.
#[derive(Debug)]
pub enum Token<'a> {
    /// Text, references undecoded.
    Text(Cow<'a, str>),
    /// `<name …>`; `empty` if written `<name … />`.
    Open { name: Cow<'a, str>, attrs: Attrs<'a>, empty: bool },
    /// `</name>`.
    Close(Cow<'a, str>),
    /// What stands between `<!--` and `-->`.
    Comment(&'a str),
    /// `[name …]` or `[/name]`, to be judged by [`super::shortcodes::expand`].
    Short(ShortTag<'a>),
}

/// Cuts `source` into tokens; shortcode tags are recognised only when asked for.
pub fn lex(source: &str, with_shortcodes: bool) -> Vec<Token<'_>> {
    let mut lexer = Lexer {
        source,
        at: 0,
        text_from: 0,
        tokens: Vec::new(),
        budget: source.len().saturating_mul(64),
        verbatim: 0,
        no_comment_end: false,
        no_end: Vec::new(),
    };
    lexer.run(with_shortcodes);
    lexer.tokens
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    text_from: usize,
    tokens: Vec<Token<'a>>,
    /// Bytes that may still be looked at in vain.
    budget: usize,
    /// How many `pre` and `code` elements are open: shortcodes in them are examples.
    verbatim: usize,
    /// A search for `-->` has failed, and so will every later one.
    no_comment_end: bool,
    /// The same for the end tags of elements whose content is no markup.
    no_end: Vec<Cow<'a, str>>,
}

impl<'a> Lexer<'a> {
    fn run(&mut self, with_shortcodes: bool) {
        let bytes = self.source.as_bytes();
        while let Some(step) = bytes[self.at..].iter().position(|b| matches!(b, b'<' | b'[')) {
            self.at += step;
            let found = match bytes[self.at] {
                b'<' => self.markup(),
                _ if with_shortcodes && self.verbatim == 0 => self.shortcode(),
                _ => None,
            };
            match found {
                Some(end) => {
                    self.at = end;
                    self.text_from = end;
                }
                None => self.at += 1,
            }
        }
        self.text(self.source.len());
    }

    /// Puts out the text gathered so far. `to` is where an ASCII byte or the end stands.
    fn text(&mut self, to: usize) {
        if self.text_from < to {
            self.tokens.push(Token::Text(Cow::Borrowed(&self.source[self.text_from..to])));
        }
    }

    /// Whether `cost` more bytes may be thrown away on something that turned out not to parse.
    /// Hostile input such as `<a "<a "…` would otherwise be read once per `<`.
    fn spend(&mut self, cost: usize) -> bool {
        let enough = self.budget > 0;
        self.budget = self.budget.saturating_sub(cost);
        enough
    }

    /// Something starting with `<`; gives where it ends.
    fn markup(&mut self) -> Option<usize> {
        let (start, rest) = (self.at, &self.source[self.at..]);
        if let Some(body) = rest.strip_prefix("<!--") {
            if self.no_comment_end {
                return None;
            }
            let Some(len) = body.find("-->") else {
                self.no_comment_end = true;
                return None;
            };
            self.text(start);
            self.tokens.push(Token::Comment(&body[..len]));
            return Some(start + 4 + len + 3);
        }
        let close = rest.starts_with("</");
        let name_at = if close { 2 } else { 1 };
        let name_len = rest.bytes().skip(name_at).take_while(|b| is_name_byte(*b)).count();
        let name = &rest[name_at..name_at + name_len];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || name.len() > 40 {
            return None;
        }
        if self.budget == 0 {
            return None;
        }
        let (attrs, empty, len) = match attributes(&rest[name_at + name_len..]) {
            Ok(read) => read,
            Err(looked_at) => {
                self.spend(looked_at);
                return None;
            }
        };
        let end = start + name_at + name_len + len;
        let name = lowercase(name);
        self.text(start);
        if close {
            if matches!(&*name, "pre" | "code") {
                self.verbatim = self.verbatim.saturating_sub(1);
            }
            self.tokens.push(Token::Close(name));
            return Some(end);
        }
        if matches!(&*name, "pre" | "code") && !empty {
            self.verbatim += 1;
        }
        if !matches!(&*name, "script" | "style" | "iframe" | "textarea" | "title") || empty {
            self.tokens.push(Token::Open { name, attrs, empty });
            return Some(end);
        }
        Some(self.raw_element(name, attrs, end))
    }

    /// An element whose content is no markup; `from` is where that content starts.
    fn raw_element(&mut self, name: Cow<'a, str>, attrs: Attrs<'a>, from: usize) -> usize {
        let rest = &self.source[from..];
        let mut len = rest.len();
        let mut looked = if self.no_end.contains(&name) { rest.len() } else { 0 };
        while let Some(step) = rest[looked..].find("</") {
            let close = looked + step;
            let after = rest.as_bytes().get(close + 2..).unwrap_or_default();
            if after.len() >= name.len()
                && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
                && after.get(name.len()).is_none_or(|b| !is_name_byte(*b))
            {
                len = close;
                break;
            }
            looked = close + 2;
        }
        let end = match rest[len..].find('>') {
            Some(bracket) => from + len + bracket + 1,
            // Never closed: an unfinished script swallows the rest, as in a browser; other
            // content is worth keeping.
            None if matches!(&*name, "script" | "style") => self.source.len(),
            None => {
                if !self.no_end.contains(&name) {
                    self.no_end.push(name.clone());
                }
                self.tokens.push(Token::Open { name, attrs, empty: true });
                return from;
            }
        };
        if matches!(&*name, "textarea" | "title") {
            self.tokens.push(Token::Open { name: name.clone(), attrs, empty: false });
            self.tokens.push(Token::Text(Cow::Borrowed(&rest[..len])));
            self.tokens.push(Token::Close(name));
        } else if &*name == "iframe" {
            self.tokens.push(Token::Open { name, attrs, empty: true });
        }
        end
    }

    /// Something starting with `[`; gives where it ends.
    fn shortcode(&mut self) -> Option<usize> {
        let start = self.at;
        if self.budget == 0 {
            return None;
        }
        match parse_tag(&self.source[start..]) {
            Ok(tag) => {
                let end = start + tag.source.len();
                self.text(start);
                self.tokens.push(Token::Short(tag));
                Some(end)
            }
            Err(looked_at) => {
                self.spend(looked_at);
                None
            }
        }
    }
}

fn is_name_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'-' | b':')
}

/// The name in small letters, borrowed where it already is.
pub fn lowercase(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// Reads attributes up to and with `>`: the attributes, whether the tag ended in `/>`, and the
/// length read. If there is no such `>`: how many bytes were looked at.
fn attributes(rest: &str) -> Result<(Attrs<'_>, bool, usize), usize> {
    let bytes = rest.as_bytes();
    let mut attrs: Attrs<'_> = Vec::new();
    let mut at = 0;
    let mut empty = false;
    loop {
        match bytes.get(at) {
            None | Some(b'<') => return Err(at),
            Some(b'>') => return Ok((attrs, empty, at + 1)),
            Some(b'/') => {
                empty = true;
                at += 1;
                continue;
            }
            Some(b) if b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'=') => {
                at += 1;
                continue;
            }
            Some(_) => empty = false,
        }
        let name_len = run_length(&bytes[at..], |b| matches!(b, b'=' | b'>' | b'/' | b'<' | b'"' | b'\''));
        // Every stop byte is ASCII, so `at` and `at + name_len` are char boundaries.
        let name = &rest[at..at + name_len];
        at += name_len;
        let spaces = bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let mut value = "";
        if bytes.get(at + spaces) == Some(&b'=') {
            at += spaces + 1;
            at += bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
            value = match bytes.get(at) {
                Some(quote @ (b'"' | b'\'')) => {
                    let Some(len) = bytes[at + 1..].iter().position(|b| b == quote) else {
                        return Err(bytes.len());
                    };
                    let value = &rest[at + 1..at + 1 + len];
                    at += len + 2;
                    value
                }
                _ => {
                    let len = run_length(&bytes[at..], |b| matches!(b, b'>' | b'<'));
                    // `<a href=/x/>`: the slash belongs to the value, `<br class=x />` has a space.
                    let value = &rest[at..at + len];
                    at += len;
                    value
                }
            };
        }
        let plain = name.bytes().all(|b| is_name_byte(b) || matches!(b, b'_' | b'.'));
        if plain && !name.is_empty() && attrs.len() < 64 {
            attrs.push((lowercase(name), Cow::Borrowed(value)));
        }
    }
}

/// How many bytes stand before white space or a byte that `stops`.
fn run_length(bytes: &[u8], stops: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|b| !b.is_ascii_whitespace() && !stops(**b)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_tag_is_text() {
        for text in ["a < b", "<3", "<", "</", "<é>", "<a href=\"x", "<!-- open", "5 < 6 > 4"] {
            let tokens = lex(text, true);
            assert!(matches!(&tokens[..], [Token::Text(t)] if t == text), "{text}: {tokens:?}");
        }
    }

    #[test]
    fn attributes_in_every_spelling() {
        let tokens = lex("<IMG SRC='a b' alt=\"x>y\" hidden width=5 / >", true);
        let [Token::Open { name, attrs, empty }] = &tokens[..] else { panic!("{tokens:?}") };
        assert_eq!((&**name, *empty), ("img", true));
        let flat: Vec<_> = attrs.iter().map(|(n, v)| (&**n, &**v)).collect();
        assert_eq!(flat, [("src", "a b"), ("alt", "x>y"), ("hidden", ""), ("width", "5")]);
    }

    #[test]
    fn scripts_vanish_and_text_areas_stay_text() {
        let tokens = lex("<script>if (a</b/.test(x)) [gallery]</SCRIPT ><textarea><b></textarea>", true);
        assert!(matches!(&tokens[..], [Token::Open { .. }, Token::Text(t), Token::Close(_)] if t == "<b>"));
    }
}
