//! Turns the tree of a WordPress post into plain markup, element by element, innermost first.
//!
//! Owns what WordPress' own elements and classes become. Figures, captions and galleries are in
//! [`super::figures`], paragraphs in [`super::paragraphs`].

use super::cards;
use super::figures;
use super::paragraphs::{Flow, Piece, Wrap, arrange, pieces};
use super::tree::{Element, Node};

/// What a conversion carries along.
pub struct Converter<'b> {
    /// The site's old address.
    pub base_url: &'b str,
    /// Whether lone addresses become link cards.
    pub cards: bool,
    /// Bytes of start tags that may still be repeated when elements are split.
    pub budget: usize,
}

impl Converter<'_> {
    /// Converts the content of one container.
    pub fn content<'a>(&mut self, nodes: Vec<Node<'a>>, auto: bool, wrap: Wrap) -> Vec<Node<'a>> {
        let nodes = self.nodes(nodes, auto);
        let flow = self.flow(auto, wrap);
        arrange(nodes, flow, &mut self.budget)
    }

    fn flow(&self, auto: bool, wrap: Wrap) -> Flow {
        Flow { auto, wrap, cards: self.cards && wrap == Wrap::Always }
    }

    fn nodes<'a>(&mut self, nodes: Vec<Node<'a>>, auto: bool) -> Vec<Node<'a>> {
        let mut out = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Element(element) => self.element(element, auto, &mut out),
                text => out.push(text),
            }
        }
        out
    }

    fn element<'a>(&mut self, mut e: Element<'a>, auto: bool, out: &mut Vec<Node<'a>>) {
        for name in ["href", "src"] {
            let absolute = e.get(name).and_then(|v| cards::absolute_attr(v, self.base_url));
            if let Some(absolute) = absolute {
                e.set(name, Some(absolute));
            }
        }
        match &*e.name.clone() {
            "#card" => {
                if let Some(url) = e.get("href").and_then(|u| cards::web_address(u, self.base_url)) {
                    out.push(cards::card(&url));
                }
            }
            "#block" => self.block(e, out),
            "#caption" => {
                let nodes = self.nodes(e.take_children(), auto);
                let words = e.get("caption").map(str::to_owned);
                let words = words.map(|w| figures::caption_words(&w));
                out.extend(figures::caption(figures::alignment(&e), nodes, words));
            }
            "img" => out.push(figures::picture(e)),
            "iframe" | "embed" | "object" | "video" | "audio" => self.player(e, auto, out),
            "p" => self.paragraph(e, auto, out),
            "pre" | "textarea" => out.push(Node::Element(e)),
            "figure" => {
                let children = self.content(e.take_children(), auto, Wrap::Structure);
                out.extend(figures::figure(e, children));
            }
            "div" => self.division(e, auto, out),
            "table" => {
                let children = self.content(e.take_children(), auto, Wrap::Structure);
                out.push(figures::aligned(e.with(children)));
            }
            "ul" | "ol" => {
                let children = self.content(e.take_children(), auto, Wrap::Structure);
                if e.has_class("wp-block-gallery") {
                    out.extend(figures::gallery(children));
                    return;
                }
                let list = e.with(children);
                if list.has_content {
                    out.push(Node::Element(list));
                }
            }
            "blockquote" => {
                let children = self.content(e.take_children(), auto, Wrap::Always);
                let e = e.with(children);
                if e.has_content {
                    out.push(figures::quote(e));
                }
            }
            "a" if e.has_class("wp-block-file__button") => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let children = self.content(e.take_children(), auto, Wrap::Inline);
                if &*e.name == "h1" {
                    e.name = "h2".into();
                }
                let e = e.with(children);
                if e.has_content {
                    out.push(Node::Element(e));
                }
            }
            name => {
                let wrap = match name {
                    "section" | "article" | "main" | "header" | "footer" | "aside" | "nav" | "center" | "details"
                    | "form" | "fieldset" | "td" | "th" | "li" | "dd" => Wrap::Several,
                    "tbody" | "thead" | "tfoot" | "tr" | "colgroup" | "dl" | "menu" | "select" | "hgroup" => {
                        Wrap::Structure
                    }
                    _ => Wrap::Inline,
                };
                let children = self.content(e.take_children(), auto, wrap);
                let e = e.with(children);
                // Empty spans only ever carry an icon or an overlay.
                // An empty list of terms is what is left of an old caption.
                let empty_list = &*e.name == "dl" && !e.has_content;
                if !empty_list && (&*e.name != "span" || e.has_content || !e.is_blank() || !e.children().is_empty()) {
                    out.push(Node::Element(e));
                }
            }
        }
    }

    /// A block of the block editor: its mark-up is complete, so line ends mean nothing in it,
    /// unless it is the classic editor's block.
    fn block<'a>(&mut self, mut e: Element<'a>, out: &mut Vec<Node<'a>>) {
        let name = e.get("block").unwrap_or_default().to_owned();
        let name = name.strip_prefix("core/").unwrap_or(&name);
        let children = self.content(e.take_children(), name == "freeform", Wrap::Always);
        let embed = name == "embed" || name.starts_with("core-embed/");
        if embed && children.is_empty() {
            let url = e.get("json").and_then(|json| json_string(json, "url"));
            if let Some(url) = url.and_then(|url| cards::web_address(&url, self.base_url)) {
                out.push(cards::card(&cards::watch_page(&url)));
            }
        }
        out.extend(children);
    }

    /// An explicit paragraph. May become several, for the figures and blank lines in it.
    fn paragraph<'a>(&mut self, mut e: Element<'a>, auto: bool, out: &mut Vec<Node<'a>>) {
        let children = self.nodes(e.take_children(), auto);
        let flow = self.flow(auto, Wrap::Always);
        let mut shell = Some(e);
        for piece in pieces(children, flow, &mut self.budget) {
            match piece {
                Piece::Block(node) => out.push(node),
                Piece::Run(run) => {
                    // Only the first part keeps what may be unique, such as an id.
                    let p = shell.take().unwrap_or_else(|| Element::new("p"));
                    out.push(Node::Element(p.with(run)));
                }
            }
        }
    }

    /// A player or frame becomes a card for what it plays; without an address, what it holds for
    /// browsers that cannot show it is kept.
    fn player<'a>(&mut self, mut e: Element<'a>, auto: bool, out: &mut Vec<Node<'a>>) {
        if e.has_class("wp-block-file__embed") {
            // The preview of a file whose link stands beside it.
            return;
        }
        let address = |e: &Element<'_>| {
            ["src", "data", "href"].iter().filter_map(|name| cards::web_address(e.get(name)?, self.base_url)).next()
        };
        let mut url = address(&e);
        for child in e.children() {
            if url.is_some() {
                break;
            }
            let Node::Element(child) = child else {
                continue;
            };
            url = match &*child.name {
                "source" | "embed" | "iframe" => address(child),
                "param"
                    if child
                        .get("name")
                        .is_some_and(|n| ["movie", "src", "url"].iter().any(|known| n.eq_ignore_ascii_case(known))) =>
                {
                    child.get("value").and_then(|v| cards::web_address(v, self.base_url))
                }
                _ => None,
            };
        }
        match url {
            // Films behind the text of a cover block are decoration, but still worth a link.
            Some(url) => out.push(cards::card(&cards::watch_page(&url))),
            None => {
                let children = self.nodes(e.take_children(), auto);
                out.extend(
                    children
                        .into_iter()
                        .filter(|n| !matches!(n, Node::Element(e) if matches!(&*e.name, "source" | "param" | "track"))),
                );
            }
        }
    }

    fn division<'a>(&mut self, mut e: Element<'a>, auto: bool, out: &mut Vec<Node<'a>>) {
        let classes = e.get("class").unwrap_or_default().to_owned();
        let has = |prefix: &str| classes.split_ascii_whitespace().any(|c| c.starts_with(prefix));
        if e.has_class("wp-caption") {
            let nodes = self.nodes(e.take_children(), auto);
            return out.extend(figures::caption(figures::alignment(&e), nodes, None));
        }
        if e.has_class("gallery") && e.get("data-ids").is_some() {
            return out.push(Node::Element(e));
        }
        let align = figures::alignment(&e);
        let layout = has("wp-block-");
        let wrap = if layout { Wrap::Always } else { Wrap::Several };
        let nodes = self.nodes(e.take_children(), auto);
        let flow = Flow { auto, wrap, cards: self.cards };
        let mut children = arrange(nodes, flow, &mut self.budget);
        if e.has_class("wp-block-gallery") {
            return out.extend(figures::gallery(children));
        }
        if !layout && align.is_none() {
            let e = e.with(children);
            if e.has_content || e.get("id").is_some() {
                out.push(Node::Element(e));
            }
            return;
        }
        if let [Node::Element(only)] = &mut children[..]
            && &*only.name == "figure"
            && let Some(align) = align
        {
            if only.get("class").is_none() {
                only.set("class", Some(align.into()));
            }
        } else if let (false, Some(align)) = (layout, align) {
            let figure = Element::new("figure").attr("class", align).with(children);
            return out.extend(figure.has_content.then_some(Node::Element(figure)));
        }
        if has("wp-block-cover")
            && let Some(url) = e.get("style").and_then(background)
            && let Some(url) = cards::web_address(url, self.base_url)
        {
            out.push(figures::background(&url));
        }
        out.extend(children);
    }
}

