//! The page that asks for a reader's own server of Mastodon.

use super::{Head, shell};
use crate::{
    components::{Field, IntoPiece, icon},
    domain::article::{Article, href},
    services::{Site, site::frame::Front},
};
use leptos::prelude::*;

/// The longest name that is taken; a full name at a server is longer than the server's.
const LONGEST: usize = 300;

/// The page; `to` are the server that was chosen before and the address there.
pub fn mastodon(
    site: &Site,
    front: &Front,
    article: &Article,
    server: &str,
    to: Option<(String, String)>,
    fault: bool,
) -> String {
    let head = Head { title: "Share on Mastodon".into(), noindex: true, ..Head::default() };
    shell::page(site, front, head, |_| {
        let known = to.is_some();
        let go = to.map(|(server, to)| {
            view! {
                <p><a class="button" href=to rel="noopener nofollow">{icon("mastodon")}" Share on "{server}</a></p>
            }
        });
        let label = if known { "Another server" } else { "Your server" };
        let fault =
            fault.then_some("This is not a server’s name. It looks like mastodon.social, or like you@mastodon.social.");
        let field = Field::new("mastodon", "server", label, LONGEST).required();
        let field = field.value(if known { "" } else { server }).fault(fault);
        let field = field.hint(
            "Your server is the part after the last @ of your name there. It is kept in this browser, nowhere else.",
        );
        let class = if known { "button button--quiet" } else { "button" };
        view! {
            <article class="article article--page reply-page">
                <header class="article__head">
                    <h1 class="article__title">"Share on Mastodon"</h1>
                    <p class="standfirst"><a href=href(&article.section.slug, &article.slug)>{article.title.clone()}</a></p>
                </header>
                {go}
                <form class="form" method="post" action="/share/mastodon">
                    <input type="hidden" name="article" value=article.slug.to_string()/>
                    {field.line("text", "off")}
                    <p class="form__act"><button class=class type="submit">"Use this server"</button></p>
                </form>
            </article>
        }
        .piece()
    })
}
