//! Pictures: alignment classes, captions, galleries and pull quotes become figures of one form.
//!
//! Everything here takes children that are converted already.

use std::borrow::Cow;

use super::build::build;
use super::lexer::lex;
use super::tree::{Element, Node, is_blank_text};

/// The alignments there are: WordPress' class, ours.
const ALIGNMENTS: [(&str, &str); 6] = [
    ("alignleft", "align-left"),
    ("alignright", "align-right"),
    ("aligncenter", "align-center"),
    ("alignwide", "align-wide"),
    ("alignfull", "align-full"),
    ("alignnone", "align-none"),
];

/// Our class for an alignment found in the class or align attribute.
pub fn alignment(e: &Element<'_>) -> Option<&'static str> {
    let classes = e.get("class").unwrap_or_default();
    // The caption shortcode has `align="alignleft"`; tables and divs of old have `align="left"`,
    // which is no more than a matter of taste and is left out.
    let attribute = e.get("align").unwrap_or_default();
    ALIGNMENTS
        .iter()
        .find(|(theirs, _)| classes.split_ascii_whitespace().chain([attribute]).any(|c| c == *theirs))
        .map(|(_, ours)| *ours)
}

/// The same, for elements that need a figure only if really aligned.
fn real_alignment(e: &Element<'_>) -> Option<&'static str> {
    alignment(e).filter(|a| *a != "align-none")
}

/// Removes the alignment classes, and the attribute with them if nothing is left.
fn strip_alignment(e: &mut Element<'_>) {
    let Some(classes) = e.get("class") else {
        return;
    };
    let kept: Vec<&str> =
        classes.split_ascii_whitespace().filter(|c| ALIGNMENTS.iter().all(|(theirs, _)| theirs != c)).collect();
    let kept = kept.join(" ");
    e.set("class", (!kept.is_empty()).then_some(Cow::Owned(kept)));
}

/// An image; an aligned one gets a figure, and so does the one behind a cover block's text.
pub fn picture<'a>(e: Element<'a>) -> Node<'a> {
    let cover = e.has_class("wp-block-cover__image-background");
    match aligned(e) {
        Node::Element(img) if cover && &*img.name == "img" => {
            Node::Element(Element::new("figure").with(vec![Node::Element(img)]))
        }
        node => node,
    }
}

/// An image or table; an aligned one gets a figure.
pub fn aligned<'a>(mut e: Element<'a>) -> Node<'a> {
    let align = real_alignment(&e);
    strip_alignment(&mut e);
    match align {
        Some(align) => Node::Element(Element::new("figure").attr("class", align).with(vec![Node::Element(e)])),
        None => Node::Element(e),
    }
}

/// A figure for the picture behind a cover block.
pub fn background<'a>(url: &str) -> Node<'a> {
    let img = Element::new("img").attr("src", super::entities::escape(url)).attr("alt", "");
    Node::Element(Element::new("figure").with(vec![Node::Element(img)]))
}

fn named(node: &Node<'_>, name: &str) -> bool {
    matches!(node, Node::Element(e) if &*e.name == name)
}

/// Any figure in the source.
pub fn figure<'a>(mut e: Element<'a>, children: Vec<Node<'a>>) -> Vec<Node<'a>> {
    if e.has_class("wp-block-gallery") {
        return gallery(children);
    }
    let align = real_alignment(&e);
    if e.has_class("wp-block-pullquote") {
        return pull_quote(align, children);
    }
    let (captions, mut body): (Vec<_>, Vec<_>) = children.into_iter().partition(|n| named(n, "figcaption"));
    let captions: Vec<_> =
        captions.into_iter().filter(|n| matches!(n, Node::Element(e) if e.has_content)).map(plain_caption).collect();
    if let [Node::Element(only)] = &mut body[..]
        && &*only.name == "figure"
    {
        // An aligned image or a card in a figure: one figure is enough.
        let mut inner = std::mem::take(only);
        let mut parts = inner.take_children();
        parts.extend(captions);
        if let (Some(align), false) = (align, inner.has_class("embed")) {
            inner.set("class", Some(align.into()));
        }
        return vec![Node::Element(inner.with(parts))];
    }
    if !body.iter().any(has_substance) {
        return captions.into_iter().map(as_paragraph).collect();
    }
    let mut parts = body;
    parts.extend(captions);
    e.attrs.retain(|(name, _)| name != "class" && name != "style" && name != "align");
    if let Some(align) = align {
        e.set("class", Some(align.into()));
    }
    vec![Node::Element(e.with(parts))]
}

fn has_substance(node: &Node<'_>) -> bool {
    match node {
        Node::Text(text) => !is_blank_text(text),
        Node::Element(e) => !e.is_blank(),
    }
}

/// A caption without attributes and without breaks at its end.
fn plain_caption<'a>(node: Node<'a>) -> Node<'a> {
    match node {
        Node::Element(mut e) => {
            let mut words = e.take_children();
            trim(&mut words);
            Node::Element(Element::new("figcaption").with(words))
        }
        text => text,
    }
}

fn as_paragraph<'a>(node: Node<'a>) -> Node<'a> {
    match node {
        Node::Element(mut e) if !e.has_block => {
            let children = e.take_children();
            Node::Element(Element::new("p").with(children))
        }
        node => node,
    }
}

