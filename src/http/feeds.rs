//! Feeds of the site and of each section, topic and author: RSS 2.0, Atom
//! (RFC 4287) and JSON Feed 1.1, of the same articles.

use super::{
    answer::{Answer, nothing},
    page_cache::Keep,
    policies,
};
use crate::{
    domain::{change::Part, slug::Slug, time::Timestamp, xml},
    services::{
        Site,
        articles::{
            feeds::{Feed, Item, feed},
            lists::{self, Subject},
        },
        site::frame::{Front, front},
    },
};
use atom_syndication as atom;
use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, Uri, header},
    response::IntoResponse,
};
use serde_json::{Value, json};
use std::str::FromStr;

/// The three forms of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Rss,
    Atom,
    Json,
}

impl Form {
    /// The last part of its address.
    fn name(self) -> &'static str {
        match self {
            Self::Rss => "feed.xml",
            Self::Atom => "atom.xml",
            Self::Json => "feed.json",
        }
    }

    fn kind(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Json => "application/feed+json; charset=utf-8",
        })
    }

    /// The form that an address asks for.
    fn of(uri: &Uri) -> Self {
        match uri.path().rsplit('/').next() {
            Some("atom.xml") => Self::Atom,
            Some("feed.json") => Self::Json,
            _ => Self::Rss,
        }
    }
}

async fn answer(site: &Site, subject: &Subject, uri: &Uri) -> Answer {
    let front = front(site).await?;
    let feed = feed(site, &front, subject).await?;
    let form = Form::of(uri);
    let address = match subject {
        Subject::News => site.url(&format!("/{}", form.name())),
        other => site.url(&format!("{}/{}", other.href(), form.name())),
    };
    let writer = Writer { site, front: &front, address };
    let text = match form {
        Form::Rss => writer.rss(&feed),
        Form::Atom => writer.atom(&feed),
        Form::Json => writer.json(&feed),
    };
    let parts = feed.items.iter().map(|item| Part::Article(item.summary.id)).chain([subject.part()]).collect();
    // The libraries escape what XML reserves, and let through what it forbids.
    let text = xml::without_forbidden(&text).into_owned();
    let headers = [(header::CONTENT_TYPE, form.kind()), (header::CACHE_CONTROL, policies::PAGE)];
    let mut response = (StatusCode::OK, headers, text).into_response();
    response.extensions_mut().insert(Keep { parts, until: front.next_due, ..Keep::default() });
    Ok(response)
}

/// `/feed.xml`, `/atom.xml`, `/feed.json`
pub async fn news(State(site): State<Site>, uri: Uri) -> Answer {
    answer(&site, &Subject::News, &uri).await
}

macro_rules! feed_of {
    ($name:ident, $find:path) => {
        /// The feeds of one of them, by its slug.
        pub async fn $name(State(site): State<Site>, Path(slug): Path<String>, uri: Uri) -> Answer {
            let Ok(slug) = slug.parse::<Slug>() else { return nothing(&site, &uri).await };
            match $find(&site, &slug).await? {
                Some(subject) => answer(&site, &subject, &uri).await,
                None => nothing(&site, &uri).await,
            }
        }
    };
}

feed_of!(section, lists::section);
feed_of!(topic, lists::topic);
feed_of!(author, lists::author);

struct Writer<'a> {
    site: &'a Site,
    front: &'a Front,
    /// The feed's own.
    address: String,
}

