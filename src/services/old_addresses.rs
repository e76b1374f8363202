//! Old and variant spellings of addresses, and where they lead.

use super::Site;
use crate::{
    domain::slug::Slug,
    services::{import::pictures::uncut, slugs::slugify},
    storage::{StorageError, articles, authors, pages, redirects, sections, topics},
};

/// What is known of an address at which nothing stands.
pub enum Known {
    /// It leads there, for good.
    Moved(String),
    /// What stood there was taken down.
    Gone,
    /// Nothing.
    Nothing,
}

/// Looks up a path (and the query of WordPress's plain addresses, `?p=123`).
pub async fn look_up(site: &Site, path: &str, query: Option<&str>) -> Result<Known, StorageError> {
    if let Some(words) = searched(query).filter(|_| is_home(path)) {
        return Ok(Known::Moved(format!("/search?q={words}")));
    }
    if let Some(target) = by_number(site, path, query).await? {
        return Ok(Known::Moved(target));
    }
    let mut spellings = vec![path.to_owned()];
    if let Some(query) = query.filter(|q| !q.is_empty()) {
        spellings.insert(0, format!("{path}?{query}"));
    }
    // WordPress cuts pictures to sizes; here the one that was uploaded has them all.
    spellings.extend(uncut(path));
    let tidy = tidy(path);
    spellings.extend([format!("{tidy}/"), tidy.clone()]);
    for spelling in &spellings {
        match redirects::target(&site.db, spelling).await? {
            Some(Some(target)) => return Ok(Known::Moved(target)),
            Some(None) => return Ok(Known::Gone),
            None => {}
        }
    }
    if let Some(target) = by_pattern(site, &tidy).await? {
        return Ok(Known::Moved(target));
    }
    Ok(if tidy == path { Known::Nothing } else { Known::Moved(tidy) })
}

/// The one spelling of a path: small letters, no slash at the end, no doubled
/// one, no `index.html`, no `/amp`.
fn tidy(path: &str) -> String {
    let parts: Vec<String> = path.split('/').filter(|p| !p.is_empty()).map(str::to_ascii_lowercase).collect();
    let mut parts: &[String] = &parts;
    while let Some((last, rest)) = parts.split_last() {
        if !["index.html", "index.htm", "index.php", "amp"].contains(&last.as_str()) {
            break;
        }
        parts = rest;
    }
    // Never `//host`, which would lead to another site.
    format!("/{}", parts.join("/"))
}

/// `/?p=123` and `/?page_id=123`: the numbers that an import has kept.
async fn by_number(site: &Site, path: &str, query: Option<&str>) -> Result<Option<String>, StorageError> {
    let Some(number) = number(query).filter(|_| is_home(path)) else { return Ok(None) };
    match redirects::target(&site.db, &format!("/?p={number}")).await? {
        Some(Some(target)) => Ok(Some(target)),
        _ => Ok(None),
    }
}

fn is_home(path: &str) -> bool {
    path == "/" || path == "/index.php"
}

/// Whether a query is one of WordPress's plain addresses: `?p=123`, `?s=words`.
pub fn is_plain(query: Option<&str>) -> bool {
    number(query).is_some() || searched(query).is_some()
}

/// What is searched for at `/?s=words`, encoded as it is in the address.
fn searched(query: Option<&str>) -> Option<&str> {
    query?.split('&').find_map(|pair| pair.strip_prefix("s="))
}

/// The number in the query of a plain address.
fn number(query: Option<&str>) -> Option<&str> {
    query?.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        let digits = !value.is_empty() && value.len() < 19 && value.bytes().all(|b| b.is_ascii_digit());
        (["p", "page_id"].contains(&key) && digits).then_some(value)
    })
}

