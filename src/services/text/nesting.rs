//! How deep markup may nest: text from outside is made shallow before anything parses it.
//!
//! What parses or walks HTML and Markdown takes time with the square of the depth, or a piece
//! of the stack for each level. No honest text comes near [`DEEPEST`]; what nests deeper loses
//! the markup beyond, and keeps its words.

use std::{borrow::Cow, collections::HashMap};

/// Elements, quotes and lists that stand in each other.
pub const DEEPEST: usize = 64;

/// Markdown whose quotes and lists nest no deeper than [`DEEPEST`]: the markers beyond it are
/// left out.
pub fn shallow_markdown(text: &str) -> Cow<'_, str> {
    if !text.lines().any(|line| containers(line).1) {
        return Cow::Borrowed(text);
    }
    let shallow = text.split_inclusive('\n').map(|line| {
        let (end, too_deep) = containers(line);
        let words = if too_deep { without_markers(&line[end..]) } else { &line[end..] };
        format!("{}{words}", &line[..end])
    });
    Cow::Owned(shallow.collect())
}

/// Where the markers at the beginning of a line end, or where they become too many, and
/// whether they do. Two spaces can carry a level, too.
fn containers(line: &str) -> (usize, bool) {
    let (mut at, mut depth) = (0, 0);
    loop {
        let rest = &line[at..];
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let marker = marker(&rest[spaces..]);
        depth += spaces / 2 + usize::from(marker > 0);
        if depth > DEEPEST {
            return (at, true);
        }
        if marker == 0 {
            return (at, false);
        }
        at += spaces + marker;
    }
}

fn without_markers(mut rest: &str) -> &str {
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        match marker(rest) {
            0 => return rest,
            length => rest = &rest[length..],
        }
    }
}

/// The length of the marker of a quote or a list at the beginning; 0 for none (CommonMark,
/// 5.1 and 5.2).
fn marker(text: &str) -> usize {
    let digits = text.bytes().take(9).take_while(u8::is_ascii_digit).count();
    let sign = text.as_bytes().get(digits);
    let ends = |at: usize| text.as_bytes().get(at).is_none_or(|next| next.is_ascii_whitespace());
    match (digits, sign) {
        (0, Some(b'>')) => 1,
        (0, Some(b'-' | b'*' | b'+')) if ends(1) => 1,
        (1.., Some(b'.' | b')')) if ends(digits + 1) => digits + 1,
        _ => 0,
    }
}

/// Elements that have no content, and those that end by themselves where another begins: none
/// of them makes a text deeper.
const FLAT: [&str; 29] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "colgroup", "html", "head", "body", "rb",
];
/// Elements that go on beyond the end of what they stand in (HTML, 13.2.4.3).
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements that an end tag does not reach through (HTML, 13.2.4.2).
const BARRIERS: [&str; 9] = ["table", "caption", "object", "applet", "marquee", "template", "select", "svg", "math"];
/// Elements within a line, whose end tags reach through no others.
const WITHIN: [&str; 15] =
    ["abbr", "cite", "del", "dfn", "ins", "kbd", "label", "mark", "q", "samp", "span", "sub", "sup", "time", "var"];

/// HTML whose elements nest about as deep as [`DEEPEST`] at most: tags beyond it are left out.
/// It counts as a parser does that mends what is left open (HTML, 13.2.6), and rather too much
/// than too little, in comments and values, too.
pub fn shallow_html(html: &str) -> Cow<'_, str> {
    let mut open: Vec<&str> = Vec::new();
    let mut left_out: HashMap<String, usize> = HashMap::new();
    let mut out: Option<String> = None;
    let (mut from, mut at) = (0, 0);
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let is_end = html[start + 1..].starts_with('/');
        let name_at = start + 1 + usize::from(is_end);
        let length = html[name_at..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
        at = name_at + length;
        let name = &html[name_at..at];
        let is = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || is(&FLAT) {
            continue;
        }
        let drop = if is_end {
            let count = left_out.get_mut(&name.to_ascii_lowercase()).filter(|count| **count > 0);
            match count {
                Some(count) => {
                    *count -= 1;
                    true
                }
                None => {
                    close(&mut open, name);
                    false
                }
            }
        } else if open.len() < DEEPEST {
            open.push(name);
            false
        } else {
            *left_out.entry(name.to_ascii_lowercase()).or_default() += 1;
            true
        };
        if drop {
            out.get_or_insert_default().push_str(&html[from..start]);
            from = html[at..].find('>').map_or(html.len(), |end| at + end + 1);
            at = from;
        }
    }
    match out {
        None => Cow::Borrowed(html),
        Some(mut out) => {
            out.push_str(&html[from..]);
            Cow::Owned(out)
        }
    }
}

