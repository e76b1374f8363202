//! Newsletters: what is sent to whom, and how a letter and its readers stand.

use super::{names::stored_names, slug::Slug};
use serde::{Deserialize, Serialize};

/// A newsletter that readers can sign up for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Newsletter {
    /// By which it is known in addresses and in the subscriptions.
    pub slug: Slug,
    /// What readers see.
    pub name: String,
    /// What is in it and when it comes, in one sentence.
    #[serde(default)]
    pub description: String,
    /// When a digest of the new articles is made: a cron pattern of five fields (minute,
    /// hour, day, month, day of the week) in the publication's time zone. Empty: never by
    /// itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub digest: String,
    /// An editor looks at each digest before it is sent.
    #[serde(default)]
    pub approve: bool,
    /// Opens and followed links are counted: sums of a letter, never of a reader.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub count: bool,
}

/// The newsletters of an edition that names none.
pub fn usual() -> Vec<Newsletter> {
    let letter = |slug: &str, name: &str, description: &str, digest: &str| {
        Some(Newsletter {
            slug: slug.parse().ok()?,
            name: name.into(),
            description: description.into(),
            digest: digest.into(),
            approve: false,
            count: false,
        })
    };
    [
        letter(
            "daily-briefing",
            "Daily Briefing",
            "Every weekday at six in the morning: what is new since yesterday.",
            "0 6 * * MON-FRI",
        ),
        letter(
            "weekly-review",
            "Weekly Review",
            "Every Saturday at eight: the week’s articles, section by section.",
            "0 8 * * SAT",
        ),
        letter("breaking", "Breaking", "One article, when it cannot wait. On most days nothing.", ""),
    ]
    .into_iter()
    .flatten()
    .collect()
}

stored_names! {
    /// What a letter is made of.
    Kind {
        /// The new articles, by section.
        Digest = "digest",
        /// One article.
        Article = "article",
        /// Words of an editor.
        Message = "message",
    }
}

stored_names! {
    /// How a letter stands.
    State {
        /// It is being written; nobody gets it.
        Draft = "draft",
        /// An editor has approved it; it goes out when its time comes.
        Approved = "approved",
        /// It goes out now.
        Sending = "sending",
        /// It waits until somebody lets it go on.
        Paused = "paused",
        /// Everybody has it.
        Sent = "sent",
        /// Somebody ended it: who has not got it will not.
        Stopped = "stopped",
    }
}

impl State {
    /// Whether nothing more becomes of it by itself.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Sent | Self::Stopped)
    }

    /// Whether readers may see it in the archive once it has begun to go out.
    pub fn is_public(self) -> bool {
        matches!(self, Self::Sending | Self::Sent | Self::Paused)
    }
}

stored_names! {
    /// How somebody stands to the newsletters.
    Standing {
        /// Was named in a form, and has confirmed nothing yet.
        Pending = "pending",
        /// Gets what was asked for.
        Confirmed = "confirmed",
        /// Has left everything.
        Left = "left",
        /// Mails come back.
        Bounced = "bounced",
        /// Called a mail spam.
        Complained = "complained",
        /// Wants no mail of us, whatever somebody writes into a form.
        Blocked = "blocked",
    }
}

stored_names! {
    /// In which way somebody agreed to get newsletters.
    ConsentWay {
        /// By a form of ours, confirmed by the button behind the link of a mail.
        Form = "form",
        /// On the reader's own page, to which only mails to that reader lead.
        OwnPage = "own page",
        /// Elsewhere: a file says so.
        File = "file",
    }
}

/// The button that confirms a sign-up: part of the proof that somebody agreed.
pub const CONFIRM: &str = "Yes, send it to me";

stored_names! {
    /// Whether a letter is held because too much of it was refused.
    Brake {
        /// Nothing is wrong with it.
        Off = "",
        /// It waits for an editor, and nobody is taken off the list.
        On = "on",
        /// An editor has looked: the list is old, and who was refused is taken off it.
        Ended = "end",
        /// After that it was held again, because of us.
        Again = "again",
    }
}

impl Brake {
    /// Whether the letter is held.
    pub fn is_on(self) -> bool {
        matches!(self, Self::On | Self::Again)
    }
}

/// What has come of a letter's hand-overs so far, by the last word on each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Taken by the mail server, and not come back.
    pub sent: i64,
    /// Refused since there is no such address.
    pub gone: i64,
    /// Refused for now, or with words that say nothing of the address.
    pub unclear: i64,
    /// Refused because of us: our settings, our name, our content.
    pub ours: i64,
    /// To be tried, again or for the first time.
    pub waiting: i64,
    /// Of those, never tried yet.
    pub untried: i64,
}

