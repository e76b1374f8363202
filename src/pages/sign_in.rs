//! Signing in: readers by a link in a mail, the newsroom with a password.

use super::{Head, shell};
use crate::{
    components::{Field, IntoPiece, Piece},
    domain::{account::MAX_PASSWORD, contact::MAX_EMAIL, reply::MAX_NAME, time::Timestamp},
    services::{Site, accounts::Link, site::frame::Front},
};
use leptos::prelude::*;

/// What the page says.
pub enum State<'a> {
    /// The form of readers, with what was wrong.
    Reader(&'a str, Option<String>),
    /// The mail is on its way.
    Sent,
    /// The button behind the link of a mail, and whether it was asked for in this browser.
    Link(&'a Link, bool),
    /// That link is not good any more.
    OldLink,
    /// The form of the newsroom, with the address that was typed and what was wrong.
    Staff(&'a str, Option<String>),
    /// Nobody has an account yet.
    Nobody,
    /// The way to here can be listened to.
    Insecure,
    /// Somebody is signed in: the name, whether there is a newsroom to go to, and what was
    /// wrong with another name.
    Signed(&'a str, bool, Option<String>),
}

/// The page.
pub fn page(site: &Site, front: &Front, state: &State<'_>) -> String {
    let head = Head { title: "Sign in".into(), noindex: true, ..Head::default() };
    let matter = match state {
        State::Reader(email, fault) => reader(email, fault.as_deref()),
        State::Sent => {
            said("If this address can sign in, a mail is on its way to it. Its link is good for 30 minutes.")
        }
        State::Link(link, here) => behind_link(front, link, *here),
        State::OldLink => view! {
            <p class="notice" role="alert">"This link has been used, or is older than 30 minutes."</p>
            <p><a href="/sign-in">"Send me another one"</a></p>
        }
        .piece(),
        State::Staff(email, fault) => staff(email, fault.as_deref()),
        State::Nobody => view! {
            <p class="notice">"Nobody has an account yet. The first one is made on the machine that runs the site:"</p>
            <pre class="command"><code>"pressroom user add you@example.org --name 'Your Name' --role admin"</code></pre>
        }
        .piece(),
        State::Insecure => said(
            "Nobody can sign in here: this connection is not encrypted, so a password could be read on its way. \
             Please use the https address of the site.",
        ),
        State::Signed(name, newsroom, fault) => signed(name, *newsroom, fault.as_deref()),
    };
    shell::page(site, front, head, |_| {
        view! {
            <article class="article article--page sign-in">
                <header class="article__head"><h1 class="article__title">"Sign in"</h1></header>
                {matter}
            </article>
        }
        .piece()
    })
}

/// Whoever opens a link that somebody else has asked for signs in to an account of theirs.
fn behind_link(front: &Front, link: &Link, here: bool) -> Piece {
    let elsewhere = (!here).then(|| {
        let from = if link.asked_from.is_empty() { String::new() } else { format!(", from {}", link.asked_from) };
        let with = if link.asked_with.is_empty() { "a browser that is not known" } else { &link.asked_with };
        let at = front.calendar.date_time(Timestamp(link.made));
        view! {
            <p class="notice" role="alert">
                "This link was not asked for in this browser, but with "<strong>{with.to_owned()}</strong>
                {format!(" on {at}{from}. Go on only if that was you.")}
            </p>
        }
    });
    view! {
        {elsewhere}
        <p>"The button signs you in as "<strong>{link.email.clone()}</strong>"."</p>
        <form class="form" method="post">
            <p class="form__act"><button class="button" type="submit">"Sign in"</button></p>
        </form>
    }
    .piece()
}

fn said(line: &'static str) -> Piece {
    view! { <p class="notice" role="status">{line}</p> }.piece()
}

fn fault_line(fault: Option<&str>) -> Option<Piece> {
    fault.map(|line| view! { <p class="notice" role="alert">{line.to_owned()}</p> }.piece())
}

fn email_field(email: &str) -> Piece {
    Field::new("sign-in", "email", "Email address", MAX_EMAIL).required().value(email).line("email", "username")
}

fn reader(email: &str, fault: Option<&str>) -> Piece {
    view! {
        {fault_line(fault)}
        <p>"With an account you sign your comments without typing your name each time. We send a link to your address; there is no password."</p>
        <form class="form" method="post" action="/sign-in">
            {email_field(email)}
            <p class="form__act"><button class="button" type="submit">"Send me the link"</button></p>
        </form>
    }
    .piece()
}

fn staff(email: &str, fault: Option<&str>) -> Piece {
    let password = Field::new("sign-in", "password", "Password", MAX_PASSWORD).required();
    view! {
        {fault_line(fault)}
        <form class="form" method="post" action="/newsroom/sign-in">
            {email_field(email)}
            {password.line("password", "current-password")}
            <p class="form__act"><button class="button" type="submit">"Sign in"</button></p>
        </form>
    }
    .piece()
}

fn signed(name: &str, newsroom: bool, fault: Option<&str>) -> Piece {
    let way = newsroom.then(|| view! { <p><a href="/newsroom">"To the newsroom"</a></p> });
    let rename = (!newsroom).then(|| {
        let field = Field::new("sign-in", "name", "Name", MAX_NAME).required().value(name).fault(fault);
        let field = field.hint("Your comments are signed with it. Nobody sees your email address.");
        view! {
            <form class="form" method="post" action="/sign-in/name">
                {field.line("text", "name")}
                <p class="form__act"><button class="button" type="submit">"Save the name"</button></p>
            </form>
        }
    });
    view! {
        <p class="notice" role="status">"You are signed in as "<strong>{name.to_owned()}</strong>"."</p>
        {way}
        {rename}
        <form class="form" method="post" action="/sign-out">
            <p class="form__act"><button class="button button--quiet" type="submit">"Sign out"</button></p>
        </form>
    }
    .piece()
}
