//! An archive's authors, categories and tags, which come before its entries.

use super::super::{
    bundle::{Bundle, BundleEntry, BundleTerm},
    map::{Map, Place},
    report::{Of, Report},
};
use crate::{
    domain::{AuthorId, SectionId, TopicId, slug::Slug},
    services::{
        Site,
        text::{html, slugs::slugify},
    },
    storage::{StorageError, authors, pages, sections, topics},
};
use std::collections::{HashMap, HashSet};

/// What the source's names became here.
pub struct Names {
    /// Of the keys of this source.
    pub prefix: String,
    /// By login.
    pub authors: HashMap<String, (AuthorId, Slug)>,
    /// By the source's slug.
    pub sections: HashMap<String, (SectionId, Slug)>,
    /// By the source's slug.
    pub topics: HashMap<String, (TopicId, Slug)>,
    /// Categories that are topics here, by the source's slug.
    pub topics_of_categories: HashMap<String, (TopicId, Slug)>,
    /// Categories that are sections, as topics of the articles that have another section.
    shelves: HashMap<String, (TopicId, Slug)>,
    /// Categories that the map leaves out.
    left_out: HashSet<String>,
    /// Where lists and feeds stood, and where they stand now.
    pub old: Vec<(String, String)>,
}

impl Names {
    /// An article has one section here. Its further categories become topics.
    pub async fn shelve(
        &mut self,
        site: &Site,
        bundle: &Bundle,
        entry: &BundleEntry,
        section: Option<&String>,
    ) -> Result<(), StorageError> {
        for name in entry.sections.iter().filter(|name| Some(*name) != section) {
            let Some((_, slug)) = self.sections.get(name).filter(|_| !self.shelves.contains_key(name)) else {
                continue;
            };
            let Some(term) = bundle.sections.iter().find(|term| term.slug == *name) else { continue };
            let topic = topic(site, self, term, "category", slug.clone()).await?;
            self.shelves.insert(name.clone(), topic);
        }
        Ok(())
    }

    /// The topics of an entry: its tags, and its categories that are topics here or not
    /// its section.
    pub fn topics_of(&self, entry: &BundleEntry) -> Vec<TopicId> {
        let section = entry.sections.iter().find(|name| self.sections.contains_key(*name));
        let tags = entry.topics.iter().filter_map(|name| self.topics.get(name));
        let categories = entry.sections.iter().filter(|name| Some(*name) != section);
        let categories = categories.filter_map(|n| self.topics_of_categories.get(n).or_else(|| self.shelves.get(n)));
        let mut found = Vec::new();
        for (id, _) in tags.chain(categories) {
            if !found.contains(id) {
                found.push(*id);
            }
        }
        found
    }

    /// Whether a category has its place.
    fn knows(&self, category: &str) -> bool {
        self.sections.contains_key(category) || self.topics_of_categories.contains_key(category)
    }

    fn stood(&mut self, report: &mut Report, of: Of, path: String, target: &str) {
        report.stood(of, path.clone(), None);
        self.old.push((path, target.to_owned()));
    }
}

/// Saves the source's authors, categories and tags.
pub async fn names(site: &Site, bundle: &Bundle, map: &Map, report: &mut Report) -> Result<Names, StorageError> {
    let prefix = format!("{}:{}", bundle.source, bundle.base_url);
    let mut names = Names {
        prefix,
        authors: HashMap::new(),
        sections: HashMap::new(),
        topics: HashMap::new(),
        topics_of_categories: HashMap::new(),
        shelves: HashMap::new(),
        left_out: HashSet::new(),
        old: Vec::new(),
    };
    for name in map.names().filter(|name| !bundle.sections.iter().any(|term| term.slug == *name)) {
        report.note(format!("map: category “{name}”"), "does not occur in the export");
    }
    for author in &bundle.authors {
        let key = format!("{}:author:{}", names.prefix, author.key);
        let slug = match authors::id_of_key(&site.db, &key).await? {
            Some((_, slug)) => slug,
            None => free_author_slug(site, &author.name, &author.key).await?,
        };
        let draft = authors::Draft {
            slug: slug.clone(),
            name: if author.name.trim().is_empty() { author.key.clone() } else { author.name.clone() },
            role: String::new(),
            bio: author.bio.clone(),
            email: author.email.clone(),
            picture: None,
            links: Vec::new(),
            position: None,
            key: Some(key),
        };
        let id = authors::save(&site.db, &draft, site.now()).await?;
        names.authors.insert(author.key.clone(), (id, slug));
    }
    let mut waiting: Vec<&BundleTerm> = bundle.sections.iter().collect();
    // Parents first; whose parent never comes (or who is their own) stands at the top.
    while !waiting.is_empty() {
        let (ready, later): (Vec<_>, Vec<_>) = waiting.iter().copied().partition(|t| {
            t.parent.as_ref().is_none_or(|p| {
                names.knows(p) || names.left_out.contains(p) || !bundle.sections.iter().any(|s| &s.slug == p)
            })
        });
        let stuck = ready.is_empty();
        for term in if stuck { &later } else { &ready } {
            match map.of(&term.slug) {
                None if is_section(site, bundle, term).await? => section(site, &mut names, term, None, report).await?,
                None => match slug_of(term) {
                    Some(slug) => {
                        let topic = topic(site, &names, term, "category", slug).await?;
                        names.topics_of_categories.insert(term.slug.clone(), topic);
                    }
                    None => nameless(report, "category", term),
                },
                Some(Place::Section(slug)) => section(site, &mut names, term, Some(slug), report).await?,
                Some(Place::Topic(slug)) => {
                    let topic = topic(site, &names, term, "category", slug).await?;
                    names.topics_of_categories.insert(term.slug.clone(), topic);
                }
                Some(Place::Nowhere) => {
                    report.note(format!("category “{}”", term.name), "was left out, as the map says");
                    names.left_out.insert(term.slug.clone());
                }
            }
        }
        waiting = if stuck { Vec::new() } else { later };
    }
    for term in &bundle.topics {
        let Some(slug) = slug_of(term) else {
            nameless(report, "tag", term);
            continue;
        };
        let topic = topic(site, &names, term, "tag", slug).await?;
        names.topics.insert(term.slug.clone(), topic);
    }
    addresses(bundle, &mut names, report);
    Ok(names)
}

