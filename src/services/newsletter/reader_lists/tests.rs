use super::{
    columns::{Kind, Reason, Said, is_warned, kind, moment},
    list::address,
};
use crate::domain::time::Timestamp;

#[test]
fn addresses_are_found_in_what_stands_around_them() {
    for text in ["a@x.org", " A@X.org\u{a0}", "Ann <a@x.org>", "\"Ann, B.\" <A@x.org>", "<a@x.org>", "mailto:a@x.org"] {
        assert_eq!(address(text).as_deref(), Some("a@x.org"), "{text:?}");
    }
    for text in ["", "Ann", "a@x.org; b@x.org", "a@x.org b@x.org", "Ann <a@x.org", "ä@x.org", "a@x"] {
        assert_eq!(address(text), None, "{text:?}");
    }
}

#[test]
fn moments_are_read_as_exports_write_them() {
    let at = Timestamp(1_532_348_367_000);
    for text in [
        "2018-07-23 12:19:27",
        "2018-07-23T12:19:27",
        "2018-07-23T12:19:27.000Z",
        "2018-07-23 12:19:27 UTC",
        "2018-07-23 14:19:27+02:00",
        "2018-07-23 14:19:27 +0200",
        "2018-07-23 12:19:27+00",
        "1532348367",
        "1532348367000",
    ] {
        assert_eq!(moment(text), Some(at), "{text}");
    }
    assert_eq!(moment("2018-07-23"), Some(Timestamp(1_532_304_000_000)));
    for text in ["", "07/08/2018", "0000-00-00 00:00:00", "never", "12"] {
        assert_eq!(moment(text), None, "{text}");
    }
}

#[test]
fn cells_say_who_may_be_written_to() {
    let said = |column: &str, cell: &str| kind(column).map(|kind| kind.read(cell));
    for (column, cell, expected) in [
        ("Status", " Active ", Some(Said::Fine)),
        ("STATUS", "Hard-Bounced", Some(Said::Out(Reason::Bounced))),
        ("status", "", Some(Said::Out(Reason::NoStatus))),
        ("Email status", "vip", Some(Said::Unknown)),
        ("email_disabled", "true", Some(Said::Out(Reason::Disabled))),
        ("email_disabled", "f", Some(Said::Fine)),
        ("UNSUB_TIME", "", Some(Said::Fine)),
        ("UNSUB_TIME", "2018-07-23 12:19:27", Some(Said::Out(Reason::Unsubscribed))),
        ("unsubscribed_at", "0000-00-00 00:00:00", Some(Said::Fine)),
        ("unsubscribed", "maybe", Some(Said::Out(Reason::Unsubscribed))),
        ("subscribed", "yes", Some(Said::Fine)),
        ("subscribed", "no", Some(Said::Out(Reason::Unsubscribed))),
        ("confirmed", "", Some(Said::Out(Reason::Unconfirmed))),
        ("confirmed", "13.07.2018 12:00", Some(Said::Fine)),
        ("active_subscription", "false", None),
        ("CONFIRM_TIME", "", None),
        ("name", "pending", None),
    ] {
        assert_eq!(said(column, cell), expected, "{column}: {cell}");
    }
    assert_eq!(kind("State"), Some(Kind::Perhaps));
}

#[test]
fn names_of_files_warn() {
    for name in ["unsubscribed_members_export_1.csv", "Non-Subscribed.csv", "my cleaned list.txt", "blocklist.csv"] {
        assert!(is_warned(name), "{name}");
    }
    for name in ["subscribed_members_export_1.csv", "readers.csv", "uncleanedx.csv"] {
        assert!(!is_warned(name), "{name}");
    }
}
