//! Pages beside the news; Staff lists the authors.

use super::{Head, shell};
use crate::{
    components::{author_box, body},
    domain::{author::Author, page::Page},
    services::{Site, front::Front},
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

/// A page; with authors, where it lists them.
pub fn page(site: &Site, front: &Front, page: &Page, staff: &[Author]) -> String {
    shell::page(site, front, head(page), |_| {
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
        view! {
            <article class="article article--page">
                <header class="article__head"><h1 class="article__title">{page.title.clone()}</h1></header>
                {standfirst}
                {body(&page.body, None)}
                {authors}
            </article>
        }
        .into_any()
    })
}
