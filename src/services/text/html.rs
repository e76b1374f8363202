//! Bodies of articles and pages: from what an author wrote to the fixed subset
//! of HTML that is stored and shown as it is.
//!
//! The subset: paragraphs, headings of levels 2 to 4, quotes, lists, tables,
//! figures with pictures and captions, code, and words set apart within a line.
//! Links lead to http, https and mailto. No scripts, styles, SVG, MathML, forms,
//! frames, ids or event attributes. Pictures are ours, with their size, or they
//! are not there: a foreign one becomes a link.

pub(super) mod absolute;
pub(super) mod again;

pub use super::html::absolute::absolute;
pub use super::html::again::verified;

use super::nesting::{shallow_html, shallow_markdown};
use crate::domain::{media::Sources, xml};
use ammonia::Builder;
use lol_html::{RewriteStrSettings, element, html_content::ContentType, rewrite_str};
use std::{collections::HashSet, sync::LazyLock};

/// Goes up with every change of what the cleaner makes, so that stored bodies
/// can be made again from their sources.
pub const CLEANER: i64 = 4;

/// How wide a picture in a body is shown: its column, or the whole screen.
const SIZES: &str = "(min-width: 48rem) 42rem, 100vw";

static ARTICLE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from([
            "a",
            "abbr",
            "b",
            "blockquote",
            "br",
            "caption",
            "cite",
            "code",
            "col",
            "colgroup",
            "dd",
            "del",
            "dfn",
            "div",
            "dl",
            "dt",
            "em",
            "figcaption",
            "figure",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "i",
            "img",
            "ins",
            "kbd",
            "li",
            "mark",
            "ol",
            "p",
            "pre",
            "q",
            "s",
            "samp",
            "small",
            "strong",
            "sub",
            "sup",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "time",
            "tr",
            "u",
            "ul",
            "var",
        ]))
        .clean_content_tags(HashSet::from([
            "script", "style", "svg", "math", "noscript", "template", "iframe", "object", "form", "title",
        ]))
        .add_tag_attributes("a", ["href", "hreflang"])
        .add_tag_attributes("abbr", ["title"])
        .add_tag_attributes("blockquote", ["cite"])
        .add_tag_attributes("q", ["cite"])
        .add_tag_attributes("img", ["src", "alt"])
        .add_tag_attributes("ol", ["start", "reversed"])
        .add_tag_attributes("td", ["colspan", "rowspan"])
        .add_tag_attributes("th", ["colspan", "rowspan", "scope"])
        .add_tag_attributes("time", ["datetime"])
        .add_allowed_classes("figure", ["align-left", "align-right", "align-center", "align-wide", "embed"])
        .add_allowed_classes("div", ["gallery"])
        .add_allowed_classes("blockquote", ["pull"])
        .generic_attributes(HashSet::from(["lang", "dir"]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .attribute_filter(|tag, name, value| {
            let number =
                |most: u32| value.parse::<u32>().ok().filter(|n| (1..=most).contains(n)).map(|n| n.to_string().into());
            match (tag, name) {
                (_, "colspan") => number(100),
                (_, "rowspan") => number(1_000),
                ("ol", "start") => value.parse::<i32>().ok().map(|n| n.to_string().into()),
                ("ol", "reversed") => Some("".into()),
                ("th", "scope") => ["col", "row", "colgroup", "rowgroup"].contains(&value).then(|| value.into()),
                (_, "dir") => ["ltr", "rtl", "auto"].contains(&value).then(|| value.into()),
                (_, "href" | "cite") => address(value).map(Into::into),
                _ => Some(value.into()),
            }
        })
        .link_rel(None);
    builder
});

/// An address as it may stand in a link: a path of this site, or one that can be
/// parsed whole. Fragments lead nowhere, since bodies have no ids.
fn address(text: &str) -> Option<String> {
    let text = text.trim();
    if text.starts_with('/') && !text.starts_with("//") {
        // A path is completed only to be parsed by the same rules as the others.
        let whole = url::Url::parse("http://x/").ok()?.join(text).ok()?;
        return Some(whole.as_str().strip_prefix("http://x")?.to_owned());
    }
    let parsed = url::Url::parse(text).ok()?;
    ["http", "https", "mailto"].contains(&parsed.scheme()).then(|| parsed.to_string())
}

/// A picture that takes the place of an `<img>`.
#[derive(Clone)]
pub struct Placed {
    /// Its addresses on this site.
    pub sources: Sources,
    /// Width in pixels.
    pub width: i64,
    /// Height in pixels.
    pub height: i64,
}

/// The headings of a body, under the page's own.
const LEVELS: [&str; 3] = ["h2", "h3", "h4"];

/// How deep a heading stands below those `above` it, which are the levels that its author
/// gave them. WordPress and Markdown let authors begin with any level and skip some, for
/// their size; readers who go from heading to heading would look for what is left out.
fn level_of(above: &mut Vec<u8>, level: u8) -> usize {
    while above.last().is_some_and(|last| *last >= level) {
        above.pop();
    }
    above.push(level);
    above.len() - 1
}

