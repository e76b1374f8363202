//! Old and variant spellings of addresses, and where they lead.

use crate::services::Site;
use crate::{
    domain::{slug::Slug, time::Timestamp},
    services::{import::pictures::uncut, text::slugs::slugify},
    storage::{
        StorageError,
        articles::{self, status},
        authors, pages, redirects, sections, topics,
    },
};

/// What is known of an address at which nothing stands.
pub enum Known {
    /// It leads there, for good.
    Moved(String),
    /// What stood there was taken down.
    Gone,
    /// Nothing, until the next thing on the schedule happens at least.
    Nothing(Option<Timestamp>),
}

/// Looks up a path (and the query of WordPress's plain addresses, `?p=123`).
pub async fn look_up(site: &Site, path: &str, query: Option<&str>) -> Result<Known, StorageError> {
    // Nothing is stored under it: storage takes no NUL.
    if path.contains('\0') || query.is_some_and(|query| query.contains('\0')) {
        return Ok(Known::Nothing(None));
    }
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
    // Browsers read a backslash as a slash, and so another site's name after it.
    let leads_elsewhere = tidy.starts_with("/\\");
    Ok(if tidy == path || leads_elsewhere {
        Known::Nothing(status::next_due(&site.db).await?)
    } else {
        Known::Moved(tidy)
    })
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

/// `/?p=123`, `/?cat=4`, `/?author=5`: the numbers that an import has kept; `/?feed=rss2`.
async fn by_number(site: &Site, path: &str, query: Option<&str>) -> Result<Option<String>, StorageError> {
    if !is_home(path) {
        return Ok(None);
    }
    if let Some(form) = query.and_then(feed_asked) {
        return Ok(Some(format!("/{}", feed_file(form))));
    }
    let Some((of, number)) = number(query) else { return Ok(None) };
    Ok(redirects::target(&site.db, &format!("/?{of}={number}")).await?.flatten())
}

fn is_home(path: &str) -> bool {
    path == "/" || path == "/index.php"
}

/// Whether a query is one of WordPress's plain addresses: `?p=123`, `?s=words`, `?feed=rss2`.
pub fn is_plain(query: Option<&str>) -> bool {
    number(query).is_some() || searched(query).is_some() || query.and_then(feed_asked).is_some()
}

/// The form of feed that a plain address asks for.
fn feed_asked(query: &str) -> Option<&str> {
    query.split('&').find_map(|pair| pair.strip_prefix("feed=")).filter(|form| FEEDS.contains(form))
}

/// The words for feeds in WordPress's addresses.
const FEEDS: [&str; 5] = ["feed", "rss", "rss2", "rdf", "atom"];

fn feed_file(form: &str) -> &'static str {
    if form == "atom" { "atom.xml" } else { "feed.xml" }
}

/// What is searched for at `/?s=words`, encoded as it is in the address.
fn searched(query: Option<&str>) -> Option<&str> {
    query?.split('&').find_map(|pair| pair.strip_prefix("s="))
}

/// The number in the query of a plain address, and of what it is: of an article, a page or a
/// file (`p`), a category or an author.
fn number(query: Option<&str>) -> Option<(&'static str, &str)> {
    query?.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        let digits = !value.is_empty() && value.len() < 19 && value.bytes().all(|b| b.is_ascii_digit());
        let of = match key {
            "p" | "page_id" | "attachment_id" => "p",
            "cat" => "cat",
            "author" => "author",
            _ => return None,
        };
        digits.then_some((of, value))
    })
}

/// The most parts of an address that may be an old one: categories in categories, a date, and
/// what stands behind.
const MOST_PARTS: usize = 16;
/// So many times something is taken off the end of an address, to look for what stands before
/// it: the page of a list, its feed, and the form of that feed.
const MOST_SUFFIXES: usize = 4;

/// What stands at the end of an address and only says something about what stands before it.
enum Suffix<'a> {
    /// The feed of it, in one of WordPress's words.
    Feed(&'a str),
    /// Its pages by number: lists run by time here.
    Page,
    /// What WordPress puts behind an article: its parts and pages of comments by number, the
    /// address for other sites' notices, the form for embedding.
    Behind,
}

fn suffix<'a>(parts: &[&'a str]) -> Option<Suffix<'a>> {
    match parts {
        [.., form] if FEEDS.contains(form) => Some(Suffix::Feed(form)),
        _ if date(parts).is_some() => None,
        [.., before, last] if *before != "page" && is_behind(last) => Some(Suffix::Behind),
        [.., "page", number] if is_number(number) => Some(Suffix::Page),
        _ => None,
    }
}

