//! Returned mails are read: those with a report (RFC 3464, RFC 5965), and those of servers that
//! only write what happened (Exim, qmail, Postfix, Exchange, Notes and their kin).

use super::Report;
use crate::services::mail::refusal::{Stage, Verdict, judge};
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

/// What a mail reports; `None` for any other mail, for a delay and for an absence.
pub fn read(raw: &[u8]) -> Option<Report> {
    let message = MessageParser::default().parse(raw)?;
    if let Some(report) = part(&message, "feedback-report") {
        return (field(&report, "feedback-type:") == "abuse").then_some(Report::Complaint);
    }
    let words = words(&message);
    if let Some(report) = part(&message, "delivery-status") {
        return of_report(&report, &words);
    }
    (is_returned(&message, &words) && !is_delay(&message, &words)).then(|| Report::Refused(of_words(&words)))
}

/// All texts of a mail and of those that it holds, decoded: what names a letter may stand in any.
pub fn texts(raw: &[u8]) -> Vec<String> {
    let mut texts = vec![String::from_utf8_lossy(raw).into_owned()];
    if let Some(message) = MessageParser::default().parse(raw) {
        texts.extend(message.parts.iter().map(|part| String::from_utf8_lossy(part.contents()).into_owned()));
    }
    texts
}

/// A part of the type `message/…`, in small letters and with each field on one line.
fn part(message: &Message<'_>, kind: &str) -> Option<String> {
    let found = message.parts.iter().find(|part| {
        part.content_type().is_some_and(|found| {
            found.ctype().eq_ignore_ascii_case("message")
                && found.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case(kind))
        })
    });
    let text = String::from_utf8_lossy(found?.contents()).to_lowercase().replace('\r', "");
    Some(text.replace("\n ", " ").replace("\n\t", " "))
}

fn field(text: &str, name: &str) -> String {
    let value = text.lines().find_map(|line| line.strip_prefix(name).map(|value| value.trim().to_owned()));
    value.unwrap_or_default()
}

/// One group of fields for each recipient; of several the one that says most of a mailbox, since
/// each mail of ours has one.
fn of_report(report: &str, words: &str) -> Option<Report> {
    let failed = report.split("\n\n").filter(|group| field(group, "action:") == "failed");
    let verdict = failed.map(|group| {
        // The status may say nothing (5.0.0) where the other server's words do.
        let said = format!("{} {}", field(group, "status:"), field(group, "diagnostic-code:"));
        match judge(Stage::Afterwards, None, &said) {
            // Neither does: what people are told may.
            Verdict::Unclear => match of_words(words) {
                Verdict::RecipientGone if said.contains("5.7.") => Verdict::Unclear,
                verdict => verdict,
            },
            verdict => verdict,
        }
    });
    verdict.last().map(Report::Refused)
}

/// Where the mail that is returned begins: what it says itself tells nothing of its fate.
const COPIES: [&str; 14] = [
    "this is a copy of the message",
    "below this line is a copy",
    "original message",
    "original headers",
    "message header follows",
    "message headers follow",
    "included is a copy",
    "unsent message below",
    "returned message follows",
    "copy of your message",
    "received: from ",
    "return-path: ",
    "message-id: ",
    "your message follows",
];

/// What the mail says to people, in small letters, without the mail that it returns.
fn words(message: &Message<'_>) -> String {
    let mut words = String::new();
    for at in 0..message.parts.len() {
        let is_text = matches!(message.parts[at].body, PartType::Text(_) | PartType::Html(_));
        if is_text && (message.text_body.contains(&(at as u32)) || message.html_body.contains(&(at as u32))) {
            let text = match &message.parts[at].body {
                PartType::Html(html) => crate::services::text::html::plain_text(html),
                _ => String::from_utf8_lossy(message.parts[at].contents()).into_owned(),
            };
            words.push_str(&text);
            words.push('\n');
        }
    }
    let words = words.to_lowercase();
    let end = COPIES.iter().filter_map(|copy| words.find(copy)).filter(|at| *at > 0).min().unwrap_or(words.len());
    words[..end].to_owned()
}

/// Whether a mail comes from a mail server that could not deliver one.
fn is_returned(message: &Message<'_>, words: &str) -> bool {
    const SENDERS: [&str; 6] =
        ["mailer-daemon", "postmaster", "mail delivery", "mailerdaemon", "maildelivery", "mail-daemon"];
    const SUBJECTS: [&str; 18] = [
        "undeliver",
        "delivery status",
        "delivery fail",
        "delivery has failed",
        "delivery notification",
        "failure notice",
        "returned mail",
        "mail delivery failed",
        "delivery problem",
        "could not be delivered",
        "not delivered",
        "nondeliverable",
        "non-deliverable",
        "mail system error",
        "message status",
        "unzustellbar",
        "non remis",
        "não entreg",
    ];
    const SAID: [&str; 4] = [
        "this is the qmail-send program",
        "created automatically by mail delivery software",
        "had permanent fatal errors",
        "did not reach the following recipient",
    ];
    let from = message.header_raw("From").unwrap_or_default().to_lowercase();
    let subject = message.subject().unwrap_or_default().to_lowercase();
    message.header_raw("X-Failed-Recipients").is_some()
        || SENDERS.iter().any(|sender| from.contains(sender))
        || SUBJECTS.iter().any(|line| subject.contains(line))
        || SAID.iter().any(|line| words.contains(line))
}

