//! Galleries of an archive, whose pictures did not come with it.

use super::bundle::{Bundle, BundleEntry};
use crate::services::body;

/// Fills the galleries, which name attachments by number (or, naming none, mean
/// all that belong to the entry), with links to them.
pub fn with_galleries(bundle: &Bundle, entry: &BundleEntry) -> BundleEntry {
    const OPEN: &str = "<div class=\"gallery\" data-ids=\"";
    let mut html = String::with_capacity(entry.html.len());
    let mut rest = entry.html.as_str();
    while let Some((before, after)) = rest.split_once(OPEN) {
        let (ids, after) = after.split_once('"').unwrap_or((after, ""));
        html.push_str(before);
        html.push_str("<div class=\"gallery\"");
        rest = match after.strip_prefix('>') {
            Some(after) => {
                html.push('>');
                let named: Vec<&str> = ids.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
                let own = |parent: &Option<String>| parent.as_deref() == Some(entry.id.as_str());
                for media in bundle
                    .media
                    .iter()
                    .filter(|m| named.contains(&m.id.as_str()) || (named.is_empty() && own(&m.parent)))
                {
                    let name = if media.title.is_empty() { &media.url } else { &media.title };
                    html.push_str(&format!(
                        "<figure class=\"embed\"><a href=\"{}\">{}</a></figure>",
                        body::escape(&media.url),
                        body::escape(name)
                    ));
                }
                after
            }
            None => after,
        };
    }
    html.push_str(rest);
    BundleEntry { html, ..entry.clone() }
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
        let bundle = Bundle { media, ..Bundle::default() };
        let filled = |html: &str| {
            let entry = BundleEntry { id: "9".into(), html: html.into(), ..BundleEntry::default() };
            with_galleries(&bundle, &entry).html
        };
        let named = filled("<p>a</p><div class=\"gallery\" data-ids=\"1, 3\"></div><p>b</p>");
        assert!(named.contains("old.example/1.jpg") && named.contains("old.example/3.jpg"), "{named}");
        assert!(!named.contains("2.jpg") && named.starts_with("<p>a</p>") && named.ends_with("</div><p>b</p>"));
        assert!(filled("<div class=\"gallery\" data-ids=\"\"></div>").contains("2.jpg"));
        assert_eq!(filled("no gallery"), "no gallery");
        assert_eq!(filled("<div class=\"gallery\" data-ids=\"1"), "<div class=\"gallery\"");
    }
}
