//! Icons out of the one sprite, and the publication's profiles.

use super::{IntoPiece, Piece};
use crate::{assets, domain::edition::Link};
use leptos::prelude::*;

/// An icon; decoration beside a word, never the word itself.
pub fn icon(name: &str) -> impl IntoView + use<> {
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=format!("{}#{name}", assets::url("icons.svg"))></use>
        </svg>
    }
}

/// The icon of a profile, by its service's name.
fn icon_of(name: &str) -> &'static str {
    let name = name.to_ascii_lowercase();
    ["facebook", "instagram", "pinterest", "youtube", "linkedin", "tumblr", "telegram"]
        .into_iter()
        .find(|service| name.contains(service))
        .unwrap_or(if name.contains("twitter") || name == "x" { "x" } else { "link" })
}

/// Links to the publication's profiles elsewhere.
pub fn profile_links(profiles: &[Link]) -> Piece {
    let links: Vec<_> = profiles
        .iter()
        .map(|profile| {
            let label = profile.name.clone();
            view! {
                <li>
                    <a class="profiles__link icon-button" href=profile.url.clone() rel="me noopener" aria-label=label title=profile.name.clone()>
                        {icon(icon_of(&profile.name))}
                    </a>
                </li>
            }
        })
        .collect();
    view! { <ul class="profiles">{links}</ul> }.piece()
}
