//! Who makes a request, out of its cookies; and the cookies that are given.

use super::{answer::Fault, log::client};
use crate::services::{Site, accounts::visitors::Visitor};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
};
use cookie::{Cookie, SameSite, time::Duration};
use std::net::IpAddr;

/// A session lasts no longer than this, whatever the browser keeps.
const SESSION_DAYS: i64 = 90;
/// A browser knows its own comments again for so long.
const BROWSER_DAYS: i64 = 400;
/// So long a browser is known as the one that asked for a link: longer than any link is good.
const ASKING_DAYS: i64 = 1;
/// So long a browser knows which server of Mastodon was chosen.
const SERVER_DAYS: i64 = 365;

/// How this request came: https, or from this very machine.
fn is_private(site: &Site, headers: &HeaderMap) -> bool {
    if site.config.site.base_url.starts_with("https://") {
        return true;
    }
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

/// `__Host-` keeps other hosts of the domain from setting it (RFC 6265bis, 4.1.3.2); it
/// needs a connection that browsers trust.
fn name(site: &Site, headers: &HeaderMap, plain: &str) -> String {
    if is_private(site, headers) { format!("__Host-{plain}") } else { plain.to_owned() }
}

fn set(site: &Site, headers: &HeaderMap, plain: &str, value: String, days: i64) -> Option<HeaderValue> {
    let cookie = Cookie::build((name(site, headers, plain), value))
        .path("/")
        .http_only(true)
        .secure(is_private(site, headers))
        .same_site(SameSite::Lax)
        .max_age(Duration::days(days));
    HeaderValue::from_str(&cookie.to_string()).ok()
}

fn brought(headers: &HeaderMap, wanted: &str) -> String {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut all = lines.flat_map(Cookie::split_parse).filter_map(Result::ok);
    all.find(|cookie| cookie.name() == wanted).map(|cookie| cookie.value().to_owned()).unwrap_or_default()
}

/// Somebody who makes a request, with the way back to the browser.
pub struct Who {
    /// Who.
    pub visitor: Visitor,
    headers: HeaderMap,
}

impl Who {
    /// Gives the browser the cookie by which it knows its own comments again, where it
    /// is to keep one.
    pub fn remember(&self, site: &Site, response: &mut Response) {
        if let Some(value) = self.visitor.kept(site)
            && let Some(cookie) = set(site, &self.headers, "browser", value, BROWSER_DAYS)
        {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }

    /// Gives the browser a session.
    pub fn begin(&self, site: &Site, token: String, response: &mut Response) {
        if let Some(cookie) = set(site, &self.headers, "session", token, SESSION_DAYS) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }

    /// What the browser brought by which it shows that it has signed in before; may be empty.
    pub fn known(&self, site: &Site) -> String {
        brought(&self.headers, &name(site, &self.headers, "known"))
    }

    /// Has the browser keep by what it shows that it has signed in.
    pub fn keep_known(&self, site: &Site, value: String, response: &mut Response) {
        if let Some(cookie) = set(site, &self.headers, "known", value, BROWSER_DAYS) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }

    /// What the browser got when it asked for a link by which to sign in; may be empty.
    pub fn asking(&self, site: &Site) -> String {
        brought(&self.headers, &name(site, &self.headers, "asked"))
    }

    /// Has the browser keep that it has asked for a link.
    pub fn keep_asking(&self, site: &Site, value: String, response: &mut Response) {
        if let Some(cookie) = set(site, &self.headers, "asked", value, ASKING_DAYS) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }

    /// Takes the session from the browser.
    pub fn end(&self, site: &Site, response: &mut Response) {
        if let Some(cookie) = set(site, &self.headers, "session", String::new(), 0) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }

    /// The server of Mastodon that was chosen in this browser; empty where none was.
    pub fn mastodon(&self, site: &Site) -> String {
        brought(&self.headers, &name(site, &self.headers, "mastodon"))
    }

    /// Has the browser keep the server of Mastodon that was chosen in it.
    pub fn keep_mastodon(&self, site: &Site, server: String, response: &mut Response) {
        if let Some(cookie) = set(site, &self.headers, "mastodon", server, SERVER_DAYS) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }

    /// Whether somebody may sign in this way: nobody can listen, or the operator allows it.
    pub fn may_sign_in(&self, site: &Site) -> bool {
        is_private(site, &self.headers) || site.config.comments.allow_insecure_login
    }

    /// Answers are wanted as data: a script of ours asks.
    pub fn wants_json(&self) -> bool {
        self.headers.get(header::ACCEPT).is_some_and(|value| value == "application/json")
    }
}

impl FromRequestParts<Site> for Who {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        let cookie = |plain| brought(&parts.headers, &name(site, &parts.headers, plain));
        let mut visitor = Visitor::identify(site, &cookie("session"), &cookie("browser"))
            .await
            .map_err(|error| Fault::new(error).into_response())?;
        visitor.writer.address = client(&parts.headers, &parts.extensions, &site.config.server.trusted_proxies);
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        visitor.writer.agent = agent.unwrap_or_default().to_owned();
        Ok(Self { visitor, headers: parts.headers.clone() })
    }
}
