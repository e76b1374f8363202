//! Who wrote it: portraits, bylines, the box under the article.

use super::{Dress, IntoPiece, Piece, Shown, picture};
use crate::domain::author::Author;
use leptos::{either::Either, prelude::*};

/// An author's picture; the initials where there is none.
pub fn portrait(author: &Author) -> Piece {
    match &author.picture {
        Some(shown) => {
            let mute = crate::domain::media::Picture { alt: String::new(), ..shown.clone() };
            view! { <span class="portrait">{picture(&mute, Shown::FACE, false)}</span> }.piece()
        }
        None => {
            let initials: String =
                author.name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect();
            view! { <span class="portrait portrait--initials" aria-hidden="true">{initials}</span> }.piece()
        }
    }
}

/// `By A, B and C`, each name a link.
pub fn byline_links(dress: &Dress, authors: &[Author]) -> Piece {
    let last = authors.len().saturating_sub(1);
    let names: Vec<_> = authors
        .iter()
        .enumerate()
        .map(|(n, author)| {
            let between = match n {
                0 => String::new(),
                n if n == last => format!(" {} ", dress.words.and),
                _ => ", ".into(),
            };
            view! {
                {between}
                <a rel="author" href=format!("/author/{}", author.slug)>{author.name.clone()}</a>
            }
        })
        .collect();
    view! { <span class="byline__names">{dress.words.by}" "{names}</span> }.piece()
}

/// Picture, name, biography and links of an author.
pub fn author_box(author: &Author) -> Piece {
    let links: Vec<_> = author
        .links
        .iter()
        .map(|link| view! { <li><a href=link.url.clone() rel="me noopener">{link.name.clone()}</a></li> })
        .collect();
    let links = if links.is_empty() {
        Either::Left(())
    } else {
        Either::Right(view! { <ul class="author-box__links">{links}</ul> })
    };
    let role = (!author.role.is_empty()).then(|| view! { <p class="author-box__role">{author.role.clone()}</p> });
    let bio = (!author.bio.is_empty()).then(|| view! { <p class="author-box__bio">{author.bio.clone()}</p> });
    view! {
        <div class="author-box">
            {portrait(author)}
            <div class="author-box__text">
                <h3 class="author-box__name">
                    <a href=format!("/author/{}", author.slug)>{author.name.clone()}</a>
                </h3>
                {role}
                {bio}
                {links}
            </div>
        </div>
    }
    .piece()
}
