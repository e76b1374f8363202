//! One item of an export: a post, a page or an attachment.
//!
//! Owns the meaning of an item's fields. Fails never: what is wrong is put into notes.

use std::collections::{HashMap, HashSet};

use super::super::bundle::{
    BundleComment, BundleEntry, BundleMedia, CommentKind, EntryKind, EntryState, Note, Standing,
};
use super::super::wordpress_markup::{comment_html, left_out, plain_text, to_html};
use super::reader::Record;
use super::values::{
    Moment, address_date, database_date, feed_date, first_date, optional, path_and_query, reference, slug,
};

/// What an item turned out to be.
pub enum Item {
    /// An article or page, to be read with [`entry`].
    Entry(Head),
    /// An attachment.
    Media(BundleMedia),
    /// Of a type that is not imported.
    Other(String),
    /// Left out; a note says why.
    Nothing,
}

/// What is known of an article or page before its fields are read.
pub struct Head {
    id: String,
    kind: EntryKind,
    title: String,
    /// What notes call it.
    item: String,
}

/// Tells items apart; keeps what must be known across them.
#[derive(Default)]
pub struct ItemReader {
    ids: HashSet<String>,
    /// What there is to say about the items seen, to be taken out by the caller.
    pub notes: Vec<Note>,
}

/// Collects the notes on one item.
struct Notes<'n> {
    notes: &'n mut Vec<Note>,
    item: String,
    line: usize,
}

impl Notes<'_> {
    fn add(&mut self, text: impl Into<String>) {
        self.at(self.line, text);
    }

    fn at(&mut self, line: usize, text: impl Into<String>) {
        self.notes.push(Note { line, item: self.item.clone(), text: text.into() });
    }
}

impl ItemReader {
    /// Sees what an item is, without reading an article's text.
    pub fn look(&mut self, record: &Record) -> Item {
        let kind = record.get("wp:post_type").trim();
        let kind = if kind.is_empty() { "post" } else { kind };
        if !matches!(kind, "post" | "page" | "attachment") {
            return Item::Other(kind.chars().take(60).collect());
        }
        let title = plain_text(record.get("title"));
        let given_id = record.get("wp:post_id").trim();
        let shown: String = title.chars().take(60).collect();
        let item = match given_id {
            "" => format!("{kind} “{shown}”"),
            id => format!("{kind} {} “{shown}”", id.chars().take(20).collect::<String>()),
        };
        let mut notes = Notes { notes: &mut self.notes, item, line: record.line };
        let id = if given_id.is_empty() {
            notes.add("has no id; its line number stands in for it");
            format!("line-{}", record.line)
        } else {
            given_id.to_owned()
        };
        let status = record.get("wp:status").trim();
        if matches!(status, "trash" | "auto-draft") || (status == "inherit" && kind != "attachment") {
            notes.add(format!("left out: its status is “{status}”"));
            return Item::Nothing;
        }
        if !self.ids.insert(id.clone()) {
            notes.add("left out: an earlier item has the same id");
            return Item::Nothing;
        }
        if kind == "attachment" {
            return match media(record, id, title) {
                Some(media) => Item::Media(media),
                None => {
                    notes.add("left out: an attachment without the address of its file");
                    Item::Nothing
                }
            };
        }
        let kind = if kind == "page" { EntryKind::Page } else { EntryKind::Article };
        Item::Entry(Head { id, kind, title, item: notes.item })
    }
}

