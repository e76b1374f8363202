//! Bodies of comments: a smaller subset of HTML than an article has, from a reader's
//! Markdown or from the markup of an archive. No pictures, headings, tables or
//! addresses within the site; links tell search engines that a reader set them.

use super::{
    html::{escape, plain_text, unescape},
    nesting::{shallow_html, shallow_markdown},
};
use crate::domain::xml;
use ammonia::Builder;
use lol_html::{RewriteStrSettings, element, rewrite_str};
use std::{collections::HashSet, sync::LazyLock};

static COMMENT: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(["a", "b", "blockquote", "br", "code", "em", "i", "li", "ol", "p", "pre", "strong", "ul"]))
        .clean_content_tags(HashSet::from([
            "script", "style", "svg", "math", "noscript", "template", "iframe", "object", "form",
        ]))
        .add_tag_attributes("a", ["href"])
        .url_schemes(HashSet::from(["http", "https"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("ugc nofollow noopener"));
    builder
});

/// So often a text is mended again before it is taken for words alone.
const ROUNDS: usize = 8;

/// Brings the text of a comment into its smaller subset. What it gives holds: cleaned again
/// it is the same.
pub fn clean(html: &str) -> String {
    let mut out = once(html);
    for _ in 0..ROUNDS {
        let next = once(&out);
        if next == out {
            return out;
        }
        out = next;
    }
    escape(&unescape(&plain_text(&out)))
}

fn once(html: &str) -> String {
    // What stood in blocks of its own must not run together once the blocks are gone.
    let mut html = html.to_owned();
    for block in ["h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "tr", "div", "table", "dl", "figure"] {
        html = html.replace(&format!("<{block}"), "<p").replace(&format!("</{block}>"), "</p>");
    }
    let html = html.replace("</td>", " ").replace("</th>", " ");
    let safe = COMMENT.clean(&shallow_html(&html)).to_string();
    without_dead_links(&xml::without_forbidden(&safe)).replace("<p></p>", "")
}

/// A link whose address was taken out looks like one and leads nowhere: only its words stay.
fn without_dead_links(html: &str) -> String {
    let settings = RewriteStrSettings::new().append_element_content_handler(element!("a", |link| {
        if !link.has_attribute("href") {
            link.remove_and_keep_content();
        }
        Ok(())
    }));
    // What the cleaner has serialised can be parsed.
    rewrite_str(html, settings).unwrap_or_else(|_| html.to_owned())
}

/// A reader's Markdown in the subset of HTML for comments. Markup in it is text, and
/// a line break is one.
pub fn from_markdown(markdown: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
    let markdown = shallow_markdown(markdown);
    let events = Parser::new_ext(&markdown, Options::empty()).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::SoftBreak => Event::HardBreak,
        other => other,
    });
    let mut text = String::new();
    html::push_html(&mut text, events);
    clean(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_leads_nowhere_is_words() {
        let out = from_markdown("[one](javascript:alert(1)) and [two](https://x.example) and [three](/admin)");
        assert_eq!(out.matches("<a ").count(), 1, "{out}");
        assert!(out.starts_with("<p>one and <a href=\"https://x.example\"") && out.ends_with("three</p>\n"), "{out}");
    }

    #[test]
    fn comments_have_fewer_ways() {
        let out = clean("<p>a <a href=\"https://x.example\">b</a> <a href=\"/admin\">c</a><img src=x><h2>d</h2></p>");
        assert!(
            out.contains("rel=\"ugc nofollow noopener\"") && !out.contains("/admin") && !out.contains("<h2"),
            "{out}"
        );
    }

    #[test]
    fn what_readers_write_is_markdown_and_no_markup() {
        let text = "*Yes*, see [this](https://a.example/x) <script>alert(1)</script>\nnext line\n\n> quoted\n\n<div onclick=x>\n\n[no](javascript:alert(1)) ![p](https://a.example/p.png)";
        let html = from_markdown(text);
        for part in [
            "<em>Yes</em>",
            "href=\"https://a.example/x\"",
            "&lt;script&gt;",
            "<br>",
            "<blockquote>",
            "&lt;div onclick",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        for part in ["<script", "<div", "javascript:", "<img"] {
            assert!(!html.contains(part), "{part} in {html}");
        }
        assert!(html.contains("ugc") && html.contains("nofollow"));
    }
}
