//! The neutral form every importer hands over: first the [`Bundle`] of names,
//! then one [`BundleEntry`] after the other, so that no archive is too large.

use std::collections::HashSet;

/// What the articles of an archive refer to, whatever it was read from.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Bundle {
    /// Which importer made it, e.g. "wordpress".
    pub source: String,
    /// The site's old address, without a trailing slash.
    pub base_url: String,
    /// The site's title, plain text.
    pub title: String,
    /// The site's language tag, if it named one.
    pub language: Option<String>,
    /// The people who wrote.
    pub authors: Vec<BundleAuthor>,
    /// Categories.
    pub sections: Vec<BundleTerm>,
    /// Tags.
    pub topics: Vec<BundleTerm>,
    /// Slugs of the categories that are the first of at least one article.
    pub leading: HashSet<String>,
    /// How many articles and pages there are.
    pub entries: usize,
    /// Attachments.
    pub media: Vec<BundleMedia>,
    /// What the operator should know about.
    pub notes: Vec<Note>,
}

/// One author.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct BundleAuthor {
    /// Login name; entries refer to it.
    pub key: String,
    /// The source's own id, may be empty.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Plain text about the person.
    pub bio: String,
}

/// One category or tag.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct BundleTerm {
    /// The source's own id, may be empty.
    pub id: String,
    /// Nicename, percent-decoded.
    pub slug: String,
    /// The name to show, plain text.
    pub name: String,
    /// Slug of the parent.
    pub parent: Option<String>,
    /// Plain text.
    pub description: String,
}

/// Article or page.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A dated post.
    #[default]
    Article,
    /// A standing page.
    Page,
}

/// Who may see an entry, and when.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum EntryState {
    /// Everyone, now.
    Published,
    /// Everyone, later.
    Scheduled,
    /// Not finished.
    #[default]
    Draft,
    /// Private or behind a password.
    Private,
}

/// What a comment is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum CommentKind {
    /// Someone wrote it.
    #[default]
    Comment,
    /// Another site announced a link.
    Pingback,
    /// The older form of that.
    Trackback,
    /// An editorial note or any other type.
    Note,
}

/// How a comment stood.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Readers saw it.
    #[default]
    Approved,
    /// It waited for a moderator.
    Held,
    /// It was taken for spam.
    Spam,
    /// It was thrown away.
    Trash,
}

/// One article or page.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct BundleEntry {
    /// The source's id.
    pub id: String,
    /// Article or page.
    pub kind: EntryKind,
    /// Who may see it.
    pub state: EntryState,
    /// Plain text, may be empty.
    pub title: String,
    /// May be empty.
    pub slug: String,
    /// Author key.
    pub author: String,
    /// UTC milliseconds.
    pub published_ms: Option<i64>,
    /// UTC milliseconds.
    pub modified_ms: Option<i64>,
    /// Plain text.
    pub excerpt: String,
    /// The converted body.
    pub html: String,
    /// Category slugs, in order.
    pub sections: Vec<String>,
    /// Tag slugs, in order.
    pub topics: Vec<String>,
    /// Attachment id of the featured picture.
    pub picture: Option<String>,
    /// Pinned to the top.
    pub sticky: bool,
    /// Whether new comments are accepted.
    pub comments_open: bool,
    /// Id of the parent page.
    pub parent: Option<String>,
    /// Path and query of the old address.
    pub old_path: Option<String>,
    /// Comments, in file order.
    pub comments: Vec<BundleComment>,
    /// What the operator should know about it.
    pub notes: Vec<Note>,
    /// Line in the source file.
    pub line: usize,
}

/// One comment.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct BundleComment {
    /// The source's id.
    pub id: String,
    /// Id of the comment it answers.
    pub parent: Option<String>,
    /// Name, plain text.
    pub author: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// UTC milliseconds.
    pub at_ms: i64,
    /// The converted body.
    pub html: String,
    /// How it stood.
    pub standing: Standing,
    /// What it is.
    pub kind: CommentKind,
    /// The source's user id, if a registered user wrote it.
    pub user_id: Option<String>,
}

/// One attachment.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct BundleMedia {
    /// The source's id.
    pub id: String,
    /// Where the file is.
    pub url: String,
    /// Plain text.
    pub title: String,
    /// Alternative text.
    pub alt: String,
    /// Plain text.
    pub caption: String,
    /// Plain text.
    pub description: String,
    /// Id of the entry it was uploaded to.
    pub parent: Option<String>,
    /// Path and query of the attachment page.
    pub old_path: Option<String>,
}

/// Something the operator should know about one item.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Note {
    /// Line in the source file.
    pub line: usize,
    /// E.g. "post 1234 “Title”".
    pub item: String,
    /// What was found and what was done.
    pub text: String,
}