/// Reads an article or page as a whole.
pub fn entry(record: &Record, head: Head, base_url: &str) -> BundleEntry {
    let Head { id, kind, title, item } = head;
    let mut found = Vec::new();
    let mut notes = Notes { notes: &mut found, item, line: record.line };
    if title.is_empty() {
        notes.add("has no title; a name with its number stands in for it");
    }
    let status = record.get("wp:status").trim();
    let mut state = state(record, status, &mut notes);
    let published = [
        database_date(record.get("wp:post_date_gmt")),
        database_date(record.get("wp:post_date")),
        feed_date(record.get("pubDate")),
    ];
    let modified = [database_date(record.get("wp:post_modified_gmt")), database_date(record.get("wp:post_modified"))];
    let modified_ms = dated(&modified, "modification date", &mut notes);
    let seen = matches!(state, EntryState::Published | EntryState::Scheduled);
    let published_ms = match first_date(&published) {
        (Some(at), impossible) => {
            if impossible {
                notes.add("has an impossible date; another of its dates is used");
            }
            Some(at)
        }
        (None, _) if !seen => modified_ms,
        (None, _) => match (address_date(record.get("link")), modified_ms) {
            (Some(at), _) => {
                notes.add("has no usable date; the one in its address stands in for it");
                Some(at)
            }
            (None, Some(at)) => {
                notes.add("has no usable date; that of its last change stands in for it");
                Some(at)
            }
            // The day of the import would make the oldest article the latest news.
            (None, None) => {
                notes.add("has no usable date; it is a draft here until somebody publishes it");
                state = EntryState::Draft;
                None
            }
        },
    };
    let lost = left_out(record.get("content:encoded"));
    if !lost.is_empty() {
        notes.add(format!("left out of its text, since the export does not hold what they show: {}", lost.join(", ")));
    }
    let comments = comments(record, published_ms, &mut notes);
    BundleEntry {
        kind,
        state,
        title,
        slug: slug(record.get("wp:post_name")),
        author: author(record),
        published_ms,
        modified_ms,
        excerpt: plain_text(record.get("excerpt:encoded")),
        html: to_html(record.get("content:encoded"), base_url),
        sections: terms(record, is_section),
        topics: terms(record, is_topic),
        picture: meta(record, "_thumbnail_id").and_then(|m| reference(&m)),
        sticky: record.get("wp:is_sticky").trim() == "1",
        comments_open: record.get("wp:comment_status").trim() == "open",
        parent: reference(record.get("wp:post_parent")),
        old_path: path_and_query(record.get("link")),
        comments,
        notes: found,
        line: record.line,
        id,
    }
}

/// The login name of an item's author. A stray angle bracket comes from
/// templates edited by hand; no login name has one.
pub fn author(record: &Record) -> String {
    record.get("dc:creator").trim_matches(['<', '>', ' ', '\n', '\t']).to_owned()
}

/// Whether an item's category is one.
pub fn is_section(category: &Record) -> bool {
    category.domain == "category"
}

/// Whether an item's category is a tag; the oldest exports have the shorter name.
pub fn is_topic(category: &Record) -> bool {
    matches!(category.domain.as_str(), "post_tag" | "tag")
}

fn terms(record: &Record, wanted: impl Fn(&Record) -> bool) -> Vec<String> {
    let mut seen = HashSet::new();
    record
        .all("category")
        .filter(|c| wanted(c))
        .map(|c| slug(&c.nicename))
        .filter(|s| !s.is_empty() && seen.insert(s.clone()))
        .collect()
}

fn meta(record: &Record, key: &str) -> Option<String> {
    let found = record.all("wp:postmeta").find(|m| m.get("wp:meta_key").trim() == key)?;
    optional(found.get("wp:meta_value"))
}

fn media(record: &Record, id: String, title: String) -> Option<BundleMedia> {
    let address = record.get("wp:attachment_url");
    let address = if address.trim().is_empty() { record.get("guid") } else { address }.trim();
    if !address.starts_with("http://") && !address.starts_with("https://") {
        return None;
    }
    Some(BundleMedia {
        id,
        url: address.to_owned(),
        title,
        alt: plain_text(&meta(record, "_wp_attachment_image_alt").unwrap_or_default()),
        caption: plain_text(record.get("excerpt:encoded")),
        description: plain_text(record.get("content:encoded")),
        parent: reference(record.get("wp:post_parent")),
        old_path: path_and_query(record.get("link")),
    })
}

