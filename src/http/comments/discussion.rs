//! What of a conversation does not stand under its article: further pages, single
//! threads, the feed.

use crate::http::{
    answer::{Answer, moved, nothing, passing},
    policies,
    readers::query_value,
};
use crate::{
    domain::{
        CommentId,
        article::{Article, CommentPolicy, href},
        comment::Order,
        slug::Slug,
    },
    pages::comments::discussion,
    services::{
        Site, StorageError,
        comments::threads,
        site::frame::{Front, front},
    },
};
use atom_syndication as atom;
use axum::{
    extract::{Path, State},
    http::{HeaderValue, Uri, header},
    response::IntoResponse,
};

/// So many comments stand in the feed.
const IN_FEED: i64 = 50;

/// The article, where it has a conversation and stands in this section.
async fn article(site: &Site, section: &str, slug: &str) -> Result<Option<Article>, StorageError> {
    let Ok(slug) = slug.parse::<Slug>() else { return Ok(None) };
    let found = threads::seen_article(site, &slug).await?;
    Ok(found.filter(|article| article.section.slug.as_str() == section))
}

/// `/{section}/{slug}/comments?order=…&after=…`
pub async fn page(State(site): State<Site>, Path((section, slug)): Path<(String, String)>, uri: Uri) -> Answer {
    let Some(article) = article(&site, &section, &slug).await? else { return nothing(&site, &uri).await };
    let query = uri.query().unwrap_or_default();
    let order = Order::of(&query_value(query, "order"));
    let after = query_value(query, "after").parse().ok().map(CommentId);
    let front = front(&site).await?;
    let stage = discussion::stage(&front, &article, order, site.now());
    if stage.policy == CommentPolicy::Hidden {
        return nothing(&site, &uri).await;
    }
    let talk = threads::talk(&site, article.id, order, after).await?;
    if talk.thread.is_empty() {
        return Ok(moved(&href(&article.section.slug, &article.slug)));
    }
    Ok(passing(discussion::page(&site, &front, &stage, &talk, discussion::Extent::Threads)))
}

/// `/{section}/{slug}/comments/{first}?from=…`
pub async fn branch(
    State(site): State<Site>,
    Path((section, slug, root)): Path<(String, String, String)>,
    uri: Uri,
) -> Answer {
    let Some(article) = article(&site, &section, &slug).await? else { return nothing(&site, &uri).await };
    let Ok(root) = root.parse().map(CommentId) else { return nothing(&site, &uri).await };
    let from = query_value(uri.query().unwrap_or_default(), "from").parse().unwrap_or(0);
    let front = front(&site).await?;
    let stage = discussion::stage(&front, &article, Order::Oldest, site.now());
    let talk = threads::branch(&site, article.id, root, from).await?;
    if talk.thread.is_empty() || stage.policy == CommentPolicy::Hidden {
        return nothing(&site, &uri).await;
    }
    Ok(passing(discussion::page(&site, &front, &stage, &talk, discussion::Extent::Thread)))
}

/// `/{section}/{slug}/comments/atom.xml`: the newest comments (RFC 4287).
pub async fn feed(State(site): State<Site>, Path((section, slug)): Path<(String, String)>, uri: Uri) -> Answer {
    let Some(article) = article(&site, &section, &slug).await? else { return nothing(&site, &uri).await };
    let front = front(&site).await?;
    if discussion::stage(&front, &article, Order::Newest, site.now()).policy == CommentPolicy::Hidden {
        return nothing(&site, &uri).await;
    }
    let newest = threads::newest(&site, article.id, IN_FEED).await?;
    let text = write(&site, &front, &article, &newest);
    let kind = HeaderValue::from_static("application/atom+xml; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, policies::PASSING)], text).into_response())
}

fn write(site: &Site, front: &Front, article: &Article, newest: &[crate::domain::comment::Comment]) -> String {
    let path = href(&article.section.slug, &article.slug);
    let moment = |at| atom::FixedDateTime::parse_from_rfc3339(&front.calendar.machine(at)).unwrap_or_default();
    let link = |rel: &str, to: String| atom::Link { href: to, rel: rel.into(), ..atom::Link::default() };
    let entries = newest.iter().map(|comment| atom::Entry {
        title: format!("{} on “{}”", comment.name, article.title).into(),
        id: site.url(&format!("/comments/{}", comment.id)),
        updated: moment(comment.at),
        published: Some(moment(comment.at)),
        authors: vec![atom::Person { name: comment.name.clone(), ..atom::Person::default() }],
        links: vec![link("alternate", site.url(&format!("/comments/{}", comment.id)))],
        content: Some(atom::Content {
            value: Some(comment.body.clone()),
            content_type: Some("html".into()),
            ..atom::Content::default()
        }),
        ..atom::Entry::default()
    });
    let feed = atom::Feed {
        title: format!("{}: {}", front.words.comments_heading, article.title).into(),
        id: site.url(&format!("{path}/comments/atom.xml")),
        updated: moment(newest.first().map_or(article.published, |comment| comment.at)),
        links: vec![link("self", site.url(&format!("{path}/comments/atom.xml"))), link("alternate", site.url(&path))],
        entries: entries.collect(),
        ..atom::Feed::default()
    };
    // The library escapes what XML reserves, and lets through what it forbids.
    crate::domain::xml::without_forbidden(&feed.to_string()).into_owned()
}