/// Takes breaks and white space off both ends.
fn trim(nodes: &mut Vec<Node<'_>>) {
    let spare = |n: &Node<'_>| match n {
        Node::Text(text) => is_blank_text(text),
        Node::Element(e) => &*e.name == "br",
    };
    while nodes.last().is_some_and(spare) {
        nodes.pop();
    }
    let leading = nodes.iter().take_while(|n| spare(n)).count();
    nodes.drain(..leading);
    if let Some(Node::Text(text)) = nodes.first_mut() {
        *text = text.trim_start().to_owned().into();
    }
    if let Some(Node::Text(text)) = nodes.last_mut() {
        *text = text.trim_end().to_owned().into();
    }
}

/// The words of a caption given as an attribute, which may hold tags.
pub fn caption_words(words: &str) -> Vec<Node<'static>> {
    build(lex(words, false)).into_iter().map(Node::into_owned).collect()
}

/// A picture with its caption: the first picture is the picture, all else is the caption.
pub fn caption<'a>(align: Option<&'static str>, nodes: Vec<Node<'a>>, words: Option<Vec<Node<'a>>>) -> Vec<Node<'a>> {
    let mut flat = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Element(mut e) if matches!(&*e.name, "p" | "dt" | "dd" | "figcaption") => {
                if !flat.is_empty() {
                    flat.push(Node::Text(" ".into()));
                }
                flat.extend(e.take_children());
            }
            node => flat.push(node),
        }
    }
    let Some(at) = flat.iter().position(holds_picture) else {
        flat.extend(words.unwrap_or_default());
        return flat;
    };
    let mut media = match flat.remove(at) {
        Node::Element(mut e) if &*e.name == "figure" => e.take_children(),
        node => vec![unfigured(node)],
    };
    let mut words = words.unwrap_or_default();
    words.extend(flat);
    trim(&mut words);
    if words.iter().any(has_substance) {
        media.push(Node::Element(Element::new("figcaption").with(words)));
    }
    let align = align.unwrap_or("align-none");
    vec![Node::Element(Element::new("figure").attr("class", align).with(media))]
}

fn holds_picture(node: &Node<'_>) -> bool {
    match node {
        Node::Text(_) => false,
        Node::Element(e) => matches!(&*e.name, "img" | "figure") || e.children().iter().any(holds_picture),
    }
}

/// A link around the figure of an aligned image, as a link around the image.
fn unfigured<'a>(node: Node<'a>) -> Node<'a> {
    let Node::Element(mut e) = node else {
        return node;
    };
    if e.is_block() || !e.has_figure {
        return Node::Element(e);
    }
    let mut children = Vec::new();
    for child in e.take_children() {
        match child {
            Node::Element(mut f) if &*f.name == "figure" => children.extend(f.take_children()),
            child => children.push(unfigured(child)),
        }
    }
    Node::Element(e.with(children))
}

/// A gallery of the block editor, whatever lists and figures it is made of.
pub fn gallery<'a>(children: Vec<Node<'a>>) -> Vec<Node<'a>> {
    let (mut figures, mut captions) = (Vec::new(), Vec::new());
    for child in children {
        collect(child, &mut figures, &mut captions);
    }
    let mut out = Vec::new();
    if !figures.is_empty() {
        out.push(Node::Element(Element::new("div").attr("class", "gallery").with(figures)));
    }
    out.extend(captions.into_iter().map(plain_caption).map(as_paragraph));
    out
}

fn collect<'a>(node: Node<'a>, figures: &mut Vec<Node<'a>>, captions: &mut Vec<Node<'a>>) {
    let Node::Element(mut e) = node else { return };
    match &*e.name {
        "figure" => figures.push(Node::Element(e)),
        "figcaption" if e.has_content => captions.push(Node::Element(e)),
        "img" => figures.push(Node::Element(Element::new("figure").with(vec![Node::Element(e)]))),
        "a" if !e.has_figure && e.children().iter().any(holds_picture) => {
            figures.push(Node::Element(Element::new("figure").with(vec![Node::Element(e)])));
        }
        _ => {
            for child in e.take_children() {
                collect(child, figures, captions);
            }
        }
    }
}

/// A quotation; a pull quote is known by its class.
pub fn quote<'a>(mut e: Element<'a>) -> Node<'a> {
    let align = real_alignment(&e);
    strip_alignment(&mut e);
    if !e.has_class("wp-block-pullquote") {
        return Node::Element(e);
    }
    e.attrs.retain(|(name, _)| name != "style");
    e.set("class", Some("pull".into()));
    match align {
        Some(align) => Node::Element(Element::new("figure").attr("class", align).with(vec![Node::Element(e)])),
        None => Node::Element(e),
    }
}

fn pull_quote<'a>(align: Option<&'static str>, mut children: Vec<Node<'a>>) -> Vec<Node<'a>> {
    for child in &mut children {
        if let Node::Element(e) = child
            && &*e.name == "blockquote"
        {
            e.attrs.retain(|(name, _)| name == "cite");
            e.set("class", Some("pull".into()));
        }
    }
    match align {
        Some(align) if !children.is_empty() => {
            vec![Node::Element(Element::new("figure").attr("class", align).with(children))]
        }
        _ => children,
    }
}
