//! What providers' events say. Formats: Mailgun's, Postmark's and SendGrid's webhooks, Amazon SES
//! by SNS (notifications, event publishing, raw delivery), as their makers document them.

use super::Report;
use crate::services::mail::refusal::{Stage, Verdict, judge};
use serde_json::Value;

/// What one event says of one address.
#[derive(Debug)]
pub struct Event {
    /// What names it: the same when the provider tells it again.
    pub id: String,
    /// Whom it is about; empty where it is about nobody.
    pub email: String,
    /// What became of the mail; `None` where nothing follows for its reader.
    pub report: Option<Report>,
    /// All of it, in which the `Message-ID` may stand.
    pub text: String,
}

/// A call of a provider.
#[derive(Debug, Default)]
pub struct Told {
    /// Events that are understood.
    pub events: Vec<Event>,
    /// How many are not.
    pub unknown: u64,
}

const GONE: Report = Report::Refused(Verdict::RecipientGone);
const FOR_NOW: Report = Report::Refused(Verdict::RecipientForNow);
const OURS: Report = Report::Refused(Verdict::Ours);

/// What a provider tells.
pub fn told(provider: &str, body: &Value) -> Told {
    let inner;
    let events = match (provider, body) {
        ("sendgrid", Value::Array(events)) => events.iter().collect(),
        ("mailgun", _) => vec![&body["event-data"]],
        ("ses", _) => {
            inner = notice(body);
            vec![&inner]
        }
        _ => vec![body],
    };
    let mut told = Told::default();
    for event in events {
        let found = match provider {
            "mailgun" => mailgun(event),
            "postmark" => postmark(event),
            "sendgrid" => sendgrid(event),
            "ses" => ses(event),
            _ => None,
        };
        let Some(People { id, people }) = found else {
            told.unknown += 1;
            continue;
        };
        let text = event.to_string();
        // What has no id is the same where all of it is.
        let id = if id.is_empty() { text.clone() } else { id };
        let event = |(email, report)| Event { id: id.clone(), email, report, text: text.clone() };
        told.events.extend(people.into_iter().map(event));
    }
    told
}

/// An event that is understood: its id, and each address with what became of its mail.
struct People {
    id: String,
    people: Vec<(String, Option<Report>)>,
}

impl People {
    fn one(id: String, email: String, report: Option<Report>) -> Option<Self> {
        Some(Self { id, people: vec![(email, report)] })
    }
}

