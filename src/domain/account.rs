//! People: those of the newsroom with what they may do, and readers with an account.

use super::{AccountId, names::stored_names};
use std::fmt;

stored_names! {
    /// What somebody is to the publication.
    Role {
        /// Runs it.
        Admin = "admin",
        /// Publishes and decides.
        Editor = "editor",
        /// Writes articles.
        Author = "author",
        /// Keeps order in the conversations.
        Moderator = "moderator",
        /// Writes comments.
        Reader = "reader",
    }
}

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// See the queues, decide about comments, pin them, leave notes.
    Moderate,
    /// Keep somebody from writing.
    Ban,
    /// Close a conversation, hold it first, open it.
    Converse,
    /// See what readers make of the articles.
    Figures,
    /// Write and send letters.
    Newsletter,
}

impl Right {
    /// All rights.
    pub const ALL: [Self; 5] = [Self::Moderate, Self::Ban, Self::Converse, Self::Figures, Self::Newsletter];
}

impl Role {
    /// The table of permissions: the one place where it stands.
    pub fn may(self, right: Right) -> bool {
        match self {
            Self::Admin | Self::Editor => true,
            Self::Moderator => matches!(right, Right::Moderate | Right::Ban | Right::Converse),
            Self::Author => right == Right::Figures,
            Self::Reader => false,
        }
    }

    /// Belongs to the newsroom.
    pub fn is_staff(self) -> bool {
        self != Self::Reader
    }
}

/// Who did something, as the record keeps it: never a name, which can be blanked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody with an account.
    Account(AccountId),
    /// Whoever sits at the machine.
    CommandLine,
    /// Whoever wrote the comment.
    Writer,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => write!(f, "account:{id}"),
            Self::CommandLine => f.write_str("command line"),
            Self::Writer => f.write_str("writer"),
        }
    }
}

impl Actor {
    /// The actor of a stored line; `None` for what an older version wrote.
    pub fn of(text: &str) -> Option<Self> {
        match text {
            "command line" => Some(Self::CommandLine),
            "writer" => Some(Self::Writer),
            text => text.strip_prefix("account:")?.parse().ok().map(|id| Self::Account(AccountId(id))),
        }
    }
}

/// The shortest password of somebody in the newsroom (NIST SP 800-63B, 3.1.1.2: with
/// nothing else beside it, 15 characters).
pub const MIN_PASSWORD: usize = 15;
/// The longest: more is no safer, and work for the server.
pub const MAX_PASSWORD: usize = 200;

/// What is wrong with a new password, in words.
pub fn password_fault(password: &str) -> Option<String> {
    let length = password.chars().count();
    if length < MIN_PASSWORD {
        return Some(format!("A password has at least {MIN_PASSWORD} characters: four or five words do."));
    }
    (length > MAX_PASSWORD).then(|| format!("A password has at most {MAX_PASSWORD} characters."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_may_what_the_table_says() {
        for (role, rights) in [
            (Role::Admin, Right::ALL.to_vec()),
            (Role::Editor, Right::ALL.to_vec()),
            (Role::Moderator, vec![Right::Moderate, Right::Ban, Right::Converse]),
            (Role::Author, vec![Right::Figures]),
            (Role::Reader, vec![]),
        ] {
            let has: Vec<_> = Right::ALL.into_iter().filter(|right| role.may(*right)).collect();
            assert_eq!(has, rights, "{role}");
            assert_eq!(role.as_str().parse(), Ok(role));
        }
    }

    #[test]
    fn actors_are_read_again() {
        for actor in [Actor::Account(AccountId(12)), Actor::CommandLine, Actor::Writer] {
            assert_eq!(Actor::of(&actor.to_string()), Some(actor));
        }
        assert_eq!(Actor::of("account:x"), None);
    }

    #[test]
    fn short_passwords_are_refused() {
        assert!(password_fault("correct horse").is_some());
        assert_eq!(password_fault("correct horse battery"), None);
        assert!(password_fault(&"x".repeat(201)).is_some());
    }
}