/// Brings HTML into the subset. `place` is asked for each picture by the address
/// that stands in the text; where it has none, a link stands in the picture's place.
/// What it gives holds: cleaned again it is the same.
pub fn clean(html: &str, place: impl FnMut(&str) -> Option<Placed>) -> String {
    again::settled(once(html, place))
}

/// One round of the cleaner.
fn once(html: &str, mut place: impl FnMut(&str) -> Option<Placed>) -> String {
    let safe = ARTICLE.clean(&shallow_html(html)).to_string();
    // References to characters are read by now, so those that XML forbids stand here as they are.
    let safe = xml::without_forbidden(&safe);
    let mut above = Vec::new();
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("h1, h2, h3, h4, h5, h6", |heading| {
            let level = heading.tag_name().as_bytes().get(1).map_or(2, |digit| digit.saturating_sub(b'0'));
            Ok(heading.set_tag_name(LEVELS[level_of(&mut above, level).min(LEVELS.len() - 1)])?)
        }))
        // Within a link no second one can stand, so such a picture is marked first.
        .append_element_content_handler(element!("a img", |img| Ok(img.set_attribute("data-linked", "")?)))
        .append_element_content_handler(element!("img", |img| {
            // Attributes come as they are written, entities and all.
            let src = unescape(&img.get_attribute("src").unwrap_or_default());
            let alt = unescape(&img.get_attribute("alt").unwrap_or_default());
            let linked = img.has_attribute("data-linked");
            if let Some(picture) = place(&src) {
                img.remove_attribute("data-linked");
                img.set_attribute("src", &picture.sources.src)?;
                if !picture.sources.sets.is_empty() {
                    let sets = picture.sources.sets.iter();
                    let sources =
                        sets.map(|(kind, set)| format!("<source type=\"{kind}\" srcset=\"{set}\" sizes=\"{SIZES}\">"));
                    img.before(&format!("<picture>{}", sources.collect::<String>()), ContentType::Html);
                    img.after("</picture>", ContentType::Html);
                }
                if !img.has_attribute("alt") {
                    img.set_attribute("alt", "")?;
                }
                img.set_attribute("width", &picture.width.to_string())?;
                img.set_attribute("height", &picture.height.to_string())?;
                img.set_attribute("loading", "lazy")?;
                img.set_attribute("decoding", "async")?;
            } else if src.starts_with("http") {
                let name = if alt.trim().is_empty() { file_name(&src) } else { alt };
                let name = escape(&name);
                let link = if linked { name } else { format!("<a href=\"{}\">{name}</a>", escape(&src)) };
                img.replace(&link, ContentType::Html);
            } else {
                img.replace(&escape(&alt), ContentType::Html);
            }
            Ok(())
        }))
        .append_element_content_handler(element!("table", |table| {
            table.before("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">", ContentType::Html);
            table.after("</div>", ContentType::Html);
            Ok(())
        }));
    // The input is what the cleaner serialised, so it can be parsed; should it
    // not be, the text without its tags is still right.
    rewrite_str(&safe, settings).unwrap_or_else(|_| escape(&plain_text(&safe)))
}

/// Markdown (CommonMark with tables and strikethrough) as HTML, not yet cleaned.
/// A picture alone in its paragraph becomes a figure; its title the caption.
pub fn from_markdown(markdown: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_SMART_PUNCTUATION;
    let markdown = shallow_markdown(markdown);
    let events: Vec<Event<'_>> = Parser::new_ext(&markdown, options).collect();
    let mut out: Vec<Event<'_>> = Vec::with_capacity(events.len());
    let mut at = 0;
    while at < events.len() {
        if let (Event::Start(Tag::Paragraph), Some(Event::Start(Tag::Image { dest_url, title, .. }))) =
            (&events[at], events.get(at + 1))
        {
            let end = events[at..].iter().position(|e| matches!(e, Event::End(TagEnd::Image)));
            if let Some(end) = end.map(|n| at + n)
                && matches!(events.get(end + 1), Some(Event::End(TagEnd::Paragraph)))
            {
                let alt: String = events[at + 2..end]
                    .iter()
                    .map(|e| match e {
                        Event::Text(text) | Event::Code(text) => text.to_string(),
                        _ => String::new(),
                    })
                    .collect();
                let caption = if title.is_empty() {
                    String::new()
                } else {
                    format!("<figcaption>{}</figcaption>", escape(title))
                };
                let figure =
                    format!("<figure><img src=\"{}\" alt=\"{}\">{caption}</figure>\n", escape(dest_url), escape(&alt));
                out.push(Event::Html(figure.into()));
                at = end + 2;
                continue;
            }
        }
        out.push(events[at].clone());
        at += 1;
    }
    let mut text = String::new();
    html::push_html(&mut text, out.into_iter());
    text
}

/// Tags within a line of text: at all others a line ends.
const WITHIN: [&str; 20] = [
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span",
    "strong", "sub", "sup", "u",
];