/// Whether it is tried on, or somebody is only away.
fn is_delay(message: &Message<'_>, words: &str) -> bool {
    const DELAYS: [&str; 7] = [
        "will keep trying",
        "will be retried",
        "delivery will be attempted",
        "has not yet been delivered",
        "not been delivered yet",
        "do not need to resend",
        "don't need to resend",
    ];
    const AWAY: [&str; 4] = ["out of office", "vacation", "auto-reply", "automatic reply"];
    let subject = message.subject().unwrap_or_default().to_lowercase();
    let over = words.contains("permanent") || words.contains("giving up") || words.contains("gave up");
    AWAY.iter().any(|line| subject.contains(line))
        || (!over && (subject.contains("delay") || DELAYS.iter().any(|line| words.contains(line))))
}

/// The verdict of a text for people: first of its lines that hold codes, with what follows them,
/// then of all of it.
fn of_words(words: &str) -> Verdict {
    let lines: Vec<&str> = words.lines().collect();
    let has_code = |line: &str| {
        let numbers = line.split(|c: char| !(c.is_ascii_digit() || c == '.'));
        let code =
            |part: &str| part.len() == 3 && part.starts_with(['4', '5']) && part.bytes().all(|b| b.is_ascii_digit());
        let status = |part: &str| {
            part.len() >= 5 && (part.starts_with("5.") || part.starts_with("4.")) && part.matches('.').count() == 2
        };
        numbers.into_iter().any(|part| code(part) || status(part))
    };
    // With the line before, which says to what it was the answer, and two that go on.
    let near = |at: usize| at.saturating_sub(2)..(at + 2).min(lines.len());
    let coded: Vec<&str> =
        (0..lines.len()).filter(|at| near(*at).any(|other| has_code(lines[other]))).map(|at| lines[at]).collect();
    match judge(Stage::Afterwards, None, &coded.join(" ")) {
        Verdict::Unclear => judge(Stage::Afterwards, None, words),
        verdict => verdict,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(from: &str, subject: &str, text: &str) -> Option<Report> {
        let raw = format!("From: {from}\r\nTo: news@review.example\r\nSubject: {subject}\r\n\r\n{text}");
        read(raw.as_bytes())
    }

    const GONE: Option<Report> = Some(Report::Refused(Verdict::RecipientGone));

    #[test]
    fn servers_that_write_no_report_are_read() {
        for (from, subject, text) in [
            (
                "Mail Delivery System <Mailer-Daemon@mx.example.net>",
                "Mail delivery failed: returning message to sender",
                "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  reader@example.org\n    SMTP error from remote mail server after RCPT TO:<reader@example.org>:\n    550 5.1.1 User unknown\n\n------ This is a copy of the message, including all the headers. ------\n\nSubject: spam\n",
            ),
            (
                "MAILER-DAEMON@mx.example.net",
                "failure notice",
                "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<reader@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <news@review.example>\n",
            ),
            (
                "MAILER-DAEMON@yahoo.com",
                "Failure Notice",
                "Sorry, we were unable to deliver your message to the following address.\n\n<reader@yahoo.com>:\n554: delivery error: dd This user doesn't have a yahoo.com account (reader@yahoo.com) [0]\n\n--- Original Message\n",
            ),
            (
                "Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>",
                "Returned mail: see transcript for details",
                "   ----- The following addresses had permanent fatal errors -----\n<reader@example.org>\n    (reason: 550 5.1.1 <reader@example.org>... User unknown)\n\n   ----- Transcript of session follows -----\n... while talking to mx.example.org.:\n>>> DATA\n<<< 550 5.1.1 <reader@example.org>... User unknown\n",
            ),
            (
                "postmaster@example.org",
                "DELIVERY FAILURE: User reader (reader@example.org) not listed in Domino Directory",
                "Your message\n\n  Subject: News\n\nwas not delivered to:\n\n  reader@example.org\n\nbecause:\n\n  User reader (reader@example.org) not listed in Domino Directory\n",
            ),
            (
                "System Administrator <postmaster@example.org>",
                "Undeliverable: News",
                "Your message did not reach some or all of the intended recipients.\n\nThe following recipient(s) could not be reached:\n\n   reader@example.org on 1/1/2026\n   The e-mail account does not exist at the organization this message was sent to.\n   <mx.example.org #5.1.1>\n",
            ),
            (
                "MAILER-DAEMON (Mail Delivery System)",
                "Undelivered Mail Returned to Sender",
                "This is the mail system at host mx.example.net.\n\n<reader@gone.example>: Host or domain name not found. Name service error for\n    name=gone.example type=A: Host not found\n",
            ),
        ] {
            assert_eq!(mail(from, subject, text), GONE, "{subject}: {text}");
        }
    }

    #[test]
    fn what_is_about_us_ends_nobody_whatever_its_form() {
        for text in [
            "<reader@example.org>: host mx.example.org said: 554 5.7.1 Message rejected as spam (in reply to end of DATA command)",
            "<reader@example.org>:\n550 SPF check failed for review.example",
            "  reader@example.org\n    SMTP error from remote mail server after MAIL FROM:<news@review.example>:\n    550 5.1.1 unknown",
        ] {
            let found = mail("MAILER-DAEMON@mx.example.net", "Undelivered Mail Returned to Sender", text);
            assert_eq!(found, Some(Report::Refused(Verdict::Ours)), "{text}");
        }
    }

    #[test]
    fn delays_absences_and_other_mails_are_none() {
        for (from, subject, text) in [
            (
                "MAILER-DAEMON@mx.example.net",
                "Warning: message delayed 4 hours",
                "It has not yet been delivered. We will keep trying. 451 4.1.1",
            ),
            ("Ann <ann@example.org>", "Out of office: News", "I am away. Mailbox unavailable until Monday, 550."),
            ("Ann <ann@example.org>", "Re: News", "User unknown 550 5.1.1, you write?"),
        ] {
            assert_eq!(mail(from, subject, text), None, "{subject}");
        }
    }

    #[test]
    fn a_report_that_says_nothing_is_read_by_its_better_code_or_words() {
        let report = |status: &str, diagnostic: &str, words: &str| {
            let raw = format!(
                "From: mailer@x.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
                 --b\r\nContent-Type: text/plain\r\n\r\n{words}\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
                 Reporting-MTA: dns; x.org\r\n\r\nFinal-Recipient: rfc822; a@x.org\r\nAction: failed\r\nStatus: {status}\r\nDiagnostic-Code: {diagnostic}\r\n\r\n--b--\r\n"
            );
            read(raw.as_bytes())
        };
        assert_eq!(report("5.0.0", "smtp; 550 5.1.1\r\n <a@x.org> User\r\n unknown", "It failed."), GONE);
        assert_eq!(report("5.0.0", "smtp; 550", "<a@x.org>: unknown user"), GONE);
        assert_eq!(report("5.4.4", "smtp; Host not found", ""), GONE);
        assert_eq!(
            report("5.1.8", "smtp; 501 5.1.8 Sender address rejected: Domain not found", ""),
            Some(Report::Refused(Verdict::Ours))
        );
        assert_eq!(report("5.2.2", "smtp; 552 full", ""), Some(Report::Refused(Verdict::RecipientForNow)));
    }

    #[test]
    fn reports_are_read_and_other_mails_are_none() {
        let report = |action: &str, status: &str| {
            format!(
                "From: mailer@x.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
                 --b\r\nContent-Type: text/plain\r\n\r\nIt failed.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
                 Reporting-MTA: dns; x.org\r\n\r\nFinal-Recipient: rfc822; a@x.org\r\nAction: {action}\r\nStatus: {status}\r\n\r\n--b--\r\n"
            )
        };
        assert_eq!(read(report("failed", "5.1.1").as_bytes()), Some(Report::Refused(Verdict::RecipientGone)));
        assert_eq!(read(report("failed", "5.2.2").as_bytes()), Some(Report::Refused(Verdict::RecipientForNow)));
        assert_eq!(read(report("failed", "4.4.7").as_bytes()), Some(Report::Refused(Verdict::RecipientForNow)));
        assert_eq!(read(report("failed", "5.1.8").as_bytes()), Some(Report::Refused(Verdict::Ours)));
        let better = report("failed", "5.0.0\r\nDiagnostic-Code: smtp; 550 5.1.1 user unknown");
        assert_eq!(read(better.as_bytes()), Some(Report::Refused(Verdict::RecipientGone)));
        assert_eq!(read(report("delayed", "4.4.1").as_bytes()), None);
        let abuse = "From: fbl@x.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n\
            --b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: x\r\n\r\n--b--\r\n";
        assert_eq!(read(abuse.as_bytes()), Some(Report::Complaint));
        for other in ["", "Subject: Hi\r\n\r\nI am on holiday. Status: 5.1.1\r\n", "\0\0\0"] {
            assert_eq!(read(other.as_bytes()), None);
        }
    }
}
