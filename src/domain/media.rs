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
    /// What must stay in sight where a place shows a part of it; else the middle.
    pub focus: Option<Focus>,
}

/// A point of a picture, in percent from the left and from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Focus {
    across: u8,
    down: u8,
}

impl Focus {
    /// The classes of the style sheet that keep it in sight; it knows quarters.
    pub fn class(self) -> String {
        let quarter = |percent: u8| (u32::from(percent) + 12) / 25 * 25;
        format!("focus-x{} focus-y{}", quarter(self.across), quarter(self.down))
    }
}

impl fmt::Display for Focus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.across, self.down)
    }
}

impl std::str::FromStr for Focus {
    type Err = &'static str;

    /// Two percentages, as `30% 20%` or `30 20`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let percent = |text: &str| text.trim_end_matches('%').parse().ok().filter(|percent| *percent <= 100);
        let mut parts = text.split_whitespace();
        match (parts.next().and_then(percent), parts.next().and_then(percent), parts.next()) {
            (Some(across), Some(down), None) => Ok(Self { across, down }),
            _ => Err("allowed are two percentages, from the left and from the top, like 30% 20%"),
        }
    }
}

/// The widths in which pictures are made, in pixels.
///
/// 768 is what phones show in full width: 340 to 384 points at two pixels each.
pub const WIDTHS: [u32; 7] = [320, 480, 640, 768, 960, 1_280, 1_920];
/// The shapes to which pictures are cut, at most so large: for social cards, and
/// the three that search engines ask for.
pub const CUTS: [(&str, u32, u32); 4] =
    [("card", 1_200, 630), ("16x9", 1_200, 675), ("4x3", 1_200, 900), ("1x1", 1_200, 1_200)];
/// Part of the names of made files; goes up when those made before must not be shown
/// any more, and all are made again.
pub const FORM: u32 = 1;

/// In which forms a picture is there. Stored as `rgb 320 480`, `rgba 320` or
/// `rgb avif 320`; nothing: only as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ready {
    /// Smallest first.
    pub widths: Vec<u32>,
    /// It has holes, so there is no JPEG of it.
    pub alpha: bool,
    /// Each width is there as AVIF, too.
    pub avif: bool,
}

impl fmt::Display for Ready {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.alpha { "rgba" } else { "rgb" })?;
        f.write_str(if self.avif { " avif" } else { "" })?;
        self.widths.iter().try_for_each(|width| write!(f, " {width}"))
    }
}

impl From<&str> for Ready {
    fn from(text: &str) -> Self {
        let has = |word: &str| text.split(' ').any(|w| w == word);
        let widths = text.split(' ').filter_map(|word| word.parse().ok()).collect();
        Self { widths, alpha: has("rgba"), avif: has("avif") }
    }
}

/// The address of a made form.
fn made(file: &str, what: impl fmt::Display, extension: &str) -> String {
    let stem = file.split('.').next().unwrap_or_default();
    format!("/media/{stem}-{FORM}-{what}.{extension}")
}

impl Ready {
    /// The address of a file as large as it is made; as it came, where it is not.
    pub fn largest(&self, file: &str) -> String {
        self.form(file, u32::MAX)
    }

    /// Whether a file's name (`{hash}-{form}-{width or cut}.{ext}`) is that of one of these forms.
    pub fn has(&self, name: &str) -> bool {
        let Some((stem, extension)) = name.split_once('.') else { return false };
        let what = stem.rsplit('-').next().unwrap_or_default();
        let is_cut = CUTS.iter().any(|(cut, _, _)| *cut == what);
        let is_width = self.widths.iter().any(|width| width.to_string() == what);
        match extension {
            "jpg" => !self.alpha && (is_width || is_cut),
            "webp" => is_width,
            "avif" => self.avif && is_width,
            _ => false,
        }
    }

