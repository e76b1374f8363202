//! Builds the element tree from tokens.
//!
//! Owns nesting. Whatever comes in, the tree is well nested: missing end tags are supplied, stray
//! ones ignored, and a block element ends an open paragraph as it does in a browser. Depth is
//! limited to [`DEEPEST`], so that walking the tree by recursion is safe; tags nested deeper are
//! left out and their content is kept.

use std::borrow::Cow;

use super::lexer::{Attrs, Token};
use super::tree::{Element, Node, is_block, is_void};

/// How many elements may be open at once.
const DEEPEST: usize = 64;

/// Builds the tree. Comments that open and close blocks become `#block` elements, others vanish.
pub fn build<'a>(tokens: Vec<Token<'a>>) -> Vec<Node<'a>> {
    let mut builder = Builder { open: vec![(Element::new("#root"), Vec::new())], skipped: Vec::new() };
    for token in tokens {
        match token {
            Token::Text(text) => builder.push(Node::Text(text)),
            Token::Open { name, attrs, empty } => builder.start(name, attrs, empty),
            Token::Close(name) => builder.end(&name),
            Token::Comment(comment) => builder.comment(comment),
            Token::Short(tag) => builder.push(Node::Text(tag.source.into())),
        }
    }
    builder.close_down_to(1);
    builder.open.pop().map(|(_, nodes)| nodes).unwrap_or_default()
}

struct Builder<'a> {
    /// Open elements with what they contain so far; the first one stands for the document.
    open: Vec<(Element<'a>, Vec<Node<'a>>)>,
    /// Names of the open elements left out for being too deep.
    skipped: Vec<Cow<'a, str>>,
}

impl<'a> Builder<'a> {
    fn push(&mut self, node: Node<'a>) {
        if let Some((_, children)) = self.open.last_mut() {
            children.push(node);
        }
    }

    /// Closes open elements until `depth` are left.
    fn close_down_to(&mut self, depth: usize) {
        while self.open.len() > depth.max(1) {
            if let Some((element, children)) = self.open.pop() {
                self.push(Node::Element(element.with(children)));
            }
        }
    }

    /// Where the innermost open element that `wanted` names is, looking outwards as long as
    /// `through` allows.
    fn find(&self, wanted: impl Fn(&str) -> bool, through: impl Fn(&str) -> bool) -> Option<usize> {
        for (depth, (element, _)) in self.open.iter().enumerate().skip(1).rev() {
            if wanted(&element.name) {
                return Some(depth);
            }
            if !through(&element.name) {
                return None;
            }
        }
        None
    }

    /// Closes what the start of `name` ends by itself.
    fn imply_ends(&mut self, name: &str) {
        let inline = |n: &str| !is_block(n);
        let mut ends: Option<usize> = None;
        if is_block(name) {
            ends = self.find(|n| n == "p", inline);
        }
        let inline_or_p = |n: &str| !is_block(n) || n == "p";
        let outer = match name {
            "li" => self.find(|n| n == "li", inline_or_p),
            "dt" | "dd" => self.find(|n| n == "dt" || n == "dd", inline_or_p),
            "a" => self.find(|n| n == "a", inline),
            "option" => self.find(|n| n == "option", |_| false),
            "td" | "th" => self.find(|n| n == "td" || n == "th", inline_or_p),
            "tr" => self.find(|n| n == "tr", |n| inline_or_p(n) || n == "td" || n == "th"),
            "tbody" | "thead" | "tfoot" => self.find(
                |n| matches!(n, "tbody" | "thead" | "tfoot"),
                |n| inline_or_p(n) || matches!(n, "td" | "th" | "tr"),
            ),
            _ => None,
        };
        if let Some(depth) = outer.or(ends) {
            self.close_down_to(depth);
        }
    }

    fn start(&mut self, name: Cow<'a, str>, attrs: Attrs<'a>, empty: bool) {
        if self.skipped.is_empty() {
            self.imply_ends(&name);
        }
        let single = empty || is_void(&name);
        let mut element = Element::new(name);
        element.attrs = attrs;
        if single {
            self.push(Node::Element(element));
        } else if self.open.len() < DEEPEST {
            self.open.push((element, Vec::new()));
        } else {
            self.skipped.push(element.name);
        }
    }

    fn end(&mut self, name: &str) {
        if name == "br" {
            return self.push(Node::Element(Element::new("br")));
        }
        if is_void(name) {
            return;
        }
        if self.skipped.last().is_some_and(|skipped| skipped == name) {
            self.skipped.pop();
            return;
        }
        let pseudo = name.starts_with('#');
        let in_table = matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th");
        let block = is_block(name);
        let found = self.find(
            |n| n == name,
            |n| match n {
                // A block or caption is closed by its own mark only, whatever its markup does.
                "#block" | "#caption" => pseudo,
                "td" | "th" | "table" => in_table || pseudo,
                // An inline end tag does not reach out of the block it stands in.
                _ => block || !is_block(n),
            },
        );
        if let Some(depth) = found {
            self.skipped.clear();
            self.close_down_to(depth);
        }
    }

    fn comment(&mut self, comment: &'a str) {
        let text = comment.trim();
        if let Some(name) = text.strip_prefix("/wp:") {
            // Blocks are closed by name; the name is in the `block` attribute.
            let depth =
                self.open.iter().rposition(|(e, _)| &*e.name == "#block" && e.get("block") == Some(block_name(name)));
            if let Some(depth) = depth {
                self.skipped.clear();
                self.close_down_to(depth);
            }
        } else if let Some(opening) = text.strip_prefix("wp:") {
            let name = block_name(opening);
            let json = opening[name.len()..].trim();
            let empty = json.ends_with('/');
            let attrs = vec![("block".into(), name.into()), ("json".into(), json.into())];
            self.start("#block".into(), attrs, empty);
        } else if text == "nextpage" {
            // A page break in classic text ends the paragraph.
            self.push(Node::Text("\n\n".into()));
        }
    }
}

/// The name of a block without words of its own, which the old site filled: `wp:latest-posts /`.
pub fn filled_block(comment: &str) -> Option<&str> {
    let opening = comment.trim().strip_prefix("wp:").filter(|opening| opening.ends_with('/'))?;
    let name = block_name(opening).trim_end_matches('/');
    let name = name.strip_prefix("core/").unwrap_or(name);
    let known = ["more", "nextpage", "spacer", "separator", "embed", "page-break"].contains(&name);
    (!known && !name.is_empty() && !name.starts_with("core-embed/")).then_some(name)
}

fn block_name(opening: &str) -> &str {
    opening.split_ascii_whitespace().next().unwrap_or_default()
}
