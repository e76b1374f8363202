//! What readers ask for: load through the services, answer with a page.

use super::{
    answer::{Answer, dressed, moved, nothing, private, shared},
    guard::decode,
    page_cache::Keep,
};
use crate::{
    domain::{
        change::Part,
        listing::{Month, Window},
        slug::Slug,
        time::Timestamp,
    },
    pages::{self, status::Matter},
    services::{
        Site,
        articles::{
            self, Found,
            lists::{self, Subject},
            preview, redirects,
        },
        site::frame::{Front, front},
    },
};
use axum::{
    extract::{Path, State},
    http::{StatusCode, Uri},
};

/// `before` and `after` of a list's address; keys that a page doesn't know, and
/// values that are no place, change nothing.
fn window(uri: &Uri) -> Window {
    for pair in uri.query().unwrap_or_default().split('&') {
        match pair.split_once('=') {
            Some(("before", place)) => {
                if let Ok(cursor) = place.parse() {
                    return Window::Before(cursor);
                }
            }
            Some(("after", place)) => {
                if let Ok(cursor) = place.parse() {
                    return Window::After(cursor);
                }
            }
            _ => {}
        }
    }
    Window::Newest
}

/// `/`
pub async fn home(State(site): State<Site>, uri: Uri) -> Answer {
    // WordPress's plain addresses, `/?p=123`, lead to an article, to the search, or nowhere.
    if redirects::is_plain(uri.query()) {
        return nothing(&site, &uri).await;
    }
    let front = front(&site).await?;
    let home = lists::home(&site, &front).await?;
    // Each change of an article is one of the list of everything, too.
    Ok(shared(pages::home::page(&site, &front, &home), keep(&front, vec![Part::News], front.next_due)))
}

/// What the page cache must know of a page with the shared regions around it.
pub fn keep(front: &Front, parts: Vec<Part>, until: Option<Timestamp>) -> Keep {
    Keep { parts, until, front: Some(front.generation), places: false }
}

async fn list(site: &Site, subject: &Subject, month: Option<Month>, uri: &Uri) -> Answer {
    let front = front(site).await?;
    let window = window(uri);
    match lists::page(site, &front, subject, month, window).await? {
        // A place beyond the end is an old address of a list that has shrunk.
        Some(listing) if listing.items.is_empty() && window != Window::Newest => Ok(moved(&subject.href())),
        Some(listing) => {
            // Those that leave the list know it no more; so it knows them.
            let parts = listing.items.iter().map(|item| Part::Article(item.id)).chain([subject.part()]).collect();
            let html = pages::listing::page(site, &front, subject, month, window, &listing);
            Ok(shared(html, Keep { places: true, ..keep(&front, parts, front.next_due) }))
        }
        None => nothing(site, uri).await,
    }
}

async fn archive(site: &Site, subject: &Subject) -> Answer {
    let front = front(site).await?;
    let months = lists::months(site, &front, subject).await?;
    let html = pages::listing::archive(site, &front, subject, &months);
    Ok(shared(html, keep(&front, vec![subject.part()], front.next_due)))
}

/// `2025/07`, written with four and two digits.
fn month(year: &str, month: &str) -> Option<Month> {
    let digits = |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(year, 4) || !digits(month, 2) {
        return None;
    }
    let (year, month) = (year.parse().ok()?, month.parse().ok()?);
    (1..=12).contains(&month).then_some(Month { year, month })
}

/// `/news`
pub async fn news(State(site): State<Site>, uri: Uri) -> Answer {
    list(&site, &Subject::News, None, &uri).await
}

/// `/news/archive`
pub async fn news_archive(State(site): State<Site>) -> Answer {
    archive(&site, &Subject::News).await
}

/// `/news/2025/07`
pub async fn news_month(State(site): State<Site>, Path((y, m)): Path<(String, String)>, uri: Uri) -> Answer {
    match month(&y, &m) {
        Some(month) => list(&site, &Subject::News, Some(month), &uri).await,
        None => nothing(&site, &uri).await,
    }
}

/// The three addresses of a shelf that is found by its slug.
macro_rules! shelf {
    ($find:path, $newest:ident, $archive:ident, $month:ident) => {
        /// The newest, or from a place on.
        pub async fn $newest(State(site): State<Site>, Path(slug): Path<String>, uri: Uri) -> Answer {
            let Ok(slug) = slug.parse::<Slug>() else { return nothing(&site, &uri).await };
            match $find(&site, &slug).await? {
                Some(subject) => list(&site, &subject, None, &uri).await,
                None => nothing(&site, &uri).await,
            }
        }

        /// The months that hold something.
        pub async fn $archive(State(site): State<Site>, Path(slug): Path<String>, uri: Uri) -> Answer {
            let Ok(slug) = slug.parse::<Slug>() else { return nothing(&site, &uri).await };
            match $find(&site, &slug).await? {
                Some(subject) => archive(&site, &subject).await,
                None => nothing(&site, &uri).await,
            }
        }

        /// One month.
        pub async fn $month(
            State(site): State<Site>,
            Path((slug, y, m)): Path<(String, String, String)>,
            uri: Uri,
        ) -> Answer {
            let (Ok(slug), Some(month)) = (slug.parse::<Slug>(), month(&y, &m)) else {
                return nothing(&site, &uri).await;
            };
            match $find(&site, &slug).await? {
                Some(subject) => list(&site, &subject, Some(month), &uri).await,
                None => nothing(&site, &uri).await,
            }
        }
    };
}

