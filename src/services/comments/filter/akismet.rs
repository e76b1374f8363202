//! A service elsewhere that knows spam, where the operator has named one: Akismet's
//! interface (akismet.com/developers/detailed-docs/comment-check). Where it does not
//! answer, the other rules stand alone.

use super::rules::{Finding, Verdict};
use crate::domain::{
    article::{Article, href},
    reply::Reply,
};
use crate::services::{Site, comments::Writer};
use std::{sync::LazyLock, time::Duration};

/// Whoever comments waits for it.
const PATIENCE: Duration = Duration::from_secs(3);

static CLIENT: LazyLock<Option<reqwest::Client>> = LazyLock::new(|| {
    crate::store::choose_tls();
    reqwest::Client::builder().timeout(PATIENCE).build().ok()
});

/// What the service finds; nothing where none is named or it does not answer.
pub async fn ask(site: &Site, article: &Article, reply: &Reply, writer: &Writer) -> Option<Finding> {
    let settings = &site.config.comments;
    if settings.akismet_url.is_empty() {
        return None;
    }
    let address = writer.address.map(|address| address.to_string()).unwrap_or_default();
    let fields = [
        ("api_key", settings.akismet_key.as_str()),
        ("blog", &site.config.site.base_url),
        ("user_ip", &address),
        ("user_agent", &writer.agent),
        ("permalink", &site.url(&href(&article.section.slug, &article.slug))),
        ("comment_type", "comment"),
        ("comment_author", &reply.name),
        ("comment_author_email", &reply.email),
        ("comment_content", &reply.text),
    ];
    let url = format!("{}/1.1/comment-check", settings.akismet_url.trim_end_matches('/'));
    let encoded = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = CLIENT.as_ref()?.post(url).header("content-type", "application/x-www-form-urlencoded").body(encoded);
    let answer = async { request.send().await?.error_for_status()?.text().await };
    match answer.await {
        Ok(text) if text.trim() == "true" => {
            Some(Finding::new("service", Verdict::Spam, 90, "the spam service takes it for spam".into()))
        }
        Ok(text) if text.trim() == "false" => None,
        Ok(text) => {
            let text: String = text.chars().take(100).collect();
            tracing::warn!(text, "the spam service answered neither true nor false");
            None
        }
        Err(error) => {
            tracing::warn!(%error, "the spam service does not answer");
            None
        }
    }
}
