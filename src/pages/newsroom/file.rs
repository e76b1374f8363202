//! One comment's file: its words, what can be done about it, its record, its thread.

use super::{facts, findings_of, page, state_name, text_of};
use crate::{
    components::{Field, IntoPiece, Stage, single_comment},
    domain::{
        comment::Talk,
        reply::{MAX_REMARK, MAX_TEXT},
        time::Timestamp,
    },
    services::{
        Site,
        accounts::Account,
        comments::{
            State,
            moderation::{Line, Waiting},
        },
        site::frame::Front,
    },
};
use leptos::prelude::*;

/// A comment's file as it is looked at.
pub struct File<'a> {
    /// The comment.
    pub item: &'a Waiting,
    /// What was done about it, with the names of those who did.
    pub record: &'a [(Line, String)],
    /// The thread in which it stands, as readers see it.
    pub talk: &'a Talk,
    /// The article, where it stands under one that readers see.
    pub stage: Option<Stage<'a>>,
    /// What was wrong with what was sent.
    pub fault: Option<String>,
}

/// The page of one comment: words, acts, record, context.
pub fn file(site: &Site, front: &Front, account: &Account, file: &File<'_>) -> String {
    let item = file.item;
    let title = format!("Comment {}", item.id);
    page(site, front, account, &title, "", |dress| {
        let state = State::of(&item.status);
        let act = |act: &'static str, label: &'static str| {
            view! { <button class="button button--quiet" name="act" value=act>{label}</button> }
        };
        let lines: Vec<_> = file
            .record
            .iter()
            .map(|(line, name)| {
                let at = Timestamp(line.at);
                let why = (!line.why.is_empty()).then(|| format!(": {}", line.why));
                view! {
                    <li><time datetime=dress.calendar.machine(at)>{dress.calendar.date_time(at)}</time>" "{name.clone()}" – "{line.act.clone()}{why}</li>
                }
            })
            .collect();
        let action = format!("/newsroom/comments/{}", item.id);
        let ban = |kind: &'static str, label: &'static str, known: bool| {
            known.then(|| view! { <button class="button button--quiet" name="ban" value=kind>{label}</button> })
        };
        let context: Vec<_> = match &file.stage {
            Some(stage) => {
                file.talk.thread.iter().map(|threaded| single_comment(dress, &threaded.comment, stage)).collect()
            }
            None => Vec::new(),
        };
        let pin = (item.first && state == State::Approved)
            .then(|| if item.pinned { act("unpin", "Unpin") } else { act("pin", "Pin above the others") });
        let why = Field::new("file", "why", "A word about it", MAX_REMARK)
            .hint("The reason that the writer reads of a rejected comment or a ban, or a note for colleagues.");
        let text = Field::new("file", "text", "Words", MAX_TEXT).required().value(&item.words);
        let text = text.hint("The old words stay in the record; readers see that it was edited.");
        view! {
            <p><a href="/newsroom/comments">"All comments"</a></p>
            {file.fault.clone().map(|line| view! { <p class="notice" role="alert">{line}</p> })}
            <section class="case case--file" data-id=item.id.to_string()>
                <div class="case__matter">
                    {facts(dress, item)}
                    {text_of(item)}
                    {findings_of(item)}
                    <p class="case__state">{state_name(state)}</p>
                </div>
            </section>
            <form class="form file__acts" method="post" action=action.clone()>
                {why.line("text", "off")}
                <p class="form__act file__buttons">
                    {act("approve", "Approve")}{act("reject", "Reject")}{act("spam", "Spam")}{act("hold", "Hold")}{act("undo", "Undo")}{pin}{act("note", "Only note it")}
                </p>
                <p class="form__act file__buttons">
                    {ban("email", "Ban the email", !item.email.is_empty())}
                    {ban("account", "Ban the account", item.account.is_some())}
                    {ban("address", "Ban the address", !item.address.is_empty())}
                    {ban("range", "Ban the range around it", !item.address.is_empty())}
                </p>
            </form>
            {(item.words.is_empty()).then(|| view! {
                <p class="honest" id="edit" tabindex="-1">"This comment came with an archive, as HTML: its words can’t be changed here."</p>
            })}
            {(!item.words.is_empty()).then(|| view! {
            <form class="form" method="post" action=action.clone() id="edit">
                {text.text(6)}
                <p class="form__act"><button class="button button--quiet" name="act" value="edit">"Change the words"</button></p>
            </form>
            })}
            <section aria-labelledby="file-record">
                <h2 class="block-heading" id="file-record">"Record"</h2>
                <ol class="file__record">{lines}</ol>
            </section>
            <section aria-labelledby="file-thread">
                <h2 class="block-heading" id="file-thread">"The thread around it"</h2>
                <ol class="comments__list">{context}</ol>
            </section>
        }
        .piece()
    })
}
