use super::*;

fn said(stage: Stage, text: &str) -> Verdict {
    judge(stage, None, text)
}

#[track_caller]
fn all(expected: Verdict, answers: &[&str]) {
    let wrong: Vec<_> = answers
        .iter()
        .map(|text| (text, said(Stage::Recipient, text)))
        .filter(|(_, verdict)| *verdict != expected)
        .collect();
    assert!(wrong.is_empty(), "not {expected:?}: {wrong:#?}");
}

#[test]
fn mailboxes_and_domains_that_are_not_there() {
    all(
        Verdict::RecipientGone,
        &[
            "550 5.1.1 <reader@example.org>: Recipient address rejected: User unknown in virtual mailbox table",
            "550 5.1.1 <reader@example.org>... User unknown",
            "550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 double-checking the recipient's email address for typos or 550 5.1.1 unnecessary spaces.",
            "550 5.2.1 The email account that you tried to reach is disabled. Learn more at https://support.google.com/mail/?p=DisabledUser",
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
            "550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [x.prod.protection.outlook.com]",
            "550 5.4.1 [reader@example.org]: Recipient address rejected: Access denied",
            "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).",
            "554 delivery error: dd This user doesn't have a yahoo.com account (reader@yahoo.com) [0] - mta1.mail.yahoo.com",
            "554 delivery error: dd Sorry your message to reader@aol.com cannot be delivered. This account has been disabled or discontinued [#102].",
            "550 5.1.1 no mailbox by that name is currently available",
            "Sorry, no mailbox here by that name. (#5.1.1)",
            "550 sorry, no mailbox here by that name (#5.7.17)",
            "550 No such user here",
            "550 unknown user account",
            "550 Unknown local part reader in <reader@example.org>",
            "550 Unrouteable address",
            "550 Mailbox not found",
            "550 Invalid recipient reader@example.org",
            "550 invalid mailbox",
            "550 #5.1.0 Address rejected.",
            "551 User not local; this user no longer exists",
            "553 5.3.0 <reader@example.org>... No such user",
            "550 5.0.0 <reader@example.org>... User unknown",
            "550 account expired",
            "550 This account is inactive",
            "550 5.2.1 Mailbox unavailable. Account suspended",
            "5.4.4 Host or domain name not found. Name service error for name=gone.example type=AAAA: Host not found",
            "550 5.1.2 <reader@gone.example>: Host unknown (Name server: gone.example: host not found)",
            "556 5.1.10 Recipient address has null MX",
            "556 domain does not accept mail",
            "550 5.1.6 Mailbox has moved",
            "User reader (reader@example.org) not listed in Domino Directory",
            "550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. LPN416",
            "550 Benutzer unbekannt",
            "550 recipient rejected",
            "550 user does not exist",
            "550 5.1.3 Bad recipient address syntax",
            "#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##rfc822;reader@example.org",
            "550 Requested action not taken: mailbox unavailable",
            "554 Recipient address rejected: undeliverable address: unknown user",
            "550 5.7.17 the owner of the mailbox has changed",
            "smtp; 550 user <reader@example.org> doesn't exist",
        ],
    );
}

#[test]
fn what_may_be_taken_another_time() {
    all(
        Verdict::RecipientForNow,
        &[
            "552 5.2.2 <reader@example.org>: Recipient address rejected: Mailbox full",
            "552-5.2.2 The email account that you tried to reach is over quota.",
            "550 5.2.2 user is over quota",
            "550 5.1.1 mailbox is full: quota exceeded",
            "552 requested mail action aborted: exceeded storage allocation",
            "554 5.2.2 mailbox full; sz=1",
            "550 Mailbox quota exceeded",
            "452 4.2.2 The email account that you tried to reach is over quota",
            "450 4.7.1 Greylisting in action, please come back later",
            "451 Greylisted, please try again in 300 seconds",
            "450 4.2.0 <reader@example.org>: Recipient address rejected: Greylisted",
            "421 4.7.0 Try again later, closing connection.",
            "450 4.1.1 <reader@example.org>: Recipient address rejected: unverified address",
            "550 Too many messages, please slow down. rate limit reached",
            "450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered.",
            "554 5.4.7 delivery time expired",
            "retry timeout exceeded",
            "451 4.3.0 temporary lookup failure",
            "550 5.3.2 system not accepting network messages",
            "552",
        ],
    );
}