/// What an end tag closes.
fn close(open: &mut Vec<&str>, name: &str) {
    let among = |names: &[&str], name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let (formatting, within) = (among(&FORMATTING, name), among(&WITHIN, name));
    let stops =
        |other: &str| among(&BARRIERS, other) || (within && !among(&WITHIN, other) && !among(&FORMATTING, other));
    for at in (0..open.len()).rev() {
        if open[at].eq_ignore_ascii_case(name) {
            open.remove(at);
            if !formatting {
                let mut place = 0;
                open.retain(|other| {
                    place += 1;
                    place <= at || among(&FORMATTING, other)
                });
            }
            return;
        }
        if stops(open[at]) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How deep the parser of the cleaner finds it.
    fn depth(html: &str) -> usize {
        let tags: std::collections::HashSet<&str> =
            ["div", "b", "span", "blockquote", "ul", "li", "table", "tbody", "tr", "td", "i", "p", "font", "q"].into();
        let clean = ammonia::Builder::empty().tags(tags).clean(html).to_string();
        let (mut depth, mut most) = (0_usize, 0);
        for tag in clean.split('<').skip(1) {
            depth = if tag.starts_with('/') { depth - 1 } else { depth + 1 };
            most = most.max(depth);
        }
        most
    }

    #[test]
    fn a_thousand_levels_of_elements_become_few() {
        for one in [
            "<div>",
            "<b>",
            "<span>",
            "<blockquote>",
            "<ul><li>",
            "<table><tr><td>",
            "<b><p>",
            "<b><div></b>",
            "<div><table><td></div>",
            "<span><div></span>",
            "<p><font size=1>x</p>",
            "<div x='>'>",
            "<i></div>",
            "<!-- <q x=\" --><div>",
            "<script><!--</script><div>",
            "<svg><style><div>",
            "<div/>",
            "<DIV>x<Div>",
        ] {
            let deep = one.repeat(1_000);
            let shallow = shallow_html(&deep);
            let found = depth(&shallow);
            assert!(found <= DEEPEST * 4, "{one}: {found}");
        }
        // As with the most different attributes: none of these counts as one that is there already.
        let many: String = (0..1_000).map(|n| format!("<span><b title={n}></span><p>")).collect();
        assert!(depth(&shallow_html(&many)) <= DEEPEST * 4);
    }

    #[test]
    fn words_stay_and_what_is_shallow_is_not_touched() {
        let deep = format!("{}words{} after", "<div>".repeat(1_000), "</div>".repeat(1_000));
        let shallow = shallow_html(&deep);
        assert_eq!(shallow.matches("<div>").count(), DEEPEST);
        assert_eq!(shallow.matches("</div>").count(), DEEPEST);
        assert!(shallow.contains("words") && shallow.ends_with(" after"));
        let rows = "<ul>".to_owned() + &"<li>one <b>two</b><br>".repeat(1_000) + "</ul>" + &"<p>x".repeat(1_000);
        let sloppy = "<div><span>x</div>".repeat(1_000) + &"<table><tr><td>x</table>".repeat(1_000);
        for flat in [rows, sloppy, "a < b <3 </ <".into(), String::new()] {
            assert!(matches!(shallow_html(&flat), Cow::Borrowed(_)), "{flat:.60}");
        }
    }

    #[test]
    fn a_thousand_levels_of_markdown_become_few() {
        for one in [">", "> ", "- ", "* ", "1. ", "12) ", "> - "] {
            let deep = format!("{}words\nmore", one.repeat(1_000));
            let shallow = shallow_markdown(&deep);
            assert!(shallow.len() < DEEPEST * 6 && shallow.ends_with("words\nmore"), "{one}: {shallow}");
        }
        let stairs: String = (0..1_000).map(|n| format!("{}- x\n", "  ".repeat(n))).collect();
        assert!(shallow_markdown(&stairs).lines().all(|line| line.len() <= DEEPEST * 2 + 4));
        for flat in ["> quoted\n> > twice\n\n- a\n  - b\n\n    code\n", "---\n- - -\n1.5 and *this*", ""] {
            assert!(matches!(shallow_markdown(flat), Cow::Borrowed(_)), "{flat}");
        }
    }
}
