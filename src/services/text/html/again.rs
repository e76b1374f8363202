//! Bodies that are clean already: the cleaner leaves what it has written as it is.
//!
//! Pictures in several forms and the wrappers of tables are the cleaner's own and not in its
//! subset, so they are taken off before a body is cleaned again, and put on again as they
//! were, where they are of the form in which it writes them.

use super::{Placed, escape, once, plain_text, unescape};
use crate::domain::media::{PICTURE_KINDS, Sources, media_type};
use lol_html::{RewriteStrSettings, element, rewrite_str};
use std::{cell::RefCell, collections::HashMap};

/// So often a text is mended again before it is taken for words alone: what a parser mends it
/// may mend once more, and two rounds are the most that was seen.
const ROUNDS: usize = 8;

/// The widest and highest picture that is believed, in pixels: JPEG knows none larger.
const LARGEST: i64 = 65_535;

/// What the cleaner makes of a body that came in from elsewhere; `None` where it holds as it is.
pub fn verified(html: &str) -> Option<String> {
    let next = again(html);
    (next != html).then(|| settled(next))
}

/// Cleans until nothing changes any more.
pub(super) fn settled(mut html: String) -> String {
    for _ in 0..ROUNDS {
        let next = again(&html);
        if next == html {
            return html;
        }
        html = next;
    }
    // Words alone have nothing that could be mended.
    again(&escape(&unescape(&plain_text(&html))))
}

/// One more round over a body with pictures and tables in place.
fn again(html: &str) -> String {
    let (bare, pictures) = bare(html);
    once(&bare, |src| pictures.get(src).cloned())
}

/// A body without the wrappers of its tables, and the pictures in it that are ours.
fn bare(html: &str) -> (String, HashMap<String, Placed>) {
    let pictures = RefCell::new(HashMap::new());
    let sets = RefCell::new(Vec::new());
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("div.table[tabindex][role][aria-label]", |div| {
            div.remove_and_keep_content();
            Ok(())
        }))
        .append_element_content_handler(element!("picture", |_picture| {
            sets.borrow_mut().clear();
            Ok(())
        }))
        .append_element_content_handler(element!("picture > source", |source| {
            sets.borrow_mut().extend(set_of(&source.get_attribute("type"), &source.get_attribute("srcset")));
            Ok(())
        }))
        .append_element_content_handler(element!("img", |img| {
            let sets = sets.take();
            let src = unescape(&img.get_attribute("src").unwrap_or_default());
            let pixels = |name: &str| {
                img.get_attribute(name)?.parse::<i64>().ok().filter(|pixels| (1..=LARGEST).contains(pixels))
            };
            if let (true, Some(width), Some(height)) = (is_ours(&src), pixels("width"), pixels("height")) {
                let sources = Sources { sets, src: src.clone() };
                pictures.borrow_mut().entry(src).or_insert(Placed { sources, width, height });
            }
            Ok(())
        }));
    // What can't be read is cleaned as it is, without its pictures.
    let bare = rewrite_str(html, settings).unwrap_or_else(|_| html.to_owned());
    (bare, pictures.take())
}

/// Whether an address is that of a picture in the media store, in any of its forms.
fn is_ours(address: &str) -> bool {
    let Some((stem, extension)) = address.strip_prefix("/media/").and_then(|name| name.split_once('.')) else {
        return false;
    };
    let plain = |c: u8| c.is_ascii_alphanumeric() || c == b'-';
    !stem.is_empty() && stem.bytes().all(plain) && media_type(extension).is_some()
}

