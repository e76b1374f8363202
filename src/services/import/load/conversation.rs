//! An archive's comments.

use super::super::{
    bundle::{BundleComment, CommentKind, Standing},
    report::Report,
};
use crate::{
    domain::{CommentId, comment::Subject, time::Timestamp},
    services::{Site, text::comment_html},
    storage::{StorageError, comments},
};
use std::collections::{HashMap, HashSet};

/// Where comments come from: the beginning of their keys.
#[derive(Clone, Copy)]
pub struct Origin<'a>(pub &'a str);

/// Comments with what they answer: parents first, however they stand in the file.
pub async fn conversation(
    site: &Site,
    Origin(prefix): Origin<'_>,
    subject: Subject,
    all: &[BundleComment],
    report: &mut Report,
) -> Result<(), StorageError> {
    let ids: HashSet<&str> = all.iter().map(|c| c.id.as_str()).collect();
    let mut rows: HashMap<&str, CommentId> = HashMap::new();
    let mut waiting: Vec<&BundleComment> = all.iter().collect();
    while !waiting.is_empty() {
        let known =
            |parent: &Option<String>| parent.as_deref().is_none_or(|p| rows.contains_key(p) || !ids.contains(p));
        let (ready, later): (Vec<_>, Vec<_>) = waiting.iter().copied().partition(|c| known(&c.parent));
        let stuck = ready.is_empty();
        for comment in if stuck { &later } else { &ready } {
            let draft = comments::Draft {
                subject,
                parent: comment.parent.as_deref().and_then(|p| rows.get(p)).copied(),
                name: comment.author.clone(),
                email: comment.email.clone(),
                url: comment.url.clone().filter(|u| u.starts_with("http") && crate::domain::edition::is_link(u)),
                body: comment_html::clean(&comment.html),
                status: match (comment.kind, comment.standing) {
                    (CommentKind::Comment, Standing::Approved) => "approved",
                    (CommentKind::Comment, Standing::Held) => "held",
                    (CommentKind::Comment, Standing::Spam) => "spam",
                    (CommentKind::Comment, Standing::Trash) => "rejected",
                    _ => "note",
                }
                .into(),
                at: Timestamp(comment.at_ms),
                key: format!("{prefix}:comment:{}", comment.id),
            };
            let (id, written) = comments::save(&site.db, &draft, site.now()).await?;
            report.comments += usize::from(written);
            rows.insert(&comment.id, id);
        }
        waiting = if stuck { Vec::new() } else { later };
    }
    Ok(())
}
