//! WordPress post content to plain HTML.
//!
//! Owns everything peculiar to WordPress' markup: blocks, classic text without paragraphs,
//! shortcodes, alignment classes. What comes out is well nested, has no figure inside a paragraph
//! and no empty paragraphs. It does not sanitise: attributes, classes and unknown elements pass
//! through (scripts and style sheets do not), the caller's sanitiser decides about them.
//!
//! Nothing here fails or panics, whatever the input; time and memory are linear in its length.

mod build;
mod cards;
mod convert;
pub(crate) mod entities;
mod figures;
mod lexer;
mod paragraphs;
mod shortcodes;
mod shorttag;
mod tree;

use convert::Converter;
use lexer::Token;
use paragraphs::Wrap;

/// Converts the content of a post or page. `base_url` is the site's old address without a trailing
/// slash; root-relative addresses in the content are made absolute with it.
pub fn to_html(content: &str, base_url: &str) -> String {
    let content = tidy(content);
    let tokens = shortcodes::expand(lexer::lex(&content, true), base_url);
    render(tokens, base_url, true, content.len())
}

/// Converts the text of a comment: paragraphs and line breaks, no shortcodes, no link cards.
pub fn comment_html(text: &str) -> String {
    let text = tidy(text);
    render(lexer::lex(&text, false), "", false, text.len())
}

/// The text of a piece of HTML: tags stripped, references decoded, white space collapsed.
pub fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for token in lexer::lex(html, false) {
        match token {
            Token::Text(piece) => text.push_str(&entities::decode(&piece)),
            Token::Open { name, .. } | Token::Close(name) if tree::is_block(&name) || name == "br" => {
                text.push(' ');
            }
            _ => {}
        }
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Shortcodes and blocks that the old site filled while it showed the page: the export
/// holds their names alone, and they are taken away. Each once, in order.
pub fn left_out(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for token in lexer::lex(source, true) {
        let name = match token {
            Token::Short(tag) if shortcodes::shows_nothing(&tag) => format!("[{}]", tag.name),
            Token::Comment(text) => match build::filled_block(text) {
                Some(name) => format!("block “{name}”"),
                None => continue,
            },
            _ => continue,
        };
        if !found.contains(&name) && found.len() < 20 {
            found.push(name);
        }
    }
    found
}

/// One kind of line end, no control characters.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

fn render(tokens: Vec<Token<'_>>, base_url: &str, cards: bool, size: usize) -> String {
    let budget = size.saturating_mul(2).saturating_add(64 * 1024);
    let mut converter = Converter { base_url, cards, budget };
    let nodes = converter.content(build::build(tokens), true, Wrap::Always);
    let mut out = String::with_capacity(size);
    for node in &nodes {
        if !out.is_empty() {
            out.push('\n');
        }
        tree::write(std::slice::from_ref(node), &mut out);
    }
    out
}

#[cfg(test)]
mod tests;
