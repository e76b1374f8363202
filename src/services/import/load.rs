//! A neutral bundle and its entries become sections, topics, authors, articles,
//! pages, comments and redirects. Every importer but Markdown's ends here.

mod conversation;
mod files;
mod links;
mod names;

use super::{
    bundle::{Bundle, BundleEntry, EntryKind, EntryState, Note},
    galleries::Galleries,
    map::Map,
    pictures::{Had, Pictures, Supply, old_paths},
    report::{Of, Report},
};
use crate::{
    domain::{
        MediaId, SectionId,
        article::{Article, CommentPolicy, Kind, Status, Titles, count_words, href},
        comment::Subject,
        slug::Slug,
        time::Timestamp,
    },
    services::{
        Site,
        text::{html, slugs::slugify},
    },
    storage::{
        StorageError,
        articles::{self, Body, Saved, status},
        pages, redirects, sections,
    },
};
pub use conversation::{Origin, conversation};
use names::{Names, free, names};
use std::collections::{BTreeSet, HashMap, HashSet};

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

/// How an archive comes in.
pub struct Options {
    /// Where its pictures are.
    pub supply: Supply,
    /// Where its categories go.
    pub map: Map,
    /// Where the report begins.
    pub report: Report,
}

impl Default for Options {
    fn default() -> Self {
        Self { supply: Supply::Nowhere, map: Map::default(), report: Report::default() }
    }
}

/// What every entry needs at hand.
struct Load<'a> {
    site: &'a Site,
    bundle: &'a Bundle,
    names: Names,
    galleries: Galleries<'a>,
    pictures: Pictures<'a>,
    report: Report,
    /// Old addresses that are not saved yet, and where they lead.
    old: Vec<(String, String)>,
    /// Months in which something stood, as they are in addresses: `2013/01`.
    months: BTreeSet<String>,
    /// Old addresses of files that the report has already.
    files: HashSet<String>,
    /// To which entries attachments belong, and where these stand now.
    parents: HashSet<&'a str>,
    homes: HashMap<String, String>,
}

/// Brings an archive in, one entry after the other. Run again, it brings what
/// has changed. `progress` is told how many entries are in.
pub async fn import<E>(
    site: &Site,
    bundle: &Bundle,
    entries: impl Iterator<Item = Result<BundleEntry, E>>,
    options: Options,
    mut progress: impl FnMut(usize),
) -> Result<Report, LoadError<E>> {
    let Options { supply, map, mut report } = options;
    tell(&mut report, &bundle.notes);
    let mut names = names(site, bundle, &map, &mut report).await?;
    let pictures = Pictures::new(site, &names.prefix, supply, &bundle.media);
    let galleries = Galleries::new(&bundle.media);
    let parents = bundle.media.iter().filter_map(|media| media.parent.as_deref()).collect();
    let (old, homes) = (std::mem::take(&mut names.old), HashMap::new());
    let (months, files) = (BTreeSet::new(), HashSet::new());
    let mut load = Load { site, bundle, names, galleries, pictures, report, old, months, files, parents, homes };
    for (done, entry) in entries.enumerate() {
        let entry = entry.map_err(LoadError::Source)?;
        tell(&mut load.report, &entry.notes);
        load.entry(entry).await?;
        if load.old.len() >= ADDRESSES {
            redirects::save(&site.db, &std::mem::take(&mut load.old), site.now()).await?;
        }
        progress(done + 1);
    }
    load.attachments().await?;
    load.dates();
    redirects::save(&site.db, &load.old, site.now()).await?;
    site.db.take_stock().await?;
    Ok(load.report)
}