/// The address in `background-image:url(…)`.
fn background(style: &str) -> Option<&str> {
    let (_, rest) = style.split_once("url(")?;
    let (url, _) = rest.split_once(')')?;
    let url = url.trim().trim_matches(['"', '\'']);
    Some(url.strip_prefix("&quot;").and_then(|u| u.strip_suffix("&quot;")).unwrap_or(url))
}

/// The string value of `key` at the top level of a block's JSON attributes. Only that much JSON is
/// needed here; anything odd gives nothing.
fn json_string(json: &str, key: &str) -> Option<String> {
    let mut chars = json.chars();
    let (mut depth, mut previous, mut is_value) = (0_u32, String::new(), false);
    while let Some(c) = chars.next() {
        match c {
            '{' | '[' => depth = depth.saturating_add(1),
            '}' | ']' => depth = depth.saturating_sub(1),
            ':' => is_value = true,
            ',' => is_value = false,
            '"' => {
                let mut string = String::new();
                loop {
                    match chars.next()? {
                        '"' => break,
                        '\\' => match chars.next()? {
                            'u' => {
                                let hex: String = chars.by_ref().take(4).collect();
                                let code = u32::from_str_radix(&hex, 16).ok()?;
                                string.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                            }
                            'n' | 'r' | 't' => string.push(' '),
                            c => string.push(c),
                        },
                        c => string.push(c),
                    }
                }
                if is_value && depth == 1 && previous == key {
                    return Some(string);
                }
                previous = if is_value { String::new() } else { string };
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_an_embed_is_found_in_its_attributes() {
        let json = r#"{"a":{"url":"no"},"b":["url"],"url":"https://x.example/?a=1\u0026b","c":1} /"#;
        assert_eq!(json_string(json, "url").as_deref(), Some("https://x.example/?a=1&b"));
        for odd in ["", "{", r#"{"url"#, r#"{"url":"\u12"#, r#"{"url":3}"#, r#""url":"x""#] {
            assert_eq!(json_string(odd, "url"), None, "{odd}");
        }
    }
}
