//! Galleries of an archive: pictures that came with it, and links to those that did not.

use super::bundle::{BundleEntry, BundleMedia};
use crate::services::text::html;
use std::collections::HashMap;

/// How the converter writes a gallery.
const OPEN: &str = "<div class=\"gallery\" data-ids=\"";

/// The attachments of an archive, by their number and by what they belong to.
pub struct Galleries<'a> {
    by_id: HashMap<&'a str, &'a BundleMedia>,
    by_parent: HashMap<&'a str, Vec<&'a BundleMedia>>,
}

impl<'a> Galleries<'a> {
    /// Looks through the attachments once.
    pub fn new(media: &'a [BundleMedia]) -> Self {
        let mut by_parent: HashMap<&str, Vec<&BundleMedia>> = HashMap::new();
        for item in media {
            if let Some(parent) = &item.parent {
                by_parent.entry(parent).or_default().push(item);
            }
        }
        Self { by_id: media.iter().map(|m| (m.id.as_str(), m)).collect(), by_parent }
    }

    /// The addresses of the pictures in an entry's galleries.
    pub fn addresses(&self, entry: &BundleEntry) -> Vec<String> {
        let galleries = entry.html.split(OPEN).skip(1);
        let ids = galleries.map(|rest| rest.split_once('"').map_or(rest, |(ids, _)| ids));
        ids.flat_map(|ids| self.meant(ids, &entry.id)).map(|media| media.url.clone()).collect()
    }

    /// An entry's text with its galleries, which name attachments by number (or, naming
    /// none, mean all that belong to the entry), filled: with pictures that are `here`, and
    /// with links to the others.
    pub fn filled(&self, entry: &BundleEntry, here: impl Fn(&str) -> bool) -> String {
        let mut html = String::with_capacity(entry.html.len());
        let mut rest = entry.html.as_str();
        while let Some((before, after)) = rest.split_once(OPEN) {
            let (ids, after) = after.split_once('"').unwrap_or((after, ""));
            html.push_str(before);
            html.push_str("<div class=\"gallery\"");
            rest = match after.strip_prefix('>') {
                Some(after) => {
                    html.push('>');
                    let meant = self.meant(ids, &entry.id).into_iter();
                    meant.for_each(|media| html.push_str(&if here(&media.url) { figure(media) } else { link(media) }));
                    after
                }
                None => after,
            };
        }
        html.push_str(rest);
        html
    }

    fn meant(&self, ids: &str, entry: &str) -> Vec<&'a BundleMedia> {
        let named: Vec<&str> = ids.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
        if named.is_empty() {
            return self.by_parent.get(entry).cloned().unwrap_or_default();
        }
        named.iter().filter_map(|id| self.by_id.get(id).copied()).collect()
    }
}

fn figure(media: &BundleMedia) -> String {
    let caption = match media.caption.as_str() {
        "" => String::new(),
        caption => format!("<figcaption>{}</figcaption>", html::escape(caption)),
    };
    let (src, alt) = (html::escape(&media.url), html::escape(&media.alt));
    format!("<figure><img src=\"{src}\" alt=\"{alt}\">{caption}</figure>")
}

fn link(media: &BundleMedia) -> String {
    let name = if media.title.is_empty() { &media.url } else { &media.title };
    format!("<figure class=\"embed\"><a href=\"{}\">{}</a></figure>", html::escape(&media.url), html::escape(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::import::bundle::BundleMedia;

    fn media(id: &str, parent: Option<&str>) -> BundleMedia {
        let url = format!("https://old.example/{id}.jpg");
        BundleMedia { id: id.into(), url, parent: parent.map(str::to_owned), ..BundleMedia::default() }
    }

    #[test]
    fn galleries_become_links_to_what_they_name() {
        let media = vec![media("1", None), media("2", Some("9")), media("3", Some("8"))];
        let galleries = Galleries::new(&media);
        let entry = |html: &str| BundleEntry { id: "9".into(), html: html.into(), ..BundleEntry::default() };
        let filled = |html: &str| galleries.filled(&entry(html), |address| address.ends_with("/3.jpg"));
        assert_eq!(
            galleries.addresses(&entry("<div class=\"gallery\" data-ids=\"\"></div>")),
            ["https://old.example/2.jpg"]
        );
        let named = filled("<p>a</p><div class=\"gallery\" data-ids=\"3, 1\"></div><p>b</p>");
        assert!(named.find("old.example/3.jpg") < named.find("old.example/1.jpg"), "{named}");
        assert!(named.contains("<figure><img src=\"https://old.example/3.jpg\""), "{named}");
        assert!(named.contains("<figure class=\"embed\"><a href=\"https://old.example/1.jpg\""), "{named}");
        assert!(!named.contains("2.jpg") && named.starts_with("<p>a</p>") && named.ends_with("</div><p>b</p>"));
        assert!(filled("<div class=\"gallery\" data-ids=\"\"></div>").contains("2.jpg"));
        assert_eq!(filled("no gallery"), "no gallery");
        assert_eq!(filled("<div class=\"gallery\" data-ids=\"1"), "<div class=\"gallery\"");
    }
}
