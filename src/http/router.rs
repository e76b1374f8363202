//! The one route table.

use super::{
    answer::{NAME, unavailable},
    files, forms, guard, log, readers,
};
use crate::services::Site;
use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use leptos::prelude::provide_context;
use std::time::Duration;
use tower_http::{catch_panic::CatchPanicLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer};

/// The longest body: the longest form, each character at its longest encoding.
const BODY: usize = 128 * 1024;
/// The longest that a request may take, its body included.
const PATIENCE: Duration = Duration::from_secs(30);

/// Every address of the site.
pub fn router(site: Site) -> Router {
    // Only the first call sets it; several sites in one process are several tests.
    let _ = NAME.set(site.config.edition.name.clone());
    Router::new()
        // What readers read.
        .route("/", get(readers::home))
        .route("/news", get(readers::news))
        .route("/news/archive", get(readers::news_archive))
        .route("/news/{year}/{month}", get(readers::news_month))
        .route("/topic/{slug}", get(readers::topic))
        .route("/topic/{slug}/archive", get(readers::topic_archive))
        .route("/topic/{slug}/{year}/{month}", get(readers::topic_month))
        .route("/author/{slug}", get(readers::author))
        .route("/author/{slug}/archive", get(readers::author_archive))
        .route("/author/{slug}/{year}/{month}", get(readers::author_month))
        .route("/{slug}", get(readers::section_or_page))
        .route("/{slug}/archive", get(readers::section_archive))
        .route("/{slug}/{year}/{month}", get(readers::section_month))
        .route("/{section}/{slug}", get(readers::article))
        .route("/preview/{token}", get(readers::preview))
        .route("/search", get(readers::search))
        // What readers send.
        .route("/contact", get(forms::contact).post(forms::send_contact))
        .route("/contact/sent", get(forms::contact_sent))
        .route("/comments", post(forms::comment))
        .route("/newsletter", get(readers::newsletter).post(forms::sign_up))
        .route("/api/{*function}", post(server_function))
        // Files.
        .route("/pkg/{build}/{*file}", get(files::bundle))
        .route("/media/{file}", get(files::picture))
        .route("/favicon.ico", get(files::public))
        .route("/icon.svg", get(files::public))
        .route("/apple-touch-icon.png", get(files::public))
        .route("/robots.txt", get(files::public))
        // For those who run it.
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .fallback(readers::unknown)
        .method_not_allowed_fallback(readers::wrong_method)
        .layer(from_fn_with_state(site.clone(), guard::readable))
        .layer(from_fn_with_state(site.clone(), guard::same_origin))
        .layer(RequestBodyLimitLayer::new(BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
        .layer(from_fn_with_state(site.clone(), guard::dress))
        .layer(CatchPanicLayer::custom(|panic: Box<dyn std::any::Any + Send>| {
            let what = panic
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
            tracing::error!(what, "a request met a panic");
            unavailable()
        }))
        .layer(from_fn_with_state(site.clone(), guard::headers))
        .layer(from_fn_with_state(site.clone(), log::requests))
        .with_state(site)
}

/// `/api/…`: what islands call.
async fn server_function(State(site): State<Site>, request: Request) -> Response {
    let mut response = leptos_axum::handle_server_fns_with_context(move || provide_context(site.clone()), request)
        .await
        .into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, super::policies::PRIVATE);
    response
}

/// The program runs.
async fn healthz() -> &'static str {
    "ok\n"
}

/// The program runs and its database answers.
async fn readyz(State(site): State<Site>) -> Response {
    match site.answers().await {
        Ok(()) => "ready\n".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}
