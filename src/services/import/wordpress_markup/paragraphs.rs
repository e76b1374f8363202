//! Paragraphs: the classic editor stores none, a blank line stands for one.
//!
//! Owns how a container's content is arranged: which inline runs become paragraphs, where a line
//! break goes, that a line holding nothing but an address becomes a link card, and that figures
//! never stand inside a paragraph.

use super::cards;
use super::entities::decode;
use super::tree::{Element, Node, is_blank_text};

/// How inline content of a container is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrap {
    /// Every run is put in paragraphs.
    Always,
    /// Only if it is more than one paragraph.
    Several,
    /// Never: headings, inline elements.
    Inline,
    /// There should be none: lists, tables, figures.
    Structure,
}

/// How a container's content is to be arranged.
#[derive(Debug, Clone, Copy)]
pub struct Flow {
    /// Line ends mean something: classic text, not block markup.
    pub auto: bool,
    /// What becomes of inline runs.
    pub wrap: Wrap,
    /// Lone addresses become link cards.
    pub cards: bool,
}

/// What a container's content consists of.
#[derive(Debug)]
pub enum Piece<'a> {
    /// A run of inline nodes, not yet wrapped.
    Run(Vec<Node<'a>>),
    /// A block element.
    Block(Node<'a>),
}

/// Arranges the content of one container. `budget` bounds the copying of start tags.
pub fn arrange<'a>(nodes: Vec<Node<'a>>, flow: Flow, budget: &mut usize) -> Vec<Node<'a>> {
    let pieces = pieces(nodes, flow, budget);
    let several = pieces.windows(2).any(|w| matches!(w, [Piece::Run(_), Piece::Run(_)]));
    let wrap = match flow.wrap {
        Wrap::Always => true,
        Wrap::Several => several,
        Wrap::Inline | Wrap::Structure => false,
    };
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match piece {
            Piece::Block(node) => out.push(node),
            Piece::Run(run) if wrap => out.push(Node::Element(Element::new("p").with(run))),
            Piece::Run(run) => out.extend(run),
        }
    }
    out
}

/// Cuts the content of one container into runs and blocks.
pub fn pieces<'a>(nodes: Vec<Node<'a>>, flow: Flow, budget: &mut usize) -> Vec<Piece<'a>> {
    let mut runs = Runs { flow, pieces: Vec::new(), run: Vec::new(), line: 0, line_ends: 0 };
    for node in nodes {
        match node {
            Node::Text(text) => runs.text(text),
            Node::Element(e) if &*e.name == "br" => runs.line_break(e),
            Node::Element(e) if e.is_block() => runs.block(Node::Element(e)),
            Node::Element(e) if e.has_figure => {
                for part in split(e, budget, 0) {
                    match part {
                        Node::Element(e) if e.is_block() => runs.block(Node::Element(e)),
                        part => runs.inline(part),
                    }
                }
            }
            // A link around whole blocks, a `<del>` around paragraphs: well formed, left alone.
            Node::Element(e) if e.has_block => runs.block(Node::Element(e)),
            node => runs.inline(node),
        }
    }
    runs.finish()
}

struct Runs<'a> {
    flow: Flow,
    pieces: Vec<Piece<'a>>,
    run: Vec<Node<'a>>,
    /// Where in `run` the current line begins.
    line: usize,
    /// Line ends since the last content.
    line_ends: usize,
}

impl<'a> Runs<'a> {
    fn in_paragraphs(&self) -> bool {
        matches!(self.flow.wrap, Wrap::Always | Wrap::Several)
    }