/// Where an old path leads by the patterns of WordPress: `/category/…`, `/tag/…`, `/feed`,
/// `/2019/05/12/slug`, whatever stands behind them taken off.
async fn by_pattern(site: &Site, path: &str) -> Result<Option<String>, StorageError> {
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if parts.len() > MOST_PARTS {
        return Ok(None);
    }
    let (mut file, mut list) = (None, None);
    let mut found = None;
    for _ in 0..MOST_SUFFIXES {
        let Some(suffix) = suffix(&parts) else { break };
        match suffix {
            Suffix::Feed(form) => {
                parts.pop();
                parts.pop_if(|part| *part == "feed");
                let file = *file.get_or_insert(feed_file(form));
                if matches!(parts.as_slice(), [] | ["comments" | "news"]) {
                    return Ok(Some(format!("/{file}")));
                }
            }
            Suffix::Page => {
                parts.truncate(parts.len() - 2);
                if parts.is_empty() {
                    found = Some("/news".to_owned());
                    break;
                }
            }
            Suffix::Behind => drop(parts.pop()),
        }
        let shorter = format!("/{}", parts.join("/"));
        if !matches!(suffix, Suffix::Behind) {
            list.get_or_insert_with(|| shorter.clone());
        }
        found = kept(site, &shorter).await?;
        if found.is_some() {
            break;
        }
    }
    if found.is_none() && suffix(&parts).is_some() {
        return Ok(None);
    }
    if found.is_none() {
        found = whole(site, &parts, path).await?;
    }
    // A list may be there under the address that its page or its feed names.
    let target = found.or(list);
    match (target, file) {
        (Some(target), Some(file)) => feed(site, target, file).await.map(Some),
        (target, _) => Ok(target),
    }
}

/// What is kept of an old path.
async fn kept(site: &Site, path: &str) -> Result<Option<String>, StorageError> {
    for spelling in [format!("{path}/"), path.to_owned()] {
        if let Some(Some(target)) = redirects::target(&site.db, &spelling).await? {
            return Ok(Some(target));
        }
    }
    Ok(None)
}

/// The feed of the list at a path; of an article that of its comments, of anything else the
/// page.
async fn feed(site: &Site, path: String, file: &str) -> Result<String, StorageError> {
    let parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
    let parse = |text: &str| text.parse::<Slug>().ok();
    if let [_, last] = parts.as_slice()
        && let Some(slug) = parse(last)
        && articles::by_slug(&site.db, &slug).await?.is_some_and(|a| super::seen(&a, site.now()))
    {
        return Ok(format!("{path}/comments/atom.xml"));
    }
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
    Ok(if is_list { format!("{path}/{file}") } else { path })
}

/// Lists of years, months and days; here the finest are those of months.
fn date(parts: &[&str]) -> Option<String> {
    match parts {
        [year] if is_year(year) => Some("/news/archive".to_owned()),
        [year, month] | [year, month, _] if is_year(year) && is_month(month) && parts.iter().all(is_number) => {
            Some(format!("/news/{year}/{month}"))
        }
        _ => None,
    }
}

/// An address with nothing behind it.
async fn whole(site: &Site, parts: &[&str], path: &str) -> Result<Option<String>, StorageError> {
    if let Some(date) = date(parts) {
        return Ok(Some(date));
    }
    let slug = |text: &str| text.parse::<Slug>().ok().or_else(|| slugify(text));
    Ok(match parts {
        ["wp-sitemap.xml" | "sitemap_index.xml" | "sitemap-index.xml"] => Some("/sitemap.xml".to_owned()),
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
                Some(article) if super::seen(&article, site.now()) => {
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

fn is_number(part: &&str) -> bool {
    !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
}

fn is_year(part: &&str) -> bool {
    part.len() == 4 && part.starts_with(['1', '2']) && is_number(part)
}

fn is_month(part: &&str) -> bool {
    part.len() == 2 && part.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month))
}

/// Whether a part of an address only says something about what stands before it.
fn is_behind(part: &str) -> bool {
    let short = |text: &str| text.len() <= 3 && is_number(&text);
    short(part) || part.strip_prefix("comment-page-").is_some_and(short) || ["trackback", "embed"].contains(&part)
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
