//! A writer's own comment after it was sent: how it stands, changed, taken back, and at
//! last forgotten.
//!
//! Nothing is erased: a withdrawn comment stays in the newsroom's sight.

use super::{
    CommentError, State, Writer,
    filter::{
        bayes,
        rules::{self, Circumstances, Finding, outcome},
    },
    judge,
    threads::open_article,
};
use crate::services::{Site, site::frame::front, text::comment_html};
use crate::{
    domain::{
        CommentId,
        account::Actor,
        reply::{Reply, ReplyFaults},
        slug::Slug,
        time::Timestamp,
    },
    storage::{
        StorageError,
        comments::{self, moderation, own},
    },
};

pub use crate::storage::comments::own::Own;

/// A writer's own comment, with what may still be done about it.
#[derive(Clone, Debug)]
pub struct Yours {
    /// The comment.
    pub own: Own,
    /// How it stands.
    pub state: State,
    /// Until when its words can be changed.
    pub until: Timestamp,
    /// Why an editor has to read it, or has refused it: in words.
    pub why: Vec<String>,
}

/// A comment for whoever wrote it; `None` for all others.
pub async fn yours(site: &Site, id: CommentId, writer: &Writer) -> Result<Option<Yours>, StorageError> {
    let Some(own) = own::own(&site.db, id).await?.filter(|own| writer.owns(own)) else { return Ok(None) };
    let minutes = i64::from(front(site).await?.edition.conversation.edit_minutes);
    let state = State::of(&own.status);
    let mut why = Vec::new();
    if matches!(state, State::Held) {
        let findings = rules::read(&own.findings);
        why.extend(findings.iter().filter_map(rules::for_writer).map(str::to_owned));
    }
    if matches!(state, State::Rejected) {
        let record = moderation::record(&site.db, id).await?;
        why.extend(record.into_iter().rev().find(|line| line.act == "rejected").map(|line| line.why));
    }
    why.retain(|line| !line.is_empty());
    let until = Timestamp(own.at).plus(minutes * 60_000);
    Ok(Some(Yours { own, state, until, why }))
}

/// Changes the words of one's own comment, while there is time.
pub async fn edit(site: &Site, id: CommentId, text: &str, writer: &Writer) -> Result<Yours, CommentError> {
    let yours = yours(site, id, writer).await?.ok_or(CommentError::NotYours)?;
    let open = matches!(yours.state, State::Approved | State::Held);
    if !open || site.now() >= yours.until {
        return Err(CommentError::NotYours);
    }
    let own = &yours.own;
    // What stands there was right once, and archives have comments without an email.
    let reply = Reply { name: own.name.clone(), email: own.email.clone(), text: text.to_owned() }.tidied();
    let faults = ReplyFaults { text: reply.faults().text, ..ReplyFaults::default() };
    if !faults.none() {
        return Err(CommentError::Faults(faults));
    }
    if reply.text == own.words {
        return Ok(yours);
    }
    let slug: Slug = own.slug.parse().map_err(|_| CommentError::NoArticle)?;
    let open = open_article(site, &slug).await?;
    let mut findings = if writer.is_staff() {
        Vec::new()
    } else {
        let person = comments::Person { address: "", account: own.account, writer: &own.writer };
        let history = comments::history(&site.db, person, site.now()).await?;
        let circumstances = Circumstances {
            approved: history.approved,
            took: Timestamp::HOUR,
            known: own.account.is_some(),
            held: open.held,
            learnt: bayes::ask(site, &reply.text).await?,
            ..Circumstances::default()
        };
        judge(site, &open.article, &reply, &circumstances, writer).await?
    };
    // What waits for an editor goes on waiting, and what was found stays said: other words
    // are no way around it.
    let waits = yours.state == State::Held;
    if waits {
        let before = rules::read(&own.findings);
        let again = |old: &Finding| findings.iter().any(|new| new.rule == old.rule);
        let kept: Vec<Finding> = before.into_iter().filter(|old| !again(old)).collect();
        findings.extend(kept);
    }
    let body = comment_html::from_markdown(&reply.text);
    let state = match outcome(&findings) {
        State::Approved if waits => State::Held,
        state => state,
    };
    let found = rules::json(&findings);
    if !own::edit(&site.db, own, (&reply.text, &body), (state, &found), site.now()).await? {
        return Err(CommentError::NotYours);
    }
    Ok(Yours { state, own: Own { words: reply.text, ..yours.own.clone() }, ..yours })
}

/// Takes one's own comment back; what answers it stays.
pub async fn withdraw(site: &Site, id: CommentId, writer: &Writer) -> Result<Yours, CommentError> {
    let yours = yours(site, id, writer).await?.ok_or(CommentError::NotYours)?;
    if matches!(yours.state, State::Approved | State::Held) {
        let actor = Actor::Writer.to_string();
        let before = moderation::decide(&site.db, id, State::Withdrawn, &actor, "", site.now()).await?;
        // The newsroom may have decided in between.
        if !matches!(before, Some(State::Approved | State::Held | State::Withdrawn)) {
            return Err(CommentError::NotYours);
        }
    }
    Ok(Yours { state: State::Withdrawn, ..yours })
}

/// Forgets what guests left of themselves, as the settings say.
pub async fn forget_guests(site: &Site) -> Result<u64, StorageError> {
    let days = i64::from(front(site).await?.edition.conversation.forget_after_days);
    if days == 0 {
        return Ok(0);
    }
    own::forget_guests(&site.db, site.now().plus(-days * Timestamp::DAY), site.now()).await
}
