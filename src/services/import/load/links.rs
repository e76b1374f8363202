//! Links of an archive to its own pages: they stay within the site, wherever it stands now.

use super::super::pictures::{plain, uncut};
use crate::{domain::media::Picture, services::text::html};
use lol_html::{RewriteStrSettings, element, rewrite_str};
use std::collections::{BTreeMap, HashMap};

/// The addresses of the pictures in a text.
pub fn pictures_in(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let settings = RewriteStrSettings::new().append_element_content_handler(element!("img[src]", |img| {
        let src = html::unescape(&img.get_attribute("src").unwrap_or_default());
        if src.starts_with("http") {
            found.push(src);
        }
        Ok(())
    }));
    // What can't be read has no pictures, and the cleaner drops it.
    let _ = rewrite_str(html, settings);
    found
}

/// Links that lead to the old site become paths, at which redirects wait; links to the
/// files of pictures lead to the picture.
pub fn at_home(html: &str, base_url: &str, pictures: &BTreeMap<String, Picture>) -> String {
    let files: HashMap<String, &Picture> =
        pictures.iter().map(|(address, picture)| (plain(address), picture)).collect();
    let base = plain(base_url);
    let host = base.split('/').next().unwrap_or_default().trim_start_matches("www.");
    let settings = RewriteStrSettings::new().append_element_content_handler(element!("a[href]", |a| {
        let href = html::unescape(&a.get_attribute("href").unwrap_or_default());
        if !href.starts_with("http://") && !href.starts_with("https://") {
            return Ok(());
        }
        let file = plain(&href);
        let picture = files.get(&file).or_else(|| uncut(&file).and_then(|whole| files.get(&whole)));
        if let Some(picture) = picture {
            a.set_attribute("href", &picture.ready.largest(&picture.file))?;
            return Ok(());
        }
        let Some((_, rest)) = href.split_once("://") else { return Ok(()) };
        let (other, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        // A file that did not come along still lies there, if anywhere.
        if is_file(&file) {
            return Ok(());
        }
        if !host.is_empty() && other.trim_start_matches("www.").eq_ignore_ascii_case(host) {
            // A path that begins with two slashes would be another machine's.
            a.set_attribute("href", &html::escape(&format!("/{}", path.trim_start_matches('/'))))?;
        }
        Ok(())
    }));
    rewrite_str(html, settings).unwrap_or_else(|_| html.to_owned())
}

/// Whether an address names a file rather than a page.
fn is_file(address: &str) -> bool {
    let last = address.split_once('/').and_then(|(_, path)| path.rsplit('/').next()).unwrap_or_default();
    last.rsplit_once('.').is_some_and(|(_, ending)| {
        (2..=5).contains(&ending.len())
            && ending.bytes().all(|b| b.is_ascii_alphanumeric())
            && !["htm", "html", "php"].contains(&ending.to_ascii_lowercase().as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_at_home() {
        let html = "<a href=\"https://www.old.example/2011/05/boats/?a=1&amp;b=2#c\">b</a><a href=\"http://old.example\">h</a>\
            <a href=\"https://old.example//evil.example/x\">e</a><a href=\"https://else.example/x\">o</a><a href=\"/y\">y</a>\
            <a href=\"https://old.example/talk.pdf\">f</a><a href=\"https://old.example/old.html\">p</a>";
        let home = at_home(html, "https://old.example/blog", &BTreeMap::new());
        for part in [
            "href=\"/2011/05/boats/?a=1&amp;b=2#c\"",
            "<a href=\"/\">h",
            "<a href=\"/evil.example/x\">e",
            "href=\"https://else.example/x\"",
            "href=\"/y\"",
            "href=\"https://old.example/talk.pdf\"",
            "href=\"/old.html\"",
        ] {
            assert!(home.contains(part), "{part}: {home}");
        }
    }

    #[test]
    fn pictures_are_found() {
        let html = "<p><img src=\"https://a.example/b.jpg?x=1&amp;y=2\"><img src='/c.jpg'><img></p>";
        assert_eq!(pictures_in(html), ["https://a.example/b.jpg?x=1&y=2"]);
    }
}
