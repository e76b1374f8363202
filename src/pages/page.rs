//! Pages beside the news; Staff lists the authors.

use super::{Head, shell};
use crate::{
    components::{Dress, IntoPiece, Piece, author_box, body, closed_comments},
    domain::{author::Author, comment::Talk, page::Page},
    services::{Site, site::frame::Front},
};
use leptos::prelude::*;

/// The head of such a page.
pub fn head(page: &Page) -> Head {
    let path = format!("/{}", page.slug);
    Head {
        title: page.title.clone(),
        description: page.standfirst.clone(),
        canonical: Some(path.clone()),
        current: path,
        ..Head::default()
    }
}

/// A page; with authors, where it lists them, and with the conversation that it
/// brought along.
pub fn page(site: &Site, front: &Front, page: &Page, talk: &Talk, staff: &[Author]) -> String {
    shell::page(site, front, head(page), |dress| matter(dress, page, None, talk, staff))
}

/// A page that is not public, for those who have its preview's address.
pub fn preview(site: &Site, front: &Front, page: &Page) -> String {
    let head = Head { canonical: None, noindex: true, ..head(page) };
    let line = front.words.preview_line;
    shell::page(site, front, head, |dress| matter(dress, page, Some(line), &Talk::default(), &[]))
}

fn matter(dress: &Dress, page: &Page, notice: Option<&'static str>, talk: &Talk, staff: &[Author]) -> Piece {
    let standfirst =
        (!page.standfirst.is_empty()).then(|| view! { <p class="standfirst">{page.standfirst.clone()}</p> });
    let authors: Vec<_> = staff.iter().map(author_box).collect();
    let authors = (!authors.is_empty()).then(|| {
        view! {
            <section class="staff" aria-labelledby="staff">
                <h2 class="visually-hidden" id="staff">{page.title.clone()}</h2>
                {authors}
            </section>
        }
    });
    let conversation = (!talk.thread.is_empty()).then(|| closed_comments(dress, talk));
    view! {
        <article class="article article--page">
            {notice.map(|line| view! { <p class="notice notice--preview">{line}</p> })}
            <header class="article__head"><h1 class="article__title">{page.title.clone()}</h1></header>
            {standfirst}
            {body(&page.body, None)}
            {authors}
            {conversation}
        </article>
    }
    .piece()
}
