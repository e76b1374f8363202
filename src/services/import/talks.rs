//! Conversations that were kept by a service: Disqus' XML, Commento's JSON, Remark42's
//! back-up. They become comments under the articles to which their addresses lead.

mod disqus;
mod json;

use super::{
    bundle::BundleComment,
    load::{Origin, conversation},
    report::Report,
};
use crate::{
    domain::{comment::Subject, slug::Slug, time::Timestamp},
    services::{
        Site,
        articles::redirects::{self, Known},
    },
    storage::{StorageError, articles},
};
use std::io::{BufRead, Read};

/// The services whose exports are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// Disqus (Admin → Moderate Comments → Export), plain or gzipped.
    Disqus,
    /// Commento (Settings → Export), plain or gzipped.
    Commento,
    /// Remark42's back-up (`remark42 backup`), plain or gzipped.
    Remark42,
}

/// The comments of one page of theirs.
#[derive(Clone, Debug, PartialEq)]
pub struct Talk {
    /// The page's address, whole or a path.
    pub address: String,
    /// Its comments, in no order.
    pub comments: Vec<BundleComment>,
}

/// Why an export can't be read.
#[derive(Debug, thiserror::Error)]
pub enum TalkError {
    /// It is something else.
    #[error("this is no export of {0}: {1}")]
    Other(&'static str, String),
    /// The file.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Reads an export; unpacks it where it is gzipped.
pub fn read(service: Service, mut input: impl BufRead) -> Result<Vec<Talk>, TalkError> {
    let packed = input.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    let mut text = String::new();
    if packed {
        flate2::read::MultiGzDecoder::new(input).read_to_string(&mut text)?;
    } else {
        input.read_to_string(&mut text)?;
    }
    match service {
        Service::Disqus => disqus::read(&text),
        Service::Commento => json::commento(&text),
        Service::Remark42 => json::remark42(&text),
    }
}

/// A moment of an export, RFC 3339; 1970 for none.
fn moment(text: &str) -> i64 {
    crate::calendar::machine_moment(text).map_or(0, |at: Timestamp| at.0)
}

/// Brings conversations in, under the keys of their service: run again, only what has
/// changed is written.
pub async fn import(site: &Site, service: Service, talks: &[Talk]) -> Result<Report, StorageError> {
    let prefix = match service {
        Service::Disqus => "disqus",
        Service::Commento => "commento",
        Service::Remark42 => "remark42",
    };
    let mut report = Report::default();
    for talk in talks {
        match article(site, &talk.address).await? {
            Some(id) => {
                conversation(site, Origin(prefix), Subject::Article(id), &talk.comments, &mut report).await?;
            }
            None if talk.comments.is_empty() => {}
            None => report.note(
                talk.address.clone(),
                format!("no article stands at this address; {} comments were left out", talk.comments.len()),
            ),
        }
    }
    Ok(report)
}

/// The article to which an address leads: by an old address that is known, else by its
/// last part.
async fn article(site: &Site, address: &str) -> Result<Option<crate::domain::ArticleId>, StorageError> {
    let path = match url::Url::parse(address) {
        Ok(url) => url.path().to_owned(),
        Err(_) => address.split(['?', '#']).next().unwrap_or_default().to_owned(),
    };
    let mut paths = vec![path.clone()];
    if let Known::Moved(target) = redirects::look_up(site, &path, None).await? {
        paths.insert(0, target);
    }
    for path in paths {
        let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let Ok(slug) = last.trim_end_matches(".html").to_lowercase().parse::<Slug>() else { continue };
        if let Some(article) = articles::by_slug(&site.db, &slug).await? {
            return Ok(Some(article.id));
        }
    }
    Ok(None)
}
