//! How much a route takes: the longest body, and the longest that it may be until its answer
//! begins. How long an answer may go on is the connection's matter.

use axum::{
    body::{Body, HttpBody},
    extract::{MatchedPath, Request},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::Limited;
use std::time::Duration;

/// What a route takes.
#[derive(Clone, Copy)]
pub struct Limit {
    /// The longest body of a request, in bytes.
    pub body: usize,
    /// The longest that a request may take until its answer begins, its body included.
    pub time: Duration,
}

impl Limit {
    /// Of every route that no list names: the longest form, each character at its longest encoding.
    const USUAL: Self = Self::new(128 * 1024, 30);

    /// So many bytes, so many seconds.
    pub const fn new(body: usize, seconds: u64) -> Self {
        Self { body, time: Duration::from_secs(seconds) }
    }
}

/// Holds requests to the limits of their routes: 413 and 408 in a bare line, which
/// `guard::dress` dresses.
pub async fn hold(limits: &[(&str, Limit)], request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let limit = limits.iter().find(|(route, _)| *route == path).map_or(Limit::USUAL, |(_, limit)| *limit);
    // What says at once that it is too long need not be sent.
    if request.body().size_hint().lower() > limit.body as u64 {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let request = request.map(|body| Body::new(Limited::new(body, limit.body)));
    let answer = tokio::time::timeout(limit.time, next.run(request)).await;
    answer.unwrap_or_else(|_| StatusCode::REQUEST_TIMEOUT.into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, body::Bytes, middleware::from_fn, routing::post};
    use tower::ServiceExt;

    const LIMITS: &[(&str, Limit)] = &[("/large/{name}", Limit::new(300_000, 30)), ("/quick", Limit::new(0, 0))];

    async fn status(path: &str, bytes: usize, told: bool) -> StatusCode {
        let length = |body: Bytes| async move { body.len().to_string() };
        let router = Router::new()
            .route("/large/{name}", post(length))
            .route("/usual", post(length))
            .route("/quick", post(std::future::pending::<()>))
            .layer(from_fn(|request, next| hold(LIMITS, request, next)));
        let body = Bytes::from(vec![b'x'; bytes]);
        let body = if told {
            Body::from(body)
        } else {
            Body::from_stream(futures_util::stream::iter([Ok::<_, std::io::Error>(body)]))
        };
        router.oneshot(Request::post(path).body(body).unwrap()).await.unwrap().status()
    }

    #[tokio::test]
    async fn each_route_has_its_own() {
        for told in [true, false] {
            assert_eq!(status("/usual", 100_000, told).await, StatusCode::OK);
            assert_eq!(status("/usual", 200_000, told).await, StatusCode::PAYLOAD_TOO_LARGE);
            assert_eq!(status("/large/x", 200_000, told).await, StatusCode::OK);
            assert_eq!(status("/large/x", 400_000, told).await, StatusCode::PAYLOAD_TOO_LARGE);
        }
        assert_eq!(status("/quick", 0, true).await, StatusCode::REQUEST_TIMEOUT);
    }
}
