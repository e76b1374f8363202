//! Pictures and other files, addressed by their content.

use super::MediaId;
use serde::{Deserialize, Serialize};

/// A picture ready to be shown: its size is always known, so that nothing jumps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Its row.
    pub id: MediaId,
    /// File name in the media store: `{sha256}.{ext}`; the address is `/media/{file}`.
    pub file: String,
    /// Width in pixels.
    pub width: i64,
    /// Height in pixels.
    pub height: i64,
    /// What it shows, for those who can't see it; empty where it is decoration.
    pub alt: String,
    /// The line under it; may be empty.
    pub caption: String,
    /// Who made it; may be empty.
    pub credit: String,
}

impl Picture {
    /// Its address on this site.
    pub fn href(&self) -> String {
        format!("/media/{}", self.file)
    }
}

/// The kinds of pictures that are taken in: name of the kind, file extension, media type.
/// SVG is not among them: it can carry scripts.
pub const PICTURE_KINDS: &[(&str, &str)] = &[
    ("jpg", "image/jpeg"),
    ("png", "image/png"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
];

/// The media type for a stored file's extension.
pub fn media_type(extension: &str) -> Option<&'static str> {
    PICTURE_KINDS.iter().find(|(ext, _)| *ext == extension).map(|(_, kind)| *kind)
}
