//! The filter in front of the conversation: each rule looks for itself and says in
//! words what it found. What was found is stored with the comment, so that every
//! decision can be explained.

use crate::services::text::word_lists::{WordList, fold};
use crate::{
    domain::{
        edition::Conversation,
        reply::{Reply, links},
        time::Timestamp,
    },
    storage::comments::State,
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
    /// How sure it is, in percent.
    #[serde(default)]
    pub score: u8,
    /// Why, in words.
    pub why: String,
}

impl Finding {
    pub(super) fn new(rule: &str, verdict: Verdict, score: u8, why: String) -> Self {
        Self { rule: rule.into(), verdict, score, why }
    }
}

/// How findings are stored. They were made here: they have a form in JSON.
pub(in crate::services) fn json(findings: &[Finding]) -> String {
    serde_json::to_string(findings).unwrap_or_default()
}

/// What was found about a stored comment; nothing about one that was brought in.
pub fn read(stored: &str) -> Vec<Finding> {
    serde_json::from_str(stored).unwrap_or_default()
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
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// No proof of work came with it.
    pub unproven: bool,
    /// Somebody with an account: no guest.
    pub known: bool,
    /// The conversation holds every comment first.
    pub held: bool,
    /// What the filter has learnt of such words, 0 to 1.
    pub learnt: Option<f64>,
}

/// Between two comments of one address: 15 s.
const PAUSE: i64 = 15_000;
/// So many comments of guests from one address in an hour.
const HOURLY: i64 = 20;
/// The same words again within 6 minutes are a repetition.
pub const REPEAT: i64 = 6 * 60_000;
/// Nobody writes a comment in less than 3 s.
const QUICK: i64 = 3_000;
/// Links that a newcomer may set.
const NEWCOMERS_LINKS: usize = 2;
/// From here on what was learnt holds a comment.
pub const SUSPICIOUS: f64 = 0.9;
/// And from here on it is spam.
const CERTAIN: f64 = 0.995;

/// Whether a comment can be taken at all.
pub fn refusal(seen: &Circumstances, now: Timestamp) -> Option<Refusal> {
    if let Some(wait) = seen.last.map(|last| last.0 + PAUSE - now.0).filter(|wait| *wait > 0) {
        return Some(Refusal::TooSoon(wait.div_euclid(1_000) + 1));
    }
    if seen.in_hour >= HOURLY && !seen.known {
        return Some(Refusal::TooMany);
    }
    seen.repeated.then_some(Refusal::Repeated)
}

/// What the rules find by themselves; nothing means that the comment appears at once.
pub fn judge(reply: &Reply, seen: &Circumstances, rules: &Conversation, lists: &(WordList, WordList)) -> Vec<Finding> {
    use Verdict::{Hold, Spam};
    let approvals = i64::from(rules.approvals);
    let newcomer = seen.approved < approvals;
    let set = links(&reply.text);
    let folded = fold(&format!("{} {}", reply.name, reply.text));
    let listed = |list: &WordList| {
        let found = list.find(&folded);
        (!found.is_empty()).then(|| format!("“{}”", found.join("”, “")))
    };
    let percent = |score: f64| (score * 100.0).clamp(0.0, 100.0) as u8;
    [
        seen.trapped.then(|| Finding::new("trap", Spam, 100, "a field was filled in that people don’t see".into())),
        listed(&lists.0).map(|words| Finding::new("banned words", Spam, 100, words)),
        listed(&lists.1).map(|words| Finding::new("suspect words", Hold, 60, words)),
        seen.learnt.filter(|score| *score >= SUSPICIOUS).map(|score| {
            let verdict = if score >= CERTAIN { Spam } else { Hold };
            Finding::new("learnt", verdict, percent(score), format!("like what was spam before: {} %", percent(score)))
        }),
        (seen.took < QUICK)
            .then(|| Finding::new("quick", Hold, 50, format!("the form was open for {} ms only", seen.took.max(0)))),
        (rules.proof_of_work && seen.unproven).then(|| {
            Finding::new("proof of work", Hold, 30, "no proof of work: a browser without scripts, or no browser".into())
        }),
        (newcomer && set > NEWCOMERS_LINKS)
            .then(|| Finding::new("links", Hold, 70, format!("{set} links; a newcomer may set {NEWCOMERS_LINKS}"))),
        newcomer.then(|| {
            let why = format!(
                "{} of the writer’s comments let through so far; the first {approvals} are read before they appear",
                seen.approved
            );
            Finding::new("newcomer", Hold, 10, why)
        }),
        seen.held.then(|| Finding::new("conversation", Hold, 0, "here every comment is read before it appears".into())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What a writer is told of a finding; nothing of what would help to get around it.
pub fn for_writer(finding: &Finding) -> Option<&'static str> {
    Some(match finding.rule.as_str() {
        "newcomer" => "We read the first comments of everybody who is new here.",
        "links" => "It has many links for somebody who is new here.",
        "quick" => "It was sent very quickly.",
        "proof of work" => "Your browser could not do the small sum that we ask for in place of a captcha.",
        "suspect words" => "It has words that we look at first.",
        "conversation" => "In this conversation we read every comment first.",
        _ => return None,
    })
}

/// What is done with a comment of which this was found.
pub fn outcome(findings: &[Finding]) -> State {
    match findings.iter().map(|finding| finding.verdict).max() {
        None => State::Approved,
        Some(Verdict::Hold) => State::Held,
        Some(Verdict::Spam) => State::Spam,
    }
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
        let lists = (WordList::new(&["casino".into()]), WordList::new(&["idiot*".into()]));
        judge(&reply, &seen, &Conversation::default(), &lists).into_iter().map(|f| (f.rule, f.verdict)).collect()
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
        assert_eq!(rules("A c.a.s.1.n.0", known()), [("banned words".into(), Verdict::Spam)]);
        assert_eq!(rules("You idiots", known()), [("suspect words".into(), Verdict::Hold)]);
        assert_eq!(rules("x", Circumstances { learnt: Some(0.95), ..known() }), [("learnt".into(), Verdict::Hold)]);
        assert_eq!(rules("x", Circumstances { learnt: Some(0.999), ..known() }), [("learnt".into(), Verdict::Spam)]);
        assert!(rules("x", Circumstances { learnt: Some(0.5), ..known() }).is_empty());
        assert!(rules("x", Circumstances { unproven: true, ..known() }).is_empty(), "only where it is asked for");
        assert_eq!(rules("x", Circumstances { held: true, ..known() }), [("conversation".into(), Verdict::Hold)]);
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
