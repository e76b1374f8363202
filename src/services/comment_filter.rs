//! The filter in front of the conversation: each rule looks for itself and says in
//! words what it found. What was found is stored with the comment, so that every
//! decision can be explained.

use crate::domain::{
    reply::{Reply, links},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// What a rule wants to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// An editor decides.
    Hold,
    /// It goes to the spam, where editors can find it.
    Spam,
}

/// What one rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's name.
    pub rule: String,
    /// What it wants.
    pub verdict: Verdict,
    /// Why, in words.
    pub why: String,
}

/// Why a comment is sent back to its writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Seconds to wait.
    #[error("Please wait {0} seconds before your next comment.")]
    TooSoon(i64),
    /// Too many in an hour.
    #[error("That were many comments in an hour. Please come back later.")]
    TooMany,
    /// Word for word the same, a moment ago.
    #[error("The same comment was posted a moment ago.")]
    Repeated,
}

/// What is known about a comment besides its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// The last comment from the same address.
    pub last: Option<Timestamp>,
    /// Comments from that address within the hour.
    pub in_hour: i64,
    /// The same words were posted within [`REPEAT`].
    pub repeated: bool,
    /// How many comments of this writer editors have let through.
    pub approved: i64,
    /// How long the form was open, in milliseconds.
    pub took: i64,
    /// A field was filled in that people don't see.
    pub trapped: bool,
}

/// Between two comments of one address: 15 s.
const PAUSE: i64 = 15_000;
/// So many comments of one address in an hour.
const HOURLY: i64 = 20;
/// The same words again within 6 minutes are a repetition.
pub const REPEAT: i64 = 6 * 60_000;
/// Nobody writes a comment in less than 3 s.
const QUICK: i64 = 3_000;
/// Links that a newcomer may set.
const NEWCOMERS_LINKS: usize = 2;
/// Who has so many comments let through is no newcomer.
const KNOWN: i64 = 2;

/// Whether a comment can be taken at all.
pub fn refusal(seen: &Circumstances, now: Timestamp) -> Option<Refusal> {
    if let Some(wait) = seen.last.map(|last| last.0 + PAUSE - now.0).filter(|wait| *wait > 0) {
        return Some(Refusal::TooSoon(wait.div_euclid(1_000) + 1));
    }
    if seen.in_hour >= HOURLY {
        return Some(Refusal::TooMany);
    }
    seen.repeated.then_some(Refusal::Repeated)
}

/// What the rules find; nothing means that it appears at once.
pub fn judge(reply: &Reply, seen: &Circumstances) -> Vec<Finding> {
    let finding = |rule: &str, verdict, why: String| Finding { rule: rule.into(), verdict, why };
    let newcomer = seen.approved < KNOWN;
    let set = links(&reply.text);
    [
        seen.trapped.then(|| finding("trap", Verdict::Spam, "a field was filled in that people don’t see".into())),
        (seen.took < QUICK)
            .then(|| finding("quick", Verdict::Hold, format!("the form was open for {} ms only", seen.took.max(0)))),
        (newcomer && set > NEWCOMERS_LINKS)
            .then(|| finding("links", Verdict::Hold, format!("{set} links; a newcomer may set {NEWCOMERS_LINKS}"))),
        newcomer.then(|| {
            finding(
                "newcomer",
                Verdict::Hold,
                format!(
                    "{} of the writer’s comments let through so far; the first {KNOWN} are read before they appear",
                    seen.approved
                ),
            )
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000_000);

    fn known() -> Circumstances {
        Circumstances { approved: 2, took: 60_000, ..Circumstances::default() }
    }

    fn rules(text: &str, seen: Circumstances) -> Vec<(String, Verdict)> {
        let reply = Reply { text: text.into(), ..Reply::default() };
        judge(&reply, &seen).into_iter().map(|f| (f.rule, f.verdict)).collect()
    }

    #[test]
    fn each_rule_speaks_for_itself() {
        let three = "http://a.example http://b.example http://c.example";
        assert!(rules(three, known()).is_empty());
        assert_eq!(rules("Hello", Circumstances { approved: 1, ..known() }), [("newcomer".into(), Verdict::Hold)]);
        let newcomer = rules(three, Circumstances { approved: 0, ..known() });
        assert_eq!(newcomer, [("links".into(), Verdict::Hold), ("newcomer".into(), Verdict::Hold)]);
        assert_eq!(rules("Hello", Circumstances { trapped: true, ..known() }), [("trap".into(), Verdict::Spam)]);
        assert_eq!(rules("Hello", Circumstances { took: 2_999, ..known() }), [("quick".into(), Verdict::Hold)]);
    }

    #[test]
    fn who_is_hasty_is_told_how_long_to_wait() {
        let at = |ago: i64| Circumstances { last: Some(Timestamp(NOW.0 - ago)), ..known() };
        assert_eq!(refusal(&at(14_000), NOW), Some(Refusal::TooSoon(2)));
        assert_eq!(refusal(&at(15_000), NOW), None);
        assert_eq!(refusal(&Circumstances { in_hour: 20, ..at(60_000) }, NOW), Some(Refusal::TooMany));
        assert_eq!(refusal(&Circumstances { repeated: true, ..known() }, NOW), Some(Refusal::Repeated));
    }
}
