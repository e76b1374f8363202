//! The body as it was cleaned, with the advertisement that may stand inside.

use super::{Dress, IntoPiece, Piece};
use crate::domain::edition::{AdSlot, Edition, Place};
use leptos::prelude::*;

/// A booked advertisement: marked, with fixed size, our own picture, no script.
pub fn ad(dress: &Dress, edition: &Edition, place: Place) -> Option<Piece> {
    let slot = edition.ads.iter().find(|ad| ad.place == place)?;
    let AdSlot { picture, alt, url, width, height, .. } = slot.clone();
    Some(
        view! {
            <aside class="ad" aria-label=dress.words.advertisement>
                <p class="ad__mark">{dress.words.advertisement}</p>
                <a href=url rel="sponsored noopener">
                    <img src=picture alt=alt width=width.to_string() height=height.to_string() loading="lazy"/>
                </a>
            </aside>
        }
        .piece(),
    )
}

/// The body, in one piece or (long enough, and a slot booked) with the
/// advertisement after its fourth paragraph at the top level.
pub fn body(html: &str, ad: Option<Piece>) -> Piece {
    let split = ad.is_some().then(|| after_paragraph(html, 4)).flatten();
    match (split, ad) {
        (Some(at), Some(ad)) => {
            let (head, tail) = html.split_at(at);
            let (head, tail) = (head.to_owned(), tail.to_owned());
            view! {
                <div class="prose" inner_html=head></div>
                {ad}
                <div class="prose" inner_html=tail></div>
            }
            .piece()
        }
        _ => view! { <div class="prose" inner_html=html.to_owned()></div> }.piece(),
    }
}

/// The place after so many paragraphs, none of them inside something else, with
/// as many still to come.
fn after_paragraph(html: &str, count: usize) -> Option<usize> {
    const HOLDERS: [&str; 6] = ["blockquote", "ul", "ol", "div", "figure", "dl"];
    let (mut depth, mut seen, mut place) = (0_usize, 0, None);
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let closing = rest.starts_with('/');
        let name: String = rest.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if HOLDERS.contains(&name.as_str()) {
            depth = if closing { depth.saturating_sub(1) } else { depth + 1 };
        } else if name == "p" && closing && depth == 0 {
            seen += 1;
            if seen == count {
                place = Some(at + "</p>".len());
            }
        }
    }
    place.filter(|_| seen >= 2 * count)
}

#[cfg(test)]
mod tests {
    use super::after_paragraph;

    #[test]
    fn an_advertisement_stands_between_paragraphs_of_a_long_text() {
        let long = format!("<blockquote><p>q</p></blockquote>{}", "<p>x</p>".repeat(8));
        let at = after_paragraph(&long, 4).unwrap();
        assert!(long[..at].ends_with("</p>") && long[at..].starts_with("<p>"));
        assert_eq!(long[at..].matches("<p>").count(), 4);
        assert_eq!(after_paragraph(&"<p>x</p>".repeat(7), 4), None);
        assert_eq!(after_paragraph("", 4), None);
    }
}
