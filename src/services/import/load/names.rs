//! An archive's authors, categories and tags, which come before its entries.

use super::super::{
    bundle::{Bundle, BundleTerm},
    report::Report,
};
use crate::{
    domain::{AuthorId, SectionId, TopicId, slug::Slug},
    services::{Site, body, slugs::slugify},
    storage::{StorageError, authors, pages, sections, topics},
};
use std::collections::HashMap;

/// What the source's names became here.
pub struct Names {
    /// Of the keys of this source.
    pub prefix: String,
    /// By login.
    pub authors: HashMap<String, AuthorId>,
    /// By the source's slug.
    pub sections: HashMap<String, (SectionId, Slug)>,
    /// By the source's slug.
    pub topics: HashMap<String, TopicId>,
}

/// Saves the source's authors, categories and tags.
pub async fn names(site: &Site, bundle: &Bundle, report: &mut Report) -> Result<Names, StorageError> {
    let prefix = format!("{}:{}", bundle.source, bundle.base_url);
    let mut names = Names { prefix, authors: HashMap::new(), sections: HashMap::new(), topics: HashMap::new() };
    for author in &bundle.authors {
        let key = format!("{}:author:{}", names.prefix, author.key);
        let slug = match authors::id_of_key(&site.db, &key).await? {
            Some((_, slug)) => slug,
            None => free_author_slug(site, &author.name, &author.key).await?,
        };
        let draft = authors::Draft {
            slug,
            name: if author.name.trim().is_empty() { author.key.clone() } else { author.name.clone() },
            role: String::new(),
            bio: author.bio.clone(),
            email: author.email.clone(),
            picture: None,
            links: Vec::new(),
            position: None,
            key: Some(key),
        };
        names.authors.insert(author.key.clone(), authors::save(&site.db, &draft, site.now()).await?);
    }
    let mut waiting: Vec<&BundleTerm> = bundle.sections.iter().collect();
    // Parents first; whose parent never comes (or who is their own) stands at the top.
    while !waiting.is_empty() {
        let (ready, later): (Vec<_>, Vec<_>) = waiting.iter().copied().partition(|t| {
            t.parent
                .as_ref()
                .is_none_or(|p| names.sections.contains_key(p) || !bundle.sections.iter().any(|s| &s.slug == p))
        });
        let stuck = ready.is_empty();
        for term in if stuck { &later } else { &ready } {
            section(site, &mut names, term, report).await?;
        }
        waiting = if stuck { Vec::new() } else { later };
    }
    for term in &bundle.topics {
        let Some(slug) = term.slug.parse().ok().or_else(|| slugify(&term.slug)).or_else(|| slugify(&term.name)) else {
            report.note(format!("tag “{}”", term.name), "has no letters to make an address of, and was left out");
            continue;
        };
        let draft = topics::Draft {
            slug,
            name: term.name.clone(),
            description: term.description.clone(),
            bar_position: None,
            key: Some(format!("{}:tag:{}", names.prefix, term.slug)),
        };
        names.topics.insert(term.slug.clone(), topics::save(&site.db, &draft, site.now()).await?);
    }
    Ok(names)
}

async fn section(site: &Site, names: &mut Names, term: &BundleTerm, report: &mut Report) -> Result<(), StorageError> {
    let wanted = term.slug.parse().ok().or_else(|| slugify(&term.slug)).or_else(|| slugify(&term.name));
    let Some(wanted) = wanted else {
        report.note(format!("category “{}”", term.name), "has no letters to make an address of, and was left out");
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
        description: body::plain_text(&term.description).split_whitespace().collect::<Vec<_>>().join(" "),
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
