//! The newsletter's pages for readers: what there is and was, signing up, confirming,
//! choosing, leaving, and each letter on the site.

use super::{Head, shell};
use crate::{
    components::{Card, Dress, IntoPiece, Piece, card, list_choice, sign_up_form},
    domain::newsletter::{CONFIRM, Newsletter},
    services::{
        Site,
        newsletter::{Subscriber, issues::Letter, render::Matter},
        site::frame::Front,
    },
};
use leptos::prelude::*;

pub use crate::components::Filled;

/// The address of the archive's feed.
pub const FEED: &str = "/newsletter/atom.xml";

fn page(site: &Site, front: &Front, head: Head, title: String, matter: impl FnOnce(&Dress) -> Piece) -> String {
    shell::page(site, front, head, |dress| {
        view! {
            <article class="article article--page newsletter-page">
                <header class="article__head"><h1 class="article__title">{title}</h1></header>
                {matter(dress)}
            </article>
        }
        .piece()
    })
}

/// A page of one reader's.
fn own(site: &Site, front: &Front, title: &str, matter: impl FnOnce(&Dress) -> Piece) -> String {
    let head = Head { title: title.to_owned(), noindex: true, ..Head::default() };
    page(site, front, head, title.to_owned(), matter)
}

/// What there is, the form, and what was sent; `older` leads to more of it.
pub fn home(site: &Site, front: &Front, archive: &[(Letter, String)], older: Option<String>, begin: bool) -> String {
    let words = front.words;
    let head = Head {
        title: words.newsletter.into(),
        description: format!("What {} sends by mail, and everything that was sent.", front.edition.name),
        canonical: begin.then(|| "/newsletter".into()),
        noindex: !begin,
        current: "/newsletter".into(),
        ..Head::default()
    };
    let lists = &front.edition.newsletters;
    page(site, front, head, words.newsletter.to_owned(), |dress| {
        let form = (begin && !lists.is_empty()).then(|| {
            view! {
                <div class="prose"><p>"Our articles by mail, as often as you like. Every mail has a link that ends it at once."</p></div>
                {sign_up_form(dress, lists, Filled::default())}
            }
        });
        let none = lists.is_empty().then(|| view! { <p>"This publication has no newsletter."</p> });
        let items: Vec<_> = archive.iter().map(|(letter, list)| archived(dress, letter, list)).collect();
        let empty = archive.is_empty().then(|| view! { <p>"Nothing has been sent yet."</p> });
        let older = older.map(|to| view! { <p class="pager"><a href=to rel="next">{words.older}</a></p> });
        view! {
            {form}
            {none}
            <section class="newsletter-page__archive" aria-labelledby="sent">
                <h2 id="sent">"Past issues"</h2>
                {empty}
                <ul class="title-list">{items}</ul>
                {older}
                <p><a href=FEED>"Feed of past issues"</a></p>
            </section>
        }
        .piece()
    })
}

fn archived(dress: &Dress, letter: &Letter, list: &str) -> Piece {
    let at = letter.begun.unwrap_or(letter.made);
    view! {
        <li class="title-list__item">
            <a class="title-list__title" href=format!("/newsletter/{}", letter.slug)>{letter.subject.clone()}</a>
            <span class="title-list__date">{list.to_owned()}" · "{dress.date(at)}</span>
        </li>
    }
    .piece()
}

/// The form once more: to be sent with a token of its own, or with what is wrong.
pub fn again(site: &Site, front: &Front, filled: Filled<'_>, said: Option<&str>) -> String {
    own(site, front, front.words.newsletter, |dress| {
        let line = match said {
            Some(line) => line,
            None if filled.fault.is_some() || filled.list_fault.is_some() => {
                "Nobody was signed up yet: please look below."
            }
            None => "Please press Subscribe once more. Here you can also choose among all newsletters.",
        };
        view! {
            <p class="notice" role="status">{line.to_owned()}</p>
            {sign_up_form(dress, &front.edition.newsletters, filled)}
        }
        .piece()
    })
}

/// The way from a page with nothing to do.
pub const ALL: (&str, &str) = ("/newsletter", "All newsletters");