shelf!(lists::topic, topic, topic_archive, topic_month);
shelf!(lists::author, author, author_archive, author_month);
shelf!(lists::section, section, section_archive, section_month);

/// `/{slug}`: a section or a page; they share one namespace.
pub async fn section_or_page(State(site): State<Site>, Path(name): Path<String>, uri: Uri) -> Answer {
    use crate::services::articles::pages::Found;
    let Ok(slug) = name.parse::<Slug>() else { return nothing(&site, &uri).await };
    if lists::section(&site, &slug).await?.is_some() {
        return section(State(site), Path(name), uri).await;
    }
    match crate::services::articles::pages::find(&site, &slug).await? {
        Found::Here(page, thread) => {
            let front = front(&site).await?;
            let staff = if slug.as_str() == "staff" { lists::staff(&site).await? } else { Vec::new() };
            let parts = vec![Part::Page(page.id)];
            Ok(shared(pages::page::page(&site, &front, &page, &thread, &staff), keep(&front, parts, None)))
        }
        Found::Gone => Ok(dressed(&site, &*front(&site).await?, StatusCode::GONE, Matter::Gone)),
        Found::Nothing => nothing(&site, &uri).await,
    }
}

/// `/{section}/{slug}`
pub async fn article(State(site): State<Site>, Path((section, slug)): Path<(String, String)>, uri: Uri) -> Answer {
    let Ok(slug) = slug.parse::<Slug>() else { return nothing(&site, &uri).await };
    match articles::find(&site, &section, &slug).await? {
        Found::Here(reading) => {
            let front = front(&site).await?;
            let own = reading.article.id;
            let related = reading.related.iter().map(|item| Part::Article(item.id));
            let parts = related.chain([Part::Article(own), Part::Thread(own)]).collect();
            // From then on it says that it is old; from then on its conversation is closed.
            let old = front.calendar.year_after(reading.article.published).filter(|at| *at > site.now());
            let until = old.into_iter().chain(reading.closes).min();
            Ok(shared(pages::article::page(&site, &front, &reading, false), keep(&front, parts, until)))
        }
        Found::Moved(target) => Ok(moved(&target)),
        Found::Gone => Ok(dressed(&site, &*front(&site).await?, StatusCode::GONE, Matter::Gone)),
        Found::Nothing => nothing(&site, &uri).await,
    }
}

/// `/preview/{token}`
pub async fn preview(State(site): State<Site>, Path(token): Path<String>, uri: Uri) -> Answer {
    let Some(slug) = preview::verify(&site, &token) else { return nothing(&site, &uri).await };
    match articles::for_preview(&site, &slug).await? {
        Some(reading) => {
            let front = front(&site).await?;
            Ok(private(StatusCode::OK, pages::article::page(&site, &front, &reading, true)))
        }
        None => match crate::services::articles::pages::for_preview(&site, &slug).await? {
            Some(page) => {
                let front = front(&site).await?;
                Ok(private(StatusCode::OK, pages::page::preview(&site, &front, &page)))
            }
            None => nothing(&site, &uri).await,
        },
    }
}

/// One value out of a query, decoded; what is no UTF-8 is replaced.
pub(super) fn query_value(query: &str, key: &str) -> String {
    let raw = query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('=')).unwrap_or_default();
    String::from_utf8_lossy(&decode(&raw.replace('+', " "))).into_owned()
}

/// Whatever no route knows.
pub async fn unknown(State(site): State<Site>, uri: Uri) -> Answer {
    nothing(&site, &uri).await
}

/// A method that an address doesn't know.
pub async fn wrong_method(State(site): State<Site>) -> Answer {
    let front = front(&site).await?;
    Ok(dressed(
        &site,
        &front,
        StatusCode::METHOD_NOT_ALLOWED,
        Matter::Refused("This address can’t be asked for in that way."),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_decoded_whatever_they_hold() {
        assert_eq!(query_value("a=1&q=caf%C3%A9+noir&b", "q"), "café noir");
        assert_eq!(query_value("q=100%", "q"), "100%");
        assert_eq!(query_value("q=%zz%f", "q"), "%zz%f");
        assert_eq!(query_value("q=%ff", "q"), "\u{fffd}");
        assert_eq!(query_value("q=%é1", "q"), "%é1");
        assert_eq!(query_value("", "q"), "");
    }

    #[test]
    fn months_are_written_in_one_way() {
        assert_eq!(month("2025", "07"), Some(Month { year: 2025, month: 7 }));
        for (y, m) in [("2025", "7"), ("25", "07"), ("2025", "13"), ("2025", "00"), ("+025", "07")] {
            assert_eq!(month(y, m), None);
        }
    }
}
