//! Link cards: what stands in for players, frames and embeds. Owns web addresses as far as this
//! importer needs them; refuses anything that is not http or https.

use std::borrow::Cow;

use super::entities::{decode, escape};
use super::tree::{Element, Node};

/// How long the visible part of a card may be, in characters.
const LABEL_CHARS: usize = 60;

/// The absolute http(s) address a source value means, references decoded; relative ones are
/// resolved only where that needs no knowledge of the page (`//host`, `/path`).
pub fn web_address(value: &str, base_url: &str) -> Option<String> {
    let value = decode(value.trim());
    if value.is_empty() || value.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"".contains(c)) {
        return None;
    }
    if let Some(rest) = value.strip_prefix("//") {
        return (!rest.is_empty()).then(|| format!("https://{rest}"));
    }
    if value.starts_with('/') {
        let origin = origin(base_url)?;
        return Some(format!("{origin}{value}"));
    }
    let rest = strip_scheme(&value)?;
    (!rest.is_empty() && !rest.starts_with('/')).then(|| value.into_owned())
}

/// An attribute value made absolute, still escaped; `None` if it may stay as it is.
pub fn absolute_attr<'a>(value: &str, base_url: &str) -> Option<Cow<'a, str>> {
    let value = value.trim();
    if value.starts_with('?') && !base_url.is_empty() {
        return Some(Cow::Owned(format!("{}/{value}", escape(base_url))));
    }
    if value.starts_with('/') && !value.starts_with("//") {
        let origin = origin(base_url)?;
        return Some(Cow::Owned(format!("{}{value}", escape(origin))));
    }
    None
}

/// Text that is one web address and nothing else.
pub fn lone_address(text: &str) -> Option<String> {
    let text = text.trim();
    strip_scheme(text)?;
    web_address(text, "").map(|url| watch_page(&url))
}

fn strip_scheme(url: &str) -> Option<&str> {
    for scheme in ["https://", "http://"] {
        if url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)) {
            return url.get(scheme.len()..);
        }
    }
    None
}

/// Scheme and host of the site's address.
fn origin(base_url: &str) -> Option<&str> {
    let rest = strip_scheme(base_url)?;
    let host = rest.find('/').unwrap_or(rest.len());
    base_url.get(..base_url.len() - rest.len() + host)
}

/// The page a person would visit, for the players' own addresses of the commonest services.
pub fn watch_page(url: &str) -> String {
    let Some(rest) = strip_scheme(url) else {
        return url.to_owned();
    };
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    for (player, page) in [
        ("youtube.com/embed/", "https://www.youtube.com/watch?v="),
        ("youtube-nocookie.com/embed/", "https://www.youtube.com/watch?v="),
        ("youtube.com/v/", "https://www.youtube.com/watch?v="),
        ("player.vimeo.com/video/", "https://vimeo.com/"),
        ("videopress.com/embed/", "https://videopress.com/v/"),
        ("dailymotion.com/embed/video/", "https://www.dailymotion.com/video/"),
    ] {
        if let Some(id) = rest.strip_prefix(player) {
            let id = id.split(['?', '&', '#', '/']).next().unwrap_or_default();
            // A list is no single film: its own address says more.
            if !id.is_empty() && id != "videoseries" {
                return format!("{page}{id}");
            }
        }
    }
    url.to_owned()
}

/// The card for an address.
pub fn card<'a>(url: &str) -> Node<'a> {
    let rest = strip_scheme(url).unwrap_or(url);
    let rest = rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/');
    let mut label: String = rest.chars().take(LABEL_CHARS).collect();
    if label.len() < rest.len() {
        label.push('…');
    }
    let link = Element::new("a").attr("href", escape(url)).with(vec![Node::Text(escape(&label).into())]);
    Node::Element(Element::new("figure").attr("class", "embed").with(vec![Node::Element(link)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_resolved_or_refused() {
        let base = "https://old.example/blog";
        let web = |value| web_address(value, base);
        assert_eq!(web("//cdn.example/a").as_deref(), Some("https://cdn.example/a"));
        assert_eq!(web("/a?b=1&amp;c=2").as_deref(), Some("https://old.example/a?b=1&c=2"));
        assert_eq!(web("HTTP://x.example"), Some("HTTP://x.example".into()));
        for bad in ["javascript:alert(1)", "data:text/html,x", "http://", "https:///x", "a b", "x.mp3", "hé"] {
            assert_eq!(web(bad), None, "{bad}");
        }
    }

    #[test]
    fn players_become_pages() {
        assert_eq!(
            watch_page("https://www.youtube.com/embed/abc?feature=oembed"),
            "https://www.youtube.com/watch?v=abc"
        );
        assert_eq!(watch_page("https://x.example/embed/abc"), "https://x.example/embed/abc");
    }
}