/// One line with nothing to do, and a way on.
pub fn said(site: &Site, front: &Front, title: &str, line: &str, (to, way): (&str, &'static str)) -> String {
    own(site, front, title, |_| {
        view! {
            <p class="notice" role="status">{line.to_owned()}</p>
            <p><a href=to.to_owned()>{way}</a></p>
        }
        .piece()
    })
}

/// The page behind the link of a confirmation mail.
pub fn confirm(site: &Site, front: &Front, lists: &[String]) -> String {
    own(site, front, "Confirm your sign-up", |_| {
        view! {
            <p>"You will get "<strong>{lists.join(", ")}</strong>"."</p>
            <form class="form" method="post">
                <p class="form__act"><button class="button" type="submit">{CONFIRM}</button></p>
            </form>
        }
        .piece()
    })
}

/// A reader's own page: what is chosen, and how all of it ends.
pub fn choice(site: &Site, front: &Front, who: &Subscriber, chosen: &[String], done: Option<&'static str>) -> String {
    let lists: &[Newsletter] = &front.edition.newsletters;
    own(site, front, "Your newsletters", |_| {
        let items: Vec<_> =
            lists.iter().map(|list| list_choice(list, chosen.iter().any(|slug| slug == list.slug.as_str()))).collect();
        view! {
            {done.map(|line| view! { <p class="notice" role="status">{line}</p> })}
            <p>"For "<strong>{who.email.clone()}</strong></p>
            <form class="form newsletter--page" method="post">
                <fieldset class="newsletter__choice"><legend>"You get"</legend>{items}</fieldset>
                <p class="form__act">
                    <button class="button" type="submit" name="act" value="choose">"Save"</button>
                    " "
                    <button class="button button--quiet" type="submit" name="act" value="leave">"Leave all of them"</button>
                </p>
            </form>
            <section aria-labelledby="data">
                <h2 id="data">"What we keep about you"</h2>
                <p>"Your address, the newsletters you chose, since when and how you agreed to them, and which mails were sent. We do not know which of them you open."</p>
                <form class="form form--quiet" method="post">
                    <p class="form__act">
                        <button class="button button--quiet" type="submit" name="act" value="export">"Download it"</button>
                        " "
                        <button class="button button--quiet" type="submit" name="act" value="erase">"Erase it …"</button>
                    </p>
                </form>
            </section>
        }
        .piece()
    })
}

/// Asks before everything is erased: it can't be undone.
pub fn erase(site: &Site, front: &Front, who: &Subscriber, back: &str) -> String {
    own(site, front, "Erase what we keep about you", |_| {
        view! {
            <p>"Everything about the newsletters of "<strong>{who.email.clone()}</strong>" will be erased. No mail comes any more, and links in old mails lead nowhere."</p>
            <form class="form" method="post">
                <p class="form__act">
                    <button class="button" type="submit" name="act" value="erase-now">"Erase it for good"</button>
                    " "<a class="form__away" href=back.to_owned()>"Keep it"</a>
                </p>
            </form>
        }
        .piece()
    })
}

/// Asks before a letter ends: what follows links in mails should not end it.
pub fn leave(site: &Site, front: &Front, who: &Subscriber, list: &str, all: &str) -> String {
    own(site, front, &format!("Leave {list}"), |_| {
        view! {
            <p>"For "<strong>{who.email.clone()}</strong></p>
            <form class="form" method="post">
                <p class="form__act"><button class="button" type="submit">{format!("Send me no more of {list}")}</button></p>
            </form>
            <p><a href=all.to_owned()>"Choose among all newsletters instead"</a></p>
        }
        .piece()
    })
}

/// A letter on the site.
pub fn letter(site: &Site, front: &Front, letter: &Letter, list: &str, matter: &Matter) -> String {
    let head = Head {
        title: letter.subject.clone(),
        description: letter.preheader.clone(),
        canonical: Some(format!("/newsletter/{}", letter.slug)),
        picture: matter.blocks.iter().flat_map(|(_, articles)| articles).find_map(|article| article.picture.clone()),
        current: "/newsletter".into(),
        ..Head::default()
    };
    page(site, front, head, letter.subject.clone(), |dress| {
        let at = letter.begun.unwrap_or(letter.made);
        let gone = matter.is_empty().then(|| view! { <p>"What was in this mail is not here any more."</p> });
        let words =
            (!matter.words.is_empty()).then(|| view! { <div class="prose" inner_html=matter.words.clone()></div> });
        let blocks: Vec<_> = matter
            .blocks
            .iter()
            .enumerate()
            .map(|(n, (heading, articles))| {
                let items: Vec<_> = articles
                    .iter()
                    .enumerate()
                    .map(|(m, article)| {
                        let look = match (n, m) {
                            (0, 0) if heading.is_empty() => Card::LEAD,
                            _ => Card { level: if heading.is_empty() { 2 } else { 3 }, ..Card::ROW },
                        };
                        view! { <li>{card(dress, article, look)}</li> }
                    })
                    .collect();
                let heading = (!heading.is_empty()).then(|| view! { <h2 class="block-heading">{heading.clone()}</h2> });
                view! { <section class="block">{heading}<ul class="rows">{items}</ul></section> }
            })
            .collect();
        view! {
            <p class="standfirst">{list.to_owned()}" · "{dress.date(at)}</p>
            {gone}
            {words}
            {blocks}
            <p><a href="/newsletter">"Sign up, and read past issues"</a></p>
        }
        .piece()
    })
}