impl Tally {
    /// More than one in so many refused is no list in good order (Amazon SES puts senders
    /// under review from 5 % on).
    const ONE_IN: i64 = 20;
    /// From so many hand-overs on a share says something.
    const ENOUGH: i64 = 20;
    /// Where nothing at all was taken, so many refusals do.
    const NOTHING_TAKEN: i64 = 3;

    /// How many were refused, whatever for.
    pub fn refused(&self) -> i64 {
        self.gone + self.unclear + self.ours
    }

    /// Whether so much is refused that something is wrong with us, or with the list. Where an
    /// editor says that the list is old, only what is about us counts.
    pub fn is_wrong(&self, list_is_old: bool) -> bool {
        let handed = self.sent + self.refused();
        let refused = if list_is_old { self.ours } else { self.refused() };
        if self.sent == 0 && !list_is_old {
            return refused >= Self::NOTHING_TAKEN || (self.waiting == 0 && self.ours > 0);
        }
        handed >= Self::ENOUGH && refused * Self::ONE_IN > handed
    }
}

/// The longest subject, in characters: mail programs show about 60.
pub const MAX_SUBJECT: usize = 150;
/// The longest line that mail programs show beside the subject.
pub const MAX_PREHEADER: usize = 200;
/// The longest message of an editor, in characters.
pub const MAX_BODY: usize = 20_000;
/// A confirmation is good for so long, in milliseconds.
pub const CONFIRM_WITHIN: i64 = 48 * 3_600_000;

/// What is wrong with a letter, in an editor's words; all `None` is right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LetterFaults {
    /// About the list.
    pub list: Option<String>,
    /// About the subject.
    pub subject: Option<String>,
    /// About the line beside it.
    pub preheader: Option<String>,
    /// About the words.
    pub body: Option<String>,
    /// About the article.
    pub article: Option<String>,
    /// About the moment.
    pub due: Option<String>,
}

impl LetterFaults {
    /// Nothing is wrong.
    pub fn none(&self) -> bool {
        *self == Self::default()
    }
}

/// One line without control characters, as a header of a mail needs it.
pub fn line_fault(text: &str, longest: usize, what: &str) -> Option<String> {
    let long = text.chars().count() > longest;
    (long || text.chars().any(char::is_control)).then(|| format!("{what} is one line of at most {longest} characters."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_newsletters_are_whole() {
        let all = usual();
        let slugs: Vec<&str> = all.iter().map(|letter| letter.slug.as_str()).collect();
        assert_eq!(slugs, ["daily-briefing", "weekly-review", "breaking"]);
        assert!(all.iter().all(|letter| !letter.name.is_empty() && !letter.description.is_empty()));
    }

    #[test]
    fn more_than_one_in_twenty_is_wrong() {
        let tally = |sent, gone, ours, waiting| Tally { sent, gone, ours, waiting, ..Tally::default() };
        for (found, wrong) in [
            (tally(0, 0, 0, 500), false),
            (tally(0, 2, 0, 498), false),
            (tally(0, 3, 0, 497), true),
            (tally(0, 0, 3, 497), true),
            (tally(0, 0, 1, 0), true),
            (tally(0, 1, 0, 0), false),
            (tally(10, 3, 0, 0), false),
            (tally(17, 2, 0, 0), false),
            (tally(18, 2, 0, 9), true),
            (tally(19, 1, 0, 9), false),
            (tally(1_900, 100, 0, 0), false),
            (tally(1_900, 100, 1, 0), true),
        ] {
            assert_eq!(found.is_wrong(false), wrong, "{found:?}");
        }
        // An old list may refuse as much as it likes, but not because of us.
        assert!(!tally(10, 90, 0, 9).is_wrong(true));
        assert!(!tally(0, 90, 0, 9).is_wrong(true));
        assert!(tally(0, 0, 90, 9).is_wrong(true));
    }

    #[test]
    fn a_line_is_one() {
        assert_eq!(line_fault("A subject – with “signs”", 150, "A subject"), None);
        for wrong in ["a\r\nBcc: x@y.z", "a\0", &"x".repeat(151)] {
            assert!(line_fault(wrong, 150, "A subject").is_some(), "{wrong:?}");
        }
    }
}
