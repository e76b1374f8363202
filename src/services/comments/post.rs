//! Comments as readers post them. What becomes of one's own is in `own_comments`, what the
//! newsroom decides in `moderation`, the rules in `comment_filter`.

use super::{
    filter::{
        akismet, bayes, proof_of_work,
        rules::{self, Circumstances, Finding, Refusal, outcome},
    },
    own::Own,
    reply_mails,
    threads::Open,
};
use crate::services::{
    Site,
    accounts::{self, Account},
    site::{
        form_token,
        frame::front,
        ip::{household, range},
        secrets::{SecretsError, digest},
    },
    text::comment_html,
};
use crate::{
    domain::{
        CommentId,
        article::{Article, href},
        comment::Badge,
        reply::{Reply, ReplyFaults},
        time::Timestamp,
    },
    storage::{
        StorageError,
        comments::{self, Posted, moderation},
    },
};
use std::net::IpAddr;

pub use crate::storage::comments::State;

const PURPOSE: &str = "comment";

/// Who writes: somebody with an account or a browser that knows its own comments again.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    /// Somebody who is signed in.
    pub account: Option<Account>,
    /// The number by which the browser is known again; empty for none.
    pub browser: String,
    /// It has just been given that number, and may not keep it.
    pub fresh: bool,
    /// From where.
    pub address: Option<IpAddr>,
    /// The browser's name for itself.
    pub agent: String,
}

impl Writer {
    /// Somebody in a word, for what one person may do once: an account, a browser that
    /// is known, else everybody at the same address.
    pub fn person(&self) -> String {
        match &self.account {
            Some(account) => format!("account:{}", account.id),
            None if self.fresh || self.browser.is_empty() => format!("net:{}", digest(&household(self.address))),
            None => format!("browser:{}", digest(&self.browser)),
        }
    }

    /// Whether a comment is this writer's own.
    pub fn owns(&self, own: &Own) -> bool {
        let account = self.account.as_ref().map(|account| account.id.0);
        let signed = account.is_some() && account == own.account;
        signed || (!self.browser.is_empty() && own.writer == digest(&self.browser))
    }

    /// The hash of the browser's number, where its cookie was signed by us; else empty.
    fn proven(&self) -> String {
        if self.fresh || self.browser.is_empty() { String::new() } else { digest(&self.browser) }
    }

    pub(super) fn is_staff(&self) -> bool {
        self.account.as_ref().is_some_and(|account| account.role.is_staff())
    }
}

/// What a form needs that is shown.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Says that we showed it, and when.
    pub token: String,
    /// What the browser is to solve, where proof of work is asked for.
    pub challenge: Option<String>,
}

/// What comes with a comment besides its words.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The token of its form; empty where the form came out of a cached page.
    pub token: String,
    /// What stands in the field that people don't see.
    pub trap: String,
    /// The proof of work; empty for none.
    pub proof: String,
    /// The writer wants to hear of answers.
    pub notify: bool,
}

/// What became of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Readers see it at this address.
    Shown(CommentId, String),
    /// An editor reads it first.
    Held(CommentId),
}