impl Writer<'_> {
    /// A name for good: an article keeps it whatever its address becomes (RFC 4151).
    fn id(&self, item: &Item) -> String {
        let base = &self.site.config.site.base_url;
        let host = base.split_once("://").map_or(base.as_str(), |(_, host)| host);
        let host = host.split(':').next().unwrap_or(host);
        format!("tag:{host},2000:article-{}", item.summary.id)
    }

    fn link(&self, item: &Item) -> String {
        self.site.url(&item.summary.href())
    }

    fn moment(&self, at: Timestamp) -> String {
        self.front.calendar.machine(at)
    }

    fn rss(&self, feed: &Feed) -> String {
        let edition = &self.front.edition;
        let items = feed.items.iter().map(|item| rss::Item {
            title: Some(item.summary.title.clone()),
            link: Some(self.link(item)),
            description: Some(crate::services::text::html::escape(&item.summary.standfirst)),
            categories: vec![rss::Category { name: item.summary.section.1.clone(), domain: None }],
            guid: Some(rss::Guid { value: self.id(item), permalink: false }),
            pub_date: Some(self.front.calendar.mail_date(item.summary.published)),
            content: item.html.clone().map(|html| self.with_picture(item, &html)),
            dublin_core_ext: Some(rss::extension::dublincore::DublinCoreExtension {
                creators: item.summary.authors.iter().map(|a| a.name.clone()).collect(),
                ..Default::default()
            }),
            ..Default::default()
        });
        let own = rss::extension::atom::Link {
            href: self.address.clone(),
            rel: "self".into(),
            mime_type: Some("application/rss+xml".into()),
            ..Default::default()
        };
        let hub = edition.machines.hub.iter().map(|hub| rss::extension::atom::Link {
            href: hub.clone(),
            rel: "hub".into(),
            ..Default::default()
        });
        let channel = rss::Channel {
            title: feed.title.clone(),
            link: self.site.url(&feed.href),
            description: feed.description.clone(),
            language: Some(edition.language.clone()),
            copyright: Some(format!("© {} {}", self.front.calendar.year(self.front.now), edition.owner)),
            last_build_date: Some(self.front.calendar.mail_date(feed.updated)),
            items: items.collect(),
            atom_ext: Some(rss::extension::atom::AtomExtension { links: std::iter::once(own).chain(hub).collect() }),
            ..Default::default()
        };
        channel.to_string()
    }

    /// The lead picture above the text, for readers that show nothing else of it.
    fn with_picture(&self, item: &Item, html: &str) -> String {
        let Some(picture) = &item.summary.picture else { return html.to_owned() };
        let (src, alt) = (self.site.url(&picture.href()), crate::services::text::html::escape(&picture.alt));
        format!(
            "<p><img src=\"{src}\" alt=\"{alt}\" width=\"{}\" height=\"{}\"></p>{html}",
            picture.width, picture.height
        )
    }

    fn atom(&self, feed: &Feed) -> String {
        let edition = &self.front.edition;
        // What the calendar writes is RFC 3339, which is what is read here.
        let moment = |at| atom::FixedDateTime::from_str(&self.moment(at)).unwrap_or_default();
        let link = |rel: &str, href: String, kind: Option<&str>| atom::Link {
            href,
            rel: rel.into(),
            mime_type: kind.map(str::to_owned),
            ..Default::default()
        };
        let entries = feed.items.iter().map(|item| atom::Entry {
            title: atom::Text::plain(item.summary.title.clone()),
            id: self.id(item),
            updated: moment(item.updated),
            published: Some(moment(item.summary.published)),
            authors: item
                .summary
                .authors
                .iter()
                .map(|a| atom::Person {
                    name: a.name.clone(),
                    uri: Some(self.site.url(&format!("/author/{}", a.slug))),
                    ..Default::default()
                })
                .collect(),
            categories: vec![atom::Category {
                term: item.summary.section.0.to_string(),
                label: Some(item.summary.section.1.clone()),
                scheme: None,
            }],
            links: vec![link("alternate", self.link(item), Some("text/html"))],
            summary: (!item.summary.standfirst.is_empty()).then(|| atom::Text::plain(item.summary.standfirst.clone())),
            content: item.html.clone().map(|html| atom::Content {
                value: Some(self.with_picture(item, &html)),
                content_type: Some("html".into()),
                ..Default::default()
            }),
            ..Default::default()
        });
        let own = link("self", self.address.clone(), Some("application/atom+xml"));
        let page = link("alternate", self.site.url(&feed.href), Some("text/html"));
        let hub = edition.machines.hub.clone().map(|hub| link("hub", hub, None));
        let feed = atom::Feed {
            title: atom::Text::plain(feed.title.clone()),
            subtitle: Some(atom::Text::plain(feed.description.clone())),
            id: self.address.clone(),
            updated: moment(feed.updated),
            authors: vec![atom::Person {
                name: edition.name.clone(),
                uri: Some(self.site.url("/")),
                ..Default::default()
            }],
            icon: Some(self.site.url("/icon.svg")),
            links: [own, page].into_iter().chain(hub).collect(),
            lang: Some(edition.language.clone()),
            entries: entries.collect(),
            ..Default::default()
        };
        feed.to_string()
    }

    fn json(&self, feed: &Feed) -> String {
        let edition = &self.front.edition;
        let items: Vec<Value> = feed
            .items
            .iter()
            .map(|item| {
                let authors: Vec<Value> = item
                    .summary
                    .authors
                    .iter()
                    .map(|a| json!({ "name": a.name, "url": self.site.url(&format!("/author/{}", a.slug)) }))
                    .collect();
                let mut value = json!({
                    "id": self.id(item),
                    "url": self.link(item),
                    "title": item.summary.title,
                    "summary": item.summary.standfirst,
                    "date_published": self.moment(item.summary.published),
                    "date_modified": self.moment(item.updated),
                    "authors": authors,
                    "tags": [item.summary.section.1],
                });
                // Either of the two texts has to be there (JSON Feed 1.1).
                match &item.html {
                    Some(html) => value["content_html"] = json!(html),
                    None => value["content_text"] = json!(item.summary.standfirst),
                }
                if let Some(picture) = &item.summary.picture {
                    value["image"] = json!(self.site.url(&picture.href()));
                }
                value
            })
            .collect();
        let mut value = json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "description": feed.description,
            "home_page_url": self.site.url(&feed.href),
            "feed_url": self.address,
            "language": edition.language,
            "icon": self.site.url("/apple-touch-icon.png"),
            "authors": [{ "name": edition.name, "url": self.site.url("/") }],
            "items": items,
        });
        if let Some(hub) = &edition.machines.hub {
            value["hubs"] = json!([{ "type": "WebSub", "url": hub }]);
        }
        value.to_string()
    }
}