/// The last part of a term's address, where something can be made of it.
fn slug_of(term: &BundleTerm) -> Option<Slug> {
    term.slug.parse().ok().or_else(|| slugify(&term.slug)).or_else(|| slugify(&term.name))
}

fn nameless(report: &mut Report, kind: &str, term: &BundleTerm) {
    report.note(format!("{kind} “{}”", term.name), "has no letters to make an address of, and was left out");
}

/// Whether a category is a section without being told: one that the edition has already,
/// or one that comes first in an article, or has such a one below it. The others only
/// gather what stands elsewhere, as topics do.
async fn is_section(site: &Site, bundle: &Bundle, term: &BundleTerm) -> Result<bool, StorageError> {
    let mut below = vec![term.slug.as_str()];
    let mut at = 0;
    while let Some(&slug) = below.get(at) {
        if bundle.leading.contains(slug) {
            return Ok(true);
        }
        let children = bundle.sections.iter().filter(|child| child.parent.as_deref() == Some(slug));
        let new: Vec<&str> = children.map(|child| child.slug.as_str()).filter(|child| !below.contains(child)).collect();
        below.extend(new);
        at += 1;
    }
    match slug_of(term) {
        Some(slug) => Ok(sections::by_slug(&site.db, &slug).await?.is_some()),
        None => Ok(false),
    }
}

async fn topic(
    site: &Site,
    names: &Names,
    term: &BundleTerm,
    kind: &str,
    slug: Slug,
) -> Result<(TopicId, Slug), StorageError> {
    // One that is here already keeps its words; a tag named like a category is the same.
    let known = topics::by_slug(&site.db, &slug).await?;
    let twin = names.topics_of_categories.values().any(|(_, category)| *category == slug);
    if let Some(known) = known.filter(|_| kind == "category" || twin) {
        return Ok((known.id, slug));
    }
    let draft = topics::Draft {
        slug: slug.clone(),
        name: term.name.clone(),
        description: term.description.clone(),
        bar_position: None,
        key: Some(format!("{}:{kind}:{}", names.prefix, term.slug)),
    };
    Ok((topics::save(&site.db, &draft, site.now()).await?, slug))
}

