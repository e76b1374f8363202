//! Mails that come back, and complaints: out of a maildir, or told by a provider.
//!
//! A report in a maildir is believed where it holds the signed `Message-ID` of a letter of
//! ours: only who carried or got that letter knows it. A provider's report is believed by the
//! secret in the address at which it is told.

use super::{
    Site,
    refusal::{Stage, Verdict, judge},
    sending,
};
use crate::{
    domain::newsletter::Standing,
    storage::{
        StorageError, deliveries,
        subscribers::{self, Subscriber},
    },
};
use serde_json::Value;
use std::path::Path;

mod returned;

const LETTER: &str = "letter";
const HOOK: &str = "bounces";
/// A report is no larger than this; what is, holds a whole mail that nobody needs.
const MOST_BYTES: u64 = 2_000_000;

/// Providers whose reports are understood.
pub const PROVIDERS: [&str; 4] = ["mailgun", "postmark", "sendgrid", "ses"];

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// It was refused: whom that is about.
    Refused(Verdict),
    /// Its reader called it spam.
    Complaint,
}

/// What names a letter to one reader in its `Message-ID`: the rows, and a signature of them.
pub fn name(site: &Site, letter: i64, subscriber: i64) -> String {
    let rows = format!("{letter}.{subscriber}");
    let signature = site.secrets.sign(LETTER, &rows);
    format!("{rows}.{signature}")
}

/// The letter and the reader of a name that is ours.
fn named(site: &Site, text: &str) -> Option<(i64, i64)> {
    text.match_indices("letter.").find_map(|(at, start)| {
        let mut parts = text[at + start.len()..].splitn(4, '.');
        let (letter, subscriber) = (parts.next()?, parts.next()?);
        let signature = parts.next()?;
        let good = site.secrets.verify(LETTER, &format!("{letter}.{subscriber}"), signature);
        Some((letter.parse().ok()?, subscriber.parse().ok()?)).filter(|_| good)
    })
}

/// Reads the reports that lie in the maildir, and puts them among what was read; answers how
/// many told of a letter of ours.
pub async fn look(site: &Site, folder: &Path) -> Result<usize, StorageError> {
    let told = |e| StorageError::Folder(folder.display().to_string(), e);
    let (new, read_ones) = (folder.join("new"), folder.join("cur"));
    if !new.is_dir() {
        return Ok(0);
    }
    std::fs::create_dir_all(&read_ones).map_err(told)?;
    let mut count = 0;
    for entry in std::fs::read_dir(&new).map_err(told)? {
        let entry = entry.map_err(told)?;
        if entry.metadata().map_err(told)?.len() <= MOST_BYTES {
            let raw = std::fs::read(entry.path()).map_err(told)?;
            if let Some(report) = returned::read(&raw)
                && let Some((letter, subscriber)) = returned::texts(&raw).iter().find_map(|text| named(site, text))
                && let Some(who) = subscribers::by_id(&site.db, subscriber).await?
            {
                note(site, Some(letter), &who, report).await?;
                count += 1;
            }
        }
        // `:2,S` says that it was seen (maildir).
        let seen = format!("{}:2,S", entry.file_name().to_string_lossy());
        std::fs::rename(entry.path(), read_ones.join(seen)).map_err(told)?;
    }
    Ok(count)
}

fn fault(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::RecipientGone => "came back: there is no such address",
        Verdict::Ours => "came back: refused because of us",
        Verdict::RecipientForNow => "came back: not taken for now",
        Verdict::Unclear => "came back",
    }
}

/// What a report means for a reader: a refusal is counted with those of its letter, which ends
/// nobody before it is clear that they are about the readers; a complaint ends all letters.
async fn note(site: &Site, letter: Option<i64>, who: &Subscriber, report: Report) -> Result<(), StorageError> {
    tracing::info!(?report, letter, "a mail came back");
    match report {
        Report::Refused(verdict) => sending::came_back(site, letter, who.id, verdict, fault(verdict)).await,
        Report::Complaint => {
            if let Some(letter) = letter {
                deliveries::came_back(&site.db, letter, who.id, "its reader called it spam", site.now()).await?;
            }
            subscribers::stand(&site.db, &who.email, Standing::Complained, site.now()).await.map(drop)
        }
    }
}

/// Takes what a provider tells; answers whether it was understood at all.
pub async fn take(site: &Site, provider: &str, body: &Value) -> Result<bool, StorageError> {
    let reports = told(provider, body);
    for (email, report) in &reports {
        if let Some(who) = subscribers::by_email(&site.db, email.trim()).await? {
            note(site, None, &who, *report).await?;
        }
    }
    Ok(!reports.is_empty() || is_event(provider, body))
}