#[test]
fn what_is_about_the_sender_its_reputation_or_the_mail() {
    all(
        Verdict::Ours,
        &[
            "550 relay not permitted",
            "550 5.7.1 Unable to relay",
            "554 5.7.1 <reader@example.org>: Relay access denied",
            "501 5.1.8 Sender address rejected: Domain not found",
            "550 5.1.7 <news@review.example>: Sender address rejected: unverified address",
            "550 Sender verify failed",
            "550 5.1.0 <news@review.example>: Sender rejected",
            "553 sorry, your envelope sender is in my badmailfrom list (#5.7.1)",
            "550 5.7.1 Message rejected as spam by Content Filtering.",
            "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
            "550 blocked using b.barracudacentral.org",
            "550-5.7.26 This mail has been blocked because the sender is unauthenticated.",
            "550 5.7.26 Unauthenticated email from review.example is not accepted due to domain's DMARC policy",
            "550 SPF check failed",
            "554 Transaction failed Reject due to policy restrictions.",
            "550-Requested action not taken: mailbox unavailable 550 invalid DNS MX or A/AAAA resource record",
            "550 Administrative prohibition",
            "550 Access denied - Invalid HELO name (See RFC2821 4.1.1.1)",
            "554 5.7.1 <x[192.0.2.1]>: Client host rejected: cannot find your reverse hostname",
            "535 5.7.8 Authentication credentials invalid",
            "530 5.7.0 Must issue a STARTTLS command first",
            "552 5.3.4 Message size exceeds fixed limit",
            "554 5.4.6 Too many hops",
            "550 5.7.1 This message contains a virus",
            "550 High probability of spam",
            "550 5.7.606 Access denied, banned sending IP [192.0.2.1]",
            "550 5.7.515 Access denied, sending domain review.example does not meet the required authentication level",
            "554 5.7.9 Message not accepted for policy reasons.",
            "550 5.7.0 Local Policy Violation",
            "541 5.4.1 rejected by anti-spam",
            "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints; spam",
            "550 DKIM signature did not verify",
            "530",
            "535",
        ],
    );
}

#[test]
fn a_bare_code_ends_nobody() {
    all(
        Verdict::Unclear,
        &[
            "550",
            "553",
            "554",
            "550 rejected",
            "550 5.0.0 error",
            "554 Transaction failed",
            "",
            // A code of ours and words about the mailbox disagree.
            "550 5.7.1 User unknown",
        ],
    );
    assert_eq!(judge(Stage::Recipient, Some(550), "no"), Verdict::Unclear);
    assert_eq!(judge(Stage::Recipient, Some(450), "no"), Verdict::RecipientForNow);
}

#[test]
fn before_a_recipient_is_named_nothing_is_about_one() {
    for stage in [Stage::Greeting, Stage::Authentication, Stage::Sender] {
        for text in ["550 5.1.1 user unknown", "554 no", "535 5.7.8 wrong", "550 5.1.8 sender", "553 mailbox not found"]
        {
            assert_eq!(said(stage, text), Verdict::Ours, "{stage:?} {text}");
        }
    }
    assert_eq!(said(Stage::Greeting, "421 too busy"), Verdict::RecipientForNow);
    assert_eq!(said(Stage::Authentication, "454 4.7.0 temporary authentication failure"), Verdict::Ours);
}

#[test]
fn a_better_code_beside_one_that_says_nothing_counts() {
    assert_eq!(said(Stage::Afterwards, "Status: 5.0.0 Diagnostic-Code: smtp; 550 5.1.1 x"), Verdict::RecipientGone);
    assert_eq!(said(Stage::Afterwards, "5.0.0 550 5.7.1 x"), Verdict::Ours);
    // Neither an address of the network nor a version is a code.
    assert_eq!(said(Stage::Afterwards, "host 5.1.1.9 said: no"), Verdict::Unclear);
}

#[test]
fn odd_wrappings_are_read() {
    assert_eq!(said(Stage::Recipient, "550 5.1.1  User\r\n\t UNKNOWN"), Verdict::RecipientGone);
    assert_eq!(said(Stage::Recipient, "550 This user doesn\u{2019}t have an account"), Verdict::RecipientGone);
}