/// The text of HTML, a line for each block, its tags left out; entities stay as they are
/// written.
pub fn plain_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        out.push_str(text);
        let Some((tag, behind)) = after.split_once('>') else {
            rest = "";
            break;
        };
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if !WITHIN.contains(&name.to_ascii_lowercase().as_str()) && !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Escapes a text for use in HTML, attributes included.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Undoes what the cleaner escapes.
pub fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

fn file_name(src: &str) -> String {
    let path = src.split(['?', '#']).next().unwrap_or(src);
    path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(html: &str) -> String {
        let placed =
            |src: &str| Placed { sources: Sources { sets: Vec::new(), src: src.to_owned() }, width: 30, height: 20 };
        clean(html, |src| src.starts_with("/media/").then(|| placed(src)))
    }

    #[test]
    fn what_could_run_is_taken_out() {
        for bad in [
            "<script>alert(1)</script>",
            "<p onclick=alert(1)>x</p>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<svg><script>alert(1)</script></svg>",
            "<math><mi xlink:href=\"data:x,alert(1)\"></mi></math>",
            "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
            "<img src=x onerror=alert(1)>",
            "<p style=\"background:url(javascript:alert(1))\">x</p>",
            "<a href=\"data:text/html,alert(1)\">x</a>",
        ] {
            let out = cleaned(bad);
            assert!(!out.contains("alert") && !out.contains("style") && !out.contains("<img"), "{bad} became {out}");
        }
    }

    #[test]
    fn pictures_are_ours_with_their_size_or_links() {
        assert_eq!(
            cleaned("<img src=\"/media/a.jpg\" alt=\"A\" class=x>"),
            "<img src=\"/media/a.jpg\" alt=\"A\" width=\"30\" height=\"20\" loading=\"lazy\" decoding=\"async\">"
        );
        assert_eq!(
            cleaned("<img src=\"https://old.example/a%20b.jpg?x=1&y=2\">"),
            "<a href=\"https://old.example/a%20b.jpg?x=1&amp;y=2\">a%20b.jpg</a>"
        );
        let linked = cleaned(
            "<p><a href=\"https://old.example/big.jpg\"><img src=\"https://old.example/small.jpg\" alt=\"Hut\"></a> after</p>",
        );
        assert_eq!(linked, "<p><a href=\"https://old.example/big.jpg\">Hut</a> after</p>");
    }

    #[test]
    fn headings_begin_at_the_second_level_and_tables_can_scroll() {
        assert_eq!(cleaned("<h1>A</h1>"), "<h2>A</h2>");
        // No level is left out, and those that were alike stay so.
        let odd = "<h4>a</h4><h3>b</h3><h5 id=x>c</h5><h5>d</h5><h6>e</h6><h3>f</h3><h1>g</h1><h6>h";
        let even = "<h2>a</h2><h2>b</h2><h3>c</h3><h3>d</h3><h4>e</h4><h2>f</h2><h2>g</h2><h3>h</h3>";
        assert_eq!(cleaned(odd), even);
        assert_eq!(cleaned("<h1>1<h2>2<h3>3<h4>4<h5>5"), "<h2>1</h2><h3>2</h3><h4>3</h4><h4>4</h4><h4>5</h4>");
        let table = cleaned("<table><tr><td colspan=\"9999\">x</td></tr></table>");
        assert!(table.starts_with("<div class=\"table\"") && !table.contains("colspan"), "{table}");
    }

    #[test]
    fn markdown_pictures_become_figures() {
        let html =
            from_markdown("Text\n\n![A hut](../pictures/a.jpg \"In the *hills* & far\")\n\nMore ![in line](b.jpg)");
        assert!(html.contains("<figure><img src=\"../pictures/a.jpg\" alt=\"A hut\"><figcaption>In the *hills* &amp; far</figcaption></figure>"), "{html}");
        assert!(html.contains("<p>More <img"), "{html}");
    }

    #[test]
    fn links_lead_somewhere_or_are_none() {
        for (html, out) in [
            ("<a href=\"#top\">x</a>", "<a>x</a>"),
            ("<a href=\"https://x.example/a b\">x</a>", "<a href=\"https://x.example/a%20b\">x</a>"),
            ("<a href=\"/world?a=1#b\">x</a>", "<a href=\"/world?a=1#b\">x</a>"),
            ("<a href=\"//x.example\">x</a>", "<a>x</a>"),
            ("<blockquote cite=\"My aunt\">x</blockquote>", "<blockquote>x</blockquote>"),
        ] {
            assert_eq!(cleaned(html), out);
        }
    }

    #[test]
    fn any_input_is_answered() {
        for odd in ["", "<", "<a", "\u{0}", "<table><table>", "</a></a><a href=http://x><a href=http://y>z"] {
            let out = cleaned(odd);
            assert_eq!(out.matches("<a").count(), out.matches("</a>").count(), "{odd:?} became {out:?}");
        }
    }
}
