//! What readers passed on.

use super::page;
use crate::{
    components::{IntoPiece, Piece},
    services::{Site, accounts::Account, analytics::shares::Passed, site::frame::Front},
};
use leptos::prelude::*;

/// The page of the most shared articles of so many days.
pub fn sharing(site: &Site, front: &Front, account: &Account, days: i64, spans: &[i64], report: &[Passed]) -> String {
    page(site, front, account, "Sharing", "/newsroom/sharing", |dress| {
        let tabs: Vec<_> = spans
            .iter()
            .map(|span| {
                let current = (*span == days).then_some("page");
                let to = format!("/newsroom/sharing?days={span}");
                let name = if *span == 1 { "Since yesterday".to_owned() } else { format!("{span} days") };
                view! { <li><a href=to aria-current=current>{name}</a></li> }
            })
            .collect();
        let rows: Vec<_> = report
            .iter()
            .map(|passed| {
                let article = &passed.article;
                let by: Vec<_> =
                    passed.by.iter().map(|(service, clicks)| format!("{} {clicks}", service.name())).collect();
                view! {
                    <tr>
                        <td><a href=article.href()>{article.title.clone()}</a></td>
                        <td>{dress.date(article.published)}</td>
                        <td class="figures__number">{passed.total()}</td>
                        <td>{by.join(", ")}</td>
                    </tr>
                }
            })
            .collect();
        let list: Piece = if rows.is_empty() {
            view! { <p>"Nobody has used the share rows in this time."</p> }.piece()
        } else {
            view! {
                <div class="table" tabindex="0" role="group" aria-label="Shared articles">
                    <table>
                        <thead>
                            <tr>
                                <th>"Article"</th>
                                <th>"Published"</th>
                                <th class="figures__number">"Clicks"</th>
                                <th>"Where to"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .piece()
        };
        view! {
            <p>"Clicks on the share rows, at most one per reader and hour. Who clicked is not kept; whether they sent anything, only the services know."</p>
            <nav aria-label="Time"><ul class="queue__tabs">{tabs}</ul></nav>
            {list}
        }
        .piece()
    })
}