/// Whether it is an event of the provider's, if only one that changes nothing here.
fn is_event(provider: &str, body: &Value) -> bool {
    match provider {
        "mailgun" => body["event-data"]["event"].is_string(),
        "postmark" => body["RecordType"].is_string(),
        "sendgrid" => body.as_array().is_some_and(|events| events.iter().any(|event| event["event"].is_string())),
        "ses" => {
            let notice = notice(body);
            notice["notificationType"].is_string() || notice["eventType"].is_string()
        }
        _ => false,
    }
}

/// What Amazon's SES says: as text in the envelope of SNS or, with raw delivery, by itself.
fn notice(body: &Value) -> Value {
    let inner = body["Message"].as_str().and_then(|message| serde_json::from_str(message).ok());
    inner.unwrap_or_else(|| body.clone())
}

/// The path at which a provider tells.
pub fn hook(site: &Site, provider: &str) -> String {
    format!("/newsletter/bounces/{provider}/{}", site.secrets.sign(HOOK, provider))
}

/// Whether this is the secret of a provider's address.
pub fn is_good(site: &Site, provider: &str, secret: &str) -> bool {
    PROVIDERS.contains(&provider) && site.secrets.verify(HOOK, provider, secret)
}

/// What a provider tells: addresses with what became of their mails. Formats: Mailgun's,
/// Postmark's and SendGrid's webhooks, Amazon SES by SNS, as their makers document them.
pub fn told(provider: &str, body: &Value) -> Vec<(String, Report)> {
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_lowercase();
    let one = |email: String, report: Option<Report>| report.map(|report| (email, report)).into_iter().collect();
    match provider {
        "mailgun" => {
            let event = &body["event-data"];
            let report = match (text(event, "event").as_str(), text(event, "severity").as_str()) {
                ("failed", "permanent") => {
                    let status = &event["delivery-status"];
                    let code = status["code"].as_u64().and_then(|code| u16::try_from(code).ok());
                    let said = format!("{} {}", text(status, "message"), text(status, "description"));
                    Some(Report::Refused(judge(Stage::Afterwards, code, &said)))
                }
                ("failed", _) => Some(Report::Refused(Verdict::RecipientForNow)),
                ("complained", _) => Some(Report::Complaint),
                _ => None,
            };
            one(text(event, "recipient"), report)
        }
        "postmark" => {
            let report = match (text(body, "RecordType").as_str(), text(body, "Type").as_str()) {
                ("bounce", "hardbounce" | "bademailaddress") => Some(Report::Refused(Verdict::RecipientGone)),
                ("bounce", "spamcomplaint") | ("spamcomplaint", _) => Some(Report::Complaint),
                ("bounce", _) => Some(Report::Refused(Verdict::RecipientForNow)),
                _ => None,
            };
            one(text(body, "Email"), report)
        }
        "sendgrid" => {
            let events = body.as_array().map(Vec::as_slice).unwrap_or_default();
            let report = |event: &Value| match (text(event, "event").as_str(), text(event, "type").as_str()) {
                ("bounce", "blocked") => Some(Report::Refused(Verdict::RecipientForNow)),
                ("bounce", _) => {
                    let said = format!("{} {}", text(event, "status"), text(event, "reason"));
                    Some(Report::Refused(judge(Stage::Afterwards, None, &said)))
                }
                ("spamreport", _) => Some(Report::Complaint),
                _ => None,
            };
            events.iter().filter_map(|event| Some((text(event, "email"), report(event)?))).collect()
        }
        "ses" => {
            let notice = &notice(body);
            // Event publishing has another word for the same.
            let kind = ["notificationType", "eventType"].map(|key| text(notice, key)).concat();
            let bounce = &notice["bounce"];
            let (all, people) = match (kind.as_str(), text(bounce, "bounceType").as_str()) {
                ("bounce", "permanent") => (None, &bounce["bouncedRecipients"]),
                ("bounce", "transient") => {
                    (Some(Report::Refused(Verdict::RecipientForNow)), &bounce["bouncedRecipients"])
                }
                ("complaint", _) => (Some(Report::Complaint), &notice["complaint"]["complainedRecipients"]),
                // Undetermined, out of office among it, and what is no refusal.
                _ => return Vec::new(),
            };
            let report = |who: &Value| {
                let said = format!("{} {}", text(who, "status"), text(who, "diagnosticCode"));
                let gone = Report::Refused(Verdict::RecipientGone);
                let judged = || Report::Refused(judge(Stage::Afterwards, None, &said));
                all.unwrap_or_else(|| if said.trim().is_empty() { gone } else { judged() })
            };
            let people = people.as_array().map(Vec::as_slice).unwrap_or_default();
            people.iter().map(|who| (text(who, "emailAddress"), report(who))).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn providers_are_understood() {
        let ann = || "ann@example.org".to_owned();
        let ses = |message: Value| json!({ "Type": "Notification", "Message": message.to_string() });
        for (provider, body, report) in [
            (
                "mailgun",
                json!({ "event-data": { "event": "failed", "severity": "permanent", "recipient": "Ann@example.org", "delivery-status": { "code": 550, "message": "5.1.1 User unknown" } } }),
                Report::Refused(Verdict::RecipientGone),
            ),
            (
                "mailgun",
                json!({ "event-data": { "event": "failed", "severity": "temporary", "recipient": ann() } }),
                Report::Refused(Verdict::RecipientForNow),
            ),
            ("mailgun", json!({ "event-data": { "event": "complained", "recipient": ann() } }), Report::Complaint),
            (
                "postmark",
                json!({ "RecordType": "Bounce", "Type": "HardBounce", "Email": ann() }),
                Report::Refused(Verdict::RecipientGone),
            ),
            (
                "postmark",
                json!({ "RecordType": "Bounce", "Type": "Transient", "Email": ann() }),
                Report::Refused(Verdict::RecipientForNow),
            ),
            ("postmark", json!({ "RecordType": "SpamComplaint", "Email": ann() }), Report::Complaint),
            (
                "sendgrid",
                json!([{ "event": "bounce", "type": "bounce", "email": ann(), "status": "5.1.1", "reason": "550 5.1.1 no such user" }]),
                Report::Refused(Verdict::RecipientGone),
            ),
            (
                "sendgrid",
                json!([{ "event": "delivered", "email": "x" }, { "event": "bounce", "type": "blocked", "email": ann() }]),
                Report::Refused(Verdict::RecipientForNow),
            ),
            ("sendgrid", json!([{ "event": "spamreport", "email": ann() }]), Report::Complaint),
            (
                "ses",
                ses(
                    json!({ "notificationType": "Bounce", "bounce": { "bounceType": "Permanent", "bouncedRecipients": [{ "emailAddress": ann() }] } }),
                ),
                Report::Refused(Verdict::RecipientGone),
            ),
            (
                "ses",
                ses(
                    json!({ "notificationType": "Bounce", "bounce": { "bounceType": "Transient", "bouncedRecipients": [{ "emailAddress": ann() }] } }),
                ),
                Report::Refused(Verdict::RecipientForNow),
            ),
            (
                "ses",
                ses(
                    json!({ "notificationType": "Complaint", "complaint": { "complainedRecipients": [{ "emailAddress": ann() }] } }),
                ),
                Report::Complaint,
            ),
        ] {
            assert_eq!(told(provider, &body), [(ann(), report)], "{provider} {body}");
        }
        let policy = json!({ "event-data": { "event": "failed", "severity": "permanent", "recipient": ann(),
            "delivery-status": { "code": 550, "message": "5.7.1 Message rejected as spam by Content Filtering." } } });
        assert_eq!(told("mailgun", &policy), [(ann(), Report::Refused(Verdict::Ours))]);
        let event = json!({ "eventType": "Bounce", "bounce": { "bounceType": "Permanent", "bouncedRecipients": [
            { "emailAddress": ann(), "status": "5.1.1", "diagnosticCode": "smtp; 550 5.1.1 user unknown" }] } });
        for body in [ses(event.clone()), event] {
            assert_eq!(told("ses", &body), [(ann(), Report::Refused(Verdict::RecipientGone))]);
        }
        let away = json!({ "eventType": "Bounce", "bounce": { "bounceType": "Undetermined",
            "bouncedRecipients": [{ "emailAddress": ann() }] } });
        assert!(told("ses", &away).is_empty());
        for (provider, body) in [
            ("mailgun", json!({ "event-data": { "event": "delivered", "recipient": "x" } })),
            ("sendgrid", json!({})),
            ("ses", json!({ "Type": "SubscriptionConfirmation", "Message": "words" })),
            ("postmark", json!([1, null])),
            ("other", json!({})),
        ] {
            assert!(told(provider, &body).is_empty(), "{provider}");
        }
    }
}
