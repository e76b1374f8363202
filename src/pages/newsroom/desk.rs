//! What else the newsroom sets: bans, conversations, one's own password.

use super::page;
use crate::{
    components::{Field, IntoPiece, Piece},
    domain::{
        account::MAX_PASSWORD, article::CommentPolicy, contact::MAX_EMAIL, reply::MAX_REMARK, section::Section,
        time::Timestamp,
    },
    services::{
        Site,
        accounts::Account,
        comments::moderation::{Ban, Banned, SetApart},
        site::frame::Front,
    },
};
use leptos::prelude::*;

/// The page of the bans; with a word about what was done, or with whom, why and what was
/// wrong with it, where a ban was refused.
pub fn bans(
    site: &Site,
    front: &Front,
    account: &Account,
    bans: &[Banned],
    said: Option<&'static str>,
    refused: Option<(&str, &str, &str)>,
) -> String {
    page(site, front, account, "Bans", "/newsroom/bans", |dress| {
        let whom = |line: &Banned| {
            let Ban { kind, value, why } = line.ban.clone();
            let (kind, value) = match kind.as_str() {
                "digest" => ("email".to_owned(), "erased: known again by its fingerprint alone".to_owned()),
                _ => (kind, value),
            };
            view! { <td>{kind}</td><td class="bans__value">{value}</td><td>{why}</td> }
        };
        let (lifted, standing): (Vec<_>, Vec<_>) = bans.iter().partition(|line| line.lifted.is_some());
        let rows: Vec<_> = standing
            .into_iter()
            .map(|line| {
                let lift = format!("Lift the ban of {}", line.ban.value);
                view! {
                    <tr>
                        {whom(line)}
                        <td>{dress.date(Timestamp(line.at))}", "{line.actor.clone()}</td>
                        <td><button class="case__act" name="lift" value=line.id.to_string() aria-label=lift>"Lift"</button></td>
                    </tr>
                }
            })
            .collect();
        let lifted: Vec<_> = lifted
            .into_iter()
            .map(|line| {
                let end = line.lifted.map(|at| dress.date(Timestamp(at)));
                view! {
                    <tr>
                        {whom(line)}
                        <td>{dress.date(Timestamp(line.at))}", "{line.actor.clone()}</td>
                        <td>{end}", "{line.lifted_by.clone()}</td>
                    </tr>
                }
            })
            .collect();
        let lifted = (!lifted.is_empty()).then(|| {
            view! {
                <h2 class="block-heading">"Lifted bans"</h2>
                <div class="table" tabindex="0" role="group" aria-label="Lifted bans">
                    <table>
                        <thead><tr><th>"What"</th><th>"Whom"</th><th>"Why"</th><th>"Banned"</th><th>"Lifted"</th></tr></thead>
                        <tbody>{lifted}</tbody>
                    </table>
                </div>
            }
        });
        let table = if rows.is_empty() {
            view! { <p class="honest">"Nobody is banned."</p> }.piece()
        } else {
            view! {
                <form method="post" action="/newsroom/bans">
                    <div class="table" tabindex="0" role="group" aria-label="Bans">
                        <table>
                            <thead><tr><th>"What"</th><th>"Whom"</th><th>"Why"</th><th>"Since"</th><th><span class="visually-hidden">"Lift"</span></th></tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </form>
            }
            .piece()
        };
        let (whom, why, fault) = refused.unwrap_or_default();
        let hint = "An email, an address (192.0.2.7) or a range (192.0.2.0/24, 2001:db8:1::/48). A comment’s file has buttons for its writer.";
        let whom = Field::new("ban", "whom", "Whom", MAX_EMAIL).required().value(whom).hint(hint);
        let whom = whom.fault((!fault.is_empty()).then_some(fault));
        let why = Field::new("ban", "why", "Why (whoever is banned is told)", MAX_REMARK).value(why);
        view! {
            <p class="queue__said" role="status">{said}</p>
            {table}
            <form class="form" method="post" action="/newsroom/bans">
                {whom.line("text", "off")}
                {why.line("text", "off")}
                <p class="form__act"><button class="button button--quiet" type="submit">"Ban"</button></p>
            </form>
            {lifted}
        }
        .piece()
    })
}

/// Policies with their words.
const POLICIES: [(CommentPolicy, &str); 5] = [
    (CommentPolicy::Open, "Open, until it is too old"),
    (CommentPolicy::Always, "Open, however old"),
    (CommentPolicy::Held, "Every comment is read first"),
    (CommentPolicy::Closed, "Closed"),
    (CommentPolicy::Hidden, "Hidden"),
];

