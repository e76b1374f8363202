//! Pictures and other files, addressed by their content.

use super::MediaId;
use serde::{Deserialize, Serialize};
use std::fmt;

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
    /// In which forms it is there.
    pub ready: Ready,
}

/// The widths in which pictures are made, in pixels.
pub const WIDTHS: [u32; 6] = [320, 480, 640, 960, 1_280, 1_920];
/// The shapes to which pictures are cut, at most so large: for social cards, and
/// the three that search engines ask for.
pub const CUTS: [(&str, u32, u32); 4] =
    [("card", 1_200, 630), ("16x9", 1_200, 675), ("4x3", 1_200, 900), ("1x1", 1_200, 1_200)];
/// Part of the names of made files; goes up with every change of how they are made.
pub const FORM: u32 = 1;

/// In which forms a picture is there. Stored as `rgb 320 480` or `rgba 320`;
/// nothing: only as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ready {
    /// Smallest first.
    pub widths: Vec<u32>,
    /// It has holes, so there is no JPEG of it.
    pub alpha: bool,
}

impl fmt::Display for Ready {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.alpha { "rgba" } else { "rgb" })?;
        self.widths.iter().try_for_each(|width| write!(f, " {width}"))
    }
}

impl From<&str> for Ready {
    fn from(text: &str) -> Self {
        let mut words = text.split(' ');
        let alpha = words.next() == Some("rgba");
        Self { widths: words.filter_map(|word| word.parse().ok()).collect(), alpha }
    }
}

/// The forms of a picture for an element of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources {
    /// The widths as WebP, for `srcset`; nothing where there is only the original.
    pub webp: Option<String>,
    /// One form for what knows no WebP.
    pub src: String,
}

/// The width of the one form that every browser knows.
const PLAIN: u32 = 960;

impl Picture {
    /// Its address on this site, as large as it is made.
    pub fn href(&self) -> String {
        self.form(u32::MAX)
    }

    fn made(&self, what: impl fmt::Display, extension: &str) -> String {
        let stem = self.file.split('.').next().unwrap_or_default();
        format!("/media/{stem}-{FORM}-{what}.{extension}")
    }

    /// The largest form up to a width (or else the smallest); as it came, where
    /// there is no other.
    fn form(&self, most: u32) -> String {
        let widths = &self.ready.widths;
        match widths.iter().rev().find(|width| **width <= most).or(widths.first()) {
            Some(width) => self.made(width, if self.ready.alpha { "webp" } else { "jpg" }),
            None => format!("/media/{}", self.file),
        }
    }

    /// Its forms up to a width: more than that no screen shows in that place.
    pub fn sources(&self, most: u32) -> Sources {
        let smallest = self.ready.widths.first().copied();
        let widths = self.ready.widths.iter().filter(|width| **width <= most || Some(**width) == smallest);
        let set: Vec<String> = widths.map(|width| format!("{} {width}w", self.made(width, "webp"))).collect();
        Sources { webp: (!set.is_empty()).then(|| set.join(", ")), src: self.form(most.min(PLAIN)) }
    }

    /// The addresses of its cuts with their greatest sizes; none where it has holes
    /// or is only there as it came.
    pub fn cuts(&self) -> Vec<(&'static str, String)> {
        if self.ready.alpha || self.ready.widths.is_empty() {
            return Vec::new();
        }
        CUTS.iter().map(|(name, _, _)| (*name, self.made(name, "jpg"))).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_gets_the_forms_that_it_can_show() {
        let mut picture = Picture {
            id: MediaId(1),
            file: "h.png".into(),
            width: 1_000,
            height: 500,
            alt: String::new(),
            caption: String::new(),
            credit: String::new(),
            ready: "rgb 320 480 640 960 1000".into(),
        };
        let small = picture.sources(480);
        assert_eq!(small.webp.as_deref(), Some("/media/h-1-320.webp 320w, /media/h-1-480.webp 480w"));
        assert_eq!((small.src.as_str(), picture.href().as_str()), ("/media/h-1-480.jpg", "/media/h-1-1000.jpg"));
        assert_eq!(picture.sources(u32::MAX).src, "/media/h-1-960.jpg");
        picture.ready = "rgba 900".into();
        let only = picture.sources(480);
        assert_eq!(
            (only.webp.as_deref(), only.src.as_str()),
            (Some("/media/h-1-900.webp 900w"), "/media/h-1-900.webp")
        );
        picture.ready = Ready::default();
        assert_eq!(picture.sources(480), Sources { webp: None, src: "/media/h.png".into() });
        assert!(picture.cuts().is_empty());
    }

    #[test]
    fn the_forms_are_remembered_as_a_line() {
        let ready = Ready { widths: vec![320, 480], alpha: true };
        assert_eq!(ready.to_string(), "rgba 320 480");
        assert_eq!(Ready::from("rgba 320 480"), ready);
        assert_eq!(Ready::from(""), Ready::default());
        assert_eq!(Ready::from("nonsense here"), Ready::default());
    }
}