fn tell(report: &mut Report, notes: &[Note]) {
    for note in notes {
        let item = if note.line > 0 { format!("line {}: {}", note.line, note.item) } else { note.item.clone() };
        report.note(item, note.text.clone());
    }
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

/// The text with its galleries and the pictures that are here; links stay at home.
fn text(load: &Load<'_>, entry: &BundleEntry, had: &Had) -> Body {
    let filled = load.galleries.filled(entry, |address| had.here.contains_key(address));
    let linked = links::at_home(&filled, &load.bundle.base_url, &had.here);
    let html = html::clean(&linked, |src| {
        had.here.get(src).map(|p| html::Placed { sources: p.sources(1_920), width: p.width, height: p.height })
    });
    let words = i64::try_from(count_words(&html::plain_text(&html))).unwrap_or(i64::MAX);
    Body { html, source: entry.html.clone(), format: "html".into(), cleaner: html::CLEANER, words }
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

impl Load<'_> {
    /// One entry with its pictures and comments; its old addresses are remembered.
    async fn entry(&mut self, entry: BundleEntry) -> Result<(), StorageError> {
        let mut wanted = links::pictures_in(&entry.html);
        wanted.extend(self.galleries.addresses(&entry));
        let lead = entry.picture.as_deref().and_then(|id| self.pictures.address_of(id));
        wanted.extend(lead.map(str::to_owned));
        wanted.sort();
        wanted.dedup();
        let had = self.pictures.bring(wanted).await?;
        self.report.pictures += had.new;
        let (of, address) = match entry.kind {
            EntryKind::Article => (Of::Post, article(self, &entry, &had).await?),
            EntryKind::Page => (Of::Page, page(self, &entry, &had).await?),
        };
        for (old, picture) in &had.here {
            // Under the address in the text, which may be that of a cut, and as uploaded.
            let target = picture.ready.largest(&picture.file);
            for path in old_paths(&self.bundle.base_url, &[old]) {
                self.file(Of::Picture, &path, None);
                self.old.push((path, target.clone()));
            }
        }
        for (old, why) in &had.missing {
            for path in old_paths(&self.bundle.base_url, &[old]) {
                self.file(Of::Picture, &path, Some(why));
            }
        }
        if let Some(address) = address {
            let paths = [Some(format!("/?p={}", entry.id)), entry.old_path.clone().filter(|path| path != "/")];
            for path in paths.into_iter().flatten() {
                if is_our_own(&path) {
                    self.report.stood(of, path, Some("a page of the program itself stands at this address"));
                    continue;
                }
                self.report.stood(of, path.clone(), None);
                self.old.push((path, address.clone()));
            }
            if entry.kind == EntryKind::Article {
                self.months.extend(entry.old_path.as_deref().and_then(month_in));
            }
            if self.parents.contains(entry.id.as_str()) {
                self.homes.insert(entry.id, address);
            }
        }
        Ok(())
    }
}

/// Whether the program itself answers at a path, so that nothing else can stand there.
fn is_our_own(path: &str) -> bool {
    path.trim_matches('/').parse::<Slug>().is_ok_and(|slug| slug.top_level().is_err())
}

/// The month in an old address that begins with it: `2013/01` of `/2013/01/12/boats/`.
fn month_in(path: &str) -> Option<String> {
    let mut parts = path.trim_start_matches('/').splitn(3, '/');
    let (year, month) = (parts.next()?, parts.next()?);
    let digits = |text: &str, many: usize| text.len() == many && text.bytes().all(|b| b.is_ascii_digit());
    (digits(year, 4) && digits(month, 2)).then(|| format!("{year}/{month}"))
}

/// How an article stands here: as the archive says, but for what an editor has decided
/// since. An editor has, where the archive's word has been here before, and is no longer.
async fn standing(
    load: &Load<'_>,
    entry: &BundleEntry,
    stored: Option<&Article>,
) -> Result<(Status, Timestamp), StorageError> {
    let now = load.site.now();
    let told = status(entry, now);
    let at = entry.published_ms.map(Timestamp);
    let Some(stored) = stored else { return Ok((told, at.unwrap_or(now))) };
    let at_told = at.unwrap_or(stored.published);
    if stored.status == Status::Removed {
        return Ok((Status::Removed, at_told));
    }
    if stored.status != told && articles::was_once(&load.site.db, stored.id, told, at).await? {
        return Ok((stored.status, stored.published));
    }
    Ok((told, at_told))
}

async fn article(load: &mut Load<'_>, entry: &BundleEntry, had: &Had) -> Result<Option<String>, StorageError> {
    let site = load.site;
    let section = entry.sections.iter().find(|name| load.names.sections.contains_key(*name));
    load.names.shelve(site, load.bundle, entry, section).await?;
    let names = &load.names;
    let key = format!("{}:post:{}", names.prefix, entry.id);
    let item = format!("post {} “{}”", entry.id, title(entry));
    let slug = match articles::slug_of_key(&site.db, &key).await? {
        Some(slug) => slug,
        None => {
            let Some(wanted) = wanted_slug(entry) else {
                load.report.note(item, "has nothing to make an address of, and was left out");
                return Ok(None);
            };
            let slug = free(wanted.clone(), async |slug| {
                Ok(slug.clone().below_section().is_err() || articles::key_of_slug(&site.db, slug).await?.is_some())
            })
            .await?;
            if slug != wanted {
                load.report.note(item.clone(), format!("its address ends with {slug}, because {wanted} is taken"));
            }
            slug
        }
    };
    let section = match section.and_then(|name| names.sections.get(name)) {
        Some(section) => section.clone(),
        None => {
            if !entry.sections.is_empty() {
                let line = format!("none of its categories is a section here; it stands under /{UNSORTED}");
                load.report.note(item.clone(), line);
            }
            unsorted(site).await?
        }
    };
    let now = site.now();
    let stored = articles::by_slug(&site.db, &slug).await?;
    let (status, published) = standing(load, entry, stored.as_ref()).await?;
    let lead = entry.picture.as_deref().and_then(|id| load.pictures.address_of(id));
    let lead: Option<MediaId> = lead.and_then(|address| had.here.get(address)).map(|picture| picture.id);
    let says = if entry.comments_open { CommentPolicy::Open } else { CommentPolicy::Closed };
    let draft = articles::Draft {
        slug: slug.clone(),
        section: section.0,
        kind: Kind::News,
        status,
        title: title(entry),
        titles: Titles::default(),
        standfirst: entry.excerpt.clone(),
        body: text(load, entry, had),
        picture: lead.or_else(|| stored.as_ref().and_then(|a| a.picture.as_ref()).map(|p| p.id)),
        source: None,
        language: None,
        comment_policy: articles::policy_of_archive(&site.db, stored.as_ref(), says).await?,
        pick: stored.as_ref().and_then(|a| a.pick),
        corrections: Vec::new(),
        published,
        updated: entry.modified_ms.map(Timestamp).filter(|at| at.0 > published.0 + Timestamp::DAY),
        authors: names.authors.get(&entry.author).map(|(id, _)| *id).into_iter().collect(),
        topics: names.topics_of(entry),
        key: Some(key),
    };
    let (id, saved) = articles::save(&site.db, &draft, now).await?;
    let address = (status == Status::Published).then(|| href(&section.1, &slug));
    load.report.came(&item, address.as_deref(), saved);
    load.tell_missing(&item, entry, had);
    if entry.sticky && saved == Saved::New {
        // Behind the picks that the editors have made here.
        status::pick(&site.db, &slug, Some(i64::MAX), now).await?;
    }
    let origin = Origin(&load.names.prefix);
    conversation(site, origin, Subject::Article(id), &entry.comments, &mut load.report).await?;
    Ok(address)
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

async fn page(load: &mut Load<'_>, entry: &BundleEntry, had: &Had) -> Result<Option<String>, StorageError> {
    let site = load.site;
    let key = format!("{}:page:{}", load.names.prefix, entry.id);
    let item = format!("page {} “{}”", entry.id, title(entry));
    let slug = match pages::slug_of_key(&site.db, &key).await? {
        Some(slug) => slug,
        None => {
            let Some(wanted) = wanted_slug(entry) else {
                load.report.note(item, "has nothing to make an address of, and was left out");
                return Ok(None);
            };
            let slug = free(wanted.clone(), async |slug| {
                Ok(slug.clone().top_level().is_err()
                    || sections::by_slug(&site.db, slug).await?.is_some()
                    || pages::by_slug(&site.db, slug).await?.is_some())
            })
            .await?;
            if slug != wanted {
                load.report.note(item.clone(), format!("stands at /{slug}, because /{wanted} is taken"));
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
        body: text(load, entry, had),
        status,
        updated: Timestamp(entry.modified_ms.or(entry.published_ms).unwrap_or(0)),
        key: Some(key),
    };
    let (id, saved) = pages::save(&site.db, &draft, now).await?;
    let address = (status == Status::Published).then(|| format!("/{slug}"));
    load.report.came(&item, address.as_deref(), saved);
    load.tell_missing(&item, entry, had);
    let origin = Origin(&load.names.prefix);
    conversation(site, origin, Subject::Page(id), &entry.comments, &mut load.report).await?;
    Ok(address)
}