/// A field as text in small letters; a number as its digits.
fn text(value: &Value, key: &str) -> String {
    match &value[key] {
        Value::String(text) => text.to_lowercase(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn judged(code: Option<u16>, said: &str) -> Report {
    Report::Refused(judge(Stage::Afterwards, code, said))
}

/// What is refused by a provider itself, since it refused the address before: nobody tells why
/// it did, so it counts as a refusal for now. A complaint is one wherever it is kept.
fn suppressed(why: &str) -> Report {
    if why.contains("spam") || why.contains("complain") { Report::Complaint } else { FOR_NOW }
}

fn mailgun(event: &Value) -> Option<People> {
    let report = match (text(event, "event").as_str(), text(event, "severity").as_str()) {
        ("failed", "permanent") => {
            let status = &event["delivery-status"];
            let code = status["code"].as_u64().and_then(|code| u16::try_from(code).ok());
            let said = format!("{} {}", text(status, "message"), text(status, "description"));
            match text(event, "reason").as_str() {
                why if why.starts_with("suppress") => Some(suppressed(why)),
                "old" => Some(FOR_NOW),
                _ => Some(judged(code, &said)),
            }
        }
        ("failed", _) => Some(FOR_NOW),
        ("rejected", _) => Some(OURS),
        ("complained", _) => Some(Report::Complaint),
        ("accepted" | "delivered" | "opened" | "clicked" | "unsubscribed" | "stored", _) => None,
        _ => return None,
    };
    People::one(text(event, "id"), text(event, "recipient"), report)
}

fn postmark(event: &Value) -> Option<People> {
    let kind = text(event, "RecordType");
    let report = match kind.as_str() {
        "bounce" => of_postmark_bounce(event),
        "spamcomplaint" => Some(Report::Complaint),
        "subscriptionchange" => (text(event, "SuppressionReason") == "spamcomplaint").then_some(Report::Complaint),
        "delivery" | "open" | "click" | "inbound" => None,
        _ => return None,
    };
    let email = ["Email", "Recipient"].map(|key| text(event, key)).concat();
    let id = match text(event, "ID") {
        id if id.is_empty() => String::new(),
        id => format!("{kind} {id}"),
    };
    People::one(id, email, report)
}

/// By its name or, where that is missing, its number.
fn of_postmark_bounce(event: &Value) -> Option<Report> {
    let said = format!("{} {}", text(event, "Details"), text(event, "Description"));
    let kind = match text(event, "Type") {
        kind if kind.is_empty() => text(event, "TypeCode"),
        kind => kind,
    };
    match kind.as_str() {
        // In this class stand policies, too: what the other server said tells them apart.
        "hardbounce" | "1" => match judge(Stage::Afterwards, None, &text(event, "Details")) {
            verdict @ (Verdict::Ours | Verdict::RecipientForNow) => Some(Report::Refused(verdict)),
            _ => Some(GONE),
        },
        "bademailaddress" | "100000" => Some(GONE),
        "spamcomplaint" | "100001" => Some(Report::Complaint),
        "transient" | "2" | "softbounce" | "4096" | "dnserror" | "256" | "manuallydeactivated" | "100002" => {
            Some(FOR_NOW)
        }
        "blocked"
        | "100006"
        | "spamnotification"
        | "512"
        | "dmarcpolicy"
        | "100009"
        | "smtpapierror"
        | "100007"
        | "templaterenderingfailed"
        | "100010"
        | "virusnotification"
        | "8192"
        | "unconfirmed"
        | "100003" => Some(OURS),
        // Somebody is away, asks to be let through, or has another address: no refusal.
        "autoresponder"
        | "64"
        | "challengeverification"
        | "16384"
        | "addresschange"
        | "128"
        | "unsubscribe"
        | "16"
        | "subscribe"
        | "32"
        | "openrelaytest"
        | "1024"
        | "inbounderror"
        | "100008" => None,
        _ => Some(judged(None, &said)),
    }
}

fn sendgrid(event: &Value) -> Option<People> {
    let said = format!("{} {}", text(event, "status"), text(event, "reason"));
    let report = match (text(event, "event").as_str(), text(event, "type").as_str()) {
        ("bounce", "blocked") => Some(match judge(Stage::Afterwards, None, &said) {
            Verdict::Ours => OURS,
            _ => FOR_NOW,
        }),
        ("bounce", _) => Some(judged(None, &said)),
        ("dropped", _) => match text(event, "reason").as_str() {
            "invalid" => Some(GONE),
            why if why.contains("address") => Some(suppressed(why)),
            _ => Some(OURS),
        },
        ("spamreport", _) => Some(Report::Complaint),
        (
            "processed" | "deferred" | "delivered" | "open" | "click" | "unsubscribe" | "group_unsubscribe"
            | "group_resubscribe",
            _,
        ) => None,
        _ => return None,
    };
    People::one(text(event, "sg_event_id"), text(event, "email"), report)
}

/// What Amazon's SES says: as text in the envelope of SNS or, with raw delivery, by itself.
fn notice(body: &Value) -> Value {
    let inner = body["Message"].as_str().and_then(|message| serde_json::from_str(message).ok());
    inner.unwrap_or_else(|| body.clone())
}

fn ses(notice: &Value) -> Option<People> {
    // Event publishing has another word for the same.
    let kind = ["notificationType", "eventType"].map(|key| text(notice, key)).concat();
    let part = |name: &str, list: &str, report: &dyn Fn(&Value) -> Option<Report>| {
        let part = &notice[name];
        let people = part[list].as_array().map(Vec::as_slice).unwrap_or_default();
        let people = people.iter().map(|who| (text(who, "emailAddress"), report(who))).collect();
        let id = match text(part, "feedbackId") {
            id if id.is_empty() => String::new(),
            id => format!("{kind} {id}"),
        };
        Some(People { id, people })
    };
    match kind.as_str() {
        "bounce" => {
            let bounce = &notice["bounce"];
            let (kind, sub) = (text(bounce, "bounceType"), text(bounce, "bounceSubType"));
            part("bounce", "bouncedRecipients", &|who| of_ses_bounce(&kind, &sub, who))
        }
        "complaint" => {
            // Somebody has taken a mail out of the spam again.
            let taken_back = text(&notice["complaint"], "complaintFeedbackType") == "not-spam";
            part("complaint", "complainedRecipients", &|_| (!taken_back).then_some(Report::Complaint))
        }
        // SES did not send it: something in it is bad.
        "reject" => {
            let to = notice["mail"]["destination"].as_array().map(Vec::as_slice).unwrap_or_default();
            let people = to.iter().filter_map(Value::as_str).map(|email| (email.to_lowercase(), Some(OURS))).collect();
            Some(People { id: format!("reject {}", text(&notice["mail"], "messageId")), people })
        }
        // A delay goes on; a template that can't be rendered is nobody's address.
        "deliverydelay" => part("deliveryDelay", "delayedRecipients", &|_| None),
        "rendering failure" => {
            tracing::warn!(why = text(&notice["failure"], "errorMessage"), "Amazon could not make a mail");
            Some(People { id: String::new(), people: vec![(String::new(), None)] })
        }
        "delivery" | "send" | "open" | "click" | "subscription" | "amazonsnssubscriptionsucceeded" => {
            Some(People { id: String::new(), people: vec![(String::new(), None)] })
        }
        // Amazon asks, or says that it will tell events.
        "" if is_of_sns(notice) => Some(People { id: String::new(), people: vec![(String::new(), None)] }),
        _ => None,
    }
}

fn is_of_sns(notice: &Value) -> bool {
    let asks = ["subscriptionconfirmation", "unsubscribeconfirmation"].contains(&text(notice, "Type").as_str());
    asks || text(notice, "Message").starts_with("successfully validated sns topic")
}

fn of_ses_bounce(kind: &str, sub: &str, who: &Value) -> Option<Report> {
    let said = format!("{} {}", text(who, "status"), text(who, "diagnosticCode"));
    match (kind, sub) {
        ("permanent", sub) if sub.contains("suppress") => Some(suppressed(sub)),
        ("permanent", _) if said.trim().is_empty() => Some(GONE),
        ("permanent", _) => Some(judged(None, &said)),
        ("transient", "contentrejected" | "attachmentrejected" | "messagetoolarge") => Some(OURS),
        ("transient", _) => Some(FOR_NOW),
        // Undetermined, out of office among it.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn reports(provider: &str, body: &Value) -> Vec<(String, Report)> {
        told(provider, body).events.into_iter().filter_map(|event| Some((event.email, event.report?))).collect()
    }

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
            assert_eq!(reports(provider, &body), [(ann(), report)], "{provider} {body}");
        }
        let policy = json!({ "event-data": { "event": "failed", "severity": "permanent", "recipient": ann(),
            "delivery-status": { "code": 550, "message": "5.7.1 Message rejected as spam by Content Filtering." } } });
        assert_eq!(reports("mailgun", &policy), [(ann(), Report::Refused(Verdict::Ours))]);
        let event = json!({ "eventType": "Bounce", "bounce": { "bounceType": "Permanent", "bouncedRecipients": [
            { "emailAddress": ann(), "status": "5.1.1", "diagnosticCode": "smtp; 550 5.1.1 user unknown" }] } });
        for body in [ses(event.clone()), event] {
            assert_eq!(reports("ses", &body), [(ann(), Report::Refused(Verdict::RecipientGone))]);
        }
        let away = json!({ "eventType": "Bounce", "bounce": { "bounceType": "Undetermined",
            "bouncedRecipients": [{ "emailAddress": ann() }] } });
        assert!(reports("ses", &away).is_empty());
        for (provider, body) in [
            ("mailgun", json!({ "event-data": { "event": "delivered", "recipient": "x" } })),
            ("sendgrid", json!({})),
            ("ses", json!({ "Type": "SubscriptionConfirmation", "Message": "words" })),
            ("postmark", json!([1, null])),
            ("other", json!({})),
        ] {
            assert!(reports(provider, &body).is_empty(), "{provider}");
        }
    }

    #[test]
    fn what_a_provider_refuses_itself_ends_nobody_at_once() {
        let ann = || "ann@example.org".to_owned();
        let sendgrid = |reason: &str| json!([{ "event": "dropped", "email": ann(), "reason": reason }]);
        let postmark = |code: u32| json!({ "RecordType": "Bounce", "TypeCode": code, "Email": ann() });
        let ses = |kind: &str, sub: &str| {
            json!({ "eventType": "Bounce", "bounce": { "bounceType": kind, "bounceSubType": sub,
                "bouncedRecipients": [{ "emailAddress": ann() }] } })
        };
        let mailgun = |reason: &str| {
            json!({ "event-data": { "event": "failed", "severity": "permanent", "reason": reason, "recipient": ann(),
                "delivery-status": { "code": 605, "message": "Not delivering to previously bounced address" } } })
        };
        for (provider, body, report) in [
            ("sendgrid", sendgrid("Bounced Address"), FOR_NOW),
            ("sendgrid", sendgrid("Spam Reporting Address"), Report::Complaint),
            ("sendgrid", sendgrid("Unsubscribed Address"), FOR_NOW),
            ("sendgrid", sendgrid("Invalid"), GONE),
            ("sendgrid", sendgrid("Spam Content (if Spam Checker app enabled)"), OURS),
            ("postmark", postmark(1), GONE),
            ("postmark", postmark(4096), FOR_NOW),
            ("postmark", postmark(100_006), OURS),
            ("postmark", postmark(512), OURS),
            ("ses", ses("Permanent", "OnAccountSuppressionList"), FOR_NOW),
            ("ses", ses("Permanent", "Suppressed"), FOR_NOW),
            ("ses", ses("Permanent", "NoEmail"), GONE),
            ("ses", ses("Transient", "ContentRejected"), OURS),
            ("ses", ses("Transient", "MailboxFull"), FOR_NOW),
            ("mailgun", mailgun("suppress-bounce"), FOR_NOW),
            ("mailgun", mailgun("suppress-complaint"), Report::Complaint),
            ("mailgun", mailgun("old"), FOR_NOW),
        ] {
            assert_eq!(reports(provider, &body), [(ann(), report)], "{provider} {body}");
        }
        let hard = json!({ "RecordType": "Bounce", "Type": "HardBounce", "Email": ann(),
            "Details": "smtp;550 5.7.1 rejected by policy: SPF check failed" });
        assert_eq!(reports("postmark", &hard), [(ann(), OURS)]);
    }

    #[test]
    fn of_a_batch_the_known_are_taken_and_the_unknown_counted() {
        let batch = json!([
            { "event": "delivered", "email": "a@example.org" },
            { "event": "spamreport", "email": "b@example.org", "sg_event_id": "one" },
            { "event": "of the year 2040", "email": "c@example.org" },
            7,
        ]);
        let told = super::told("sendgrid", &batch);
        assert_eq!((told.events.len(), told.unknown), (2, 2));
        assert_eq!((told.events[1].id.as_str(), told.events[1].report), ("one", Some(Report::Complaint)));
        for (provider, known) in [
            (
                "ses",
                json!({ "eventType": "DeliveryDelay", "deliveryDelay": { "delayedRecipients": [{ "emailAddress": "a@x.org" }] } }),
            ),
            ("ses", json!({ "eventType": "Rendering Failure", "failure": { "errorMessage": "no such attribute" } })),
            ("ses", json!({ "eventType": "Open", "open": {} })),
            ("ses", json!({ "Type": "SubscriptionConfirmation", "Message": "words" })),
            (
                "ses",
                json!({ "Type": "Notification", "Message": "Successfully validated SNS topic for Amazon SES event publishing." }),
            ),
            (
                "ses",
                json!({ "eventType": "Complaint", "complaint": { "complaintFeedbackType": "not-spam", "complainedRecipients": [{ "emailAddress": "a@x.org" }] } }),
            ),
            ("postmark", json!({ "RecordType": "Bounce", "Type": "AutoResponder", "Email": "a@x.org" })),
        ] {
            let told = super::told(provider, &known);
            assert_eq!(
                (told.unknown, told.events.iter().filter(|event| event.report.is_some()).count()),
                (0, 0),
                "{known}"
            );
        }
        for unknown in [json!({}), json!("words"), json!({ "eventType": "New" }), json!({ "Message": "words" })] {
            for provider in super::super::PROVIDERS {
                let told = super::told(provider, &unknown);
                assert_eq!((told.events.len(), told.unknown), (0, 1), "{provider} {unknown}");
            }
        }
    }

    #[test]
    fn the_same_event_has_the_same_id_and_another_one_not() {
        let bounce = |feedback: &str, at: &str| {
            let event = json!({ "eventType": "Bounce", "bounce": { "bounceType": "Permanent", "feedbackId": feedback,
                "timestamp": at, "bouncedRecipients": [{ "emailAddress": "a@x.org" }] } });
            json!({ "Type": "Notification", "MessageId": at, "Message": event.to_string() })
        };
        let id = |body: Value| told("ses", &body).events[0].id.clone();
        assert_eq!(id(bounce("f1", "1")), id(bounce("f1", "2")));
        assert_ne!(id(bounce("f1", "1")), id(bounce("f2", "1")));
        let postmark = |at: &str| json!({ "RecordType": "SpamComplaint", "Email": "a@x.org", "BouncedAt": at });
        let id = |at: &str| told("postmark", &postmark(at)).events[0].id.clone();
        assert_eq!(id("1"), id("1"));
        assert_ne!(id("1"), id("2"));
    }
}
