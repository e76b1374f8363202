//! The conversation under an article, as a folder of Markdown has it: one YAML file,
//! named like the article, with a list of comments and what answers them.

use super::{
    bundle::{BundleComment, CommentKind, Standing},
    front_matter::{Mistake, parsed, text_of},
};
use crate::{
    calendar::{Calendar, parse_moment},
    services::text::comment_html,
};
use serde::Deserialize;
use std::path::Path;

/// One comment, with those that answer it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    at: String,
    /// In the small Markdown that readers write in.
    text: String,
    email: Option<String>,
    #[serde(default)]
    answers: Vec<Self>,
}

/// The deepest answer that is read; more is a mistake in the file.
const DEEPEST: usize = 50;

/// Reads the file of an article. A comment's id is its place (`3.1`: the first answer to
/// the third), so that a file to which comments are added at the end of a list can be read
/// again.
pub(super) fn read(file: &Path, slug: &str, calendar: &Calendar) -> Result<Vec<BundleComment>, Mistake> {
    let list: Vec<Written> = parsed(&text_of(file)?, 1)?;
    let mut all = Vec::new();
    for (n, written) in list.into_iter().enumerate() {
        take(written, &format!("{slug}:{}", n + 1), None, 1, calendar, &mut all)?;
    }
    Ok(all)
}

fn take(
    written: Written,
    id: &str,
    parent: Option<&str>,
    depth: usize,
    calendar: &Calendar,
    all: &mut Vec<BundleComment>,
) -> Result<(), Mistake> {
    let Written { name, at, text, email, answers } = written;
    if depth > DEEPEST {
        return Err(format!("answers stand more than {DEEPEST} deep"));
    }
    if name.trim().is_empty() || text.trim().is_empty() {
        return Err(format!("comment {id}: name or text is empty"));
    }
    let moment = parse_moment(&at, calendar)
        .ok_or_else(|| format!("comment {id}: “{at}” is no moment like 2025-05-21T09:30:00-04:00"))?;
    all.push(BundleComment {
        id: id.to_owned(),
        parent: parent.map(str::to_owned),
        author: name.trim().to_owned(),
        email,
        at_ms: moment.0,
        html: comment_html::from_markdown(&text),
        standing: Standing::Approved,
        kind: CommentKind::Comment,
        ..BundleComment::default()
    });
    for (n, answer) in answers.into_iter().enumerate() {
        take(answer, &format!("{id}.{}", n + 1), Some(id), depth + 1, calendar, all)?;
    }
    Ok(())
}
