//! A neutral bundle and its entries become sections, topics, authors, articles,
//! pages, comments and redirects. Every importer but Markdown's ends here.

mod names;

use super::{
    bundle::{Bundle, BundleComment, BundleEntry, CommentKind, EntryKind, EntryState, Note},
    galleries::Galleries,
    report::Report,
};
use crate::{
    domain::{
        CommentId, SectionId,
        article::{CommentPolicy, Kind, Status, Titles, count_words, href},
        comment::Subject,
        slug::Slug,
        time::Timestamp,
    },
    services::{Site, body, comment_body, slugs::slugify},
    storage::{
        StorageError, article_acts,
        articles::{self, Body, Saved},
        comments, pages, redirects, sections,
    },
};
use names::{Names, free, names};
use std::collections::{HashMap, HashSet};

/// The section for articles that have none.
const UNSORTED: &str = "uncategorized";

/// Why an import stopped. What came in before stays, and coming again brings the rest.
#[derive(Debug, thiserror::Error)]
pub enum LoadError<E> {
    /// The source gave no further entry.
    #[error(transparent)]
    Source(E),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// So many old addresses are saved in one go.
const ADDRESSES: usize = 500;

/// Brings an archive in, one entry after the other. Run again, it brings what
/// has changed. `progress` is told how many entries are in.
pub async fn import<E>(
    site: &Site,
    bundle: &Bundle,
    entries: impl Iterator<Item = Result<BundleEntry, E>>,
    mut progress: impl FnMut(usize),
) -> Result<Report, LoadError<E>> {
    let mut report = Report::default();
    let tell = |report: &mut Report, notes: &[Note]| {
        notes.iter().for_each(|note| report.note(format!("line {}: {}", note.line, note.item), note.text.clone()));
    };
    tell(&mut report, &bundle.notes);
    let names = names(site, bundle, &mut report).await?;
    let galleries = Galleries::new(&bundle.media);
    let mut old = Vec::new();
    let mut rejected = 0;
    for (done, entry) in entries.enumerate() {
        let mut entry = entry.map_err(LoadError::Source)?;
        tell(&mut report, &entry.notes);
        rejected += entry.rejected_comments;
        entry.html = galleries.filled(&entry);
        let address = match entry.kind {
            EntryKind::Article => article(site, &names, &entry, &mut report).await?,
            EntryKind::Page => page(site, &names, &entry, &mut report).await?,
        };
        if let Some(address) = address {
            old.push((format!("/?p={}", entry.id), address.clone()));
            old.extend(entry.old_path.into_iter().filter(|p| p != "/").map(|path| (path, address.clone())));
        }
        if old.len() >= ADDRESSES {
            redirects::save(&site.db, &std::mem::take(&mut old), site.now()).await?;
        }
        progress(done + 1);
    }
    redirects::save(&site.db, &old, site.now()).await?;
    site.db.take_stock().await?;
    if rejected > 0 {
        report.note("comments", format!("{rejected} left out: marked as spam or trash"));
    }
    Ok(report)
}

fn status(entry: &BundleEntry, now: Timestamp) -> Status {
    match entry.state {
        EntryState::Published | EntryState::Scheduled if entry.published_ms.is_some_and(|at| at > now.0) => {
            Status::Scheduled
        }
        EntryState::Published | EntryState::Scheduled => Status::Published,
        EntryState::Draft | EntryState::Private => Status::Draft,
    }
}

fn text(entry: &BundleEntry) -> Body {
    let html = body::clean(&entry.html, |_| None);
    let words = i64::try_from(count_words(&body::plain_text(&html))).unwrap_or(i64::MAX);
    Body { html, source: entry.html.clone(), format: "html".into(), cleaner: body::CLEANER, words }
}

fn title(entry: &BundleEntry) -> String {
    if entry.title.trim().is_empty() { format!("Untitled ({})", entry.id) } else { entry.title.clone() }
}

fn wanted_slug(entry: &BundleEntry) -> Option<Slug> {
    entry
        .slug
        .parse()
        .ok()
        .or_else(|| slugify(&entry.slug))
        .or_else(|| slugify(&entry.title))
        .or_else(|| format!("item-{}", slugify(&entry.id)?).parse().ok())
}

async fn article(
    site: &Site,
    names: &Names,
    entry: &BundleEntry,
    report: &mut Report,
) -> Result<Option<String>, StorageError> {
    let key = format!("{}:post:{}", names.prefix, entry.id);
    let item = format!("post {} “{}”", entry.id, title(entry));
    let slug = match articles::slug_of_key(&site.db, &key).await? {
        Some(slug) => slug,
        None => {
            let Some(wanted) = wanted_slug(entry) else {
                report.note(item, "has nothing to make an address of, and was left out");
                return Ok(None);
            };
            free(wanted, async |slug| {
                Ok(slug.clone().below_section().is_err() || articles::key_of_slug(&site.db, slug).await?.is_some())
            })
            .await?
        }
    };
    let section = match entry.sections.iter().find_map(|name| names.sections.get(name)) {
        Some(section) => section.clone(),
        None => unsorted(site).await?,
    };
    let now = site.now();
    let stored = articles::by_slug(&site.db, &slug).await?;
    // What an editor has taken down since stays down: the archive doesn't know.
    let status = match &stored {
        Some(article) if article.status == Status::Removed => Status::Removed,
        _ => status(entry, now),
    };
    if entry.state == EntryState::Private {
        report.note(item.clone(), "was private or behind a password, and is a draft here");
    }
    if entry.picture.is_some() {
        report.note(item.clone(), "its featured picture did not come with the export");
    }
    let foreign = entry.html.matches("<img").count();
    if foreign > 0 {
        report.note(
            item.clone(),
            format!("{foreign} pictures did not come with the export; links stand in their places"),
        );
    }
    let published = Timestamp(entry.published_ms.unwrap_or(now.0));
    let draft = articles::Draft {
        slug: slug.clone(),
        section: section.0,
        kind: Kind::News,
        status,
        title: title(entry),
        titles: Titles::default(),
        standfirst: entry.excerpt.clone(),
        body: text(entry),
        picture: stored.as_ref().and_then(|a| a.picture.as_ref()).map(|p| p.id),
        source: None,
        language: None,
        comment_policy: if entry.comments_open { CommentPolicy::Open } else { CommentPolicy::Closed },
        pick: stored.as_ref().and_then(|a| a.pick),
        corrections: Vec::new(),
        published,
        updated: entry.modified_ms.map(Timestamp).filter(|at| at.0 > published.0 + Timestamp::DAY),
        authors: names.authors.get(&entry.author).copied().into_iter().collect(),
        topics: entry.topics.iter().filter_map(|t| names.topics.get(t)).copied().collect(),
        key: Some(key),
    };
    let (id, saved) = articles::save(&site.db, &draft, now).await?;
    report.count(saved);
    if entry.sticky && saved == Saved::New {
        // Behind the picks that the editors have made here.
        article_acts::pick(&site.db, &slug, Some(i64::MAX), now).await?;
    }
    conversation(site, Origin(&names.prefix), Subject::Article(id), &entry.comments, report).await?;
    Ok((status == Status::Published).then(|| href(&section.1, &slug)))
}

async fn unsorted(site: &Site) -> Result<(SectionId, Slug), StorageError> {
    let slug: Slug =
        UNSORTED.parse().map_err(|e: crate::domain::slug::SlugError| StorageError::Stored(e.to_string()))?;
    if let Some(section) = sections::by_slug(&site.db, &slug).await? {
        return Ok((section.id, slug));
    }
    let draft = sections::Draft {
        slug: slug.clone(),
        name: "Uncategorized".into(),
        description: String::new(),
        parent: None,
        position: None,
        key: None,
    };
    Ok((sections::save(&site.db, &draft, site.now()).await?, slug))
}

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
                body: comment_body::clean(&comment.html),
                status: match (comment.kind, comment.approved) {
                    (CommentKind::Comment, true) => "approved",
                    (CommentKind::Comment, false) => "held",
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

async fn page(
    site: &Site,
    names: &Names,
    entry: &BundleEntry,
    report: &mut Report,
) -> Result<Option<String>, StorageError> {
    let key = format!("{}:page:{}", names.prefix, entry.id);
    let item = format!("page {} “{}”", entry.id, title(entry));
    let slug = match pages::slug_of_key(&site.db, &key).await? {
        Some(slug) => slug,
        None => {
            let Some(wanted) = wanted_slug(entry) else {
                report.note(item, "has nothing to make an address of, and was left out");
                return Ok(None);
            };
            let slug = free(wanted.clone(), async |slug| {
                Ok(slug.clone().top_level().is_err()
                    || sections::by_slug(&site.db, slug).await?.is_some()
                    || pages::by_slug(&site.db, slug).await?.is_some())
            })
            .await?;
            if slug != wanted {
                report.note(item.clone(), format!("stands at /{slug}, because /{wanted} is taken"));
            }
            slug
        }
    };
    let now = site.now();
    let status = match pages::by_slug(&site.db, &slug).await? {
        Some(page) if page.status == Status::Removed => Status::Removed,
        _ => status(entry, now),
    };
    let draft = pages::Draft {
        slug: slug.clone(),
        title: title(entry),
        standfirst: entry.excerpt.clone(),
        body: text(entry),
        status,
        updated: Timestamp(entry.modified_ms.or(entry.published_ms).unwrap_or(0)),
        key: Some(key),
    };
    let (id, saved) = pages::save(&site.db, &draft, now).await?;
    report.count(saved);
    conversation(site, Origin(&names.prefix), Subject::Page(id), &entry.comments, report).await?;
    Ok((status == Status::Published).then(|| format!("/{slug}")))
}