/// The feed of a list under one of its old addresses (`/feed`, `/world/feed/atom`,
/// `/category/world/feed`); of anything else the page itself.
async fn feed(site: &Site, before: &[&str], form: &str) -> Result<Option<String>, StorageError> {
    let file = if form == "atom" { "atom.xml" } else { "feed.xml" };
    let list = match before {
        [] | ["feed"] | ["comments"] | ["news"] => return Ok(Some(format!("/{file}"))),
        [rest @ .., "feed"] => rest,
        rest => rest,
    };
    let path = format!("/{}", list.join("/"));
    let path = Box::pin(by_pattern(site, &path)).await?.unwrap_or(path);
    let parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
    let parse = |text: &str| text.parse::<Slug>().ok();
    let is_list = match parts.as_slice() {
        [one] => match parse(one) {
            Some(slug) => sections::by_slug(&site.db, &slug).await?.is_some(),
            None => false,
        },
        ["topic", one] => match parse(one) {
            Some(slug) => topics::by_slug(&site.db, &slug).await?.is_some(),
            None => false,
        },
        ["author", one] => match parse(one) {
            Some(slug) => authors::by_slug(&site.db, &slug).await?.is_some(),
            None => false,
        },
        _ => false,
    };
    Ok(Some(if is_list { format!("{path}/{file}") } else { path }))
}

/// The patterns of WordPress: `/category/…`, `/tag/…`, `/feed`, `/2019/05/12/slug`.
async fn by_pattern(site: &Site, path: &str) -> Result<Option<String>, StorageError> {
    let parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
    let slug = |text: &str| text.parse::<Slug>().ok().or_else(|| slugify(text));
    Ok(match parts.as_slice() {
        // The feed of whatever stands before it.
        [rest @ .., form @ ("feed" | "rss" | "rss2" | "rdf" | "atom")] => feed(site, rest, form).await?,
        // The pages of a list by number: lists run by time here.
        [rest @ .., "page", number] if number.bytes().all(|b| b.is_ascii_digit()) => match rest {
            [] => Some("/news".to_owned()),
            rest => {
                let path = format!("/{}", rest.join("/"));
                Some(Box::pin(by_pattern(site, &path)).await?.unwrap_or(path))
            }
        },
        ["category", .., last] => match slug(last) {
            Some(slug) if sections::by_slug(&site.db, &slug).await?.is_some() => Some(format!("/{slug}")),
            Some(slug) if topics::by_slug(&site.db, &slug).await?.is_some() => Some(format!("/topic/{slug}")),
            _ => None,
        },
        ["tag" | "tags" | "topics", last] => match slug(last) {
            Some(slug) if topics::by_slug(&site.db, &slug).await?.is_some() => Some(format!("/topic/{slug}")),
            Some(slug) if sections::by_slug(&site.db, &slug).await?.is_some() => Some(format!("/{slug}")),
            _ => None,
        },
        ["authors", last] => match slug(last) {
            Some(slug) if authors::by_slug(&site.db, &slug).await?.is_some() => Some(format!("/author/{slug}")),
            _ => None,
        },
        ["section" | "sections", last] => match slug(last) {
            Some(slug) if sections::by_slug(&site.db, &slug).await?.is_some() => Some(format!("/{slug}")),
            _ => None,
        },
        // Addresses by date end with the slug; so do those of one level.
        [.., last] => match slug(last) {
            Some(slug) => match articles::by_slug(&site.db, &slug).await? {
                Some(article) if super::articles::seen(&article, site.now()) => {
                    let target = crate::domain::article::href(&article.section.slug, &article.slug);
                    (target != path).then_some(target)
                }
                Some(_) => None,
                // Pages under pages (`/about/history`) stand at the top here.
                None if parts.len() > 1 => match pages::by_slug(&site.db, &slug).await? {
                    Some(page) if page.status == crate::domain::article::Status::Published => Some(format!("/{slug}")),
                    _ => None,
                },
                None => None,
            },
            None => None,
        },
        [] => None,
    })
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn spellings_are_tidied() {
        for (path, tidied) in [
            ("/World/", "/world"),
            ("/world/a/amp/", "/world/a"),
            ("/index.html", "/"),
            ("//evil.example//", "/evil.example"),
            ("/world", "/world"),
            ("/", "/"),
        ] {
            assert_eq!(tidy(path), tidied, "{path}");
        }
    }
}
