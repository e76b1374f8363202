//! The element tree and how it is written out as HTML.
//!
//! Pseudo elements, whose names no source can contain: `#block` (a block of the block editor),
//! `#caption` (the caption shortcode) and `#card` (a link card). None of them is written out.

use std::borrow::Cow;

use super::lexer::Attrs;

/// A piece of the tree.
#[derive(Debug, Clone)]
pub enum Node<'a> {
    /// HTML text, references as in the source.
    Text(Cow<'a, str>),
    /// An element.
    Element(Element<'a>),
}

/// An element with what it contains.
#[derive(Debug, Clone, Default)]
pub struct Element<'a> {
    /// In small letters.
    pub name: Cow<'a, str>,
    /// As in the source, undecoded.
    pub attrs: Attrs<'a>,
    children: Vec<Node<'a>>,
    /// A block element stands somewhere inside.
    pub has_block: bool,
    /// A figure or gallery stands somewhere inside.
    pub has_figure: bool,
    /// There is something to see inside.
    pub has_content: bool,
}

impl Node<'_> {
    /// The same, borrowing nothing from the source.
    pub fn into_owned(self) -> Node<'static> {
        match self {
            Node::Text(text) => Node::Text(text.into_owned().into()),
            Node::Element(mut e) => {
                let children = e.take_children().into_iter().map(Node::into_owned).collect();
                let attrs = e.attrs.into_iter();
                let attrs = attrs.map(|(n, v)| (n.into_owned().into(), v.into_owned().into()));
                let mut owned = Element::new(e.name.into_owned());
                owned.attrs = attrs.collect();
                Node::Element(owned.with(children))
            }
        }
    }
}

impl<'a> Element<'a> {
    /// An empty element.
    pub fn new(name: impl Into<Cow<'a, str>>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// The same with one more attribute, its value already escaped.
    pub fn attr(mut self, name: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        self.attrs.push((name.into(), value.into()));
        self
    }

    /// The same with these children instead.
    pub fn with(mut self, children: Vec<Node<'a>>) -> Self {
        self.has_block = false;
        self.has_figure = false;
        self.has_content = false;
        for child in &children {
            match child {
                Node::Text(text) => self.has_content |= !is_blank_text(text),
                Node::Element(e) => {
                    self.has_block |= e.has_block || e.is_block();
                    self.has_figure |= e.has_figure || e.is_figure();
                    self.has_content |= !e.is_blank();
                }
            }
        }
        self.children = children;
        self
    }

    /// What it contains.
    pub fn children(&self) -> &[Node<'a>] {
        &self.children
    }

    /// Takes the children out.
    pub fn take_children(&mut self) -> Vec<Node<'a>> {
        std::mem::take(&mut self.children)
    }

    /// The value of an attribute, undecoded.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|(n, _)| n == name).map(|(_, v)| &**v)
    }

    /// Sets an attribute to a value already escaped, or removes it.
    pub fn set(&mut self, name: &'static str, value: Option<Cow<'a, str>>) {
        let place = self.attrs.iter().position(|(n, _)| n == name);
        match (place, value) {
            (Some(at), Some(value)) => self.attrs[at].1 = value,
            (Some(at), None) => {
                self.attrs.remove(at);
            }
            (None, Some(value)) => self.attrs.push((name.into(), value)),
            (None, None) => {}
        }
    }

    /// Whether the class attribute names this class.
    pub fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|c| c.split_ascii_whitespace().any(|c| c == class))
    }

    /// Whether it stands between paragraphs rather than in them.
    pub fn is_block(&self) -> bool {
        is_block(&self.name)
    }

    /// Whether it is a figure or a gallery, which may not stand in a paragraph.
    pub fn is_figure(&self) -> bool {
        &*self.name == "figure" || (&*self.name == "div" && self.has_class("gallery"))
    }

    /// Whether nobody would miss it.
    pub fn is_blank(&self) -> bool {
        match &*self.name {
            "br" | "wbr" => true,
            "hr" | "img" | "input" | "textarea" | "select" | "svg" | "math" | "canvas" | "td" | "th" | "iframe"
            | "embed" | "object" | "video" | "audio" | "button" | "#card" => false,
            _ => !self.has_content && !self.is_figure() && self.get("id").or_else(|| self.get("name")).is_none(),
        }
    }

    /// The same element without children, if copying it is within the budget. Repeating a long
    /// start tag for every line of a hostile source would multiply its size.
    pub fn shell(&self, budget: &mut usize) -> Option<Self> {
        let size = self.attrs.iter().map(|(n, v)| n.len() + v.len() + 8).sum::<usize>() + 16;
        *budget = budget.checked_sub(size)?;
        Some(Self { name: self.name.clone(), attrs: self.attrs.clone(), ..Self::default() })
    }
}

/// Whether text is nothing but spaces, non-breaking ones included.
pub fn is_blank_text(text: &str) -> bool {
    let mut rest = text.trim();
    while let Some(shorter) = rest.strip_prefix("&nbsp;").or_else(|| rest.strip_prefix("&#160;")) {
        rest = shorter.trim_start();
    }
    rest.is_empty()
}

/// Whether an element of this name stands between paragraphs rather than in them.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "caption"
            | "center"
            | "col"
            | "colgroup"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "#block"
            | "#caption"
            | "#card"
    )
}

/// Elements that never have content.
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Writes nodes out as HTML.
pub fn write(nodes: &[Node<'_>], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => {
                // A `<` in text is one that began no tag.
                for (at, piece) in text.split('<').enumerate() {
                    if at > 0 {
                        out.push_str("&lt;");
                    }
                    out.push_str(piece);
                }
            }
            Node::Element(e) if e.name.starts_with('#') => write(e.children(), out),
            Node::Element(e) => {
                out.push('<');
                out.push_str(&e.name);
                for (name, value) in &e.attrs {
                    out.push(' ');
                    out.push_str(name);
                    out.push_str("=\"");
                    out.push_str(&value.replace('"', "&quot;").replace('<', "&lt;"));
                    out.push('"');
                }
                out.push('>');
                if !is_void(&e.name) {
                    write(e.children(), out);
                    out.push_str("</");
                    out.push_str(&e.name);
                    out.push('>');
                }
            }
        }
    }
}