fn choices(id: &str, current: Option<CommentPolicy>) -> Piece {
    let options: Vec<_> = POLICIES
        .into_iter()
        .map(|(policy, label)| {
            view! { <option value=policy.as_str() selected=current == Some(policy)>{label}</option> }
        })
        .collect();
    view! { <select id=id.to_owned() name="policy">{options}</select> }.piece()
}

/// The page on which conversations are closed, held and opened.
pub fn conversations(
    site: &Site,
    front: &Front,
    account: &Account,
    sections: &[(Section, CommentPolicy)],
    apart: &[SetApart],
    said: Option<String>,
) -> String {
    page(site, front, account, "Conversations", "/newsroom/conversations", |_| {
        let rules = &front.edition.conversation;
        let mut age = match rules.close_after_days {
            0 => "By the settings, conversations stay open however old an article is.".to_owned(),
            days => format!("By the settings, a conversation closes {days} days after its article appeared."),
        };
        if rules.hold_after_days > 0 {
            age += &format!(" After {} days, every comment is read first.", rules.hold_after_days);
        }
        let rows: Vec<_> = sections
            .iter()
            .map(|(section, policy)| {
                let id = format!("policy-{}", section.slug);
                view! {
                    <li>
                        <form class="conversations__row" method="post" action="/newsroom/conversations">
                            <input type="hidden" name="section" value=section.slug.to_string()/>
                            <label for=id.clone()>{section.name.clone()}</label>
                            {choices(&id, Some(*policy))}
                            <button class="case__act" type="submit" aria-label=format!("Set for {}", section.name)>"Set"</button>
                        </form>
                    </li>
                }
            })
            .collect();
        let articles: Vec<_> = apart
            .iter()
            .map(|article| {
                let id = format!("policy-of-{}", article.slug);
                let to = format!("/{}/{}#comments", article.section, article.slug);
                view! {
                    <li>
                        <form class="conversations__row" method="post" action="/newsroom/conversations">
                            <input type="hidden" name="article" value=article.slug.clone()/>
                            <label for=id.clone()><a href=to>{article.title.clone()}</a></label>
                            {choices(&id, article.comment_policy.parse().ok())}
                            <button class="case__act" type="submit" aria-label=format!("Set for {}", article.title)>"Set"</button>
                        </form>
                    </li>
                }
            })
            .collect();
        view! {
            <p class="queue__said" role="status">{said}</p>
            <p>{age}</p>
            <section aria-labelledby="of-article">
                <h2 class="block-heading" id="of-article">"One article"</h2>
                <form class="conversations__row" method="post" action="/newsroom/conversations">
                    <label for="policy-article">"Its address"</label>
                    <input id="policy-article" name="article" required maxlength="300" placeholder="the-last-part-of-it"/>
                    <label class="visually-hidden" for="policy-of-article">"Its conversation"</label>
                    {choices("policy-of-article", None)}
                    <button class="case__act" type="submit">"Set"</button>
                </form>
                {(!apart.is_empty()).then(|| view! { <ul class="conversations">{articles}</ul> })}
            </section>
            <section aria-labelledby="of-sections">
                <h2 class="block-heading" id="of-sections">"Whole sections"</h2>
                <ul class="conversations">{rows}</ul>
            </section>
        }
        .piece()
    })
}

/// The page on which somebody changes the password.
pub fn password(site: &Site, front: &Front, account: &Account, said: Option<Result<&'static str, String>>) -> String {
    page(site, front, account, "Password", "", |_| {
        let line = said.map(|said| match said {
            Ok(line) => view! { <p class="notice" role="status">{line}</p> }.piece(),
            Err(line) => view! { <p class="notice" role="alert">{line}</p> }.piece(),
        });
        let field = |name: &'static str, label: &'static str, kind: &'static str| {
            Field::new("password", name, label, MAX_PASSWORD).required().line("password", kind)
        };
        view! {
            {line}
            <form class="form" method="post" action="/newsroom/password">
                {field("old", "Old password", "current-password")}
                {field("new", "New password (at least 15 characters)", "new-password")}
                <p class="form__act"><button class="button" type="submit">"Change it"</button></p>
            </form>
            <p>"All your other sessions end with it."</p>
        }
        .piece()
    })
}
