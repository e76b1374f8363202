//! What a refusal of a mail says: about its recipient, or about us.
//!
//! One verdict for the answers of mail servers, returned mails and providers' events. The stage
//! of the conversation decides first, then the enhanced status code (RFC 3463, RFC 5248 and the
//! registry at IANA), then well-known phrases, then the bare code (RFC 5321, 4.2). Where they
//! disagree, the recipient is spared: a mailbox counts as gone only where nothing speaks of
//! senders, policies, contents or rates. The phrases are in `refusal/phrases.rs`.

pub(super) mod phrases;
#[cfg(test)]
pub(super) mod tests;

use super::refusal::phrases::{Matter, matter};

/// Where in the conversation a refusal came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The connection, its greeting, EHLO, STARTTLS.
    Greeting,
    /// AUTH.
    Authentication,
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA, and the answer to the message.
    Data,
    /// After it had been handed over: a returned mail, or what a provider tells.
    Afterwards,
}

/// About whom a refusal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The address or its domain does not exist, is disabled or has moved: no more mails.
    RecipientGone,
    /// The mailbox is full, or the mail was put off: another time it may be taken.
    RecipientForNow,
    /// The sender, its server, configuration or reputation, or the mail itself.
    Ours,
    /// Refused for good without a word about whom: ends nobody by itself.
    Unclear,
}

/// Judges a refusal by where it came, its code (RFC 5321) and its words, which may hold an
/// enhanced status code. `code` is `None` where only words are known.
pub fn judge(stage: Stage, code: Option<u16>, text: &str) -> Verdict {
    let words = fold(text);
    let enhanced = enhanced(&words);
    let code = code.or_else(|| basic(&words));
    let for_now = enhanced.map_or_else(|| code.is_some_and(|code| (400..500).contains(&code)), |status| status.0 == 4);
    // What is said before a recipient was named can't be about one.
    if matches!(stage, Stage::Greeting | Stage::Authentication | Stage::Sender) {
        return if for_now && stage != Stage::Authentication { Verdict::RecipientForNow } else { Verdict::Ours };
    }
    let said = matter(&words);
    if said == Some(Matter::Ours) {
        return Verdict::Ours;
    }
    if for_now || said == Some(Matter::ForNow) {
        return Verdict::RecipientForNow;
    }
    let gone = said == Some(Matter::Gone);
    match enhanced.and_then(of_status) {
        // A code of ours beside words about the mailbox: nobody is ended by it.
        Some(Verdict::Ours) if gone => Verdict::Unclear,
        Some(Verdict::Unclear) | None if gone => Verdict::RecipientGone,
        Some(verdict) => verdict,
        None => code.map_or(Verdict::Unclear, of_code),
    }
}

/// The verdict of an enhanced status code; `None` where it says nothing.
fn of_status((class, subject, detail): (u16, u16, u16)) -> Option<Verdict> {
    if class != 5 {
        return None;
    }
    Some(match (subject, detail) {
        (_, 0) => return None,
        // Bad mailbox, bad domain, bad syntax, moved, null MX (RFC 7505).
        (1, 1..=3 | 6 | 10) => Verdict::RecipientGone,
        // The sender's address, or its domain.
        (1, 7 | 8) => Verdict::Ours,
        // Disabled.
        (2, 1) => Verdict::RecipientGone,
        (2, 2) => Verdict::RecipientForNow,
        // Too long for the mailbox, the system, or of a form that it does not take.
        (2 | 3, 3 | 4) | (6, _) => Verdict::Ours,
        (3, 1 | 2) => Verdict::RecipientForNow,
        // Unable to route; Exchange: the domain is in no DNS (5.4.310).
        (4, 4 | 310) => Verdict::RecipientGone,
        // A loop.
        (4, 6 | 8 | 14) => Verdict::Ours,
        // Expired, congested, DNS or connections of Exchange.
        (4, 5 | 7 | 300..=399) => Verdict::RecipientForNow,
        // The owner of the mailbox or the domain has changed (RFC 7293).
        (7, 17 | 18) => Verdict::RecipientGone,
        (5 | 7, _) => Verdict::Ours,
        _ => Verdict::Unclear,
    })
}

/// The verdict of a code alone.
fn of_code(code: u16) -> Verdict {
    match code {
        400..500 | 552 => Verdict::RecipientForNow,
        // The host or domain takes no mail (RFC 7504).
        556 => Verdict::RecipientGone,
        // Syntax, authentication, encryption.
        500..=504 | 523 | 524 | 530..=538 | 555 => Verdict::Ours,
        _ => Verdict::Unclear,
    }
}

/// Small letters, one space between words, straight apostrophes.
fn fold(text: &str) -> String {
    let text = text.to_lowercase().replace(['\u{2019}', '\u{2018}', '`'], "'");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first enhanced status code that says something, else the first.
fn enhanced(words: &str) -> Option<(u16, u16, u16)> {
    let pieces = words.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    let statuses = pieces.filter_map(|piece| {
        let piece = piece.trim_end_matches('.');
        let mut parts = piece.split('.');
        let mut next = || parts.next().filter(|part| part.len() <= 3)?.parse::<u16>().ok();
        let status = (next()?, next()?, next()?);
        // An address of the network has four parts.
        (parts.next().is_none() && [2, 4, 5].contains(&status.0) && status.1 <= 7).then_some(status)
    });
    let statuses: Vec<_> = statuses.filter(|status| status.0 != 2).collect();
    statuses.iter().find(|(_, subject, detail)| (*subject, *detail) != (0, 0)).or(statuses.first()).copied()
}

/// The first code of three digits that begins a piece of the answer.
fn basic(words: &str) -> Option<u16> {
    words.split([' ', '-', ':', ';', '(', ')', '<', '>', ',', '#']).find_map(|word| {
        let code = (word.len() == 3).then(|| word.parse::<u16>().ok())??;
        (400..600).contains(&code).then_some(code)
    })
}
