//! HTML character references: decoding them, and escaping text and attribute values.
//!
//! Owns a table of the Latin-1, Greek and punctuation names, which is what editors emit; a name
//! outside it stays as it stands, so nothing is lost, only undecoded.

use std::borrow::Cow;

/// Names of U+00A0..=U+00FF in order.
const LATIN1: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg \
macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest \
Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig \
agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml \
eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// Names of U+0391..=U+03A9 in order; "-" marks the unassigned code point. Small letters follow
/// 0x20 above, under the same name with a small initial.
const GREEK: &str = "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi \
Omicron Pi Rho - Sigma Tau Upsilon Phi Chi Psi Omega";

/// Everything else worth knowing.
const OTHERS: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("fnof", 'ƒ'),
    ("circ", 'ˆ'),
    ("tilde", '˜'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("bull", '•'),
    ("hellip", '…'),
    ("permil", '‰'),
    ("prime", '′'),
    ("Prime", '″'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("euro", '€'),
    ("trade", '™'),
    ("larr", '←'),
    ("uarr", '↑'),
    ("rarr", '→'),
    ("darr", '↓'),
    ("harr", '↔'),
    ("minus", '−'),
    ("infin", '∞'),
    ("asymp", '≈'),
    ("ne", '≠'),
    ("le", '≤'),
    ("ge", '≥'),
    ("radic", '√'),
    ("sum", '∑'),
    ("part", '∂'),
    ("hearts", '♥'),
    ("check", '✓'),
    ("sigmaf", 'ς'),
    ("lbrack", '['),
    ("rbrack", ']'),
];

/// Windows-1252 characters that browsers show for the C1 range 0x80..=0x9F.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The longest reference looked for, without `&` and `;`: bounds the search behind each `&`.
const LONGEST: usize = 12;

/// The character a reference such as `eacute`, `#233` or `#xE9` stands for.
pub fn resolve(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16),
            None => (number, 10),
        };
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let code = u32::from_str_radix(digits, radix).ok()?;
        if let Some(shown) = code.checked_sub(0x80).and_then(|at| WINDOWS.get(usize::try_from(at).ok()?)) {
            return Some(*shown);
        }
        return Some(match char::from_u32(code) {
            // Controls are illegal in HTML and XML alike.
            Some(c) if c == '\t' || c == '\n' || !c.is_control() => c,
            Some(_) => ' ',
            None => char::REPLACEMENT_CHARACTER,
        });
    }
    if let Some((_, found)) = OTHERS.iter().find(|(known, _)| *known == name) {
        return Some(*found);
    }
    if let Some(at) = LATIN1.split_ascii_whitespace().position(|n| n == name) {
        return char::from_u32(0xA0 + u32::try_from(at).ok()?);
    }
    let at = GREEK.split_ascii_whitespace().position(|n| n.eq_ignore_ascii_case(name))?;
    let small = if name.starts_with(|c: char| c.is_ascii_lowercase()) { 0x20 } else { 0 };
    char::from_u32(0x391 + small + u32::try_from(at).ok()?)
}

/// Replaces every known reference; unknown ones and lone ampersands stay.
pub fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        // `find` of an ASCII character gives a char boundary, and so does the byte behind it.
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.bytes().take(LONGEST + 1).position(|b| b == b';');
        match end.and_then(|end| Some((end, resolve(&rest[..end])?))) {
            Some((end, c)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Appends plain text as HTML text.
pub fn escape_into(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

/// Plain text as HTML text or attribute value.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_and_the_rest_kept() {
        assert_eq!(decode("a &amp;amp; &eacute;&#8217;&#x27;&Omega;&sigma;"), "a &amp; é’'Ωσ");
        assert_eq!(decode("AT&T; &é; &; &#; &#xZ; &#+5; & &amp"), "AT&T; &é; &; &#; &#xZ; &#+5; & &amp");
        assert_eq!(decode("&#150;&#0;&#99999999;&#xD800;"), "– \u{fffd}\u{fffd}");
        assert_eq!(decode("&ouml;&yuml;&nbsp;."), "öÿ\u{a0}.");
    }
}
