//! A message to the newsroom: the rules that the form and the server share.

use serde::{Deserialize, Serialize};

/// What a reader writes into the Contact form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Who writes.
    pub name: String,
    /// Where the answer goes.
    pub email: String,
    /// What it is about; may be empty.
    pub subject: String,
    /// The message.
    pub text: String,
}

/// The longest message, in characters.
pub const MAX_TEXT: usize = 5_000;
/// The longest name or subject, in characters.
pub const MAX_LINE: usize = 120;
/// The longest mail address, in characters (RFC 5321, 4.5.3.1.3: a path of 256 with its brackets).
pub const MAX_EMAIL: usize = 254;

/// What is wrong with each field, in a reader's words; all `None` is right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faults {
    /// About the name.
    pub name: Option<String>,
    /// About the address.
    pub email: Option<String>,
    /// About the subject.
    pub subject: Option<String>,
    /// About the message.
    pub text: Option<String>,
}

impl Faults {
    /// Nothing is wrong.
    pub fn none(&self) -> bool {
        *self == Self::default()
    }
}

impl Message {
    /// Checks every field and tells all that is wrong at once.
    pub fn faults(&self) -> Faults {
        let line = |text: &str| text.chars().any(char::is_control);
        let mut faults = Faults::default();
        if self.name.trim().is_empty() {
            faults.name = Some("Please tell us your name.".into());
        } else if self.name.chars().count() > MAX_LINE || line(&self.name) {
            faults.name = Some(format!("A name is one line of at most {MAX_LINE} characters."));
        }
        if !is_email(self.email.trim()) {
            faults.email = Some("Please give an email address like name@example.org, so that we can answer.".into());
        }
        if self.subject.chars().count() > MAX_LINE || line(&self.subject) {
            faults.subject = Some(format!("A subject is one line of at most {MAX_LINE} characters."));
        }
        let length = self.text.trim().chars().count();
        if length < 2 {
            faults.text = Some("Please write your message.".into());
        } else if length > MAX_TEXT {
            faults.text = Some(format!("The message has {length} characters; at most {MAX_TEXT} fit."));
        }
        faults
    }
}

/// Escapes a text for a `<textarea>`, whose content Leptos writes as it is. The
/// line break before it is dropped by the parser (HTML Living Standard, 13.1.2.5);
/// without it, the text's own first one would be.
pub fn escape(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("\n{escaped}")
}

/// Has the form of a mail address, as a browser's email field sees it
/// (HTML Living Standard, "valid email address"), with a dot in the domain.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let local_fits = !local.is_empty()
        && local.len() <= 64
        && local.bytes().all(|b| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b))
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let label = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    text.len() <= MAX_EMAIL && local_fits && domain.contains('.') && domain.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["a@b.co", "first.last+tag@news.example.org", "o'neil@example.com"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "a@b", "@b.co", "a@", "a b@c.de", "a@b..c", "a@-b.co", "a@b.co\nBcc: x@y.z", ".a@b.co"] {
            assert!(!is_email(bad), "{bad:?}");
        }
        assert!(!is_email(&format!("{}@example.org", "a".repeat(250))));
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let faults = Message { text: "x".repeat(6_000), ..Message::default() }.faults();
        assert!(faults.name.is_some() && faults.email.is_some() && faults.text.is_some());
        assert_eq!(faults.subject, None);
        let fine = Message { name: "A".into(), email: "a@b.co".into(), subject: String::new(), text: "Hello".into() };
        assert!(fine.faults().none());
    }

    #[test]
    fn a_header_can_not_be_smuggled_in() {
        let message = Message {
            name: "A\r\nBcc: x@y.z".into(),
            email: "a@b.co".into(),
            subject: "a\nb".into(),
            text: "Hello".into(),
        };
        let faults = message.faults();
        assert!(faults.name.is_some() && faults.subject.is_some());
    }
}