fn state(record: &Record, status: &str, notes: &mut Notes<'_>) -> EntryState {
    let locked = !record.get("wp:post_password").is_empty();
    match status {
        "publish" | "future" if locked => {
            notes.add("was behind a password, and is a draft here");
            EntryState::Private
        }
        "publish" => EntryState::Published,
        "future" => EntryState::Scheduled,
        "draft" | "pending" => EntryState::Draft,
        "private" => {
            notes.add("was private, and is a draft here");
            EntryState::Private
        }
        _ => {
            let status: String = status.chars().take(40).collect();
            notes.add(format!("has the unknown status “{status}”; taken as a draft"));
            EntryState::Draft
        }
    }
}

fn dated(candidates: &[Moment], what: &str, notes: &mut Notes<'_>) -> Option<i64> {
    let (date, impossible) = first_date(candidates);
    if impossible {
        notes.add(match date {
            Some(_) => format!("has an impossible {what}; another of its dates is used"),
            None => format!("has an impossible {what}"),
        });
    }
    date
}

/// The comments on an item, spam and trash too: the newsroom finds them in its queues.
fn comments(record: &Record, published_ms: Option<i64>, notes: &mut Notes<'_>) -> Vec<BundleComment> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut comments: Vec<BundleComment> = Vec::new();
    for comment in record.all("wp:comment") {
        let standing = match comment.get("wp:comment_approved").trim() {
            "1" | "approve" | "approved" => Standing::Approved,
            "spam" => Standing::Spam,
            "trash" | "post-trashed" => Standing::Trash,
            _ => Standing::Held,
        };
        let mut id = comment.get("wp:comment_id").trim().to_owned();
        if id.is_empty() {
            notes.at(comment.line, "a comment has no id; its line number stands in for it");
            id = format!("line-{}", comment.line);
        }
        if places.contains_key(&id) {
            notes.at(comment.line, format!("comment {id} left out: an earlier one has the same id"));
            continue;
        }
        let (at, impossible) = first_date(&[
            database_date(comment.get("wp:comment_date_gmt")),
            database_date(comment.get("wp:comment_date")),
        ]);
        if at.is_none() || impossible {
            notes.at(comment.line, format!("comment {id} has no usable date of its own"));
        }
        places.insert(id.clone(), comments.len());
        comments.push(BundleComment {
            parent: reference(comment.get("wp:comment_parent")),
            author: match plain_text(comment.get("wp:comment_author")) {
                name if name.is_empty() => "Anonymous".into(),
                name => name,
            },
            email: optional(comment.get("wp:comment_author_email")),
            url: optional(comment.get("wp:comment_author_url")).filter(|u| u != "http://" && u != "https://"),
            at_ms: at.or(published_ms).unwrap_or_default(),
            html: comment_html(comment.get("wp:comment_content")),
            standing,
            kind: match comment.get("wp:comment_type").trim() {
                "" | "comment" | "review" => CommentKind::Comment,
                "pingback" => CommentKind::Pingback,
                "trackback" => CommentKind::Trackback,
                _ => CommentKind::Note,
            },
            user_id: reference(comment.get("wp:comment_user_id")),
            id,
        });
    }
    check_parents(&mut comments, &places, notes);
    comments
}

/// Cuts off parents that do not exist (their comment was spam, say) and answers in a circle.
fn check_parents(comments: &mut [BundleComment], places: &HashMap<String, usize>, notes: &mut Notes<'_>) {
    // Which walk came by a comment first; a walk that meets itself has gone round.
    let mut walked: Vec<Option<usize>> = vec![None; comments.len()];
    for start in 0..comments.len() {
        let mut at = start;
        while walked[at].is_none() {
            walked[at] = Some(start);
            let Some(parent) = comments[at].parent.clone() else {
                break;
            };
            let place = places.get(&parent).copied();
            match place {
                Some(place) if walked[place] != Some(start) => at = place,
                _ => {
                    let why = if place.is_some() { "answers itself" } else { "answers a comment that is not there" };
                    notes.add(format!("comment {} {why}; it now answers the entry", comments[at].id));
                    comments[at].parent = None;
                    break;
                }
            }
        }
    }
}
