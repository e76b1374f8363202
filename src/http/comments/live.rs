//! The live stream of a conversation: what happens to comments, as server-sent events
//! (HTML Living Standard, 9.2). A reader who comes back with `Last-Event-ID` misses
//! nothing and gets nothing twice: what a stream tells are changes out of the database,
//! by their numbers, whichever server made them.

use crate::http::{
    answer::{Answer, nothing},
    crowd::{Crowd, Full, Seat},
    policies,
    readers::query_value,
    visitor::Who,
};
use crate::{
    domain::{ArticleId, change::Noun, comment::Order, slug::Slug},
    pages::comments::discussion,
    services::{
        Site, StorageError,
        comments::threads,
        site::{
            changes::{self, Follower},
            frame::front,
            ip::household,
        },
    },
};
use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream::{self, Stream, StreamExt};
use serde_json::json;
use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::{broadcast, watch};

/// Streams at the same time; the other connections are for those who read.
const STREAMS: usize = 6_000;
/// Whoever has too many may come again after so many seconds.
const LATER: HeaderValue = HeaderValue::from_static("30");
/// So many events a reader may be behind; then the stream ends, and what was missed is
/// made up for when the browser comes back.
const BEHIND: usize = 256;
/// So many missed events are made up for at once; where there are more, the stream ends
/// with them, and the browser comes back for the others.
const MISSED: usize = 500;
/// A stream that says nothing for so long tells that it is there.
const PULSE: Duration = Duration::from_secs(20);

/// All streams of this server.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    site: Site,
    channels: Mutex<HashMap<ArticleId, Channel>>,
    crowd: Crowd,
    most: AtomicUsize,
    closing: watch::Sender<bool>,
}

struct Channel {
    slug: Slug,
    sender: broadcast::Sender<Arc<Told>>,
}

/// An event, rendered once for all.
struct Told {
    change: i64,
    data: String,
}

impl Live {
    /// No streams yet.
    pub fn new(site: &Site) -> Self {
        Self(Arc::new(Inner {
            site: site.clone(),
            channels: Mutex::default(),
            crowd: Crowd::default(),
            most: AtomicUsize::new(STREAMS),
            closing: watch::Sender::new(false),
        }))
    }

    /// Ends all streams, so that a stop needs not wait for them.
    pub fn close(&self) {
        self.0.closing.send_replace(true);
    }

    /// No more streams than this, where a server has fewer connections than it could have.
    pub fn at_most(&self, streams: usize) {
        self.0.most.fetch_min(streams, Ordering::Relaxed);
    }

    /// How many streams are open.
    pub fn open(&self) -> usize {
        self.0.crowd.count()
    }

