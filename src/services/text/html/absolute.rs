//! Bodies for readers elsewhere.

use lol_html::{RewriteStrSettings, element, rewrite_str};

/// The same body with full addresses, for readers elsewhere.
pub fn absolute(html: &str, base_url: &str) -> String {
    let full = |path: &str| format!("{base_url}{path}");
    let local = |path: &String| path.starts_with('/') && !path.starts_with("//");
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("a[href]", |a| {
            if let Some(path) = a.get_attribute("href").filter(local) {
                a.set_attribute("href", &full(&path))?;
            }
            Ok(())
        }))
        .append_element_content_handler(element!("img[src]", |img| {
            if let Some(path) = img.get_attribute("src").filter(local) {
                img.set_attribute("src", &full(&path))?;
            }
            Ok(())
        }))
        // Feed readers choose no widths; the one plain form does.
        .append_element_content_handler(element!("picture", |picture| {
            picture.remove_and_keep_content();
            Ok(())
        }))
        .append_element_content_handler(element!("source", |source| {
            source.remove();
            Ok(())
        }));
    // What the cleaner wrote can be read again.
    rewrite_str(html, settings).unwrap_or_else(|_| html.to_owned())
}
