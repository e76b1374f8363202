//! Hits: answered in front of everything else, without a render, a lock held
//! over a wait, or a copy of the body.

use super::{PageCache, entry::Entry, keep::Anew};
use crate::{
    http::log::client,
    services::{analytics::reads, articles::redirects},
};
use axum::{
    body::{Body, HttpBody},
    extract::Request,
    http::{Extensions, HeaderMap, HeaderValue, Method, Uri, header},
    response::{IntoResponse, Response},
};
use futures_util::{
    TryFutureExt,
    future::{Either, MapOk, Ready, ready},
};
use std::{
    borrow::Cow,
    convert::Infallible,
    sync::{Arc, atomic::Ordering},
    task::{Context, Poll},
};
use tower::{Layer, Service, ServiceExt};

/// A page that was served so often is worth the tightest packing.
const HOT: u32 = 100;
/// The worker that remakes pages rests so many times as long as it works, so
/// that it takes a fifth of a core at most.
const REST: u32 = 4;

/// The layer in front of the routes.
#[derive(Clone)]
pub struct Hits(pub PageCache);

/// See [`Hits`].
#[derive(Clone)]
pub struct HitsService<S> {
    cache: PageCache,
    inner: S,
}

impl<S> Layer<S> for Hits {
    type Service = HitsService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        HitsService { cache: self.0.clone(), inner }
    }
}

impl<S> Service<Request> for HitsService<S>
where
    S: Service<Request, Error = Infallible> + Clone + Send + 'static,
    S::Response: IntoResponse,
    S::Future: Send,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Either<Ready<Result<Response, Infallible>>, MapOk<S::Future, fn(S::Response) -> Response>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if matches!(*request.method(), Method::GET | Method::HEAD)
            && let Some((entry, fresh)) = self.cache.look(request.uri())
        {
            if !fresh {
                self.cache.remake(self.inner.clone(), &request);
            }
            let head = request.method() == Method::HEAD;
            if !head {
                self.cache.read(&entry, request.headers(), request.extensions());
            }
            let response = bare(entry.answer(request.headers()), head);
            return Either::Left(ready(Ok(response)));
        }
        if matches!(*request.method(), Method::GET | Method::HEAD)
            && let Some(response) = self.cache.missing(&request)
        {
            let response = bare(response, request.method() == Method::HEAD);
            return Either::Left(ready(Ok(response)));
        }
        Either::Right(self.inner.call(request).map_ok(IntoResponse::into_response))
    }
}

/// Of an answer to `HEAD` the headers alone, with the length that the body has.
pub fn bare(mut response: Response, head: bool) -> Response {
    if head {
        if let Some(length) = response.body().size_hint().exact().filter(|length| *length > 0) {
            response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        *response.body_mut() = Body::empty();
    }
    response
}

/// The address under which a page may be kept: its path, and of the query only the place in a
/// list. Other keys change nothing on any kept page, but for the WordPress's plain addresses
/// (`/?p=123`, `/?s=words`), which are looked up each time. A page whose handler reads no place
/// ([`Keep::places`](super::Keep::places)) is kept under its path alone.
pub fn key(uri: &Uri) -> Option<Cow<'_, str>> {
    if uri.path() == "/" && redirects::is_plain(uri.query()) {
        return None;
    }
    let place = uri.query().and_then(|query| {
        // The first that is a place, as the pages read them.
        query.split('&').find(|pair| {
            pair.strip_prefix("before=")
                .or_else(|| pair.strip_prefix("after="))
                .is_some_and(|value| value.parse::<crate::domain::listing::Cursor>().is_ok())
        })
    });
    Some(match place {
        Some(place) => Cow::Owned(format!("{}?{place}", uri.path())),
        None => Cow::Borrowed(uri.path()),
    })
}

impl PageCache {
    /// Counts a reading, where a reader asked for an article: no robot, and no
    /// browser that only looks ahead.
    pub(super) fn read(&self, entry: &Entry, headers: &HeaderMap, extensions: &Extensions) {
        let Some(article) = entry.article() else { return };
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let agent = text("user-agent");
        if text("sec-purpose").contains("prefetch") || text("purpose") == "prefetch" || reads::is_robot(agent) {
            return;
        }
        let site = &self.0.site;
        if let Some(address) = client(headers, extensions, &site.config.server.trusted_proxies) {
            site.reads.note(article, (address, agent), site.now());
        }
    }

    /// Counts a reading of a page that the browser had fetched ahead; such a page
    /// was kept a moment ago.
    pub fn opened(&self, path: &Uri, headers: &HeaderMap, extensions: &Extensions) {
        if let Some((_, entry)) = self.kept(path) {
            self.read(&entry, headers, extensions);
        }
    }

    /// What is kept of an address, and under which key: of a page that reads no place the one
    /// that there is.
    fn kept<'a>(&self, uri: &'a Uri) -> Option<(Cow<'a, str>, Arc<Entry>)> {
        let whole = key(uri)?;
        match self.0.pages.get(uri.path()) {
            Some(entry) if !entry.places => Some((Cow::Borrowed(uri.path()), entry)),
            first if whole == uri.path() => Some((whole, first?)),
            _ => self.0.pages.get(whole.as_ref()).map(|entry| (whole, entry)),
        }
    }

    /// A kept page, and whether all on it is as it is now.
    fn look(&self, uri: &Uri) -> Option<(Arc<Entry>, bool)> {
        let (key, entry) = self.kept(uri)?;
        let metrics = &self.0.metrics;
        let now = self.0.site.now();
        let entry = Some(entry).filter(|entry| entry.until.is_none_or(|until| until > now))?;
        let fresh = entry.front.is_none_or(|front| front == self.0.site.fronts.generation());
        if fresh {
            metrics.hits.inc()
        } else {
            metrics.stale.inc()
        };
        if entry.served.fetch_add(1, Ordering::Relaxed) >= HOT && fresh && !entry.tight.swap(true, Ordering::Relaxed) {
            self.tighten(key.as_ref().into(), entry.clone());
        }
        Some((entry, fresh))
    }

    /// Makes a page anew while the old one is served on; one at a time. Who
    /// finds the worker busy leaves it: the page will be asked for again.
    fn remake<S>(&self, inner: S, request: &Request)
    where
        S: Service<Request, Error = Infallible> + Send + 'static,
        S::Response: IntoResponse,
        S::Future: Send,
    {
        let Ok(permit) = self.0.remaking.clone().try_acquire_owned() else { return };
        let mut again = Request::new(Body::empty());
        *again.uri_mut() = request.uri().clone();
        *again.extensions_mut() = request.extensions().clone();
        again.extensions_mut().insert(Anew);
        tokio::spawn(async move {
            let clock = std::time::Instant::now();
            // The service keeps what it renders; the answer itself nobody waits for.
            let Ok(_) = inner.oneshot(again).await;
            tokio::time::sleep(clock.elapsed() * REST).await;
            drop(permit);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_place_in_a_list_is_part_of_the_address() {
        for (uri, kept) in [
            ("/world", "/world"),
            ("/world?utm_source=x", "/world"),
            ("/world?before=5-7", "/world?before=5-7"),
            ("/world?x=1&after=5-7&y", "/world?after=5-7"),
            ("/world?before=nonsense", "/world"),
            ("/world?before=x&after=5-7", "/world?after=5-7"),
            ("/world?", "/world"),
        ] {
            assert_eq!(key(&uri.parse().unwrap()).as_deref(), Some(kept));
        }
        assert_eq!((key(&"/?p=7".parse().unwrap()), key(&"/?s=veto".parse().unwrap())), (None, None));
    }
}