    /// Tells the streams what happens; comes back only with an end of the program.
    pub async fn follow(self) {
        loop {
            if let Err(error) = self.tell().await {
                tracing::error!(%error, "the live streams heard nothing; again in a second");
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    async fn tell(&self) -> Result<(), StorageError> {
        let mut news = Follower::new(&self.0.site).await?;
        // Whoever listened before may have missed something. Streams that end are opened
        // again, and told what happened since.
        self.channels().clear();
        loop {
            let changes = news.next().await?;
            if changes.iter().any(|change| change.noun == Noun::All) {
                // What happened to which comment is not known any more: browsers come back.
                self.channels().clear();
                continue;
            }
            let (Some(first), Some(last)) = (changes.first(), changes.last()) else { continue };
            let heard = self.heard();
            if heard.is_empty() || !threads::are_among(&changes) {
                continue;
            }
            let events = threads::events(&self.0.site, None, first.id - 1, last.id, i64::MAX).await?;
            for (article, slug) in heard {
                let some: Vec<_> = events.iter().filter(|event| event.article == article).cloned().collect();
                if some.is_empty() {
                    continue;
                }
                let told = render(&self.0.site, &slug, some).await?;
                let channels = self.channels();
                if let Some(channel) = channels.get(&article) {
                    for event in told {
                        // Nobody may be listening any more.
                        let _ = channel.sender.send(Arc::new(event));
                    }
                }
            }
        }
    }

    fn channels(&self) -> std::sync::MutexGuard<'_, HashMap<ArticleId, Channel>> {
        self.0.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The articles to which somebody listens.
    fn heard(&self) -> Vec<(ArticleId, Slug)> {
        let mut channels = self.channels();
        channels.retain(|_, channel| channel.sender.receiver_count() > 0);
        channels.iter().map(|(id, channel)| (*id, channel.slug.clone())).collect()
    }

    fn listen(&self, article: ArticleId, slug: &Slug) -> broadcast::Receiver<Arc<Told>> {
        let mut channels = self.channels();
        let channel = channels
            .entry(article)
            .or_insert_with(|| Channel { slug: slug.clone(), sender: broadcast::Sender::new(BEHIND) });
        channel.sender.subscribe()
    }
}

async fn render(site: &Site, slug: &Slug, events: Vec<threads::Event>) -> Result<Vec<Told>, StorageError> {
    let Some(article) = threads::seen_article(site, slug).await? else { return Ok(Vec::new()) };
    let front = front(site).await?;
    let stage = discussion::stage(&front, &article, Order::Oldest, site.now());
    Ok(events
        .into_iter()
        .map(|event| {
            let comment = &event.comment;
            let html = (!comment.gone).then(|| discussion::piece(&front, &stage, comment));
            let data = json!({
                "id": event.id,
                "parent": comment.parent,
                "count": (front.words.comments)(event.count),
                "gone": if comment.withdrawn { front.words.comment_withdrawn } else { front.words.comment_gone },
                "html": html,
            });
            Told { change: event.change, data: data.to_string() }
        })
        .collect())
}

fn event(told: &Told) -> Event {
    Event::default().id(told.change.to_string()).event("comment").data(&told.data)
}

/// By what streams are counted: colleagues in one office by their accounts, readers by their
/// address.
fn name(who: &Who) -> String {
    match &who.visitor.signed {
        Some(signed) if signed.account.role.is_staff() => format!("account {}", signed.account.id),
        _ => household(who.visitor.writer.address),
    }
}

/// There is no place for a stream: 429 (RFC 6585) where too many are theirs, else 503.
fn no_seat(full: Full) -> Response {
    let status = match full {
        Full::Theirs => StatusCode::TOO_MANY_REQUESTS,
        Full::All => StatusCode::SERVICE_UNAVAILABLE,
    };
    (status, [(header::RETRY_AFTER, LATER), (header::CACHE_CONTROL, policies::PRIVATE)]).into_response()
}

/// `GET /comments/live?article=…&after=…`
pub async fn stream(
    State(site): State<Site>,
    Extension(live): Extension<Live>,
    who: Who,
    headers: HeaderMap,
    uri: Uri,
) -> Answer {
    let query = uri.query().unwrap_or_default();
    let Ok(slug) = query_value(query, "article").parse::<Slug>() else { return nothing(&site, &uri).await };
    let Some(article) = threads::seen_article(&site, &slug).await? else { return nothing(&site, &uri).await };
    let most = live.0.most.load(Ordering::Relaxed);
    let seat = match live.0.crowd.enter(name(&who), site.config.server.streams_per_address, most) {
        Ok(seat) => seat,
        Err(full) => return Ok(no_seat(full)),
    };
    // First the ear, then the past: so nothing falls between them.
    let ear = live.listen(article.id, &slug);
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse::<i64>().ok());
    let after = last.or_else(|| query_value(query, "after").parse().ok()).unwrap_or(article.cursor);
    let (oldest, now) = changes::kept(&site).await?;
    // A number that was made up, or is of another database, asks for nothing that is not there.
    let after = after.clamp((oldest - 1).clamp(0, now), now);
    let most = i64::try_from(MISSED).unwrap_or(i64::MAX);
    let missed = threads::events(&site, Some(article.id), after, now, most).await?;
    let some = if missed.len() < MISSED { usize::MAX } else { MISSED };
    let missed = render(&site, &slug, missed).await?;
    let past = stream::iter(missed.into_iter().map(|told| Ok(event(&told))));
    let stream = past.chain(future(ear, now, live.0.closing.subscribe(), seat)).take(some);
    let mut response = Sse::new(stream).keep_alive(KeepAlive::new().interval(PULSE)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, policies::PRIVATE);
    // nginx would gather it otherwise.
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

/// What is told from a change on, until the reader is too far behind or the server stops.
fn future(
    ear: broadcast::Receiver<Arc<Told>>,
    from: i64,
    closing: watch::Receiver<bool>,
    seat: Seat,
) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold((ear, closing, seat), move |(mut ear, mut closing, seat)| async move {
        loop {
            let heard = tokio::select! {
                heard = ear.recv() => heard,
                _ = closing.wait_for(|closing| *closing) => return None,
            };
            match heard {
                Ok(told) if told.change <= from => {}
                Ok(told) => return Some((Ok(event(&told)), (ear, closing, seat))),
                Err(_) => return None,
            }
        }
    })
}