    /// The largest form up to a width (or else the smallest); as it came, where
    /// there is no other.
    fn form(&self, file: &str, most: u32) -> String {
        let widths = &self.widths;
        match widths.iter().rev().find(|width| **width <= most).or(widths.first()) {
            Some(width) => made(file, width, if self.alpha { "webp" } else { "jpg" }),
            None => format!("/media/{file}"),
        }
    }
}

/// The forms of a picture for an element of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources {
    /// The widths for `srcset` by media type, the finest first; none where there is
    /// only the original.
    pub sets: Vec<(&'static str, String)>,
    /// One form for what knows no WebP.
    pub src: String,
}

/// The width of the one form that every browser knows.
const PLAIN: u32 = 960;

impl Picture {
    /// Its address on this site, as large as it is made.
    pub fn href(&self) -> String {
        self.ready.largest(&self.file)
    }

    fn made(&self, what: impl fmt::Display, extension: &str) -> String {
        made(&self.file, what, extension)
    }

    fn form(&self, most: u32) -> String {
        self.ready.form(&self.file, most)
    }

    /// Its forms up to a width: more than that no screen shows in that place.
    pub fn sources(&self, most: u32) -> Sources {
        let smallest = self.ready.widths.first().copied();
        let fits = |width: &&u32| **width <= most || Some(**width) == smallest;
        let set = |extension: &str| {
            let forms = self.ready.widths.iter().filter(fits);
            forms.map(|width| format!("{} {width}w", self.made(width, extension))).collect::<Vec<_>>().join(", ")
        };
        let kinds = [("avif", "image/avif", self.ready.avif), ("webp", "image/webp", true)];
        let there = kinds.into_iter().filter(|(_, _, made)| *made && !self.ready.widths.is_empty());
        Sources {
            sets: there.map(|(extension, kind, _)| (kind, set(extension))).collect(),
            src: self.form(most.min(PLAIN)),
        }
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
            focus: None,
        };
        let small = picture.sources(480);
        assert_eq!(small.sets, [("image/webp", "/media/h-1-320.webp 320w, /media/h-1-480.webp 480w".to_owned())]);
        assert_eq!((small.src.as_str(), picture.href().as_str()), ("/media/h-1-480.jpg", "/media/h-1-1000.jpg"));
        assert_eq!(picture.sources(u32::MAX).src, "/media/h-1-960.jpg");
        picture.ready = "rgba 900".into();
        let only = picture.sources(480);
        assert_eq!(only.sets, [("image/webp", "/media/h-1-900.webp 900w".to_owned())]);
        assert_eq!(only.src, "/media/h-1-900.webp");
        picture.ready = "rgb avif 900".into();
        assert_eq!(picture.sources(480).sets[0], ("image/avif", "/media/h-1-900.avif 900w".to_owned()));
        picture.ready = Ready::default();
        assert_eq!(picture.sources(480), Sources { sets: Vec::new(), src: "/media/h.png".into() });
        assert!(picture.cuts().is_empty());
    }

    #[test]
    fn a_focus_is_two_percentages() {
        for (text, shown, class) in [
            ("30% 20%", "30 20", "focus-x25 focus-y25"),
            ("0 100", "0 100", "focus-x0 focus-y100"),
            ("50%  63%", "50 63", "focus-x50 focus-y75"),
        ] {
            let focus: Focus = text.parse().unwrap();
            assert_eq!((focus.to_string().as_str(), focus.class().as_str()), (shown, class));
        }
        for bad in ["", "30", "30 20 10", "101 0", "-1 0", "a b", "30,20"] {
            assert!(bad.parse::<Focus>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_forms_are_remembered_as_a_line() {
        for (ready, text) in [
            (Ready { widths: vec![320, 480], alpha: true, avif: false }, "rgba 320 480"),
            (Ready { widths: vec![320], alpha: false, avif: true }, "rgb avif 320"),
        ] {
            assert_eq!(ready.to_string(), text);
            assert_eq!(Ready::from(text), ready);
        }
        assert_eq!(Ready::from(""), Ready::default());
        assert_eq!(Ready::from("nonsense here"), Ready::default());
    }
}
