//! The one route table.

use super::{
    answer::{Answer, NAME, nothing, unavailable},
    comments::{
        self, discussion,
        live::{self, Live},
    },
    feeds, files, forms, functions, guard,
    limits::{self, Limit},
    log, machines,
    metrics::Metrics,
    newsletter,
    newsroom::{self, letters},
    page_cache::{self, Hits, PageCache},
    policies, readers, search, sharing, sign_in, sitemaps,
};
use crate::{
    config::contain,
    services::{Site, site::readiness},
};
use axum::{
    Extension, Router,
    extract::{Request, State},
    handler::Handler,
    http::{Extensions, HeaderMap, HeaderValue, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;

/// Routes that take more or less than the others.
const LIMITS: &[(&str, Limit)] = &[
    // Providers tell of many mails at once, and send the heads of what came back.
    ("/newsletter/bounces/{provider}/{secret}", Limit::new(1024 * 1024, 30)),
    // A script of ours sends one address, or nothing.
    ("/read", Limit::new(4 * 1024, 10)),
    ("/shared/{service}/{article}", Limit::new(4 * 1024, 10)),
    // Whoever asks whether the server lives doesn't wait half a minute for an answer.
    ("/healthz", Limit::new(0, 5)),
    ("/readyz", Limit::new(0, 10)),
    ("/metrics", Limit::new(0, 10)),
];

/// The site over HTTP: its addresses, and the pages that it keeps.
pub struct App {
    /// Every address.
    pub router: Router,
    /// The kept pages; whoever serves lets them [follow](PageCache::follow) the changes.
    pub pages: PageCache,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// The live streams; whoever serves lets them [follow](Live::follow) the changes too.
    pub live: Live,
}

/// Every address of the site.
pub fn app(site: Site) -> App {
    // Only the first call sets it; several sites in one process are several tests.
    let _ = NAME.set(site.config.edition.name.clone());
    let metrics = Metrics::new();
    let pages = PageCache::new(&site, metrics.clone());
    let live = Live::new(&site);
    let router = kept(&pages)
        .merge(others())
        .layer(Extension(pages.clone()))
        .layer(Extension(metrics.clone()))
        .layer(Extension(live.clone()))
        .layer(from_fn_with_state(pages.clone(), page_cache::heed))
        .fallback(readers::unknown.layer(from_fn_with_state(pages.clone(), page_cache::keep)))
        .method_not_allowed_fallback(readers::wrong_method)
        .layer(from_fn_with_state(site.clone(), guard::readable))
        .layer(from_fn_with_state(site.clone(), guard::same_origin))
        .layer(from_fn(|request, next| limits::hold(LIMITS, request, next)))
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
        .layer(Hits(pages.clone()));
    App { router, pages, metrics, live }
}

/// Pages that all readers share: kept, and forgotten when something on them
/// changes. Of a query they know the place in a list, nothing else.
fn kept(pages: &PageCache) -> Router<Site> {
    Router::new()
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
        .route("/feed.xml", get(feeds::news))
        .route("/atom.xml", get(feeds::news))
        .route("/feed.json", get(feeds::news))
        .route("/{slug}/feed.xml", get(feeds::section))
        .route("/{slug}/atom.xml", get(feeds::section))
        .route("/{slug}/feed.json", get(feeds::section))
        .route("/topic/{slug}/feed.xml", get(feeds::topic))
        .route("/topic/{slug}/atom.xml", get(feeds::topic))
        .route("/topic/{slug}/feed.json", get(feeds::topic))
        .route("/author/{slug}/feed.xml", get(feeds::author))
        .route("/author/{slug}/atom.xml", get(feeds::author))
        .route("/author/{slug}/feed.json", get(feeds::author))
        .route("/robots.txt", get(machines::robots))
        .route("/manifest.webmanifest", get(machines::manifest))
        .route("/opensearch.xml", get(machines::opensearch))
        .route("/speculation-rules.json", get(machines::speculation))
        .route("/newsletter", get(newsletter::home).post(newsletter::sign_up))
        .route("/newsletter/{slug}", get(newsletter::letter))
        .route("/contact", get(forms::contact).post(forms::send_contact))
        .route_layer(from_fn_with_state(pages.clone(), page_cache::keep))
}

/// Everything that is made for the one who asks.
fn others() -> Router<Site> {
    Router::new()
        .route("/preview/{token}", get(readers::preview))
        .route("/search", get(search::page))
        .route("/search/typed", get(search::typed))
        .route("/search/suggestions", get(search::suggestions))
        // What readers send.
        .route("/contact/sent", get(forms::contact_sent))
        .route("/newsletter/asked", get(newsletter::asked))
        .route("/newsletter/opened/{letter}", get(newsletter::opened))
        .route("/newsletter/to/{letter}/{article}", get(newsletter::follow))
        .route("/newsletter/atom.xml", get(newsletter::feed))
        .route("/newsletter/confirm/{token}", get(newsletter::confirm_page).post(newsletter::confirm))
        .route("/newsletter/me/{token}", get(newsletter::choice).post(newsletter::choose))
        .route("/newsletter/bounces/{provider}/{secret}", post(newsletter::bounced))
        .route("/newsletter/leave/{list}/{token}", get(newsletter::leave_page).post(newsletter::leave))
        .route("/comments", post(comments::post))
        .route("/comments/reply", get(comments::form))
        .route("/comments/held", get(comments::held))
        .route("/comments/live", get(live::stream))
        .route("/comments/notices/{id}/{signature}", get(comments::notices_form).post(comments::confirm_notices))
        .route("/comments/stop/{id}/{signature}", get(comments::stop_form).post(comments::stop))
        .route("/comments/{id}", get(comments::comment))
        .route("/comments/{id}/piece", get(comments::piece))
        .route("/comments/{id}/yours", get(comments::yours))
        .route("/comments/{id}/edit", post(comments::edit))
        .route("/comments/{id}/withdraw", post(comments::withdraw))
        .route("/comments/{id}/recommend", post(comments::recommend))
        .route("/comments/{id}/report", get(comments::report_form).post(comments::report))
        .route("/comments/{id}/reported", get(comments::reported))
        .route("/share/mastodon", get(sharing::form).post(sharing::choose))
        .route("/shared/{service}/{article}", post(sharing::shared))
        .route("/{section}/{slug}/comments", get(discussion::page))
        .route("/{section}/{slug}/comments/atom.xml", get(discussion::feed))
        .route("/{section}/{slug}/comments/{first}", get(discussion::branch))
        // Who is who.
        .route("/sign-in", get(sign_in::form).post(sign_in::send))
        .route("/sign-in/name", post(sign_in::rename))
        .route("/sign-in/{token}", get(sign_in::link).post(sign_in::use_link))
        .route("/sign-out", post(sign_in::sign_out))
        // The newsroom.
        .route("/newsroom", get(newsroom::home))
        .route("/newsroom/sign-in", get(sign_in::staff_form).post(sign_in::staff))
        .route("/newsroom/password", get(newsroom::password).post(newsroom::change_password))
        .route("/newsroom/comments", get(newsroom::queue).post(newsroom::decide))
        .route("/newsroom/comments/{id}", get(newsroom::file).post(newsroom::file_act))
        .route("/newsroom/bans", get(newsroom::bans).post(newsroom::ban))
        .route("/newsroom/sharing", get(newsroom::sharing))
        .route("/newsroom/newsletter", get(letters::desk).post(letters::begin))
        .route("/newsroom/newsletter/new", get(letters::new))
        .route("/newsroom/newsletter/readers.csv", get(letters::readers))
        .route("/newsroom/newsletter/{id}", get(letters::letter).post(letters::act))
        .route("/newsroom/newsletter/{id}/mail", get(letters::mail))
        .route("/newsroom/conversations", get(newsroom::conversations).post(newsroom::converse))
        .route("/read", post(read))
        .route("/api/{*function}", post(functions::call))
        // Files.
        .route("/pkg/{build}/{*file}", get(files::bundle))
        .route("/media/{file}", get(files::picture))
        .route("/favicon.ico", get(files::public))
        .route("/icon.svg", get(files::public))
        .route("/apple-touch-icon.png", get(files::public))
        .route("/icon-192.png", get(files::public))
        .route("/icon-512.png", get(files::public))
        .route("/.well-known/security.txt", get(machines::security))
        .route("/sitemap.xml", get(sitemaps::index))
        .route("/sitemaps/{name}", get(sitemaps::part))
        .route("/news-sitemap.xml", get(sitemaps::news))
        // For those who run it.
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/metrics", get(count))
}

/// `/read`: a browser shows a page that it had fetched ahead, which counted nothing then.
async fn read(
    Extension(pages): Extension<PageCache>,
    headers: HeaderMap,
    extensions: Extensions,
    path: String,
) -> StatusCode {
    if let Ok(path) = path.parse() {
        pages.opened(&path, &headers, &extensions);
    }
    StatusCode::NO_CONTENT
}

/// `/metrics`, for those whom the settings name.
async fn count(
    State(site): State<Site>,
    Extension(pages): Extension<PageCache>,
    Extension(metrics): Extension<Arc<Metrics>>,
    request: Request,
) -> Answer {
    let server = &site.config.server;
    let (headers, extensions) = (request.headers(), request.extensions());
    // Who asks by a proxy that is not named is nobody we know, whatever address the proxy has.
    let asks = log::client(headers, extensions, &server.trusted_proxies)
        .filter(|_| log::unnamed_proxy(headers, extensions, &server.trusted_proxies).is_none());
    if asks.is_none_or(|asks| !contain(&server.metrics_for, asks)) {
        return nothing(&site, request.uri()).await;
    }
    let kind = HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, policies::PRIVATE)], {
        metrics.text(&pages, &site.health.failures())
    })
        .into_response())
}

/// The program runs.
async fn healthz() -> &'static str {
    "ok\n"
}

/// The program runs, and its database can be read and written.
async fn readyz(State(site): State<Site>) -> Response {
    match readiness::ready(&site).await {
        // Pages are served all the same: a worker that fails takes nobody's server away.
        Ok(()) => match site.health.failing() {
            failing if failing.is_empty() => "ready\n".into_response(),
            failing => format!("ready, but failing: {}\n", failing.join(", ")).into_response(),
        },
        Err(_) => {
            let wait = [(header::RETRY_AFTER, HeaderValue::from_static("1"))];
            (StatusCode::SERVICE_UNAVAILABLE, wait, "the database can not be read and written\n").into_response()
        }
    }
}
