//! Ways through a list: newer, older, and by month.

use super::{Dress, IntoPiece, Piece, icon};
use crate::domain::listing::{Listing, Month};
use leptos::prelude::*;

/// `Newer` and `Older`, each with a stable address.
pub fn pager(dress: &Dress, base: &str, listing: &Listing) -> Option<Piece> {
    if listing.older.is_none() && listing.newer.is_none() {
        return None;
    }
    let newer = listing.newer.map(|cursor| {
        view! { <a class="pager__link" rel="prev" href=format!("{base}?after={cursor}")>{icon("newer")}{dress.words.newer}</a> }
    });
    let older = listing.older.map(|cursor| {
        view! { <a class="pager__link pager__link--older" rel="next" href=format!("{base}?before={cursor}")>{dress.words.older}{icon("older")}</a> }
    });
    Some(view! { <nav class="pager" aria-label=dress.words.archive>{newer}{older}</nav> }.piece())
}

/// The months that hold something, a line for each year.
pub fn archive_months(dress: &Dress, base: &str, months: &[Month]) -> Piece {
    let years: Vec<_> = months
        .chunk_by(|a, b| a.year == b.year)
        .map(|year| {
            let links: Vec<_> = year
                .iter()
                .map(|month| {
                    let href = format!("{base}/{:04}/{:02}", month.year, month.month);
                    view! { <li><a href=href>{dress.calendar.month_name(month.month)}</a></li> }
                })
                .collect();
            let heading = year.first().map(|m| m.year.to_string());
            view! {
                <section class="archive__year">
                    <h2>{heading}</h2>
                    <ul>{links}</ul>
                </section>
            }
        })
        .collect();
    view! { <div class="archive">{years}</div> }.piece()
}
