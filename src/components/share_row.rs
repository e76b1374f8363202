//! The share rows: links to the services' own addresses, nothing of theirs here.

use super::{Dress, IntoPiece, Piece, icon};
use crate::{
    assets,
    domain::share::{Service, Shared},
    islands::CopyLink,
};
use leptos::{either::Either, prelude::*};

/// A row of share links under its word.
pub fn share_row(dress: &Dress, heading: &'static str, services: &[Service], what: Shared<'_>) -> Piece {
    let links: Vec<_> = services
        .iter()
        .map(|service| {
            let href = service.href(what);
            let name = service.name();
            let link = if *service == Service::CopyLink {
                let icon = format!("{}#link", assets::url("icons.svg"));
                Either::Left(view! { <CopyLink href=href label=name.to_owned() copied=dress.words.copied.to_owned() icon=icon/> })
            } else {
                Either::Right(view! {
                    <a class=format!("share__link share__link--{}", service.icon()) href=href rel="noopener nofollow" target="_blank">
                        {icon(service.icon())}
                        <span class="share__name">{name}</span>
                    </a>
                })
            };
            view! { <li>{link}</li> }
        })
        .collect();
    view! {
        <div class="share" role="group" aria-label=heading.trim_end_matches('.')>
            <p class="share__heading" aria-hidden="true">{heading}</p>
            <ul class="share__list">{links}</ul>
        </div>
    }
    .piece()
}
