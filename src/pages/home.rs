//! The home page.

use super::{Head, shell};
use crate::{
    components::{Card, Dress, card, compact_list, newsletter_form, pager},
    domain::{
        ArticleId,
        listing::{Listing, Summary},
        section::Section,
    },
    services::{Site, front::Front},
};
use leptos::prelude::*;

/// How many articles stand beside the lead.
const SECONDARY: usize = 4;
/// How many articles a section's block shows: 1 large, 4 small.
pub const BLOCK: usize = 5;
/// How many articles Latest News shows.
const LATEST: usize = 5;

/// What the home page shows first: the lead, and the stories beside it. The lead
/// is the first pick, else the newest with a picture, else the newest.
pub fn top(front: &Front) -> (Option<&Summary>, Vec<&Summary>) {
    let newest = || front.newest.iter();
    let lead = front.picks.first().or_else(|| newest().find(|a| a.picture.is_some())).or_else(|| newest().next());
    let beside = newest().filter(|a| lead.is_none_or(|l| l.id != a.id)).take(SECONDARY).collect();
    (lead, beside)
}

/// The articles that stand at the top, which blocks leave out.
pub fn shown_at_top(front: &Front) -> Vec<ArticleId> {
    let (lead, beside) = top(front);
    lead.into_iter().chain(beside).map(|a| a.id).collect()
}

/// The home page, with a block for each section.
pub fn page(site: &Site, front: &Front, blocks: &[(Section, Listing)], latest: &Listing) -> String {
    let picture = top(front).0.and_then(|lead| lead.picture.clone());
    let head = Head { canonical: Some("/".into()), current: "/".into(), picture, ..Head::default() };
    shell::page(site, front, head, |dress| {
        let words = front.words;
        let (lead, beside) = top(front);
        let lead = lead.map(|a| card(dress, a, Card::LEAD));
        let tile = Card { standfirst: true, first: true, ..Card::TILE };
        let beside: Vec<_> = beside.into_iter().map(|a| view! { <li>{card(dress, a, tile)}</li> }).collect();
        let empty = lead.is_none().then(|| view! { <p class="empty">{words.no_articles}</p> });
        let blocks: Vec<_> =
            blocks.iter().filter(|(_, l)| !l.items.is_empty()).map(|(s, l)| block(dress, s, &l.items)).collect();
        view! {
            <h1 class="visually-hidden">{front.edition.name.clone()}</h1>
            {empty}
            <section class="top" aria-label=words.top_stories>
                {lead}
                <ul class="top__beside">{beside}</ul>
            </section>
            <div class="blocks">{blocks}</div>
            {latest_and_picks(front, dress, latest)}
        }
        .into_any()
    })
}

fn latest_and_picks(front: &Front, dress: &Dress, latest: &Listing) -> AnyView {
    let words = front.words;
    // What stands at the top is not told twice, unless there is nothing else.
    let top = shown_at_top(front);
    let mut shown: Vec<_> = latest.items.iter().filter(|a| !top.contains(&a.id)).take(LATEST).collect();
    if shown.is_empty() {
        shown = latest.items.iter().take(LATEST).collect();
    }
    let more = |last: &Summary| latest.older.is_some() || latest.items.last().is_some_and(|end| end.id != last.id);
    let older = shown.last().filter(|last| more(last)).map(|last| last.cursor());
    let rows: Vec<_> =
        shown.iter().map(|a| view! { <li>{card(dress, a, Card { level: 3, ..Card::ROW })}</li> }).collect();
    let more = Listing { older, ..Listing::default() };
    view! {
        <div class="columns columns--home">
            <section class="block" aria-labelledby="home-latest">
                <h2 class="block-heading" id="home-latest">{words.latest_news}</h2>
                <ul class="rows">{rows}</ul>
                {pager(dress, "/news", &more)}
            </section>
            <div class="sidebar">
                <section class="block" aria-labelledby="home-picks">
                    <h2 class="block-heading" id="home-picks">{words.editors_picks}</h2>
                    {compact_list(dress, &front.picks, 3)}
                </section>
                {newsletter_form(dress, words.subscribe_to_news, "sidebar")}
            </div>
        </div>
    }
    .into_any()
}

fn block(dress: &Dress, section: &Section, articles: &[Summary]) -> AnyView {
    let id = format!("block-{}", section.slug);
    let labelled_by = id.clone();
    let look = Card { section: false, standfirst: true, ..Card::TILE };
    let large = articles.first().map(|a| card(dress, a, Card { shape: "large", ..look }));
    let rest = articles.iter().skip(1);
    let small = (articles.len() > 1).then(|| compact_list(dress, rest, 3));
    view! {
        <section class="block section-block" aria-labelledby=labelled_by>
            <h2 class="block-heading" id=id>
                <a href=format!("/{}", section.slug)>{section.name.clone()}</a>
            </h2>
            {large}
            {small}
        </section>
    }
    .into_any()
}