/// Why a comment was not taken; its text is the writer's to keep.
#[derive(Debug, thiserror::Error)]
pub enum CommentError {
    /// Something in it is wrong.
    #[error("a field is wrong")]
    Faults(ReplyFaults),
    /// Its form has no token, or an old one.
    #[error("the form has no token that is good")]
    NoToken,
    /// The filter.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The newsroom has banned the writer; with its reason, where it gave one.
    #[error("The newsroom takes no comments from you any more{0}.")]
    Banned(String),
    /// There is no such article for readers.
    #[error("The article is not here any more.")]
    NoArticle,
    /// It takes no comments any more.
    #[error("This conversation is closed.")]
    Closed,
    /// The comment that is answered was removed meanwhile.
    #[error("The comment that you answer is not here any more.")]
    NoParent,
    /// It is somebody else's, or the time for changes is over.
    #[error("This comment can’t be changed any more.")]
    NotYours,
    /// The operating system has no randomness to give.
    #[error(transparent)]
    Random(#[from] SecretsError),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Whoever brings words along has been writing them for a while: a form that comes back
/// with them counts as open for as long as the filter takes for a thoughtful moment, in
/// milliseconds.
pub const A_WHILE: i64 = 3_000;

/// Opens a form that is shown from this moment on.
pub async fn open_form(site: &Site, shown: Timestamp) -> Result<Opened, CommentError> {
    let token = form_token::make(site, PURPOSE, shown)?;
    let challenge = if asks_for_proof(site).await? { proof_of_work::challenge(site, &token) } else { None };
    Ok(Opened { token, challenge })
}

async fn asks_for_proof(site: &Site) -> Result<bool, StorageError> {
    Ok(front(site).await?.edition.conversation.proof_of_work)
}

/// Where a comment stands on the page of its article.
fn anchor(article: &Article, id: CommentId) -> String {
    format!("{}#comment-{id}", href(&article.section.slug, &article.slug))
}

/// Takes a comment on an [open article](open_article), or on one of its comments.
pub async fn post(
    site: &Site,
    open: &Open,
    parent: Option<CommentId>,
    reply: &Reply,
    sent: &Sent,
    writer: &Writer,
) -> Result<Outcome, CommentError> {
    let article = &open.article;
    let mut reply = reply.tidied();
    if let Some(account) = &writer.account {
        (reply.name, reply.email) = (account.name.clone(), account.email.clone());
    }
    let mut faults = reply.faults();
    if writer.account.is_none() && faults.name.is_none() && accounts::is_reserved(site, &reply.name).await? {
        faults.name = Some(accounts::RESERVED.into());
    }
    if !faults.none() {
        return Err(CommentError::Faults(faults));
    }
    let (shown, ticket) = form_token::read(site, PURPOSE, &sent.token).ok_or(CommentError::NoToken)?;
    let outcome_of = |id: CommentId, state: State| match state {
        State::Approved => Outcome::Shown(id, anchor(article, id)),
        // Spam learns nothing of what became of it.
        _ => Outcome::Held(id),
    };
    // Sent twice, as by an impatient thumb: the first one counts.
    if let Some((id, state)) = comments::by_ticket(&site.db, &ticket).await? {
        return Ok(outcome_of(id, state));
    }
    let now = site.now();
    let email = reply.email.to_lowercase();
    let address = household(writer.address);
    let account = writer.account.as_ref().map(|account| account.id);
    let pace = comments::Pace { since: now.plus(-Timestamp::HOUR), said_since: now.plus(-rules::REPEAT) };
    let findings = if writer.is_staff() {
        Vec::new()
    } else {
        let person = comments::Person { address: &address, account: account.map(|id| id.0), writer: &writer.proven() };
        let history = comments::history(&site.db, person, pace.since).await?;
        let range = range(&address).unwrap_or_default();
        let account_row = account.map(|id| id.0);
        if let Some(why) =
            moderation::banned(&site.db, (&email, &digest(&email)), account_row, &address, &range).await?
        {
            return Err(CommentError::Banned(if why.is_empty() { why } else { format!(": {why}") }));
        }
        let mut circumstances = Circumstances {
            last: history.last,
            in_hour: history.count,
            approved: history.approved,
            repeated: comments::said_since(&site.db, &reply.text, pace.said_since).await?,
            took: now.0 - shown.0,
            trapped: !sent.trap.is_empty(),
            known: account.is_some(),
            held: open.held,
            learnt: bayes::ask(site, &reply.text).await?,
            unproven: true,
        };
        if let Some(refusal) = rules::refusal(&circumstances, now) {
            return Err(refusal.into());
        }
        // Last, since it is work.
        circumstances.unproven =
            !(asks_for_proof(site).await? && proof_of_work::is_given(site, &sent.token, &sent.proof));
        judge(site, article, &reply, &circumstances, writer).await?
    };
    let new = comments::New {
        article: article.id,
        parent,
        badge: badge(writer, article),
        name: reply.name,
        email,
        body: comment_html::from_markdown(&reply.text),
        words: reply.text,
        state: outcome(&findings),
        ticket,
        address,
        agent: writer.agent.chars().filter(|c| !c.is_control()).take(300).collect(),
        findings: rules::json(&findings),
        account,
        writer: if writer.browser.is_empty() { String::new() } else { digest(&writer.browser) },
        notify: sent.notify,
    };
    // Once more within the act: of many at once only those may pass that would have one by one.
    let refuse = |history: comments::History, repeated: bool| {
        let circumstances = Circumstances {
            last: history.last,
            in_hour: history.count,
            repeated,
            known: account.is_some(),
            ..Circumstances::default()
        };
        rules::refusal(&circumstances, now).filter(|_| !writer.is_staff())
    };
    match comments::post(&site.db, &new, pace, now, refuse).await?? {
        Posted::Here(id, state) => {
            if sent.notify && state != State::Spam {
                reply_mails::wanted(site, id, writer).await?;
            }
            if state == State::Approved {
                reply_mails::answered(site, id).await?;
            }
            Ok(outcome_of(id, state))
        }
        Posted::NoParent => Err(CommentError::NoParent),
        Posted::NoArticle => Err(CommentError::NoArticle),
    }
}

fn badge(writer: &Writer, article: &Article) -> Badge {
    match &writer.account {
        Some(account) if account.author.is_some_and(|id| article.authors.iter().any(|author| author.id == id)) => {
            Badge::Author
        }
        Some(account) if account.role.is_staff() => Badge::Staff,
        _ => Badge::None,
    }
}

/// All rules, those of a service elsewhere last and only where the others let it through.
pub(super) async fn judge(
    site: &Site,
    article: &Article,
    reply: &Reply,
    circumstances: &Circumstances,
    writer: &Writer,
) -> Result<Vec<Finding>, CommentError> {
    let rules = &front(site).await?.edition.conversation;
    let lists = site.word_lists.of(&rules.banned_words, &rules.suspect_words);
    let mut findings = rules::judge(reply, circumstances, rules, &lists);
    if outcome(&findings) != State::Spam {
        findings.extend(akismet::ask(site, article, reply, writer).await);
    }
    Ok(findings)
}
