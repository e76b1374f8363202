//! The browser's files: bundle, style sheet, fonts, icons. A release carries
//! them inside; a development build reads them where cargo-leptos puts them.
//!
//! Their addresses carry the build's id, so they can be kept for ever and a page
//! never meets a bundle of another build.

use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "target/site"]
// So that a fresh clone can be checked before the front end was built.
#[allow_missing = true]
struct Files;

/// Changes with every byte of the browser's files.
pub static BUILD: LazyLock<String> = LazyLock::new(|| {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    let mut hash = Sha256::new();
    for name in names {
        hash.update(name.as_bytes());
        if let Some(file) = Files::get(&name) {
            hash.update(file.metadata.sha256_hash());
        }
    }
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
});

/// The address of a file, for pages of this build.
pub fn url(name: &str) -> String {
    format!("/pkg/{}/{name}", *BUILD)
}

/// A file by name: of the bundle, or of `public/`.
pub fn get(name: &str) -> Option<EmbeddedFile> {
    Files::get(&format!("pkg/{name}")).or_else(|| Files::get(name))
}

/// Whether the front end is there at all.
pub fn complete() -> bool {
    ["pressroom.js", "pressroom.wasm", "pressroom.css"].iter().all(|name| get(name).is_some())
}

/// Names and SHA-256 of all files, as a release carries them.
pub fn list() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Files::iter()
        .filter_map(|name| {
            let hash = Files::get(&name)?.metadata.sha256_hash();
            Some((name.into_owned(), hash.iter().map(|b| format!("{b:02x}")).collect()))
        })
        .collect();
    files.sort();
    files
}