/// The forms of a `<source>`: its media type, and addresses of ours with their widths.
fn set_of(kind: &Option<String>, set: &Option<String>) -> Option<(&'static str, String)> {
    let (kind, set) = (kind.as_deref()?, set.as_deref()?);
    let (_, kind) = PICTURE_KINDS.iter().find(|(_, known)| *known == kind)?;
    let form = |form: &str| {
        let (address, width) = form.split_once(' ')?;
        let digits = width.strip_suffix('w').filter(|digits| digits.parse::<u16>().is_ok())?;
        (is_ours(address) && digits.bytes().all(|b| b.is_ascii_digit())).then_some(())
    };
    set.split(", ").all(|one| form(one).is_some()).then(|| (*kind, set.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::text::{comment_html, html};

    fn placed(src: &str) -> Option<Placed> {
        let sets = vec![("image/webp", "/media/a-1-320.webp 320w, /media/a-1-640.webp 640w".to_owned())];
        let ours = src.starts_with("/media/") || src.starts_with("pictures/");
        ours.then(|| Placed { sources: Sources { sets, src: "/media/a-1-640.jpg".into() }, width: 30, height: 20 })
    }

    const HOSTILE: &[&str] = &[
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>x",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<img src=\"/media/a.jpg\" width=30 height=20 onerror=alert(1)>",
        "<img src=\"/media/a.jpg\" width=\"30\" height=\"1e9\">",
        "<picture><source type=\"image/webp\" srcset=\"https://evil.example/a.webp 320w\" sizes=\"1px\"><img src=\"/media/a.jpg\" width=\"3\" height=\"2\"></picture>",
        "<picture><source type=\"image/svg+xml\" srcset=\"/media/a.svg 320w\"><img src=\"data:image/svg+xml,x\" width=\"3\" height=\"2\"></picture>",
        "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\" onfocus=\"alert(1)\" autofocus>x</div>",
        "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table><tr><td>x",
        "<p style=\"background:url(javascript:alert(1))\">x</p>",
        "<a href=\"data:text/html,alert(1)\">x</a>",
        "<pre>\n\n\nx</pre><pre>\r\n\r\nx</pre>",
        "<img src=\"https://old.example/a b.jpg\" alt=\"A &quot;b&quot; &lt;script&gt;&nbsp;c\">",
        "<img src=\"https://\" alt=x><img src=\"http//[\"><img src='https://x.example/\"><script>'>",
        "<a href=https://x.example>a<table><tr><td><a href=https://y.example>b<img src=https://z.example/p.jpg></table>",
        "<b><p>x</b>y<table><b><tr><i><td>z</table><p>w</p>",
        "<h1>a<h3>b<h2>c</h1><h6>d",
        "<p>a<div>b<p>c</div>d<li>e<dl><dt>f<dd>g<table><caption>h",
        "<table><p>x<tr>y<td>z<table><td>w",
        "a\u{b}b&#1;c&#xFFFE;d\u{ffff}e\0f&#0;g",
        "<time datetime='\u{1}'>x</time><abbr title='a\"b&lt;'>y</abbr>",
        "<figure><img src=\"/media/a.jpg\" alt=\"\"><figcaption>c</figure><a href=/x><img src=/media/b.jpg></a>",
        "<a href='https://x.example/<div>'>x</a>",
        "<table><colgroup><col><col></colgroup><thead><tr><th scope=col>a</table>",
    ];

    /// Whether something in it can run, or fetches from elsewhere.
    fn is_alive(html: &str) -> bool {
        let mut alive = false;
        let settings = RewriteStrSettings::new().append_element_content_handler(element!("*", |one| {
            let tags = ["script", "svg", "iframe", "style", "math", "object", "form", "template", "mglyph"];
            alive |= tags.contains(&one.tag_name().as_str());
            for attribute in one.attributes() {
                let (name, value) = (attribute.name(), attribute.value().to_lowercase());
                alive |= name.starts_with("on") || ["style", "srcdoc", "autofocus"].contains(&name.as_str());
                alive |= value.starts_with("javascript:") || value.starts_with("data:");
                alive |= name.starts_with("src") && value.contains("://");
            }
            Ok(())
        }));
        rewrite_str(html, settings).unwrap();
        alive
    }

    fn demo() -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/content"))];
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "md") {
                    found.push(html::from_markdown(&std::fs::read_to_string(path).unwrap()));
                }
            }
        }
        found
    }

    #[test]
    fn what_was_cleaned_holds() {
        let demo = demo();
        assert!(demo.len() > 20);
        for html in HOSTILE.iter().map(|html| (*html).to_owned()).chain(demo) {
            for place in [placed as fn(&str) -> Option<Placed>, |_| None] {
                let once = html::clean(&html, place);
                assert_eq!(verified(&once), None, "{html:.300}\n{once:.600}");
            }
            let comment = comment_html::clean(&html);
            assert_eq!(comment_html::clean(&comment), comment, "{html:.300}");
        }
    }

    #[test]
    fn every_pair_of_pieces_holds() {
        for (one, other) in HOSTILE.iter().flat_map(|one| HOSTILE.iter().map(move |other| (one, other))) {
            let once = html::clean(&format!("{one}{other}"), placed);
            assert_eq!(verified(&once), None, "{one}{other}");
            assert!(!is_alive(&once), "{once}");
        }
    }

    #[test]
    fn what_does_not_hold_is_made_harmless() {
        for html in HOSTILE {
            if let Some(mended) = verified(html) {
                assert!(!is_alive(&mended), "{html} became {mended}");
                assert_eq!(verified(&mended), None);
            } else {
                assert!(!is_alive(html), "{html}");
            }
        }
        let live = "<picture><source type=\"image/webp\" srcset=\"/media/a.webp 320w\" sizes=\"1px\" onerror=x><img src=\"/media/a.jpg\" alt=\"\" width=\"3\" height=\"2\"></picture>";
        let mended = verified(live).unwrap();
        assert!(mended.contains("srcset=\"/media/a.webp 320w\"") && !mended.contains("onerror"), "{mended}");
    }

    #[test]
    fn no_character_stays_that_xml_forbids() {
        assert_eq!(html::clean("<p>a\u{b}b&#11;c&#xFFFE;d</p>", |_| None), "<p>abcd</p>");
        assert_eq!(comment_html::clean("<p>a\u{b}b&#11;c</p>"), "<p>abc</p>");
    }
}
