//! The brake: where a mail server refuses more than a good list brings, the letter is held,
//! nobody is taken off the list, and whoever runs the publication is told.

use super::sending::{SOFT, SOFT_SPAN};
use crate::services::{
    Site,
    mail::{self, refusal::Verdict},
    site::frame::front,
};
use crate::{
    domain::{account::Role, newsletter::Tally},
    storage::{
        StorageError, accounts,
        mails::{Draft, Mail},
        newsletter::{
            brake::{self, Found},
            deliveries, letters, subscribers,
        },
    },
};

/// The longest that is kept of what a mail server said, in characters.
const LONGEST: usize = 300;

/// After how many refusals for now, over how many milliseconds, an address counts as gone.
pub(super) const SOFTLY: (i64, i64) = (SOFT, SOFT_SPAN);

/// The name under which a verdict is stored.
pub(super) fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::RecipientGone => "gone",
        Verdict::RecipientForNow => "for now",
        Verdict::Unclear => "unclear",
        Verdict::Ours => "ours",
    }
}

/// What is kept of a fault: one line.
pub(super) fn line(fault: &str) -> String {
    fault.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect()
}

/// A mail that had been handed over came back, by a report or a provider's word: the named
/// letter, or the last that its reader got. It is counted with that letter's refusals, and
/// what follows for the reader follows when those are what a good list brings.
pub async fn came_back(
    site: &Site,
    letter: Option<i64>,
    subscriber: i64,
    verdict: Verdict,
    fault: &str,
) -> Result<(), StorageError> {
    let (now, fault) = (site.now(), line(fault));
    let refusal = (fault.as_str(), word(verdict));
    if let Some(letter) = deliveries::returned(&site.db, letter, subscriber, refusal, now).await? {
        return look(site, letter).await.map(drop);
    }
    // Told twice it is the same; a mail that is no letter of ours is nobody's but the reader's.
    if letter.is_none() && !deliveries::any_of(&site.db, subscriber).await? {
        subscribers::bounce(&site.db, subscriber, refusal, SOFTLY, now).await?;
    }
    Ok(())
}

/// Looks whether a letter's refusals are what a good list brings, and holds it if they are
/// not; answers whether it is held.
pub async fn look(site: &Site, letter: i64) -> Result<bool, StorageError> {
    let notice = Notice::new(site, letter).await?;
    let mut told = None;
    let found = brake::look(&site.db, letter, SOFTLY, site.now(), |tally, said| {
        let why = figures(tally, said);
        let mails = notice.mails(&why);
        // Who takes nothing from us takes no notice either.
        let lost = tally.sent == 0 || tally.ours > 0;
        told = Some((why.clone(), lost));
        (why, mails)
    })
    .await?;
    if let (Found::Held, Some((why, lost))) = (found, told) {
        tracing::error!(letter, why, "a letter is held: too much of it was refused");
        if lost {
            notice.keep(site, &why);
        }
    }
    Ok(found != Found::Good)
}

/// Holds a letter since the mail server takes nothing from us at all.
pub(super) async fn broken(site: &Site, letter: i64, fault: &str) -> Result<(), StorageError> {
    let why = format!(
        "The mail server takes no mail from this site, so nobody has been tried and nobody is taken off the list. \
         It said: “{}”. Mend [mail] in the settings (pressroom doctor looks at them), then let the letter go on.",
        line(fault)
    );
    let notice = Notice::new(site, letter).await?;
    if brake::hold(&site.db, letter, &why, &notice.mails(&why), site.now()).await? {
        tracing::error!(letter, why, "a letter is held: the mail server takes nothing");
        notice.keep(site, &why);
    }
    Ok(())
}

/// Why a letter is held, in words.
fn figures(tally: &Tally, said: &str) -> String {
    let (refused, handed) = (tally.refused(), tally.sent + tally.refused());
    let part = |count: i64, words: &str| (count > 0).then(|| format!("{count} {words}"));
    let parts = [
        part(tally.ours, "because of us: our settings, our name or the content"),
        part(tally.gone, "since there is no such address"),
        part(tally.unclear, "for now, or without a clear word"),
    ];
    let parts = parts.into_iter().flatten().collect::<Vec<_>>().join("; ");
    format!(
        "{refused} of {handed} mails of this letter were refused, which is more than a good list brings ({parts}). \
         Most often it was said: “{said}”. Nobody has been taken off the list. \
         Find out what is wrong, then let the letter go on: whoever was refused is tried again."
    )
}

/// What those who run the publication are told.
struct Notice {
    letter: i64,
    subject: String,
    publication: String,
    to: Vec<String>,
    link: String,
    at: i64,
}

impl Notice {
    async fn new(site: &Site, letter: i64) -> Result<Self, StorageError> {
        let subject = letters::by_id(&site.db, letter).await?.map(|letter| letter.subject).unwrap_or_default();
        let accounts = accounts::list(&site.db, true).await?;
        let admins = accounts.into_iter().filter(|who| who.role == Role::Admin && who.disabled.is_none());
        let mut to: Vec<String> = admins.map(|who| who.email).collect();
        if to.is_empty() {
            to.push(site.config.mail.newsroom.clone());
        }
        let publication = front(site).await?.edition.name.clone();
        let link = site.url(&format!("/newsroom/newsletter/{letter}"));
        Ok(Self { letter, subject, publication, to, link, at: site.now().0 })
    }

    fn mails(&self, why: &str) -> Vec<Draft> {
        let draft = |to: &String| Draft {
            recipient: to.clone(),
            subject: format!("{}: a letter is held", self.publication),
            body: format!("“{}” is held by itself.\n\n{why}\n\n{}\n", self.subject, self.link),
            ..Draft::default()
        };
        self.to.iter().map(draft).collect()
    }

    /// Writes it into the folder of mails, too: mail itself may be what is broken.
    fn keep(&self, site: &Site, why: &str) {
        let Some(draft) = self.mails(why).into_iter().next() else { return };
        let mail = Mail {
            id: 0,
            recipient: draft.recipient,
            reply_to: None,
            subject: draft.subject,
            body: draft.body,
            written: self.at,
            attempts: 1,
            stop: None,
            urgent: 0,
        };
        let name = format!("held-{}-{}.eml", self.letter, self.at);
        if let Err(error) = mail::keep(&mail, &name, &self.publication, &site.config.mail) {
            tracing::error!(%error, "the notice about a letter that is held could not be written");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_one_line() {
        assert_eq!(line(" 550 no\r\n such  user"), "550 no such user");
        assert_eq!(line(&"x".repeat(400)).len(), LONGEST);
        let tally = Tally { sent: 10, gone: 2, ours: 8, ..Tally::default() };
        let why = figures(&tally, "550 relay not permitted");
        assert!(why.starts_with("10 of 20 mails") && why.contains("8 because of us") && why.contains("“550 relay"));
        assert!(!why.contains("for now, or"), "{why}");
    }
}