    fn text(&mut self, text: std::borrow::Cow<'a, str>) {
        if !self.flow.auto {
            let between_blocks = self.run.is_empty() && self.flow.wrap != Wrap::Inline;
            if !(between_blocks && text.trim().is_empty()) {
                self.run.push(Node::Text(text));
            }
            return;
        }
        if !text.contains('\n') {
            return self.words(text);
        }
        let last = text.matches('\n').count();
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.line_ends += 1;
            }
            let line = if at > 0 { line.trim_start() } else { line };
            let line = if at < last { line.trim_end() } else { line };
            if !line.is_empty() {
                self.words(line.to_owned().into());
            }
        }
    }

    /// Text without a line end.
    fn words(&mut self, text: std::borrow::Cow<'a, str>) {
        if !text.trim().is_empty() {
            self.before_content();
            self.run.push(Node::Text(text));
        } else if self.line_ends == 0 && (!self.run.is_empty() || self.flow.wrap == Wrap::Inline) {
            self.run.push(Node::Text(text));
        }
    }

    /// Turns the line ends seen so far into what they mean, now that something follows them.
    fn before_content(&mut self) {
        let line_ends = std::mem::take(&mut self.line_ends);
        if line_ends == 0 || !self.flow.auto || self.flow.wrap == Wrap::Structure {
            return;
        }
        self.end_line();
        if self.in_paragraphs() && line_ends > 1 {
            self.flush();
        } else if self.run.is_empty() {
            if self.flow.wrap == Wrap::Inline {
                // The line end at the start of an inline element is just a space.
                self.run.push(Node::Text(" ".into()));
            }
        } else {
            let missing = line_ends.min(2) - usize::from(self.ends_in_break());
            for _ in 0..missing.min(if self.in_paragraphs() { 1 } else { 2 }) {
                self.run.push(Node::Element(Element::new("br")));
            }
        }
        self.line = self.run.len();
    }

    fn ends_in_break(&self) -> bool {
        matches!(self.run.last(), Some(Node::Element(e)) if &*e.name == "br")
    }

    fn inline(&mut self, node: Node<'a>) {
        self.before_content();
        self.run.push(node);
    }

    fn line_break(&mut self, element: Element<'a>) {
        if self.flow.auto && self.in_paragraphs() && (self.ends_in_break() || self.line_ends > 0) {
            // Two breaks on end are what people type for a new paragraph.
            self.line_ends = self.line_ends.max(1) + 1;
            return;
        }
        self.before_content();
        self.run.push(Node::Element(element));
        self.line = self.run.len();
    }

    fn block(&mut self, node: Node<'a>) {
        self.line_ends = 0;
        self.flush();
        self.pieces.push(Piece::Block(node));
    }

    /// If the line just ended is an address, puts a card in its place.
    fn end_line(&mut self) {
        if !self.flow.cards || !self.in_paragraphs() {
            return;
        }
        let mut address = None;
        for node in self.run.get(self.line..).unwrap_or_default() {
            match node {
                Node::Text(text) if is_blank_text(text) => {}
                Node::Text(text) if address.is_none() => match cards::lone_address(&decode(text)) {
                    Some(url) => address = Some(url),
                    None => return,
                },
                _ => return,
            }
        }
        if let Some(url) = address {
            self.run.truncate(self.line);
            self.put_run();
            self.pieces.push(Piece::Block(cards::card(&url)));
        }
    }

    fn flush(&mut self) {
        self.end_line();
        self.put_run();
    }

    /// Ends the run, without the breaks and spaces at its ends.
    fn put_run(&mut self) {
        let mut run = std::mem::take(&mut self.run);
        self.line = 0;
        if self.flow.wrap != Wrap::Inline {
            let spare = |node: &Node<'_>| match node {
                Node::Text(text) => text.trim().is_empty(),
                Node::Element(e) => &*e.name == "br",
            };
            while run.last().is_some_and(spare) {
                run.pop();
            }
            let leading = run.iter().take_while(|node| spare(node)).count();
            run.drain(..leading);
            if let Some(Node::Text(text)) = run.first_mut() {
                *text = text.trim_start().to_owned().into();
            }
            if let Some(Node::Text(text)) = run.last_mut() {
                *text = text.trim_end().to_owned().into();
            }
            let blank = run.iter().all(|node| match node {
                Node::Text(text) => is_blank_text(text),
                Node::Element(e) => e.is_blank(),
            });
            if blank {
                return;
            }
        }
        if !run.is_empty() {
            self.pieces.push(Piece::Run(run));
        }
    }

    fn finish(mut self) -> Vec<Piece<'a>> {
        if self.line_ends > 0 && self.flow.wrap == Wrap::Inline && !self.run.is_empty() {
            self.run.push(Node::Text(" ".into()));
        }
        self.flush();
        self.pieces
    }
}

/// Splits an inline element around the figures in it, so that they can stand by themselves. A link
/// goes on around the picture of such a figure.
fn split<'a>(mut element: Element<'a>, budget: &mut usize, depth: usize) -> Vec<Node<'a>> {
    let children = element.take_children();
    let mut out = Vec::new();
    let mut run: Vec<Node<'a>> = Vec::new();
    // Formatting nested deeper than anyone writes it is not repeated.
    let wrap = |run: &mut Vec<Node<'a>>, out: &mut Vec<Node<'a>>, budget: &mut usize| {
        let run = std::mem::take(run);
        let blank = run.iter().all(|n| matches!(n, Node::Text(t) if t.trim().is_empty()));
        if blank {
            return;
        }
        match element.shell(budget).filter(|_| depth < 4) {
            Some(shell) => out.push(Node::Element(shell.with(run))),
            None => out.extend(run),
        }
    };
    let link = (&*element.name == "a").then(|| element.clone());
    for child in children {
        let parts = match child {
            Node::Element(e) if !e.is_block() && e.has_figure => split(e, budget, depth + 1),
            child => vec![child],
        };
        for part in parts {
            match part {
                Node::Element(e) if e.is_block() => {
                    wrap(&mut run, &mut out, budget);
                    let linked = match link.as_ref() {
                        Some(link) => link_picture(e, link, budget),
                        None => e,
                    };
                    out.push(Node::Element(linked));
                }
                part => run.push(part),
            }
        }
    }
    wrap(&mut run, &mut out, budget);
    out
}

/// Puts the link around the picture a figure begins with.
fn link_picture<'a>(mut figure: Element<'a>, link: &Element<'a>, budget: &mut usize) -> Element<'a> {
    let mut children = figure.take_children();
    if &*figure.name == "figure"
        && let Some(first) = children.first_mut()
        && matches!(first, Node::Element(e) if &*e.name == "img")
        && let Some(shell) = link.shell(budget)
    {
        let picture = std::mem::replace(first, Node::Text("".into()));
        *first = Node::Element(shell.with(vec![picture]));
    }
    figure.with(children)
}
