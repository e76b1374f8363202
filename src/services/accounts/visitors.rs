//! Who makes a request: by the session and the browser's own cookie. A reader who only
//! reads has neither.

use super::Signed;
use crate::services::{
    Site, accounts,
    comments::Writer,
    site::secrets::{SecretsError, random},
};
use crate::storage::StorageError;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

const PURPOSE: &str = "browser";

/// Somebody who makes a request.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// As a writer of comments.
    pub writer: Writer,
    /// Somebody who is signed in.
    pub signed: Option<Signed>,
    /// The token of the session, where the browser brought one.
    pub session: String,
    /// The browser is to be known again.
    keep: Arc<AtomicBool>,
}

impl Visitor {
    /// Knows a visitor by two cookies (empty for none); the writer's address and agent are
    /// still to be filled in. A browser without a cookie gets a number that it may keep.
    pub async fn identify(site: &Site, session: &str, browser: &str) -> Result<Self, VisitorError> {
        let signed = if session.is_empty() { None } else { accounts::who(site, session).await? };
        let known = browser.rsplit_once('.').filter(|(id, sign)| site.secrets.verify(PURPOSE, id, sign));
        let (id, fresh) = match known {
            Some((id, _)) => (id.to_owned(), false),
            None => (random::<16>()?, true),
        };
        let account = signed.as_ref().map(|signed| signed.account.clone());
        let writer = Writer { account, browser: id, fresh, ..Writer::default() };
        Ok(Self { writer, signed, session: session.to_owned(), keep: Arc::default() })
    }

    /// From now on the browser is to be known again: it wrote something.
    pub fn keep(&self) {
        self.keep.store(true, Ordering::Relaxed);
    }

    /// The value of the cookie that the browser is to keep, where it is new.
    pub fn kept(&self, site: &Site) -> Option<String> {
        let new = self.writer.fresh && self.keep.load(Ordering::Relaxed);
        new.then(|| format!("{}.{}", self.writer.browser, site.secrets.sign(PURPOSE, &self.writer.browser)))
    }
}

/// Why nobody could be known.
#[derive(Debug, thiserror::Error)]
pub enum VisitorError {
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The operating system has no randomness to give.
    #[error(transparent)]
    Random(#[from] SecretsError),
}
