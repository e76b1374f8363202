//! The browser's files of this build and of the last ones: kept in the media store,
//! so that any server answers for any of them, and the islands of a page that was
//! opened before an update don't stay asleep.

use crate::services::{Site, StoreError};
use crate::{assets, store::Store};
use bytes::Bytes;
use std::cmp::Reverse;

/// So many builds are kept.
const KEPT: usize = 5;
const FOLDER: &str = "builds";

/// Keeps the files of a build, and lets go of those that are too old.
pub async fn keep(store: &Store, build: &str, files: Vec<(String, Bytes)>) -> Result<(), StoreError> {
    for (name, bytes) in files {
        store.keep(&format!("{FOLDER}/{build}/{name}"), bytes).await?;
    }
    let mut builds: Vec<_> = store.folders(FOLDER).await?.into_iter().collect();
    builds.sort_by_key(|(_, at)| Reverse(*at));
    for (old, _) in builds.into_iter().skip(KEPT).filter(|(name, _)| name != build) {
        store.remove_folder(&format!("{FOLDER}/{old}")).await?;
    }
    Ok(())
}

/// Keeps the files of this build.
pub async fn keep_own(site: &Site) -> Result<(), StoreError> {
    let files = assets::list().into_iter().filter_map(|(name, _)| {
        let name = name.strip_prefix("pkg/")?.to_owned();
        let bytes = Bytes::from(assets::get(&name)?.data.into_owned());
        Some((name, bytes))
    });
    keep(&site.store, &assets::BUILD, files.collect()).await
}

/// A file of another build with its media type; `None` where it is not kept, or is none.
pub async fn read(site: &Site, build: &str, name: &str) -> Result<Option<(Bytes, &'static str)>, StoreError> {
    let plain = |text: &str| {
        text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b))
            && text.split('/').all(|part| !part.is_empty() && !part.starts_with('.'))
    };
    let Some(kind) = kind_of(name).filter(|_| plain(name) && plain(build) && !build.contains('/')) else {
        return Ok(None);
    };
    Ok(site.store.read(&format!("{FOLDER}/{build}/{name}")).await?.map(|bytes| (bytes, kind)))
}

/// The kinds of files that a build has.
fn kind_of(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}