/// Where WordPress lists what (with its own words in the addresses; sites that have others
/// need redirects of their own), each with its feed.
fn addresses(bundle: &Bundle, names: &mut Names, report: &mut Report) {
    let base = bundle.base_url.split_once("://").map_or("", |(_, rest)| rest);
    let base = base.find('/').map_or("", |at| &base[at..]).trim_end_matches('/').to_owned();
    let path_of = |term: &BundleTerm| {
        let mut path = vec![term.slug.as_str()];
        let mut at = term;
        while let Some(parent) = at.parent.as_ref().and_then(|p| bundle.sections.iter().find(|s| &s.slug == p)) {
            if path.contains(&parent.slug.as_str()) {
                break;
            }
            path.insert(0, &parent.slug);
            at = parent;
        }
        path.join("/")
    };
    let (mut lists, mut plain): (Vec<(Of, String, String)>, Vec<_>) = (Vec::new(), Vec::new());
    for term in &bundle.sections {
        let section = names.sections.get(&term.slug).map(|(_, slug)| format!("/{slug}"));
        let topic = || names.topics_of_categories.get(&term.slug).map(|(_, slug)| format!("/topic/{slug}"));
        let everything = || names.left_out.contains(&term.slug).then(|| "/news".to_owned());
        if let Some(target) = section.or_else(topic).or_else(everything) {
            if !term.id.is_empty() {
                plain.push((Of::Category, format!("/?cat={}", term.id), target.clone()));
            }
            lists.push((Of::Category, format!("{base}/category/{}/", path_of(term)), target));
        }
    }
    for (tag, (_, slug)) in &names.topics {
        lists.push((Of::Tag, format!("{base}/tag/{tag}/"), format!("/topic/{slug}")));
    }
    for (login, (_, slug)) in &names.authors {
        if let Some(author) = bundle.authors.iter().find(|a| a.key == *login && !a.id.is_empty()) {
            plain.push((Of::Author, format!("/?author={}", author.id), format!("/author/{slug}")));
        }
        lists.push((Of::Author, format!("{base}/author/{}/", login.to_lowercase()), format!("/author/{slug}")));
    }
    lists.sort_by(|a, b| a.1.cmp(&b.1));
    plain.sort_by(|a, b| a.1.cmp(&b.1));
    for (of, path, target) in plain {
        names.stood(report, of, path, &target);
    }
    for (of, path, target) in lists {
        let feed = format!("{path}feed/");
        names.stood(report, of, path, &target);
        let all = if target == "/news" { "" } else { target.as_str() };
        names.stood(report, Of::Feed, feed, &format!("{all}/feed.xml"));
    }
    for (path, target) in [("/feed/", "/feed.xml"), ("/feed/atom/", "/atom.xml"), ("/comments/feed/", "/feed.xml")] {
        names.stood(report, Of::Feed, format!("{base}{path}"), target);
    }
    if !base.is_empty() {
        names.old.push((format!("{base}/"), "/".into()));
    }
}

/// One category as a section; `told`: as this one, where the map says so.
async fn section(
    site: &Site,
    names: &mut Names,
    term: &BundleTerm,
    told: Option<Slug>,
    report: &mut Report,
) -> Result<(), StorageError> {
    if let Some(slug) = &told
        && let Some(known) = sections::by_slug(&site.db, slug).await?
    {
        names.sections.insert(term.slug.clone(), (known.id, slug.clone()));
        return Ok(());
    }
    let Some(wanted) = told.or_else(|| slug_of(term)) else {
        nameless(report, "category", term);
        return Ok(());
    };
    let key = format!("{}:category:{}", names.prefix, term.slug);
    // A word that the program needs, or a page's address, gets another ending.
    let mut slug = wanted.clone();
    if slug.clone().top_level().is_err() || pages::by_slug(&site.db, &slug).await?.is_some() {
        slug = format!("{wanted}-section").parse().unwrap_or(wanted);
        report
            .note(format!("category “{}”", term.name), format!("stands at /{slug}, because its own address is taken"));
    }
    // One that the edition has already keeps its place and its words there.
    if let Some(known) = sections::by_slug(&site.db, &slug).await?.filter(|s| s.position.is_some()) {
        names.sections.insert(term.slug.clone(), (known.id, slug));
        return Ok(());
    }
    let draft = sections::Draft {
        slug: slug.clone(),
        name: term.name.clone(),
        description: html::plain_text(&term.description).split_whitespace().collect::<Vec<_>>().join(" "),
        parent: term.parent.as_ref().and_then(|p| names.sections.get(p)).map(|(id, _)| *id),
        position: None,
        key: Some(key),
    };
    let id = sections::save(&site.db, &draft, site.now()).await?;
    names.sections.insert(term.slug.clone(), (id, slug));
    Ok(())
}

async fn free_author_slug(site: &Site, name: &str, login: &str) -> Result<Slug, StorageError> {
    let wanted = slugify(name).or_else(|| slugify(login)).or_else(|| "author".parse().ok());
    let wanted = wanted.ok_or_else(|| StorageError::Stored("no address for an author".into()))?;
    free(wanted, async |slug| Ok(authors::by_slug(&site.db, slug).await?.is_some())).await
}

/// The wanted address, or with a number the first that is not taken.
pub async fn free(
    wanted: Slug,
    taken: impl AsyncFn(&Slug) -> Result<bool, StorageError>,
) -> Result<Slug, StorageError> {
    let mut slug = wanted.clone();
    let mut number = 2;
    while taken(&slug).await? {
        slug = wanted.numbered(number);
        number += 1;
    }
    Ok(slug)
}
